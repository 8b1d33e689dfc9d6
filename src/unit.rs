//! Everything from one file: its front matter, its blocks, its notes.
//!
//! A unit holds no number, no address and nothing of another file, so that it can be made alone, in
//! parallel, and kept by the hash of its text.

use crate::config::FrontMatter;
use crate::diagnostic::Diagnostic;
use crate::document::{Block, Inline, NoteDefinition, plain_text};
use crate::source::FileId;

/// One chapter as written.
#[derive(Debug, Clone)]
pub struct Unit {
    /// The file.
    pub file: FileId,
    /// What stands between `---` at its head.
    pub front: FrontMatter,
    /// The title that stands there; empty where there is none.
    pub title: Vec<Inline>,
    /// The summary that stands there; empty where there is none.
    pub summary: Vec<Inline>,
    /// The text.
    pub blocks: Vec<Block>,
    /// The note definitions, in the order in which they stand.
    pub notes: Vec<NoteDefinition>,
    /// What was wrong with it, seen alone.
    pub diagnostics: Vec<Diagnostic>,
}

impl Unit {
    /// The summary without its markup.
    pub fn summary_text(&self) -> Option<String> {
        Some(plain_text(&self.summary)).filter(|text| !text.is_empty())
    }
}
