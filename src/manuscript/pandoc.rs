//! A document as Pandoc writes it in JSON into a [`Draft`].
//!
//! The tree is Pandoc's own; what our dialect does not know keeps its words and is told of.

use super::draft::{Block, Draft, Inline, Note, plain};
use super::images::Gallery;
use super::{Guess, Refusal, Taken, docx, title, write};
use serde_json::Value;

/// Reads a document.
pub fn read(bytes: &[u8], gallery: Gallery) -> Result<Taken, Refusal> {
    let root: Value = serde_json::from_slice(bytes)
        .map_err(|error| Refusal(format!("its JSON cannot be read: {error}")))?;
    let mut reader = Reader { notes: Vec::new(), gallery, guesses: Vec::new() };
    let blocks = reader.blocks(&root["blocks"]);
    let mut draft = Draft { blocks, ..Draft::default() };
    reader.meta(&root["meta"], &mut draft);
    draft.notes = std::mem::take(&mut reader.notes);
    title::take(&mut draft, &mut reader.guesses);
    Ok(Taken { draft, images: reader.gallery.into_images(), guesses: reader.guesses })
}

struct Reader<'a> {
    notes: Vec<Note>,
    gallery: Gallery<'a>,
    guesses: Vec<Guess>,
}

/// The elements of a list; nothing where it is none.
fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

impl Reader<'_> {
    fn tell(&mut self, words: String) {
        self.guesses.push(Guess::whole(words));
    }

    /// Title and summary; the rest of the metadata is told of.
    fn meta(&mut self, meta: &Value, draft: &mut Draft) {
        for (name, value) in meta.as_object().into_iter().flatten() {
            let words = self.meta_words(value);
            match name.as_str() {
                "title" if !words.is_empty() => draft.title = Some(words),
                "abstract" | "summary" if !words.is_empty() => draft.summary = Some(words),
                _ => self.tell(format!("metadata left out: {name}: “{words}”")),
            }
        }
    }

    fn meta_words(&mut self, value: &Value) -> String {
        let content = &value["c"];
        match value["t"].as_str().unwrap_or_default() {
            "MetaInlines" => write::inlines(&self.inlines(content)),
            "MetaBlocks" => write::inlines(&docx::in_line(&self.blocks(content))),
            "MetaList" => {
                let words: Vec<String> = list(content).iter().map(|v| self.meta_words(v)).collect();
                words.join("; ")
            }
            "MetaMap" => content.to_string(),
            _ => content.as_str().map_or_else(|| content.to_string(), str::to_owned),
        }
    }

    fn blocks(&mut self, value: &Value) -> Vec<Block> {
        let mut out = Vec::new();
        for block in list(value) {
            self.block(block, &mut out);
        }
        out
    }

    fn block(&mut self, value: &Value, out: &mut Vec<Block>) {
        let content = &value["c"];
        match value["t"].as_str().unwrap_or_default() {
            "Para" | "Plain" => out.push(Block::Paragraph(self.inlines(content))),
            "LineBlock" => {
                let mut lines = Vec::new();
                for line in list(content) {
                    if !lines.is_empty() {
                        lines.push(Inline::Break);
                    }
                    lines.extend(self.inlines(line));
                }
                out.push(Block::Paragraph(lines));
            }
            "Header" => {
                let level = content[0].as_u64().unwrap_or(2).clamp(1, 6) as u8;
                let id = text(&content[1][0]);
                let is_label = ["sec-", "ch-"].iter().any(|prefix| id.starts_with(prefix));
                let content = self.inlines(&content[2]);
                out.push(Block::Heading { level, content, id: is_label.then_some(id) });
            }
            "BulletList" => out.push(Block::List { start: None, items: self.items(content) }),
            "OrderedList" => {
                let start = content[0][0].as_u64().unwrap_or(1);
                out.push(Block::List { start: Some(start), items: self.items(&content[1]) });
            }
            "DefinitionList" => {
                for pair in list(content) {
                    out.push(Block::Paragraph(vec![Inline::Strong(self.inlines(&pair[0]))]));
                    for definition in list(&pair[1]) {
                        out.extend(self.blocks(definition));
                    }
                }
            }
            "BlockQuote" => out.push(Block::Quote(self.blocks(content))),
            "CodeBlock" => {
                let language = text(&content[0][1][0]);
                out.push(Block::Code { language, text: text(&content[1]) });
            }
            "RawBlock" => self.raw_block(content, out),
            "HorizontalRule" => out.push(Block::Rule),
            "Table" => self.table(content, out),
            "Div" => self.division(content, out),
            "Figure" => {
                out.extend(self.blocks(&content[2]));
                let caption = self.blocks(&content[1][1]);
                out.extend(caption);
            }
            "Null" => {}
            other => self
                .tell(format!("a block of the kind {other} is not known and left out: {content}")),
        }
    }

    fn items(&mut self, value: &Value) -> Vec<Vec<Block>> {
        list(value).iter().map(|item| self.blocks(item)).collect()
    }

    fn raw_block(&mut self, content: &Value, out: &mut Vec<Block>) {
        let (form, words) = (text(&content[0]), text(&content[1]));
        self.tell(format!("raw {form} stands as code: “{}”", words.trim()));
        out.push(Block::Code { language: form, text: words });
    }

    /// A division: a box, a pull quote or a note where its class says so, else its blocks.
    fn division(&mut self, content: &Value, out: &mut Vec<Block>) {
        let attributes = &content[0];
        let classes: Vec<String> = list(&attributes[1]).iter().map(text).collect();
        let is = |names: &[&str]| classes.iter().any(|class| names.contains(&class.as_str()));
        let mut inner = self.blocks(&content[1]);
        let mut head = Vec::new();
        let mut take_head = |inner: &mut Vec<Block>| {
            if let Some(Block::Heading { .. }) = inner.first()
                && let Block::Heading { content, .. } = inner.remove(0)
            {
                head = content;
            }
        };
        if is(&["box"]) {
            take_head(&mut inner);
            let id = Some(text(&attributes[0])).filter(|id| id.starts_with("box-"));
            out.push(Block::Box { title: head, id, content: inner });
        } else if is(&["pullquote", "pull-quote"]) {
            out.push(Block::Callout { kind: "pullquote", title: Vec::new(), content: inner });
        } else if is(&["note", "tip", "callout-note", "callout-tip"]) {
            take_head(&mut inner);
            out.push(Block::Callout { kind: "note", title: head, content: inner });
        } else if is(&["warning", "caution", "important", "callout-warning", "callout-important"]) {
            take_head(&mut inner);
            out.push(Block::Callout { kind: "warning", title: head, content: inner });
        } else {
            if !classes.is_empty() {
                self.tell(format!(
                    "a division is not known, its content stays: “{}”",
                    classes.join(" ")
                ));
            }
            out.extend(inner);
        }
    }

    fn table(&mut self, content: &Value, out: &mut Vec<Block>) {
        // Pandoc before 2.10 had caption, alignments, widths, head, rows.
        let is_old = list(&content[1]).first().is_some_and(|alignment| alignment["t"].is_string());
        let (head, bodies, foot, caption) = match is_old {
            true => {
                let head = self.cells(&content[3]);
                let rows = list(&content[4]).iter().map(|row| self.cells(row)).collect();
                let caption = self.inlines(&content[0]);
                (vec![head], rows, Vec::new(), caption)
            }
            false => {
                let head = self.rows(&content[3][1]);
                let mut rows = Vec::new();
                for body in list(&content[4]) {
                    rows.extend(self.rows(&body[2]));
                    rows.extend(self.rows(&body[3]));
                }
                let foot = self.rows(&content[5][1]);
                let caption = self.blocks(&content[1][1]);
                (head, rows, foot, docx::in_line(&caption))
            }
        };
        let mut rows: Vec<Vec<Vec<Inline>>> = head.into_iter().chain(bodies).chain(foot).collect();
        rows.retain(|row| !row.is_empty());
        if !rows.is_empty() {
            let head = rows.remove(0);
            out.push(Block::Table { head, rows, caption: Vec::new() });
        }
        if !caption.is_empty() {
            out.push(Block::Paragraph(caption));
        }
    }

    fn rows(&mut self, value: &Value) -> Vec<Vec<Vec<Inline>>> {
        let rows = list(value).iter();
        rows.map(|row| {
            let cells = list(&row[1]).iter();
            cells.map(|cell| docx::in_line(&self.blocks(&cell[4]))).collect()
        })
        .collect()
    }

    fn cells(&mut self, value: &Value) -> Vec<Vec<Inline>> {
        list(value).iter().map(|cell| docx::in_line(&self.blocks(cell))).collect()
    }

    fn inlines(&mut self, value: &Value) -> Vec<Inline> {
        let mut out: Vec<Inline> = Vec::new();
        for inline in list(value) {
            self.inline(inline, &mut out);
        }
        out
    }

    fn inline(&mut self, value: &Value, out: &mut Vec<Inline>) {
        let content = &value["c"];
        let inline = match value["t"].as_str().unwrap_or_default() {
            "Str" => return say(content.as_str().unwrap_or_default(), out),
            "Space" | "SoftBreak" => return say(" ", out),
            "LineBreak" => Inline::Break,
            "Emph" | "Underline" => Inline::Emphasis(self.inlines(content)),
            "Strong" => Inline::Strong(self.inlines(content)),
            "Strikeout" => Inline::Struck(self.inlines(content)),
            "Superscript" => Inline::Raised(self.inlines(content)),
            "Subscript" => Inline::Lowered(self.inlines(content)),
            "SmallCaps" => return out.extend(self.inlines(content)),
            "Span" => return out.extend(self.inlines(&content[1])),
            "Quoted" => return self.quoted(content, out),
            "Cite" => Inline::Markdown(self.citation(content)),
            "Code" => Inline::Code(text(&content[1])),
            "Math" => self.as_code("a formula", &content[1]),
            "RawInline" => self.as_code(&format!("raw {}", text(&content[0])), &content[1]),
            "Link" => return self.link(content, out),
            "Image" => self.image(content),
            "Note" => self.note(content),
            other => {
                let words =
                    format!("an inline of the kind {other} is not known and left out: {content}");
                return self.tell(words);
            }
        };
        out.push(inline);
    }

    fn quoted(&mut self, content: &Value, out: &mut Vec<Inline>) {
        let single = content[0]["t"] == "SingleQuote";
        let (open, close) = if single { ("‘", "’") } else { ("“", "”") };
        say(open, out);
        out.extend(self.inlines(&content[1]));
        say(close, out);
    }

    fn as_code(&mut self, what: &str, words: &Value) -> Inline {
        let words = text(words);
        self.tell(format!("{what} stands as code: “{words}”"));
        Inline::Code(words)
    }

    fn link(&mut self, content: &Value, out: &mut Vec<Inline>) {
        let target = text(&content[2][0]);
        let words = self.inlines(&content[1]);
        match target.starts_with('#') {
            true => out.extend(words),
            false => out.push(Inline::Link { target, content: words }),
        }
    }

    fn image(&mut self, content: &Value) -> Inline {
        let alt = plain(&self.inlines(&content[1]));
        let target = text(&content[2][0]);
        let target = self.gallery.place(&target, &mut self.guesses);
        Inline::Image { target, alt }
    }

    fn note(&mut self, content: &Value) -> Inline {
        let label = (self.notes.len() + 1).to_string();
        let at = self.notes.len();
        self.notes.push(Note { label: label.clone(), blocks: Vec::new() });
        self.notes[at].blocks = self.blocks(content);
        Inline::Note(label)
    }

    /// Citations in their own syntax, which is ours.
    fn citation(&mut self, content: &Value) -> String {
        let citations = list(&content[0]);
        if let [one] = citations
            && one["citationMode"]["t"] == "AuthorInText"
        {
            let suffix = write::inlines(&self.inlines(&one["citationSuffix"]));
            let suffix = suffix.trim().trim_start_matches([',', ' ']);
            let key = key(one);
            return if suffix.is_empty() { key } else { format!("{key} [{suffix}]") };
        }
        let mut parts = Vec::new();
        for one in citations {
            let prefix = write::inlines(&self.inlines(&one["citationPrefix"]));
            let suffix = write::inlines(&self.inlines(&one["citationSuffix"]));
            let minus = if one["citationMode"]["t"] == "SuppressAuthor" { "-" } else { "" };
            let space = if prefix.trim().is_empty() { "" } else { " " };
            parts.push(format!("{}{space}{minus}{}{}", prefix.trim(), key(one), suffix.trim_end()));
        }
        format!("[{}]", parts.join("; "))
    }
}

/// Adds words to the text before them.
fn say(words: &str, out: &mut Vec<Inline>) {
    match out.last_mut() {
        Some(Inline::Text(text)) => text.push_str(words),
        _ => out.push(Inline::Text(words.to_owned())),
    }
}

fn key(citation: &Value) -> String {
    let key = text(&citation["citationId"]);
    let is_plain = key.chars().all(|c| c.is_alphanumeric() || "_-:./+".contains(c));
    if is_plain { format!("@{key}") } else { format!("@{{{key}}}") }
}
