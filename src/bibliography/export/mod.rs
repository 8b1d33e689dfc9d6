//! Entries in the forms that other programs read.

mod bibtex;
mod ris;

pub use bibtex::bibtex;
pub use ris::ris;

use super::{Entry, EntryDate};

/// Entries as a CSL-JSON array, indented, with a line end at its end.
pub fn csl_json(entries: &[&Entry]) -> String {
    let items: Vec<_> = entries.iter().map(|entry| entry.to_csl_json()).collect();
    let text = serde_json::to_string_pretty(&items).unwrap_or_else(|_| "[]".to_string());
    text + "\n"
}

/// Words for an archived copy, for formats that have no field for it.
fn archived_words(entry: &Entry) -> Option<String> {
    let archived = entry.archived.as_ref()?;
    let date = archived.date.as_ref().map(EntryDate::to_string);
    Some(match date {
        Some(date) => format!("archived: {} ({date})", archived.url),
        None => format!("archived: {}", archived.url),
    })
}

/// What was under `csl`, as text.
fn extra_texts(entry: &Entry) -> impl Iterator<Item = (&str, String)> {
    let text = |value: &serde_json::Value| match value.as_str() {
        Some(text) => text.to_string(),
        None => value.to_string(),
    };
    let free = |name: &str| {
        !entry.texts.contains_key(name)
            && !entry.names.contains_key(name)
            && !entry.dates.contains_key(name)
    };
    let extra = entry.extra.iter().filter(move |(name, _)| free(name));
    extra.map(move |(name, value)| (name.as_str(), text(value)))
}
