//! Chapters: `@ch-assembly`, declared by a file's slug.

use super::{Declaration, Kind};
use crate::document::Block;

/// A file of `content/`.
#[derive(Debug)]
pub struct Chapter;

impl Kind for Chapter {
    fn prefix(&self) -> &'static str {
        "ch"
    }

    fn name(&self) -> &'static str {
        "chapter"
    }

    fn declares(&self, _: &Block) -> Option<Declaration> {
        None
    }
}
