//! `unfaithful-pull-quote`: a pull quote whose words the chapter does not say.

use super::Context;
use crate::diagnostic::{Diagnostic, Sink, UNFAITHFUL_PULL_QUOTE};
use crate::document::{Block, BlockKind, CalloutKind, plain_text, walk_blocks};
use crate::report::{ChapterId, Report};

/// Looks at every pull quote: its words, but for case, signs and ends, must stand in its chapter.
pub fn check(context: &Context, sink: &mut Sink) {
    for (id, chapter) in context.report.chapters.iter().enumerate() {
        let mut quotes: Vec<&Block> = Vec::new();
        walk_blocks(&chapter.unit.blocks, &mut |block| {
            if matches!(&block.kind, BlockKind::Callout(c) if c.kind == CalloutKind::PullQuote) {
                quotes.push(block);
            }
        });
        if quotes.is_empty() {
            continue;
        }
        let said = said(context.report, id);
        for block in quotes {
            sink.extend(unfaithful(block, &said));
        }
    }
}

/// The words of a chapter.
fn said(report: &Report, chapter: ChapterId) -> String {
    let passages = report.passages.iter().filter(|p| p.chapter == chapter && p.note.is_none());
    passages.map(|p| words(&p.prose.text)).collect::<Vec<_>>().join(" ")
}

/// Words alone: letters and digits in lower case, one space between words.
fn words(text: &str) -> String {
    let is_sign = |c: char| !(c.is_alphanumeric() || c == '%');
    let parts = text.split(is_sign).filter(|part| !part.is_empty());
    format!(" {} ", parts.collect::<Vec<_>>().join(" ").to_lowercase())
}

fn unfaithful(block: &Block, said: &str) -> Option<Diagnostic> {
    let BlockKind::Callout(callout) = &block.kind else { return None };
    let lists = callout.blocks.iter().flat_map(Block::inline_lists);
    let quote = words(&lists.map(plain_text).collect::<Vec<_>>().join(" "));
    if said.contains(quote.trim_end()) || quote.trim().is_empty() {
        return None;
    }
    let span = callout.blocks.first().map_or(block.span, |first| first.span);
    let found =
        Diagnostic::new(&UNFAITHFUL_PULL_QUOTE, span, "the chapter does not say these words");
    let agreed = agreed(&quote, said);
    Some(match agreed.is_empty() {
        true => found.help("copy the sentence from the chapter letter by letter"),
        false => found
            .note(format!("the chapter agrees as far as “{agreed}”"))
            .help("copy the sentence from the chapter letter by letter"),
    })
}

/// The last words of the longest beginning of `quote` that stands in `said`.
fn agreed(quote: &str, said: &str) -> String {
    let parts: Vec<&str> = quote.split_whitespace().collect();
    let stands = |count: usize| said.contains(&format!(" {} ", parts[..count].join(" ")));
    let count = (1..=parts.len()).take_while(|count| stands(*count)).count();
    parts[count.saturating_sub(4)..count].join(" ")
}
