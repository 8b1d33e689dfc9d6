//! What is cited where: notes, clusters and cites as the caller hands them in.

/// One source cited at one place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Cite {
    pub key: String,
    /// The kind of part the locator points at; `None` is a page where there is a locator.
    pub label: Option<Locator>,
    /// The pinpoint as typed, without its label: `14–16`, `19(2)`.
    pub locator: String,
    /// Words before the cite, with the marks of [titles](super).
    pub prefix: String,
    /// Words behind the cite.
    pub suffix: String,
    pub mode: Mode,
}

/// How much of the author a cite names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    #[default]
    Normal,
    /// `-@key`: the text has just named the author.
    SuppressAuthor,
    /// `@key`: the author is part of the sentence. Note styles set this as [`Mode::Normal`].
    AuthorInText,
}

/// The kinds of parts a locator can point at, as CSL names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Locator {
    Act,
    Appendix,
    Article,
    Book,
    Canon,
    Chapter,
    Column,
    Equation,
    Figure,
    Folio,
    Issue,
    Line,
    Note,
    Opus,
    Page,
    Paragraph,
    Part,
    Rule,
    Scene,
    Section,
    SubVerbo,
    Supplement,
    Table,
    Timestamp,
    Title,
    Verse,
    Volume,
    /// Words that carry their own label: “annex II”.
    Custom,
}

/// Cites that stand together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Cluster {
    pub cites: Vec<Cite>,
    /// The last character of the text before the cluster, spaces and closing quotation marks left
    /// out; `None` at the start.
    pub before: Option<char>,
    /// The first character of the text behind it, spaces left out; `None` at the end.
    pub after: Option<char>,
}

/// A note with its clusters in order. A note without clusters matters too: it breaks “ibid.”.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Note {
    /// As printed in “(n 12)”. Notes may share a number where each chapter counts anew.
    pub number: u32,
    /// Where a link to the note leads; only handed through.
    pub address: String,
    pub clusters: Vec<Cluster>,
}
