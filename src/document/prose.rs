//! One piece of prose as plain text, with the way back to the source.
//!
//! What recognises articles and rights reads plain text; what reports and links needs places in the
//! file. Code, citations and notes are in the text only as far as a reader hears them, and marked as
//! *masked* where nothing may be recognised; the words of links are read and marked as *linked*.

use super::{Cluster, Inline, InlineKind, Locator, plain_text};
use crate::source::Span;
use std::ops::Range;
use std::sync::OnceLock;
use unicode_segmentation::UnicodeSegmentation;

/// Plain text of a list of inlines with a map to the source.
#[derive(Debug, Clone, Default)]
pub struct Prose {
    /// The text as a reader hears it.
    pub text: String,
    /// Sorted ranges of `text` in which nothing may be recognised.
    pub masked: Vec<Range<usize>>,
    /// Sorted ranges of `text` that are a link already: to be read, but not to be linked again.
    pub linked: Vec<Range<usize>>,
    /// Notes: where in `text` they are called, and the span of the call.
    pub notes: Vec<(usize, Span)>,
    /// Parts of sources that are cited: where in `text`, the key, and the part.
    pub cites: Vec<(usize, String, Locator)>,
    pieces: Vec<Piece>,
    sentences: OnceLock<Box<[Sentence]>>,
}

/// A run of `text` that stands for `span`.
#[derive(Debug, Clone)]
struct Piece {
    start: usize,
    length: usize,
    span: Span,
}

impl Piece {
    /// Whether byte n of the run is byte n of the span.
    fn is_verbatim(&self) -> bool {
        self.length == self.span.end - self.span.start
    }
}

/// One sentence of a [`Prose`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes in the text, without white space around it.
    pub range: Range<usize>,
}

impl Prose {
    /// Flattens `inlines`.
    pub fn of(inlines: &[Inline]) -> Prose {
        let mut prose = Prose::default();
        prose.push_all(inlines, false);
        prose.shrink();
        prose
    }

    /// Gives back what room was taken in advance.
    fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.masked.shrink_to_fit();
        self.linked.shrink_to_fit();
        self.notes.shrink_to_fit();
        self.cites.shrink_to_fit();
        self.pieces.shrink_to_fit();
    }

    fn push_all(&mut self, inlines: &[Inline], masked: bool) {
        for inline in inlines {
            self.push(inline, masked);
        }
    }

    fn push(&mut self, inline: &Inline, masked: bool) {
        match &inline.kind {
            InlineKind::Text(text) => self.add(text, inline.span, masked),
            InlineKind::SoftBreak | InlineKind::HardBreak => self.add(" ", inline.span, masked),
            InlineKind::Code(text) => self.add(text, inline.span, true),
            InlineKind::Image(image) => self.add(&image.alt, inline.span, true),
            InlineKind::Link { target, content, .. } => {
                let start = self.text.len();
                self.push_all(content, masked || !is_read(target, content));
                self.linked.push(start..self.text.len());
            }
            InlineKind::NoteReference(_) => self.notes.push((self.text.len(), inline.span)),
            InlineKind::Citation(cluster) if cluster.bare => {
                self.cite(cluster);
                self.add(&cluster.text, inline.span, true);
            }
            InlineKind::CrossReference(label) => self.add(label, inline.span, true),
            InlineKind::Citation(cluster) => {
                self.close_up();
                self.cite(cluster);
            }
            InlineKind::Html(_) => {}
            _ => self.push_all(inline.children(), masked),
        }
    }

    fn cite(&mut self, cluster: &Cluster) {
        for cite in &cluster.cites {
            if let Some(locator) = &cite.locator {
                self.cites.push((self.text.len(), cite.key.text.clone(), locator.clone()));
            }
        }
    }

    fn add(&mut self, text: &str, span: Span, masked: bool) {
        let start = self.text.len();
        self.text.push_str(text);
        let end = self.text.len();
        self.pieces.push(Piece { start, length: end - start, span });
        if !masked {
            return;
        }
        match self.masked.last_mut() {
            Some(last) if last.end == start => last.end = end,
            _ => self.masked.push(start..end),
        }
    }

    /// Takes back the space before a citation, which a reader does not hear.
    fn close_up(&mut self) {
        let Some(last) = self.pieces.last_mut() else { return };
        if last.length == 0 || !last.is_verbatim() || !self.text.ends_with(' ') {
            return;
        }
        self.text.pop();
        last.length -= 1;
        last.span.end -= 1;
        if let Some(masked) = self.masked.last_mut() {
            masked.end = masked.end.min(self.text.len());
        }
    }

    /// The place in the source of bytes `range` of the text.
    pub fn span(&self, range: Range<usize>) -> Option<Span> {
        let first = self.piece_at(range.start)?;
        let last = self.piece_at(range.end.saturating_sub(1).max(range.start))?;
        let start = match first.is_verbatim() {
            true => first.span.start + (range.start - first.start),
            false => first.span.start,
        };
        let end = match last.is_verbatim() {
            true => last.span.start + (range.end - last.start).min(last.length),
            false => last.span.end,
        };
        Some(Span::new(first.span.file, start..end))
    }

    /// The bytes of the text that stand for what lies inside `span`.
    pub fn range_within(&self, span: Span) -> Option<Range<usize>> {
        // Pieces stand in the order of the source.
        let from = self.pieces.partition_point(|piece| piece.span.start < span.start);
        let inside = self.pieces[from..].iter().take_while(|piece| piece.span.start < span.end);
        let mut inside = inside.filter(|piece| span.contains(piece.span));
        let first = inside.next()?;
        let last = inside.last().unwrap_or(first);
        Some(first.start..last.start + last.length)
    }

    /// Whether some of `range` is a link already.
    pub fn is_linked(&self, range: &Range<usize>) -> bool {
        let next = self.linked.partition_point(|link| link.end <= range.start);
        self.linked.get(next).is_some_and(|link| link.start < range.end)
    }

    fn piece_at(&self, offset: usize) -> Option<&Piece> {
        let index = self.pieces.partition_point(|piece| piece.start <= offset);
        self.pieces[..index].iter().rev().find(|piece| piece.length > 0)
    }

    /// The sentences, in order. Abbreviations and initials do not end one. Most prose is never asked
    /// for them; they are sought once.
    pub fn sentences(&self) -> &[Sentence] {
        self.sentences.get_or_init(|| self.cut())
    }

    fn cut(&self) -> Box<[Sentence]> {
        let mut sentences: Vec<Range<usize>> = Vec::new();
        let mut open = false;
        for (start, piece) in self.text.split_sentence_bound_indices() {
            let end = start + piece.len();
            match sentences.last_mut() {
                Some(last) if open => last.end = end,
                _ => sentences.push(start..end),
            }
            open = ends_in_abbreviation(piece);
        }
        sentences.into_iter().filter_map(|range| trim(&self.text, range)).collect()
    }
}

/// Whether a link's words are prose: not a link to the law by hand, not an address shown as itself.
fn is_read(target: &str, content: &[Inline]) -> bool {
    let words = plain_text(content);
    let shows_address = words == target || words.contains("://") || words.starts_with("www.");
    !target.starts_with("law:") && !shows_address
}

fn trim(text: &str, range: Range<usize>) -> Option<Sentence> {
    let piece = &text[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    let end = range.start + piece.trim_end().len();
    (start < end).then_some(Sentence { range: start..end })
}

/// Words that end in a full stop without ending a sentence.
const ABBREVIATIONS: &[&str] = &[
    "art", "arts", "dr", "mr", "mrs", "ms", "prof", "st", "no", "nos", "para", "paras", "p", "pp",
    "ch", "vol", "ed", "eds", "cf", "e.g", "i.e", "etc", "vs", "v", "fig", "gen", "col", "lt",
    "sen", "rep", "gov", "inc", "ltd", "co", "approx", "ca", "ibid", "al", "sec", "ст", "п", "гл",
    "г", "см", "т.е", "т.д", "б",
];

fn ends_in_abbreviation(piece: &str) -> bool {
    let Some(words) = piece.trim_end().strip_suffix('.') else { return false };
    let last = words.rsplit(|c: char| c.is_whitespace() || "([{‘“«".contains(c)).next();
    let last = last.unwrap_or_default();
    let is_initial = last.chars().count() == 1 && last.chars().all(char::is_uppercase);
    is_initial || ABBREVIATIONS.contains(&last.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn text(words: &str, range: Range<usize>) -> Inline {
        Inline { span: Span::new(FileId(0), range), kind: InlineKind::Text(words.into()) }
    }

    #[test]
    fn spans_lead_back_through_smart_marks() {
        let prose =
            Prose::of(&[text("Kazakhstan", 10..20), text("’", 20..21), text("s law", 21..26)]);
        assert_eq!(prose.text, "Kazakhstan’s law");
        assert_eq!(prose.span(0..13).unwrap().range(), 10..21);
        assert_eq!(prose.span(13..18).unwrap().range(), 21..26);
    }

    #[test]
    fn sentences_survive_abbreviations() {
        let words = "See Art. 19 of the law. Mr. Smith denied it. J. Doe agreed (e.g. Twice). End";
        let prose = Prose::of(&[text(words, 0..words.len())]);
        let found: Vec<_> = prose.sentences().iter().map(|s| &words[s.range.clone()]).collect();
        assert_eq!(
            found,
            [
                "See Art. 19 of the law.",
                "Mr. Smith denied it.",
                "J. Doe agreed (e.g. Twice).",
                "End"
            ]
        );
    }
}
