//! Sources → those that take letters behind their years (2019a), with their letters.
//!
//! The engine gives letters to three groups of sources at most. So the groups are found here, each
//! author and year by itself; the engine only keeps a place for a letter, and ours is set there.

use super::engine;
use super::library::Source;
use super::likeness::Likeness;
use super::marker;
use super::sort::sorted;
use super::style::Style;
use crate::quick::QuickMap;
use hayagriva::citationberg::json::{Item, Value};

/// The variable that marks a source with a letter; the library gives it to none.
const MARK: &str = "annote";

/// Copies of the sources that take letters, by key.
pub(super) type Lettered = QuickMap<String, Source>;

/// Finds the sources whose cites are still alike when names have been added. `named` gives a source
/// as cites name it; the copies are made of the sources as they come.
pub(super) fn lettered(
    style: &Style,
    sources: &[&Source],
    named: &QuickMap<&str, Source>,
) -> Result<Lettered, String> {
    let mut lettered = Lettered::default();
    if !style.letters() {
        return Ok(lettered);
    }
    for group in Likeness::of(sources, true).groups() {
        let cited: Vec<&Source> =
            group.iter().map(|source| named.get(source.key.as_str()).unwrap_or(source)).collect();
        let mut alike: QuickMap<String, Vec<&Source>> = QuickMap::default();
        for (source, cite) in group.iter().zip(engine::cites(style, &cited)?) {
            alike.entry(cite).or_default().push(source);
        }
        for same in alike.into_values().filter(|same| same.len() > 1) {
            let same = sorted(style, &same)?;
            let lettered_so = |(place, source): (usize, &&Source)| {
                let letter = letter(place);
                (source.key.clone(), Source { letter: Some(letter), ..marked(source) })
            };
            lettered.extend(same.iter().enumerate().map(lettered_so));
        }
    }
    Ok(lettered)
}

/// `a` to `z`, then `aa`, `ab` …
fn letter(place: usize) -> String {
    let last = char::from(b'a' + (place % 26) as u8);
    match place / 26 {
        0 => last.to_string(),
        more => letter(more - 1) + &last.to_string(),
    }
}

/// A copy with the sign that asks the engine for a letter, and never prints.
fn marked(source: &Source) -> Source {
    let mut source = source.clone();
    mark(&mut source.item);
    source
}

/// Marks an item for the engine.
pub(super) fn mark(item: &mut Item) {
    item.0.insert(MARK.to_owned(), Value::String(marker::GUARD.to_string()));
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn letters_go_on_behind_z() {
        let letters = [0, 1, 25, 26, 27, 51, 52, 701, 702].map(letter);
        assert_eq!(letters, ["a", "b", "z", "aa", "ab", "az", "ba", "zz", "aaa"]);
    }
}
