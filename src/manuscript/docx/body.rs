//! Paragraphs and tables into blocks: headings, lists, quotations, code, boxes.

use super::styles::{Role, numbering};
use super::xml::Element;
use super::{Changes, Reader, runs};
use crate::manuscript::draft::{Block, Inline, plain};

/// A paragraph or a block before neighbours are put together.
enum Item {
    Paragraph { role: Role, list: Option<ListPlace>, content: Vec<Inline> },
    Block(Block),
}

/// Where a paragraph stands in a list.
struct ListPlace {
    key: String,
    level: usize,
    /// The first number of the list; none where it has bullets.
    start: Option<u64>,
}

impl Reader<'_> {
    /// The blocks in `parent`.
    pub fn blocks(&mut self, parent: &Element) -> Vec<Block> {
        let mut items = Vec::new();
        let mut open: Option<Vec<Inline>> = None;
        self.items(parent, &mut items, &mut open);
        if let Some(content) = open {
            items.push(Item::Paragraph { role: Role::Text, list: None, content });
        }
        together(items)
    }

    /// Reads what is in `parent`; `open` is a paragraph whose end is taken out by a tracked change.
    fn items(&mut self, parent: &Element, items: &mut Vec<Item>, open: &mut Option<Vec<Inline>>) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => self.paragraph(element, items, open),
                "tbl" => items.extend(self.table(element).map(Item::Block)),
                "sectPr" | "sdtPr" | "sdtEndPr" | "tblPr" => {}
                "AlternateContent" => {
                    if let Some(choice) = runs::choice(element) {
                        self.items(choice, items, open);
                    }
                }
                _ => self.items(element, items, open),
            }
        }
    }

    fn paragraph(
        &mut self,
        element: &Element,
        items: &mut Vec<Item>,
        open: &mut Option<Vec<Inline>>,
    ) {
        let mut properties = element.child("pPr");
        if self.changes == Changes::Refuse
            && let Some(old) = properties.and_then(|p| p.at(&["pPrChange", "pPr"]))
        {
            properties = Some(old);
        }
        let style = properties.and_then(|p| p.value(&["pStyle"]));
        let role = self.styles.role(style, properties);
        let mut content = open.take().unwrap_or_default();
        content.extend(self.inlines(element));
        let gone = match self.changes {
            Changes::Accept => "del",
            Changes::Refuse => "ins",
        };
        if element.at(&["pPr", "rPr", gone]).is_some() {
            *open = Some(content);
            return;
        }
        trim(&mut content);
        let numbered = properties.and_then(numbering).or_else(|| self.styles.numbering(style?));
        let list = numbered.filter(|(id, _)| id != "0" && role == Role::Text).map(|numbered| {
            let (counts, start) = self.numberings.level(&numbered);
            ListPlace { key: numbered.0, level: numbered.1.min(8), start: counts.then_some(start) }
        });
        match role {
            Role::Contents => self.tell(format!(
                "a line of the table of contents is left out: “{}”",
                plain(&content)
            )),
            Role::Title if self.title.is_none() && !content.is_empty() && !has_notes(&content) => {
                self.title = Some(plain(&content));
            }
            _ if content.is_empty() => {}
            _ => items.push(Item::Paragraph { role, list, content }),
        }
        for content in std::mem::take(&mut self.boxes) {
            if !content.is_empty() {
                self.tell("a text box is taken for a box".to_owned());
                items.push(Item::Block(boxed(content)));
            }
        }
    }

    fn table(&mut self, table: &Element) -> Option<Block> {
        let gone = match self.changes {
            Changes::Accept => "del",
            Changes::Refuse => "ins",
        };
        let rows: Vec<&Element> = table
            .elements()
            .filter(|element| element.name == "tr")
            .filter(|row| row.at(&["trPr", gone]).is_none())
            .collect();
        if let [row] = rows.as_slice()
            && let [cell] = row.elements().filter(|e| e.name == "tc").collect::<Vec<_>>().as_slice()
        {
            self.tell("a table of one cell is taken for a box".to_owned());
            return Some(boxed(self.blocks(cell)));
        }
        let mut read: Vec<Vec<Vec<Inline>>> = Vec::new();
        for row in rows {
            let mut cells = Vec::new();
            for cell in row.elements().filter(|element| element.name == "tc") {
                let blocks = self.blocks(cell);
                cells.push(in_line(&blocks));
                let span =
                    cell.value(&["tcPr", "gridSpan"]).and_then(|v| v.parse().ok()).unwrap_or(1);
                cells.extend((1..usize::min(span, 64)).map(|_| Vec::new()));
            }
            read.push(cells);
        }
        if read.is_empty() {
            return None;
        }
        let head = read.remove(0);
        Some(Block::Table { head, rows: read, caption: Vec::new() })
    }
}

/// Blocks of a cell on one line.
pub fn in_line(blocks: &[Block]) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for block in blocks {
        if !out.is_empty() {
            out.push(Inline::Markdown("<br>".to_owned()));
        }
        match block {
            Block::Paragraph(content) | Block::Heading { content, .. } => {
                out.extend(content.iter().cloned());
            }
            Block::Quote(content) => out.extend(in_line(content)),
            Block::Box { title, content, .. } | Block::Callout { title, content, .. } => {
                out.extend(title.iter().cloned());
                out.extend(in_line(content));
            }
            Block::List { items, .. } => {
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(Inline::Markdown("<br>".to_owned()));
                    }
                    out.push(Inline::Text("• ".to_owned()));
                    out.extend(in_line(item));
                }
            }
            Block::Code { text, .. } => out.push(Inline::Code(text.replace('\n', " "))),
            Block::Table { head, rows, .. } => {
                for cell in head.iter().chain(rows.iter().flatten()) {
                    out.extend(cell.iter().cloned());
                    out.push(Inline::Text(" ".to_owned()));
                }
            }
            Block::Rule => {}
        }
    }
    out
}

/// A box; a short first paragraph is its title.
fn boxed(mut content: Vec<Block>) -> Block {
    let is_title = match content.first() {
        Some(Block::Heading { .. }) => true,
        Some(Block::Paragraph(words)) => {
            let text = plain(words);
            content.len() > 1
                && text.len() < 120
                && !text.ends_with(['.', ':', ';'])
                && !has_notes(words)
        }
        _ => false,
    };
    let title = match content.first() {
        Some(Block::Heading { content, .. } | Block::Paragraph(content)) if is_title => {
            content.clone()
        }
        _ => Vec::new(),
    };
    if is_title {
        content.remove(0);
    }
    Block::Box { title, id: None, content }
}

fn has_notes(content: &[Inline]) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Note(_) => true,
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Struck(inner) => has_notes(inner),
        Inline::Raised(inner) | Inline::Lowered(inner) => has_notes(inner),
        Inline::Link { content, .. } => has_notes(content),
        _ => false,
    })
}

/// Takes blanks off both ends.
pub fn trim(content: &mut Vec<Inline>) {
    while let Some(Inline::Text(text)) = content.first_mut() {
        *text = text.trim_start().to_owned();
        if !text.is_empty() {
            break;
        }
        content.remove(0);
    }
    while matches!(content.last(), Some(Inline::Break)) {
        content.pop();
    }
    while let Some(Inline::Text(text)) = content.last_mut() {
        *text = text.trim_end().to_owned();
        if !text.is_empty() {
            break;
        }
        content.pop();
    }
}

/// Puts neighbours together: items into lists, lines into code, paragraphs into quotations.
fn together(items: Vec<Item>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    // The role of the last block, if the next one may go on with it.
    let mut last = Role::Text;
    let mut list: Vec<(ListPlace, Vec<Inline>)> = Vec::new();
    for item in items {
        let (role, place, content) = match item {
            Item::Paragraph { role, list, content } => (role, list, content),
            Item::Block(block) => {
                blocks.extend(lists(std::mem::take(&mut list)));
                blocks.push(block);
                last = Role::Text;
                continue;
            }
        };
        if let Some(place) = place {
            list.push((place, content));
            last = Role::Text;
            continue;
        }
        blocks.extend(lists(std::mem::take(&mut list)));
        match (role, blocks.last_mut()) {
            (Role::Quote, Some(Block::Quote(inner))) if last == Role::Quote => {
                inner.push(Block::Paragraph(content));
            }
            (Role::Code, Some(Block::Code { text, .. })) if last == Role::Code => {
                text.push('\n');
                text.push_str(&with_breaks(&content));
            }
            (Role::Quote, _) => blocks.push(Block::Quote(vec![Block::Paragraph(content)])),
            (Role::Code, _) if !has_notes(&content) => {
                blocks.push(Block::Code { language: String::new(), text: with_breaks(&content) });
            }
            (Role::Heading(level), _) => blocks.push(Block::Heading { level, content, id: None }),
            _ => blocks.push(Block::Paragraph(content)),
        }
        last = role;
    }
    blocks.extend(lists(list));
    blocks
}

fn with_breaks(content: &[Inline]) -> String {
    let parts = content.iter().map(|inline| match inline {
        Inline::Break => "\n".to_owned(),
        other => plain(std::slice::from_ref(other)),
    });
    parts.collect()
}

/// Items in a row into lists, by level.
fn lists(items: Vec<(ListPlace, Vec<Inline>)>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut rest = items.into_iter().peekable();
    while let Some((first, _)) = rest.peek() {
        let (key, level) = (first.key.clone(), first.level);
        let start = first.start;
        let mut entries: Vec<Vec<Block>> = Vec::new();
        while let Some((place, _)) = rest.peek() {
            if place.level > level && !entries.is_empty() {
                let mut inner = Vec::new();
                while let Some(deeper) = rest.next_if(|(place, _)| place.level > level) {
                    inner.push(deeper);
                }
                if let Some(entry) = entries.last_mut() {
                    entry.extend(lists(inner));
                }
                continue;
            }
            if place.level != level || place.key != key {
                break;
            }
            if let Some((_, content)) = rest.next() {
                entries.push(vec![Block::Paragraph(content)]);
            }
        }
        blocks.push(Block::List { start, items: entries });
    }
    blocks
}
