//! The same report for machines: `data/*.json`, `claims.csv`, and the bibliography's own formats.
//!
//! Arrays of flat records in reading order, the same bytes for the same report.

use super::Draft;
use super::edition::Edition;
use super::html::note_text;
use crate::bibliography::{Entry, export};
use crate::document::{InlineKind, walk_blocks, walk_inlines};
use crate::parallel;
use crate::report::{Binding, ClaimId, Id, MentionId, NoteId};
use crate::source::Span;
use serde::Serialize;
use serde_json::{Value, json};
use std::borrow::Cow;

/// What makes a data file.
type Make = fn(&Edition) -> String;

/// Adds the data files.
pub fn files<'e>(edition: &'e Edition<'e>, drafts: &mut Vec<Draft<'e>>) {
    let files: [(&str, Make); 8] = [
        ("notes.json", |edition| array(edition, ids(edition.report.notes()), note)),
        ("mentions.json", |edition| array(edition, ids(edition.report.mentions()), mention)),
        ("claims.json", |edition| array(edition, ids(edition.report.claims()), claim)),
        ("report.json", |edition| json_lines(&summary(edition))),
        ("claims.csv", claims_csv),
        ("sources.json", |edition| export::csl_json(&refs(&cited(edition)))),
        ("sources.bib", |edition| export::bibtex(&refs(&cited(edition)))),
        ("sources.ris", |edition| export::ris(&refs(&cited(edition)))),
    ];
    let draft = |(name, make): (&str, Make)| {
        Draft::new(format!("data/{name}"), move || make(edition).into_bytes())
    };
    drafts.extend(files.map(draft));
}

fn refs<'a>(entries: &'a [Cow<'_, Entry>]) -> Vec<&'a Entry> {
    entries.iter().map(|entry| &**entry).collect()
}

fn ids<T>(all: impl Iterator<Item = (Id, T)>) -> Vec<Id> {
    all.map(|(id, _)| id).collect()
}

/// A JSON array of the records of `ids`, each made by `record`, one on each line as [`json_lines`] has them.
fn array<'a, R: Serialize>(
    edition: &'a Edition<'a>,
    ids: Vec<Id>,
    record: fn(&'a Edition<'a>, Id) -> R,
) -> String {
    let parts: Vec<&[Id]> = ids.chunks(PART).collect();
    let Some(&first) = ids.first() else { return "[]\n".to_owned() };
    let mut array = String::new();
    for parts in parts.chunks(AT_ONCE) {
        array.extend(parallel::map(parts, |ids| {
            let mut text = Vec::with_capacity(ids.len() * RECORD);
            for id in *ids {
                text.extend_from_slice(if *id == first { b"[\n" } else { b",\n" });
                serde_json::to_writer(&mut text, &record(edition, *id)).expect("a record is JSON");
            }
            String::from_utf8(text).expect("JSON is UTF-8")
        }));
    }
    array + "\n]\n"
}

/// Records that are written by one core at a time.
const PART: usize = 256;

/// The bytes of most records.
const RECORD: usize = 512;

/// Parts that are held beside the array.
const AT_ONCE: usize = 64;

/// A JSON array with one record on each line, so that a difference is one line.
pub fn json_lines(value: &Value) -> String {
    let Value::Array(records) = value else { return format!("{value:#}\n") };
    if records.is_empty() {
        return "[]\n".to_owned();
    }
    let records: Vec<String> = records.iter().map(Value::to_string).collect();
    format!("[\n{}\n]\n", records.join(",\n"))
}

/// The place of a record in the source.
#[derive(Serialize)]
struct Written<'a> {
    file: &'a str,
    line: usize,
    column: usize,
}

impl<'a> Written<'a> {
    fn at(edition: &'a Edition<'a>, span: Span) -> Written<'a> {
        let file = edition.sources.file(span.file);
        let place = file.place(span.start);
        Written { file: &file.path, line: place.line, column: place.column }
    }
}

#[derive(Serialize)]
struct NoteRecord<'a> {
    number: u32,
    label: Option<&'a str>,
    chapter: &'a str,
    url: String,
    text: String,
    citations: Vec<CitationRecord<'a>>,
    references: Vec<String>,
    #[serde(flatten)]
    written: Written<'a>,
}

#[derive(Serialize)]
struct CitationRecord<'a> {
    key: &'a str,
    locator: Option<String>,
}

#[derive(Serialize)]
struct MentionRecord<'a> {
    reference: String,
    instrument: &'a str,
    article: &'a str,
    pinpoint: &'a str,
    text: &'a str,
    chapter: &'a str,
    url: String,
    #[serde(flatten)]
    written: Written<'a>,
}

#[derive(Serialize)]
struct ClaimRecord<'a> {
    id: &'a str,
    text: &'a str,
    rights: &'a [String],
    finding: Option<&'a str>,
    by: Option<&'a str>,
    since: Option<&'a str>,
    until: Option<&'a str>,
    articles: Vec<ArticleRecord>,
    notes: Vec<u32>,
    sources: &'a [String],
    chapter: &'a str,
    url: String,
    #[serde(flatten)]
    written: Written<'a>,
}

#[derive(Serialize)]
struct ArticleRecord {
    reference: String,
    verdict: &'static str,
}

fn note<'a>(edition: &'a Edition<'a>, id: NoteId) -> NoteRecord<'a> {
    let note = edition.report.note(id);
    let chapter = &edition.report.chapters[note.chapter];
    let references = (0..note.references.len() as u32)
        .map(|nth| [&chapter.path, "#", &super::html::inlines::mark_id(note.number, nth)].concat());
    NoteRecord {
        number: note.number,
        label: note.label.as_deref(),
        chapter: &chapter.slug,
        url: [&chapter.path, "#n", &note.number.to_string()].concat(),
        text: note_text(edition, id),
        citations: citations(edition, id),
        references: references.collect(),
        written: Written::at(edition, note.span(&chapter.unit)),
    }
}

/// The sources that a note cites, in order.
fn citations<'a>(edition: &'a Edition<'a>, id: NoteId) -> Vec<CitationRecord<'a>> {
    let note = edition.report.note(id);
    let chapter = &edition.report.chapters[note.chapter];
    let mut found = Vec::new();
    walk_blocks(note.blocks(&chapter.unit), &mut |block| {
        for list in block.inline_lists() {
            walk_inlines(list, &mut |inline| {
                let InlineKind::Citation(cluster) = &inline.kind else { return };
                let bound = chapter.bindings.mentions.get(&inline.span.start);
                if !matches!(bound, Some(Binding::InPlace | Binding::OwnNote(_))) {
                    return;
                }
                for cite in &cluster.cites {
                    let locator = cite.locator.as_ref().map(super::citations::locator_words);
                    found.push(CitationRecord { key: &cite.key.text, locator });
                }
            });
        }
    });
    found
}

fn mention<'a>(edition: &'a Edition<'a>, id: MentionId) -> MentionRecord<'a> {
    let mention = edition.report.mention(id);
    let (_, url) = edition.mention_place(mention);
    MentionRecord {
        reference: mention.reference.to_string(),
        instrument: &mention.reference.instrument,
        article: &mention.reference.article,
        pinpoint: &mention.reference.pinpoint,
        text: &mention.text,
        chapter: &edition.report.chapters[mention.chapter].slug,
        url,
        written: Written::at(edition, mention.span),
    }
}

fn claim<'a>(edition: &'a Edition<'a>, id: ClaimId) -> ClaimRecord<'a> {
    let claim = edition.report.claim(id);
    let chapter = &edition.report.chapters[claim.chapter];
    let articles = claim.articles.iter().map(|article| ArticleRecord {
        reference: article.reference.to_string(),
        verdict: article.verdict.name(),
    });
    ClaimRecord {
        id: &claim.id,
        text: &claim.text,
        rights: &claim.rights,
        finding: claim.finding.map(|finding| finding.name()),
        by: claim.by.as_deref(),
        since: claim.since.as_deref(),
        until: claim.until.as_deref(),
        articles: articles.collect(),
        notes: claim.notes.iter().map(|id| edition.report.note(*id).number).collect(),
        sources: &claim.sources,
        chapter: &chapter.slug,
        url: format!("{}#{}", chapter.path, claim.id),
        written: Written::at(edition, claim.span),
    }
}

fn claims_csv(edition: &Edition) -> String {
    let header = [
        "id", "text", "rights", "finding", "by", "articles", "verdicts", "notes", "sources",
        "chapter", "url",
    ];
    let mut csv = format!("{}\r\n", header.join(","));
    for (_, claim) in edition.report.claims() {
        let chapter = &edition.report.chapters[claim.chapter];
        let join = |parts: Vec<String>| parts.join("; ");
        let fields = [
            claim.id.clone(),
            claim.text.clone(),
            join(claim.rights.clone()),
            claim.finding.map_or(String::new(), |finding| finding.name().to_owned()),
            claim.by.clone().unwrap_or_default(),
            join(claim.articles.iter().map(|a| a.reference.to_string()).collect()),
            join(claim.articles.iter().map(|a| a.verdict.name().to_owned()).collect()),
            join(
                claim.notes.iter().map(|id| edition.report.note(*id).number.to_string()).collect(),
            ),
            join(claim.sources.clone()),
            chapter.slug.clone(),
            format!("{}#{}", chapter.path, claim.id),
        ];
        csv.push_str(&fields.map(|field| csv_field(&field)).join(","));
        csv.push_str("\r\n");
    }
    csv
}

/// A field in quotation marks where it needs them. One that a spreadsheet would take for a formula
/// is given a leading apostrophe.
pub fn csv_field(text: &str) -> String {
    let text = match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    };
    if text.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text
}

fn summary(edition: &Edition) -> Value {
    let book = &edition.config.book;
    let report = edition.report;
    let chapters = report.chapters.iter().filter(|chapter| !chapter.is_front).map(|chapter| {
        json!({
            "slug": chapter.slug,
            "number": chapter.number,
            "title": chapter.title,
            "url": chapter.path,
            "notes": chapter.notes.len(),
            "claims": chapter.claims.len(),
        })
    });
    json!({
        "title": book.title,
        "subtitle": book.subtitle,
        "authors": book.authors,
        "publisher": book.publisher,
        "date": book.date.map(|date| date.to_string()),
        "language": book.language,
        "state": edition.law.state(),
        "law-date": edition.law.date(),
        "counts": {
            "chapters": report.chapters.iter().filter(|chapter| !chapter.is_front).count(),
            "notes": report.total(|chapter| chapter.notes.len()),
            "claims": report.total(|chapter| chapter.claims.len()),
            "mentions": report.total(|chapter| chapter.mentions.len()),
            "sources": report.sources.len(),
        },
        "chapters": chapters.collect::<Vec<_>>(),
        "generator": format!("Rapporteur {}", env!("CARGO_PKG_VERSION")),
    })
}

/// The entries that are cited, instruments among them, in the order of first citation.
fn cited<'a>(edition: &'a Edition<'a>) -> Vec<Cow<'a, Entry>> {
    let entry = |source: &'a crate::report::Source| match edition.bibliography.get(&source.key) {
        Some(entry) => Some(Cow::Borrowed(entry)),
        None => {
            let item = super::instrument_item(edition.law.instrument(&source.key)?);
            Some(Cow::Owned(Entry::from_csl_json(&source.key, &item)))
        }
    };
    edition.report.sources.iter().filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::csv_field;

    #[test]
    fn fields_survive_commas_quotes_and_formulas() {
        assert_eq!(csv_field("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(csv_field("=SUM(A1)"), "'=SUM(A1)");
        assert_eq!(csv_field("plain"), "plain");
    }
}
