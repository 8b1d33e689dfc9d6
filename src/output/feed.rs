//! What crawlers and feed readers ask for: `sitemap.xml`, `robots.txt`, `feed.xml`.
//!
//! Sitemap and feed need absolute addresses, so they are made only where `base-url` is set. Names
//! `quick_xml` alone.

use super::Draft;
use super::address::WHOLE;
use super::edition::Edition;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::collections::BTreeSet;
use std::io;

/// Adds the files.
pub fn files<'e>(edition: &'e Edition<'e>, drafts: &mut Vec<Draft<'e>>) {
    let mut robots = String::from("User-agent: *\nAllow: /\n");
    if let Some(map) = edition.absolute("sitemap.xml") {
        robots.push_str(&format!("Sitemap: {map}\n"));
        let paths = pages(edition, drafts);
        let map = sitemap(edition, &paths).expect("writing into memory cannot fail");
        drafts.push(Draft::ready("sitemap.xml".to_owned(), map));
        let feed = feed(edition).expect("writing into memory cannot fail");
        drafts.push(Draft::ready("feed.xml".to_owned(), feed));
    }
    drafts.push(Draft::ready("robots.txt".to_owned(), robots.into_bytes()));
}

/// The pages of the site, as paths below its root; those that only lead on, and the one that holds
/// all others again, are left out.
fn pages(edition: &Edition, drafts: &[Draft]) -> BTreeSet<String> {
    let aliases = edition.report.chapters.iter().flat_map(|chapter| &chapter.unit.front.aliases);
    let moved: BTreeSet<&str> = aliases.map(|alias| alias.value.trim_matches('/')).collect();
    let pages = drafts.iter().filter_map(|draft| draft.path.strip_suffix("index.html"));
    pages
        .filter(|path| *path != WHOLE && !moved.contains(path.trim_end_matches('/')))
        .map(str::to_owned)
        .collect()
}

type Xml = Writer<Vec<u8>>;

fn document() -> io::Result<Xml> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    Ok(xml)
}

fn text(xml: &mut Xml, name: &str, words: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(words))?;
    Ok(())
}

fn sitemap(edition: &Edition, paths: &BTreeSet<String>) -> io::Result<Vec<u8>> {
    let mut xml = document()?;
    let root = xml.create_element("urlset");
    let root = root.with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"));
    root.write_inner_content(|xml| {
        for path in paths {
            let Some(url) = edition.absolute(path) else { continue };
            xml.create_element("url").write_inner_content(|xml| text(xml, "loc", &url))?;
        }
        Ok(())
    })?;
    Ok(xml.into_inner())
}

/// An Atom feed of the chapters. Its times are the author's dates: the core has no clock.
fn feed(edition: &Edition) -> io::Result<Vec<u8>> {
    let book = &edition.config.book;
    let home = edition.absolute("").unwrap_or_default();
    let date = |date: Option<crate::config::Date>| match date.or(book.date) {
        Some(date) => format!("{date}T00:00:00Z"),
        None => "1970-01-01T00:00:00Z".to_owned(),
    };
    let mut xml = document()?;
    let root = xml.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
    root.with_attribute(("xml:lang", book.language.as_str())).write_inner_content(|xml| {
        text(xml, "title", &book.title)?;
        text(xml, "id", &home)?;
        text(xml, "updated", &date(None))?;
        link(xml, "self", &format!("{home}feed.xml"))?;
        link(xml, "alternate", &home)?;
        let authors =
            if book.authors.is_empty() { std::slice::from_ref(&book.title) } else { &book.authors };
        for author in authors {
            xml.create_element("author").write_inner_content(|xml| text(xml, "name", author))?;
        }
        for chapter in edition.report.chapters.iter().filter(|chapter| !chapter.is_front) {
            let url = format!("{home}{}", chapter.path);
            let front = &chapter.unit.front;
            xml.create_element("entry").write_inner_content(|xml| {
                text(xml, "title", &chapter.title)?;
                text(xml, "id", &url)?;
                text(xml, "updated", &date(front.date.as_ref().map(|date| date.value)))?;
                link(xml, "alternate", &url)?;
                match chapter.unit.summary_text() {
                    Some(summary) => text(xml, "summary", &summary),
                    None => Ok(()),
                }
            })?;
        }
        Ok(())
    })?;
    Ok(xml.into_inner())
}

fn link(xml: &mut Xml, rel: &str, href: &str) -> io::Result<()> {
    xml.create_element("link")
        .with_attribute(("rel", rel))
        .with_attribute(("href", href))
        .write_empty()?;
    Ok(())
}
