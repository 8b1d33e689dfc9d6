//! YAML with places: text into a tree in which every key and value knows its span.
//!
//! The invariant: every span lies inside the part of the file that was parsed, except inside the
//! copies that an alias (`*name`) or a merge key (`<<`) makes, which keep the places where their
//! text was written. A scalar is always the text the author typed: `1.10`, `no`, `012` and dates
//! are never turned into numbers. This module must not know what any key means.
//!
//! The one door to `granit-parser` (events with places) and to `serde_yaml` (types of scalars).

mod lines;
mod build;
mod copies;
mod decode;
mod error;
mod quotes;
mod recover;

pub use decode::{decode, to_serde};

use crate::diagnostic::{BAD_YAML, Diagnostic};
use crate::quick::QuickMap;
use crate::source::{FileId, Sources, Span};
use std::ops::Range;

/// How deeply lists and maps may be nested, copies by alias included.
pub const DEPTH_LIMIT: usize = 100;

/// A value and the place where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The bytes of the value; for a quoted scalar with its quotes, for an alias the `*name`.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// What a place holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// Text as it was typed, folded and unescaped by YAML's rules but never typed.
    Scalar {
        /// The text.
        text: String,
        /// Whether quotes, a block (`|`, `>`) or `!!str` say that this is text.
        quoted: bool,
    },
    /// `[a, b]` or a list of `- a`.
    List(Vec<Node>),
    /// `key: value` pairs in source order, with duplicate keys; merged pairs come last.
    Map(Vec<(Node, Node)>),
}

impl Node {
    /// The value under `key` of a map; the first one if the key is there twice.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.pair(key).map(|(_, value)| value)
    }

    /// The key and value nodes under `key` of a map.
    pub fn pair(&self, key: &str) -> Option<&(Node, Node)> {
        self.pairs().iter().find(|(name, _)| name.as_text() == Some(key))
    }

    /// The text of a scalar.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The items of a list.
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// The pairs of a map.
    pub fn as_map(&self) -> Option<&[(Node, Node)]> {
        match &self.value {
            Value::Map(pairs) => Some(pairs),
            _ => None,
        }
    }

    /// The pairs of a map; none for anything else.
    pub fn pairs(&self) -> &[(Node, Node)] {
        self.as_map().unwrap_or_default()
    }

    /// The items of a list, or the node itself where one value stands for a list of one.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            Value::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// Whether nothing is here.
    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    /// What this is, in an author's words.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Scalar { .. } => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map of keys and values",
        }
    }

    /// Keys of this map that are there more than once: the first place and each later one.
    pub fn duplicate_keys(&self) -> Vec<(&Node, &Node)> {
        let mut first: QuickMap<&str, &Node> = QuickMap::default();
        let mut found = Vec::new();
        for (key, _) in self.pairs() {
            let Some(text) = key.as_text() else { continue };
            match first.get(text) {
                Some(earlier) => found.push((*earlier, key)),
                None => {
                    first.insert(text, key);
                }
            }
        }
        found
    }
}

/// Reads `range` of a file as one YAML document.
///
/// `None` where there is no value at all. Every mistake is a diagnostic; what surrounds it is in
/// the tree. A field whose value cannot be read holds its raw text. Duplicate keys are not
/// reported here: see [`Node::duplicate_keys`] and [`report_duplicates`].
pub fn parse(
    sources: &Sources,
    file: FileId,
    range: Range<usize>,
) -> (Option<Node>, Vec<Diagnostic>) {
    let text = sources.file(file).slice(range.clone());
    recover::read(text, Origin { file, start: range.start })
}

/// Reports the duplicate keys of `node` and of everything below it as `bad-yaml`.
pub fn report_duplicates(node: &Node, diagnostics: &mut Vec<Diagnostic>) {
    for (first, later) in node.duplicate_keys() {
        let key = later.as_text().unwrap_or_default();
        let diagnostic =
            Diagnostic::new(&BAD_YAML, later.span, format!("the key `{key}` is given twice"))
                .label(first.span, "first given here")
                .help("keep one of the two: only the first is read");
        diagnostics.push(diagnostic);
    }
    report_duplicates_below(node, diagnostics);
}

/// Reports the duplicate keys of everything below `node`, not of `node` itself.
pub fn report_duplicates_below(node: &Node, diagnostics: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| report_duplicates(item, diagnostics)),
        Value::Map(pairs) => {
            pairs.iter().for_each(|(_, value)| report_duplicates(value, diagnostics));
        }
        Value::Null | Value::Scalar { .. } => {}
    }
}

/// Where the parsed text begins: turns offsets of the text into spans of the file.
#[derive(Debug, Clone, Copy)]
struct Origin {
    file: FileId,
    start: usize,
}

impl Origin {
    fn span(self, range: Range<usize>) -> Span {
        Span::new(self.file, self.start + range.start..self.start + range.end)
    }
}

#[cfg(test)]
mod tests;
