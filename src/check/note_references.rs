//! `undefined-note`, `swallowed-note`: marks that lead to no note.

use super::{Context, each_inline};
use crate::diagnostic::{Diagnostic, SWALLOWED_NOTE, Sink, UNDEFINED_NOTE, nearest};
use crate::document::{InlineKind, fold_label};
use crate::report::{Chapter, ChapterId};
use crate::source::Span;
use std::collections::HashSet;

/// Looks at every note mark, and at links that were meant to be one.
pub fn check(context: &Context, sink: &mut Sink) {
    let all: Vec<HashSet<String>> = context.report.chapters.iter().map(defined).collect();
    for (chapter, own) in context.report.chapters.iter().zip(&all) {
        each_inline(chapter, &mut |inline| match &inline.kind {
            InlineKind::NoteReference(label) if !own.contains(&fold_label(label)) => {
                let other = all.iter().position(|other| other.contains(&fold_label(label)));
                sink.push(undefined(context, chapter, other, label, inline.span));
            }
            InlineKind::Link { .. } if context.sources.text(inline.span).starts_with("[^") => {
                sink.push(swallowed(context, inline.span));
            }
            _ => {}
        });
    }
}

/// The labels of a chapter's notes.
fn defined(chapter: &Chapter) -> HashSet<String> {
    chapter.unit.notes.iter().map(|note| fold_label(&note.label.text)).collect()
}

/// A mark that leads nowhere; `elsewhere` is a chapter that has a note of its name.
fn undefined(
    context: &Context,
    chapter: &Chapter,
    elsewhere: Option<ChapterId>,
    label: &str,
    span: Span,
) -> Diagnostic {
    let message = format!("note `{label}` is not defined in this chapter");
    let found = Diagnostic::new(&UNDEFINED_NOTE, span, message);
    let known = chapter.unit.notes.iter().map(|note| note.label.text.as_str());
    if let Some(near) = nearest(label, known) {
        let there = chapter.unit.notes.iter().find(|note| note.label.text == near);
        let found = found.help(format!(
            "did you mean `[^{near}]`? Else write `[^{label}]: …` on a line of its own"
        ));
        return match there {
            Some(note) => found.label(note.label.span, "a note with a similar name"),
            None => found,
        };
    }
    match elsewhere.map(|other| &context.report.chapters[other]) {
        Some(other) => {
            let path = &context.sources.file(other.unit.file).path;
            found.help(format!(
                "write `[^{label}]: …` on a line of its own; the note of that name in {path} belongs to that chapter"
            ))
        }
        None => found
            .help(format!("write `[^{label}]: …` on a line of its own, anywhere in the chapter")),
    }
}

fn swallowed(context: &Context, span: Span) -> Diagnostic {
    let text = context.sources.text(span);
    let at = span.start + text.find("](").or_else(|| text.find("][")).map_or(0, |at| at + 1);
    Diagnostic::new(
        &SWALLOWED_NOTE,
        span,
        "a note mark and the bracket after it are read as a link",
    )
    .note("no note is called here")
    .help("put a space or the end of the sentence between the mark and the bracket")
    .fix(Span::new(span.file, at..at), " ")
}
