//! A manuscript between its own format and our Markdown: blocks, inlines, notes.
//!
//! Every reader gives this tree and the one writer takes it. It holds no offsets: a foreign file
//! has none that an author could go to.

/// A manuscript as read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// The title; none where the manuscript gives none.
    pub title: Option<String>,
    /// The number of the chapter as printed.
    pub number: Option<String>,
    /// A summary: one paragraph under the title.
    pub summary: Option<String>,
    /// The number of the first note where it is not 1.
    pub first_note: Option<u32>,
    /// The number of the first box where it is not 1.
    pub first_box: Option<u32>,
    /// The text.
    pub blocks: Vec<Block>,
    /// The notes in the order in which they are written out.
    pub notes: Vec<Note>,
}

/// The text of a note.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// The label by which the text calls it.
    pub label: String,
    /// What it says; nothing where the manuscript has only its number.
    pub blocks: Vec<Block>,
}

/// A block.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading; level 2 is the first below the chapter's title.
    Heading { level: u8, content: Vec<Inline>, id: Option<String> },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list; with the first number where it is numbered.
    List { start: Option<u64>, items: Vec<Vec<Block>> },
    /// A quotation.
    Quote(Vec<Block>),
    /// A box.
    Box { title: Vec<Inline>, id: Option<String>, content: Vec<Block> },
    /// A block that our dialect names in brackets: `pullquote`, `note`, `warning`.
    Callout { kind: &'static str, title: Vec<Inline>, content: Vec<Block> },
    /// Text that is shown as typed.
    Code { language: String, text: String },
    /// A table; cells are lists of inlines.
    Table { head: Vec<Vec<Inline>>, rows: Vec<Vec<Vec<Inline>>>, caption: Vec<Inline> },
    /// A rule.
    Rule,
}

/// An inline.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Words, not yet escaped.
    Text(String),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Words struck out.
    Struck(Vec<Inline>),
    /// Raised words or figures.
    Raised(Vec<Inline>),
    /// Lowered words or figures.
    Lowered(Vec<Inline>),
    /// Code.
    Code(String),
    /// A link.
    Link { target: String, content: Vec<Inline> },
    /// An image with its alternative text.
    Image { target: String, alt: String },
    /// The mark of the note with this label.
    Note(String),
    /// Markdown that is ours already: a citation, a cross-reference.
    Markdown(String),
    /// A line break.
    Break,
}

/// The words of `inlines` without their marks.
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    plain_into(inlines, &mut out);
    out
}

fn plain_into(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Emphasis(content) | Inline::Strong(content) | Inline::Struck(content) => {
                plain_into(content, out);
            }
            Inline::Raised(content) | Inline::Lowered(content) => plain_into(content, out),
            Inline::Link { content, .. } => plain_into(content, out),
            Inline::Image { alt, .. } => out.push_str(alt),
            Inline::Break => out.push(' '),
            Inline::Note(_) | Inline::Markdown(_) => {}
        }
    }
}
