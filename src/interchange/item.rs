//! One CSL-JSON item of another program into an entry of ours.
//!
//! Every reader of this module ends here: what a value must be to stand in `citations.yaml` is said
//! once. What has no field stays under `csl`; what can stand nowhere is reported.

use super::remarks::Remarks;
use super::{date, key, note};
use crate::bibliography::{Entry, EntryDate, Fault, Field, bare_doi, csl_type, field, is_key};
use crate::bibliography::{Name, language_tag, one_line, safe};
use crate::source::Span;
use serde_json::{Map, Value, json};

/// How deep a value under `csl` may be nested.
const DEPTH: usize = 24;

/// An item as it was read, and where.
pub(super) struct Item {
    /// The key that the file gives it; empty if it gives none.
    pub key: String,
    /// The variables by CSL name, or what the other program calls them.
    pub fields: Map<String, Value>,
    /// The record in the file.
    pub span: Span,
}

/// The entry that `item` describes.
pub(super) fn entry(item: Item, remarks: &mut Remarks) -> Entry {
    let mut fields = Map::new();
    let mut cleaner = Cleaner { key: &item.key, span: item.span, fields: &mut fields, remarks };
    let (plain, lines) = note::split(item.fields);
    for (name, value) in plain.into_iter().chain(lines) {
        cleaner.field(&name, value);
    }
    let mut entry = Entry::from_csl_json("", &fields);
    entry.key = match is_key(&item.key) {
        true => item.key,
        false => key::made(&entry),
    };
    entry.key_span = item.span;
    entry.span = item.span;
    entry
}

struct Cleaner<'a, 'd> {
    key: &'a str,
    span: Span,
    fields: &'a mut Map<String, Value>,
    remarks: &'a mut Remarks<'d>,
}

impl Cleaner<'_, '_> {
    fn field(&mut self, name: &str, value: Value) {
        if is_nothing(&value) || name == "id" {
            return;
        }
        match (name, field(name)) {
            ("archived-url", _) => self.address("archived-url", value),
            ("archived-date", _) => self.archived_date(value),
            (_, Some(Field::Type)) => self.kind(value),
            (_, Some(Field::TitleTranslated)) => self.text("title-translated", value),
            (_, Some(Field::Text("URL"))) => self.address("URL", value),
            (_, Some(Field::Text("DOI"))) => self.doi(value),
            (_, Some(Field::Text("language"))) => self.language(value),
            (_, Some(Field::Text(variable))) => self.text(variable, value),
            (_, Some(Field::Names(role))) => self.names(role, value),
            (_, Some(Field::Date(variable))) => self.date(variable, value),
            (_, Some(Field::Archived | Field::Csl)) | (_, None) => self.free(name, value),
        }
    }

    /// Sets a variable once; a second value is reported unless it says the same.
    fn set(&mut self, name: &str, value: Value) {
        match self.fields.get(name) {
            None => {
                self.fields.insert(name.to_owned(), value);
            }
            Some(first) if *first == value => {}
            Some(_) => {
                let words = format!("a second `{name}` has no place: {}", shown(&value));
                self.lose(&words);
            }
        }
    }

    fn lose(&mut self, words: &str) {
        self.remarks.not_carried(self.span, self.key, words);
    }

    fn kind(&mut self, value: Value) {
        let Some(written) = plain(&value) else { return };
        let normal = written.to_lowercase().replace(' ', "-");
        match csl_type(&normal).or_else(|| csl_type(&normal.replace('-', "_"))) {
            Some(kind) => self.set("type", json!(kind)),
            None => self.lose(&format!("its type `{written}` is none of CSL: it is a document")),
        }
    }

    fn text(&mut self, variable: &str, value: Value) {
        match plain(&value) {
            Some(text) if text.is_empty() => {}
            Some(text) => self.set(variable, json!(text)),
            None => self.lose(&format!("`{variable}` is no text: {}", shown(&value))),
        }
    }

    fn address(&mut self, variable: &str, value: Value) {
        let text = plain(&value).unwrap_or_default();
        let whole = encoded(&match safe(&text) {
            Err(Fault::NoScheme) if text.contains('.') => format!("https://{text}"),
            _ => text.clone(),
        });
        match safe(&whole) {
            Ok(url) => {
                if safe(&text).as_ref() != Ok(&url) {
                    self.lose(&format!("the address `{text}` was written as `{url}`"));
                }
                self.set(variable, json!(url));
            }
            Err(_) => self.lose(&format!("`{text}` is no address that is safe to follow")),
        }
    }

    fn doi(&mut self, value: Value) {
        let text = plain(&value).unwrap_or_default();
        match bare_doi(&text) {
            Some(doi) => self.set("DOI", json!(doi)),
            None => self.lose(&format!("`{text}` is not a DOI")),
        }
    }

    fn language(&mut self, value: Value) {
        let text = plain(&value).unwrap_or_default();
        match language_tag(&text) {
            Some(tag) => self.set("language", json!(tag)),
            None => self.lose(&format!("`{text}` is no language that is known")),
        }
    }

    fn names(&mut self, role: &str, value: Value) {
        let list = match value {
            Value::Array(list) => list,
            one => vec![one],
        };
        let mut names: Vec<Value> = Vec::new();
        for value in list.iter().filter(|value| !is_nothing(value)) {
            if let Some(part) = unknown_part(value) {
                self.lose(&format!("`{part}` of a name in `{role}` has no place"));
            }
            match name(value) {
                Some(name) => names.push(name.to_csl_json()),
                None => self
                    .lose(&format!("`{role}` has a name without a family name: {}", shown(value))),
            }
        }
        // Two fields of another program may be one role of ours.
        if let Some(Value::Array(there)) = self.fields.get(role) {
            names.retain(|name| !there.contains(name));
        }
        match self.fields.get_mut(role) {
            Some(Value::Array(there)) => there.extend(names),
            _ if names.is_empty() => {}
            _ => {
                self.fields.insert(role.to_owned(), Value::Array(names));
            }
        }
    }

    fn date(&mut self, variable: &str, value: Value) {
        if let Some(json) = date::read(&value) {
            self.set(variable, json);
        }
    }

    fn archived_date(&mut self, value: Value) {
        let text = plain(&value).unwrap_or_default();
        match EntryDate::parse_foreign(&text) {
            Some(date) => self.set("archived-date", json!(date.to_string())),
            None => self.lose(&format!("`{text}` is not a date of an archived copy")),
        }
    }

    /// What has no field: it goes under `csl`, where a single value is a text.
    fn free(&mut self, name: &str, value: Value) {
        let name = match name.trim() {
            "" => return,
            "csl" => "csl-csl",
            "archived" => "csl-archived",
            name => name,
        };
        let value = match plain(&value) {
            Some(text) if !value.is_array() => json!(text),
            _ => value,
        };
        if depth(&value) > DEPTH {
            self.lose(&format!("`{name}` is nested too deep"));
        } else if value != json!("") {
            self.set(name, value);
        }
    }
}

/// A value without content.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A single value, or a list of them, as one line of text.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(one_line(text)),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(is) => Some(is.to_string()),
        Value::Array(list) if list.iter().all(|item| item.is_string() || item.is_number()) => {
            let words: Option<Vec<String>> = list.iter().map(plain).collect();
            let words = words?.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>();
            Some(one_line(&words.join(", ")))
        }
        _ => None,
    }
}

/// A value in a few words.
fn shown(value: &Value) -> String {
    let text = plain(value).unwrap_or_else(|| value.to_string());
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(list) => 1 + list.iter().map(depth).max().unwrap_or(0),
        Value::Object(map) => 1 + map.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// An address with what no address may hold written as `%20`.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_whitespace() || c.is_control() || "<>\"".contains(c) => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    out.push_str(&format!("%{byte:02X}"));
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// A part of a name that ours have not.
fn unknown_part(value: &Value) -> Option<&String> {
    const KNOWN: [&str; 8] = [
        "family",
        "given",
        "suffix",
        "literal",
        "org",
        "name",
        "non-dropping-particle",
        "dropping-particle",
    ];
    value.as_object()?.keys().find(|part| !KNOWN.contains(&part.as_str()))
}

/// A name as CSL-JSON, or as a text in the form `Family, Given`.
fn name(value: &Value) -> Option<Name> {
    if let Some(text) = value.as_str() {
        return Some(Name::parse(&one_line(text)));
    }
    let part = |key: &str| one_line(value.get(key).and_then(Value::as_str).unwrap_or_default());
    let literal = ["literal", "org", "name"].into_iter().map(part).find(|text| !text.is_empty());
    if let Some(literal) = literal {
        return Some(Name::Literal(literal));
    }
    match (part("family"), part("given")) {
        (family, given) if family.is_empty() && given.is_empty() => None,
        (family, given) if family.is_empty() => Some(Name::Literal(given)),
        (family, given) => Some(Name::assembled(
            &family,
            &given,
            &part("suffix"),
            &part("non-dropping-particle"),
            &part("dropping-particle"),
        )),
    }
}
