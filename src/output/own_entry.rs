//! The report and each of its chapters as something to cite, for reference managers.

use super::Draft;
use super::edition::Edition;
use crate::bibliography::{Entry, export};
use crate::report::ChapterId;
use serde_json::{Value, json};

/// A form of entries that other programs read.
type Form = fn(&[&Entry]) -> String;

/// The report and each chapter as something to cite.
pub fn files<'e>(edition: &'e Edition<'e>, drafts: &mut Vec<Draft<'e>>) {
    let forms: [(&str, Form); 3] =
        [("bib", export::bibtex), ("ris", export::ris), ("csl.json", export::csl_json)];
    let mut add = |stem: String, chapter: Option<ChapterId>| {
        drafts.extend(forms.map(|(ending, form)| {
            let make = move || form(&[&own_entry(edition, chapter)]).into_bytes();
            Draft::new(format!("{stem}.{ending}"), make)
        }));
    };
    add("data/report".to_owned(), None);
    for (id, chapter) in edition.report.chapters.iter().enumerate() {
        if !chapter.is_front {
            add(format!("{}cite", chapter.path), Some(id));
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
    use super::author;
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
}
