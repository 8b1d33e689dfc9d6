//! Entries as RIS.
//!
//! A variable for which RIS has no tag is a note `name: value`; a type that is not RIS's own is
//! in `M3`; what no line can say exactly is CSL-JSON in a note. So nothing is lost on the way back.

use super::Exact;
use crate::bibliography::{CSL_TYPES, Day, Entry, Name, csl_type};
use std::fmt::Write;

/// Entries as a RIS file, in the order given.
pub fn ris(entries: &[&Entry]) -> String {
    entries.iter().map(|entry| one(entry)).collect()
}

/// The lines of one record.
struct Record {
    text: String,
    exact: Exact,
}

impl Record {
    fn line(&mut self, tag: &str, value: &str) {
        let value = value.replace(['\n', '\r'], " ");
        let value = value.trim();
        if !value.is_empty() {
            let _ = write!(self.text, "{tag}  - {value}\r\n");
        }
    }

    fn note(&mut self, name: &str, value: &str) {
        self.line("N1", &format!("{name}: {value}"));
    }
}

fn one(entry: &Entry) -> String {
    let mut record = Record { text: String::new(), exact: Exact::of(entry) };
    let kind = tag_of_kind(entry.kind);
    record.line("TY", kind);
    record.line("ID", &entry.key);
    if ris_kind(kind) != entry.kind {
        record.line("M3", entry.kind);
    }
    names(entry, &mut record);
    texts(entry, &mut record);
    dates(entry, &mut record);
    if let Some(title) = &entry.title_translated {
        record.line("TT", title);
    }
    if let Some(archived) = &entry.archived {
        record.note("archived-url", &archived.url);
        if let Some(date) = &archived.date {
            record.note("archived-date", &date.to_string());
        }
    }
    if let Some(json) = record.exact.json() {
        record.note("csl-json", &json);
    }
    record.text.push_str("ER  - \r\n\r\n");
    record.text
}

fn names(entry: &Entry, record: &mut Record) {
    for (role, names) in entry.names.iter().filter(|(_, names)| !names.is_empty()) {
        for name in names {
            // RIS tells an organisation by the missing comma only.
            let text = name.sorted();
            match role {
                "author" => record.line("AU", &text),
                "editor" => record.line("ED", &text),
                "collection-editor" => record.line("A3", &text),
                "translator" => record.line("A4", &text),
                other => record.note(other, &text),
            }
        }
        // In a note `||` stands between a family name and a given one.
        let is_plain = |text: &str, name: &Name| !text.contains("||") && Name::parse(text) == *name;
        if names.iter().any(|name| !is_plain(&name.sorted(), name)) {
            record.exact.names(role, names);
        }
    }
}

fn texts(entry: &Entry, record: &mut Record) {
    for (variable, text) in entry.texts.iter() {
        let text = &text.value;
        match (variable, tag(variable)) {
            ("keyword", _) if is_list(text) => {
                text.split(", ").for_each(|word| record.line("KW", word));
            }
            ("page", _) => pages(text, record),
            ("ISSN", _) if ris_number_is_issn(entry.kind, text) => record.line("SN", text),
            ("ISBN", _) if !ris_number_is_issn(entry.kind, text) => record.line("SN", text),
            ("genre", _)
                if ris_kind(tag_of_kind(entry.kind)) == entry.kind && csl_type(text).is_none() =>
            {
                record.line("M3", text);
            }
            ("note", _) if text.contains(": ") => record.note("note", text),
            (_, Some(tag)) => record.line(tag, text),
            (other, None) => record.note(other, text),
        }
    }
}

/// Whether the words between commas give the text again.
fn is_list(text: &str) -> bool {
    text.split(", ").all(|word| !word.is_empty() && word.trim() == word)
}

fn pages(text: &str, record: &mut Record) {
    match text.split_once('–') {
        Some((start, end)) if is_page(start) && is_page(end) && start != end => {
            record.line("SP", start);
            record.line("EP", end);
        }
        _ => record.line("SP", text),
    }
}

fn is_page(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !text.contains(['-', '–', ','])
}

fn dates(entry: &Entry, record: &mut Record) {
    for (variable, date) in entry.dates.iter() {
        let date = &date.value;
        // RIS has one day only: what it cannot say is said beside it.
        let is_more = date.end.is_some() || date.circa || date.start.year < 0;
        match variable {
            "issued" => {
                record.line("PY", &format!("{:04}", date.start.year));
                record.line("DA", &slashed(date.start));
            }
            "accessed" => record.line("Y2", &slashed(date.start)),
            _ => {}
        }
        if is_more || !matches!(variable, "issued" | "accessed") {
            record.note(variable, &date.to_string());
        }
    }
}

/// `2019/11/22/`, with nothing between the slashes for what is not known.
fn slashed(day: Day) -> String {
    let two = |part: Option<u8>| part.map_or(String::new(), |part| format!("{part:02}"));
    format!("{:04}/{}/{}/", day.year, two(day.month), two(day.day))
}

/// The reference types, each with the CSL type that it says. The first of several is written.
const KINDS: &[(&str, &str)] = &[
    ("JOUR", "article-journal"),
    ("MGZN", "article-magazine"),
    ("NEWS", "article-newspaper"),
    ("BILL", "bill"),
    ("BOOK", "book"),
    ("CHAP", "chapter"),
    ("CLSWK", "classic"),
    ("DATA", "dataset"),
    ("GEN", "document"),
    ("DICT", "entry-dictionary"),
    ("ENCYC", "entry-encyclopedia"),
    ("FIGURE", "figure"),
    ("ART", "graphic"),
    ("HEAR", "hearing"),
    ("CASE", "legal_case"),
    ("STAT", "legislation"),
    ("MANSCPT", "manuscript"),
    ("MAP", "map"),
    ("MPCT", "motion_picture"),
    ("MUSIC", "musical_score"),
    ("PAMP", "pamphlet"),
    ("CPAPER", "paper-conference"),
    ("PAT", "patent"),
    ("JFULL", "periodical"),
    ("PCOMM", "personal_communication"),
    ("BLOG", "post-weblog"),
    ("RPRT", "report"),
    ("COMP", "software"),
    ("SOUND", "song"),
    ("STAND", "standard"),
    ("THES", "thesis"),
    ("ELEC", "webpage"),
    // What other programs write for the same.
    ("ABST", "article-journal"),
    ("AGGR", "dataset"),
    ("ANCIENT", "classic"),
    ("CHART", "figure"),
    ("CONF", "paper-conference"),
    ("CTLG", "book"),
    ("DBASE", "dataset"),
    ("EBOOK", "book"),
    ("ECHAP", "chapter"),
    ("EDBOOK", "book"),
    ("EJOUR", "article-journal"),
    ("GOVDOC", "report"),
    ("ICOMM", "personal_communication"),
    ("INPR", "article-journal"),
    ("JOURNAL", "article-journal"),
    ("LEGAL", "legislation"),
    ("SER", "book"),
    ("SLIDE", "speech"),
    ("UNBILL", "bill"),
    ("UNPB", "manuscript"),
    ("VIDEO", "motion_picture"),
    ("WEB", "webpage"),
];

/// The CSL type that a reference type says.
pub fn ris_kind(tag: &str) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == tag).map_or("document", |(_, kind)| kind)
}

/// The reference type that comes nearest to a CSL type.
fn tag_of_kind(kind: &str) -> &'static str {
    debug_assert!(CSL_TYPES.contains(&kind));
    match kind {
        "regulation" | "treaty" => "STAT",
        "article" => "UNPB",
        "broadcast" => "SOUND",
        "post" => "ELEC",
        "review" | "review-book" => "JOUR",
        "entry" => "ENCYC",
        "interview" => "PCOMM",
        kind => KINDS.iter().find(|(_, known)| *known == kind).map_or("GEN", |(tag, _)| tag),
    }
}

/// Whether a number under `SN` is an ISSN: it has the form of one, or stands with an article.
pub fn ris_number_is_issn(kind: &str, text: &str) -> bool {
    let digits = text.chars().filter(|c| *c != '-').count();
    let fits = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | 'X' | 'x'));
    match fits {
        true if digits == 8 => true,
        true if digits >= 10 => false,
        _ => kind.starts_with("article") || kind == "periodical",
    }
}

fn tag(variable: &str) -> Option<&'static str> {
    Some(match variable {
        "abstract" => "AB",
        "archive" => "DB",
        "archive_location" => "AV",
        "call-number" => "CN",
        "collection-title" => "T3",
        "container-title" => "T2",
        "container-title-short" => "J2",
        "DOI" => "DO",
        "edition" => "ET",
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
