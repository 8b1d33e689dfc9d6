//! The front page, the bibliography, the search page, the page for what is not there.

use super::{CiteBlock, CitedIn, Counts, Download, Link, NoteView};
use serde::Serialize;

/// The front page; title, authors, publisher and date are the site's.
#[derive(Debug, Clone, Default, Serialize)]
pub struct HomeView {
    /// The report's own front text (`index.md`), finished HTML; may be empty.
    pub body_html: String,
    /// The notes of the front text.
    pub notes: Vec<NoteView>,
    /// Summary or abstract, finished HTML.
    pub summary_html: Option<String>,
    /// Parts in order; a report without parts has one without a title.
    pub parts: Vec<PartView>,
    /// How much the report holds.
    pub counts: Counts,
    /// How to cite the report.
    pub cite: Option<CiteBlock>,
    /// The report for machines and for paper.
    pub downloads: Vec<Download>,
    /// Where the reader may start.
    pub first: Option<Link>,
}

/// A part of the report.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PartView {
    /// Title; none for chapters outside parts.
    pub title: Option<String>,
    /// Its chapters.
    pub chapters: Vec<ContentsItem>,
}

/// A chapter in the contents.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ContentsItem {
    /// Number as printed.
    pub number: Option<String>,
    /// Title.
    pub title: String,
    /// Title with its inline markup.
    pub title_html: Option<String>,
    /// The address, relative to the page.
    pub url: String,
    /// Summary as plain text.
    pub summary: Option<String>,
    /// Summary as finished HTML.
    pub summary_html: Option<String>,
    /// Authors, where they differ from the report's.
    pub authors: Vec<String>,
    /// How much it holds.
    pub counts: Counts,
}

/// The bibliography.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SourcesView {
    /// Groups in order; one without a title for a single list.
    pub groups: Vec<SourceGroup>,
    /// Number of entries.
    pub count: usize,
    /// The bibliography as files.
    pub downloads: Vec<Download>,
}

/// A group of the bibliography.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SourceGroup {
    /// Id for links, as `web`.
    pub id: String,
    /// Title; none for a single list.
    pub title: Option<String>,
    /// Entries in the style's order.
    pub entries: Vec<SourceEntry>,
}

/// One entry.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SourceEntry {
    /// Its id: the author's key.
    pub id: String,
    /// The entry as the style sets it, finished HTML.
    pub html: String,
    /// Its kind in words (`News`), may be empty.
    pub kind: String,
    /// Notes that cite it, by chapter.
    pub cited: Vec<CitedIn>,
    /// A kept copy.
    pub archived: Option<Archived>,
}

/// A kept copy of a source.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Archived {
    /// Absolute address.
    pub url: String,
    /// Its date in words; may be empty.
    pub date_words: String,
}

/// The search page; without JavaScript it offers the indexes of the report.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SearchView {
    /// Addresses of scripts that search, relative to the page; empty while there are none.
    pub scripts: Vec<String>,
    /// Addresses of style sheets that they need.
    pub styles: Vec<String>,
    /// Words that the content security policy of this page adds to `script-src`; may be empty.
    pub script_src: String,
    /// Chapters with their sections: the index of the report.
    pub chapters: Vec<IndexChapter>,
    /// Rights with the number of claims about each.
    pub rights: Vec<IndexCount>,
    /// Articles with the number of mentions of each.
    pub articles: Vec<IndexCount>,
}

/// A chapter in the index.
#[derive(Debug, Clone, Default, Serialize)]
pub struct IndexChapter {
    /// Number and title.
    pub chapter: Link,
    /// Its sections.
    pub sections: Vec<Link>,
}

/// A target and how often it is met.
#[derive(Debug, Clone, Default, Serialize)]
pub struct IndexCount {
    /// The words.
    pub label: String,
    /// The address, relative to the page.
    pub url: String,
    /// How often.
    pub count: usize,
}

/// The page for what is not there; its URLs must be absolute or relative to the root, because a
/// host shows it at any address.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NotFoundView {
    /// Places to go on from.
    pub links: Vec<Link>,
}

/// A page that has moved.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RedirectView {
    /// The new address, relative to the page.
    pub url: String,
    /// Title of the page there.
    pub title: String,
}
