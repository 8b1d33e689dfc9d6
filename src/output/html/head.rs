//! The head of every page, and what all pages share.

use crate::law::Instrument;
use crate::output::address;
use crate::output::edition::Edition;
use crate::report::ChapterId;
use crate::theme::Theme;
use crate::theme::view::{Crumb, Head, HeadLink, License, Meta, NavItem, Site};
use serde_json::{Value, json};

/// What all pages share.
pub fn site(edition: &Edition, theme: &Theme) -> Site {
    let book = &edition.config.book;
    let date = book.date.map(|date| date.to_string());
    let chapters = edition.report.chapters.iter().filter(|chapter| !chapter.is_front);
    Site {
        title: book.title.clone(),
        subtitle: book.subtitle.clone(),
        language: book.language.clone(),
        dir: edition.words.dir.clone(),
        description: book.description.clone(),
        authors: book.authors.clone(),
        publisher: book.publisher.clone(),
        date_words: date.as_deref().map(|date| edition.words.date(date)),
        date,
        edition: book.edition.as_deref().map(|name| edition_words(edition, name)),
        license: book.license.as_deref().map(license),
        doi: book.doi.clone(),
        isbn: book.isbn.clone(),
        base_url: edition.config.html.base_url.clone(),
        nav: chapters
            .map(|chapter| NavItem {
                title: chapter.title.clone(),
                number: chapter.number.clone(),
                url: chapter.path.clone(),
                part: chapter.part.map(|part| edition.report.parts[part].title.clone()),
            })
            .collect(),
        generator: env!("CARGO_PKG_VERSION").to_owned(),
        has_claims: !edition.report.claims.is_empty(),
        has_law: !edition.report.mentions.is_empty(),
        has_sources: !edition.report.sources.is_empty(),
        has_print: edition.prints,
        has_search: edition.searches,
        has_feed: edition.config.html.base_url.is_some(),
        // The first look is the default one and needs no style sheet.
        look: theme
            .looks()
            .skip(1)
            .find(|look| *look == edition.config.html.look)
            .map(str::to_owned),
        notice_html: None,
        translations: Vec::new(),
    }
}

/// `2` becomes “Edition 2”; “Second edition” and “Demonstration report” say enough themselves.
fn edition_words(edition: &Edition, name: &str) -> String {
    match name.starts_with(|first: char| first.is_ascii_digit()) {
        true => format!("{} {name}", edition.words.edition),
        false => name.to_owned(),
    }
}

/// A licence by its name; the Creative Commons ones have an address.
fn license(name: &str) -> License {
    let plain = name.to_uppercase().replace(['_', ' '], "-");
    let parts = plain.strip_prefix("CC-BY").and_then(|rest| {
        let (kind, version) = rest.rsplit_once('-')?;
        Some((format!("by{}", kind.to_lowercase()), version.to_owned()))
    });
    let url = match parts {
        Some((kind, version)) if version.contains('.') => {
            Some(format!("https://creativecommons.org/licenses/{kind}/{version}/"))
        }
        _ if plain.starts_with("CC0") => {
            Some("https://creativecommons.org/publicdomain/zero/1.0/".to_owned())
        }
        _ => None,
    };
    License { name: name.to_owned(), url }
}

/// The head of the page at `path` with `title`; `trail` leads to it from the front page.
pub fn head(edition: &Edition, path: &str, title: &str, trail: &[(&str, String)]) -> Head {
    let mut crumbs =
        vec![Crumb { label: edition.words.report.clone(), url: Some(address::root(path)) }];
    crumbs.extend(trail.iter().map(|(label, target)| Crumb {
        label: (*label).to_owned(),
        url: Some(address::relative(path, target)),
    }));
    crumbs.push(Crumb { label: title.to_owned(), url: None });
    let canonical = edition.absolute(path);
    Head {
        root: address::root(path),
        url: path.to_owned(),
        canonical,
        title: title.to_owned(),
        description: edition.config.book.description.clone(),
        language: None,
        dir: None,
        breadcrumbs: if path.is_empty() { Vec::new() } else { crumbs },
        meta: basic_meta(edition, title),
        links: Vec::new(),
        json_ld: String::new(),
        no_index: false,
    }
}

fn basic_meta(edition: &Edition, title: &str) -> Vec<Meta> {
    let mut meta = vec![tag("og:title", title), tag("og:site_name", &edition.config.book.title)];
    if let Some(description) = &edition.config.book.description {
        meta.push(tag("og:description", description));
    }
    meta
}

pub fn tag(name: &str, content: &str) -> Meta {
    Meta { name: name.to_owned(), content: content.to_owned() }
}

/// Highwire and Dublin Core tags of the report, or of one of its chapters.
pub fn bibliographic(edition: &Edition, chapter: Option<ChapterId>) -> Vec<Meta> {
    let book = &edition.config.book;
    let chapter = chapter.map(|id| &edition.report.chapters[id]);
    let title = chapter.map_or(&book.title, |chapter| &chapter.title);
    let own = chapter.map(|chapter| &chapter.unit.front.authors).filter(|a| !a.is_empty());
    let authors = own.unwrap_or(&book.authors);
    let path = chapter.map_or("", |chapter| &chapter.path);
    let mut meta = vec![tag("og:type", if chapter.is_some() { "article" } else { "book" })];
    let mut both = |highwire: &str, dublin: &str, content: &str| {
        meta.push(tag(highwire, content));
        meta.push(tag(dublin, content));
    };
    both("citation_title", "DC.title", title);
    for author in authors {
        both("citation_author", "DC.creator", author);
    }
    if let Some(date) = book.date.map(|date| date.to_string()) {
        both("citation_publication_date", "DC.date", &date.replace('-', "/"));
    }
    both("citation_language", "DC.language", &book.language);
    if let Some(url) = edition.absolute(path) {
        both("citation_public_url", "DC.identifier", &url);
    }
    if let Some(publisher) = &book.publisher {
        both("citation_technical_report_institution", "DC.publisher", publisher);
    }
    if chapter.is_some() {
        meta.push(tag("citation_inbook_title", &book.title));
    }
    if let Some(doi) = &book.doi {
        meta.push(tag("citation_doi", doi));
    }
    if let Some(isbn) = &book.isbn {
        meta.push(tag("citation_isbn", isbn));
    }
    meta
}

/// A `link` element of the head.
pub fn link(rel: &str, href: String, media_type: Option<&str>) -> HeadLink {
    HeadLink {
        rel: rel.to_owned(),
        href,
        media_type: media_type.map(str::to_owned),
        hreflang: None,
        title: None,
    }
}

/// The report as linked data: without an address there is nothing to link.
pub fn report_ld(edition: &Edition) -> Option<Value> {
    let book = &edition.config.book;
    let url = edition.absolute("")?;
    let mut report =
        json!({ "@type": "Report", "@id": url, "name": book.title, "inLanguage": book.language });
    let mut set = |key: &str, value: Value| {
        report[key] = value;
    };
    if !book.authors.is_empty() {
        let people = book.authors.iter().map(|name| json!({ "@type": "Person", "name": name }));
        set("author", people.collect());
    }
    if let Some(publisher) = &book.publisher {
        set("publisher", json!({ "@type": "Organization", "name": publisher }));
    }
    if let Some(date) = book.date {
        set("datePublished", json!(date.to_string()));
    }
    if let Some(license) = book.license.as_deref().map(license) {
        set("license", json!(license.url.unwrap_or(license.name)));
    }
    if let Some(doi) = &book.doi {
        set("identifier", json!(format!("https://doi.org/{doi}")));
    }
    Some(report)
}

/// An instrument or one of its provisions as linked data.
pub fn legislation(instrument: &Instrument, url: &str, name: &str) -> serde_json::Value {
    json!({
        "@type": "Legislation",
        "@id": url,
        "name": name,
        "legislationType": instrument.kind.name(),
        "legislationIdentifier": instrument.id.to_string(),
        "legislationDate": instrument.adopted.date,
        "sameAs": instrument.official_url(),
    })
}

/// A graph as text that cannot end its `script` element.
pub fn graph(items: Vec<Value>) -> String {
    if items.is_empty() {
        return String::new();
    }
    let graph = json!({ "@context": "https://schema.org", "@graph": items });
    graph.to_string().replace("</", "<\\/").replace("<!--", "<\\u0021--")
}
