//! Entries into the text of `citations.yaml`.
//!
//! The text that is there stays as it is, byte for byte; what is new comes after it. The invariant:
//! read again, the new text gives the old entries unchanged and every added entry as it was read. So
//! importing a file a second time changes nothing.

use super::same::{differences, identities, is_same, is_same_work, normal_title};
use super::{entry_text, key};
use crate::bibliography::{self, Bibliography, Entry};
use crate::diagnostic::{CHANGED_KEY, DIFFERING_SOURCE, Diagnostic, UNREADABLE_RECORD};
use crate::source::{File, Sources};
use std::collections::HashMap;

/// What merging made.
#[derive(Debug, Default)]
pub struct Merged {
    /// The bytes of the file as it should be.
    pub bytes: Vec<u8>,
    /// The entries that were added, with the keys that they got.
    pub added: Vec<Entry>,
    /// How many entries were there already.
    pub there: usize,
    /// Entries that are there with other content, and keys that were changed.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the new text does not say what it should: the old one has a form that cannot be
    /// added to.
    pub is_refused: bool,
}

/// Adds `entries` to the bibliography `there`, whose file holds the bytes `old`.
pub fn merge(there: &Bibliography, old: &[u8], entries: Vec<Entry>) -> Merged {
    let mut shelf = Shelf::new(there);
    let mut merged = Merged::default();
    for entry in entries {
        shelf.place(entry, &mut merged);
    }
    merged.bytes = with_entries(there, old, &merged.added);
    if !says(&merged.bytes, there, &merged.added) {
        leave_out_unwritable(&mut merged);
        merged.bytes = with_entries(there, old, &merged.added);
        merged.is_refused = !says(&merged.bytes, there, &merged.added);
    }
    merged
}

/// Leaves out the entries that our own form cannot say: one of them must not keep the others out.
fn leave_out_unwritable(merged: &mut Merged) {
    let nothing = Bibliography::default();
    let (kept, lost): (Vec<Entry>, Vec<Entry>) = merged.added.drain(..).partition(|entry| {
        let text = entry_text(entry, "");
        says(text.as_bytes(), &nothing, std::slice::from_ref(entry))
    });
    merged.added = kept;
    merged.diagnostics.extend(lost.iter().map(|entry| {
        let words = format!("`{}` holds what our bibliography cannot, and was left out", entry.key);
        Diagnostic::new(&UNREADABLE_RECORD, entry.span, words)
            .help("add this source by hand, and report it: this is a fault of rapporteur")
    }));
}

/// Everything that an entry can be found by.
struct Shelf {
    entries: Vec<Entry>,
    by_key: HashMap<String, usize>,
    /// By key without a number at its end, and title.
    by_title: HashMap<(String, String), usize>,
    /// By DOI and address; only entries that were there before.
    by_identity: HashMap<String, usize>,
    /// The number that a key of this name had last.
    last: HashMap<String, usize>,
}

impl Shelf {
    fn new(there: &Bibliography) -> Shelf {
        let mut shelf = Shelf {
            entries: Vec::new(),
            by_key: HashMap::new(),
            by_title: HashMap::new(),
            by_identity: HashMap::new(),
            last: HashMap::new(),
        };
        for entry in &there.entries {
            for id in identities(entry) {
                shelf.by_identity.entry(id).or_insert(shelf.entries.len());
            }
            shelf.add(entry.clone());
        }
        shelf
    }

    fn add(&mut self, entry: Entry) {
        let (at, title) = (self.entries.len(), normal_title(&entry));
        self.by_key.entry(entry.key.clone()).or_insert(at);
        let base =
            entry.key.rsplit_once('-').filter(|(_, n)| n.bytes().all(|b| b.is_ascii_digit()));
        let bases = [Some(entry.key.as_str()), base.map(|(base, _)| base)];
        for base in bases.into_iter().flatten() {
            self.by_title.entry((base.to_owned(), title.clone())).or_insert(at);
        }
        self.entries.push(entry);
    }

    /// Finds what `entry` is, or adds it.
    fn place(&mut self, mut entry: Entry, merged: &mut Merged) {
        let same_key = self.by_key.get(&entry.key).map(|at| &self.entries[*at]);
        let same_title = (entry.key.clone(), normal_title(&entry));
        let same_title = self.by_title.get(&same_title).map(|at| &self.entries[*at]);
        let known = same_key
            .filter(|known| is_same_work(known, &entry) || differences(known, &entry).is_empty())
            .or(same_title)
            .or_else(|| self.same_work(&entry));
        if let Some(known) = known {
            merged.there += 1;
            merged.diagnostics.extend(differing(known, &entry));
            return;
        }
        let free = self.free_key(&entry.key);
        if free != entry.key {
            merged.diagnostics.push(renamed(&entry, &free));
            entry.key = free;
        }
        self.add(entry.clone());
        merged.added.push(entry);
    }

    fn same_work(&self, entry: &Entry) -> Option<&Entry> {
        let known = |id: String| self.by_identity.get(&id).map(|at| &self.entries[*at]);
        identities(entry).filter_map(known).find(|known| is_same_work(known, entry))
    }

    fn free_key(&mut self, wanted: &str) -> String {
        if !self.by_key.contains_key(wanted) {
            return wanted.to_owned();
        }
        let last = self.last.entry(wanted.to_owned()).or_insert(1);
        loop {
            *last += 1;
            let key = key::numbered(wanted, *last);
            if !self.by_key.contains_key(&key) {
                return key;
            }
        }
    }
}

fn differing(known: &Entry, new: &Entry) -> Option<Diagnostic> {
    let fields = differences(known, new);
    let words = match (known.key == new.key, fields.is_empty()) {
        (true, true) => return None,
        (false, true) => format!("`{}` is there already as `{}`", new.key, known.key),
        (_, false) => {
            let list: Vec<String> = fields.iter().map(|field| format!("`{field}`")).collect();
            let name = match known.key == new.key {
                true => format!("`{}` is there already", new.key),
                false => format!("`{}` is there already as `{}`", new.key, known.key),
            };
            format!("{name}, with other words or none in {}: it stays as it is", list.join(", "))
        }
    };
    let help = "copy by hand what should be carried over; nothing of yours is overwritten";
    Some(Diagnostic::new(&DIFFERING_SOURCE, new.span, words).help(help))
}

fn renamed(entry: &Entry, key: &str) -> Diagnostic {
    let words = format!("another source has the key `{}`: this one is cited as `{key}`", entry.key);
    Diagnostic::new(&CHANGED_KEY, entry.key_span, words)
        .help("change the citations of this source, or give it another key")
}

/// The old bytes with the entries after them, in the old file's own line ends and depth.
fn with_entries(there: &Bibliography, old: &[u8], added: &[Entry]) -> Vec<u8> {
    let mut bytes = old.to_vec();
    if added.is_empty() {
        return bytes;
    }
    let indent = " ".repeat(column_of_keys(there, old));
    let mut text = String::new();
    let is_empty = old.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(old).trim_ascii().is_empty();
    if !is_empty {
        let ends = old.ends_with(b"\n") || old.ends_with(b"\r");
        text.push_str(if ends { "\n" } else { "\n\n" });
    }
    for entry in added {
        text.push_str(&entry_text(entry, &indent));
    }
    let first_end = old.iter().position(|byte| *byte == b'\n');
    if first_end.is_some_and(|at| at > 0 && old[at - 1] == b'\r') {
        text = text.replace('\n', "\r\n");
    }
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

/// How far the keys of the file are indented.
fn column_of_keys(there: &Bibliography, old: &[u8]) -> usize {
    let Some(first) = there.entries.first() else { return 0 };
    let text = old.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(old);
    let before = text.get(..first.key_span.start).unwrap_or_default();
    before.iter().rev().take_while(|byte| **byte == b' ').count()
}

/// Whether `bytes`, read as a bibliography, are the old entries and the added ones.
fn says(bytes: &[u8], there: &Bibliography, added: &[Entry]) -> bool {
    let mut sources = Sources::default();
    let file = sources.add(File::decode("citations.yaml", bytes));
    let read = bibliography::read(&sources, file, "en", &mut Vec::new());
    let mut wanted = there.entries.iter().chain(added);
    read.entries.len() == there.entries.len() + added.len()
        && wanted.all(|entry| read.get(&entry.key).is_some_and(|read| is_same(read, entry)))
}
