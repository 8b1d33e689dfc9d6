//! `unused-note`, `duplicate-note`, `empty-note`: definitions that no reader will see as meant.

use super::{Context, each_inline};
use crate::diagnostic::{DUPLICATE_NOTE, Diagnostic, EMPTY_NOTE, Sink, UNUSED_NOTE};
use crate::document::{Block, BlockKind, InlineKind, NoteDefinition, fold_label, walk_blocks};
use crate::quick::{QuickMap, QuickSet};
use crate::report::Chapter;
use std::borrow::Cow;

/// Looks at every definition.
pub fn check(context: &Context, chapter: &Chapter, sink: &mut Sink) {
    let called = called(context, chapter);
    let mut first: QuickMap<Cow<str>, &NoteDefinition> = QuickMap::default();
    for note in &chapter.unit.notes {
        let label = fold_label(&note.label.text);
        if let Some(earlier) = first.get(&label) {
            sink.push(duplicate(note, earlier));
            continue;
        }
        if !called.contains(&label) {
            sink.push(unused(note));
        }
        if is_empty(note) {
            sink.push(empty(note));
        }
        first.insert(label, note);
    }
}

/// The labels that are called, by marks that became a link too: they are told of as such.
fn called<'a>(context: &Context<'a>, chapter: &'a Chapter) -> QuickSet<Cow<'a, str>> {
    let mut called = QuickSet::default();
    each_inline(chapter, &mut |inline| match &inline.kind {
        InlineKind::NoteReference(label) => {
            called.insert(fold_label(label));
        }
        InlineKind::Link { .. } => {
            let label = context.sources.text(inline.span).strip_prefix("[^");
            let label = label.and_then(|text| text.split(']').next());
            called.extend(label.map(fold_label));
        }
        _ => {}
    });
    called
}

fn is_empty(note: &NoteDefinition) -> bool {
    let mut says = false;
    walk_blocks(&note.blocks, &mut |block: &Block| {
        says |= match &block.kind {
            BlockKind::Code { .. } | BlockKind::Figure(_) | BlockKind::Html(_) => true,
            _ => block.inline_lists().any(|list| !list.is_empty()),
        }
    });
    !says
}

fn duplicate(note: &NoteDefinition, earlier: &NoteDefinition) -> Diagnostic {
    let label = &note.label.text;
    Diagnostic::new(&DUPLICATE_NOTE, note.label.span, format!("note `{label}` is defined twice"))
        .note("this one is not shown")
        .label(earlier.label.span, "the first definition")
        .help("give one of them another label, or delete it")
}

fn unused(note: &NoteDefinition) -> Diagnostic {
    let label = &note.label.text;
    Diagnostic::new(&UNUSED_NOTE, note.label.span, format!("note `{label}` is never called"))
        .note("it gets no number and is not shown")
        .help(format!("write `[^{label}]` where it belongs, or delete the note"))
}

fn empty(note: &NoteDefinition) -> Diagnostic {
    let label = &note.label.text;
    Diagnostic::new(&EMPTY_NOTE, note.label.span, format!("note `{label}` says nothing"))
        .help("write the note, or take it and its marks out")
}
