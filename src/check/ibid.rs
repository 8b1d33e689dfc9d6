//! `ibid-in-note`: “ibid.” typed by hand breaks as soon as a note moves.

use super::Context;
use crate::diagnostic::{Diagnostic, IBID_IN_NOTE, Sink};
use crate::document::{Prose, walk_blocks};

/// What stands for the note before, in the languages of notes.
const WORDS: &[&str] =
    &["ibid", "ibidem", "op. cit", "op cit", "loc. cit", "loc cit", "idem", "там же", "сонда"];

/// Looks at every note's own words.
pub fn check(context: &Context, sink: &mut Sink) {
    for chapter in &context.report.chapters {
        for note in &chapter.unit.notes {
            walk_blocks(&note.blocks, &mut |block| {
                for list in block.inline_lists() {
                    sink.extend(find(&Prose::of(list)));
                }
            });
        }
    }
}

fn find(prose: &Prose) -> Option<Diagnostic> {
    let lower = prose.text.to_lowercase();
    // Lower case may change the length of a letter; then places are not worth guessing.
    if lower.len() != prose.text.len() {
        return None;
    }
    let range = WORDS.iter().find_map(|word| {
        let at = lower.find(word)?;
        let end = at + word.len();
        let is_word = !lower[..at].ends_with(char::is_alphanumeric)
            && !lower[end..].starts_with(char::is_alphanumeric);
        is_word.then_some(at..end)
    })?;
    let typed = prose.text[range.clone()].to_owned();
    let found =
        Diagnostic::new(&IBID_IN_NOTE, prose.span(range)?, format!("`{typed}` is typed by hand"))
            .note("it means whatever note happens to stand before this one")
            .help(
                "cite the source again, `[@key, p. 4]`: the style prints ibid. where it is right",
            );
    Some(found)
}
