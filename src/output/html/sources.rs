//! The bibliography: each entry with every note that cites it.

use super::rich::Place;
use super::{Sheet, View, head};
use crate::output::address;
use crate::output::edition::Edition;
use crate::quick::QuickMap;
use crate::report::Source;
use crate::theme::view::{
    CitedIn, Download, Link, NoteLink, SourceEntry, SourceGroup, SourcesView,
};

const PAGE: &str = address::SOURCES;

/// The file of the page of sources.
pub fn path() -> String {
    format!("{PAGE}index.html")
}

/// The page of sources.
pub fn sheet(edition: &Edition) -> Sheet {
    let title = edition.words.sources.clone();
    let head = head::head(edition, PAGE, &title, &[]);
    let cited: QuickMap<&str, &Source> =
        edition.report.sources.iter().map(|source| (&*source.key, source)).collect();
    let entries: Vec<(&str, SourceEntry)> = edition
        .entries
        .entries
        .iter()
        .map(|(key, rich)| {
            let mut html = String::new();
            super::rich::push_all(&mut html, rich, Place { edition, page: PAGE });
            (key.as_str(), entry(edition, key, html, cited.get(key.as_str()).copied()))
        })
        .collect();
    let count = entries.len();
    let view = SourcesView { groups: groups(edition, entries), count, downloads: downloads() };
    Sheet { path: path(), head, view: View::Sources(view) }
}

/// The entries by kind in the order that `book.toml` asks for, each group in the style's order; one
/// list where it asks for none. What belongs to no group asked for comes last.
fn groups(edition: &Edition, entries: Vec<(&str, SourceEntry)>) -> Vec<SourceGroup> {
    let asked = &edition.config.citations.groups;
    if asked.is_empty() {
        let entries = entries.into_iter().map(|(_, entry)| entry).collect();
        return vec![SourceGroup { id: "all".to_owned(), title: None, entries }];
    }
    let mut ids = asked.clone();
    if !ids.contains(&"other") {
        ids.push("other");
    }
    let mut groups: Vec<SourceGroup> = ids
        .iter()
        .map(|id| {
            let title = edition.words.source_groups.get(*id).cloned();
            SourceGroup { id: format!("group-{id}"), title, entries: Vec::new() }
        })
        .collect();
    for (key, entry) in entries {
        let group = group(edition, key);
        let place = ids.iter().position(|id| *id == group);
        let other = ids.iter().position(|id| *id == "other");
        if let Some(place) = place.or(other) {
            groups[place].entries.push(entry);
        }
    }
    groups.retain(|group| !group.entries.is_empty());
    groups
}

/// The group that a source belongs to.
fn group(edition: &Edition, key: &str) -> &'static str {
    match edition.bibliography.get(key) {
        Some(entry) => entry.group(),
        None if edition.law.instrument(key).is_some_and(|i| i.is_national()) => "laws",
        None => "treaties",
    }
}

fn entry(edition: &Edition, key: &str, html: String, source: Option<&Source>) -> SourceEntry {
    SourceEntry {
        id: edition.source_anchor(key),
        html,
        kind: String::new(),
        cited: source.map(|source| cited_in(edition, source)).unwrap_or_default(),
        archived: None,
    }
}

/// An entry as a reader hears it.
pub fn plain_entry(edition: &Edition, rich: &crate::csl::Rich) -> String {
    let mut html = String::new();
    super::rich::push_all(&mut html, rich, Place { edition, page: PAGE });
    super::escape::plain(&html)
}

/// The notes that cite a source, by chapter; a citation in the text itself counts as its chapter.
fn cited_in(edition: &Edition, source: &Source) -> Vec<CitedIn> {
    let places = source.places.iter();
    places
        .map(|place| {
            let chapter = &edition.report.chapters[place.chapter];
            let citations = &chapter.cited[place.index].citations;
            let label = match &chapter.number {
                Some(number) => edition.numbered_short(number),
                None => chapter.title.clone(),
            };
            let mut notes: Vec<NoteLink> = Vec::new();
            for number in citations
                .iter()
                .filter_map(|citation| Some(edition.report.note(citation.note?).number))
            {
                let url = address::relative(PAGE, &format!("{}#n{number}", chapter.path));
                let link = NoteLink { number, url };
                if !notes.contains(&link) {
                    notes.push(link);
                }
            }
            let url = address::relative(PAGE, &chapter.path);
            CitedIn { chapter: Link { label, url }, notes }
        })
        .collect()
}

fn downloads() -> Vec<Download> {
    [("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "json")]
        .iter()
        .map(|(label, ending)| Download {
            label: (*label).to_owned(),
            url: address::relative(PAGE, &format!("data/sources.{ending}")),
            size: String::new(),
        })
        .collect()
}
