//! CSL-JSON, as Zotero and Better BibTeX export it: an array of items, or a map with `items`.
//!
//! Each item is read by itself, so that one that is broken does not take the others with it.

use super::item::Item;
use super::remarks::Remarks;
use crate::source::{File, FileId, Sources, Span};
use serde_json::{Map, Value};
use std::ops::Range;

/// Reads the items of a file.
pub(super) fn read(sources: &Sources, id: FileId, remarks: &mut Remarks) -> Vec<Item> {
    let file = sources.file(id);
    let text = &*file.text;
    let found = objects(text);
    let mut items = Vec::new();
    for range in &found {
        match serde_json::from_str::<Map<String, Value>>(&text[range.clone()]) {
            Ok(map) if is_zotero_own(&map) => {
                let words = "this is Zotero’s own JSON, not CSL-JSON";
                remarks.unreadable(
                    Span::new(id, range.clone()),
                    words,
                    "export it from Zotero as “CSL JSON” or “Better CSL JSON”",
                );
                return items;
            }
            Ok(map) => items.push(item(map, Span::new(id, range.clone()))),
            Err(error) => remarks.unreadable(place(file, id, range, &error), words(&error), HELP),
        }
    }
    if found.is_empty() && !is_empty_list(text) {
        remarks.unreadable(
            Span::new(id, 0..text.len().min(1)),
            "no source stands in this file",
            HELP,
        );
    }
    items
}

const HELP: &str =
    "a bibliography in JSON is a list of items: [{\"id\": …, \"type\": …, \"title\": …}]";

fn is_empty_list(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|value| match value {
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => ["items", "references"].iter().any(|name| map.contains_key(*name)),
        _ => false,
    })
}

/// Zotero's own export says `itemType` where CSL says `type`.
fn is_zotero_own(map: &Map<String, Value>) -> bool {
    map.contains_key("itemType") && !map.contains_key("type")
}

fn item(mut fields: Map<String, Value>, span: Span) -> Item {
    let id = fields.shift_remove("id").unwrap_or_default();
    let key = fields.shift_remove("citation-key").or_else(|| fields.shift_remove("citekey"));
    let text = |value: &Value| match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let key = key.as_ref().map(text).filter(|key| !key.is_empty()).unwrap_or_else(|| text(&id));
    // An address of Zotero's is no key that anybody would type.
    let is_address = ["http://", "https://"].iter().any(|scheme| key.starts_with(scheme));
    let key = if is_address { String::new() } else { key };
    Item { key, fields, span }
}

/// The place of a mistake that was found inside the item at `range`.
fn place(file: &File, id: FileId, range: &Range<usize>, error: &serde_json::Error) -> Span {
    let text = &file.text[range.clone()];
    let line = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let at = line.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
    let at = range.start + at.min(text.len());
    Span::new(id, at..at)
}

fn words(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or_default();
    format!("this item is not JSON, and was left out: {what}")
}

/// The items of a list at the top, or of the list under `items` or `references`; a single item.
fn objects(text: &str) -> Vec<Range<usize>> {
    let start = text.len() - text.trim_start().len();
    if text[start..].starts_with('{') {
        let scan = Scan { text, at: start + 1 };
        return match scan.list() {
            Some(at) => Scan { text, at }.items(),
            None => std::iter::once(start..text.trim_end().len()).collect(),
        };
    }
    match text[start..].starts_with('[') {
        true => Scan { text, at: start + 1 }.items(),
        false => Vec::new(),
    }
}

/// A walk over JSON that knows brackets and strings, and no more.
struct Scan<'t> {
    text: &'t str,
    at: usize,
}

impl Scan<'_> {
    /// The start of the list under `items` or `references` in the object that is open here.
    fn list(mut self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        while self.at < bytes.len() {
            match bytes[self.at] {
                b'"' => {
                    let string = self.string();
                    let rest = &self.text[self.at..];
                    let value = rest.trim_start().strip_prefix(':').map(str::trim_start);
                    let names = ["\"items\"", "\"references\""].contains(&&self.text[string]);
                    if let Some(list) = value.and_then(|v| v.strip_prefix('[')).filter(|_| names) {
                        return Some(self.text.len() - list.len());
                    }
                }
                b'{' | b'[' => self.skip(),
                _ => self.at += 1,
            }
        }
        None
    }

    /// The objects of the list that is open here, one level deep.
    fn items(mut self) -> Vec<Range<usize>> {
        let bytes = self.text.as_bytes();
        let mut found = Vec::new();
        while self.at < bytes.len() && bytes[self.at] != b']' {
            match bytes[self.at] {
                b'"' => drop(self.string()),
                b'{' => {
                    let start = self.at;
                    self.skip();
                    found.push(start..self.at);
                }
                b'[' => self.skip(),
                _ => self.at += 1,
            }
        }
        found
    }

    /// Goes past the string that begins here.
    fn string(&mut self) -> Range<usize> {
        let (bytes, start) = (self.text.as_bytes(), self.at);
        self.at += 1;
        while self.at < bytes.len() && bytes[self.at] != b'"' {
            self.at += if bytes[self.at] == b'\\' { 2 } else { 1 };
        }
        self.at = (self.at + 1).min(bytes.len());
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        start..self.at
    }

    /// Goes past the bracket that opens here, and all that is in it.
    fn skip(&mut self) {
        let bytes = self.text.as_bytes();
        let mut depth = 0_usize;
        while self.at < bytes.len() {
            match bytes[self.at] {
                b'"' => {
                    self.string();
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }
}
