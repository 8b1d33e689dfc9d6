//! The sources that a report cites, and where.

use super::{Chapter, ChapterId, Id, NoteId};
use crate::document::Locator;
use crate::quick::QuickMap;
use crate::source::Span;
use std::sync::Arc;

/// A source with the chapters that cite it.
#[derive(Debug)]
pub struct Source {
    /// Its key: that of an entry, or the id of an instrument.
    pub key: Arc<str>,
    /// Whether it is an instrument of the law rather than an entry of the bibliography.
    pub is_instrument: bool,
    /// The chapters that cite it, in reading order, with its place among [`Chapter::cited`].
    pub places: Vec<Id>,
}

impl Source {
    /// The sources that `chapters` cite, in the order of first citation.
    pub fn all(chapters: &[Arc<Chapter>]) -> Arc<[Source]> {
        let mut sources: Vec<Source> = Vec::new();
        let mut places: QuickMap<&str, usize> = QuickMap::default();
        for (chapter, it) in chapters.iter().enumerate() {
            for (index, cited) in it.cited.iter().enumerate() {
                let source = *places.entry(&cited.key).or_insert_with(|| {
                    let (key, is_instrument) = (Arc::clone(&cited.key), cited.is_instrument);
                    sources.push(Source { key, is_instrument, places: Vec::new() });
                    sources.len() - 1
                });
                sources[source].places.push(Id { chapter, index });
            }
        }
        sources.into()
    }
}

/// A source as one chapter cites it.
#[derive(Debug)]
pub struct Cited {
    /// Its key: that of an entry, or the id of an instrument.
    pub key: Arc<str>,
    /// Whether it is an instrument of the law rather than an entry of the bibliography.
    pub is_instrument: bool,
    /// Where it is cited, in reading order.
    pub citations: Vec<Citation>,
}

/// One citation of a source.
#[derive(Debug, Clone)]
pub struct Citation {
    /// The chapter.
    pub chapter: ChapterId,
    /// The note in which it stands; none for a citation in the text itself.
    pub note: Option<NoteId>,
    /// The key in the source text.
    pub span: Span,
    /// The part of the source that is meant.
    pub locator: Option<Locator>,
}
