//! Notes: `@note-ban`, declared by `[^ban]: …`.

use super::{Declaration, Kind};
use crate::document::Block;

/// A note.
#[derive(Debug)]
pub struct Note;

impl Kind for Note {
    fn prefix(&self) -> &'static str {
        "note"
    }

    fn name(&self) -> &'static str {
        "note"
    }

    fn series(&self) -> Option<&'static str> {
        Some("note")
    }

    fn declares(&self, _: &Block) -> Option<Declaration> {
        None
    }
}
