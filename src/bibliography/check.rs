//! What an entry lacks, and which entries are one work.

use super::fields::needs;
use super::url::{bare_doi, normal_url};
use super::{Bibliography, Day, Entry, tongue};
use crate::diagnostic::{
    BAD_DATE, DUPLICATE_WORK, Diagnostic, INCOMPLETE_SOURCE, Severity, URL_WITHOUT_ACCESSED,
};
use crate::quick::QuickMap;
use std::cmp::Ordering;

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
    read_too_early(entry, diagnostics);
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
        _ => {
            let fields: Vec<String> = missing.iter().map(|name| format!("`{name}:`")).collect();
            format!("add {}, so that a reader can find the work", fields.join(", "))
        }
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

/// A title in another language than the report's needs its name for hyphenation, quotes and case.
fn missing_language(entry: &Entry, language: &str, diagnostics: &mut Vec<Diagnostic>) {
    let Some(title) = entry.texts.get("title") else { return };
    if entry.language().is_some() || entry.extra.contains_key("language") {
        return;
    }
    let Some(found) = tongue::foreign(&title.value, language) else { return };
    let words =
        format!("the title of `{}` is {}, and its language is not given", entry.key, found.words);
    diagnostics.push(
        Diagnostic::new(&INCOMPLETE_SOURCE, title.span, words)
            .help(format!("add `language: {}` or the language that it is", found.example)),
    );
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

/// Nobody reads a page before it is there: one of the two dates has a slip.
fn read_too_early(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    let date = |variable: &str| entry.dates.get(variable);
    let Some((issued, accessed)) = date("issued").zip(date("accessed")) else { return };
    let (from, read) = (issued.value.start, accessed.value.start);
    let parts = |day: Day| [Some(day.year), day.month.map(i32::from), day.day.map(i32::from)];
    let known = parts(from).into_iter().zip(parts(read)).map_while(|(a, b)| Some((a?, b?)));
    let order = known.map(|(from, read)| read.cmp(&from)).find(|order| order.is_ne());
    if order == Some(Ordering::Less) && !issued.value.circa {
        let words = format!("the source `{}` was read before it appeared", entry.key);
        let mut found = Diagnostic::new(&BAD_DATE, accessed.span, words)
            .label(issued.span, "it appeared on this day")
            .help("mend the one of the two dates that is wrong");
        found.severity = Severity::Warning;
        diagnostics.push(found);
    }
}

/// Reports entries that share a DOI or an address.
pub(super) fn duplicate_works(bibliography: &Bibliography, diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: QuickMap<String, &Entry> = QuickMap::default();
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
