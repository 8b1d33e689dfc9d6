//! The addresses of a report: what others may have quoted.

use super::Report;
use crate::quick::QuickMap;
use std::collections::BTreeSet;

/// The file, beside `book.toml`, that lists the addresses under which a report was published.
pub const ADDRESS_FILE: &str = "anchors.lock";

/// The addresses that a list of them holds, each with the byte at which it begins.
pub fn published(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line.trim_end()))
    });
    lines.filter(|(_, line)| line.starts_with('/'))
}

/// Every address of a report, from the site's root on: `/media/#n97`.
pub struct Addresses<'a> {
    /// Chapters, paragraphs, notes, claims, sections, boxes and figures.
    pub here: BTreeSet<String>,
    /// The old pages of chapters that have moved, with the new ones.
    moved: QuickMap<String, &'a str>,
}

impl Addresses<'_> {
    /// Whether something stands at `address`, or on the page to which its page leads on.
    pub fn stands(&self, address: &str) -> bool {
        let (page, anchor) = address.split_once('#').unwrap_or((address, ""));
        let moved =
            |path: &&str| anchor.is_empty() || self.here.contains(&format!("/{path}#{anchor}"));
        self.here.contains(address) || self.moved.get(page).is_some_and(moved)
    }
}

impl Report {
    /// All addresses of the report.
    pub fn addresses(&self) -> Addresses<'_> {
        let mut here = BTreeSet::new();
        for chapter in &self.chapters {
            let page = format!("/{}", chapter.path);
            let bindings = &chapter.bindings;
            let paragraphs = bindings.paragraphs.values().map(|number| format!("{page}#p{number}"));
            let named = bindings.anchors.values().map(|anchor| format!("{page}#{anchor}"));
            let notes = chapter.notes.iter().map(|note| format!("{page}#n{}", note.number));
            let claims = chapter.claims.iter().map(|claim| format!("{page}#{}", claim.id));
            here.extend(paragraphs.chain(named).chain(notes).chain(claims));
            here.insert(page);
        }
        Addresses { here, moved: self.moved() }
    }

    fn moved(&self) -> QuickMap<String, &str> {
        let pairs = self.chapters.iter().flat_map(|chapter| {
            let aliases = chapter.unit.front.aliases.iter();
            let old = |alias: &str| format!("/{}/", alias.trim_matches('/'));
            aliases.map(move |alias| (old(&alias.value), chapter.path.as_str()))
        });
        pairs.collect()
    }
}
