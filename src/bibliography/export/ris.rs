//! Entries as RIS.
//!
//! A variable for which RIS has no tag is a note `name: value`; a type that is not RIS's own is
//! in `M3`. So nothing is lost on the way back.

use super::{archived_words, extra_texts};
use crate::bibliography::{Day, Entry, EntryDate};
use std::fmt::Write;

/// Entries as a RIS file, in the order given.
pub fn ris(entries: &[&Entry]) -> String {
    entries.iter().map(|entry| one(entry)).collect()
}

/// The lines of one record.
struct Record(String);

impl Record {
    fn line(&mut self, tag: &str, value: &str) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() {
            let _ = write!(self.0, "{tag}  - {value}\r\n");
        }
    }

    fn note(&mut self, name: &str, value: &str) {
        self.line("N1", &format!("{name}: {value}"));
    }
}

fn one(entry: &Entry) -> String {
    let mut record = Record(String::new());
    let (kind, exact) = entry_type(entry.kind);
    record.line("TY", kind);
    record.line("ID", &entry.key);
    if !exact {
        record.line("M3", entry.kind);
    }
    names(entry, &mut record);
    texts(entry, &mut record);
    dates(entry, &mut record);
    if let Some(title) = &entry.title_translated {
        record.line("TT", title);
    }
    if let Some(words) = archived_words(entry) {
        record.line("N1", &words);
    }
    for (name, text) in extra_texts(entry) {
        record.note(name, &text);
    }
    record.0.push_str("ER  - \r\n\r\n");
    record.0
}

fn names(entry: &Entry, record: &mut Record) {
    for (role, names) in &entry.names {
        for name in names {
            // RIS tells an organisation by the missing comma only.
            let text = name.sorted();
            match *role {
                "author" => record.line("AU", &text),
                "editor" => record.line("ED", &text),
                "collection-editor" => record.line("A3", &text),
                "translator" => record.line("A4", &text),
                other => record.note(other, &text),
            }
        }
    }
}

fn texts(entry: &Entry, record: &mut Record) {
    for (variable, text) in &entry.texts {
        match (*variable, tag(variable)) {
            ("keyword", _) => {
                text.value.split(',').for_each(|word| record.line("KW", word));
            }
            ("page", _) => pages(&text.value, record),
            (_, Some(tag)) => record.line(tag, &text.value),
            (other, None) => record.note(other, &text.value),
        }
    }
}

fn pages(text: &str, record: &mut Record) {
    match text.split_once(['-', '–']) {
        Some((start, end)) if !end.contains(['-', '–', ',']) && !start.contains(',') => {
            record.line("SP", start);
            record.line("EP", end);
        }
        _ => record.line("SP", text),
    }
}

fn dates(entry: &Entry, record: &mut Record) {
    for (variable, date) in &entry.dates {
        let date = &date.value;
        match *variable {
            "issued" => {
                record.line("PY", &format!("{:04}", date.start.year));
                record.line("DA", &slashed(date.start));
                // RIS has one day only: what it cannot say is said beside it.
                if date.end.is_some() || date.circa {
                    record.note("issued", &date.to_string());
                }
            }
            "accessed" => record.line("Y2", &slashed(date.start)),
            other => record.note(other, &EntryDate::to_string(date)),
        }
    }
}

/// `2019/11/22/`, with nothing between the slashes for what is not known.
fn slashed(day: Day) -> String {
    let two = |part: Option<u8>| part.map_or(String::new(), |part| format!("{part:02}"));
    format!("{:04}/{}/{}/", day.year, two(day.month), two(day.day))
}

/// The reference type, and whether it says the CSL type by itself.
fn entry_type(kind: &str) -> (&'static str, bool) {
    match kind {
        "article-journal" => ("JOUR", true),
        "article-magazine" => ("MGZN", true),
        "article-newspaper" => ("NEWS", true),
        "bill" => ("BILL", true),
        "book" => ("BOOK", true),
        "chapter" => ("CHAP", true),
        "dataset" => ("DATA", true),
        "entry-dictionary" => ("DICT", true),
        "entry-encyclopedia" => ("ENCYC", true),
        "figure" | "graphic" => ("FIGURE", false),
        "hearing" => ("HEAR", true),
        "legal_case" => ("CASE", true),
        "legislation" => ("STAT", true),
        "regulation" => ("GOVDOC", false),
        "manuscript" => ("MANSCPT", true),
        "map" => ("MAP", true),
        "motion_picture" => ("MPCT", true),
        "broadcast" | "song" => ("SOUND", false),
        "musical_score" => ("MUSIC", true),
        "pamphlet" => ("PAMP", true),
        "paper-conference" => ("CPAPER", true),
        "patent" => ("PAT", true),
        "personal_communication" => ("PCOMM", true),
        "post-weblog" => ("BLOG", true),
        "post" => ("ELEC", false),
        "webpage" => ("ELEC", true),
        "report" => ("RPRT", true),
        "software" => ("COMP", true),
        "standard" => ("STAND", true),
        "thesis" => ("THES", true),
        "document" => ("GEN", true),
        _ => ("GEN", false),
    }
}

fn tag(variable: &str) -> Option<&'static str> {
    Some(match variable {
        "abstract" => "AB",
        "archive" => "DB",
        "call-number" => "CN",
        "collection-title" => "T3",
        "container-title" => "T2",
        "container-title-short" => "J2",
        "DOI" => "DO",
        "edition" => "ET",
        "ISBN" | "ISSN" => "SN",
        "issue" => "IS",
        "language" => "LA",
        "note" => "N1",
        "number" => "M1",
        "number-of-volumes" => "NV",
        "publisher" => "PB",
        "publisher-place" => "CY",
        "section" => "SE",
        "title" => "TI",
        "title-short" => "ST",
        "URL" => "UR",
        "volume" => "VL",
        _ => return None,
    })
}
