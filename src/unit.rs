//! Everything from one file: its front matter, its blocks, its notes.
//!
//! A unit holds no number, no address and nothing of another file, so that it can be made alone, in
//! parallel, and kept by the hash of its text.

use crate::config::FrontMatter;
use crate::diagnostic::Diagnostic;
use crate::document::{Block, NoteDefinition};
use crate::source::FileId;

/// One chapter as written.
#[derive(Debug, Clone)]
pub struct Unit {
    /// The file.
    pub file: FileId,
    /// What stands between `---` at its head.
    pub front: FrontMatter,
    /// The text.
    pub blocks: Vec<Block>,
    /// The note definitions, in the order in which they stand.
    pub notes: Vec<NoteDefinition>,
    /// What was wrong with it, seen alone.
    pub diagnostics: Vec<Diagnostic>,
}
