//! YAML of three kinds: CSL-YAML (a list of items, or one under `references`), hayagriva's own (a
//! map of keys whose entries may have a `parent`), and ours.

use super::hayagriva_yaml;
use super::item::Item;
use super::remarks::Remarks;
use crate::bibliography::{self, Entry};
use crate::diagnostic::Severity;
use crate::source::{FileId, Sources};
use crate::yaml::{self, Node, Value};
use serde_json::{Map, Value as Json, json};

/// What a file holds: items that are still to be made entries, or entries.
pub(super) enum Holds {
    Items(Vec<Item>),
    Entries(Vec<Entry>),
}

/// Reads a file.
pub(super) fn read(sources: &Sources, id: FileId, remarks: &mut Remarks) -> Holds {
    let length = sources.file(id).text.len();
    let (root, syntax) = yaml::parse(sources, id, 0..length);
    let Some(root) = root else {
        remarks.extend(syntax);
        return Holds::Items(Vec::new());
    };
    let list = match &root.value {
        Value::List(items) => Some(items.as_slice()),
        _ => root.get("references").and_then(Node::as_list),
    };
    if let Some(list) = list {
        remarks.extend(syntax);
        let items = list.iter().filter(|item| item.as_map().is_some());
        return Holds::Items(items.map(csl_item).collect());
    }
    if hayagriva_yaml::is_so(&root) {
        remarks.extend(syntax);
        let entries = root.pairs().iter().filter(|(_, value)| value.as_map().is_some());
        return Holds::Items(
            entries.map(|(key, value)| hayagriva_yaml::item(key, value)).collect(),
        );
    }
    let mut found = Vec::new();
    let read = bibliography::read(sources, id, "en", &mut found);
    // What an entry lacks, `check` says when it is in the bibliography.
    found.retain(|diagnostic| diagnostic.severity == Severity::Error);
    remarks.extend(found);
    Holds::Entries(read.entries)
}

fn csl_item(node: &Node) -> Item {
    let mut fields = Map::new();
    for (key, value) in node.pairs() {
        let name = key.as_text().unwrap_or_default();
        fields.entry(name).or_insert_with(|| json(value));
    }
    let text = |value: Option<Json>| match value {
        Some(Json::String(text)) => text,
        _ => String::new(),
    };
    let id = text(fields.shift_remove("id"));
    let key = text(fields.shift_remove("citation-key"));
    Item { key: if key.is_empty() { id } else { key }, fields, span: node.span }
}

/// A node as JSON; every scalar is the text that was typed.
pub(super) fn json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Scalar { text, .. } => json!(text),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Map(pairs) => {
            let mut map = Map::new();
            for (key, value) in pairs {
                map.entry(key.as_text().unwrap_or_default()).or_insert_with(|| json(value));
            }
            Json::Object(map)
        }
    }
}
