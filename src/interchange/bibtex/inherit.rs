//! What a record takes over from the records that it names in `xdata` and `crossref`.

use super::raw::Record;
use crate::interchange::remarks::Remarks;
use std::collections::HashMap;

/// How long a chain of records may be of which each takes over from the next.
const DEPTH: usize = 30;

/// The records with what they take over; those that only lend (`xdata`) are gone.
pub(super) fn resolved(records: Vec<Record>, remarks: &mut Remarks) -> Vec<Record> {
    let mut by_key: HashMap<&str, usize> = HashMap::new();
    for (at, record) in records.iter().enumerate() {
        by_key.entry(&record.key).or_insert(at);
    }
    let states = vec![State::Untouched; records.len()];
    let mut family = Family { records: &records, by_key, states };
    let lends = |record: &Record| record.kind == "xdata" || record.kind == "set";
    let mut heirs = Vec::new();
    for (at, record) in records.iter().enumerate() {
        if !lends(record) {
            heirs.extend(family.heir(at, DEPTH, remarks));
        }
    }
    heirs
}

/// How far a record is: each is made once.
#[derive(Debug, Clone)]
enum State {
    Untouched,
    Open,
    Made(Record),
}

struct Family<'r> {
    records: &'r [Record],
    by_key: HashMap<&'r str, usize>,
    states: Vec<State>,
}

impl Family<'_> {
    /// The record with what it takes over; none in a circle.
    fn heir(&mut self, at: usize, depth: usize, remarks: &mut Remarks) -> Option<Record> {
        match &self.states[at] {
            State::Made(record) => return Some(record.clone()),
            State::Open => return None,
            State::Untouched if depth == 0 => return None,
            State::Untouched => self.states[at] = State::Open,
        }
        let record = &self.records[at];
        let mut heir = record.clone();
        for link in ["xdata", "crossref"] {
            let keys = take(&mut heir, link).unwrap_or_default();
            for key in keys.split(',').map(str::trim).filter(|key| !key.is_empty()) {
                let known = self.by_key.get(key).copied();
                match known.map(|parent| self.heir(parent, depth - 1, remarks)) {
                    Some(Some(parent)) => inherit(&mut heir, &parent, link == "xdata"),
                    Some(None) => {
                        let words = format!("`{link}` goes in a circle or too far");
                        remarks.not_carried(record.span, &record.key, &words);
                    }
                    None => {
                        let words = format!("`{link}` names `{key}`, which is not in this file");
                        remarks.not_carried(record.span, &record.key, &words);
                    }
                }
            }
        }
        self.states[at] = State::Made(heir.clone());
        Some(heir)
    }
}

fn take(record: &mut Record, name: &str) -> Option<String> {
    let at = record.fields.iter().position(|(field, _)| field.eq_ignore_ascii_case(name))?;
    Some(record.fields.remove(at).1)
}

/// Fields that belong to a record and its key, not to the work.
const OWN: &[&str] = &[
    "crossref",
    "xref",
    "xdata",
    "entryset",
    "entrysubtype",
    "execute",
    "ids",
    "label",
    "options",
    "presort",
    "related",
    "relatedtype",
    "relatedstring",
    "shorthand",
    "sortkey",
];

/// Takes over what the heir has not; a part of a book has the title of the whole as `booktitle`.
fn inherit(heir: &mut Record, parent: &Record, as_it_is: bool) {
    for (name, value) in &parent.fields {
        let lower = name.to_lowercase();
        if OWN.contains(&lower.as_str()) && !as_it_is {
            continue;
        }
        let target = match as_it_is {
            true => Some(lower.as_str()),
            false => inherited(&lower, &parent.kind, &heir.kind),
        };
        let Some(target) = target else { continue };
        if !heir.fields.iter().any(|(field, _)| field.eq_ignore_ascii_case(target)) {
            let target = if target == lower { name.clone() } else { target.to_owned() };
            heir.fields.push((target, value.clone()));
        }
    }
}

/// Under what name a part takes over a field of the whole; none if it does not.
fn inherited<'f>(field: &'f str, parent: &str, child: &str) -> Option<&'f str> {
    let is_part = matches!(
        child,
        "inbook"
            | "bookinbook"
            | "suppbook"
            | "incollection"
            | "suppcollection"
            | "inproceedings"
            | "conference"
            | "inreference"
    );
    let of_volumes = parent.starts_with("mv");
    match field {
        "title" | "subtitle" | "titleaddon" if of_volumes && !is_part => Some(match field {
            "title" => "maintitle",
            "subtitle" => "mainsubtitle",
            _ => "maintitleaddon",
        }),
        "title" if is_part => Some("booktitle"),
        "subtitle" if is_part => Some("booksubtitle"),
        "titleaddon" if is_part => Some("booktitleaddon"),
        "title" if matches!(child, "article" | "suppperiodical") => Some("journaltitle"),
        "subtitle" if child == "article" => Some("journalsubtitle"),
        "author" if matches!(child, "inbook" | "bookinbook" | "suppbook") => Some("bookauthor"),
        "author" if is_part => None,
        "shorttitle" | "sorttitle" | "indextitle" | "abstract" | "annotation" | "pages" | "doi"
        | "url" | "urldate" | "langid" | "addendum" | "note" | "usere" | "file" | "keywords" => {
            None
        }
        other => Some(other),
    }
}
