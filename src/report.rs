//! The whole report, placed and bound: every number given, every mention tied to its target.
//!
//! Holds no HTML and knows no template. What could not be bound is simply absent here; the checks
//! see it because the units name it and the report does not.

mod addresses;
mod cited;
mod labels;

pub use addresses::{ADDRESS_FILE, Addresses, published};
pub use cited::{Citation, Cited, Source};
pub use labels::Referent;

use crate::annotation::{Finding, KindRef};
use crate::document::{Block, NoteDefinition, Prose};
use crate::law::{InstrumentId, Reference, Verdict, Via};
use crate::quick::QuickMap;
use crate::source::{FileId, Span};
use crate::unit::Unit;
use labels::Labels;
use std::ops::Range;
use std::sync::Arc;

/// Index into [`Report::chapters`].
pub type ChapterId = usize;

/// Something that belongs to a chapter, by the chapter and its place among its kind there: ids stand
/// in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    /// The chapter.
    pub chapter: ChapterId,
    /// Its place in the chapter's list of its kind.
    pub index: usize,
}

/// One of [`Chapter::notes`].
pub type NoteId = Id;
/// One of [`Chapter::targets`].
pub type TargetId = Id;
/// One of [`Chapter::claims`].
pub type ClaimId = Id;
/// One of [`Chapter::mentions`].
pub type MentionId = Id;

/// The report. What belongs to a chapter stands with the chapter, which is made alone and kept as
/// long as nothing changes that it was made from; here is what spans them.
#[derive(Debug, Default)]
pub struct Report {
    /// The chapters in reading order; the front page first, if there is one.
    pub chapters: Vec<Arc<Chapter>>,
    /// The parts, in reading order.
    pub parts: Vec<Part>,
    /// The sources that are cited, in the order of first citation.
    pub sources: Arc<[Source]>,
    /// The chapters by their file.
    pub by_file: QuickMap<FileId, ChapterId>,
    labels: Labels,
}

/// One piece of prose: a paragraph, a heading, a cell, a caption.
#[derive(Debug)]
pub struct Passage {
    /// The note in which it stands, if it does.
    pub note: Option<NoteId>,
    /// The byte at which its block begins.
    pub block: usize,
    /// Whether it is a heading, whose words make no claim.
    pub is_heading: bool,
    /// Its text.
    pub prose: Arc<Prose>,
}

impl Passage {
    /// The source of `range` of the text, with the note marks that close it.
    pub fn extent(&self, range: &Range<usize>) -> Option<Span> {
        let mut span = self.prose.span(range.clone())?;
        let notes = &self.prose.notes;
        let from = notes.partition_point(|(at, _)| *at < range.end);
        for (_, mark) in notes[from..].iter().take_while(|(at, _)| *at == range.end) {
            if mark.start >= span.end {
                span.end = mark.end;
            }
        }
        Some(span)
    }

    /// The place among the sentences of the one that holds byte `at` of the text.
    pub fn sentence_of(&self, at: usize) -> usize {
        self.prose.sentences().partition_point(|sentence| sentence.range.start <= at).max(1) - 1
    }
}

/// A folder of `content/`.
#[derive(Debug, Clone)]
pub struct Part {
    /// The path of the folder below the content folder.
    pub folder: String,
    /// Its title.
    pub title: String,
}

/// A page of text.
#[derive(Debug)]
pub struct Chapter {
    /// What was written.
    pub unit: Arc<Unit>,
    /// Whether it is the report's own front page.
    pub is_front: bool,
    /// Its name in addresses; empty for the front page.
    pub slug: String,
    /// The page's path below the site's root: `media/`, or nothing for the front page.
    pub path: String,
    /// `4`, `A`, or nothing.
    pub number: Option<String>,
    /// Index into [`Report::parts`].
    pub part: Option<usize>,
    /// Its title.
    pub title: String,
    /// Its language as a BCP 47 tag.
    pub language: String,
    /// Its place among the numbered and unnumbered chapters, from 1; 0 for the front page.
    pub position: usize,
    /// Its notes in the order of their numbers.
    pub notes: Vec<Note>,
    /// The sources that it cites, in the order of first citation.
    pub cited: Vec<Cited>,
    /// The entries of the bibliography that it names, in notes that nothing calls too, by their
    /// place there.
    pub entries: Vec<usize>,
    /// Everything in it that has a name, in reading order: itself first, its notes apart.
    pub targets: Vec<Target>,
    /// Its claims in reading order.
    pub claims: Vec<Claim>,
    /// The articles that it names, in reading order.
    pub mentions: Vec<Mention>,
    /// Laws that it names, with or without an article, in reading order.
    pub names: Vec<NamedLaw>,
    /// Articles that could not be bound, or were bound with a remark: for the checks.
    pub doubts: Vec<Doubt>,
    /// Its pieces of prose in reading order, those of a note after the piece that calls it.
    pub passages: Vec<Passage>,
    /// How many words its text has, notes aside.
    pub words: usize,
    /// What is said of blocks and inlines, by the byte at which they begin.
    pub bindings: Bindings,
}

impl Chapter {
    /// Gives back what room was taken in advance: a report may have very many.
    pub fn shrink(&mut self) {
        for note in &mut self.notes {
            note.references.shrink_to_fit();
        }
        for cited in &mut self.cited {
            cited.citations.shrink_to_fit();
        }
        self.notes.shrink_to_fit();
        self.cited.shrink_to_fit();
        self.targets.shrink_to_fit();
        self.claims.shrink_to_fit();
        self.mentions.shrink_to_fit();
        self.passages.shrink_to_fit();
        self.bindings.marks.shrink_to_fit();
    }
}

/// What resolution found out about the places of one file.
#[derive(Debug, Default)]
pub struct Bindings {
    /// Paragraph numbers.
    pub paragraphs: QuickMap<usize, u32>,
    /// The ids of headings, boxes, figures and tables.
    pub anchors: QuickMap<usize, String>,
    /// The numbers of boxes, figures and tables in their series.
    pub numbers: QuickMap<usize, u32>,
    /// What a note mark, a citation, a cross-reference or a law link stands for.
    pub mentions: QuickMap<usize, Binding>,
    /// Articles and claims to be marked in the text, sorted; they nest and never cross.
    pub marks: Vec<Mark>,
}

/// What an inline stands for; what a cross-reference does, [`Report::target_of`] says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Binding {
    /// A mark of this note, the nth (from 0) in the text.
    Note {
        /// Which note.
        note: NoteId,
        /// Which of its marks.
        occurrence: u32,
    },
    /// A citation in running text that a note style turns into a note of its own.
    OwnNote(NoteId),
    /// A citation that is set where it stands.
    InPlace,
    /// A link to an article by hand.
    Article(MentionId),
    /// A span that is a claim.
    Claim(ClaimId),
}

/// Something marked in running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// From its first to its last byte in the source.
    pub span: Span,
    /// What it is.
    pub kind: MarkKind,
}

/// The kinds of mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// An article's number.
    Article(MentionId),
    /// The words of a claim.
    Claim(ClaimId),
}

/// A note with its number.
#[derive(Debug)]
pub struct Note {
    /// Its number in the series.
    pub number: u32,
    /// The author's label; nothing for a note made from a citation.
    pub label: Option<String>,
    /// The chapter.
    pub chapter: ChapterId,
    /// What it says.
    pub body: NoteBody,
    /// The marks that refer to it, in reading order.
    pub references: Vec<Span>,
    /// The paragraph that holds its first mark, as the byte at which it begins.
    pub called_in: Option<usize>,
}

/// What a note says.
#[derive(Debug, Clone)]
pub enum NoteBody {
    /// The definition with this index in the unit.
    Definition(usize),
    /// A citation that stood in running text.
    Citation(Vec<Block>),
}

impl Note {
    /// What a cross-reference calls it: the author's label, or its number.
    pub fn name(&self) -> String {
        self.label.clone().unwrap_or_else(|| self.number.to_string())
    }

    /// The blocks of the note.
    pub fn blocks<'a>(&'a self, unit: &'a Unit) -> &'a [Block] {
        match &self.body {
            NoteBody::Definition(index) => &unit.notes[*index].blocks,
            NoteBody::Citation(blocks) => blocks,
        }
    }

    /// The definition, unless the note was made from a citation.
    pub fn definition<'a>(&self, unit: &'a Unit) -> Option<&'a NoteDefinition> {
        match &self.body {
            NoteBody::Definition(index) => unit.notes.get(*index),
            NoteBody::Citation(_) => None,
        }
    }

    /// Where it stands in the source.
    pub fn span(&self, unit: &Unit) -> Span {
        match self.definition(unit) {
            Some(definition) => definition.span,
            None => self.references[0],
        }
    }
}

/// Something that can be referred to.
#[derive(Debug)]
pub struct Target {
    /// Its kind.
    pub kind: KindRef,
    /// Its label; one that the author did not give begins with the kind's prefix and its number.
    pub label: String,
    /// The chapter.
    pub chapter: ChapterId,
    /// Its number as printed, where its kind is numbered.
    pub number: Option<String>,
    /// Its title as plain text; may be empty.
    pub title: String,
    /// Its id on the chapter's page; empty for a chapter.
    pub anchor: String,
    /// Whether its label can be referred to: one that nobody gave is the page's alone.
    pub is_named: bool,
    /// Where it is declared.
    pub span: Span,
}

/// An article named in the text.
#[derive(Debug)]
pub struct Mention {
    /// What it names.
    pub reference: Reference,
    /// The chapter.
    pub chapter: ChapterId,
    /// The note in which it is named, if it is.
    pub note: Option<NoteId>,
    /// The words that name it, as written.
    pub text: String,
    /// The number in the source.
    pub span: Span,
    /// The piece of prose in which it stands, one of its chapter's.
    pub passage: usize,
    /// Where in the text of the passage its words begin.
    pub at: usize,
    /// The paragraph in which it stands, as the byte at which the block begins.
    pub paragraph: usize,
    /// How the instrument was found; nothing for a link by hand and for a citation.
    pub via: Option<Via>,
    /// Whether it is a citation of the instrument as a source, `[@iccpr, art. 19]`, whose words are
    /// the style's and not the passage's.
    pub is_citation: bool,
    /// The claim within whose words it stands.
    pub claim: Option<ClaimId>,
}

/// A law that is named.
#[derive(Debug)]
pub struct NamedLaw {
    /// Its id.
    pub instrument: InstrumentId,
    /// The piece of prose, one of its chapter's.
    pub passage: usize,
    /// The name in the text of the passage.
    pub range: Range<usize>,
    /// The name in the source.
    pub span: Span,
}

/// An article of which the recogniser has something to say.
#[derive(Debug)]
pub struct Doubt {
    /// The piece of prose, one of its chapter's; the finding's places are bytes of its text.
    pub passage: usize,
    /// The number in the source.
    pub span: Span,
    /// What the recogniser says.
    pub finding: crate::law::Finding,
}

/// A claim.
#[derive(Debug)]
pub struct Claim {
    /// Its id, which is also its anchor: the author's, or made from chapter and order (`c4-03`).
    pub id: String,
    /// Its number as printed: `4.3`.
    pub number: String,
    /// The chapter.
    pub chapter: ChapterId,
    /// Its words in the source.
    pub span: Span,
    /// Its words as plain text.
    pub text: String,
    /// The ids of the rights that are claimed.
    pub rights: Vec<String>,
    /// What is said to have happened to them.
    pub finding: Option<Finding>,
    /// Who is held responsible: a country code or words.
    pub by: Option<String>,
    /// When it began, as written.
    pub since: Option<String>,
    /// When it happened, as written.
    pub date: Option<String>,
    /// When it ended, as written.
    pub until: Option<String>,
    /// The articles on which it rests, with what can be said of each.
    pub articles: Vec<ClaimArticle>,
    /// Its evidence: the notes inside it.
    pub notes: Vec<NoteId>,
    /// The keys of the sources that its notes cite, each once.
    pub sources: Vec<String>,
    /// Its declaration in the source.
    pub declared: Span,
    /// The paragraph in which it stands, as the byte at which the block begins.
    pub paragraph: usize,
}

/// An article on which a claim rests.
#[derive(Debug, Clone)]
pub struct ClaimArticle {
    /// The article.
    pub reference: Reference,
    /// Whether it is about the right that is claimed.
    pub verdict: Verdict,
    /// The number in the prose, or the reference in `law=`.
    pub span: Span,
    /// The mention in the prose; none for one in `law=`.
    pub mention: Option<MentionId>,
}

impl Report {
    /// A report of `chapters`, in reading order, that cite `sources`.
    pub fn new(chapters: Vec<Arc<Chapter>>, parts: Vec<Part>, sources: Arc<[Source]>) -> Report {
        let mut labels = Labels::default();
        let mut by_file = QuickMap::default();
        for (id, chapter) in chapters.iter().enumerate() {
            by_file.insert(chapter.unit.file, id);
            labels.add(id, chapter);
        }
        Report { chapters, parts, sources, by_file, labels }
    }

    /// The chapter whose file is `file`.
    pub fn chapter_of(&self, file: FileId) -> Option<ChapterId> {
        self.by_file.get(&file).copied()
    }

    /// A note.
    pub fn note(&self, id: NoteId) -> &Note {
        &self.chapters[id.chapter].notes[id.index]
    }

    /// A claim.
    pub fn claim(&self, id: ClaimId) -> &Claim {
        &self.chapters[id.chapter].claims[id.index]
    }

    /// An article that is named.
    pub fn mention(&self, id: MentionId) -> &Mention {
        &self.chapters[id.chapter].mentions[id.index]
    }

    /// The notes in reading order.
    pub fn notes(&self) -> impl Iterator<Item = (NoteId, &Note)> {
        self.each(|chapter| &chapter.notes)
    }

    /// The claims in reading order.
    pub fn claims(&self) -> impl Iterator<Item = (ClaimId, &Claim)> {
        self.each(|chapter| &chapter.claims)
    }

    /// The articles that are named, in reading order.
    pub fn mentions(&self) -> impl Iterator<Item = (MentionId, &Mention)> {
        self.each(|chapter| &chapter.mentions)
    }

    /// How many of something all chapters have.
    pub fn total(&self, count: impl Fn(&Chapter) -> usize) -> usize {
        self.chapters.iter().map(|chapter| count(chapter)).sum()
    }

    fn each<'a, T: 'a>(
        &'a self,
        list: impl Fn(&'a Chapter) -> &'a [T],
    ) -> impl Iterator<Item = (Id, &'a T)> {
        self.chapters.iter().enumerate().flat_map(move |(chapter, it)| {
            let own = list(it).iter().enumerate();
            own.map(move |(index, item)| (Id { chapter, index }, item))
        })
    }

    /// Where `source` is cited, in reading order.
    pub fn citations<'a>(&'a self, source: &'a Source) -> impl Iterator<Item = &'a Citation> {
        let cited = source.places.iter().map(|id| &self.chapters[id.chapter].cited[id.index]);
        cited.flat_map(|cited| &cited.citations)
    }
}
