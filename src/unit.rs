//! Everything from one file: its front matter, its blocks, its notes.
//!
//! A unit holds no number, no address and nothing of another file, so that it can be made alone, in
//! parallel, and kept by the hash of its text.

use crate::config::FrontMatter;
use crate::diagnostic::Diagnostic;
use crate::document::{Block, Inline, NoteDefinition, Prose, Sentence, plain_text, walk_blocks};
use crate::source::FileId;
use std::collections::HashMap;
use std::sync::Arc;

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
    /// The words of its blocks and notes.
    pub pieces: Pieces,
    /// What was wrong with it, seen alone.
    pub diagnostics: Vec<Diagnostic>,
}

/// Every list of inlines as plain text, cut into sentences.
#[derive(Debug, Clone, Default)]
pub struct Pieces(HashMap<(usize, usize), Piece>);

/// One list of inlines as plain text, and its sentences.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Its text.
    pub prose: Arc<Prose>,
    /// Its sentences.
    pub sentences: Arc<[Sentence]>,
}

impl Pieces {
    /// Reads blocks and notes.
    pub fn of(blocks: &[Block], notes: &[NoteDefinition]) -> Pieces {
        let mut pieces = Pieces::default();
        let lists = std::iter::once(blocks).chain(notes.iter().map(|note| note.blocks.as_slice()));
        for blocks in lists {
            walk_blocks(blocks, &mut |block| {
                for list in block.inline_lists() {
                    pieces.add(list);
                }
            });
        }
        pieces
    }

    fn add(&mut self, list: &[Inline]) {
        let Some(place) = place(list) else { return };
        let prose = Prose::of(list);
        let sentences = prose.sentences().into();
        self.0.insert(place, Piece { prose: Arc::new(prose), sentences });
    }

    /// The piece of a list; none for one that is empty or of another unit.
    pub fn of_list(&self, list: &[Inline]) -> Option<&Piece> {
        self.0.get(&place(list)?)
    }
}

/// The bytes between which a list stands.
fn place(list: &[Inline]) -> Option<(usize, usize)> {
    Some((list.first()?.span.start, list.last()?.span.end))
}

impl Unit {
    /// The summary without its markup.
    pub fn summary_text(&self) -> Option<String> {
        Some(plain_text(&self.summary)).filter(|text| !text.is_empty())
    }
}
