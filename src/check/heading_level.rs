//! `skipped-heading-level`: a heading two levels below the one above it.

use super::Context;
use crate::diagnostic::{Diagnostic, SKIPPED_HEADING_LEVEL, Sink};
use crate::document::{BlockKind, walk_blocks};
use crate::report::Chapter;
use crate::source::Span;

/// Looks at the headings of each chapter; the title is level 1.
pub fn check(_: &Context, chapter: &Chapter, sink: &mut Sink) {
    let mut above: (u8, Option<Span>) = (1, None);
    walk_blocks(&chapter.unit.blocks, &mut |block| {
        let BlockKind::Heading(heading) = &block.kind else { return };
        let level = heading.level.max(1);
        if level > above.0 + 1 {
            let message = format!("a heading of level {level} follows one of level {}", above.0);
            let wanted = "#".repeat(usize::from(above.0) + 1);
            let marks =
                Span::new(block.span.file, block.span.start..block.span.start + usize::from(level));
            let mut found = Diagnostic::new(&SKIPPED_HEADING_LEVEL, marks, message)
                .help(format!("write `{wanted}`: readers who listen find their way by levels"));
            if let Some(span) = above.1 {
                found = found.label(span, format!("level {}", above.0));
            }
            sink.push(found);
        }
        above = (level, Some(block.span));
    });
}
