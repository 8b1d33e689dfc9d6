//! `removed-html`: raw HTML that may not stay.

use super::{Context, each_block, each_inline};
use crate::config::RawHtml;
use crate::diagnostic::{Diagnostic, REMOVED_HTML, Sink};
use crate::document::html::{Token, tokens};
use crate::document::{BlockKind, Inline, InlineKind};
use crate::quick::QuickSet;
use crate::report::Chapter;
use crate::source::Span;

/// Looks at every raw tag, where HTML is sanitised.
pub fn check(context: &Context, chapter: &Chapter, sink: &mut Sink) {
    if context.config.markdown.html != RawHtml::Sanitise {
        return;
    }
    let mut opened = QuickSet::default();
    each_inline(chapter, &mut |inline| report(inline, &mut opened, sink));
    each_block(chapter, &mut |block| {
        if let BlockKind::Html(content) = &block.kind {
            content.iter().for_each(|inline| report(inline, &mut opened, sink));
        }
    });
}

/// Tells of what is removed; of an element whose opening tag was told of, not the closing one.
fn report(inline: &Inline, opened: &mut QuickSet<String>, sink: &mut Sink) {
    let InlineKind::Html(html) = &inline.kind else { return };
    for token in tokens(html) {
        let Token::Removed(range, what) = token else { continue };
        if what.strip_prefix("</").is_some_and(|name| opened.contains(name)) {
            continue;
        }
        opened.extend(what.strip_prefix('<').map(str::to_owned));
        let span = inline.span;
        let is_verbatim = html.len() == span.end - span.start;
        let place = match is_verbatim {
            true => Span::new(span.file, span.start + range.start..span.start + range.end),
            false => span,
        };
        sink.push(
            Diagnostic::new(&REMOVED_HTML, place, format!("{what} was removed"))
                .help("say it in Markdown; or set `html = \"trust\"` under [markdown] in book.toml, if all authors are trusted"),
        );
    }
}
