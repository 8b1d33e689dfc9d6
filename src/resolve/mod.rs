//! Units into a [`Report`]: order, numbers, targets, mentions, claims.
//!
//! Reports no diagnostics: what it cannot bind it leaves unbound, and the checks say why. A chapter
//! is resolved alone, beside the others: of them it needs only the numbers with which it begins. One
//! of which nothing has changed is the one of the build before.

mod articles;
mod claims;
mod near;
mod notes;
mod number;
mod order;
mod targets;

use crate::bibliography::Bibliography;
use crate::config::Config;
use crate::law::{Law, Recognised};
use crate::memo::{Key, Memo};
use crate::parallel;
use crate::quick::QuickMap;
use crate::report::{Chapter, Report, Source};
use crate::source::{FileId, Sources};
use crate::unit::Unit;
use number::{Draft, Numbers, Placed};
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
    /// What was resolved before.
    pub kept: &'a Kept,
}

/// What was resolved before, and the keys of what it was resolved from.
#[derive(Debug, Default)]
pub struct Kept {
    /// The key of the law.
    pub law: Option<Key>,
    /// The key of the bibliography.
    pub bibliography: Option<Key>,
    /// The key of each unit.
    pub units: QuickMap<FileId, Key>,
    numbers: Memo<Numbers>,
    chapters: Memo<Placed>,
    sources: Memo<Arc<[Source]>>,
    /// What each passage of a chapter says of laws.
    readings: Memo<Arc<[Recognised]>>,
}

impl Kept {
    /// Begins a build.
    pub fn turn(&mut self) {
        self.numbers.turn();
        self.chapters.turn();
        self.sources.turn();
        self.readings.turn();
    }
}

impl Input<'_> {
    /// Whether `key` names a source, and if so whether it is an instrument.
    fn source(&self, key: &str) -> Option<bool> {
        match self.bibliography.get(key) {
            Some(_) => Some(false),
            None => self.law.instrument(key).map(|_| true),
        }
    }

    /// The key of all that a chapter is resolved from beside its unit and its place.
    fn ground(&self) -> Key {
        let Kept { law, bibliography, .. } = self.kept;
        Key::of(&(law, bibliography, self.cites_in_notes, self.config.law.recognise))
    }
}

/// A report, with keys: what has the same key is the same.
pub struct Resolution {
    /// The report.
    pub report: Report,
    /// The key of each chapter.
    pub chapters: Vec<Key>,
    /// The key of the list of sources that are cited.
    pub cited: Key,
}

/// Resolves `units`, which may come in any order.
pub fn resolve(input: Input, units: &[Arc<Unit>]) -> Resolution {
    let (chapters, parts) = order::place(input, units);
    let ground = input.ground();
    let places: Vec<(usize, Chapter)> = chapters.into_iter().enumerate().collect();
    let drafts =
        parallel::map_owned(places, |(id, chapter)| Draft::new(input, ground, id, chapter));
    let drafts = number::number(input.config, drafts);
    let placed = parallel::map_owned(drafts, |(draft, first)| draft.finish(input, &first));
    let cited = Key::of(&placed.iter().map(|placed| placed.cited).collect::<Vec<_>>());
    let keys = placed.iter().map(|placed| placed.key).collect();
    let chapters: Vec<Arc<Chapter>> = placed.into_iter().map(|placed| placed.chapter).collect();
    let sources = input.kept.sources.get(cited, || Source::all(&chapters));
    Resolution { report: Report::new(chapters, parts, sources), chapters: keys, cited }
}
