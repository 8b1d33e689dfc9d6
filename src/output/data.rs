//! The same report for machines: `data/*.json`, `claims.csv`, and the bibliography's own formats.
//!
//! Arrays of flat records in reading order, the same bytes for the same report.

use super::Site;
use super::edition::Edition;
use super::html::note_text;
use crate::bibliography::{Entry, export};
use crate::document::{InlineKind, walk_blocks, walk_inlines};
use crate::report::{Binding, ChapterId, Claim, Mention, NoteId};
use crate::source::Span;
use serde_json::{Value, json};

/// Adds the data files.
pub fn files(edition: &Edition, site: &mut Site) {
    let report = edition.report;
    let mut add = |path: &str, value: Value| {
        site.add(format!("data/{path}"), json_lines(&value).into_bytes())
    };
    add("notes.json", (0..report.notes.len()).map(|id| note(edition, id)).collect());
    add("mentions.json", report.mentions.iter().map(|m| mention(edition, m)).collect());
    add("claims.json", report.claims.iter().map(|c| claim(edition, c)).collect());
    add("report.json", summary(edition));
    site.add("data/claims.csv".to_owned(), claims_csv(edition).into_bytes());
    let entries = cited(edition);
    let entries: Vec<&Entry> = entries.iter().collect();
    site.add("data/sources.json".to_owned(), export::csl_json(&entries).into_bytes());
    site.add("data/sources.bib".to_owned(), export::bibtex(&entries).into_bytes());
    site.add("data/sources.ris".to_owned(), export::ris(&entries).into_bytes());
    own_references(edition, site);
}

/// A JSON array with one record on each line, so that a difference is one line.
pub fn json_lines(value: &Value) -> String {
    let Value::Array(records) = value else { return format!("{value:#}\n") };
    if records.is_empty() {
        return "[]\n".to_owned();
    }
    let records: Vec<String> = records.iter().map(Value::to_string).collect();
    format!("[\n{}\n]\n", records.join(",\n"))
}

/// `file`, `line` and `column` of a place.
fn place(edition: &Edition, record: &mut Value, span: Span) {
    let file = edition.sources.file(span.file);
    let place = file.place(span.start);
    record["file"] = json!(file.path);
    record["line"] = json!(place.line);
    record["column"] = json!(place.column);
}

fn note(edition: &Edition, id: NoteId) -> Value {
    let note = &edition.report.notes[id];
    let chapter = &edition.report.chapters[note.chapter];
    let url = format!("{}#n{}", chapter.path, note.number);
    let references = (0..note.references.len() as u32)
        .map(|nth| format!("{}#{}", chapter.path, super::html::inlines::mark_id(note.number, nth)));
    let mut record = json!({
        "number": note.number,
        "label": note.label,
        "chapter": chapter.slug,
        "url": url,
        "text": note_text(edition, id),
        "citations": citations(edition, id),
        "references": references.collect::<Vec<_>>(),
    });
    place(edition, &mut record, note.span(&chapter.unit));
    record
}

/// The sources that a note cites, in order.
fn citations(edition: &Edition, id: NoteId) -> Vec<Value> {
    let note = &edition.report.notes[id];
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
                    found.push(json!({ "key": cite.key.text, "locator": locator }));
                }
            });
        }
    });
    found
}

fn mention(edition: &Edition, mention: &Mention) -> Value {
    let (_, url) = edition.mention_place(mention);
    let mut record = json!({
        "reference": mention.reference.to_string(),
        "instrument": mention.reference.instrument,
        "article": mention.reference.article,
        "pinpoint": mention.reference.pinpoint,
        "text": mention.text,
        "chapter": edition.report.chapters[mention.chapter].slug,
        "url": url,
    });
    place(edition, &mut record, mention.span);
    record
}

fn claim(edition: &Edition, claim: &Claim) -> Value {
    let chapter = &edition.report.chapters[claim.chapter];
    let articles = claim.articles.iter().map(|article| {
        json!({ "reference": article.reference.to_string(), "verdict": article.verdict.name() })
    });
    let notes: Vec<u32> = claim.notes.iter().map(|id| edition.report.notes[*id].number).collect();
    let mut record = json!({
        "id": claim.id,
        "text": claim.text,
        "rights": claim.rights,
        "finding": claim.finding.map(|finding| finding.name()),
        "by": claim.by,
        "since": claim.since,
        "until": claim.until,
        "articles": articles.collect::<Vec<_>>(),
        "notes": notes,
        "sources": claim.sources,
        "chapter": chapter.slug,
        "url": format!("{}#{}", chapter.path, claim.id),
    });
    place(edition, &mut record, claim.span);
    record
}

fn claims_csv(edition: &Edition) -> String {
    let header = [
        "id", "text", "rights", "finding", "by", "articles", "verdicts", "notes", "sources",
        "chapter", "url",
    ];
    let mut csv = format!("{}\r\n", header.join(","));
    for claim in &edition.report.claims {
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
                claim.notes.iter().map(|id| edition.report.notes[*id].number.to_string()).collect(),
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
            "notes": report.notes.len(),
            "claims": report.claims.len(),
            "mentions": report.mentions.len(),
            "sources": report.sources.len(),
        },
        "chapters": chapters.collect::<Vec<_>>(),
        "generator": format!("Rapporteur {}", env!("CARGO_PKG_VERSION")),
    })
}

/// The entries that are cited, instruments among them, in the order of first citation.
fn cited(edition: &Edition) -> Vec<Entry> {
    let sources = edition.report.sources.iter();
    sources
        .filter_map(|source| match edition.bibliography.get(&source.key) {
            Some(entry) => Some(entry.clone()),
            None => {
                let instrument = edition.law.instrument(&source.key)?;
                Some(Entry::from_csl_json(&source.key, &super::instrument_item(instrument)))
            }
        })
        .collect()
}

/// The report and each chapter as something to cite, for reference managers.
fn own_references(edition: &Edition, site: &mut Site) {
    let mut add = |stem: String, entry: Entry| {
        site.add(format!("{stem}.bib"), export::bibtex(&[&entry]).into_bytes());
        site.add(format!("{stem}.ris"), export::ris(&[&entry]).into_bytes());
        site.add(format!("{stem}.csl.json"), export::csl_json(&[&entry]).into_bytes());
    };
    add("data/report".to_owned(), own_entry(edition, None));
    for (id, chapter) in edition.report.chapters.iter().enumerate() {
        if !chapter.is_front {
            add(format!("{}cite", chapter.path), own_entry(edition, Some(id)));
        }
    }
}

/// The report, or a chapter of it, as an entry.
fn own_entry(edition: &Edition, chapter: Option<ChapterId>) -> Entry {
    let book = &edition.config.book;
    let chapter = chapter.map(|id| &edition.report.chapters[id]);
    let mut item = serde_json::Map::new();
    let mut set = |key: &str, value: Value| {
        item.insert(key.to_owned(), value);
    };
    set("type", json!(if chapter.is_some() { "chapter" } else { "report" }));
    let whole = match &book.subtitle {
        Some(subtitle) => format!("{}: {subtitle}", book.title),
        None => book.title.clone(),
    };
    set("title", json!(chapter.map_or(&whole, |chapter| &chapter.title)));
    if let Some(chapter) = chapter {
        set("container-title", json!(whole));
        if let Some(number) = &chapter.number {
            set("chapter-number", json!(number));
        }
    }
    let signed = chapter.map(|c| &c.unit.front.authors).filter(|authors| !authors.is_empty());
    let authors = signed.unwrap_or(&book.authors);
    if !authors.is_empty() {
        let publisher = book.publisher.as_deref();
        set("author", authors.iter().map(|name| author(name, publisher)).collect());
    }
    let facts = [("publisher", &book.publisher), ("edition", &book.edition), ("ISBN", &book.isbn)];
    for (variable, value) in facts {
        if let Some(value) = value {
            set(variable, json!(value));
        }
    }
    if let Some(date) = book.date {
        set("issued", json!({ "date-parts": [[date.year, date.month, date.day]] }));
    }
    set("language", json!(book.language));
    let path = chapter.map_or("", |chapter| &chapter.path);
    if let Some(url) = edition.absolute(path) {
        set("URL", json!(url));
    }
    if let Some(doi) = book.doi.as_ref().filter(|_| chapter.is_none()) {
        set("DOI", json!(doi));
    }
    let key = match chapter {
        Some(chapter) => chapter.slug.clone(),
        None => crate::resolve::slugify(&book.title),
    };
    Entry::from_csl_json(&key, &item)
}

/// An author as signed: `Family, Given`, or `Given Family` with the last word as family name, or an
/// organisation.
fn author(name: &str, publisher: Option<&str>) -> Value {
    if publisher == Some(name) || is_organisation(name) {
        return json!({ "literal": name });
    }
    if let Some((family, given)) = name.split_once(',') {
        return json!({ "family": family.trim(), "given": given.trim() });
    }
    match name.rsplit_once(' ') {
        Some((given, family)) => json!({ "family": family, "given": given }),
        None => json!({ "literal": name }),
    }
}

/// Whether a name has words that names of persons have not.
fn is_organisation(name: &str) -> bool {
    const WORDS: [&str; 29] = [
        "agency",
        "alliance",
        "amnesty",
        "association",
        "bureau",
        "centre",
        "center",
        "coalition",
        "commission",
        "committee",
        "council",
        "federation",
        "foundation",
        "fund",
        "group",
        "house",
        "institute",
        "institution",
        "international",
        "league",
        "ministry",
        "mission",
        "network",
        "observatory",
        "office",
        "organisation",
        "organization",
        "union",
        "watch",
    ];
    const JOINTS: [&str; 7] = ["of", "for", "and", "the", "in", "on", "&"];
    let words: Vec<&str> = name.split_whitespace().collect();
    let known = |word: &&str| {
        let small = word.to_lowercase();
        WORDS.contains(&small.as_str()) || JOINTS.contains(word)
    };
    words.len() > 4
        || words.iter().any(known)
        || words.last().is_some_and(|word| word.starts_with(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::{author, csv_field};
    use serde_json::json;

    #[test]
    fn authors_are_persons_or_organisations() {
        let person = |family: &str, given: &str| json!({ "family": family, "given": given });
        assert_eq!(author("Doe, Jane", None), person("Doe", "Jane"));
        assert_eq!(author("Jane M. Doe", None), person("Doe", "Jane M."));
        for name in ["Human Rights Watch", "Rapporteur contributors", "Office for Rights", "OSCE"] {
            assert_eq!(author(name, None), json!({ "literal": name }));
        }
        assert_eq!(
            author("Chatham Press", Some("Chatham Press")),
            json!({ "literal": "Chatham Press" })
        );
    }

    #[test]
    fn fields_survive_commas_quotes_and_formulas() {
        assert_eq!(csv_field("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(csv_field("=SUM(A1)"), "'=SUM(A1)");
        assert_eq!(csv_field("plain"), "plain");
    }
}
