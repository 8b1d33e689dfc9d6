//! CSL-JSON into entries: what the program itself cites, and what other programs export.

use super::fields::{DATES, NAMES, TEXTS, csl_type};
use super::variables::Variables;
use super::{Archived, Day, Entry, EntryDate, Name};
use crate::config::Placed;
use crate::source::{FileId, Span};
use serde_json::{Map, Value};

impl Entry {
    /// The entry that `item` describes, without a place in a file. What has no field of its own is
    /// kept under `csl`.
    pub fn from_csl_json(key: &str, item: &Map<String, Value>) -> Entry {
        let nowhere = Span::new(FileId(0), 0..0);
        let written = item.get("type").and_then(Value::as_str).unwrap_or("document");
        let mut entry = Entry {
            key: key.to_owned(),
            key_span: nowhere,
            span: nowhere,
            kind: csl_type(written).unwrap_or("document"),
            written_kind: written.to_owned(),
            texts: Variables::default(),
            names: Variables::default(),
            dates: Variables::default(),
            title_translated: item.get("title-translated").and_then(text),
            archived: None,
            extra: Map::new(),
        };
        entry.archived = item.get("archived-url").and_then(text).map(|url| Archived {
            url,
            date: item.get("archived-date").and_then(date),
            span: nowhere,
        });
        let own = ["id", "type", "title-translated", "archived-url", "archived-date"];
        for (name, value) in item.iter().filter(|(name, _)| !own.contains(&name.as_str())) {
            if !set(&mut entry, name, value, nowhere) {
                entry.extra.insert(name.clone(), value.clone());
            }
        }
        entry
    }

    /// How the entry's author is called in running text: a family name, an organisation, or the
    /// first of several with “et al.”.
    pub fn short_author(&self) -> Option<String> {
        let names = match self.names("author") {
            [] => self.names("editor"),
            names => names,
        };
        let short = |name: &Name| match name {
            Name::Literal(name) => name.clone(),
            Name::Person { family, particle, .. } if particle.is_empty() => family.clone(),
            Name::Person { family, particle, .. } => format!("{particle} {family}"),
        };
        match names {
            [] => self.text("title-short").or_else(|| self.title()).map(str::to_owned),
            [one] => Some(short(one)),
            [one, two] => Some(format!("{} and {}", short(one), short(two))),
            [one, ..] => Some(format!("{} et al.", short(one))),
        }
    }
}

/// Sets a variable that has a field; says whether it has one and the value fits.
fn set(entry: &mut Entry, name: &str, value: &Value, span: Span) -> bool {
    let known = |list: &'static [&'static str]| list.iter().copied().find(|known| *known == name);
    if let (Some(name), Some(value)) = (known(TEXTS), text(value)) {
        entry.texts.insert(name, Placed { value, span });
        return true;
    }
    if let (Some(name), Some(value)) = (known(DATES), date(value)) {
        entry.dates.insert(name, Placed { value, span });
        return true;
    }
    if let (Some(name), Some(list)) = (known(NAMES), value.as_array()) {
        entry.names.insert(name, list.iter().filter_map(self::name).collect());
        return true;
    }
    false
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn name(value: &Value) -> Option<Name> {
    let part = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
    if let Some(literal) = value.get("literal").and_then(Value::as_str) {
        return Some(Name::Literal(literal.to_owned()));
    }
    let (family, given) = (part("family"), part("given"));
    if family.is_empty() {
        return (!given.is_empty()).then(|| Name::Literal(given.to_owned()));
    }
    Some(Name::Person {
        family: family.to_owned(),
        given: given.to_owned(),
        particle: part("non-dropping-particle").to_owned(),
        dropping: part("dropping-particle").to_owned(),
        suffix: part("suffix").to_owned(),
    })
}

/// A date of `date-parts`, or a text in a form that authors write.
fn date(value: &Value) -> Option<EntryDate> {
    if let Some(written) = value.as_str().or_else(|| value.get("raw")?.as_str()) {
        return EntryDate::parse(written);
    }
    // A season or words beside the parts have no place in a date of ours.
    let is_plain = |name: &String| matches!(name.as_str(), "date-parts" | "circa" | "raw");
    if !value.as_object()?.keys().all(is_plain) {
        return None;
    }
    let parts = value.get("date-parts")?.as_array()?;
    let circa = value.get("circa").is_some_and(|circa| *circa != Value::Bool(false));
    let end = match parts.get(1) {
        Some(end) => Some(day(end)?),
        None => None,
    };
    Some(EntryDate { start: day(parts.first()?)?, end, circa })
}

fn day(parts: &Value) -> Option<Day> {
    let number = |index: usize| {
        let part = parts.as_array()?.get(index)?;
        part.as_i64().or_else(|| part.as_str()?.parse().ok())
    };
    let small = |index: usize| number(index).and_then(|n| u8::try_from(n).ok());
    Some(Day { year: i32::try_from(number(0)?).ok()?, month: small(1), day: small(2) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_goes_out_comes_back() {
        let item = json!({
            "id": "a", "type": "report", "title": "T", "DOI": "10.1/x", "page": "1",
            "author": [{ "family": "Berg", "given": "P.", "non-dropping-particle": "van der" },
                       { "literal": "OSCE" }],
            "issued": { "date-parts": [[2019, 11], [2020]], "circa": true }, "custom": "kept",
        });
        let entry = Entry::from_csl_json("a", item.as_object().unwrap());
        assert_eq!(Value::Object(entry.to_csl_json()), item);
        assert_eq!(entry.short_author().as_deref(), Some("van der Berg and OSCE"));
    }
}
