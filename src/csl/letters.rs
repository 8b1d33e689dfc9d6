//! Sources → those that take letters behind their years (2019a), in groups.
//!
//! The engine gives letters in its last of three rounds, and none where an earlier round still had
//! names to add elsewhere. So the groups are found here, each author and year by itself, and the
//! engine is handed them as a variable it cannot overlook.

use super::engine;
use super::library::Source;
use super::likeness::Likeness;
use super::listing::sorted;
use super::marker;
use super::style::Style;
use hayagriva::citationberg::json::Value;
use std::collections::{BTreeSet, HashMap};

/// The variable that names a source's group; the library gives it to none.
const GROUP: &str = "annote";

/// Copies of the sources that take letters, each with the mark of its group, by key.
pub(super) type Lettered = HashMap<String, Source>;

/// Finds the sources whose cites are still alike when names have been added. `named` gives a source
/// as cites name it; the copies are made of the sources as they come.
pub(super) fn lettered(
    style: &Style,
    sources: &[&Source],
    named: &HashMap<&str, Source>,
) -> Result<Lettered, String> {
    let mut lettered = Lettered::new();
    if !style.letters() {
        return Ok(lettered);
    }
    let mut number = 0;
    for group in Likeness::of(sources, true).groups() {
        let cited: Vec<&Source> =
            group.iter().map(|source| named.get(source.key.as_str()).unwrap_or(source)).collect();
        let mut alike: HashMap<String, Vec<&Source>> = HashMap::new();
        for (source, cite) in group.iter().zip(engine::cites(style, &cited)?) {
            alike.entry(cite).or_default().push(source);
        }
        let mut alike: Vec<_> = alike.into_iter().filter(|(_, same)| same.len() > 1).collect();
        alike.sort_by(|a, b| a.0.cmp(&b.0));
        for (_, same) in alike {
            number += 1;
            lettered.extend(same.iter().map(|source| (source.key.clone(), marked(source, number))));
        }
    }
    Ok(lettered)
}

/// The source with the number of its group, in signs that never print.
fn marked(source: &Source, number: u32) -> Source {
    let digits = (0..32).take_while(|bit| number >> bit > 0);
    let sign = |bit: u32| if number >> bit & 1 == 1 { marker::NOTE_CLOSE } else { marker::GUARD };
    let mut source = source.clone();
    source.item.0.insert(GROUP.to_owned(), Value::String(digits.map(sign).collect()));
    source
}

/// Groups of sources that share author and year in every cite, in the order of the bibliography.
#[derive(Default)]
pub(super) struct Letters<'a> {
    groups: Vec<Vec<&'a Source>>,
    of: HashMap<&'a str, usize>,
}

impl<'a> Letters<'a> {
    /// Gathers marked sources.
    pub(super) fn new(style: &Style, lettered: &'a Lettered) -> Result<Letters<'a>, String> {
        let mut all: Vec<&Source> = lettered.values().collect();
        all.sort_by(|a, b| a.key.cmp(&b.key));
        let mut letters = Letters::default();
        let mut places: HashMap<String, usize> = HashMap::new();
        for source in sorted(style, &all)? {
            let mark = source.item.0.get(GROUP).and_then(|mark| mark.to_str()).unwrap_or_default();
            let place = *places.entry(mark.into_owned()).or_insert(letters.groups.len());
            if place == letters.groups.len() {
                letters.groups.push(Vec::new());
            }
            letters.groups[place].push(source);
            letters.of.insert(source.key.as_str(), place);
        }
        Ok(letters)
    }

    /// Returns all members of the groups to which any of these sources belongs.
    pub(super) fn with<'s>(&self, sources: impl Iterator<Item = &'s Source>) -> Vec<&'a Source> {
        let touched: BTreeSet<usize> =
            sources.filter_map(|source| self.of.get(source.key.as_str()).copied()).collect();
        touched.into_iter().flat_map(|group| self.groups[group].iter().copied()).collect()
    }
}
