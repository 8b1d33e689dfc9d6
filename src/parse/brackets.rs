//! Our additions among inlines: spans, citations, cross-references, inline notes.
//!
//! Works on one list of sibling inlines as the Markdown parser gave them. Brackets that the parser
//! took for links never arrive here; brackets that turn out to be nothing of ours stay the
//! author's text, letter for letter.

use super::cite;
use crate::document::{
    Attributes, Block, BlockKind, Cite, Cluster, Inline, InlineKind, Named, NoteDefinition, Prose,
};
use crate::source::{FileId, Span};

/// Prefixes of labels that `@` refers to; see DESIGN section 4.
pub const LABEL_PREFIXES: &[&str] = &["sec", "box", "fig", "tbl", "ch", "note", "claim"];

/// How deep brackets may nest before they are text.
const MAX_DEPTH: usize = 32;

/// Resolves one list of siblings; notes written in place are added to `notes`.
pub fn resolve(
    inlines: Vec<Inline>,
    source: &str,
    file: FileId,
    notes: &mut Vec<NoteDefinition>,
) -> Vec<Inline> {
    let merged = merge(inlines, source);
    if !merged.iter().any(has_signs) {
        return fitted(merged);
    }
    let mut resolver = Resolver { source, file, notes, stack: vec![Open::default()], skip: 0 };
    for inline in merged {
        resolver.take(inline);
    }
    let resolved = resolver.finish();
    fitted(bare_keys(merge(resolved, source), source))
}

/// Gives back what room was taken in advance: of a long report all lists are kept at once.
fn fitted(mut inlines: Vec<Inline>) -> Vec<Inline> {
    for inline in &mut inlines {
        if let InlineKind::Text(text) = &mut inline.kind {
            text.shrink_to_fit();
        }
    }
    inlines.shrink_to_fit();
    inlines
}

fn has_signs(inline: &Inline) -> bool {
    matches!(&inline.kind, InlineKind::Text(text) if text.contains(['[', '@']))
}

/// Joins text that stands side by side in the source as well.
fn merge(inlines: Vec<Inline>, source: &str) -> Vec<Inline> {
    let mut merged: Vec<Inline> = Vec::with_capacity(inlines.len());
    // Whether the last one is verbatim; asked once, for the text may grow to megabytes.
    let mut last_is_verbatim = false;
    for inline in inlines {
        let joins = last_is_verbatim;
        last_is_verbatim = is_verbatim(&inline, source);
        if let (Some(last), InlineKind::Text(next)) = (merged.last_mut(), &inline.kind)
            && last.span.end == inline.span.start
            && joins
            && last_is_verbatim
            && let InlineKind::Text(text) = &mut last.kind
        {
            text.push_str(next);
            last.span.end = inline.span.end;
            continue;
        }
        merged.push(inline);
    }
    merged
}

fn is_verbatim(inline: &Inline, source: &str) -> bool {
    matches!(&inline.kind, InlineKind::Text(text) if source.get(inline.span.range()) == Some(text))
}

/// Whether the byte at `at` has a backslash before it that escapes it.
fn is_escaped(source: &str, at: usize) -> bool {
    let slashes = source[..at].bytes().rev().take_while(|b| *b == b'\\').count();
    slashes % 2 == 1
}

/// A bracket that is open, and what has come since.
#[derive(Default)]
struct Open {
    at: usize,
    is_note: bool,
    inlines: Vec<Inline>,
}

struct Resolver<'a> {
    source: &'a str,
    file: FileId,
    notes: &'a mut Vec<NoteDefinition>,
    stack: Vec<Open>,
    /// Text before this byte has been read already, as attributes.
    skip: usize,
}

impl Resolver<'_> {
    fn take(&mut self, inline: Inline) {
        if inline.span.end <= self.skip {
            return;
        }
        match inline.kind {
            InlineKind::Text(_) if is_verbatim(&inline, self.source) => self.take_text(inline.span),
            _ => self.push(inline),
        }
    }

    fn push(&mut self, inline: Inline) {
        if let Some(open) = self.stack.last_mut() {
            open.inlines.push(inline);
        }
    }

    fn push_text(&mut self, start: usize, end: usize) {
        if start < end {
            let text = self.source[start..end].to_owned();
            self.push(Inline {
                span: Span::new(self.file, start..end),
                kind: InlineKind::Text(text),
            });
        }
    }

    fn take_text(&mut self, span: Span) {
        let mut from = span.start.max(self.skip);
        let mut at = from;
        while let Some(found) = self.source[at..span.end].find(['[', ']']) {
            at += found;
            if is_escaped(self.source, at) {
                at += 1;
                continue;
            }
            if self.source.as_bytes()[at] == b'[' {
                from = self.open(from, at);
            } else {
                self.push_text(from, at);
                from = self.close(at).min(span.end);
                if self.skip > span.end {
                    return;
                }
            }
            at = from.max(at + 1).min(span.end);
        }
        self.push_text(from, span.end);
    }

    /// Opens a bracket at `at` after the text from `from`; gives the byte where text goes on.
    fn open(&mut self, from: usize, at: usize) -> usize {
        if self.stack.len() > MAX_DEPTH {
            return from;
        }
        let is_note = at > from && self.source.as_bytes()[at - 1] == b'^';
        self.push_text(from, at - usize::from(is_note));
        self.stack.push(Open { at, is_note, inlines: Vec::new() });
        at + 1
    }

    /// Closes a bracket at `at`; gives the byte where text goes on.
    fn close(&mut self, at: usize) -> usize {
        if self.stack.len() < 2 {
            self.push_text(at, at + 1);
            return at + 1;
        }
        let open = self.stack.pop().unwrap_or_default();
        if open.is_note {
            return self.close_note(open, at);
        }
        if let Some((attributes, end)) = Attributes::read(self.source, at + 1, self.file) {
            let content = bare_keys(merge(open.inlines, self.source), self.source);
            let span = Span::new(self.file, open.at..end);
            self.push(Inline {
                span,
                kind: InlineKind::Span { attributes: Box::new(attributes), content },
            });
            self.skip = end;
            return end;
        }
        match self.citation(&open, at) {
            Some(inlines) => inlines.into_iter().for_each(|inline| self.push(inline)),
            None => self.reopen(open, Some(at)),
        }
        at + 1
    }

    fn close_note(&mut self, open: Open, at: usize) -> usize {
        let span = Span::new(self.file, open.at - 1..at + 1);
        let label = format!("^{}", span.start);
        let content = bare_keys(merge(open.inlines, self.source), self.source);
        let inner = Span::new(self.file, open.at + 1..at);
        self.notes.push(NoteDefinition {
            label: Named { text: label.clone(), span },
            span,
            attributes: Attributes::default(),
            blocks: vec![Block { span: inner, kind: BlockKind::Paragraph(content) }],
        });
        self.push(Inline { span, kind: InlineKind::NoteReference(label) });
        at + 1
    }

    /// The brackets as a citation or as cross-references, if they name a source or a label.
    fn citation(&self, open: &Open, at: usize) -> Option<Vec<Inline>> {
        let prose = Prose::of(&open.inlines);
        if !prose.text.contains('@') || !prose.notes.is_empty() || !prose.masked.is_empty() {
            return None;
        }
        let span = Span::new(self.file, open.at..at + 1);
        let cites = cite::read_cluster(&prose.text, &|range| prose.span(range).unwrap_or(span))?;
        if cites.iter().all(|cite| is_label(&cite.key.text)) {
            return Some(cross_references(&cites, span));
        }
        let text = self.source[open.at..at + 1].to_owned();
        let kind = InlineKind::Citation(Cluster { cites, bare: false, text });
        Some(vec![Inline { span, kind }])
    }

    /// Gives a bracket that means nothing back as text.
    fn reopen(&mut self, open: Open, close: Option<usize>) {
        let start = open.at - usize::from(open.is_note);
        self.push_text(start, open.at + 1);
        open.inlines.into_iter().for_each(|inline| self.push(inline));
        if let Some(at) = close {
            self.push_text(at, at + 1);
        }
    }

    fn finish(mut self) -> Vec<Inline> {
        let opened = self.stack.split_off(1);
        for open in opened {
            self.reopen(open, None);
        }
        self.stack.pop().unwrap_or_default().inlines
    }
}

/// Whether `key` is a label of the report rather than a source.
pub fn is_label(key: &str) -> bool {
    key.split_once('-')
        .is_some_and(|(prefix, rest)| LABEL_PREFIXES.contains(&prefix) && !rest.is_empty())
}

fn cross_references(cites: &[Cite], span: Span) -> Vec<Inline> {
    let mut inlines = Vec::new();
    for cite in cites {
        if !inlines.is_empty() {
            inlines.push(Inline { span, kind: InlineKind::Text("; ".into()) });
        }
        if !cite.prefix.is_empty() {
            inlines.push(Inline { span, kind: InlineKind::Text(cite.prefix.clone()) });
        }
        let kind = InlineKind::CrossReference(cite.key.text.clone());
        inlines.push(Inline { span: cite.key.span, kind });
    }
    inlines
}

/// Finds `@key`, `@key [p. 3]` and `@sec-label` in running text.
fn bare_keys(inlines: Vec<Inline>, source: &str) -> Vec<Inline> {
    let mut out = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) if text.contains('@') && is_verbatim(&inline, source) => {
                split_keys(&inline, source, &mut out);
            }
            _ => out.push(inline),
        }
    }
    out
}

fn split_keys(inline: &Inline, source: &str, out: &mut Vec<Inline>) {
    let file = inline.span.file;
    let (mut from, end) = (inline.span.start, inline.span.end);
    let mut at = from;
    let text = |start: usize, end: usize| Inline {
        span: Span::new(file, start..end),
        kind: InlineKind::Text(source[start..end].to_owned()),
    };
    while let Some(found) = source[at..end].find('@') {
        at += found;
        let key = cite::key_at(&source[..end], at).filter(|_| !is_escaped(source, at));
        let Some(key) = key else {
            at += 1;
            continue;
        };
        let suppresses = at > from && suppresses_author(&source[from..at]);
        if from < at {
            out.push(text(from, at - usize::from(suppresses)));
        }
        let bare = bare_mention(source, at, key, end, file, suppresses);
        from = bare.span.end;
        at = from;
        out.push(bare);
    }
    if from < end {
        out.push(text(from, end));
    }
}

/// Whether the text before an `@` ends in a hyphen that is its own: `-@key`.
fn suppresses_author(before: &str) -> bool {
    before
        .strip_suffix('-')
        .is_some_and(|rest| !rest.ends_with(|c: char| !c.is_whitespace() && c != '('))
}

/// The mention at `at`, whose key is `key`: a cross-reference, or a citation with its locator.
fn bare_mention(
    source: &str,
    at: usize,
    key: std::ops::Range<usize>,
    end: usize,
    file: FileId,
    suppress_author: bool,
) -> Inline {
    let close = key.end + usize::from(source[at + 1..].starts_with('{'));
    let span = Span::new(file, at..close);
    let name = Named { text: source[key.clone()].to_owned(), span: Span::new(file, key) };
    if is_label(&name.text) {
        return Inline { span, kind: InlineKind::CrossReference(name.text) };
    }
    let mut cites = vec![Cite {
        key: name,
        suppress_author,
        prefix: String::new(),
        locator: None,
        suffix: String::new(),
    }];
    let mut whole = span;
    if let Some((located, after)) = located(source, at, close, end, file) {
        cites = located;
        cites[0].suppress_author = suppress_author;
        whole.end = after;
    }
    whole.start -= usize::from(suppress_author);
    let text = source[whole.range()].to_owned();
    Inline { span: whole, kind: InlineKind::Citation(Cluster { cites, bare: true, text }) }
}

/// `@key [p. 3]`: the brackets right after a bare key, if a locator is all that they hold.
fn located(
    source: &str,
    at: usize,
    key_end: usize,
    end: usize,
    file: FileId,
) -> Option<(Vec<Cite>, usize)> {
    let inner = source[key_end..end].strip_prefix(" [")?;
    let close = inner.find([']', '[', '@'])?;
    let start = key_end + 2;
    if !inner[close..].starts_with(']') || super::locator::read(&inner[..close]).is_none() {
        return None;
    }
    let text = format!("{}, {}", &source[at..key_end], &inner[..close]);
    let places = |range: std::ops::Range<usize>| {
        let shift = |offset: usize| match offset + at >= key_end + 2 {
            true => (offset + at).min(start + close),
            false => offset + at,
        };
        Span::new(file, shift(range.start)..shift(range.end))
    };
    Some((cite::read_cluster(&text, &places)?, start + close + 1))
}
