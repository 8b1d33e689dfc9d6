//! Entries as BibLaTeX.
//!
//! A variable for which BibLaTeX has no field keeps its CSL name, which BibLaTeX passes over; a
//! type that is not BibLaTeX's own is in `entrysubtype`; what TeX cannot say exactly is CSL-JSON in
//! a field of its own. So nothing is lost on the way back.

use super::Exact;
use super::bibtex_fields::{bibtex_kind, entry_type, field, language_name};
use super::tex::encoded;
use crate::bibliography::name::joined;
use crate::bibliography::{Entry, Name};
use std::fmt::Write;

/// Entries as a BibLaTeX file, in the order given.
pub fn bibtex(entries: &[&Entry]) -> String {
    entries.iter().map(|entry| one(entry)).collect::<Vec<_>>().join("\n")
}

fn one(entry: &Entry) -> String {
    let kind = entry_type(entry.kind);
    let mut exact = Exact::of(entry);
    let mut fields: Vec<(&str, String)> = Vec::new();
    for (role, names) in entry.names.iter().filter(|(_, names)| !names.is_empty()) {
        let written: Vec<String> = names.iter().map(name).collect();
        fields.push((field(role, entry.kind), written.join(" and ")));
        if !names.iter().all(is_plain) {
            exact.names(role, names);
        }
    }
    for (variable, date) in entry.dates.iter() {
        fields.push((field(variable, entry.kind), date.value.to_string()));
    }
    for (variable, text) in entry.texts.iter() {
        fields.push((field(variable, entry.kind), value(variable, &text.value)));
    }
    if let Some(name) = entry.language().and_then(language_name) {
        fields.push(("langid", name.to_owned()));
    }
    if entry.names.values().flatten().any(has_particle) {
        fields.push(("options", "useprefix=true".to_owned()));
    }
    if let Some(title) = &entry.title_translated {
        fields.push(("usere", encoded(title)));
    }
    if let Some(archived) = &entry.archived {
        fields.push(("archived-url", address(&archived.url)));
        fields.extend(archived.date.map(|date| ("archived-date", date.to_string())));
    }
    if bibtex_kind(kind) != Some(entry.kind) {
        // The words that BibLaTeX’s own styles and other readers know.
        let word = match entry.kind {
            "article-magazine" => "magazine",
            "article-newspaper" => "newspaper",
            other => other,
        };
        fields.push(("entrysubtype", word.into()));
    }
    fields.extend(exact.json().map(|json| ("csl-json", without_braces_in_texts(&json))));
    let mut out = format!("@{kind}{{{},\n", entry.key);
    for (name, value) in fields {
        let _ = writeln!(out, "  {name} = {{{value}}},");
    }
    out + "}\n"
}

fn name(name: &Name) -> String {
    match name {
        Name::Literal(name) if name.contains('=') => by_parts(&[("family", name)]),
        Name::Person { family, given, particle, dropping, suffix }
            if [family, given, particle, dropping, suffix].iter().any(|it| it.contains('=')) =>
        {
            let particles = joined(&[dropping, particle]);
            let parts = [("family", family), ("given", given), ("prefix", &particles)];
            by_parts(&[parts.as_slice(), &[("suffix", suffix)]].concat())
        }
        Name::Literal(name) => format!("{{{}}}", encoded(name)),
        Name::Person { family, given, particle, dropping, suffix } => {
            let particles = joined(&[&guarded(dropping), &guarded(particle)]);
            let family = joined(&[&particles, &guarded(family)]);
            let parts = match suffix.is_empty() {
                true => vec![family, guarded(given)],
                false => vec![family, guarded(suffix), guarded(given)],
            };
            parts.join(", ")
        }
    }
}

/// A name in BibLaTeX’s form that names its parts, as which any name with a `=` is read.
fn by_parts(parts: &[(&str, &String)]) -> String {
    let set = parts.iter().filter(|(_, text)| !text.is_empty());
    let set: Vec<String> =
        set.map(|(name, text)| format!("{name}={{{}}}", encoded(text))).collect();
    set.join(", ")
}

/// Whether TeX’s form of a name says all of it: it has one kind of particle.
fn is_plain(name: &Name) -> bool {
    match name {
        Name::Literal(name) => !name.contains('='),
        Name::Person { family, given, particle, dropping, suffix } => {
            let whole = joined(&[dropping, particle, family]);
            // A family name by its part alone is read as an organisation.
            let is_alone = given.is_empty() && family.contains('=');
            !is_alone && Name::person(&whole, given, suffix) == *name
        }
    }
}

/// Whether a particle stays with the family name, which BibLaTeX must be told.
fn has_particle(name: &Name) -> bool {
    matches!(name, Name::Person { particle, .. } if !particle.is_empty())
}

/// A part of a name, in braces where BibTeX would split it.
fn guarded(part: &str) -> String {
    if part.contains(',') { format!("{{{}}}", encoded(part)) } else { list(part) }
}

/// A text of which BibTeX would make a list, in braces where it has an `and`.
fn list(text: &str) -> String {
    let splits = text.split_whitespace().any(|word| word.eq_ignore_ascii_case("and"));
    let encoded = encoded(text);
    if splits { format!("{{{encoded}}}") } else { encoded }
}

fn value(variable: &str, text: &str) -> String {
    match variable {
        "URL" | "DOI" => address(text),
        "page" => pages(text),
        // BibLaTeX takes these for lists.
        "publisher" | "publisher-place" | "original-publisher" | "original-publisher-place" => {
            list(text)
        }
        "title" | "title-short" | "container-title" | "collection-title" | "volume-title"
        | "part-title" | "original-title" | "reviewed-title" | "event-title" => title(text),
        _ => encoded(text),
    }
}

/// Addresses are read letter by letter; only what ends a field must not stand in them.
fn address(text: &str) -> String {
    text.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D")
}

/// JSON whose texts have no braces, so that its own pair up in the eyes of TeX.
fn without_braces_in_texts(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut is_text, mut is_escaped) = (false, false);
    for c in json.chars() {
        match c {
            '{' if is_text => out.push_str("\\u007b"),
            '}' if is_text => out.push_str("\\u007d"),
            c => out.push(c),
        }
        is_text ^= c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
    }
    out
}

/// A range of pages with TeX's dash.
fn pages(text: &str) -> String {
    let is_range = text.split_once('–').is_some_and(|(start, end)| {
        let is_page = |page: &str| !page.is_empty() && page.chars().all(char::is_alphanumeric);
        is_page(start) && is_page(end)
    });
    if is_range { text.replace('–', "--") } else { encoded(text) }
}

/// A title with a second pair of braces where styles would change its capitals: it is as it should
/// be printed.
fn title(text: &str) -> String {
    let has_capitals = text.chars().skip(1).any(char::is_uppercase);
    let encoded = encoded(text);
    if has_capitals { format!("{{{encoded}}}") } else { encoded }
}
