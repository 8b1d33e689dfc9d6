//! Entries in the forms that other programs read.

mod bibtex;
mod bibtex_fields;
mod ris;
mod tex;

pub use bibtex::bibtex;
pub use bibtex_fields::{bibtex_kind, bibtex_language, bibtex_variable};
pub use ris::{ris, ris_kind, ris_number_is_issn};
pub use tex::{TAGS, is_emphasis};

use super::{Entry, Name};
use serde::Serializer;
use serde_json::{Map, Value};

/// Entries as a CSL-JSON array, indented, with a line end at its end.
pub fn csl_json(entries: &[&Entry]) -> String {
    let mut text = Vec::new();
    let mut array = serde_json::Serializer::pretty(&mut text);
    let written = array.collect_seq(entries.iter().map(|entry| item(entry)));
    written.expect("a map of JSON values is JSON");
    String::from_utf8(text).expect("JSON is UTF-8") + "\n"
}

fn item(entry: &Entry) -> Map<String, Value> {
    let mut item = entry.to_csl_json();
    // Reference managers take a line `name: value` of a note for a variable. A line end before it
    // tells our own reader that this is none.
    if let Some(Value::String(note)) = item.get_mut("note").filter(|_| entry.text("note").is_some())
        && note.contains(':')
    {
        note.insert(0, '\n');
    }
    item
}

/// What a format cannot say exactly, for it to carry as one piece of CSL-JSON.
struct Exact(Map<String, Value>);

impl Exact {
    /// Begins with what was under `csl`.
    fn of(entry: &Entry) -> Exact {
        let free = |name: &str| {
            !entry.texts.contains_key(name)
                && !entry.names.contains_key(name)
                && !entry.dates.contains_key(name)
        };
        let extra = entry.extra.iter().filter(|(name, _)| free(name));
        Exact(extra.map(|(name, value)| (name.clone(), value.clone())).collect())
    }

    fn names(&mut self, role: &str, names: &[Name]) {
        self.0.insert(role.to_owned(), names.iter().map(Name::to_csl_json).collect());
    }

    fn json(&self) -> Option<String> {
        if self.0.is_empty() { None } else { serde_json::to_string(&self.0).ok() }
    }
}
