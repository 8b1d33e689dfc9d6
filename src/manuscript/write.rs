//! A [`Draft`] into the text of a chapter.
//!
//! The invariant: what is text in the draft is the same text when the chapter is parsed. Signs are
//! escaped only where they would mean something, so that an author reads prose and not backslashes.

use super::draft::{Block, Draft, Inline, Note};
use super::escape::{escaped, line_start};

/// What stands in a note whose text the manuscript does not have; `{}` is the number.
const UNWRITTEN: &str = "{.to-do} To be written: the manuscript has only the number of note {}.";

/// The chapter: front matter, text, notes.
pub fn write(draft: &Draft) -> String {
    let mut out = front_matter(draft);
    let mut text = Lines::default();
    blocks(&mut text, &draft.blocks, "");
    for note in &draft.notes {
        definition(&mut text, note);
    }
    out.push_str(&text.out);
    out
}

fn front_matter(draft: &Draft) -> String {
    let mut lines = Vec::new();
    let fields = [("title", &draft.title), ("number", &draft.number), ("summary", &draft.summary)];
    for (name, value) in fields {
        lines.extend(value.as_ref().map(|value| format!("{name}: {}", scalar(value))));
    }
    let starts = [("note", draft.first_note), ("box", draft.first_box)];
    let starts: Vec<String> =
        starts.iter().filter_map(|(name, n)| n.map(|n| format!("  {name}: {n}"))).collect();
    if !starts.is_empty() {
        lines.push("start:".to_owned());
        lines.extend(starts);
    }
    match lines.is_empty() {
        true => String::new(),
        false => format!("---\n{}\n---\n\n", lines.join("\n")),
    }
}

/// A YAML scalar on one line.
fn scalar(value: &str) -> String {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_number = value.chars().all(|c| c.is_ascii_digit()) && value.len() < 9;
    let begins_plain = value.chars().next().is_some_and(char::is_alphabetic);
    let is_word = matches!(
        value.to_lowercase().as_str(),
        "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
    );
    let is_plain = begins_plain
        && !is_word
        && !value.contains(": ")
        && !value.contains(" #")
        && !value.ends_with(':')
        && !value.chars().any(char::is_control);
    if is_plain || is_number {
        return value;
    }
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Text in lines, with one empty line between blocks.
#[derive(Default)]
struct Lines {
    out: String,
}

impl Lines {
    /// Begins a block: an empty line, unless nothing stands before it.
    fn gap(&mut self, prefix: &str) {
        if !self.out.is_empty() {
            self.out.push_str(prefix.trim_end());
            self.out.push('\n');
        }
    }

    fn line(&mut self, prefix: &str, text: &str) {
        let line = format!("{prefix}{text}");
        // The two spaces of a prefix are not text; text has no blanks at its end.
        self.out.push_str(line.trim_end_matches([' ', '\t']));
        self.out.push('\n');
    }
}

/// Writes `list`, each block after an empty line.
fn blocks(out: &mut Lines, list: &[Block], prefix: &str) {
    for (index, block) in list.iter().enumerate() {
        if index > 0 || prefix.is_empty() {
            out.gap(prefix);
        }
        let after_list = index > 0
            && matches!(
                (&list[index - 1], block),
                (Block::List { start: one, .. }, Block::List { start: other, .. })
                    if one.is_some() == other.is_some()
            );
        if after_list {
            // Two lists side by side would be one.
            out.line(prefix, "<!-- -->");
            out.gap(prefix);
        }
        self::block(out, block, prefix);
    }
}

fn block(out: &mut Lines, block: &Block, prefix: &str) {
    match block {
        Block::Heading { level, content, id } => {
            let id = id.as_ref().map(|id| format!(" {{#{id}}}")).unwrap_or_default();
            let hashes = "#".repeat(usize::from((*level).clamp(1, 6)));
            out.line(prefix, &format!("{hashes} {}{id}", heading_words(content)));
        }
        Block::Paragraph(content) => paragraph(out, content, prefix),
        Block::List { start, items } => list(out, *start, items, prefix),
        Block::Quote(content) => quoted(out, None, content, prefix),
        Block::Box { title, id, content } => {
            let id = id.as_ref().map(|id| format!(" {{#{id}}}")).unwrap_or_default();
            let head = format!("[!box] {}{id}", heading_words(title));
            quoted(out, Some(head.trim_end()), content, prefix);
        }
        Block::Callout { kind, title, content } => {
            let head = format!("[!{kind}] {}", heading_words(title));
            quoted(out, Some(head.trim_end()), content, prefix);
        }
        Block::Code { language, text } => code(out, language, text, prefix),
        Block::Table { head, rows, caption } => table(out, head, rows, caption, prefix),
        Block::Rule => out.line(prefix, "* * *"),
    }
}

fn paragraph(out: &mut Lines, content: &[Inline], prefix: &str) {
    let text = inlines(content);
    for line in text.split('\n') {
        out.line(prefix, &line_start(line.trim_start()));
    }
}

fn list(out: &mut Lines, start: Option<u64>, items: &[Vec<Block>], prefix: &str) {
    let is_tight = items.iter().all(|item| matches!(item.as_slice(), [] | [Block::Paragraph(_)]));
    for (index, item) in items.iter().enumerate() {
        if index > 0 && !is_tight {
            out.gap(prefix);
        }
        let sign = match start {
            Some(first) => format!("{}. ", first.saturating_add(index as u64)),
            None => "- ".to_owned(),
        };
        let mut inner = Lines::default();
        // The first line of an item carries the sign in the place of the indent.
        blocks(&mut inner, item, " ");
        let indent = " ".repeat(sign.len());
        let mut lines = inner.out.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
        out.line(prefix, &format!("{sign}{}", lines.next().unwrap_or_default()));
        for line in lines {
            out.line(prefix, &format!("{indent}{line}"));
        }
    }
}

fn quoted(out: &mut Lines, head: Option<&str>, content: &[Block], prefix: &str) {
    let inner = format!("{prefix}> ");
    if let Some(head) = head {
        out.line(&inner, head);
        if !content.is_empty() && !matches!(content[0], Block::Paragraph(_)) {
            out.gap(&inner);
        }
    }
    if content.is_empty() && head.is_none() {
        out.line(&inner, "");
    }
    blocks(out, content, &inner);
}

fn code(out: &mut Lines, language: &str, text: &str, prefix: &str) {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let word = language.split_whitespace().next().unwrap_or_default();
    out.line(prefix, &format!("{fence}{}", word.replace('`', "")));
    for line in text.trim_end_matches('\n').split('\n') {
        out.line(prefix, line);
    }
    out.line(prefix, &fence);
}

fn table(
    out: &mut Lines,
    head: &[Vec<Inline>],
    rows: &[Vec<Vec<Inline>>],
    caption: &[Inline],
    prefix: &str,
) {
    let width = rows.iter().map(Vec::len).chain([head.len(), 1]).max().unwrap_or(1);
    let row = |cells: &[Vec<Inline>]| {
        let cell = |index: usize| cells.get(index).map(|cell| cell_words(cell)).unwrap_or_default();
        let cells: Vec<String> = (0..width).map(cell).collect();
        format!("| {} |", cells.join(" | "))
    };
    out.line(prefix, &row(head));
    out.line(prefix, &format!("|{}", " --- |".repeat(width)));
    for cells in rows {
        out.line(prefix, &row(cells));
    }
    if !caption.is_empty() {
        out.gap(prefix);
        out.line(prefix, &format!(": {}", heading_words(caption)));
    }
}

fn cell_words(content: &[Inline]) -> String {
    heading_words(content).replace('|', "\\|")
}

/// Inlines on one line.
fn heading_words(content: &[Inline]) -> String {
    let text = inlines(content).replace("\\\n", " ").replace('\n', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn definition(out: &mut Lines, note: &Note) {
    out.gap("");
    let label = &note.label;
    if note.blocks.is_empty() {
        out.line("", &format!("[^{label}]: {}", UNWRITTEN.replace("{}", label)));
        return;
    }
    let mut inner = Lines::default();
    blocks(&mut inner, &note.blocks, " ");
    let mut lines = inner.out.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
    let first = lines.next().unwrap_or_default();
    // Braces at the head of a definition would be its metadata.
    let guard = if first.starts_with('{') { "\\" } else { "" };
    out.line("", &format!("[^{label}]: {guard}{first}"));
    for line in lines {
        out.line(if line.is_empty() { "" } else { "    " }, line);
    }
}

/// Inlines as Markdown.
pub fn inlines(content: &[Inline]) -> String {
    let mut out = String::new();
    for (at, inline) in content.iter().enumerate() {
        let after = content.get(at + 1).and_then(first_character);
        match inline {
            Inline::Text(text) => {
                let before = out.chars().next_back();
                out.push_str(&escaped(text, before));
            }
            Inline::Emphasis(content) => wrapped(&mut out, content, after, ("*", "em")),
            Inline::Strong(content) => wrapped(&mut out, content, after, ("**", "strong")),
            Inline::Struck(content) => wrapped(&mut out, content, after, ("~~", "del")),
            Inline::Raised(content) => out.push_str(&format!("<sup>{}</sup>", inlines(content))),
            Inline::Lowered(content) => out.push_str(&format!("<sub>{}</sub>", inlines(content))),
            Inline::Code(text) => code_span(&mut out, text),
            Inline::Link { target, content } if is_bare(target, content) => {
                out.push_str(&format!("<{target}>"));
            }
            Inline::Link { target, content } => {
                out.push_str(&format!("[{}]({})", inlines(content), address(target)));
            }
            Inline::Image { target, alt } => {
                out.push_str(&format!("![{}]({})", escaped(alt, None), address(target)));
            }
            Inline::Note(label) => out.push_str(&format!("[^{label}]")),
            Inline::Markdown(text) => out.push_str(text),
            Inline::Break => out.push_str("\\\n"),
        }
    }
    out
}

/// The character that an inline begins with on the page.
fn first_character(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(text) => text.chars().next(),
        Inline::Break => Some('\n'),
        Inline::Emphasis(_) | Inline::Strong(_) => Some('*'),
        _ => Some('['),
    }
}

/// Emphasis, with blanks at its ends put outside, where Markdown wants them. Where its signs would
/// not be read as such, as between letters and quotation marks, it is a tag.
fn wrapped(out: &mut String, content: &[Inline], after: Option<char>, (sign, tag): (&str, &str)) {
    let text = inlines(content);
    let inner = text.trim_matches([' ', '\t', '\u{a0}']);
    let start = text.find(inner).unwrap_or(0);
    let rest = &text[start + inner.len()..];
    out.push_str(&text[..start]);
    if !inner.is_empty() {
        let is_free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        let (before, after) = (out.chars().next_back(), rest.chars().next().or(after));
        let ends = [inner.chars().next(), inner.chars().next_back()];
        let reads = (!is_free(ends[0]) || is_free(before))
            && (!is_free(ends[1]) || is_free(after))
            && !before.is_some_and(|c| "*~\\".contains(c));
        match reads {
            true => out.push_str(&format!("{sign}{inner}{sign}")),
            false => out.push_str(&format!("<{tag}>{inner}</{tag}>")),
        }
    }
    out.push_str(rest);
}

fn code_span(out: &mut String, text: &str) {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    out.push_str(&format!("{fence}{space}{}{space}{fence}", text.replace('\n', " ")));
}

/// Whether a link shows its own address, which can stand in angle brackets.
pub fn is_bare(target: &str, content: &[Inline]) -> bool {
    let has_scheme = target.starts_with("http://") || target.starts_with("https://");
    let is_plain = !target.contains(|c: char| c.is_whitespace() || "<>\\".contains(c));
    has_scheme && is_plain && matches!(content, [Inline::Text(text)] if text.trim() == target)
}

fn address(target: &str) -> String {
    let target = target.replace('\n', "");
    match target.contains([' ', '(', ')', '<', '>']) || target.is_empty() {
        true => format!("<{}>", target.replace('<', "%3C").replace('>', "%3E")),
        false => target,
    }
}
