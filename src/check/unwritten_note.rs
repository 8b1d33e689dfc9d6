//! `unwritten-note`: notes that an import could only mark, for the manuscript had no text of them.

use super::Context;
use crate::diagnostic::{Diagnostic, Sink, UNWRITTEN_NOTE};
use crate::document::NoteDefinition;
use crate::report::Chapter;

/// The class of a note that is still to be written; `import` gives it.
const CLASS: &str = "to-do";

/// Looks at every note; a chapter is told of once, for it may have hundreds.
pub fn check(_: &Context, chapter: &Chapter, sink: &mut Sink) {
    let is_due =
        |note: &&NoteDefinition| note.attributes.classes.iter().any(|class| class.text == CLASS);
    let due: Vec<&NoteDefinition> = chapter.unit.notes.iter().filter(is_due).collect();
    let [first, rest @ ..] = due.as_slice() else { return };
    let words = match due.len() {
        1 => "a note is still to be written".to_owned(),
        count => format!("{count} notes are still to be written"),
    };
    let mut found = Diagnostic::new(&UNWRITTEN_NOTE, first.label.span, words)
        .help("write each in the place of the words after its label, and take `{.to-do}` out");
    if let Some(last) = rest.last() {
        found = found.note("the first of them").label(last.label.span, "the last of them");
    }
    sink.push(found);
}
