//! A number becomes a chapter: what stands in it, before any tool's syntax.
//!
//! A chapter depends on its number alone: chapter 7 of 10 is chapter 7 of 1,000. Chapters are made
//! one at a time, because the peak memory of a measured process counts from that of its parent.

use crate::prose::{self, Random};
use crate::sources::{self, Source};

/// The size of the chapter of a real report that the project was begun with.
pub const WORDS: usize = 7_700;
pub const NOTES: usize = 172;
pub const SOURCES: usize = 57;

/// A chapter of about [`WORDS`] words, with [`NOTES`] notes, [`SOURCES`] sources and a claim for each
/// of [`CLAIMS`].
pub struct Chapter {
    /// From 1.
    pub number: usize,
    pub title: String,
    pub sections: Vec<Section>,
    pub sources: Vec<Source>,
    /// In the order of their calls.
    pub notes: Vec<Note>,
}

pub struct Section {
    pub heading: String,
    pub blocks: Vec<Block>,
}

pub enum Block {
    Paragraph(Vec<Sentence>),
    List(Vec<Sentence>),
}

pub struct Sentence {
    /// With its full stop.
    pub words: String,
    /// The note that it calls: an index into the notes of the chapter.
    pub note: Option<usize>,
    pub claim: Option<Claim>,
}

/// A sentence that says that a right was violated, and names the articles.
pub struct Claim {
    pub right: &'static str,
    pub declared: Declared,
}

/// Where an author writes down that a sentence is a claim.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Declared {
    InItsNote,
    AroundItsWords,
}

/// Words, citations, words.
pub struct Note {
    pub before: String,
    pub citations: Vec<Citation>,
    pub after: &'static str,
    /// The right of the claim that the note declares.
    pub declares: Option<&'static str>,
}

pub struct Citation {
    /// An index into the sources of the chapter.
    pub source: usize,
    /// The first and the last page.
    pub pages: Option<(usize, usize)>,
}

/// What is claimed: the right by its id, and the predicate after a subject in the plural.
pub const CLAIMS: [(&str, &str); 8] = [
    (
        "expression",
        "violate the right to freedom of expression in the ICCPR (Article 19) and in Kazakhstan’s constitution (Article 20)",
    ),
    (
        "assembly",
        "violate the right of peaceful assembly enshrined in the ICCPR (Article 21) and in Kazakhstan’s constitution (Article 32)",
    ),
    ("association", "violate the freedom of association that Article 22 of the ICCPR protects"),
    ("fair-trial", "violate the right to a fair trial as guaranteed in Article 14 of the ICCPR"),
    ("arbitrary-detention", "violate the ban on arbitrary detention in Article 9(1) of the ICCPR"),
    (
        "torture",
        "violate the prohibition of torture in the ICCPR (Article 7) and in the Convention against Torture (Articles 1, 2)",
    ),
    ("religion-or-belief", "violate the freedom of religion in the ICCPR (Article 18)"),
    (
        "elections",
        "violate the right to free elections as enshrined in the UDHR (Article 21) and the ICCPR (Article 25)",
    ),
];

const SUBJECTS: &[&str] = &[
    "These measures",
    "The orders of that summer",
    "Refusals of this kind",
    "The practices described by witnesses",
    "The new rules",
];

const SECTIONS: usize = 10;

/// The chapters of a corpus, one after the other.
pub fn chapters(count: usize) -> impl Iterator<Item = Chapter> {
    (1..=count).map(chapter)
}

/// The chapter of this number.
pub fn chapter(number: usize) -> Chapter {
    let mut random = Random::new(number as u64);
    let sources = sources::of_chapter(&mut random, number, SOURCES);
    let mut writing = Writing { random, words: 0, claims: 0, cited: 0, notes: Vec::new() };
    let title = prose::title(&mut writing.random);
    let headings = prose::headings(&mut writing.random, SECTIONS);
    let sections = headings.into_iter().enumerate();
    let sections = sections.map(|(place, heading)| writing.section(heading, place)).collect();
    Chapter { number, title, sections, sources, notes: writing.notes }
}

/// A chapter while it is being written.
struct Writing {
    random: Random,
    /// The words so far, without those of the notes.
    words: usize,
    claims: usize,
    /// How many of the sources have been cited: always the first ones.
    cited: usize,
    notes: Vec<Note>,
}

impl Writing {
    /// Goes on until the share of the words is reached that belongs to the sections up to this one.
    fn section(&mut self, heading: String, place: usize) -> Section {
        self.words += count(&heading);
        let end = WORDS * (place + 1) / SECTIONS;
        let mut blocks = Vec::new();
        while self.words < end {
            let length = 3 + self.random.below(4);
            let sentences = (0..length).map_while(|_| (self.words < end).then(|| self.sentence()));
            let sentences = sentences.collect();
            blocks.push(match blocks.len() == 3 && place % 3 == 1 {
                true => Block::List(sentences),
                false => Block::Paragraph(sentences),
            });
        }
        Section { heading, blocks }
    }

    fn sentence(&mut self) -> Sentence {
        let is_claim = self.is_due(self.claims, CLAIMS.len());
        let words = match is_claim {
            true => format!("{} {}.", self.random.pick(SUBJECTS), CLAIMS[self.claims].1),
            false => prose::sentence(&mut self.random),
        };
        self.words += count(&words);
        let claim = is_claim.then(|| self.claim());
        // A claim without evidence is a fault.
        let calls = is_claim || self.is_due(self.notes.len(), NOTES);
        let note = calls.then(|| self.note(claim.as_ref()));
        Sentence { words, note, claim }
    }

    /// Whether the next of `all` is due, which are spread evenly over the words of the chapter.
    fn is_due(&self, done: usize, all: usize) -> bool {
        done < all && self.words * all >= done * WORDS
    }

    fn claim(&mut self) -> Claim {
        let (right, _) = CLAIMS[self.claims];
        self.claims += 1;
        let declared = match self.claims.is_multiple_of(2) {
            true => Declared::AroundItsWords,
            false => Declared::InItsNote,
        };
        Claim { right, declared }
    }

    /// Writes the next note and says its index.
    fn note(&mut self, claim: Option<&Claim>) -> usize {
        let mut citations = vec![self.citation(None)];
        let (before, after) = match self.random.below(12) {
            0 => {
                let (role, town) = (prose::role(&mut self.random), prose::town(&mut self.random));
                (format!("Author’s interview with {role}, {town}, March 2019; compare "), "")
            }
            1 => ("On the background, see ".to_owned(), ""),
            2 => (String::new(), " The ministry has not replied to a request for comment."),
            3 | 4 => {
                citations.push(self.citation(Some(citations[0].source)));
                (String::new(), "")
            }
            _ => (String::new(), ""),
        };
        let declares = claim.filter(|claim| claim.declared == Declared::InItsNote);
        let declares = declares.map(|claim| claim.right);
        self.notes.push(Note { before, citations, after, declares });
        self.notes.len() - 1
    }

    /// Cites a source that is due for the first time, or else an earlier one, often the last; never
    /// the one that the same note cites `already`.
    fn citation(&mut self, already: Option<usize>) -> Citation {
        let last = self.notes.last().and_then(|note| note.citations.last());
        let last = last.map_or(0, |citation| citation.source);
        let source = match self.cited * NOTES <= self.notes.len() * SOURCES {
            true => self.cited,
            false if self.random.once_in(6) => last,
            false => self.random.below(self.cited),
        };
        let source = if already == Some(source) { (source + 1) % SOURCES } else { source };
        self.cited = self.cited.max(source + 1);
        let first = 2 + self.random.below(90);
        let pages = match self.random.below(6) {
            0 | 1 => Some((first, first)),
            2 => Some((first, first + 1 + self.random.below(8))),
            _ => None,
        };
        Citation { source, pages }
    }
}

/// The words of a text as a reader counts them.
fn count(text: &str) -> usize {
    text.split_whitespace().count()
}
