//! What a template sees: plain values, the theme author's contract.
//!
//! A template gets four names: `site` ([`Site`]), `words` (the interface strings of
//! [`crate::words::Words`]), `page` ([`Head`]) and one value named after its kind (`chapter`,
//! `register`, `article` …). Every URL is relative to the page that shows it, except those of
//! [`Site`], which are relative to the site's root and are printed after `page.root`. Fields whose
//! name ends in `html` are finished HTML and are printed with `| safe`; all others are plain text.
//! Nothing here has logic, and nothing here knows the report's own types.

mod chapter;
mod front;
mod law;
mod register;
mod site;
mod whole;

pub use chapter::*;
pub use front::*;
pub use law::*;
pub use register::*;
pub use site::*;
pub use whole::*;

use serde::Serialize;

/// A link with its words.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Link {
    /// The words.
    pub label: String,
    /// The address, relative to the page.
    pub url: String,
}

/// A link to a note by its number.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct NoteLink {
    /// The note's number in the report.
    pub number: u32,
    /// Address of the note in its chapter's list, relative to the page.
    pub url: String,
}

/// A finding or a verdict: a word that is never told by colour alone.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Mark {
    /// Stable id, used as a class (`violated`, `mismatch`).
    pub id: String,
    /// The word in the report's language.
    pub word: String,
    /// One character that stands before the word (`■`); may be empty.
    pub shape: String,
}
