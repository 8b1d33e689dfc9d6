//! An entry in the form in which an author would write it into `citations.yaml`.
//!
//! Read again, the text gives the same entry. Anything that a plain YAML text could be taken for is
//! in quotation marks.

use crate::bibliography::{Archived, Entry, Name, csl_type};
use serde_json::Value;
use std::fmt::Write;

/// The entry with its key, each line indented by `indent` and ended by a line feed.
pub fn entry_text(entry: &Entry, indent: &str) -> String {
    let mut out = format!("{indent}{}:\n", key(&entry.key));
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(out, "{indent}  {name}: {value}");
    };
    line("type", &text(kind(entry)));
    for (name, value) in fields(entry) {
        line(&name, &value);
    }
    if !entry.extra.is_empty() {
        let _ = writeln!(out, "{indent}  csl:");
        for (name, value) in &entry.extra {
            let _ = writeln!(out, "{indent}    {}: {}", key(name), json(value));
        }
    }
    out
}

/// The type as an author calls it.
fn kind(entry: &Entry) -> &str {
    if csl_type(&entry.written_kind) == Some(entry.kind) && entry.written_kind != entry.kind {
        return &entry.written_kind;
    }
    match entry.kind {
        "article-newspaper" => "news",
        "legal_case" => "case",
        "legislation" => "law",
        "webpage" => "web",
        other => other,
    }
}

/// The fields that come first, in the order in which a reader looks for them; all others follow.
const FIRST: &[&str] = &[
    "author",
    "title",
    "title-translated",
    "title-short",
    "editor",
    "translator",
    "container-title",
    "authority",
    "collection-title",
    "collection-number",
    "edition",
    "volume",
    "issue",
    "number",
    "page",
    "genre",
    "publisher",
    "publisher-place",
    "issued",
    "DOI",
    "ISBN",
    "URL",
    "accessed",
    "archived",
    "language",
];

/// All fields but type and free ones, under friendly names.
fn fields(entry: &Entry) -> Vec<(String, String)> {
    let mut all: Vec<(&str, String, String)> = Vec::new();
    for (role, people) in entry.names.iter().filter(|(_, people)| !people.is_empty()) {
        all.push((role, format!("{role}s"), names(people)));
    }
    for (variable, value) in entry.texts.iter() {
        all.push((variable, friendly(variable).to_owned(), text(&value.value)));
    }
    for (variable, date) in entry.dates.iter() {
        all.push((variable, (*variable).to_owned(), date.value.to_string()));
    }
    if let Some(title) = &entry.title_translated {
        all.push(("title-translated", "title-translated".to_owned(), text(title)));
    }
    if let Some(copy) = &entry.archived {
        all.push(("archived", "archived".to_owned(), archived(copy)));
    }
    let rank = |name: &str| FIRST.iter().position(|first| *first == name).unwrap_or(FIRST.len());
    all.sort_by_key(|(variable, ..)| (rank(variable), *variable));
    all.into_iter().map(|(_, name, value)| (name, value)).collect()
}

fn friendly(variable: &str) -> &str {
    match variable {
        "collection-title" => "series",
        "DOI" => "doi",
        "ISBN" => "isbn",
        "ISSN" => "issn",
        "keyword" => "keywords",
        "page" => "pages",
        "PMCID" => "pmcid",
        "PMID" => "pmid",
        "publisher-place" => "place",
        "URL" => "url",
        other => other,
    }
}

fn archived(copy: &Archived) -> String {
    let url = quoted(&copy.url);
    match &copy.date {
        Some(date) => format!("{{url: {url}, date: {date}}}"),
        None => format!("{{url: {url}}}"),
    }
}

fn names(people: &[Name]) -> String {
    let all: Vec<String> = people.iter().map(name).collect();
    format!("[{}]", all.join(", "))
}

/// `"Family, Given"` where that says it all, else a map of parts.
fn name(name: &Name) -> String {
    let (family, given, particle, dropping, suffix) = match name {
        Name::Literal(org) => return format!("{{org: {}}}", flow(org)),
        Name::Person { family, given, particle, dropping, suffix } => {
            (family, given, particle, dropping, suffix)
        }
    };
    let sorted = name.sorted();
    if Name::parse(&sorted) == *name {
        return quoted(&sorted);
    }
    let parts = [
        ("family", family),
        ("given", given),
        ("particle", particle),
        ("dropping-particle", dropping),
        ("suffix", suffix),
    ];
    let present = parts.iter().filter(|(_, part)| !part.is_empty());
    let parts: Vec<String> =
        present.map(|(key, part)| format!("{key}: {}", quoted(part))).collect();
    format!("{{{}}}", parts.join(", "))
}

/// A key of a map.
fn key(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_-.".contains(c);
    let fits = name.starts_with(char::is_alphanumeric) && name.chars().all(plain);
    if fits && !is_word_of_yaml(name) { name.to_owned() } else { quoted(name) }
}

/// A text on a line of its own.
fn text(text: &str) -> String {
    let fits = text.starts_with(|c: char| c.is_alphanumeric() || "“«‘„(/".contains(c))
        && !text.ends_with([':', ' '])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(must_escape);
    if fits && !is_word_of_yaml(text) { text.to_owned() } else { quoted(text) }
}

/// A text inside `[]` or `{}`.
fn flow(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || " -.'’()/&".contains(c);
    let fits =
        text.starts_with(char::is_alphanumeric) && !text.ends_with(' ') && text.chars().all(plain);
    if fits && !is_word_of_yaml(text) { text.to_owned() } else { quoted(text) }
}

/// Whether YAML, or another reader of it, takes the word for more than text.
fn is_word_of_yaml(text: &str) -> bool {
    const WORDS: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn must_escape(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// A text in double quotation marks.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if must_escape(c) => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A value under `csl`.
fn json(value: &Value) -> String {
    match value {
        Value::String(word) => text(word),
        other => nested(other),
    }
}

fn nested(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(list) => {
            format!("[{}]", list.iter().map(nested).collect::<Vec<_>>().join(", "))
        }
        Value::Object(map) => {
            let pairs = map.iter().map(|(name, value)| format!("{}: {}", key(name), nested(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}
