//! `citations.yaml`: entries read with places, checked, and given out as CSL-JSON, BibTeX and RIS.
//!
//! A YAML map of keys and entries into a [`Bibliography`]. The invariant: every entry that has a
//! key is there, with what could be read of it; an address that is not safe to follow is never in
//! it. This module must not know who cites an entry, nor how a style prints it.

mod check;
mod csl_json;
mod from_csl;
mod date;
pub mod export;
mod fields;
mod name;
mod read;
mod tongue;
mod url;
mod values;
mod variables;

pub use date::{Day, EntryDate};
pub use fields::{CSL_TYPES, TYPE_ALIASES, csl_type};
pub(crate) use fields::{DATES, Field, NAMES, TEXTS, field};
pub use name::Name;
pub(crate) use read::is_key;
pub use read::read;
pub(crate) use url::{Fault, safe};
pub use url::{bare_doi, normal_url};
pub(crate) use values::{language_tag, one_line};
pub use variables::Variables;

use crate::config::Placed;
use crate::quick::QuickMap;
use crate::source::{FileId, Span};

/// All sources that a report may cite.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bibliography {
    /// The file that was read; none where there is none.
    pub file: Option<FileId>,
    /// The entries in the order of the file; of two with one key, the first.
    pub entries: Vec<Entry>,
    by_key: QuickMap<String, usize>,
}

impl Bibliography {
    /// The entry with this key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.place(key).map(|place| &self.entries[place])
    }

    /// The place of the entry with this key.
    pub fn place(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// All keys, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let mut keys: Vec<&str> = self.by_key.keys().map(String::as_str).collect();
        keys.sort_unstable();
        keys.into_iter()
    }

    /// Adds an entry unless its key is there already; says whether it was added.
    pub fn add(&mut self, mut entry: Entry) -> bool {
        if self.by_key.contains_key(&entry.key) {
            return false;
        }
        self.by_key.insert(entry.key.clone(), self.entries.len());
        entry.shrink();
        self.entries.push(entry);
        true
    }
}

/// One source.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The author's name for it, as in `[@key]`.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The whole entry with its key.
    pub span: Span,
    /// The CSL type: one of [`CSL_TYPES`].
    pub kind: &'static str,
    /// The type as the author wrote it, which may be an alias such as `un-document`.
    pub written_kind: String,
    /// Text and number variables by CSL name; `URL` and `DOI` are normal and safe.
    pub texts: Variables<Placed<String>>,
    /// Name variables by CSL name.
    pub names: Variables<Vec<Name>>,
    /// Date variables by CSL name.
    pub dates: Variables<Placed<EntryDate>>,
    /// The title in the report's language, where the title is in another one.
    pub title_translated: Option<String>,
    /// An archived copy.
    pub archived: Option<Archived>,
    /// Anything under `csl`, as CSL-JSON.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// A copy of a web page in an archive.
#[derive(Debug, Clone, PartialEq)]
pub struct Archived {
    /// Address of the copy.
    pub url: String,
    /// The day on which it was made.
    pub date: Option<EntryDate>,
    /// Where the author gives it.
    pub span: Span,
}

impl Entry {
    /// Gives back what room was taken in advance: a report may have very many.
    fn shrink(&mut self) {
        self.texts.shrink();
        self.names.shrink();
        self.dates.shrink();
    }

    /// The text of a CSL variable.
    pub fn text(&self, variable: &str) -> Option<&str> {
        self.texts.get(variable).map(|text| text.value.as_str())
    }

    /// The kind of source it is, as a bibliography groups them: one of
    /// [`SOURCE_GROUPS`](crate::config::SOURCE_GROUPS).
    pub fn group(&self) -> &'static str {
        match self.written_kind.as_str() {
            "un-document" => "un-documents",
            _ => fields::group(self.kind),
        }
    }

    /// The title as typed.
    pub fn title(&self) -> Option<&str> {
        self.text("title")
    }

    /// The address, with a scheme that is safe to follow.
    pub fn url(&self) -> Option<&str> {
        self.text("URL")
    }

    /// The DOI without a resolver.
    pub fn doi(&self) -> Option<&str> {
        self.text("DOI")
    }

    /// The language of the work, a BCP 47 tag.
    pub fn language(&self) -> Option<&str> {
        self.text("language")
    }

    /// The date of publication.
    pub fn issued(&self) -> Option<&EntryDate> {
        self.dates.get("issued").map(|date| &date.value)
    }

    /// The names in a role (`author`, `editor` …); none is an empty list.
    pub fn names(&self, role: &str) -> &[Name] {
        self.names.get(role).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests;
