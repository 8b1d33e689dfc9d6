//! RIS: lines of a tag and a value, from `TY` to `ER`.
//!
//! Tags mean other things in other programs; what is read here is what Zotero, EndNote and Mendeley
//! write, and what our own export writes. A line without a tag goes on with the value before it.

use super::item::Item;
use super::remarks::Remarks;
use super::{date, note};
use crate::bibliography::export::{ris_kind, ris_number_is_issn};
use crate::bibliography::{NAMES, csl_type};
use crate::source::{FileId, Sources, Span};
use serde_json::{Map, Value, json};

/// One tag with its value.
struct Line<'t> {
    tag: &'t str,
    value: String,
}

/// Reads the records of a file.
pub(super) fn read(sources: &Sources, id: FileId, remarks: &mut Remarks) -> Vec<Item> {
    let text = &*sources.file(id).text;
    let mut items = Vec::new();
    let mut open: Option<(usize, Vec<Line<'_>>)> = None;
    let mut at = 0;
    for raw in text.split_inclusive(['\n', '\r']) {
        let span = Span::new(id, at..at + raw.trim_end().len());
        at += raw.len();
        let line = raw.trim_end_matches(['\n', '\r']);
        match (tagged(line), &mut open) {
            (Some(("TY", value)), _) => {
                if let Some((start, lines)) = open.take() {
                    let words = "the record before this one has no `ER` line at its end";
                    remarks.not_carried(span, "", words);
                    items.push(item(lines, Span::new(id, start..span.start), remarks));
                }
                let value = value.to_owned();
                open = Some((span.start, vec![Line { tag: "TY", value }]));
            }
            (Some(("ER", _)), Some(_)) => {
                if let Some((start, lines)) = open.take() {
                    items.push(item(lines, Span::new(id, start..span.end), remarks));
                }
            }
            (Some((tag, value)), Some((_, lines))) => {
                lines.push(Line { tag, value: value.to_owned() });
            }
            (None, Some((_, lines))) if !line.trim().is_empty() => {
                if let Some(last) = lines.last_mut() {
                    last.value.push(' ');
                    last.value.push_str(line.trim());
                }
            }
            (Some(("ER", _)), None) => {}
            (_, None) if !line.trim().is_empty() => {
                remarks.unreadable(
                    span,
                    "this line stands outside of a record",
                    "a record begins with a line `TY  - ` and its type",
                );
            }
            _ => {}
        }
    }
    if let Some((start, lines)) = open {
        let span = Span::new(id, start..text.trim_end().len());
        remarks.not_carried(span, "", "the last record has no `ER` line at its end");
        items.push(item(lines, span, remarks));
    }
    items
}

/// The tag and the value of a line: `AU  - Name`; some programs write fewer spaces.
fn tagged(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches('\u{FEFF}');
    let bytes = line.as_bytes();
    let (first, second) = (*bytes.first()?, *bytes.get(1)?);
    if !first.is_ascii_uppercase() || !(second.is_ascii_uppercase() || second.is_ascii_digit()) {
        return None;
    }
    let (tag, rest) = line.split_at(2);
    let value = rest.trim_start_matches(' ').strip_prefix('-')?;
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    let is_tag = (1..=2).contains(&spaces) && (value.is_empty() || value.starts_with(' '));
    is_tag.then_some((tag, value.trim()))
}

/// A record while it is read.
struct Record<'r, 'd> {
    key: String,
    kind: &'static str,
    fields: Map<String, Value>,
    notes: Vec<String>,
    keywords: Vec<String>,
    pages: [Option<String>; 2],
    dates: Vec<(String, String)>,
    span: Span,
    remarks: &'r mut Remarks<'d>,
}

fn item(lines: Vec<Line>, span: Span, remarks: &mut Remarks) -> Item {
    let written = lines.first().map(|line| line.value.as_str()).unwrap_or_default();
    let exact = |line: &&Line| line.tag == "M3" || line.tag == "N1";
    let own = lines.iter().filter(exact).find_map(|line| own_kind(&line.value));
    let kind = own.unwrap_or_else(|| ris_kind(&written.to_uppercase()));
    let mut record = Record {
        key: String::new(),
        kind,
        fields: Map::new(),
        notes: Vec::new(),
        keywords: Vec::new(),
        pages: [None, None],
        dates: Vec::new(),
        span,
        remarks,
    };
    record.fields.insert("type".into(), json!(kind));
    for line in &lines[1..] {
        record.line(line);
    }
    record.finish()
}

/// The CSL type that our export puts beside one of RIS that says less.
fn own_kind(value: &str) -> Option<&'static str> {
    csl_type(value).filter(|kind| *kind == value)
}

impl Record<'_, '_> {
    fn line(&mut self, line: &Line) {
        let value = line.value.as_str();
        if value.is_empty() {
            return;
        }
        match line.tag {
            "ID" => self.key = value.to_owned(),
            "AU" | "A1" => self.person("author", json!(value)),
            "ED" | "A2" if line.tag == "ED" || self.kind != "legal_case" => {
                self.person("editor", json!(value));
            }
            "A3" => self.person("collection-editor", json!(value)),
            "A4" => self.person("translator", json!(value)),
            "N1" => self.note(value),
            "KW" => self.keywords.push(value.to_owned()),
            "SP" => self.pages[0] = Some(value.to_owned()),
            "EP" => self.pages[1] = Some(value.to_owned()),
            "PY" | "Y1" | "DA" => self.dates.push((line.tag.to_owned(), value.to_owned())),
            "Y2" => self.set("accessed", slashed(value)),
            "M3" if own_kind(value) == Some(self.kind) => {}
            "TY" => {}
            "L1" | "L4" if !value.starts_with("http") => {
                self.remarks.left_out(self.span, line.tag);
            }
            tag => match self.variable(tag, value) {
                Some(variable) => self.set(&variable, json!(value)),
                None => {
                    let tag = tag.to_lowercase();
                    self.free(&format!("ris-{tag}"), value);
                }
            },
        }
    }

    /// The variable that a tag with one value sets.
    fn variable(&self, tag: &str, value: &str) -> Option<String> {
        let is_part =
            matches!(self.kind, "chapter" | "paper-conference") || self.kind.starts_with("entry-");
        Some(
            match tag {
                "TI" | "T1" | "CT" => "title",
                "BT" if !is_part && !self.fields.contains_key("title") => "title",
                "T2" | "JF" | "JO" | "BT" => "container-title",
                "J1" | "JA" | "J2" => "container-title-short",
                "T3" => "collection-title",
                "TT" => "title-translated",
                "ST" => "title-short",
                "AB" | "N2" => "abstract",
                "CN" => "call-number",
                "CY" | "PP" => "publisher-place",
                "DB" => "archive",
                "AV" => "archive_location",
                "DO" | "DI" => "DOI",
                "ET" => "edition",
                "IS" | "CP" => "issue",
                "LA" => "language",
                "M1" => "number",
                "M3" => "genre",
                "NV" => "number-of-volumes",
                "PB" => "publisher",
                "SE" => "section",
                "RI" => "reviewed-title",
                "OP" => "original-title",
                "SN" if ris_number_is_issn(self.kind, value) => "ISSN",
                "SN" => "ISBN",
                "UR" | "LK" | "L2" => "URL",
                "VL" | "VO" => "volume",
                _ => return None,
            }
            .to_owned(),
        )
    }

    /// Sets a variable; of several values the first stands, and the others are kept in the note.
    fn set(&mut self, variable: &str, value: Value) {
        match self.fields.get(variable) {
            None => {
                self.fields.insert(variable.to_owned(), value);
            }
            Some(first) if *first == value => {}
            Some(_) if variable == "abstract" || variable == "container-title" => {
                let text = value.as_str().unwrap_or_default().to_owned();
                self.free(&format!("other-{variable}"), &text);
            }
            Some(_) => {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                self.notes.push(text);
            }
        }
    }

    /// What has no variable: several values of one tag are one text.
    fn free(&mut self, name: &str, value: &str) {
        let text = match self.fields.get(name).and_then(Value::as_str) {
            Some(first) => format!("{first}; {value}"),
            None => value.to_owned(),
        };
        self.fields.insert(name.to_owned(), json!(text));
    }

    fn person(&mut self, role: &str, person: Value) {
        if let Value::Array(names) = self.fields.entry(role).or_insert_with(|| json!([])) {
            names.push(person);
        }
    }

    fn note(&mut self, value: &str) {
        if let Some(text) = value.strip_prefix("note: ") {
            self.notes.push(text.to_owned());
        } else if let Some(Ok(Value::Object(exact))) =
            value.strip_prefix("csl-json: ").map(serde_json::from_str)
        {
            // What our export could not say in RIS: it is more exact than the lines.
            self.fields.extend(exact);
        } else if let Some((name, value)) = note::variable(value) {
            match (name, value) {
                ("type", _) => {}
                (role, person) if NAMES.contains(&role) => self.person(role, person),
                (name, value) => {
                    self.fields.insert(name.to_owned(), value);
                }
            }
        } else {
            self.notes.push(value.to_owned());
        }
    }

    fn finish(mut self) -> Item {
        if !self.keywords.is_empty() && !self.fields.contains_key("keyword") {
            self.fields.insert("keyword".into(), json!(self.keywords.join(", ")));
        }
        let pages = match &self.pages {
            [Some(start), Some(end)] if start != end => Some(format!("{start}–{end}")),
            [Some(page), _] | [None, Some(page)] => Some(page.clone()),
            [None, None] => None,
        };
        if let Some(pages) = pages.filter(|_| !self.fields.contains_key("page")) {
            self.fields.insert("page".into(), json!(pages));
        }
        if let Some(date) = issued(&self.dates).filter(|_| !self.fields.contains_key("issued")) {
            self.fields.insert("issued".into(), date);
        }
        if !self.notes.is_empty() {
            // The line end before it says that no line of it is a variable any more.
            let note = format!("\n{}", self.notes.join("; "));
            self.fields.insert("note".into(), json!(note));
        }
        Item { key: self.key, fields: self.fields, span: self.span }
    }
}

/// The date of publication: the most exact of the lines, a day without a year joined to its year.
fn issued(dates: &[(String, String)]) -> Option<Value> {
    let year = dates.iter().find(|(tag, _)| tag != "DA").map(|(_, value)| value.as_str());
    let day = dates.iter().find(|(tag, _)| tag == "DA").map(|(_, value)| value.as_str());
    match (year, day) {
        (Some(year), Some(day)) => {
            let has_year = day.split(['/', '-', ' ']).any(|part| part.len() == 4);
            let bare = year.trim_end_matches('/');
            match has_year {
                true => Some(slashed(day)),
                false => Some(date::text_date(&format!("{} {bare}", day.trim_end_matches('/')))),
            }
        }
        (Some(date), None) | (None, Some(date)) => Some(slashed(date)),
        (None, None) => None,
    }
}

/// `2019/05/03/Spring`: year, month, day and anything else; each but the year may be missing.
fn slashed(text: &str) -> Value {
    let parts: Vec<&str> = text.split('/').map(str::trim).collect();
    let year = parts[0];
    if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) || parts.len() > 4 {
        return date::text_date(text);
    }
    let given = |at: usize| parts.get(at).copied().filter(|part| !part.is_empty());
    let days: Vec<&str> = [given(1), given(2)].into_iter().map_while(|part| part).collect();
    let mut date = json!({ "date-parts": [std::iter::once(year).chain(days).collect::<Vec<_>>()] });
    if let Some(other) = given(3) {
        match date::season(other) {
            Some(season) => date["season"] = json!(season),
            None => date["literal"] = json!(text),
        }
    }
    date::read(&date).unwrap_or(date)
}
