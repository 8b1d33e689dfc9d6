//! The register of claims in its three orders.

use super::{Download, Link, Mark, NoteLink};
use serde::Serialize;

/// The register.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RegisterView {
    /// `chapter`, `article` or `right`.
    pub order: String,
    /// The same register in each of the three orders: the words and the address of each.
    pub orders: Vec<RegisterOrder>,
    /// Rights that occur, as filters.
    pub rights: Vec<FilterItem>,
    /// Instruments that occur, as filters.
    pub instruments: Vec<FilterItem>,
    /// Findings that occur, as filters.
    pub findings: Vec<FilterItem>,
    /// Claims under their headings: chapters, articles or rights. In the last two orders a claim
    /// stands under each of its articles or rights; `repeated` then marks all but the first.
    pub groups: Vec<RegisterGroup>,
    /// Number of claims.
    pub count: usize,
    /// Rights by chapters; none where there is one chapter.
    pub matrix: Option<Matrix>,
    /// The register as files.
    pub downloads: Vec<Download>,
}

/// An order of the register.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RegisterOrder {
    /// `chapter`, `article` or `right`.
    pub id: String,
    /// The words.
    pub label: String,
    /// The address, relative to the page.
    pub url: String,
}

/// A filter: a right, an instrument or a finding that occurs in the register.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FilterItem {
    /// Id of the vocabulary (`expression`, `iccpr`), of ASCII letters, digits and `-`.
    pub id: String,
    /// The words.
    pub label: String,
    /// Number of claims.
    pub count: usize,
}

/// Claims under one heading.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RegisterGroup {
    /// Id of the heading (`right-expression`, `iccpr-19`, `ch-4`).
    pub id: String,
    /// The heading.
    pub title: String,
    /// Page of what the heading names, if there is one.
    pub url: Option<String>,
    /// The claims in reading order.
    pub rows: Vec<ClaimRow>,
}

/// A claim in full, as the register and an article's page show it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ClaimRow {
    /// The claim's id (`c4-03`), in the register also the id of its row.
    pub id: String,
    /// Number as printed (`4.3`).
    pub number: String,
    /// Where it is made, relative to the page.
    pub url: String,
    /// The claim's words, finished HTML without note markers and ids.
    pub text_html: String,
    /// Its rights, with ids of the vocabulary.
    pub rights: Vec<RightChip>,
    /// Its articles with the verdict on each.
    pub articles: Vec<ArticleChip>,
    /// Ids of its instruments, for filters.
    pub instruments: Vec<String>,
    /// The finding, if one is declared.
    pub finding: Option<Mark>,
    /// Who did it, in words (`Kazakhstan`), if it is declared.
    pub by: Option<String>,
    /// When it happened, in words: a day, or a period that may be open at one end (`2014–`).
    pub period: Option<String>,
    /// Notes that carry its evidence.
    pub notes: Vec<NoteLink>,
    /// Where it is made, in words (`Chapter 4, para. 12`).
    pub place: String,
    /// Whether the row repeats a claim that stands above on the same page; it then has no id.
    pub repeated: bool,
}

/// A right.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RightChip {
    /// Id of the vocabulary.
    pub id: String,
    /// The words.
    pub label: String,
    /// The right in the register by right, if that page is there.
    pub url: Option<String>,
}

/// An article that a claim rests on.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ArticleChip {
    /// As cited (`ICCPR art. 19(3)`).
    pub label: String,
    /// The reference (`iccpr:19(3)`).
    pub reference: String,
    /// Its page, relative to the page.
    pub url: String,
    /// The verdict, where it is worth a word (not for `fits`).
    pub verdict: Option<Mark>,
}

/// Rights by chapters.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Matrix {
    /// The chapters: number (`4`) and address; the title is the accessible name.
    pub columns: Vec<MatrixColumn>,
    /// The rights.
    pub rows: Vec<MatrixRow>,
}

/// A column of the matrix.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MatrixColumn {
    /// Short (`4`).
    pub label: String,
    /// In full (`Chapter 4: Muzzled media`).
    pub title: String,
    /// The chapter, relative to the page.
    pub url: String,
}

/// A row of the matrix.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MatrixRow {
    /// The right, linked to its place in the register by right.
    pub right: Link,
    /// One cell for each column.
    pub cells: Vec<MatrixCell>,
    /// Claims about the right in the whole report.
    pub total: usize,
}

/// A cell of the matrix.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MatrixCell {
    /// Number of claims; 0 leaves the cell empty.
    pub count: usize,
    /// The first of these claims in its chapter, or the register's rows.
    pub url: Option<String>,
    /// 0 to 4: how dark the cell is, by count.
    pub level: u8,
}
