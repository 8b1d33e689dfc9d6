//! From collected parts to our blocks: callouts, figures, captions, attributes at an end.

use crate::document::{
    Alignment, Attributes, Block, BlockKind, Callout, CalloutKind, Figure, Heading, Inline,
    InlineKind, Item, Named, NoteDefinition, Table,
};
use crate::source::{FileId, Span};

/// A container that is still open, with what it has collected.
#[derive(Debug, Default)]
pub struct Frame {
    pub start: usize,
    /// Holds inlines rather than blocks.
    pub is_inline: bool,
    /// Holds text that is taken as it is.
    pub is_raw: bool,
    pub raw: String,
    pub inlines: Vec<Inline>,
    pub blocks: Vec<Block>,
    pub items: Vec<Item>,
    pub cells: Vec<Vec<Inline>>,
    pub rows: Vec<Vec<Vec<Inline>>>,
    pub columns: Vec<Alignment>,
    pub level: u8,
    pub number: Option<u64>,
    pub done: Option<bool>,
    /// Whether text stood in an item without a paragraph of its own: a tight list.
    pub loose_text: bool,
    /// An address, a language or a label.
    pub word: String,
    pub title: String,
}

/// The kinds of block that end.
pub enum Ended {
    Paragraph,
    Heading,
    Quote,
    Code,
    Html,
    List,
    Table,
    Other,
}

impl Frame {
    pub fn root() -> Frame {
        Frame::default()
    }

    pub fn new(start: usize) -> Frame {
        Frame { start, ..Frame::default() }
    }

    /// The block that this frame has become, or nothing where only what it held counts.
    pub fn into_block(self, ended: &Ended, source: &str, file: FileId) -> Option<BlockKind> {
        match ended {
            Ended::Paragraph => {
                (!self.inlines.is_empty()).then(|| paragraph(self.inlines, source, file))
            }
            Ended::Heading => {
                let mut content = self.inlines;
                let attributes = take_trailing(&mut content, source, file);
                Some(BlockKind::Heading(Box::new(Heading {
                    level: self.level,
                    content,
                    attributes,
                })))
            }
            Ended::Quote => Some(quote(with_captions(self.blocks, source, file), source, file)),
            Ended::Code => Some(BlockKind::Code { language: self.word, text: self.raw }),
            Ended::Html => {
                let end = self.start + self.raw.len();
                let span = Span::new(file, self.start..end.min(source.len()));
                Some(BlockKind::Html(vec![Inline { span, kind: InlineKind::Html(self.raw) }]))
            }
            Ended::List => Some(BlockKind::List {
                start: self.number,
                tight: self.loose_text,
                items: self.items.into_iter().map(|i| captioned(i, source, file)).collect(),
            }),
            Ended::Table => {
                let mut rows = self.rows;
                let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
                Some(BlockKind::Table(Box::new(table(self.columns, head, rows, source, file))))
            }
            Ended::Other => None,
        }
    }

    /// The note definition that this frame has become.
    pub fn into_note(mut self, span: Span, source: &str) -> NoteDefinition {
        let label_start =
            source[span.range()].find("[^").map_or(span.start, |i| span.start + i + 2);
        let label_end = (label_start + self.word.len()).min(source.len());
        let attributes = take_metadata(&mut self.blocks, source);
        NoteDefinition {
            label: Named { text: self.word, span: Span::new(span.file, label_start..label_end) },
            span,
            attributes,
            blocks: with_captions(self.blocks, source, span.file),
        }
    }
}

fn captioned(item: Item, source: &str, file: FileId) -> Item {
    Item { done: item.done, blocks: with_captions(item.blocks, source, file) }
}

/// A paragraph, or a figure where an image is all that it holds.
fn paragraph(mut inlines: Vec<Inline>, source: &str, file: FileId) -> BlockKind {
    let is_image = matches!(inlines.first().map(|i| &i.kind), Some(InlineKind::Image(_)));
    if !is_image {
        return BlockKind::Paragraph(inlines);
    }
    let attributes = take_trailing(&mut inlines, source, file);
    match inlines.pop() {
        Some(Inline { kind: InlineKind::Image(image), span }) if inlines.is_empty() => {
            if image.title.is_empty() && attributes.is_empty() {
                let kind = InlineKind::Image(image);
                return BlockKind::Paragraph(vec![Inline { span, kind }]);
            }
            BlockKind::Figure(Box::new(Figure { image: *image, attributes }))
        }
        last => {
            inlines.extend(last);
            BlockKind::Paragraph(inlines)
        }
    }
}

/// Takes `{…}` off the end of `inlines`, if that is how they end.
pub fn take_trailing(inlines: &mut Vec<Inline>, source: &str, file: FileId) -> Attributes {
    let (Some(first), Some(last)) = (inlines.first(), inlines.last()) else {
        return Attributes::default();
    };
    let range = first.span.start..last.span.end;
    let Some(text) = source.get(range.clone()) else { return Attributes::default() };
    let Some(open) = text.rfind('{') else { return Attributes::default() };
    let at = range.start + open;
    match Attributes::read(source, at, file) {
        Some((attributes, end)) if source[end..range.end.max(end)].trim().is_empty() => {
            cut(inlines, at, range.end);
            trim_end(inlines);
            attributes
        }
        _ => Attributes::default(),
    }
}

/// Takes the metadata off the head of a note's first paragraph.
fn take_metadata(blocks: &mut [Block], source: &str) -> Attributes {
    let Some(Block { kind: BlockKind::Paragraph(inlines), span }) = blocks.first_mut() else {
        return Attributes::default();
    };
    let Some(at) = inlines.first().map(|i| i.span.start) else { return Attributes::default() };
    let Some((attributes, end)) = Attributes::read(source, at, span.file) else {
        return Attributes::default();
    };
    cut(inlines, at, end);
    if let Some(Inline { kind: InlineKind::Text(text), span }) = inlines.first_mut() {
        let trimmed = text.trim_start().to_owned();
        if text.len() == span.end - span.start {
            span.start += text.len() - trimmed.len();
        }
        *text = trimmed;
    }
    drop_empty(inlines);
    attributes
}

/// Removes bytes `start..end` of the source from `inlines`.
fn cut(inlines: &mut Vec<Inline>, start: usize, end: usize) {
    let mut kept = Vec::with_capacity(inlines.len());
    for mut inline in inlines.drain(..) {
        let span = inline.span;
        if span.end <= start || span.start >= end {
            kept.push(inline);
            continue;
        }
        let InlineKind::Text(text) = &mut inline.kind else { continue };
        if text.len() != span.end - span.start {
            continue;
        }
        if span.start < start {
            let head = text[..start - span.start].to_owned();
            let kind = InlineKind::Text(head);
            kept.push(Inline { span: Span::new(span.file, span.start..start), kind });
        }
        if span.end > end {
            let tail = text[end - span.start..].to_owned();
            let kind = InlineKind::Text(tail);
            kept.push(Inline { span: Span::new(span.file, end..span.end), kind });
        }
    }
    *inlines = kept;
}

fn drop_empty(inlines: &mut Vec<Inline>) {
    inlines.retain(|i| !matches!(&i.kind, InlineKind::Text(text) if text.is_empty()));
}

fn trim_end(inlines: &mut Vec<Inline>) {
    while let Some(last) = inlines.last_mut() {
        match &mut last.kind {
            InlineKind::SoftBreak | InlineKind::HardBreak => {
                inlines.pop();
            }
            InlineKind::Text(text) => {
                let length = text.trim_end().len();
                if length == 0 {
                    inlines.pop();
                    continue;
                }
                if text.len() == last.span.end - last.span.start {
                    last.span.end = last.span.start + length;
                }
                text.truncate(length);
                return;
            }
            _ => return,
        }
    }
}

/// A quotation, or the callout that its first line declares.
fn quote(mut blocks: Vec<Block>, source: &str, file: FileId) -> BlockKind {
    let Some(Block { kind: BlockKind::Paragraph(inlines), span }) = blocks.first_mut() else {
        return BlockKind::Quote(blocks);
    };
    let Some((kind, length)) = source.get(span.range()).and_then(callout_word) else {
        return BlockKind::Quote(blocks);
    };
    let end = span.start + length;
    let split = inlines
        .iter()
        .position(|i| matches!(i.kind, InlineKind::SoftBreak | InlineKind::HardBreak))
        .unwrap_or(inlines.len());
    let mut rest = inlines.split_off(split);
    let mut title = std::mem::take(inlines);
    let start = title.first().map_or(span.start, |i| i.span.start);
    cut(&mut title, start, end);
    if let Some(Inline { kind: InlineKind::Text(text), span }) = title.first_mut() {
        let space = text.len() - text.trim_start().len();
        text.drain(..space);
        span.start = (span.start + space).min(span.end);
    }
    drop_empty(&mut title);
    let attributes = take_trailing(&mut title, source, file);
    if !rest.is_empty() {
        rest.remove(0);
    }
    match rest.first() {
        Some(first) => {
            let span = first.span.to(rest[rest.len() - 1].span);
            blocks[0] = Block { span, kind: BlockKind::Paragraph(rest) };
        }
        None => {
            blocks.remove(0);
        }
    }
    BlockKind::Callout(Box::new(Callout { kind, title, attributes, blocks }))
}

/// The kind that `[!kind]` at the head of `text` declares, and its length.
fn callout_word(text: &str) -> Option<(CalloutKind, usize)> {
    let inner = text.strip_prefix("[!")?;
    let close = inner.find(']')?;
    let kind = match inner[..close].to_ascii_lowercase().as_str() {
        "box" => CalloutKind::Box,
        "pullquote" => CalloutKind::PullQuote,
        "note" | "tip" => CalloutKind::Note,
        "warning" | "important" | "caution" => CalloutKind::Warning,
        _ => return None,
    };
    Some((kind, close + 3))
}

fn table(
    columns: Vec<Alignment>,
    head: Vec<Vec<Inline>>,
    mut rows: Vec<Vec<Vec<Inline>>>,
    source: &str,
    file: FileId,
) -> Table {
    let mut table = Table {
        columns,
        head,
        rows: Vec::new(),
        caption: Vec::new(),
        attributes: Attributes::default(),
    };
    // A caption with no blank line before it arrives as one more row.
    let is_caption = rows.last().is_some_and(|row| {
        row.first().is_some_and(|cell| starts_caption(cell, source))
            && row.iter().skip(1).all(Vec::is_empty)
    });
    if is_caption && let Some(mut row) = rows.pop() {
        set_caption(&mut table, row.swap_remove(0), source, file);
    }
    table.rows = rows;
    table
}

fn starts_caption(inlines: &[Inline], source: &str) -> bool {
    inlines.first().is_some_and(|i| source[i.span.start..].starts_with(": "))
}

fn set_caption(table: &mut Table, mut inlines: Vec<Inline>, source: &str, file: FileId) {
    let start = inlines[0].span.start;
    cut(&mut inlines, start, start + 2);
    table.attributes = take_trailing(&mut inlines, source, file);
    table.caption = inlines;
}

/// Joins `: Caption {#tbl-x}` after a table to the table.
pub fn with_captions(blocks: Vec<Block>, source: &str, file: FileId) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        if let (Some(Block { kind: BlockKind::Table(table), span }), BlockKind::Paragraph(inlines)) =
            (joined.last_mut(), &block.kind)
            && table.caption.is_empty()
            && starts_caption(inlines, source)
        {
            set_caption(table, inlines.clone(), source, file);
            *span = span.to(block.span);
            continue;
        }
        joined.push(block);
    }
    joined
}
