//! Markdown into our tree. The only place that names `pulldown_cmark`.
//!
//! Undefined notes: the parser passes an undefined `[^x]` through as text in silence. So every label
//! that occurs is given a stand-in definition *before* the text; references to it then come with
//! their exact place, and what stands before the text is dropped. A label is undefined when the
//! author's own definitions do not have it, which the checks see.

use super::brackets;
use super::build::Frame;
use crate::diagnostic::{Diagnostic, TOO_DEEP};
use crate::document::{Block, BlockKind, Image, Inline, InlineKind, Item, NoteDefinition};
use crate::source::{FileId, Span};
use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// How deep containers may nest; what lies deeper is kept, but flat.
const MAX_DEPTH: usize = 64;

/// What came of one text.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The blocks.
    pub blocks: Vec<Block>,
    /// The note definitions.
    pub notes: Vec<NoteDefinition>,
    /// What was wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses `text` from byte `body` on; spans are bytes of `text`.
pub fn parse(text: &str, body: usize, file: FileId) -> Parsed {
    let head = stand_ins(&text[body..]);
    let source = format!("{head}{}", &text[body..]);
    let mut builder =
        Builder { text, file, frames: vec![Frame::root()], too_deep: 0, parsed: Parsed::default() };
    let mut events = Parser::new_ext(&source, options()).into_offset_iter();
    skip_stand_ins(&mut events, head.len(), |event, range| {
        let place = |offset: usize| (offset + body).saturating_sub(head.len()).max(body);
        builder.take(event, place(range.start)..place(range.end));
    });
    builder.finish()
}

/// Parses `text` as the words of one line, such as a title: emphasis, code and raw HTML count, all
/// else stays as it is written. Every part stands at `span`.
pub fn line(text: &str, span: Span) -> Vec<Inline> {
    // What begins with a letter is a paragraph, never a list or a heading.
    let source = format!("A {}", text.split_whitespace().collect::<Vec<_>>().join(" "));
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_SMART_PUNCTUATION;
    let mut open: Vec<Vec<Inline>> = vec![Vec::new()];
    for (event, range) in Parser::new_ext(&source, options).into_offset_iter() {
        let kind = match event {
            Event::Text(text) if range.start == 0 => {
                InlineKind::Text(text.strip_prefix("A ").unwrap_or_default().to_owned())
            }
            Event::Text(text) => InlineKind::Text(text.into_string()),
            Event::Code(text) => InlineKind::Code(text.into_string()),
            Event::InlineHtml(html) => InlineKind::Html(html.into_string()),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => {
                open.push(Vec::new());
                continue;
            }
            Event::End(end) => {
                let wrap = match end {
                    TagEnd::Emphasis => InlineKind::Emphasis,
                    TagEnd::Strong => InlineKind::Strong,
                    TagEnd::Strikethrough => InlineKind::Strikethrough,
                    _ => continue,
                };
                wrap(open.pop().unwrap_or_default())
            }
            _ => continue,
        };
        if let Some(list) = open.last_mut() {
            list.push(Inline { span, kind });
        }
    }
    open.swap_remove(0)
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
}

/// Stand-in definitions for every `[^label]` in `text`, closed off from what follows.
fn stand_ins(text: &str) -> String {
    let mut labels: Vec<&str> =
        text.match_indices("[^").filter_map(|(at, _)| label(text, at)).collect();
    labels.sort_unstable();
    labels.dedup();
    if labels.is_empty() {
        return String::new();
    }
    let mut head = String::new();
    for label in labels {
        head.push_str(&format!("[^{label}]: \u{1}\n\n"));
    }
    head.push_str("<!---->\n\n");
    head
}

fn label(text: &str, at: usize) -> Option<&str> {
    let rest = &text[at + 2..];
    let end = rest.find([']', '[', '\n'])?;
    let label = &rest[..end];
    (rest[end..].starts_with(']') && !label.trim().is_empty() && end < 1000).then_some(label)
}

/// Hands on the events that start at or after `from`.
fn skip_stand_ins<'a>(
    events: &mut dyn Iterator<Item = (Event<'a>, Range<usize>)>,
    from: usize,
    mut take: impl FnMut(Event<'a>, Range<usize>),
) {
    for (event, range) in events {
        if range.start >= from {
            take(event, range);
        }
    }
}

struct Builder<'a> {
    text: &'a str,
    file: FileId,
    frames: Vec<Frame>,
    /// Containers that were left out because they lie too deep.
    too_deep: usize,
    parsed: Parsed,
}

impl Builder<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }

    fn take(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => self.inline(InlineKind::Code(text.into_string()), range),
            Event::InlineHtml(html) => self.inline(InlineKind::Html(html.into_string()), range),
            Event::Html(html) => self.html(&html, range),
            Event::FootnoteReference(label) => {
                self.inline(InlineKind::NoteReference(label.into_string()), range);
            }
            Event::SoftBreak => self.inline(InlineKind::SoftBreak, range),
            Event::HardBreak => self.inline(InlineKind::HardBreak, range),
            Event::Rule => {
                let span = self.span(range);
                self.block(Block { span, kind: BlockKind::Rule });
            }
            Event::TaskListMarker(done) => {
                if let Some(frame) = self.frames.last_mut() {
                    frame.done = Some(done);
                }
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.inline(InlineKind::Text(text.into_string()), range);
            }
        }
    }

    fn top(&mut self) -> &mut Frame {
        self.frames.last_mut().expect("the root frame is never popped")
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.top().is_raw {
            self.top().raw.push_str(text);
        } else {
            self.inline(InlineKind::Text(text.to_owned()), range);
        }
    }

    fn html(&mut self, html: &str, range: Range<usize>) {
        if self.top().is_raw {
            self.top().raw.push_str(html);
        } else {
            self.inline(InlineKind::Html(html.to_owned()), range);
        }
    }

    fn inline(&mut self, kind: InlineKind, range: Range<usize>) {
        let span = self.span(range);
        self.top().inlines.push(Inline { span, kind });
    }

    fn block(&mut self, block: Block) {
        self.flush_inlines();
        self.top().blocks.push(block);
    }

    /// Text that stands in a list item without a paragraph becomes one.
    fn flush_inlines(&mut self) {
        let frame = self.top();
        if frame.is_inline || frame.inlines.is_empty() {
            return;
        }
        frame.loose_text = true;
        let inlines = std::mem::take(&mut frame.inlines);
        let span = inlines[0].span.to(inlines[inlines.len() - 1].span);
        let content = self.resolve(inlines);
        self.top().blocks.push(Block { span, kind: BlockKind::Paragraph(content) });
    }

    fn resolve(&mut self, inlines: Vec<Inline>) -> Vec<Inline> {
        brackets::resolve(inlines, self.text, self.file, &mut self.parsed.notes)
    }

    fn start(&mut self, tag: Tag, range: Range<usize>) {
        if self.frames.len() > MAX_DEPTH {
            if self.too_deep == 0 {
                self.report_depth(&range);
            }
            self.too_deep += 1;
            return;
        }
        let is_block = !matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        );
        if is_block {
            self.flush_inlines();
        }
        let mut frame = Frame::new(range.start);
        frame.is_inline =
            !is_block || matches!(tag, Tag::Paragraph | Tag::Heading { .. } | Tag::TableCell);
        match tag {
            Tag::CodeBlock(kind) => {
                frame.is_raw = true;
                if let CodeBlockKind::Fenced(info) = kind {
                    frame.word = info.split([' ', ',', '{']).next().unwrap_or_default().to_owned();
                }
            }
            Tag::HtmlBlock => frame.is_raw = true,
            Tag::Heading { level, .. } => frame.level = level as u8,
            Tag::List(start) => frame.number = start,
            Tag::FootnoteDefinition(label) => frame.word = label.into_string(),
            Tag::Table(columns) => frame.columns = columns.into_iter().map(column).collect(),
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                frame.word = format!("mailto:{dest_url}");
            }
            Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. } => {
                frame.word = dest_url.into_string();
                frame.title = title.into_string();
            }
            _ => {}
        }
        self.frames.push(frame);
    }

    fn report_depth(&mut self, range: &Range<usize>) {
        let span = self.span(range.clone());
        self.parsed.diagnostics.push(
            Diagnostic::new(
                &TOO_DEEP,
                span,
                format!("more than {MAX_DEPTH} levels are nested here"),
            )
            .help("set the text on fewer levels; what lies deeper is shown without its levels"),
        );
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        if self.frames.len() < 2 {
            return;
        }
        self.flush_inlines();
        let mut frame = self.frames.pop().unwrap_or_else(Frame::root);
        let span = self.span(frame.start..range.end.max(frame.start));
        if frame.is_inline {
            let inlines = std::mem::take(&mut frame.inlines);
            frame.inlines = self.resolve(inlines);
        }
        match tag {
            TagEnd::Emphasis => self.push_inline(span, InlineKind::Emphasis(frame.inlines)),
            TagEnd::Strong => self.push_inline(span, InlineKind::Strong(frame.inlines)),
            TagEnd::Strikethrough => {
                self.push_inline(span, InlineKind::Strikethrough(frame.inlines));
            }
            TagEnd::Link => {
                let kind = InlineKind::Link {
                    target: frame.word,
                    title: frame.title,
                    content: frame.inlines,
                };
                self.push_inline(span, kind);
            }
            TagEnd::Image => {
                let alt = crate::document::plain_text(&frame.inlines);
                let image = Image { target: frame.word, alt, title: frame.title };
                self.push_inline(span, InlineKind::Image(Box::new(image)));
            }
            TagEnd::Item => {
                let list = self.top();
                list.loose_text |= frame.loose_text;
                list.items.push(Item { done: frame.done, blocks: frame.blocks });
            }
            TagEnd::TableCell => self.top().cells.push(frame.inlines),
            TagEnd::TableHead | TagEnd::TableRow => self.top().rows.push(frame.cells),
            TagEnd::FootnoteDefinition => {
                let note = frame.into_note(span, self.text);
                self.parsed.notes.push(note);
            }
            _ => {
                let kind = frame.into_block(&tag_kind(tag), self.text, self.file);
                if let Some(kind) = kind {
                    self.block(Block { span, kind });
                }
            }
        }
    }

    fn push_inline(&mut self, span: Span, kind: InlineKind) {
        self.top().inlines.push(Inline { span, kind });
    }

    fn finish(mut self) -> Parsed {
        self.flush_inlines();
        let mut root = self.frames.swap_remove(0);
        self.parsed.blocks =
            super::build::with_captions(std::mem::take(&mut root.blocks), self.text, self.file);
        self.parsed.notes.sort_by_key(|note| note.span.start);
        self.parsed
    }
}

fn column(alignment: Alignment) -> crate::document::Alignment {
    match alignment {
        Alignment::None | Alignment::Left => crate::document::Alignment::Start,
        Alignment::Center => crate::document::Alignment::Center,
        Alignment::Right => crate::document::Alignment::End,
    }
}

/// The kind of block that ends, in our words.
fn tag_kind(tag: TagEnd) -> super::build::Ended {
    use super::build::Ended;
    match tag {
        TagEnd::Paragraph => Ended::Paragraph,
        TagEnd::Heading(_) => Ended::Heading,
        TagEnd::BlockQuote(_) => Ended::Quote,
        TagEnd::CodeBlock => Ended::Code,
        TagEnd::HtmlBlock => Ended::Html,
        TagEnd::List(_) => Ended::List,
        TagEnd::Table => Ended::Table,
        _ => Ended::Other,
    }
}
