//! Paragraphs into a draft: title, headings, boxes, quotations, lists and tables are proposed.

use super::super::Guess;
use super::super::draft::{Block, Draft, Inline};
use super::paragraphs::Paragraph;
use super::pull_quote::pull_quotes;
use super::shape_lists as lists;
use super::shape_words as words;
use super::wrap::ends_sentence;

/// What a paragraph is taken for.
#[derive(Debug, Clone, PartialEq)]
enum Shape {
    Text,
    Heading,
    PullQuote,
    Quote,
    /// The head of a box, with its number and the bytes that these take.
    BoxHead(Option<u32>, usize),
    Bullet,
    Numbered(u64, usize),
    Row,
}

/// A paragraph with its shape.
struct Shaped {
    paragraph: Paragraph,
    shape: Shape,
}

/// Shapes `paragraphs`.
pub fn shape(paragraphs: Vec<Paragraph>, guesses: &mut Vec<Guess>) -> Draft {
    let mut draft = Draft::default();
    let paragraphs = take_head(paragraphs, &mut draft, guesses);
    let shaped = reunite(shapes(paragraphs), guesses);
    let levels = levels(&shaped);
    let mut shaper = Shaper { list: shaped.into_iter().map(Some).collect(), levels, guesses };
    let mut boxes = Vec::new();
    draft.blocks = shaper.blocks(&mut boxes);
    let first = boxes.first().copied().flatten();
    draft.first_box = first.filter(|number| *number > 1);
    draft
}

/// Takes the title, the number and the summary of the chapter off its head.
fn take_head(
    paragraphs: Vec<Paragraph>,
    draft: &mut Draft,
    guesses: &mut Vec<Guess>,
) -> Vec<Paragraph> {
    let mut rest = paragraphs.into_iter().peekable();
    let Some(first) = rest.next_if(words::is_title) else { return rest.collect() };
    let (number, title) = words::numbered_title(&first.plain);
    let mut title = title.to_owned();
    if title.is_empty()
        && let Some(next) = rest.next_if(words::is_title)
    {
        title = next.plain;
    }
    draft.number = number.map(str::to_owned);
    guesses.push(Guess::at(first.line, format!("title of the chapter: “{title}”")));
    if let Some(number) = number {
        guesses.push(Guess::at(first.line, format!("number of the chapter: {number}")));
    }
    draft.title = Some(if title.is_empty() { first.plain.clone() } else { title });
    let rest: Vec<Paragraph> = rest.collect();
    match rest.as_slice() {
        [summary, next, _, ..] if words::is_summary(summary, next) => {
            guesses.push(Guess::at(summary.line, "summary of the chapter, in its front matter"));
            draft.summary = Some(super::super::write::inlines(&summary.content));
            rest.into_iter().skip(1).collect()
        }
        _ => rest,
    }
}

fn shapes(paragraphs: Vec<Paragraph>) -> Vec<Shaped> {
    let pulled = pull_quotes(&paragraphs);
    let mut shapes: Vec<Shape> = Vec::with_capacity(paragraphs.len());
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| &paragraphs[before]);
        let after = paragraphs.get(index + 1);
        let shape = if let Some((number, takes)) = words::box_head(&paragraph.plain) {
            Shape::BoxHead(number, takes)
        } else if pulled[index] {
            Shape::PullQuote
        } else if lists::is_row(paragraph, before, after) {
            Shape::Row
        } else if let Some(shape) = item(paragraph, before, after) {
            shape
        } else if words::is_heading(paragraph, before, after) {
            Shape::Heading
        } else if before.is_some_and(|before| words::is_quote(before, paragraph, after)) {
            Shape::Quote
        } else {
            Shape::Text
        };
        shapes.push(shape);
    }
    // The list ends where a heading would have nothing under it.
    if let Some(last) = shapes.last_mut().filter(|shape| **shape == Shape::Heading) {
        *last = Shape::Text;
    }
    let pairs = paragraphs.into_iter().zip(shapes);
    pairs.map(|(paragraph, shape)| Shaped { paragraph, shape }).collect()
}

/// An item of a list: a bullet, or a number with its neighbour beside it.
fn item(
    paragraph: &Paragraph,
    before: Option<&Paragraph>,
    after: Option<&Paragraph>,
) -> Option<Shape> {
    if super::wrap::starts_item(&paragraph.plain) {
        return Some(Shape::Bullet);
    }
    let (number, takes) = lists::item_number(&paragraph.plain)?;
    let beside = |other: Option<&Paragraph>, due: u64| {
        other.and_then(|other| lists::item_number(&other.plain)).is_some_and(|(n, _)| n == due)
    };
    let has_neighbour = beside(after, number + 1) || number > 0 && beside(before, number - 1);
    has_neighbour.then_some(Shape::Numbered(number, takes))
}

/// Joins a paragraph that a pull quote tears apart; the pull quote goes after it.
fn reunite(list: Vec<Shaped>, guesses: &mut Vec<Guess>) -> Vec<Shaped> {
    let mut out: Vec<Shaped> = Vec::with_capacity(list.len());
    for next in list {
        let is_rest =
            next.shape == Shape::Text && next.paragraph.plain.starts_with(char::is_lowercase);
        let quotes = out.iter().rev().take_while(|s| s.shape == Shape::PullQuote).count();
        let open = out.len().checked_sub(quotes + 1).filter(|at| {
            let head = &out[*at];
            quotes > 0 && head.shape == Shape::Text && !ends_sentence(&head.paragraph.plain)
        });
        match open {
            Some(at) if is_rest => {
                let words = "a paragraph that the pull quote before it tore apart is whole again";
                guesses.push(Guess::at(next.paragraph.line, words));
                out[at].paragraph.append(next.paragraph);
            }
            _ => out.push(next),
        }
    }
    out
}

/// The level of each heading, by its place in the list.
fn levels(list: &[Shaped]) -> Vec<u8> {
    let texts: Vec<Option<&str>> = list
        .iter()
        .map(|s| (s.shape == Shape::Heading).then_some(s.paragraph.plain.as_str()))
        .collect();
    words::levels(&texts)
}

struct Shaper<'a> {
    list: Vec<Option<Shaped>>,
    levels: Vec<u8>,
    guesses: &'a mut Vec<Guess>,
}

impl Shaper<'_> {
    fn blocks(&mut self, boxes: &mut Vec<Option<u32>>) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut at = 0;
        while at < self.list.len() {
            match self.shape(at) {
                Shape::BoxHead(number, takes) => {
                    boxes.push(number);
                    let (block, next) = self.boxed(at, takes);
                    blocks.push(block);
                    at = next;
                }
                _ => {
                    let (block, next) = self.block(at);
                    blocks.extend(block);
                    at = next;
                }
            }
        }
        blocks
    }

    fn shape(&self, at: usize) -> Shape {
        self.list.get(at).and_then(Option::as_ref).map_or(Shape::Text, |s| s.shape.clone())
    }

    fn take(&mut self, at: usize) -> Option<Paragraph> {
        self.list.get_mut(at)?.take().map(|shaped| shaped.paragraph)
    }

    fn tell(&mut self, at: usize, what: &str) {
        if let Some(Some(shaped)) = self.list.get(at) {
            let start: String = shaped.paragraph.plain.chars().take(60).collect();
            let more = if start.len() < shaped.paragraph.plain.len() { "…" } else { "" };
            let words = format!("{what}: “{start}{more}”");
            self.guesses.push(Guess::at(shaped.paragraph.line, words));
        }
    }

    /// The block at `at`, and the place after it.
    fn block(&mut self, at: usize) -> (Option<Block>, usize) {
        match self.shape(at) {
            Shape::Heading => {
                let level = self.levels[at];
                self.tell(at, &format!("heading of level {level}"));
                let heading = |p: Paragraph| Block::Heading { level, content: p.content, id: None };
                (self.take(at).map(heading), at + 1)
            }
            Shape::PullQuote => {
                self.tell(at, "pull quote");
                let quote = |p: Paragraph| Block::Callout {
                    kind: "pullquote",
                    title: Vec::new(),
                    content: vec![Block::Paragraph(p.content)],
                };
                (self.take(at).map(quote), at + 1)
            }
            Shape::Quote => {
                self.tell(at, "block quote");
                let quote = |p: Paragraph| Block::Quote(vec![Block::Paragraph(p.content)]);
                (self.take(at).map(quote), at + 1)
            }
            Shape::Bullet => self.list(at, None),
            Shape::Numbered(first, _) => self.list(at, Some(first)),
            Shape::Row => self.table(at),
            Shape::Text | Shape::BoxHead(..) => {
                (self.take(at).map(|p| Block::Paragraph(p.content)), at + 1)
            }
        }
    }

    fn list(&mut self, at: usize, start: Option<u64>) -> (Option<Block>, usize) {
        self.tell(at, "list");
        let mut items = Vec::new();
        let mut next = at;
        loop {
            let takes = match (self.shape(next), start) {
                (Shape::Bullet, None) => None,
                (Shape::Numbered(n, takes), Some(first)) if n == first + (next - at) as u64 => {
                    Some(takes)
                }
                _ => break,
            };
            let Some(mut paragraph) = self.take(next) else { break };
            lists::cut(&mut paragraph.content, takes);
            items.push(vec![Block::Paragraph(paragraph.content)]);
            next += 1;
        }
        (Some(Block::List { start, items }), next.max(at + 1))
    }

    fn table(&mut self, at: usize) -> (Option<Block>, usize) {
        self.tell(at, "table");
        let end = (at..self.list.len()).find(|i| self.shape(*i) != Shape::Row);
        let end = end.unwrap_or(self.list.len());
        let width = self.list[at].as_ref().map_or(0, |s| lists::columns(&s.paragraph.plain));
        let same = |i: &usize| {
            self.list[*i].as_ref().is_some_and(|s| lists::columns(&s.paragraph.plain) == width)
        };
        let end = (at..end).find(|i| !same(i)).unwrap_or(end);
        let mut rows: Vec<Vec<Vec<Inline>>> =
            (at..end).filter_map(|i| self.take(i)).map(|p| lists::cells(p.content)).collect();
        let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
        (Some(Block::Table { head, rows, caption: Vec::new() }), end.max(at + 1))
    }

    /// The box whose head is at `at`, and the place after it.
    fn boxed(&mut self, at: usize, takes: usize) -> (Block, usize) {
        let mut next = at + 1;
        let mut title = self.take(at).map(|p| (p.line, p.content)).unwrap_or_default();
        lists::cut(&mut title.1, Some(takes));
        if super::super::draft::plain(&title.1).trim().is_empty()
            && self.shape(next) == Shape::Heading
        {
            title.1 = self.take(next).map(|p| p.content).unwrap_or_default();
            next += 1;
        }
        let end = self.box_end(next);
        let words = super::super::draft::plain(&title.1);
        let count = end - next;
        let s = if count == 1 { "" } else { "s" };
        let told = format!("box of {count} paragraph{s}, where it ends is a guess: “{words}”");
        self.guesses.push(Guess::at(title.0, told));
        let mut content = Vec::new();
        while next < end {
            let (block, after) = self.block(next);
            content.extend(block);
            next = after;
        }
        (Block::Box { title: title.1, id: words::identifier("box", &words), content }, next)
    }

    /// Where a box ends: at the next heading, box or pull quote, if one is near.
    fn box_end(&self, from: usize) -> usize {
        const FARTHEST: usize = 8;
        let ends = |at: &usize| {
            matches!(self.shape(*at), Shape::Heading | Shape::BoxHead(..) | Shape::PullQuote)
        };
        let count = self.list.len();
        match (from..count).take(FARTHEST).find(ends) {
            Some(end) => end,
            None if count <= from + 3 => count,
            None => from + 1,
        }
    }
}
