//! Addresses in notes into sources with keys.
//!
//! A note that gives nothing but an address becomes a citation; one that says in plain form who
//! wrote what becomes an entry and a citation, and its words are kept beside the entry; in any
//! other note the address alone becomes a citation. What is not known is left to the author.

use super::draft::{Block, Inline, Note};
use super::reference::{Reference, read_reference};
use super::{Guess, write};
use std::collections::{BTreeMap, BTreeSet};

/// What a report has already.
#[derive(Debug, Default)]
pub struct Known {
    /// Keys by address, in the form that [`Known::normal`] gives.
    pub by_url: BTreeMap<String, String>,
    /// Keys that are taken.
    pub keys: BTreeSet<String>,
    /// An address in its normal form, by which two are one.
    pub normal: Option<fn(&str) -> String>,
}

/// A source that a manuscript brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSource {
    /// Its key.
    pub key: String,
    /// Its entry in `citations.yaml`, without the key: lines of `field: value`.
    pub fields: Vec<(&'static str, String)>,
}

/// Makes sources of the addresses in `notes`.
pub fn bind(notes: &mut [Note], known: &Known, guesses: &mut Vec<Guess>) -> Vec<NewSource> {
    let mut binder =
        Binder { known, keys: BTreeSet::new(), urls: BTreeMap::new(), new: Vec::new() };
    let mut bound = 0;
    for note in notes {
        for block in &mut note.blocks {
            if let Block::Paragraph(content) = block {
                bound += binder.paragraph(content);
            }
        }
    }
    tell(bound, binder.new.len(), guesses);
    binder.new
}

/// Makes sources of the addresses in the notes of Markdown that is ours already.
pub fn bind_markdown(
    text: &str,
    known: &Known,
    guesses: &mut Vec<Guess>,
) -> (String, Vec<NewSource>) {
    let mut binder =
        Binder { known, keys: BTreeSet::new(), urls: BTreeMap::new(), new: Vec::new() };
    let (mut out, mut bound, mut inside) = (String::with_capacity(text.len()), 0, false);
    for line in text.split_inclusive('\n') {
        let label = line.strip_prefix("[^").and_then(|rest| rest.find("]:")).map(|at| at + 4);
        inside = label.is_some() || inside && (line.starts_with(' ') || line.trim().is_empty());
        if !inside || !line.contains("http") || line.contains("](") || line.contains('`') {
            out.push_str(line);
            continue;
        }
        let (head, words) = line.split_at(label.unwrap_or(0));
        let blanks = words.len() - words.trim_start().len();
        let mut content = vec![Inline::Text(words[blanks..].to_owned())];
        bound += binder.paragraph(&mut content);
        out.push_str(head);
        out.push_str(&words[..blanks]);
        for inline in content {
            if let Inline::Text(words) | Inline::Markdown(words) = inline {
                out.push_str(&words);
            }
        }
    }
    tell(bound, binder.new.len(), guesses);
    (out, binder.new)
}

fn tell(bound: usize, count: usize, guesses: &mut Vec<Guess>) {
    if bound > 0 {
        let s = if count == 1 { "" } else { "s" };
        guesses.push(Guess::whole(format!(
            "{bound} addresses in notes are citations now; {count} new source{s}, for you to complete (`accessed`, `title`)"
        )));
    }
}

struct Binder<'a> {
    known: &'a Known,
    /// Keys that this manuscript takes.
    keys: BTreeSet<String>,
    /// Keys by address, of this manuscript.
    urls: BTreeMap<String, String>,
    new: Vec<NewSource>,
}

impl Binder<'_> {
    /// Binds the addresses of a paragraph; gives their number.
    fn paragraph(&mut self, content: &mut Vec<Inline>) -> usize {
        let parts = split(content);
        let count = parts.iter().filter(|part| matches!(part, Part::Address(_))).count();
        if count == 0 {
            return 0;
        }
        let mut out: Vec<Inline> = Vec::new();
        let mut from = 0;
        for (at, part) in parts.iter().enumerate() {
            let Part::Address(url) = part else { continue };
            let words: Vec<Inline> = parts[from..at].iter().filter_map(Part::words).collect();
            from = at + 1;
            let after = match parts.get(at + 1) {
                Some(Part::Words(Inline::Text(text))) => text.as_str(),
                _ => "",
            };
            let reference = read_reference(&words, after);
            let key = self.key(url, &reference);
            out.extend(reference.before);
            if !reference.is_whole {
                out.extend(words);
            }
            out.push(Inline::Markdown(format!("[@{key}]")));
        }
        out.extend(parts[from..].iter().filter_map(Part::words));
        *content = out;
        count
    }

    /// The key of the source at `url`, which is made where it is not there.
    fn key(&mut self, url: &str, reference: &Reference) -> String {
        let normal = self.known.normal.map_or_else(|| url.to_owned(), |normal| normal(url));
        if let Some(key) = self.known.by_url.get(&normal).or(self.urls.get(&normal)) {
            return key.clone();
        }
        let stem = reference.key(url);
        let taken = |key: &str| self.known.keys.contains(key) || self.keys.contains(key);
        let numbered = (2..).map(|n| format!("{stem}-{n}"));
        let key = std::iter::once(stem.clone()).chain(numbered).find(|key| !taken(key));
        let key = key.unwrap_or(stem);
        self.keys.insert(key.clone());
        self.urls.insert(normal, key.clone());
        self.new.push(NewSource { key: key.clone(), fields: reference.fields(url) });
        key
    }
}

/// A part of a paragraph.
#[derive(Debug)]
enum Part {
    Words(Inline),
    Address(String),
}

impl Part {
    fn words(&self) -> Option<Inline> {
        match self {
            Part::Words(inline) => Some(inline.clone()),
            Part::Address(_) => None,
        }
    }
}

/// A paragraph cut at its bare addresses.
fn split(content: &[Inline]) -> Vec<Part> {
    let mut parts = Vec::new();
    for inline in content {
        match inline {
            Inline::Text(text) => {
                let mut from = 0;
                for range in addresses(text) {
                    let words = text[from..range.start].trim_end_matches('<');
                    if !words.is_empty() {
                        parts.push(Part::Words(Inline::Text(words.to_owned())));
                    }
                    parts.push(Part::Address(text[range.clone()].to_owned()));
                    from = range.end + usize::from(text[range.end..].starts_with('>'));
                }
                if from < text.len() {
                    parts.push(Part::Words(Inline::Text(text[from..].to_owned())));
                }
            }
            Inline::Link { target, content } if write::is_bare(target, content) => {
                parts.push(Part::Address(target.clone()));
            }
            other => parts.push(Part::Words(other.clone())),
        }
    }
    parts
}

/// The addresses in `text`, without the signs of the sentence after them.
pub fn addresses(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find("http") {
        let start = at + next;
        let rest = &text[start..];
        at = start + 4;
        if !(rest.starts_with("http://") || rest.starts_with("https://")) {
            continue;
        }
        let ends = |c: char| c.is_whitespace() || "<>\"”“»«|\\^`{}".contains(c);
        let end = rest.find(ends).unwrap_or(rest.len());
        let mut url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '’', '\'', '…']);
        while url.ends_with(')') && url.matches(')').count() > url.matches('(').count() {
            url = url[..url.len() - 1].trim_end_matches(['.', ',', ';']);
        }
        let host = url.split("://").nth(1).unwrap_or_default();
        if host.contains('.') && host.len() > 3 {
            found.push(start..start + url.len());
            at = start + url.len();
        }
    }
    found
}
