//! What is said of an import: what was not carried, what could not be read.

use crate::diagnostic::{Diagnostic, NOT_CARRIED, UNREADABLE_RECORD};
use crate::source::Span;
use std::collections::BTreeMap;

/// Collects remarks; what many records have is said once.
pub(super) struct Remarks<'d> {
    diagnostics: &'d mut Vec<Diagnostic>,
    /// Fields that many records have, with the first place and the number of records.
    repeated: BTreeMap<String, (Span, usize)>,
}

impl<'d> Remarks<'d> {
    pub(super) fn new(diagnostics: &'d mut Vec<Diagnostic>) -> Remarks<'d> {
        Remarks { diagnostics, repeated: BTreeMap::new() }
    }

    /// Something of the record `key` has no place with us.
    pub(super) fn not_carried(&mut self, span: Span, key: &str, words: &str) {
        let words = if key.is_empty() { words.to_owned() } else { format!("`{key}`: {words}") };
        self.diagnostics.push(Diagnostic::new(&NOT_CARRIED, span, words));
    }

    /// A field that says nothing of the work: when it was saved, where its file is.
    pub(super) fn left_out(&mut self, span: Span, field: &str) {
        self.repeated.entry(field.to_owned()).or_insert((span, 0)).1 += 1;
    }

    /// A record cannot be read.
    pub(super) fn unreadable(&mut self, span: Span, words: impl Into<String>, help: &str) {
        self.diagnostics.push(Diagnostic::new(&UNREADABLE_RECORD, span, words).help(help));
    }

    /// What another reader found.
    pub(super) fn extend(&mut self, found: Vec<Diagnostic>) {
        self.diagnostics.extend(found);
    }

    /// Says what was counted.
    pub(super) fn finish(self) {
        for (field, (span, count)) in self.repeated {
            let of = if count == 1 { "one source".to_owned() } else { format!("{count} sources") };
            let words = format!("`{field}` of {of} is about the other program's own files");
            self.diagnostics.push(Diagnostic::new(&NOT_CARRIED, span, words));
        }
    }
}
