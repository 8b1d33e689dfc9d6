//! Sources → those a reader could take for one another, which the engine must tell apart.

use super::library::Source;
use crate::quick::{QuickMap, QuickSet};
use hayagriva::citationberg::json::{DateValue, Item, NameValue, Value};

/// Sources with their order, by first author and perhaps year.
type ByName<'a> = QuickMap<(String, Option<i16>), Vec<(usize, &'a Source)>>;

/// Groups of sources that share their first author, perhaps their year too.
pub(super) struct Likeness<'a> {
    groups: Vec<Vec<&'a Source>>,
    /// The group of each source that has company.
    places: QuickMap<&'a str, usize>,
}

impl<'a> Likeness<'a> {
    /// Groups these sources; with `same_year` only those of one year are alike.
    pub(super) fn of(sources: &[&'a Source], same_year: bool) -> Likeness<'a> {
        let mut by_name: ByName<'a> = QuickMap::default();
        for (order, source) in sources.iter().enumerate() {
            let year = if same_year { year(&source.item) } else { None };
            by_name.entry((first_name(&source.item), year)).or_default().push((order, source));
        }
        let mut found: Vec<Vec<(usize, &'a Source)>> =
            by_name.into_values().filter(|group| group.len() > 1).collect();
        found.sort_by_key(|group| group[0].0);
        let mut places = QuickMap::default();
        for (at, group) in found.iter().enumerate() {
            places.extend(group.iter().map(|(_, source)| (source.key.as_str(), at)));
        }
        let groups =
            found.into_iter().map(|group| group.into_iter().map(|(_, source)| source).collect());
        Likeness { groups: groups.collect(), places }
    }

    /// The groups, in the order given.
    pub(super) fn groups(&self) -> &[Vec<&'a Source>] {
        &self.groups
    }

    /// Returns those of these sources that have company, behind those alike that their short forms
    /// must not be taken for: all first cited in the same note, and one other, so that a long list
    /// of works by one author stays short.
    pub(super) fn rivals(
        &self,
        sources: impl Iterator<Item = &'a Source>,
        note: impl Fn(&Source) -> u32,
    ) -> Vec<&'a Source> {
        let mut seen = QuickSet::default();
        let named: Vec<(usize, &Source)> =
            self.touched(sources).filter(|(_, source)| seen.insert(source.key.as_str())).collect();
        let mut others = Vec::new();
        for (group, source) in &named {
            let number = note(source);
            let peers = self.groups[*group].iter().filter(|peer| peer.key != source.key);
            let (same, other): (Vec<&Source>, Vec<&Source>) =
                peers.partition(|peer| note(peer) == number);
            others.extend(same.into_iter().chain(other.first().copied()));
        }
        others.retain(|source| seen.insert(source.key.as_str()));
        others.extend(named.into_iter().map(|(_, source)| source));
        others
    }

    fn touched(
        &self,
        sources: impl Iterator<Item = &'a Source>,
    ) -> impl Iterator<Item = (usize, &'a Source)> {
        sources.filter_map(|source| Some((*self.places.get(source.key.as_str())?, source)))
    }
}

/// All the names a source goes by, for telling whether two are by the same people.
pub(super) fn authors(item: &Item) -> String {
    match PEOPLE.iter().find_map(|variable| item.0.get(*variable)) {
        Some(Value::Names(names)) => format!("{names:?}"),
        _ => first_name(item),
    }
}

const PEOPLE: [&str; 5] = ["author", "editor", "translator", "director", "interviewer"];

/// The name a source goes by: its first author's, or what stands in for one.
pub(super) fn first_name(item: &Item) -> String {
    for variable in PEOPLE {
        if let Some(Value::Names(names)) = item.0.get(variable)
            && let Some(name) = names.first()
        {
            return match name {
                NameValue::Literal(name) => name.literal.to_lowercase(),
                NameValue::Item(name) => name.family.to_lowercase(),
            };
        }
    }
    let words = ["container-title", "title", "publisher"];
    let found = words.iter().find_map(|variable| item.0.get(*variable)?.to_str());
    found.unwrap_or_default().to_lowercase()
}

pub(super) fn year(item: &Item) -> Option<i16> {
    day(item, "issued")?.first().copied()
}

/// The year, perhaps the month, perhaps the day of a date; of a range those of its beginning.
pub(super) fn day<'a>(item: &'a Item, variable: &str) -> Option<&'a [i16]> {
    match item.0.get(variable)? {
        Value::Date(DateValue::DateParts { date_parts, .. }) => {
            date_parts.0.first().map(|day| day.0.as_slice())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csl::Library;
    use serde_json::json;

    #[test]
    fn likeness_is_of_author_and_year() {
        let item = |family: &str, year: i16| {
            let value = json!({"author": [{"family": family}], "issued": year});
            value.as_object().expect("object").clone()
        };
        let items = [("a", "Ng", 2019), ("b", "Ng", 2020), ("c", "Ng", 2019), ("d", "Li", 2019)];
        let library =
            Library::new(items.map(|(key, family, year)| (key.to_owned(), item(family, year))));
        let all: Vec<&Source> = library.sources.iter().collect();
        let keys = |same_year| {
            let likeness = Likeness::of(&all, same_year);
            let keys = |group: &Vec<&Source>| group.iter().map(|s| s.key.clone()).collect();
            likeness.groups().iter().map(keys).collect::<Vec<Vec<String>>>()
        };
        assert_eq!(keys(true), [["a", "c"]]);
        assert_eq!(keys(false), [["a", "b", "c"]]);
    }
}
