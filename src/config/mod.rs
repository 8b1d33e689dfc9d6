//! `book.toml` and front matter: what an author sets, with defaults and diagnostics.
//!
//! Text into [`Config`] and [`FrontMatter`]. The invariant: there is always a usable value; what
//! cannot be read is reported, every mistake in one run, and stands at its default. This module
//! must not know which files exist, nor what any setting does.
//!
//! The one door to `toml`.

mod front_matter;
mod keys;
mod read;
mod section;
mod values;

pub use front_matter::{FrontMatter, Placed, Split, front_matter, split};
pub use keys::{SERIES, SOURCE_GROUPS, known_keys};
pub use read::read;
pub use values::{Date, is_language_tag, language_by_name, path_fault};

use crate::diagnostic::Levels;
use crate::source::{FileId, Span};
use std::collections::BTreeMap;

/// The settings of a report.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Config {
    /// The file that was read; none where a report has no `book.toml`.
    pub file: Option<FileId>,
    /// `[book]`: the report itself.
    pub book: Book,
    /// `[build]`: where the site goes.
    pub build: Build,
    /// `[notes]`: how notes are numbered.
    pub notes: Notes,
    /// `[citations]`: bibliography and style.
    pub citations: Citations,
    /// `[law]`: the State under review and its law.
    pub law: Law,
    /// `[markdown]`: how chapters are read.
    pub markdown: Markdown,
    /// `[checks]`: levels that the author set, by code.
    pub checks: Levels,
    /// `[output.html]`: the site.
    pub html: Html,
    /// Where each value that was set stands, by dotted key (`citations.style`).
    pub spans: BTreeMap<String, Span>,
}

impl Config {
    /// Where the value of `key` (`citations.style`) was set.
    pub fn span(&self, key: &str) -> Option<Span> {
        self.spans.get(key).copied()
    }

    /// The day on which the report's law speaks: `law.date`, else the date of the book.
    pub fn law_date(&self) -> Option<Date> {
        self.law.date.or(self.book.date)
    }
}

/// The report itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// Title; "Report" where none is given.
    pub title: String,
    /// Subtitle.
    pub subtitle: Option<String>,
    /// Authors as they are printed, in order.
    pub authors: Vec<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Day of publication.
    pub date: Option<Date>,
    /// Edition, in words.
    pub edition: Option<String>,
    /// Description in a sentence or two, for search engines and feeds.
    pub description: Option<String>,
    /// Digital object identifier without a resolver (`10.…`).
    pub doi: Option<String>,
    /// ISBN as printed.
    pub isbn: Option<String>,
    /// Licence, as an SPDX expression or in words.
    pub license: Option<String>,
    /// Language of the report, a BCP 47 tag; "en-GB" where none is given.
    pub language: String,
    /// Folder of the chapters, from the project root; "content" where none is given.
    pub src: String,
}

impl Default for Book {
    fn default() -> Book {
        Book {
            title: "Report".to_string(),
            subtitle: None,
            authors: Vec::new(),
            publisher: None,
            date: None,
            edition: None,
            description: None,
            doi: None,
            isbn: None,
            license: None,
            language: "en-GB".to_string(),
            src: "content".to_string(),
        }
    }
}

/// Where the site goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Build {
    /// Folder of the site, from the project root; "site" where none is given.
    pub build_dir: String,
}

impl Default for Build {
    fn default() -> Build {
        Build { build_dir: "site".to_string() }
    }
}

/// How notes are numbered.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Notes {
    /// Through the report, or anew in each chapter.
    pub numbering: Scope,
}

/// How far something counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scope {
    /// Through the whole report.
    #[default]
    Report,
    /// Anew in each chapter.
    Chapter,
}

/// Bibliography and citation style.
#[derive(Debug, Clone, PartialEq)]
pub struct Citations {
    /// The bibliography, from the project root; "citations.yaml" where none is given.
    pub file: String,
    /// Name of a built-in style or path of a CSL file; "policy-report-notes" where none is given.
    pub style: String,
    /// Where the first full citation and ibid. are counted; per chapter where nothing is given.
    pub scope: Scope,
    /// Groups of the bibliography in order, of [`SOURCE_GROUPS`]; none is one list. What belongs to
    /// no group here stands in a last one.
    pub groups: Vec<&'static str>,
}

impl Default for Citations {
    fn default() -> Citations {
        Citations {
            file: "citations.yaml".to_string(),
            style: "policy-report-notes".to_string(),
            scope: Scope::Chapter,
            groups: Vec::new(),
        }
    }
}

/// The State under review and its law.
#[derive(Debug, Clone, PartialEq)]
pub struct Law {
    /// Folder of the report's own instruments; "instruments" where none is given.
    pub instruments: String,
    /// The State under review, an ISO 3166 alpha-2 code.
    pub state: Option<String>,
    /// The day on which the report's law speaks; see [`Config::law_date`].
    pub date: Option<Date>,
    /// Whether articles named in prose are linked; true where nothing is given.
    pub recognise: bool,
}

impl Default for Law {
    fn default() -> Law {
        let instruments = "instruments".to_string();
        Law { instruments, state: None, date: None, recognise: true }
    }
}

/// How chapters are read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Markdown {
    /// What happens to raw HTML.
    pub html: RawHtml,
}

/// What happens to raw HTML in a chapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RawHtml {
    /// What is unsafe is removed, with a diagnostic.
    #[default]
    Sanitise,
    /// All of it goes to the site as it is.
    Trust,
    /// All of it is shown as text.
    Escape,
}

/// The site.
#[derive(Debug, Clone, PartialEq)]
pub struct Html {
    /// Where the site will be, with a slash at its end; feeds and sitemap need it.
    pub base_url: Option<String>,
    /// Name of the look; "chambers" where none is given.
    pub look: String,
    /// Whether the site has the whole report on one page; where nothing is given, a report has it
    /// that somebody may print.
    pub print: Option<bool>,
    /// Whether the site has a search; true where nothing is given.
    pub search: bool,
}

impl Default for Html {
    fn default() -> Html {
        Html { base_url: None, look: "chambers".to_string(), print: None, search: true }
    }
}

#[cfg(test)]
mod tests;
