//! `ibid-in-note`: “ibid.” typed by hand breaks as soon as a note moves.

use super::Context;
use crate::diagnostic::{Diagnostic, IBID_IN_NOTE, Sink};
use crate::document::{Prose, walk_blocks};
use std::ops::Range;

/// What stands for the note before, in the languages of notes.
const WORDS: &[&str] =
    &["ibid", "ibidem", "op. cit", "op cit", "loc. cit", "loc cit", "idem", "там же", "сонда"];

/// Looks at every note's own words; code is nobody's word.
pub fn check(context: &Context, sink: &mut Sink) {
    for chapter in &context.report.chapters {
        for note in &chapter.unit.notes {
            walk_blocks(&note.blocks, &mut |block| {
                for list in block.inline_lists() {
                    let prose = Prose::of(list);
                    let found = places(&prose.text).into_iter();
                    let found = found.filter_map(|range| diagnostic(&prose, range));
                    let is_code = |d: &Diagnostic| context.sources.text(d.span).starts_with('`');
                    sink.extend(found.filter(|d| !is_code(d)));
                }
            });
        }
    }
}

/// Where the words stand in `text`, each as a word of its own.
fn places(text: &str) -> Vec<Range<usize>> {
    let lower = text.to_lowercase();
    // Lower case may change the length of a letter; then places are not worth guessing.
    if lower.len() != text.len() {
        return Vec::new();
    }
    let is_word = |range: &Range<usize>| {
        !lower[..range.start].ends_with(char::is_alphanumeric)
            && !lower[range.end..].starts_with(char::is_alphanumeric)
    };
    let all = WORDS.iter().flat_map(|word| lower.match_indices(word));
    let mut places: Vec<_> = all.map(|(at, word)| at..at + word.len()).filter(is_word).collect();
    places.sort_by_key(|range| range.start);
    places
}

fn diagnostic(prose: &Prose, range: Range<usize>) -> Option<Diagnostic> {
    let typed = prose.text[range.clone()].to_owned();
    let found =
        Diagnostic::new(&IBID_IN_NOTE, prose.span(range)?, format!("`{typed}` is typed by hand"))
            .note("it means whatever note happens to stand before this one")
            .help(
                "cite the source again, `[@key, p. 4]`: the style prints ibid. where it is right",
            );
    Some(found)
}
