//! Sources → those a reader could take for one another, which the engine must tell apart.

use super::library::Source;
use hayagriva::citationberg::json::{DateValue, Item, NameValue, Value};
use std::collections::HashMap;

/// Returns, in the order given, the sources that share their first author with another one; with
/// `same_year` only those that share the year too.
pub(super) fn alike<'a>(sources: &[&'a Source], same_year: bool) -> Vec<&'a Source> {
    let identity = |source: &Source| {
        let year = if same_year { year(&source.item) } else { None };
        (first_name(&source.item), year)
    };
    let mut counts: HashMap<(String, Option<i16>), usize> = HashMap::new();
    for source in sources {
        *counts.entry(identity(source)).or_default() += 1;
    }
    sources.iter().copied().filter(|source| counts[&identity(source)] > 1).collect()
}

/// The name a source goes by: its first author's, or what stands in for one.
pub(super) fn first_name(item: &Item) -> String {
    let people = ["author", "editor", "translator", "director", "interviewer"];
    for variable in people {
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

fn year(item: &Item) -> Option<i16> {
    match item.0.get("issued")? {
        Value::Date(DateValue::DateParts { date_parts, .. }) => {
            date_parts.0.first()?.0.first().copied()
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
        let sources: Vec<&Source> = library.sources.iter().collect();
        let keys = |same_year| {
            let alike = alike(&sources, same_year);
            alike.iter().map(|source| source.key.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(keys(true), ["a", "c"]);
        assert_eq!(keys(false), ["a", "b", "c"]);
    }
}
