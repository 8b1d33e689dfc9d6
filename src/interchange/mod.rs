//! Bibliographies of other programs into entries, and entries into the text of `citations.yaml`.
//!
//! The invariant: nothing is lost in silence. What an entry has no field for stands under `csl`, and
//! what can stand nowhere is reported at its place. This module must not know where the file came
//! from, nor who cites its entries.

mod bibtex;
mod csl_json;
mod date;
mod hayagriva_yaml;
mod item;
mod key;
mod merge;
mod note;
mod remarks;
mod ris;
mod same;
mod write;
mod yaml;

pub use merge::{Merged, merge};
pub use same::{differences, is_same};
pub use write::entry_text;

use crate::bibliography::{Entry, is_key};
use crate::diagnostic::{BAD_ENCODING, CHANGED_KEY, Diagnostic};
use crate::source::{FileId, Sources, Span};
use remarks::Remarks;
use std::borrow::Cow;

/// The form in which a bibliography is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// BibTeX or BibLaTeX.
    Bibtex,
    /// RIS.
    Ris,
    /// CSL-JSON, as Zotero exports it.
    CslJson,
    /// CSL-YAML, hayagriva's YAML, or our own.
    Yaml,
}

impl Form {
    /// Whether a text of no known ending is RIS.
    pub fn of_ris(bytes: &[u8]) -> bool {
        let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
        start.starts_with(b"TY  - ")
    }
}

/// The bytes of a file as UTF-8 where a byte-order mark says that they are UTF-16.
pub fn to_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => return Cow::Borrowed(bytes),
    };
    let units = bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut text = Vec::with_capacity(bytes.len());
    for letter in char::decode_utf16(units) {
        match letter {
            Ok(c) => text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            // No byte of UTF-8: it is found and reported like any other.
            Err(_) => text.push(0xFF),
        }
    }
    Cow::Owned(text)
}

/// Reads the bibliography in a file: its entries in their order, and what was not carried.
pub fn read(sources: &Sources, file: FileId, form: Form) -> (Vec<Entry>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut remarks = Remarks::new(&mut diagnostics);
    let mut entries = Vec::new();
    let items = match form {
        Form::CslJson => csl_json::read(sources, file, &mut remarks),
        Form::Ris => ris::read(sources, file, &mut remarks),
        Form::Bibtex => bibtex::read(sources, file, &mut remarks),
        Form::Yaml => yaml_items(sources, file, &mut remarks, &mut entries),
    };
    let mut keys = Vec::new();
    for item in items {
        let given = item.key.clone();
        let entry = item::entry(item, &mut remarks);
        keys.extend(changed_key(&given, &entry));
        entries.push(entry);
    }
    remarks.finish();
    diagnostics.extend(keys);
    legible(sources, file, &mut entries, &mut diagnostics);
    (entries, diagnostics)
}

fn yaml_items(
    sources: &Sources,
    file: FileId,
    remarks: &mut Remarks,
    entries: &mut Vec<Entry>,
) -> Vec<item::Item> {
    match yaml::read(sources, file, remarks) {
        yaml::Holds::Items(items) => items,
        yaml::Holds::Entries(own) => {
            entries.extend(own);
            Vec::new()
        }
    }
}

/// Reports the key that an entry was given because its own cannot be cited.
fn changed_key(given: &str, entry: &Entry) -> Option<Diagnostic> {
    if is_key(given) {
        return None;
    }
    let words = match given {
        "" => format!("this source has no key: it is cited as `{}`", entry.key),
        given => format!("the key `{given}` cannot be cited: it is now `{}`", entry.key),
    };
    Some(Diagnostic::new(&CHANGED_KEY, entry.key_span, words))
}

/// Leaves out the entries in which a byte was no text, and reports the first such byte.
fn legible(
    sources: &Sources,
    file: FileId,
    entries: &mut Vec<Entry>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(at) = sources.file(file).invalid_at else { return };
    let count = entries.len();
    entries.retain(|entry| !sources.text(entry.span).contains('\u{FFFD}'));
    let lost = match count - entries.len() {
        1 => "one source was left out".to_owned(),
        lost => format!("{lost} sources were left out"),
    };
    let words = format!("this file is not written in UTF-8: {lost}");
    diagnostics.push(
        Diagnostic::new(&BAD_ENCODING, Span::new(file, at..at + 3), words)
            .help("save or export the file as UTF-8 and import it once more"),
    );
}

#[cfg(test)]
mod tests;
