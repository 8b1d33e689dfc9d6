//! Everything from one file: its front matter, its blocks, its notes.
//!
//! A unit holds no number, no address and nothing of another file, so that it can be made alone, in
//! parallel, and kept by the hash of its text.

use crate::config::FrontMatter;
use crate::diagnostic::Diagnostic;
use crate::document::{
    Block, BlockKind, Inline, InlineKind, NoteDefinition, Prose, fold_label, plain_text,
    walk_blocks, walk_inlines,
};
use crate::quick::{QuickMap, QuickSet};
use crate::source::{FileId, Span};
use std::borrow::Cow;
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
    /// What of it leads elsewhere.
    pub outward: Outward,
    /// What was wrong with it, seen alone.
    pub diagnostics: Vec<Diagnostic>,
}

/// What leads out of a unit, in reading order, the notes after the text.
#[derive(Debug, Clone, Default)]
pub struct Outward {
    /// Links, by what was written as their target.
    pub links: Vec<(String, Span)>,
    /// Images, figures among them, by the file that they name.
    pub images: Vec<(String, Span)>,
    /// Cross-references, by their label.
    pub references: Vec<(String, Span)>,
    /// Marks of notes that are not defined in the unit.
    pub undefined: Vec<(String, Span)>,
    /// The keys that are cited, each once.
    pub keys: Vec<String>,
    /// Whether there are figures.
    pub has_figures: bool,
}

impl Outward {
    /// Reads blocks and notes.
    pub fn of(blocks: &[Block], notes: &[NoteDefinition]) -> Outward {
        let mut outward = Outward::default();
        let mut keys = QuickSet::default();
        let defined: QuickSet<Cow<str>> =
            notes.iter().map(|note| fold_label(&note.label.text)).collect();
        let lists = std::iter::once(blocks).chain(notes.iter().map(|note| note.blocks.as_slice()));
        for blocks in lists {
            walk_blocks(blocks, &mut |block| {
                if let BlockKind::Figure(figure) = &block.kind {
                    outward.images.push((figure.image.target.clone(), block.span));
                    outward.has_figures = true;
                }
                for list in block.inline_lists() {
                    walk_inlines(list, &mut |inline| outward.inline(inline, &defined, &mut keys));
                }
            });
        }
        outward
    }

    fn inline<'a>(
        &mut self,
        inline: &'a Inline,
        defined: &QuickSet<Cow<str>>,
        keys: &mut QuickSet<&'a str>,
    ) {
        match &inline.kind {
            InlineKind::Link { target, .. } => self.links.push((target.clone(), inline.span)),
            InlineKind::Image(image) => self.images.push((image.target.clone(), inline.span)),
            InlineKind::CrossReference(label) => {
                self.references.push((label.clone(), inline.span));
            }
            InlineKind::NoteReference(label) if !defined.contains(&fold_label(label)) => {
                self.undefined.push((label.clone(), inline.span));
            }
            InlineKind::Citation(cluster) => {
                let cited = cluster.cites.iter().map(|cite| &cite.key.text);
                self.keys.extend(cited.filter(|key| keys.insert(key)).cloned());
            }
            _ => {}
        }
    }
}

/// Every list of inlines as plain text.
#[derive(Debug, Clone, Default)]
pub struct Pieces(QuickMap<(usize, usize), Arc<Prose>>);

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
        self.0.insert(place, Arc::new(Prose::of(list)));
    }

    /// The text of a list; none for one that is empty or of another unit.
    pub fn of_list(&self, list: &[Inline]) -> Option<&Arc<Prose>> {
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
