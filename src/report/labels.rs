//! What a label stands for, in the whole report.

use super::{Chapter, ChapterId, Id, Note, NoteId, Report, Target, TargetId};
use crate::quick::QuickMap;
use crate::source::Span;
use std::sync::OnceLock;

/// Targets by their label.
#[derive(Debug, Default)]
pub(super) struct Labels {
    /// Those that are no notes; of two with one label the first.
    named: QuickMap<String, TargetId>,
    /// The notes that have a label of the author's, made when one is first looked for.
    notes: OnceLock<QuickMap<String, NoteId>>,
}

/// What a cross-reference leads to.
#[derive(Debug, Clone, Copy)]
pub enum Referent<'a> {
    /// A target of a chapter.
    Target(&'a Target),
    /// A note.
    Note(&'a Note),
}

impl Report {
    /// What `@label` in `chapter` leads to; labels of notes are looked up in the chapter first.
    pub fn target_of(&self, chapter: ChapterId, label: &str) -> Option<Referent<'_>> {
        let name = label.strip_prefix("note-");
        let own = name.and_then(|name| self.chapters[chapter].note_called(name));
        if let Some(note) = own {
            return Some(Referent::Note(note));
        }
        if let Some(id) = self.labels.named.get(label) {
            return Some(Referent::Target(&self.chapters[id.chapter].targets[id.index]));
        }
        Some(Referent::Note(self.note(*self.labels.notes(self).get(name?)?)))
    }

    /// All labels that can be referred to, with where each is given; sorted.
    pub fn labels(&self) -> Vec<(String, Span)> {
        let named =
            self.labels.named.iter().map(|(label, id)| {
                (label.clone(), self.chapters[id.chapter].targets[id.index].span)
            });
        let notes = self.labels.notes(self).iter().map(|(name, id)| {
            let unit = &self.chapters[id.chapter].unit;
            (format!("note-{name}"), self.note(*id).span(unit))
        });
        let mut all: Vec<(String, Span)> = named.chain(notes).collect();
        all.sort_unstable();
        all
    }
}

impl Labels {
    /// Takes the targets of a chapter.
    pub(super) fn add(&mut self, chapter: ChapterId, it: &Chapter) {
        for (index, target) in it.targets.iter().enumerate().filter(|(_, t)| t.is_named) {
            if !self.named.contains_key(&target.label) {
                self.named.insert(target.label.clone(), Id { chapter, index });
            }
        }
    }

    fn notes(&self, report: &Report) -> &QuickMap<String, NoteId> {
        self.notes.get_or_init(|| {
            let mut notes = QuickMap::default();
            for (id, note) in report.notes() {
                notes.entry(note.name()).or_insert(id);
            }
            notes
        })
    }
}

impl Chapter {
    /// The note with a label, or with a number where its author gave it none.
    fn note_called(&self, name: &str) -> Option<&Note> {
        self.notes.iter().rev().find(|note| match &note.label {
            Some(label) => label == name,
            None => note.number.to_string() == name,
        })
    }
}
