//! BibTeX and BibLaTeX: types, fields and TeX text into CSL. The one door to `biblatex` and to
//! `unicode-normalization`.

mod dates;
mod inherit;
mod names;
mod raw;
mod symbols;
mod tex;

use super::item::Item;
use super::remarks::Remarks;
use crate::bibliography::export::{bibtex_kind, bibtex_language, bibtex_variable};
use crate::bibliography::{Field, NAMES, csl_type, field};
use crate::source::{FileId, Sources};
use raw::Record;
use serde_json::{Map, Value, json};

/// Reads the records of a file.
pub(super) fn read(sources: &Sources, id: FileId, remarks: &mut Remarks) -> Vec<Item> {
    let records = raw::read(sources, id, remarks);
    let records = inherit::resolved(records, remarks);
    records.into_iter().map(|record| Reading::new(&record, remarks).item()).collect()
}

/// Fields about the files and the list of the program that wrote them.
const OF_THE_PROGRAM: &[&str] = &[
    "__markedentry",
    "creationdate",
    "date-added",
    "date-modified",
    "file",
    "groups",
    "local-url",
    "localfile",
    "mendeley-groups",
    "modificationdate",
    "owner",
    "posted-at",
    "presort",
    "priority",
    "qualityassured",
    "ranking",
    "readstatus",
    "sortkey",
    "sortname",
    "sorttitle",
    "sortyear",
    "timestamp",
    "username",
];

/// What other programs, and BibTeX, call a variable.
const ALIASES: &[(&str, &str)] = &[
    ("access-date", "accessed"),
    ("accessdate", "accessed"),
    ("accessed", "accessed"),
    ("address", "publisher-place"),
    ("annote", "annote"),
    ("articleno", "number"),
    ("booktitle", "container-title"),
    ("city", "publisher-place"),
    ("eid", "page"),
    ("fulljournal", "container-title"),
    ("institution", "publisher"),
    ("issn-l", "ISSN"),
    ("journal", "container-title"),
    ("journaltitle", "container-title"),
    ("lastaccessed", "accessed"),
    ("lastchecked", "accessed"),
    ("location", "publisher-place"),
    ("numpages", "number-of-pages"),
    ("organization", "publisher"),
    ("page", "page"),
    ("pmc", "PMCID"),
    ("publisher", "publisher"),
    ("school", "publisher"),
    ("shortjournal", "container-title-short"),
    ("tags", "keyword"),
    ("urlaccessdate", "accessed"),
    ("urldate", "accessed"),
    ("visited", "accessed"),
];

struct Reading<'r, 'd> {
    record: &'r Record,
    kind: &'static str,
    fields: Map<String, Value>,
    /// `csl-json` of our own export: it is more exact than the other fields.
    exact: Map<String, Value>,
    unknown: Vec<String>,
    remarks: &'r mut Remarks<'d>,
}

impl<'r, 'd> Reading<'r, 'd> {
    fn new(record: &'r Record, remarks: &'r mut Remarks<'d>) -> Reading<'r, 'd> {
        let subtype =
            record.fields.iter().find(|(name, _)| name.eq_ignore_ascii_case("entrysubtype"));
        let kind = match subtype.map(|(_, value)| value.trim()) {
            Some("magazine") => Some("article-magazine"),
            Some("newspaper") => Some("article-newspaper"),
            Some(value) => csl_type(value),
            None => None,
        };
        let known = kind.or_else(|| bibtex_kind(&record.kind)).or_else(|| csl_type(&record.kind));
        if known.is_none() {
            let words = format!("`@{}` is no type that is known: it is a document", record.kind);
            remarks.not_carried(record.span, &record.key, &words);
        }
        Reading {
            record,
            kind: known.unwrap_or("document"),
            fields: Map::new(),
            exact: Map::new(),
            unknown: Vec::new(),
            remarks,
        }
    }

    fn item(mut self) -> Item {
        self.fields.insert("type".into(), json!(self.kind));
        for (name, raw) in &self.record.fields {
            self.field(name, raw);
        }
        self.title();
        self.date();
        self.thesis();
        self.eprint();
        if !self.unknown.is_empty() {
            let list: Vec<String> = self.unknown.iter().map(|name| format!("`\\{name}`")).collect();
            let words = format!("TeX that is not known was left as it stands: {}", list.join(", "));
            self.remarks.not_carried(self.record.span, &self.record.key, &words);
        }
        let mut fields = self.fields;
        fields.extend(self.exact);
        // What looks like a variable in a note of BibTeX is a note.
        if let Some(Value::String(note)) = fields.get_mut("note") {
            note.insert(0, '\n');
        }
        Item { key: self.record.key.clone(), fields, span: self.record.span }
    }

    fn text(&mut self, raw: &str) -> String {
        let (text, unknown) = tex::decoded(raw);
        self.unknown.extend(unknown);
        text
    }

    /// The raw value of a field.
    fn raw(&self, name: &str) -> Option<&'r str> {
        let fields = self.record.fields.iter();
        let mut named = fields.filter(|(field, _)| field.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    fn field(&mut self, name: &str, raw: &str) {
        let lower = name.to_lowercase();
        match lower.as_str() {
            _ if raw.trim().is_empty() => {}
            // These are read together at the end.
            "title" | "subtitle" | "titleaddon" | "date" | "year" | "month" | "day" | "eprint"
            | "eprinttype" | "archiveprefix" | "eprintclass" | "primaryclass" | "booksubtitle"
            | "journalsubtitle" | "issuetitle" | "issuesubtitle" => {}
            "entrysubtype" if self.raw("entrysubtype").is_some_and(|v| csl_type(v).is_some()) => {}
            "entrysubtype" if matches!(raw.trim(), "magazine" | "newspaper") => {}
            "urlyear" | "urlmonth" | "urlday" | "editortype" if self.is_read_elsewhere(&lower) => {}
            "maintitle" if self.raw("title").is_none() => {}
            "options" if raw.trim() == "useprefix=true" => {}
            "xref" | "options" => {
                self.remarks.left_out(self.record.span, &lower);
            }
            "usere" => self.put("title-translated", raw),
            "archived-url" => self.verbatim("archived-url", raw),
            "archived-date" => self.set("archived-date", json!(dates::bare(raw))),
            "csl-json" => self.exact(raw),
            "langid" | "hyphenation" | "lang" => self.language(raw),
            "language" => self.language(raw),
            name if OF_THE_PROGRAM.contains(&name) || name.starts_with("bdsk-") => {
                self.remarks.left_out(self.record.span, name);
            }
            lower => self.variable(lower, name, raw),
        }
    }

    fn variable(&mut self, lower: &str, name: &str, raw: &str) {
        let alias = ALIASES.iter().find(|(alias, _)| *alias == lower).map(|(_, name)| *name);
        let own = bibtex_variable(lower, self.kind);
        match own.or(alias).map(|variable| (variable, field(variable))) {
            Some((role, Some(Field::Names(_)))) => self.names(self.role(role), raw),
            Some((variable, Some(Field::Date(_)))) => {
                self.set(variable, dates::read(&dates::bare(raw)));
            }
            Some(("URL", _)) => self.verbatim("URL", raw),
            Some(("DOI", _)) => self.verbatim("DOI", raw),
            Some(("medium", _)) if is_address(raw) => self.verbatim("URL", raw),
            Some((variable, _)) => self.put(variable, raw),
            None => self.free(name, raw),
        }
    }

    /// Whether a field that says more of another is read with it.
    fn is_read_elsewhere(&self, name: &str) -> bool {
        match name {
            "editortype" => self.role("editor") != "editor" || self.raw(name) == Some("editor"),
            _ => self.raw("urlyear").is_some() && self.raw("urldate").is_none(),
        }
    }

    /// The role of editors that are called otherwise.
    fn role(&self, role: &'static str) -> &'static str {
        let named = self.raw("editortype").filter(|_| role == "editor");
        let known = named.and_then(|name| NAMES.iter().find(|known| **known == name));
        known.copied().unwrap_or(role)
    }

    fn put(&mut self, variable: &str, raw: &str) {
        let text = self.text(raw);
        self.set(variable, json!(text));
    }

    /// Sets a variable; a second value of another field is kept under `csl`.
    fn set(&mut self, variable: &str, value: Value) {
        match self.fields.get(variable) {
            None => {
                self.fields.insert(variable.to_owned(), value);
            }
            Some(first) if *first == value => {}
            Some(_) => {
                let mut other = format!("other-{variable}");
                while self.fields.contains_key(&other) {
                    other.insert_str(0, "other-");
                }
                self.fields.insert(other, value);
            }
        }
    }

    /// A field that BibLaTeX has and CSL has not: it keeps its name, unless a variable has it.
    fn free(&mut self, name: &str, raw: &str) {
        let value = match NAMES.contains(&name) {
            true => return self.names(name, raw),
            false => self.text(raw),
        };
        let name = match field(name) {
            Some(_) => format!("bib-{name}"),
            None => name.to_owned(),
        };
        self.set(&name, json!(value));
    }

    fn names(&mut self, role: &str, raw: &str) {
        let (names, others) = names::read(raw);
        if others {
            let words = format!("`and others` after the names of `{role}` has no place");
            self.remarks.not_carried(self.record.span, &self.record.key, &words);
        }
        if !names.is_empty() {
            self.set(role, Value::Array(names));
        }
    }

    /// A field that is read letter by letter.
    fn verbatim(&mut self, variable: &str, raw: &str) {
        let mut text = raw.trim();
        for command in ["\\url", "\\path", "\\nolinkurl"] {
            text = text.strip_prefix(command).unwrap_or(text).trim_start();
        }
        let mut text = text.replace(['{', '}'], "");
        for c in ["_", "%", "#", "&", "~", "$", ":"] {
            text = text.replace(&format!("\\{c}"), c);
        }
        let text = text.replace("\\textasciitilde", "~").replace("$\\sim$", "~");
        self.set(variable, json!(text.trim()));
    }

    fn language(&mut self, raw: &str) {
        let text = self.text(raw);
        let known = bibtex_language(&text).map_or(text, str::to_owned);
        // `language = {ru-RU}` is more exact than `langid = {russian}`.
        let there = self.fields.get("language").and_then(Value::as_str).unwrap_or_default();
        if there.is_empty() || known.starts_with(&format!("{there}-")) {
            self.fields.insert("language".into(), json!(known));
        } else if !there.starts_with(&known) && !there.starts_with(&known[..known.len().min(2)]) {
            self.set("language", json!(known));
        }
    }

    fn exact(&mut self, raw: &str) {
        match serde_json::from_str(raw) {
            Ok(Value::Object(map)) => self.exact = map,
            _ => self.put("csl-json", raw),
        }
    }

    /// Title and subtitle are one title; so are those of a book and a journal.
    fn title(&mut self) {
        for (whole, sub, add, variable) in [
            ("title", "subtitle", "titleaddon", "title"),
            ("booktitle", "booksubtitle", "", "container-title"),
            ("journaltitle", "journalsubtitle", "", "container-title"),
        ] {
            let has_more = self.raw(sub).is_some() || self.raw(add).is_some();
            if variable != "title" && !has_more {
                continue;
            }
            let only = if variable == "title" { self.raw("maintitle") } else { None };
            let mut text = self.raw(whole).or(only).map(|raw| self.text(raw)).unwrap_or_default();
            for (part, joint) in [(self.raw(sub), ": "), (self.raw(add), ". ")] {
                let Some(part) = part.map(|raw| self.text(raw)) else { continue };
                let ends = text.is_empty() || text.ends_with(['?', '!', ':', '.']);
                text.push_str(if text.is_empty() {
                    ""
                } else if ends {
                    " "
                } else {
                    joint
                });
                text.push_str(&part);
            }
            if !text.is_empty() {
                self.fields.insert(variable.into(), json!(text));
            }
        }
        for name in ["issuetitle", "issuesubtitle"] {
            if let Some(raw) = self.raw(name) {
                self.free(name, raw);
            }
        }
    }

    fn date(&mut self) {
        let raw = |name: &str| self.raw(name).map(dates::bare);
        let date = match (raw("date"), raw("year")) {
            (Some(date), _) => Some(dates::read(&date)),
            (None, Some(year)) => Some(dates::parted(&year, raw("month"), raw("day"))),
            (None, None) => raw("month").map(|month| json!({ "literal": month })),
        };
        let year = raw("urlyear").filter(|_| self.raw("urldate").is_none());
        let accessed = year.map(|year| dates::parted(&year, raw("urlmonth"), raw("urlday")));
        for (variable, date) in [("issued", date), ("accessed", accessed)] {
            if let Some(date) = date {
                self.set(variable, date);
            }
        }
    }

    /// What kind of thesis: BibTeX says it by the type of the entry, BibLaTeX by a keyword.
    fn thesis(&mut self) {
        let written = self.fields.get("genre").and_then(Value::as_str).unwrap_or_default();
        let kind = if written.is_empty() { self.record.kind.as_str() } else { written };
        let words = match kind {
            "phdthesis" => "PhD thesis",
            "mastersthesis" | "mathesis" => "Master’s thesis",
            "bathesis" => "Bachelor’s thesis",
            "techreport" if !written.is_empty() => "technical report",
            "resreport" => "research report",
            _ => return,
        };
        self.fields.insert("genre".into(), json!(words));
    }

    /// A preprint of an archive that is known has an address.
    fn eprint(&mut self) {
        let Some(number) = self.raw("eprint").map(|raw| self.text(raw)) else { return };
        let kind = self.raw("eprinttype").or(self.raw("archiveprefix")).unwrap_or_default();
        let address = match kind.to_lowercase().as_str() {
            "arxiv" => format!("https://arxiv.org/abs/{number}"),
            "jstor" => format!("https://www.jstor.org/stable/{number}"),
            "pubmed" => format!("https://www.ncbi.nlm.nih.gov/pubmed/{number}"),
            "hdl" => format!("https://hdl.handle.net/{number}"),
            "googlebooks" => format!("https://books.google.com?id={number}"),
            _ => String::new(),
        };
        if !address.is_empty() && !self.fields.contains_key("URL") {
            self.fields.insert("URL".into(), json!(address));
        }
        for name in ["eprint", "eprinttype", "archiveprefix", "eprintclass", "primaryclass"] {
            if let Some(raw) = self.raw(name) {
                self.put(name, raw);
            }
        }
    }
}

/// Whether `howpublished` is an address.
fn is_address(raw: &str) -> bool {
    let raw = raw.trim();
    raw.starts_with("\\url{") && raw.ends_with('}') || raw.starts_with("http") && !raw.contains(' ')
}

#[cfg(test)]
mod tests;
