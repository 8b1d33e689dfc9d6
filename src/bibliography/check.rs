//! What an entry lacks, and which entries are one work.

use super::fields::needs;
use super::url::{bare_doi, normal_url};
use super::{Bibliography, Entry};
use crate::diagnostic::{DUPLICATE_WORK, Diagnostic, INCOMPLETE_SOURCE, URL_WITHOUT_ACCESSED};
use std::collections::HashMap;

/// Reports what one entry lacks; one with slips in its fields may have what seems to be missing.
pub(super) fn entry(
    entry: &Entry,
    language: &str,
    has_slips: bool,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if !has_slips {
        missing_fields(entry, diagnostics);
    }
    missing_language(entry, language, diagnostics);
    missing_accessed(entry, diagnostics);
}

fn has(entry: &Entry, variable: &str) -> bool {
    entry.texts.contains_key(variable)
        || entry.dates.contains_key(variable)
        || !entry.names(variable).is_empty()
        || entry.extra.contains_key(variable)
        || variable == "archived" && entry.archived.is_some()
}

/// One report for an entry, with everything that is missing.
fn missing_fields(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    let untyped = entry.written_kind.is_empty().then(|| "type".to_string());
    let lacks = |need: &&&[&str]| !need.iter().any(|variable| has(entry, variable));
    let needed = needs(entry.kind).iter().filter(lacks).map(|need| friendly(need[0]));
    let missing: Vec<String> = untyped.into_iter().chain(needed).collect();
    let Some(first) = missing.first() else { return };
    let list = missing.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let kind = match entry.written_kind.as_str() {
        "" => String::new(),
        kind => format!(" ({kind})"),
    };
    let help = match first.as_str() {
        "type" => "add `type:` with what it is: report, news, web, book, law, case …".to_string(),
        _ => format!("add `{first}:`, so that a reader can find the work"),
    };
    let words = format!("the source `{}`{kind} lacks {list}", entry.key);
    diagnostics.push(Diagnostic::new(&INCOMPLETE_SOURCE, entry.key_span, words).help(help));
}

/// The name by which an author knows a variable.
fn friendly(variable: &str) -> String {
    match variable {
        "author" => "authors".into(),
        "URL" => "url".into(),
        other => other.into(),
    }
}

/// A title in another script than the report's needs a language for hyphenation, quotes and case.
fn missing_language(entry: &Entry, language: &str, diagnostics: &mut Vec<Diagnostic>) {
    let Some(title) = entry.texts.get("title") else { return };
    if entry.language().is_some() || entry.extra.contains_key("language") {
        return;
    }
    let Some((script, example, languages)) = foreign_script(&title.value) else { return };
    let primary = language.split('-').next().unwrap_or_default();
    if languages.contains(&primary) {
        return;
    }
    let words = format!(
        "the title of `{}` is in {script} letters, and its language is not given",
        entry.key
    );
    diagnostics.push(
        Diagnostic::new(&INCOMPLETE_SOURCE, title.span, words)
            .help(format!("add `language: {example}` or the language that it is")),
    );
}

/// Name, a language and all common languages of a script.
type Script = (&'static str, &'static str, &'static [&'static str]);

/// The script in which most letters of `text` are written, if it is not Latin.
fn foreign_script(text: &str) -> Option<Script> {
    const SCRIPTS: [Script; 6] = [
        (
            "Cyrillic",
            "ru",
            &["ru", "kk", "ky", "uk", "be", "bg", "sr", "mk", "tg", "mn", "uz", "tt"],
        ),
        ("Arabic", "ar", &["ar", "fa", "ur", "ug", "ps"]),
        ("Chinese or Japanese", "zh", &["zh", "ja"]),
        ("Korean", "ko", &["ko"]),
        ("Greek", "el", &["el"]),
        ("other than Latin", "hy", &["hy", "ka", "he", "hi", "th", "am", "bn", "my", "ne"]),
    ];
    let mut counts = [0_usize; SCRIPTS.len()];
    let mut letters = 0;
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        if let Some(script) = script_of(c) {
            counts[script] += 1;
        }
    }
    let (most, count) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    (count * 2 > letters).then_some(SCRIPTS[most])
}

fn script_of(c: char) -> Option<usize> {
    match u32::from(c) {
        0x0000..=0x02FF | 0x1E00..=0x1EFF | 0x2C60..=0x2C7F | 0xA720..=0xA7FF | 0xFF00..=0xFF60 => {
            None
        }
        0x0370..=0x03FF | 0x1F00..=0x1FFF => Some(4),
        0x0400..=0x052F | 0x1C80..=0x1C8F | 0x2DE0..=0x2DFF | 0xA640..=0xA69F => Some(0),
        0x0600..=0x06FF | 0x0750..=0x077F | 0x08A0..=0x08FF | 0xFB50..=0xFEFF => Some(1),
        0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0x20000..=0x3FFFF => Some(2),
        0x1100..=0x11FF | 0xAC00..=0xD7AF => Some(3),
        _ => Some(5),
    }
}

/// A page may change: the day on which it was read is part of the citation.
fn missing_accessed(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    let Some(url) = entry.texts.get("URL") else { return };
    let lasting =
        entry.doi().is_some() || bare_doi(&url.value).is_some() || entry.archived.is_some();
    let official = matches!(
        entry.kind,
        "legislation" | "treaty" | "legal_case" | "bill" | "regulation" | "standard"
    );
    if lasting || has(entry, "accessed") || official && has(entry, "issued") {
        return;
    }
    let words =
        format!("the source `{}` has an address, but not the day on which it was read", entry.key);
    diagnostics.push(
        Diagnostic::new(&URL_WITHOUT_ACCESSED, url.span, words)
            .help("add `accessed: 2019-11-22` with that day, or `archived:` with a lasting copy"),
    );
}

/// Reports entries that share a DOI or an address.
pub(super) fn duplicate_works(bibliography: &Bibliography, diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<String, &Entry> = HashMap::new();
    for entry in &bibliography.entries {
        let doi = entry.doi().or_else(|| entry.url().and_then(bare_doi));
        let doi = doi.map(|doi| format!("doi:{}", doi.to_lowercase()));
        let url = entry.url().map(normal_url);
        let found = [(doi, "DOI"), (url, "address")]
            .into_iter()
            .filter_map(|(id, what)| Some((id?, what)))
            .filter_map(|(id, what)| match seen.get(&id) {
                Some(first) => Some((*first, what)),
                None => {
                    seen.insert(id, entry);
                    None
                }
            })
            .next();
        if let Some((first, what)) = found {
            diagnostics.push(duplicate_work(first, entry, what));
        }
    }
}

fn duplicate_work(first: &Entry, second: &Entry, what: &str) -> Diagnostic {
    let span = |entry: &Entry| {
        let variable = if what == "DOI" && entry.doi().is_some() { "DOI" } else { "URL" };
        entry.texts.get(variable).map_or(entry.key_span, |text| text.span)
    };
    let words = format!("the sources `{}` and `{}` have the same {what}", first.key, second.key);
    Diagnostic::new(&DUPLICATE_WORK, span(second), words)
        .label(span(first), format!("`{}`", first.key))
        .help("keep one entry and cite it by one key; a page or a part goes into the citation")
}
