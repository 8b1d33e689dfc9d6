//! The whole report on one page.

use super::NoteView;
use serde::Serialize;

/// The whole report on one page, for paper; title, authors, publisher and date are the site's.
#[derive(Debug, Clone, Default, Serialize)]
pub struct WholeView {
    /// The report's own front text (`index.md`).
    pub front: Option<WholeChapter>,
    /// Parts in order; a report without parts has one without a title.
    pub parts: Vec<WholePart>,
    /// The notes, by chapter, where they are numbered through the report; else they stand after
    /// each chapter.
    pub notes: Vec<NoteGroup>,
    /// The bibliography.
    pub sources: Option<WholeSources>,
    /// Whether the text holds highlighted code.
    pub has_code: bool,
    /// Whether the text holds charts.
    pub has_chart: bool,
}

/// A part of the report.
#[derive(Debug, Clone, Default, Serialize)]
pub struct WholePart {
    /// Title; none for chapters outside parts.
    pub title: Option<String>,
    /// Its chapters.
    pub chapters: Vec<WholeChapter>,
}

/// A chapter in full.
#[derive(Debug, Clone, Default, Serialize)]
pub struct WholeChapter {
    /// Its id on the page.
    pub id: String,
    /// The line above the title (`Chapter 4`), if the chapter is numbered.
    pub kicker: Option<String>,
    /// Number as printed.
    pub number: Option<String>,
    /// Title.
    pub title: String,
    /// Title with its inline markup.
    pub title_html: Option<String>,
    /// BCP 47 tag, if the chapter is in another language than the report.
    pub language: Option<String>,
    /// `ltr` or `rtl`, if the language is another.
    pub dir: Option<String>,
    /// Authors, where they differ from the report's.
    pub authors: Vec<String>,
    /// Summary as finished HTML.
    pub summary_html: Option<String>,
    /// The text, with ids that no other chapter has.
    pub body_html: String,
    /// Its notes, where they are numbered by chapter.
    pub notes: Vec<NoteView>,
}

/// The notes of one chapter in the list of all notes.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NoteGroup {
    /// The chapter (`Chapter 4. Muzzled media`).
    pub title: String,
    /// Its notes.
    pub notes: Vec<NoteView>,
}

/// The bibliography at the end.
#[derive(Debug, Clone, Default, Serialize)]
pub struct WholeSources {
    /// Its id on the page.
    pub id: String,
    /// The entries in the style's order.
    pub entries: Vec<WholeEntry>,
}

/// One entry.
#[derive(Debug, Clone, Default, Serialize)]
pub struct WholeEntry {
    /// Its id on the page.
    pub id: String,
    /// The entry as the style sets it, finished HTML.
    pub html: String,
}
