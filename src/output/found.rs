//! What a reader can search for: sections, claims, articles, sources.

use super::address;
use super::edition::Edition;
use super::html;
use crate::document::BlockKind;
use crate::law::{self, Reference};
use crate::report::ChapterId;
use crate::search::Record;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that can be found, in reading order.
pub fn records(edition: &Edition) -> Vec<Record> {
    let mut records = sections(edition);
    records.extend(claims(edition));
    records.extend(articles(edition));
    records.extend(sources(edition));
    records
}

fn record(url: String, title: String, place: String, text: String, kind: &str) -> Record {
    let filters = BTreeMap::from([("kind".to_owned(), vec![kind.to_owned()])]);
    Record { url, title, place, text, filters }
}

/// The record can be filtered by these rights.
fn with_rights<'a>(mut record: Record, rights: impl Iterator<Item = &'a String>) -> Record {
    let labels: BTreeSet<String> =
        rights.map(|id| law::right(id).map_or(id, |right| &right.label).to_owned()).collect();
    if !labels.is_empty() {
        record.filters.insert("right".to_owned(), labels.into_iter().collect());
    }
    record
}

/// A chapter's text up to its first heading, and from each heading to the next; notes with the
/// paragraph that calls them.
fn sections(edition: &Edition) -> Vec<Record> {
    (0..edition.report.chapters.len()).flat_map(|id| chapter(edition, id)).collect()
}

fn chapter(edition: &Edition, id: ChapterId) -> Vec<Record> {
    let passages = &edition.report.chapters[id].passages;
    let chapter = &edition.report.chapters[id];
    let words = edition.chapter_words(id);
    let mut parts: Vec<Record> = Vec::new();
    let summary = chapter.unit.summary_text().unwrap_or_default();
    parts.push(record(chapter.path.clone(), chapter.title.clone(), words, summary, "section"));
    let headings: BTreeMap<usize, &str> = chapter
        .unit
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Heading(_)))
        .filter(|block| !edition.is_title(id, block.span))
        .filter_map(|block| {
            let anchor = chapter.bindings.anchors.get(&block.span.start)?;
            Some((block.span.start, anchor.as_str()))
        })
        .collect();
    for passage in passages {
        if let Some(anchor) = headings.get(&passage.block).filter(|_| passage.note.is_none()) {
            let url = format!("{}#{anchor}", chapter.path);
            let place = match &chapter.number {
                Some(number) => edition.numbered_titled(number, &chapter.title),
                None => chapter.title.clone(),
            };
            let title = passage.prose.text.clone();
            parts.push(record(url, title, place, String::new(), "section"));
        } else if let Some(part) = parts.last_mut() {
            part.text.push('\n');
            part.text.push_str(&passage.prose.text);
        }
    }
    parts.retain(|part| !part.text.trim().is_empty());
    parts
}

fn claims(edition: &Edition) -> Vec<Record> {
    let claims = edition.report.claims().map(|(_, claim)| {
        let chapter = &edition.report.chapters[claim.chapter];
        let title = crate::words::fill(&edition.words.claim_ref, &[("n", &claim.number)]);
        let (place, _) = edition.place(claim.chapter, claim.paragraph);
        let url = format!("{}#{}", chapter.path, claim.id);
        with_rights(record(url, title, place, claim.text.clone(), "claim"), claim.rights.iter())
    });
    claims.collect()
}

/// The articles that are named or that claims rest on, with the rights of those claims.
fn articles(edition: &Edition) -> Vec<Record> {
    let mut found: BTreeMap<Reference, BTreeSet<&String>> = BTreeMap::new();
    let whole = |reference: &Reference| Reference { pinpoint: String::new(), ..reference.clone() };
    for (_, mention) in edition.report.mentions() {
        found.entry(whole(&mention.reference)).or_default();
    }
    for (_, claim) in edition.report.claims() {
        for article in &claim.articles {
            found.entry(whole(&article.reference)).or_default().extend(&claim.rights);
        }
    }
    found.into_iter().map(|(reference, rights)| article(edition, &reference, rights)).collect()
}

fn article(edition: &Edition, reference: &Reference, rights: BTreeSet<&String>) -> Record {
    let instrument = edition.law.instrument(&reference.instrument);
    let name = instrument.map_or("", |instrument| instrument.name.as_str());
    let article = instrument.and_then(|instrument| instrument.article(&reference.article));
    let paragraphs = article.iter().flat_map(|article| &article.paragraphs);
    let labels: Vec<&str> = paragraphs.map(|paragraph| paragraph.label.as_str()).collect();
    let title = edition.provision_title(reference);
    // What has no text is not found, whatever its title.
    let text = if labels.is_empty() { title.clone() } else { labels.join("; ") };
    let record = record(address::provision(reference), title, name.to_owned(), text, "article");
    with_rights(record, rights.into_iter())
}

fn sources(edition: &Edition) -> Vec<Record> {
    let sources = edition.entries.entries.iter().map(|(key, entry)| {
        let text = html::plain_entry(edition, entry);
        let url = edition.source_address(key);
        record(url, String::new(), edition.words.sources.clone(), text, "source")
    });
    sources.collect()
}
