//! `undefined-note`, `swallowed-note`: marks that lead to no note.

use super::Context;
use crate::diagnostic::{Diagnostic, SWALLOWED_NOTE, Sink, UNDEFINED_NOTE, nearest};
use crate::document::fold_label;
use crate::quick::QuickMap;
use crate::report::{Chapter, ChapterId};
use crate::source::Span;
use std::borrow::Cow;
use std::cell::LazyCell;
use std::sync::Arc;

/// Looks at every mark that leads nowhere.
pub fn check(context: &Context, sink: &mut Sink) {
    let chapters = &context.report.chapters;
    let defined = LazyCell::new(|| defined(chapters));
    for chapter in chapters {
        for (label, span) in &chapter.unit.outward.undefined {
            let other = defined.get(&fold_label(label)).copied();
            sink.push(undefined(context, chapter, other, label, *span));
        }
    }
}

/// Looks at every mark that became a link.
pub fn swallowed(context: &Context, chapter: &Chapter, sink: &mut Sink) {
    for (_, span) in &chapter.unit.outward.links {
        if context.sources.text(*span).starts_with("[^") {
            sink.push(swallowed_mark(context, *span));
        }
    }
}

/// The labels of all notes, each with the first chapter that has one of it.
fn defined(chapters: &[Arc<Chapter>]) -> QuickMap<Cow<'_, str>, ChapterId> {
    let mut defined = QuickMap::default();
    for (id, chapter) in chapters.iter().enumerate() {
        for note in &chapter.unit.notes {
            defined.entry(fold_label(&note.label.text)).or_insert(id);
        }
    }
    defined
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

fn swallowed_mark(context: &Context, span: Span) -> Diagnostic {
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
