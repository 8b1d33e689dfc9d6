//! Entries as BibLaTeX.
//!
//! A variable for which BibLaTeX has no field keeps its CSL name, which BibLaTeX passes over; a
//! type that is not BibLaTeX's own is in `entrysubtype`. So nothing is lost on the way back.

use super::{archived_words, extra_texts};
use crate::bibliography::name::joined;
use crate::bibliography::{Entry, Name};
use std::fmt::Write;

/// Entries as a BibLaTeX file, in the order given.
pub fn bibtex(entries: &[&Entry]) -> String {
    entries.iter().map(|entry| one(entry)).collect::<Vec<_>>().join("\n")
}

fn one(entry: &Entry) -> String {
    let (kind, exact) = entry_type(entry.kind);
    let mut fields: Vec<(String, String)> = Vec::new();
    for (role, names) in entry.names.iter().filter(|(_, names)| !names.is_empty()) {
        let names: Vec<String> = names.iter().map(name).collect();
        fields.push((name_field(role).to_string(), names.join(" and ")));
    }
    for (variable, date) in &entry.dates {
        fields.push((date_field(variable).to_string(), date.value.to_string()));
    }
    for (variable, text) in entry.texts.iter().filter(|(name, _)| **name != "note") {
        fields.push((text_field(variable, entry.kind).to_string(), value(variable, &text.value)));
    }
    if let Some(title) = &entry.title_translated {
        fields.push(("usere".into(), escaped(title)));
    }
    if !exact {
        fields.push(("entrysubtype".into(), entry.kind.into()));
    }
    let note: Vec<String> =
        entry.text("note").map(str::to_string).into_iter().chain(archived_words(entry)).collect();
    if !note.is_empty() {
        fields.push(("note".into(), escaped(&note.join("; "))));
    }
    fields.extend(extra_texts(entry).map(|(name, text)| (name.to_string(), escaped(&text))));
    let mut out = format!("@{kind}{{{},\n", entry.key);
    for (name, value) in fields {
        let _ = writeln!(out, "  {name} = {{{value}}},");
    }
    out + "}\n"
}

/// The entry type, and whether it says the CSL type by itself.
fn entry_type(kind: &str) -> (&'static str, bool) {
    match kind {
        "article-journal" => ("article", true),
        "article" | "article-magazine" | "article-newspaper" | "review" | "review-book" => {
            ("article", false)
        }
        "book" => ("book", true),
        "chapter" => ("incollection", true),
        "collection" => ("collection", true),
        "dataset" => ("dataset", true),
        "entry" | "entry-dictionary" => ("inreference", false),
        "entry-encyclopedia" => ("inreference", true),
        "figure" | "graphic" | "map" => ("image", false),
        "legal_case" => ("jurisdiction", true),
        "legislation" => ("legislation", true),
        "bill" | "regulation" => ("legislation", false),
        "treaty" => ("legal", true),
        "motion_picture" => ("video", true),
        "broadcast" => ("audio", false),
        "song" | "musical_score" => ("music", false),
        "pamphlet" => ("booklet", true),
        "paper-conference" => ("inproceedings", true),
        "patent" => ("patent", true),
        "performance" => ("performance", true),
        "periodical" => ("periodical", true),
        "personal_communication" => ("letter", true),
        "post" | "post-weblog" => ("online", false),
        "webpage" => ("online", true),
        "report" => ("report", true),
        "software" => ("software", true),
        "standard" => ("standard", true),
        "thesis" => ("thesis", true),
        "manuscript" | "speech" => ("unpublished", false),
        "document" => ("misc", true),
        _ => ("misc", false),
    }
}

fn name_field(role: &str) -> &str {
    match role {
        "container-author" => "bookauthor",
        "collection-editor" => "serieseditor",
        other => other,
    }
}

fn date_field(variable: &str) -> &str {
    match variable {
        "issued" => "date",
        "accessed" => "urldate",
        "event-date" => "eventdate",
        "original-date" => "origdate",
        other => other,
    }
}

fn text_field<'v>(variable: &'v str, kind: &str) -> &'v str {
    match variable {
        "annote" => "annotation",
        "chapter-number" => "chapter",
        "collection-number" => "series-number",
        "collection-title" => "series",
        "container-title" if kind.starts_with("article") => "journaltitle",
        "container-title" if matches!(kind, "webpage" | "post" | "post-weblog") => "organization",
        "container-title" => "booktitle",
        "container-title-short" if kind.starts_with("article") => "shortjournal",
        "event-place" => "venue",
        "event-title" => "eventtitle",
        "genre" => "type",
        "keyword" => "keywords",
        "language" => "langid",
        "medium" => "howpublished",
        "number-of-pages" => "pagetotal",
        "number-of-volumes" => "volumes",
        "original-title" => "origtitle",
        "original-publisher" => "origpublisher",
        "original-publisher-place" => "origlocation",
        "page" => "pages",
        "part-number" => "part",
        "publisher" if matches!(kind, "report" | "thesis") => "institution",
        "publisher-place" => "location",
        "status" => "pubstate",
        "title-short" => "shorttitle",
        "volume-title" => "volume-title",
        "DOI" => "doi",
        "ISBN" => "isbn",
        "ISSN" => "issn",
        "PMID" => "pmid",
        "PMCID" => "pmcid",
        "URL" => "url",
        "references" => "csl-references",
        other => other,
    }
}

fn name(name: &Name) -> String {
    match name {
        Name::Literal(name) => format!("{{{}}}", escaped(name)),
        Name::Person { family, given, particle, dropping, suffix } => {
            let family = guarded(family);
            let family = joined(&[&escaped(dropping), &escaped(particle), &family]);
            let given = guarded(given);
            let parts = [family, guarded(suffix), given];
            let present: Vec<String> = match suffix.is_empty() {
                true => [parts[0].clone(), parts[2].clone()].to_vec(),
                false => parts.to_vec(),
            };
            present.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        }
    }
}

/// A part of a name, in braces where BibTeX would split it.
fn guarded(part: &str) -> String {
    let escaped = escaped(part);
    let splits = part.contains(',') || part.split_whitespace().any(|word| word == "and");
    if splits { format!("{{{escaped}}}") } else { escaped }
}

fn value(variable: &str, text: &str) -> String {
    match variable {
        // These are read letter by letter; only what ends a field must not stand in them.
        "URL" | "DOI" => text.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D"),
        "page" => escaped(&text.replace('–', "--")),
        _ => escaped(text),
    }
}

/// `text` with TeX's own characters escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '$' | '&' | '#' | '_' | '%' => out.extend(['\\', c]),
            '\n' | '\r' | '\t' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
