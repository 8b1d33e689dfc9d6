//! Our own tree of blocks and inlines, each with its span in the source.
//!
//! It says what an author wrote and nothing of what it means for the report: no number, no address,
//! no other file. It knows nothing of the parser that made it.

mod attributes;
pub mod html;
mod prose;

pub use attributes::{Attribute, Attributes};
pub use prose::{Prose, Sentence};

use crate::source::Span;
use std::borrow::Cow;

/// A word with its place.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Named {
    /// The word as written.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A block and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// The whole block in the source.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// The kinds of block.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A heading of level 1 to 6.
    Heading(Box<Heading>),
    /// A block quotation.
    Quote(Vec<Block>),
    /// A box, a pull quote, a note or a warning.
    Callout(Box<Callout>),
    /// A list; `start` is the first number of a numbered one.
    List {
        /// The first number, for a numbered list.
        start: Option<u64>,
        /// Whether items are set without paragraph spacing.
        tight: bool,
        /// The items.
        items: Vec<Item>,
    },
    /// A code block with the language of its fence.
    Code {
        /// The first word after the fence, or nothing.
        language: String,
        /// The code.
        text: String,
    },
    /// A table.
    Table(Box<Table>),
    /// An image in a paragraph of its own.
    Figure(Box<Figure>),
    /// A thematic break.
    Rule,
    /// Raw HTML in a block of its own.
    Html(Vec<Inline>),
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// `Some` in a task list: whether it is ticked.
    pub done: Option<bool>,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its words.
    pub content: Vec<Inline>,
    /// `{#sec-media .class}` at its end.
    pub attributes: Attributes,
}

/// The kinds of callout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalloutKind {
    /// `[!box]`: numbered through the report.
    Box,
    /// `[!pullquote]`: words that occur in the chapter, set large.
    PullQuote,
    /// `[!note]`.
    Note,
    /// `[!warning]`.
    Warning,
}

/// A block quote that begins with `[!kind]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Callout {
    /// Which kind.
    pub kind: CalloutKind,
    /// The words after `[!kind]` on its line.
    pub title: Vec<Inline>,
    /// `{#box-id}` after the title.
    pub attributes: Attributes,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// How a table column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// As the language runs.
    Start,
    /// In the middle.
    Center,
    /// Against the far side, as figures are.
    End,
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// One for each column.
    pub columns: Vec<Alignment>,
    /// The heading row.
    pub head: Vec<Vec<Inline>>,
    /// The other rows.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// The line `: Caption {#tbl-x}` under it.
    pub caption: Vec<Inline>,
    /// `{#tbl-x}` at the end of the caption.
    pub attributes: Attributes,
}

/// An image.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    /// The address as written.
    pub target: String,
    /// The words in brackets, as plain text.
    pub alt: String,
    /// The title in quotation marks.
    pub title: String,
}

/// An image in a paragraph of its own, with its caption.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The image.
    pub image: Image,
    /// `{#fig-map}` after it.
    pub attributes: Attributes,
}

/// An inline and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Inline {
    /// The whole of it in the source.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind,
}

/// The kinds of inline.
#[derive(Debug, Clone, PartialEq)]
pub enum InlineKind {
    /// Text. It is *verbatim* when it is as long as its span; else the span stands for the whole.
    Text(String),
    /// Code in back-ticks.
    Code(String),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Struck out.
    Strikethrough(Vec<Inline>),
    /// A link.
    Link {
        /// The address as written.
        target: String,
        /// The title in quotation marks.
        title: String,
        /// Its words.
        content: Vec<Inline>,
    },
    /// An image within text.
    Image(Box<Image>),
    /// `[^label]`.
    NoteReference(String),
    /// `[see @key, p. 14; @other]`, `@key`, `@key [p. 3]`.
    Citation(Cluster),
    /// `@sec-media`: the label with its prefix.
    CrossReference(String),
    /// `[words]{#id .class key=value}`.
    Span {
        /// What was declared.
        attributes: Box<Attributes>,
        /// The words.
        content: Vec<Inline>,
    },
    /// A line end within a paragraph.
    SoftBreak,
    /// A line end that was asked for.
    HardBreak,
    /// A raw HTML tag, or the text of a raw HTML block, as written.
    Html(String),
}

/// One pair of citation brackets, or one bare `@key`.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// The sources, in the order written.
    pub cites: Vec<Cite>,
    /// Without brackets, as a word of the sentence.
    pub bare: bool,
    /// The source text, for the case that it is no citation after all.
    pub text: String,
}

/// One source in a cluster.
#[derive(Debug, Clone, PartialEq)]
pub struct Cite {
    /// The key without `@`.
    pub key: Named,
    /// `-@key`: without the author.
    pub suppress_author: bool,
    /// Words before the key.
    pub prefix: String,
    /// The part of the source that is meant.
    pub locator: Option<Locator>,
    /// Words after the locator.
    pub suffix: String,
}

/// The part of a source that is meant, such as `art. 19(2)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Locator {
    /// The CSL name of the unit: `page`, `article-locator`, `paragraph` …
    pub unit: &'static str,
    /// The number or numbers as written.
    pub value: String,
    /// Where the number stands.
    pub span: Span,
}

/// `[^label]: {metadata} text`, or an inline note `^[text]`.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteDefinition {
    /// The label as written; for an inline note made from its place.
    pub label: Named,
    /// The whole definition.
    pub span: Span,
    /// The metadata at its head.
    pub attributes: Attributes,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A note label as it is compared: Markdown folds case and white space.
pub fn fold_label(label: &str) -> Cow<'_, str> {
    if label.bytes().all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(label);
    }
    let words: Vec<&str> = label.split_whitespace().collect();
    Cow::Owned(words.join(" ").to_lowercase())
}

impl Inline {
    /// The inlines inside this one.
    pub fn children(&self) -> &[Inline] {
        match &self.kind {
            InlineKind::Emphasis(content)
            | InlineKind::Strong(content)
            | InlineKind::Strikethrough(content)
            | InlineKind::Link { content, .. }
            | InlineKind::Span { content, .. } => content,
            _ => &[],
        }
    }
}

impl Block {
    /// The lists of inlines that stand directly in this block, each a piece of prose of its own.
    pub fn inline_lists(&self) -> impl Iterator<Item = &[Inline]> {
        let (one, table) = match &self.kind {
            BlockKind::Paragraph(content) => (Some(content), None),
            BlockKind::Heading(heading) => (Some(&heading.content), None),
            BlockKind::Callout(callout) => (Some(&callout.title), None),
            BlockKind::Table(table) => (Some(&table.caption), Some(table)),
            _ => (None, None),
        };
        let head = table.into_iter().flat_map(|table| &table.head);
        let cells = table.into_iter().flat_map(|table| table.rows.iter().flatten());
        one.into_iter().chain(head).chain(cells).map(Vec::as_slice)
    }

    /// The blocks that stand directly in this block.
    pub fn children(&self) -> impl Iterator<Item = &Block> {
        let (blocks, items): (&[Block], &[Item]) = match &self.kind {
            BlockKind::Quote(blocks) => (blocks, &[]),
            BlockKind::Callout(callout) => (&callout.blocks, &[]),
            BlockKind::List { items, .. } => (&[], items),
            _ => (&[], &[]),
        };
        blocks.iter().chain(items.iter().flat_map(|item| &item.blocks))
    }
}

/// Calls `visit` for every block in reading order, with `depth` blocks around it.
pub fn walk_blocks<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        for child in block.children() {
            walk_blocks(std::slice::from_ref(child), visit);
        }
    }
}

/// Calls `visit` for every inline in reading order, outer ones first.
pub fn walk_inlines<'a>(inlines: &'a [Inline], visit: &mut impl FnMut(&'a Inline)) {
    for inline in inlines {
        visit(inline);
        walk_inlines(inline.children(), visit);
    }
}

/// The words of `inlines` as plain text, without notes and raw HTML.
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_plain(inlines, &mut out);
    out
}

fn push_plain(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => out.push_str(text),
            InlineKind::SoftBreak | InlineKind::HardBreak => out.push(' '),
            InlineKind::Image(image) => out.push_str(&image.alt),
            InlineKind::Citation(cluster) if cluster.bare => out.push_str(&cluster.text),
            _ => push_plain(inline.children(), out),
        }
    }
}
