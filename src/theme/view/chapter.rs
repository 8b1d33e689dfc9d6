//! A chapter, and the citing of pages.

use super::{Link, NoteLink};
use serde::Serialize;

/// A chapter.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ChapterView {
    /// The line above the title (`Chapter 4`), if the chapter is numbered.
    pub kicker: Option<String>,
    /// Number as printed.
    pub number: Option<String>,
    /// Title.
    pub title: String,
    /// Title with its inline markup, if it has any.
    pub title_html: Option<String>,
    /// The id of the heading that gives the title; empty where the front matter gives it.
    pub title_id: String,
    /// Summary as finished HTML (paragraphs or a sentence).
    pub summary_html: Option<String>,
    /// Authors of this chapter as they sign; empty where they are the report's.
    pub authors: Vec<String>,
    /// Date in ISO 8601.
    pub date: Option<String>,
    /// The same date in words.
    pub date_words: Option<String>,
    /// How much the chapter holds.
    pub counts: Counts,
    /// Sections in order; provisions, notes and the cite block are added by the template.
    pub toc: Vec<TocItem>,
    /// The text (see the markup contract at the top of `assets/reader.css`).
    pub body_html: String,
    /// Provisions cited, in the order of instruments and articles.
    pub provisions: Vec<Provision>,
    /// The notes in order.
    pub notes: Vec<NoteView>,
    /// How to cite the chapter.
    pub cite: Option<CiteBlock>,
    /// The chapter before.
    pub prev: Option<Neighbour>,
    /// The chapter after.
    pub next: Option<Neighbour>,
    /// Whether the text holds highlighted code.
    pub has_code: bool,
    /// Whether the text holds charts.
    pub has_chart: bool,
}

/// How much a page or a report holds.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Counts {
    /// Notes.
    pub notes: usize,
    /// Claims.
    pub claims: usize,
    /// Provisions cited.
    pub provisions: usize,
    /// Sources cited.
    pub sources: usize,
    /// Words of the text, without notes.
    pub words: usize,
}

/// A section in the contents of a chapter.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TocItem {
    /// Level from 2; the template shows 2 and 3.
    pub level: u8,
    /// Id of the heading.
    pub id: String,
    /// Number as printed (`4.1`), if sections are numbered.
    pub number: Option<String>,
    /// Title as plain text.
    pub title: String,
}

/// A provision cited in a chapter: a row of its table of authorities.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Provision {
    /// Id of the row (`auth-iccpr-19-3`), the `data-src` of links that name the provision.
    pub id: String,
    /// As cited (`ICCPR art. 19(3)`).
    pub label: String,
    /// What it is about, in our words.
    pub title: String,
    /// Page of the provision, with the pinpoint as fragment.
    pub url: String,
    /// Claims of the chapter that rest on it, as `4.3`.
    pub claims: Vec<Link>,
    /// Other mentions, as `para. 12`.
    pub mentions: Vec<Link>,
}

/// A note in the list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NoteView {
    /// Number in the report.
    pub number: u32,
    /// Id (`n97`).
    pub id: String,
    /// The note as finished HTML: block elements (`<p>…</p>`).
    pub html: String,
    /// Where it is referred to: one for each marker.
    pub backlinks: Vec<Backlink>,
}

/// The way back from a note.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Backlink {
    /// Address of the marker (`#r97`).
    pub url: String,
    /// `a`, `b`, … where a note has several markers; empty where it has one.
    pub letter: String,
    /// The accessible name (“Back to note 97 in the text”).
    pub label: String,
}

/// How to cite a page or the report.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CiteBlock {
    /// The form of a note, finished HTML.
    pub note_html: String,
    /// The form of a bibliography, finished HTML.
    pub bibliography_html: String,
    /// Permanent address, if the site's is known.
    pub permalink: Option<String>,
    /// Files for reference managers.
    pub downloads: Vec<Download>,
}

/// A file to take away.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Download {
    /// The words (`BibTeX`).
    pub label: String,
    /// The address, relative to the page.
    pub url: String,
    /// Size in words (`12 kB`); empty if it is not known.
    pub size: String,
}

/// The page before or after.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Neighbour {
    /// The line above (`Chapter 5`, or words for “previous article”); may be empty.
    pub kicker: String,
    /// Title.
    pub title: String,
    /// Title with its inline markup, if it has any.
    pub title_html: Option<String>,
    /// The address, relative to the page.
    pub url: String,
}

/// An entry's chapter and the notes of it that cite the entry.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CitedIn {
    /// The chapter (`ch. 4`).
    pub chapter: Link,
    /// The notes, in order.
    pub notes: Vec<NoteLink>,
}
