//! `ibid-in-note`: “ibid.” and “supra note 4” typed by hand break as soon as a note moves.

use super::Context;
use crate::diagnostic::{Diagnostic, IBID_IN_NOTE, Sink};
use crate::document::{Prose, walk_blocks};
use crate::report::Chapter;
use std::ops::Range;

/// What stands for the note before, in the languages of notes.
const WORDS: &[&str] =
    &["ibid", "ibidem", "op. cit", "op cit", "loc. cit", "loc cit", "idem", "там же", "сонда"];

/// Looks at every note's own words; code is nobody's word.
pub fn check(context: &Context, chapter: &Chapter, sink: &mut Sink) {
    for note in &chapter.unit.notes {
        walk_blocks(&note.blocks, &mut |block| {
            for list in block.inline_lists() {
                let Some(prose) = chapter.unit.pieces.of_list(list) else { continue };
                let words = places(&prose.text).into_iter();
                let words = words.filter_map(|range| diagnostic(prose, range));
                let numbers = numbered(&prose.text).into_iter();
                let numbers = numbers.filter_map(|range| by_number(prose, range));
                let found = words.chain(numbers);
                let is_code = |d: &Diagnostic| context.sources.text(d.span).starts_with('`');
                sink.extend(found.filter(|d| !is_code(d)));
            }
        });
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

/// What a note is called where another one refers to it by its number.
const NOTES: &[&str] = &[
    "note",
    "notes",
    "footnote",
    "footnotes",
    "fn",
    "n",
    "nn",
    "сноска",
    "сноску",
    "сноске",
    "сноски",
    "сноской",
    "примечание",
    "примечания",
    "примечании",
    "прим",
    "nota",
    "notas",
];

/// What tells that a note of this report is meant, and not one in a work that is cited.
const DIRECTIONS: &[&str] =
    &["supra", "infra", "above", "below", "выше", "ниже", "см", "ci-dessus", "ci-dessous", "más"];

/// Where `text` names a note by its number: `supra note 4`, `note 4 above`, `см. сноску 4`.
fn numbered(text: &str) -> Vec<Range<usize>> {
    let words: Vec<(Range<usize>, String)> =
        text.split_whitespace().filter_map(|w| word(text, w)).collect();
    let is = |at: Option<usize>, list: &[&str]| {
        at.and_then(|at| words.get(at)).is_some_and(|(_, word)| list.contains(&word.as_str()))
    };
    let mut found = Vec::new();
    for (at, (range, _)) in words.iter().enumerate().filter(|(_, (_, w))| is_number(w)) {
        let Some(name) = at.checked_sub(1).filter(|name| is(Some(*name), NOTES)) else { continue };
        let before = name.checked_sub(1).filter(|before| is(Some(*before), DIRECTIONS));
        let after = Some(at + 1).filter(|after| is(Some(*after), DIRECTIONS));
        if before.is_some() || after.is_some() {
            let first = words[before.unwrap_or(name)].0.start;
            let last = after.map_or(range.end, |after| words[after].0.end);
            found.push(first..last);
        }
    }
    found
}

/// A word without signs at its ends, in lower case, and where it stands in `text`.
fn word(text: &str, word: &str) -> Option<(Range<usize>, String)> {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let start = bare.as_ptr() as usize - text.as_ptr() as usize;
    (!bare.is_empty()).then(|| (start..start + bare.len(), bare.to_lowercase()))
}

fn is_number(word: &str) -> bool {
    word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn by_number(prose: &Prose, range: Range<usize>) -> Option<Diagnostic> {
    let typed = prose.text[range.clone()].to_owned();
    let found =
        Diagnostic::new(&IBID_IN_NOTE, prose.span(range)?, format!("`{typed}` is typed by hand"))
            .note("the number stays as it is when notes come, go and move")
            .help("name the note by its label, `@note-label`: its number is printed and linked");
    Some(found)
}
