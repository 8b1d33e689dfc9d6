//! What a chapter has said so far: instruments introduced, the author's own names for them.

use super::piece::{Piece, ends, key_of, pieces};
use super::token::Text;
use crate::law::Law;
use crate::quick::QuickMap;

/// How many names one chapter may define; the rest are left alone.
const MOST_DEFINITIONS: usize = 200;

/// A law that a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// One instrument, by its place in the law.
    Known(usize),
    /// Several at once: “both Covenants”.
    All(Vec<usize>),
    /// One of these; which one cannot be told.
    Ambiguous(Vec<usize>),
    /// An instrument whose listed text was not in force on the report's day.
    OtherVersion(usize),
    /// A law that the registry does not have.
    Other,
}

/// A name that the author defined, in pieces, and the law that it stands for, if it is known.
type Definition = (Vec<Piece>, Option<usize>);

/// Running state within one chapter.
///
/// Give it every paragraph in reading order. A note is read with a fork, so that what it says
/// does not reach the text that follows its mark.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    introduced: Vec<usize>,
    defined: QuickMap<String, Vec<Definition>>,
    definitions: usize,
    in_paragraph: Vec<usize>,
    last: Option<Target>,
    cited: Option<(usize, String)>,
    bare_numbers: bool,
}

impl Scope {
    /// The state at the start of a chapter.
    pub fn new() -> Scope {
        Scope::default()
    }

    /// Says that the document has introduced instrument `id`.
    pub fn introduce(&mut self, law: &Law, id: &str) {
        let place = law.instruments().iter().position(|instrument| &*instrument.id == id);
        if let Some(place) = place {
            self.add(place);
        }
    }

    /// Begins a paragraph: a bare “Article 9” no longer belongs to what was named before.
    pub fn start_paragraph(&mut self) {
        self.in_paragraph.clear();
        self.last = None;
    }

    /// The state for a note that is called at this point: it goes on from the sentence that calls
    /// it, and there `ICCPR 9` is a citation.
    pub fn fork_for_note(&self) -> Scope {
        Scope { bare_numbers: true, ..self.clone() }
    }

    /// Whether a number right after an acronym is an article, as in notes and tables.
    pub fn allow_bare_numbers(&mut self, allow: bool) {
        self.bare_numbers = allow;
    }

    /// Whether `ICCPR 9` is a citation here.
    pub(super) fn reads_bare_numbers(&self) -> bool {
        self.bare_numbers
    }

    pub(super) fn add(&mut self, place: usize) {
        if !self.introduced.contains(&place) {
            self.introduced.push(place);
        }
    }

    pub(super) fn introduced(&self) -> &[usize] {
        &self.introduced
    }

    pub(super) fn in_paragraph(&self) -> &[usize] {
        &self.in_paragraph
    }

    /// Notes a name of the paragraph.
    pub(super) fn note(&mut self, target: &Target) {
        if let Target::Known(place) = target
            && !self.in_paragraph.contains(place)
        {
            self.in_paragraph.push(*place);
        }
    }

    /// What was named last in the paragraph, before the text now read.
    pub(super) fn last(&self) -> Option<&Target> {
        self.last.as_ref()
    }

    pub(super) fn set_last(&mut self, target: Option<Target>) {
        if target.is_some() {
            self.last = target;
        }
    }

    /// The instrument and the article cited last, in any paragraph.
    pub(super) fn cited(&self) -> Option<&(usize, String)> {
        self.cited.as_ref()
    }

    pub(super) fn set_cited(&mut self, place: usize, article: &str) {
        self.cited = Some((place, article.to_string()));
    }

    /// Takes the author's own `name` for a law; `None` for one that the registry does not have.
    pub(super) fn define(&mut self, name: &str, place: Option<usize>) {
        let pieces = pieces(name);
        let Some(first) = pieces.first().map(Piece::key).filter(|key| !key.is_empty()) else {
            return;
        };
        if self.definitions >= MOST_DEFINITIONS {
            return;
        }
        let known = self.defined.entry(first).or_default();
        known.retain(|(other, _)| *other != pieces);
        known.push((pieces, place));
        self.definitions += 1;
    }

    /// What the author's own name at token `i` stands for, and the token after it.
    pub(super) fn definition(&self, text: &Text, i: usize) -> Option<(Option<usize>, usize)> {
        if self.defined.is_empty() {
            return None;
        }
        let known = self.defined.get(key_of(text.word(i)))?;
        let found = known
            .iter()
            .filter_map(|(pieces, place)| Some((*place, ends(pieces, text, i, false)?)));
        found.max_by_key(|(_, end)| *end)
    }
}
