//! Values that are written once and stand in many places: anchors, aliases and merge keys.
//!
//! The invariant: copies never make a tree that is much larger than its text.

use super::build::{Builder, NODE_COST, Size, Step};
use super::{Node, Value};
use crate::diagnostic::{BAD_YAML, Diagnostic};
use crate::quick::QuickSet;
use std::ops::Range;

/// Bytes of tree that aliases and merge keys may copy in one file, against "billion laughs".
const COPY_BUDGET: usize = 8 << 20;

impl Builder<'_> {
    /// Puts a copy of an anchored node at `*name`.
    pub(super) fn alias(&mut self, id: usize, range: Range<usize>) -> Step {
        self.read_to = self.read_to.max(range.end);
        self.last_scalar = None;
        let Some(kept) = self.anchors.get(&id) else { return self.inside_itself(range) };
        let size = kept.as_ref().map(|(_, size)| *size);
        if !size.is_some_and(|size| self.afford(size)) {
            return self.too_many(range);
        }
        match self.anchors.get(&id).cloned().flatten() {
            Some((Node { value, .. }, size)) => self.add(self.node(range, value), size),
            None => Ok(()),
        }
    }

    /// Leaves out a copy; the first one is reported.
    fn too_many(&mut self, range: Range<usize>) -> Step {
        if !self.spent {
            let words = "the values repeated with `*` grow too large";
            self.diagnostics.push(
                Diagnostic::new(&BAD_YAML, self.origin.span(range.clone()), words)
                    .help("write the value out instead of repeating a repetition"),
            );
        }
        self.spent = true;
        self.add(self.node(range, Value::Null), Size::default())
    }

    /// Takes the cost of a copy out of the budget, if it is still there.
    pub(super) fn afford(&mut self, size: Size) -> bool {
        let budget = COPY_BUDGET + 4 * self.text.len();
        let copied = self.copied + size.cost + NODE_COST;
        let fits = copied <= budget;
        if fits {
            self.copied = copied;
        }
        fits
    }

    /// An alias inside the very node that it names.
    fn inside_itself(&mut self, range: Range<usize>) -> Step {
        let words =
            format!("`{}` stands inside the value that it repeats", &self.text[range.clone()]);
        let span = self.origin.span(range.clone());
        self.diagnostics.push(
            Diagnostic::new(&BAD_YAML, span, words)
                .help("write the value out, or repeat another one"),
        );
        self.add(self.node(range, Value::Null), Size::default())
    }

    pub(super) fn unresolved(&mut self, name: &str, range: Range<usize>) -> Step {
        let words = format!("`*{name}` repeats a value, but no value is marked `&{name}` above it");
        let span = self.origin.span(range.clone());
        self.diagnostics.push(
            Diagnostic::new(&BAD_YAML, span, words)
                .help("a text that begins with `*` must be put in quotes"),
        );
        self.read_to = self.read_to.max(range.end);
        self.last_scalar = None;
        let text = self.text[range.clone()].to_string();
        self.add(self.node(range, Value::Scalar { text, quoted: true }), Size::default())
    }

    /// Takes the pairs of every map under `<<` into the map, where the key is not there already.
    pub(super) fn merge(&mut self, pairs: Vec<(Node, Node)>) -> Vec<(Node, Node)> {
        if !pairs.iter().any(|(key, _)| is_merge(key)) {
            return pairs;
        }
        let (merges, mut own): (Vec<_>, Vec<_>) =
            pairs.into_iter().partition(|(key, _)| is_merge(key));
        let mut seen: QuickSet<String> =
            own.iter().filter_map(|(key, _)| key.as_text().map(str::to_string)).collect();
        for (key, value) in merges {
            for map in value.items() {
                let Value::Map(inherited) = &map.value else {
                    self.not_a_map(&key, map);
                    continue;
                };
                for (name, value) in inherited {
                    if name.as_text().is_some_and(|name| seen.insert(name.to_string())) {
                        own.push((name.clone(), value.clone()));
                    }
                }
            }
        }
        own
    }

    fn not_a_map(&mut self, key: &Node, value: &Node) {
        let words =
            format!("`<<` takes in the fields of another entry, but this is {}", value.kind());
        self.diagnostics.push(
            Diagnostic::new(&BAD_YAML, value.span, words)
                .label(key.span, "")
                .help("write `<<: *name`, where `&name` marks the entry to repeat"),
        );
    }
}

fn is_merge(key: &Node) -> bool {
    matches!(&key.value, Value::Scalar { text, quoted: false } if text == "<<")
}
