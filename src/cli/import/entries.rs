//! Sources of a manuscript into `citations.yaml`.

use crate::bibliography::{self, Bibliography};
use crate::config::Config;
use crate::interchange;
use crate::manuscript::{Known, NewSource};
use crate::source::Sources;

/// The bibliography of the report.
pub fn there(sources: &Sources, config: &Config) -> Bibliography {
    match sources.find(&config.citations.file) {
        Some(file) => bibliography::read(sources, file, &config.book.language, &mut Vec::new()),
        None => Bibliography::default(),
    }
}

/// Keys and addresses that are there.
pub fn known(bibliography: &Bibliography) -> Known {
    let mut known = Known { normal: Some(bibliography::normal_url), ..Known::default() };
    for entry in &bibliography.entries {
        known.keys.insert(entry.key.clone());
        if let Some(url) = entry.url() {
            known.by_url.entry(bibliography::normal_url(url)).or_insert(entry.key.clone());
        }
    }
    known
}

/// `citations.yaml` as it should be.
pub struct Sourced {
    /// Its path from the root.
    pub path: String,
    /// Its bytes as they are; none where it is not there.
    pub old: Option<Vec<u8>>,
    /// Its bytes with the new sources.
    pub bytes: Vec<u8>,
}

impl Sourced {
    /// Whether there is anything to add.
    pub fn adds(&self) -> bool {
        self.old.as_deref().unwrap_or_default() != self.bytes
    }

    /// Its path and its text.
    pub fn as_text(&self) -> (&str, &str) {
        (&self.path, std::str::from_utf8(&self.bytes).unwrap_or_default())
    }
}

/// Adds `new` to the bibliography `there`, whose file holds the bytes `old`; nothing where it has a
/// form that cannot be added to.
pub fn merged(
    config: &Config,
    there: &Bibliography,
    old: Option<Vec<u8>>,
    new: &[NewSource],
) -> Option<Sourced> {
    let path = config.citations.file.clone();
    let bytes = old.clone().unwrap_or_default();
    if new.is_empty() {
        return Some(Sourced { path, old, bytes });
    }
    let mut scratch = Sources::default();
    let id = scratch.add_text(&path, &yaml(new));
    let read = bibliography::read(&scratch, id, &config.book.language, &mut Vec::new());
    let merged = interchange::merge(there, &bytes, read.entries);
    (!merged.is_refused).then_some(Sourced { path, old, bytes: merged.bytes })
}

/// New sources as entries.
fn yaml(new: &[NewSource]) -> String {
    let mut out = String::new();
    for source in new {
        out.push_str(&format!("{}:\n", quoted(&source.key)));
        for (name, value) in &source.fields {
            match *name {
                "authors" => out.push_str(&format!("  authors: [{{org: {}}}]\n", quoted(value))),
                name => out.push_str(&format!("  {name}: {}\n", quoted(value))),
            }
        }
    }
    out
}

fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}
