//! The head of every page, and what all pages share.

use crate::law::Instrument;
use crate::output::address;
use crate::output::edition::Edition;
use crate::report::ChapterId;
use crate::theme::Theme;
use crate::theme::view::{
    CiteBlock, Crumb, Download, Head, HeadLink, License, Meta, NavItem, Site,
};
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
        has_claims: edition.report.claims().next().is_some(),
        has_law: edition.report.mentions().next().is_some(),
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
        meta: Vec::new(),
        links: Vec::new(),
        json_ld: String::new(),
        no_index: false,
    }
}

/// Adds what is said of the page where it is shared: its own title, summary and address.
pub fn finish(edition: &Edition, head: &mut Head) {
    let book = &edition.config.book;
    let mut meta = vec![
        tag("og:type", "article"),
        tag("og:title", &head.title),
        tag("og:site_name", &book.title),
        tag("og:locale", &head.language.as_ref().unwrap_or(&book.language).replace('-', "_")),
    ];
    meta.extend(head.description.as_ref().map(|words| tag("og:description", words)));
    meta.extend(head.canonical.as_ref().map(|url| tag("og:url", url)));
    meta.append(&mut head.meta);
    head.meta = meta;
    if head.no_index {
        return;
    }
    if let Some(url) = book.license.as_deref().and_then(|name| license(name).url) {
        head.links.push(link("license", url, None));
    }
    if edition.config.html.base_url.is_some() {
        let mut feed =
            link("alternate", format!("{}feed.xml", head.root), Some("application/atom+xml"));
        feed.title = Some(book.title.clone());
        head.links.push(feed);
    }
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
    let language = chapter.map_or(&book.language, |chapter| &chapter.language);
    let date = chapter.and_then(|chapter| chapter.unit.front.date.as_ref().map(|date| date.value));
    let mut meta = Vec::new();
    let mut both = |highwire: &str, dublin: &str, content: &str| {
        meta.push(tag(highwire, content));
        meta.push(tag(dublin, content));
    };
    both("citation_title", "DC.title", title);
    for author in authors {
        both("citation_author", "DC.creator", author);
    }
    both("citation_language", "DC.language", language);
    if let Some(url) = edition.absolute(path) {
        both("citation_public_url", "DC.identifier", &url);
    }
    // Reference managers take the one for a report and the other for a chapter of a book.
    let (kind, institution) = match chapter {
        Some(_) => ("bookSection", "citation_publisher"),
        None => ("Report", "citation_technical_report_institution"),
    };
    if let Some(publisher) = &book.publisher {
        both(institution, "DC.publisher", publisher);
    }
    meta.push(tag("DC.type", kind));
    if let Some(date) = date.or(book.date).map(|date| date.to_string()) {
        meta.push(tag("citation_publication_date", &date.replace('-', "/")));
        meta.push(tag("DC.date", &date));
    }
    if chapter.is_some() {
        meta.push(tag("citation_inbook_title", &book.title));
        meta.extend(edition.absolute("").map(|url| tag("DCTERMS.isPartOf", &url)));
    } else if let Some(doi) = &book.doi {
        meta.push(tag("citation_doi", doi));
    }
    if let Some(isbn) = &book.isbn {
        meta.push(tag("citation_isbn", isbn));
    }
    meta
}

/// The links of a page that can be cited: its reference as data, and the address to cite.
pub fn cite_links(cite: &CiteBlock) -> Vec<HeadLink> {
    let is_json = |file: &&Download| file.url.ends_with(".csl.json");
    let media_type = "application/vnd.citationstyles.csl+json";
    let data = cite.downloads.iter().find(is_json);
    let data = data.map(|file| link("alternate", file.url.clone(), Some(media_type)));
    let address = cite.permalink.clone().map(|url| link("cite-as", url, None));
    data.into_iter().chain(address).collect()
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
    let mut report = json!({
        "@type": "Report",
        "@id": url,
        "url": url,
        "name": book.title,
        "inLanguage": book.language,
        "accessMode": ["textual", "visual"],
        "accessModeSufficient": ["textual"],
        "accessibilityFeature": ["alternativeText", "longDescription", "readingOrder", "structuralNavigation", "tableOfContents"],
        "accessibilityHazard": "none",
    });
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
    if let Some(subtitle) = &book.subtitle {
        set("alternativeHeadline", json!(subtitle));
    }
    if let Some(description) = &book.description {
        set("description", json!(description));
    }
    let chapters = edition.report.chapters.iter().filter(|chapter| !chapter.is_front);
    let parts = chapters.filter_map(|chapter| {
        let address = edition.absolute(&chapter.path)?;
        Some(json!({ "@type": "Chapter", "@id": address, "name": chapter.title }))
    });
    set("hasPart", parts.collect());
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

/// The way to the page from the front page, if the page has an address.
fn trail(head: &Head) -> Option<Value> {
    let here = head.canonical.as_ref()?;
    let items = head.breadcrumbs.iter().enumerate().map(|(at, crumb)| {
        let address = crumb.url.as_ref().map_or_else(|| here.clone(), |url| joined(here, url));
        json!({ "@type": "ListItem", "position": at + 1, "name": crumb.label, "item": address })
    });
    let items: Vec<Value> = items.collect();
    (!items.is_empty()).then(|| json!({ "@type": "BreadcrumbList", "itemListElement": items }))
}

/// The address that `relative` has from the page at `here`; both end in a slash.
fn joined(here: &str, relative: &str) -> String {
    let (mut base, mut rest) = (here.trim_end_matches('/'), relative.trim_start_matches("./"));
    while let Some(shorter) = rest.strip_prefix("../") {
        base = base.rsplit_once('/').map_or(base, |(above, _)| above);
        rest = shorter;
    }
    format!("{base}/{rest}")
}

/// What the page at `head` is about, as text that cannot end its `script` element.
pub fn graph(head: &Head, mut items: Vec<Value>) -> String {
    if items.is_empty() {
        return String::new();
    }
    items.extend(trail(head));
    for item in items.iter_mut().filter_map(Value::as_object_mut) {
        item.retain(|_, value| !value.is_null());
    }
    let graph = json!({ "@context": "https://schema.org", "@graph": items });
    graph.to_string().replace("</", "<\\/").replace("<!--", "<\\u0021--")
}
