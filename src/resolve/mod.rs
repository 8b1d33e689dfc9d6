//! Units into a [`Report`]: order, numbers, targets, mentions, claims.
//!
//! Reports no diagnostics: what it cannot bind it leaves unbound, and the checks say why. Runs whole
//! on every build; it is a matter of milliseconds.

mod articles;
mod claims;
mod near;
mod notes;
mod order;
mod targets;

use crate::bibliography::Bibliography;
use crate::config::Config;
use crate::law::{Law, Recognised};
use crate::memo::{Key, Memo};
use crate::report::Report;
use crate::source::Sources;
use crate::unit::Unit;
use std::sync::Arc;

pub use order::{RESERVED_SLUGS, chapter_slug, slugify};

/// What resolution needs.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The files, for words as written.
    pub sources: &'a Sources,
    /// `book.toml`.
    pub config: &'a Config,
    /// The bibliography.
    pub bibliography: &'a Bibliography,
    /// The law in force for this report.
    pub law: &'a Law,
    /// Whether the citation style sets citations in notes.
    pub cites_in_notes: bool,
    /// What the prose of chapters says of laws.
    pub readings: &'a Readings,
}

/// What was recognised in the prose of chapters, kept from build to build.
#[derive(Debug, Default)]
pub struct Readings {
    /// The key of the law that they were read by.
    pub law: Option<Key>,
    /// For each chapter what each of its passages says.
    pub chapters: Memo<Arc<[Recognised]>>,
}

impl Input<'_> {
    /// Whether `key` names a source, and if so whether it is an instrument.
    fn source(&self, key: &str) -> Option<bool> {
        match self.bibliography.get(key) {
            Some(_) => Some(false),
            None => self.law.instrument(key).map(|_| true),
        }
    }
}

/// Resolves `units`, which may come in any order.
pub fn resolve(input: Input, units: &[Arc<Unit>]) -> Report {
    let mut report = Report::default();
    order::place(input, units, &mut report);
    notes::number(input, &mut report);
    targets::collect(input, &mut report);
    articles::recognise(input, &mut report);
    claims::bind(input, &mut report);
    report
}
