//! Everything from one file: its front matter, its blocks, its notes.
//!
//! A unit holds no number, no address and nothing of another file, so that it can be made alone, in
//! parallel, and kept by the hash of its text.

use crate::config::FrontMatter;
use crate::diagnostic::Diagnostic;
use crate::document::{Attributes, Block, Named};
use crate::source::{FileId, Span};

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

/// `[^label]: {metadata} text`, or an inline note `^[text]`.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteDefinition {
    /// The label as written; for an inline note made from its place.
    pub label: Named,
    /// The whole definition.
    pub span: Span,
    /// The metadata at its head.
    pub attributes: Attributes,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A note label as it is compared: Markdown folds case and white space.
pub fn fold_label(label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
