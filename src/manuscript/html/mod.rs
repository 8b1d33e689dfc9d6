//! A web page into a [`Draft`]: its text, its notes, its tables; what is no text is told of.
//!
//! It must not fetch anything: an image that is not beside the page stays an address.

mod dom;
mod inlines;
mod notes;
#[cfg(test)]
mod tests;

use super::draft::{Block, Draft, Inline, Note, plain};
use super::images::Gallery;
use super::{Guess, Refusal, Taken, docx, title};
use dom::Dom;
use notes::Notes;
use std::collections::{BTreeMap, HashSet};

struct Page<'a> {
    dom: &'a Dom,
    notes: &'a Notes,
    /// Whether a node holds a block.
    holds_block: Vec<bool>,
    /// The texts of notes, which have their own place.
    texts: HashSet<usize>,
    /// How many elements of each kind without words are left out.
    left_out: BTreeMap<String, usize>,
    /// The note whose text is read.
    inside: Option<usize>,
    gallery: Gallery<'a>,
    guesses: Vec<Guess>,
}

/// Reads a page.
pub fn read(text: &str, gallery: Gallery) -> Result<Taken, Refusal> {
    let dom = Dom::parse(text).map_err(Refusal)?;
    let notes = Notes::of(&dom);
    let mut page = Page {
        dom: &dom,
        notes: &notes,
        holds_block: holds_block(&dom),
        texts: notes.texts.iter().copied().collect(),
        left_out: BTreeMap::new(),
        inside: None,
        gallery,
        guesses: Vec::new(),
    };
    let main = page.main();
    let blocks = page.blocks(&[main]);
    let texts = page.note_texts();
    page.tell_of_left_out();
    let mut draft = Draft {
        blocks: without_notes_heading(blocks, &mut page.guesses),
        notes: texts,
        ..Draft::default()
    };
    title::take(&mut draft, &mut page.guesses);
    if draft.title.is_none() {
        draft.title = page.head_title();
    }
    Ok(Taken { draft, images: page.gallery.into_images(), guesses: page.guesses })
}

/// Elements that begin a block.
const BLOCKS: &[&str] = &[
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "table",
    "hr",
    "figure",
    "figcaption",
    "dl",
    "dt",
    "dd",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "details",
    "summary",
    "form",
    "center",
    "address",
    "body",
    "html",
    "nav",
    "fieldset",
    "tr",
    "td",
    "th",
    "tbody",
    "thead",
    "tfoot",
    "caption",
];

fn holds_block(dom: &Dom) -> Vec<bool> {
    let mut holds = vec![false; dom.nodes.len()];
    // Nodes stand after what holds them.
    for (index, node) in dom.nodes.iter().enumerate().rev() {
        if let Some(parent) = node.parent {
            holds[parent] |= holds[index] || BLOCKS.contains(&node.name.as_str());
        }
    }
    holds
}

impl Page<'_> {
    fn tell(&mut self, words: String) {
        self.guesses.push(Guess::whole(words));
    }

    /// The element that is the text: the only `main` or `article`, else all of the page.
    fn main(&mut self) -> usize {
        for name in ["main", "article"] {
            let found: Vec<usize> =
                (0..self.dom.nodes.len()).filter(|index| self.dom.name(*index) == name).collect();
            let inside =
                |text: &usize| self.dom.ancestors(*text).any(|p| Some(&p) == found.first());
            if let [one] = found.as_slice()
                && self.notes.marks.keys().all(inside)
                && self.notes.texts.iter().all(inside)
            {
                self.tell_of_outside(*one);
                return *one;
            }
        }
        (0..self.dom.nodes.len()).find(|index| self.dom.name(*index) == "body").unwrap_or(0)
    }

    /// Tells of the words outside of the element that is the text.
    fn tell_of_outside(&mut self, main: usize) {
        let around: Vec<usize> = self.dom.ancestors(main).collect();
        let mut beside = Vec::new();
        for parent in &around {
            for child in &self.dom.nodes[*parent].children {
                let is_head =
                    matches!(self.dom.name(*child), "head" | "script" | "style" | "template");
                if *child != main && !around.contains(child) && !is_head {
                    beside.push(*child);
                }
            }
        }
        for node in beside {
            let words = words(&self.dom.text(node));
            if !words.is_empty() {
                self.tell(format!("outside of the text and left out: “{words}”"));
            }
        }
    }

    /// Whether a node has no place in the chapter; told of where it has words.
    fn leave_out(&mut self, index: usize) -> bool {
        if self.notes.backlinks.contains(&index)
            || self.texts.contains(&index) && self.inside != Some(index)
        {
            return true;
        }
        let name = self.dom.name(index).to_owned();
        let has_role = |role: &str| self.dom.attribute(index, "role") == Some(role);
        let is_machine = matches!(
            name.as_str(),
            "script"
                | "style"
                | "template"
                | "head"
                | "noscript"
                | "iframe"
                | "object"
                | "embed"
                | "svg"
                | "canvas"
                | "video"
                | "audio"
                | "link"
                | "meta"
        );
        let is_chrome = matches!(name.as_str(), "nav" | "button" | "input" | "select" | "textarea")
            || has_role("navigation")
            || has_role("search")
            || [
                "mw-editsection",
                "toc",
                "noprint",
                "sharedaddy",
                "screen-reader-text",
                "mw-cite-backlink",
            ]
            .iter()
            .any(|class| self.dom.has_class(index, class))
            || self.dom.attribute(index, "id") == Some("toc");
        if is_machine {
            *self.left_out.entry(name).or_default() += 1;
            return true;
        }
        if is_chrome {
            let text = words(&self.dom.text(index));
            let is_backlink = self.dom.has_class(index, "mw-cite-backlink");
            if !text.is_empty() && !is_backlink {
                let what =
                    if name == "nav" { "navigation" } else { "a part of the page that is no text" };
                self.tell(format!("{what} is left out: “{text}”"));
            }
            return true;
        }
        false
    }

    fn tell_of_left_out(&mut self) {
        let counts = std::mem::take(&mut self.left_out);
        for (name, count) in counts.into_iter().filter(|(name, _)| name != "head") {
            let s = if count == 1 { "" } else { "s" };
            self.tell(format!("{count} `{name}` element{s} left out"));
        }
    }

    /// The blocks of `nodes`; inlines between blocks are paragraphs.
    fn blocks(&mut self, nodes: &[usize]) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut run: Vec<usize> = Vec::new();
        for node in nodes {
            let is_block = BLOCKS.contains(&self.dom.name(*node)) || self.holds_block[*node];
            if !is_block {
                run.push(*node);
                continue;
            }
            self.flush(&mut run, &mut blocks);
            if !self.leave_out(*node) {
                self.block(*node, &mut blocks);
            }
        }
        self.flush(&mut run, &mut blocks);
        blocks
    }

    fn flush(&mut self, run: &mut Vec<usize>, blocks: &mut Vec<Block>) {
        let content = self.inlines(&std::mem::take(run));
        if !content.is_empty() {
            blocks.push(Block::Paragraph(content));
        }
    }

    fn block(&mut self, index: usize, out: &mut Vec<Block>) {
        let dom = self.dom;
        let children = dom.nodes[index].children.as_slice();
        match dom.name(index) {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = dom.name(index).as_bytes()[1] - b'0';
                let content = self.inlines(children);
                if !content.is_empty() {
                    out.push(Block::Heading { level, content, id: None });
                }
            }
            "ul" | "ol" => out.extend(self.list(index)),
            "blockquote" => {
                let content = self.blocks(children);
                if !content.is_empty() {
                    out.push(Block::Quote(content));
                }
            }
            "pre" => {
                let text = dom.text(index);
                let language = dom.attribute(index, "class").unwrap_or_default();
                let language = language.trim_start_matches("sourceCode").trim().to_owned();
                out.push(Block::Code { language, text: text.trim_matches('\n').to_owned() });
            }
            "table" => self.table(index, out),
            "hr" => out.push(Block::Rule),
            "p" => {
                if self.holds_block[index] {
                    out.extend(self.blocks(children));
                } else {
                    let content = self.inlines(children);
                    out.extend((!content.is_empty()).then_some(Block::Paragraph(content)));
                }
            }
            _ => out.extend(self.blocks(children)),
        }
    }

    fn list(&mut self, index: usize) -> Option<Block> {
        let dom = self.dom;
        let start = dom.attribute(index, "start").and_then(|v| v.trim().parse().ok()).unwrap_or(1);
        let mut items: Vec<Vec<Block>> = Vec::new();
        for child in &dom.nodes[index].children {
            if self.leave_out(*child) {
                continue;
            }
            match dom.name(*child) {
                "li" => {
                    let item = self.blocks(&dom.nodes[*child].children);
                    if !item.is_empty() {
                        items.push(item);
                    }
                }
                _ => {
                    let loose = self.blocks(&[*child]);
                    match items.last_mut() {
                        Some(last) => last.extend(loose),
                        None if !loose.is_empty() => items.push(loose),
                        None => {}
                    }
                }
            }
        }
        let start = (dom.name(index) == "ol").then_some(start);
        (!items.is_empty()).then_some(Block::List { start, items })
    }

    fn table(&mut self, index: usize, out: &mut Vec<Block>) {
        let dom = self.dom;
        let mut rows: Vec<Vec<Vec<Inline>>> = Vec::new();
        let mut caption = Vec::new();
        let mut open: Vec<usize> = dom.nodes[index].children.iter().rev().copied().collect();
        while let Some(node) = open.pop() {
            match dom.name(node) {
                "thead" | "tbody" | "tfoot" => {
                    open.extend(dom.nodes[node].children.iter().rev());
                }
                "caption" => caption = self.inlines(&dom.nodes[node].children),
                "tr" => rows.push(self.row(node)),
                "colgroup" | "col" => {}
                _ => out.extend(self.blocks(&[node])),
            }
        }
        rows.retain(|row| !row.is_empty());
        // Pages are laid out with tables of one column or one row.
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        if width == 1 {
            out.extend(rows.into_iter().flatten().filter(|c| !c.is_empty()).map(Block::Paragraph));
            return;
        }
        if !rows.is_empty() {
            let head = rows.remove(0);
            out.push(Block::Table { head, rows, caption: Vec::new() });
        }
        if !caption.is_empty() {
            out.push(Block::Paragraph(caption));
        }
    }

    fn row(&mut self, index: usize) -> Vec<Vec<Inline>> {
        let dom = self.dom;
        let mut cells = Vec::new();
        for cell in &dom.nodes[index].children {
            if matches!(dom.name(*cell), "td" | "th") {
                let blocks = self.blocks(&dom.nodes[*cell].children);
                cells.push(docx::in_line(&blocks));
                let span =
                    dom.attribute(*cell, "colspan").and_then(|v| v.parse().ok()).unwrap_or(1);
                cells.extend((1..usize::min(span, 64)).map(|_| Vec::new()));
            }
        }
        cells
    }

    fn note_texts(&mut self) -> Vec<Note> {
        let texts = self.notes.texts.clone();
        let mut notes = Vec::new();
        for (number, index) in texts.into_iter().enumerate() {
            self.inside = Some(index);
            let mut blocks = self.blocks(&[index]);
            if let Some(Block::Paragraph(content)) = blocks.first_mut() {
                take_number(content, number + 1);
                if content.is_empty() {
                    blocks.remove(0);
                }
            }
            notes.push(Note { label: (number + 1).to_string(), blocks });
        }
        self.inside = None;
        notes
    }

    fn head_title(&self) -> Option<String> {
        let index = (0..self.dom.nodes.len()).find(|index| self.dom.name(*index) == "title")?;
        let title = words(&self.dom.text(index));
        (!title.is_empty()).then_some(title)
    }
}

/// Text with blanks as one space.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes the number of a note off the head of its text.
fn take_number(content: &mut Vec<Inline>, _number: usize) {
    if let Some(Inline::Text(text)) = content.first_mut() {
        let rest = text.trim_start();
        let bare = rest.trim_start_matches(['[', '^', '↑']);
        let digits = bare.trim_start_matches(|c: char| c.is_ascii_digit());
        let after = digits.trim_start_matches([']', '.', ')']);
        // Only brackets that are left of a link back, or signs of one.
        if bare.len() == digits.len() && after.len() < rest.len() {
            *text = after.trim_start().to_owned();
        }
    }
    docx::trim(content);
}

/// Takes out what is left of a list of notes: a rule and a heading with nothing under it.
fn without_notes_heading(mut blocks: Vec<Block>, guesses: &mut Vec<Guess>) -> Vec<Block> {
    loop {
        match blocks.last() {
            Some(Block::Rule) => {}
            Some(Block::Heading { content, .. }) => {
                let words = plain(content);
                guesses.push(Guess::whole(format!(
                    "a heading with nothing under it is left out: “{words}”"
                )));
            }
            _ => return blocks,
        }
        blocks.pop();
    }
}
