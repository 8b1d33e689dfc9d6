//! Words → the engine's tree, by its rules for spaces and repeated affixes.

use hayagriva::citationberg;
use hayagriva::{Elem, ElemChild, ElemChildren, ElemMeta, Formatted, Formatting};
use std::fmt;

/// What has been set so far: open levels of the tree, and words not yet put into one.
pub(super) struct Ink {
    /// The children of all open levels, one behind the other.
    children: Vec<ElemChild>,
    /// Where the open levels above the ground begin.
    starts: Vec<usize>,
    formats: Vec<Formatting>,
    words: String,
}

/// A level that has been opened, with the formats below it.
#[derive(Clone, Copy)]
pub(super) struct Level {
    level: usize,
    formats: usize,
}

/// A level behind a prefix of so many bytes.
#[derive(Clone, Copy)]
pub(super) struct Prefixed {
    level: Level,
    length: usize,
}

/// Levels, children and formats that most sources do with.
const DEPTH: usize = 16;

/// The bytes of most words that are set at once.
const WORDS: usize = 128;

impl Ink {
    pub(super) fn new() -> Ink {
        let mut formats = Vec::with_capacity(DEPTH);
        formats.push(Formatting::default());
        Ink {
            children: Vec::with_capacity(DEPTH),
            starts: Vec::with_capacity(DEPTH),
            formats,
            words: String::with_capacity(WORDS),
        }
    }

    /// The tree, neighbours of one format joined; empty where nothing can be seen.
    pub(super) fn finish(mut self) -> ElemChildren {
        self.settle();
        if !self.children.iter().any(has_content) {
            return ElemChildren::default();
        }
        join(&mut self.children);
        ElemChildren(self.children)
    }

    /// Sets words as the engine does: a mark takes the space before it away, an affix without
    /// letters is not repeated.
    pub(super) fn push(&mut self, words: &str) {
        let opens = words.chars().next();
        let eats = opens.is_some_and(|c| c.is_whitespace() || matches!(c, '.' | ',' | ']' | ')'));
        if eats && let Some(last) = self.last() {
            last.truncate(last.trim_end().len());
        }
        if !words.chars().any(char::is_alphabetic)
            && let Some(last) = self.last()
            && let Some(kept) = last.strip_suffix(words.trim_end()).map(str::len)
        {
            last.truncate(kept);
        }
        self.words.push_str(words);
    }

    /// Sets a link; its words are left as they are.
    pub(super) fn link(&mut self, text: &str, url: &str) {
        self.settle();
        let text = Formatted { text: text.to_owned(), formatting: self.format() };
        self.children.push(ElemChild::Link { text, url: url.to_owned() });
    }

    /// Sees to it that the words so far end in a space.
    pub(super) fn space(&mut self) {
        let is_open = |text: &str| !text.ends_with([' ', '\u{A0}']);
        if !self.words.is_empty() {
            if is_open(&self.words) {
                self.words.push(' ');
            }
        } else if let Some(last) = last_text(self.top_mut())
            && is_open(last)
        {
            last.push(' ');
        }
    }

    pub(super) fn open(&mut self, format: citationberg::Formatting) -> Level {
        self.settle();
        self.starts.push(self.children.len());
        Level { level: self.starts.len() - 1, formats: self.dress(format) }
    }

    /// Puts a level into the one below, as an element where it has a meaning.
    pub(super) fn close(&mut self, level: Level, meta: Option<ElemMeta>) {
        debug_assert_eq!(self.starts.len(), level.level + 1);
        self.undress(level.formats);
        self.settle();
        let start = self.starts.pop().unwrap_or_default();
        if meta.is_some() {
            let children = ElemChildren(self.children.split_off(start));
            self.children.push(ElemChild::Elem(Elem { children, display: None, meta }));
        }
    }

    /// Takes a level back.
    pub(super) fn drop(&mut self, level: Level) {
        debug_assert_eq!(self.starts.len(), level.level + 1);
        self.undress(level.formats);
        self.settle();
        let start = self.starts.pop().unwrap_or_default();
        self.children.truncate(start);
    }

    /// Puts a format over what follows. Returns the number of formats below it.
    pub(super) fn dress(&mut self, format: citationberg::Formatting) -> usize {
        let below = self.formats.len();
        if !format.is_empty() {
            self.settle();
            self.formats.push(over(self.format(), format));
        }
        below
    }

    pub(super) fn undress(&mut self, below: usize) {
        if below < self.formats.len() {
            self.settle();
            self.formats.truncate(below);
        }
    }

    pub(super) fn prefix(&mut self, affixes: &citationberg::Affixes) -> Prefixed {
        let level = self.open(citationberg::Formatting::default());
        let prefix = affixes.prefix.as_deref().unwrap_or_default();
        self.words.push_str(prefix);
        Prefixed { level, length: prefix.len() }
    }

    /// Sets a suffix, or takes the prefix back where nothing followed it.
    pub(super) fn suffix(&mut self, affixes: &citationberg::Affixes, prefixed: Prefixed) {
        if !self.has_content_since(prefixed.length) {
            return self.drop(prefixed.level);
        }
        if let Some(suffix) = &affixes.suffix {
            let last = last_text(self.top_mut());
            if !last.is_some_and(|last| last.ends_with(suffix)) {
                self.push(suffix);
            }
        }
        self.close(prefixed.level, None);
    }

    fn has_content_since(&mut self, prefix: usize) -> bool {
        self.settle();
        let level = &self.children[self.top()..];
        let first = match level.first() {
            Some(ElemChild::Text(text)) => {
                text.text.get(prefix..).is_some_and(|rest| !rest.trim().is_empty())
            }
            Some(child) => has_content(child),
            None => false,
        };
        first || level.iter().skip(1).any(has_content)
    }

    /// The bytes of all that has been set.
    pub(super) fn len(&self) -> usize {
        self.words.len() + self.children.iter().map(length).sum::<usize>()
    }

    /// Puts the words so far into the tree.
    fn settle(&mut self) {
        if self.words.is_empty() {
            return;
        }
        let (top, formatting) = (self.top(), self.format());
        match self.children[top..].last_mut() {
            Some(ElemChild::Text(last)) if last.formatting == formatting => {
                last.text.push_str(&self.words);
            }
            _ => {
                let text = self.words.clone();
                self.children.push(ElemChild::Text(Formatted { text, formatting }));
            }
        }
        self.words.clear();
    }

    /// The words set last.
    fn last(&mut self) -> Option<&mut String> {
        if !self.words.is_empty() {
            return Some(&mut self.words);
        }
        let full = self.children.iter().rposition(|child| !is_empty(child))?;
        // Empty words behind it hide it if they are of its own level.
        let next = self.starts.iter().find(|start| **start > full);
        let end = next.copied().unwrap_or(self.children.len());
        last_text(&mut self.children[..end])
    }

    fn top(&self) -> usize {
        self.starts.last().copied().unwrap_or_default()
    }

    fn top_mut(&mut self) -> &mut [ElemChild] {
        let top = self.top();
        &mut self.children[top..]
    }

    fn format(&self) -> Formatting {
        self.formats.last().copied().unwrap_or_default()
    }
}

impl fmt::Write for Ink {
    fn write_str(&mut self, words: &str) -> fmt::Result {
        self.push(words);
        Ok(())
    }
}

fn over(mut below: Formatting, format: citationberg::Formatting) -> Formatting {
    below.font_style = format.font_style.unwrap_or(below.font_style);
    below.font_variant = format.font_variant.unwrap_or(below.font_variant);
    below.font_weight = format.font_weight.unwrap_or(below.font_weight);
    below.text_decoration = format.text_decoration.unwrap_or(below.text_decoration);
    below.vertical_align = format.vertical_align.unwrap_or(below.vertical_align);
    below
}

fn last_text(level: &mut [ElemChild]) -> Option<&mut String> {
    match level.last_mut()? {
        ElemChild::Text(text) => Some(&mut text.text),
        ElemChild::Elem(elem) => last_text(&mut elem.children.0),
        _ => None,
    }
}

fn has_content(child: &ElemChild) -> bool {
    match child {
        ElemChild::Text(Formatted { text, .. }) | ElemChild::Markup(text) => {
            !text.trim().is_empty()
        }
        ElemChild::Elem(elem) => elem.children.0.iter().any(has_content),
        ElemChild::Link { .. } | ElemChild::Transparent { .. } => true,
    }
}

fn is_empty(child: &ElemChild) -> bool {
    match child {
        ElemChild::Elem(elem) => elem.children.0.iter().all(is_empty),
        child => length(child) == 0,
    }
}

fn length(child: &ElemChild) -> usize {
    match child {
        ElemChild::Text(text) | ElemChild::Link { text, .. } => text.text.len(),
        ElemChild::Markup(text) => text.len(),
        ElemChild::Elem(elem) => elem.children.0.iter().map(length).sum(),
        ElemChild::Transparent { .. } => 0,
    }
}

/// Joins neighbours of one format.
fn join(children: &mut Vec<ElemChild>) {
    children.dedup_by(|next, last| match (next, last) {
        (ElemChild::Text(next), ElemChild::Text(last)) if next.formatting == last.formatting => {
            last.text.push_str(&next.text);
            true
        }
        _ => false,
    });
    for child in children {
        if let ElemChild::Elem(elem) = child {
            join(&mut elem.children.0);
        }
    }
}
