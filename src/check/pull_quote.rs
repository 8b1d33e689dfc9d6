//! `unfaithful-pull-quote`: a pull quote whose words the chapter does not say.

use super::Context;
use crate::diagnostic::{Diagnostic, Sink, UNFAITHFUL_PULL_QUOTE};
use crate::document::{Block, BlockKind, CalloutKind, plain_text, walk_blocks};
use crate::quick::QuickMap;
use crate::report::Chapter;

/// Looks at every pull quote: its words, but for case, signs and ends, must stand in its chapter.
pub fn check(_: &Context, chapter: &Chapter, sink: &mut Sink) {
    let mut quotes: Vec<&Block> = Vec::new();
    walk_blocks(&chapter.unit.blocks, &mut |block| {
        if matches!(&block.kind, BlockKind::Callout(c) if c.kind == CalloutKind::PullQuote) {
            quotes.push(block);
        }
    });
    if quotes.is_empty() {
        return;
    }
    let said = Said::of(chapter);
    for block in quotes {
        sink.extend(unfaithful(block, &said));
    }
}

/// The words of a chapter in their order, and where each pair of them stands.
struct Said {
    words: Vec<String>,
    pairs: QuickMap<[String; 2], Vec<usize>>,
}

/// Places of a pair that are looked at: a chapter that has more of one repeats itself.
const PLACES: usize = 5000;

impl Said {
    fn of(chapter: &Chapter) -> Said {
        let own = chapter.passages.iter().filter(|passage| passage.note.is_none());
        let words: Vec<String> = own.flat_map(|passage| words(&passage.prose.text)).collect();
        let mut pairs: QuickMap<[String; 2], Vec<usize>> = QuickMap::default();
        for (at, pair) in words.windows(2).enumerate() {
            pairs.entry([pair[0].clone(), pair[1].clone()]).or_default().push(at);
        }
        Said { words, pairs }
    }

    /// How many words of the beginning of `quote` stand here in a row; the last one of it may be
    /// the beginning of a longer word.
    fn agreed(&self, quote: &[String]) -> usize {
        let agree = |at: usize| {
            let pairs = self.words[at..].iter().zip(quote).enumerate();
            let is_same = |i: usize, said: &String, quoted: &String| {
                said == quoted || i + 1 == quote.len() && said.starts_with(quoted.as_str())
            };
            pairs.take_while(|(i, (said, quoted))| is_same(*i, said, quoted)).count()
        };
        let longest = |places: &mut dyn Iterator<Item = usize>| {
            let mut best = 0;
            // The first place that says all of it is as good as any.
            while let Some(at) = places.next().filter(|_| best < quote.len()) {
                best = agree(at).max(best);
            }
            best
        };
        if let [first, second, _, ..] = quote
            && let Some(places) = self.pairs.get(&[first.clone(), second.clone()])
        {
            return longest(&mut places.iter().copied().take(PLACES));
        }
        // One word or two, or a beginning that stands nowhere.
        longest(&mut (0..self.words.len()))
    }
}

/// Words alone: letters and digits in lower case.
fn words(text: &str) -> Vec<String> {
    let is_sign = |c: char| !(c.is_alphanumeric() || c == '%');
    let parts = text.split(is_sign).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect()
}

fn unfaithful(block: &Block, said: &Said) -> Option<Diagnostic> {
    let BlockKind::Callout(callout) = &block.kind else { return None };
    let lists = callout.blocks.iter().flat_map(Block::inline_lists);
    let quote: Vec<String> = lists.flat_map(|list| words(&plain_text(list))).collect();
    let agreed = said.agreed(&quote);
    if agreed == quote.len() {
        return None;
    }
    let span = callout.blocks.first().map_or(block.span, |first| first.span);
    let found =
        Diagnostic::new(&UNFAITHFUL_PULL_QUOTE, span, "the chapter does not say these words")
            .help("copy the sentence from the chapter letter by letter");
    Some(match agreed {
        0 => found,
        count => {
            let last = quote[count.saturating_sub(4)..count].join(" ");
            found.note(format!("the chapter agrees as far as “{last}”"))
        }
    })
}
