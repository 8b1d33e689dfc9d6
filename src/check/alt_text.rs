//! `missing-alt-text`: an image that says nothing to who cannot see it.

use super::{Context, each_block, each_inline};
use crate::diagnostic::{Diagnostic, MISSING_ALT_TEXT, Sink};
use crate::document::{BlockKind, Image, InlineKind};
use crate::report::Chapter;
use crate::source::Span;

/// Looks at every image.
pub fn check(_: &Context, chapter: &Chapter, sink: &mut Sink) {
    each_block(chapter, &mut |block| {
        if let BlockKind::Figure(figure) = &block.kind {
            sink.extend(missing(&figure.image, block.span));
        }
    });
    each_inline(chapter, &mut |inline| {
        if let InlineKind::Image(image) = &inline.kind {
            sink.extend(missing(image, inline.span));
        }
    });
}

fn missing(image: &Image, span: Span) -> Option<Diagnostic> {
    image.alt.trim().is_empty().then(|| {
        let span = Span::new(span.file, span.start..span.start + 3);
        Diagnostic::new(
            &MISSING_ALT_TEXT,
            span,
            "the image has no words for readers who cannot see it",
        )
        .help("write between the brackets what it shows: `![Bars: 212 notices, 9 accepted](…)`")
    })
}
