//! The numbers with which each chapter begins, once it is known how many each of them needs.

use super::{Input, articles, claims, notes, targets};
use crate::annotation;
use crate::config::{Config, Scope};
use crate::document::walk_blocks;
use crate::memo::Key;
use crate::report::{Chapter, ChapterId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A number for each series: how many a chapter needs, or the one with which it begins.
pub type Numbers = BTreeMap<&'static str, u32>;

/// A chapter that is resolved.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The key of all that it is made from.
    pub key: Key,
    /// The key of the list of sources that it cites.
    pub cited: Key,
    /// The chapter.
    pub chapter: Arc<Chapter>,
}

/// A chapter that is not yet numbered.
pub struct Draft {
    id: ChapterId,
    chapter: Chapter,
    /// The key of all that it is made from, but for the numbers.
    key: Key,
    counts: Numbers,
    is_read: bool,
}

impl Draft {
    /// A chapter at its place; its notes are read where it is not known how many it has.
    pub fn new(input: Input, ground: Key, id: ChapterId, chapter: Chapter) -> Draft {
        let unit = input.kept.units.get(&chapter.unit.file);
        let Chapter { is_front, slug, number, part, title, language, position, .. } = &chapter;
        let place = (id, is_front, slug, number, part, title, language, position);
        let key = Key::of(&(ground, unit, place));
        let mut draft = Draft { id, chapter, key, counts: Numbers::new(), is_read: false };
        // Without its key nothing is known of a unit.
        draft.counts = match unit {
            Some(_) => input.kept.numbers.get(key, || draft.count(input)),
            None => draft.count(input),
        };
        draft
    }

    fn count(&mut self, input: Input) -> Numbers {
        self.read(input);
        let mut counts = Numbers::from([("note", self.chapter.notes.len() as u32)]);
        walk_blocks(&self.chapter.unit.blocks, &mut |block| {
            if !notes::is_pull_quote(block)
                && let Some((kind, _)) = annotation::declared(block)
                && let Some(series) = kind.series()
            {
                *counts.entry(series).or_default() += 1;
            }
        });
        counts
    }

    fn read(&mut self, input: Input) {
        if !self.is_read {
            notes::read(input, self.id, &mut self.chapter);
            self.is_read = true;
        }
    }

    /// The chapter, whose numbers begin with `first`.
    pub fn finish(mut self, input: Input, first: &Numbers) -> Placed {
        let key = Key::of(&(self.key, first));
        let is_known = input.kept.units.contains_key(&self.chapter.unit.file);
        let make = || {
            self.read(input);
            let Draft { id, mut chapter, .. } = self;
            let first_note = first.get("note").copied().unwrap_or(1);
            for (note, place) in chapter.notes.iter_mut().zip(0..) {
                note.number = first_note.saturating_add(place);
            }
            targets::collect(id, &mut chapter, first);
            articles::recognise(input, id, &mut chapter);
            claims::bind(input, id, &mut chapter);
            chapter.shrink();
            let cited = chapter.cited.iter().map(|cited| &cited.key);
            let cited = Key::of(&cited.collect::<Vec<_>>());
            Placed { key, cited, chapter: Arc::new(chapter) }
        };
        match is_known {
            true => input.kept.chapters.get(key, make),
            false => make(),
        }
    }
}

/// The number of each series with which each chapter begins.
pub fn number(config: &Config, drafts: Vec<Draft>) -> Vec<(Draft, Numbers)> {
    let mut next: Numbers =
        annotation::KINDS.iter().filter_map(|kind| Some((kind.series()?, 1))).collect();
    let mut numbered = Vec::with_capacity(drafts.len());
    for draft in drafts {
        if config.notes.numbering == Scope::Chapter {
            next.insert("note", 1);
        }
        for (series, number) in &mut next {
            if let Some(start) = draft.chapter.unit.front.start.get(*series) {
                *number = start.value;
            }
        }
        let first = next.clone();
        for (series, count) in &draft.counts {
            let number = next.entry(series).or_insert(1);
            *number = number.saturating_add(*count);
        }
        numbered.push((draft, first));
    }
    numbered
}
