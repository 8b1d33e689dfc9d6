//! Entries as CSL-JSON, the form that citation engines and reference managers read.

use super::{Day, Entry, EntryDate, Name};
use crate::yaml::{self, Node, Value};
use serde_json::{Map, Value as Json, json};

impl Entry {
    /// The entry as a CSL-JSON item.
    ///
    /// What CSL has no variable for is added as `title-translated`, `archived-url` and
    /// `archived-date` (the date as text). A variable under `csl` never replaces a field.
    pub fn to_csl_json(&self) -> Map<String, Json> {
        let mut item = Map::new();
        item.insert("id".into(), json!(self.key));
        item.insert("type".into(), json!(self.kind));
        for (role, names) in self.names.iter().filter(|(_, names)| !names.is_empty()) {
            item.insert(role.to_string(), names.iter().map(Name::to_csl_json).collect());
        }
        for (variable, text) in self.texts.iter() {
            item.insert(variable.to_string(), json!(text.value));
        }
        for (variable, value) in self.dates.iter() {
            item.insert(variable.to_string(), date(&value.value));
        }
        if let Some(title) = &self.title_translated {
            item.insert("title-translated".into(), json!(title));
        }
        if let Some(archived) = &self.archived {
            item.insert("archived-url".into(), json!(archived.url));
            if let Some(date) = &archived.date {
                item.insert("archived-date".into(), json!(date.to_string()));
            }
        }
        for (name, value) in &self.extra {
            item.entry(name.clone()).or_insert_with(|| value.clone());
        }
        item
    }
}

impl EntryDate {
    /// The date as CSL-JSON.
    pub fn to_csl_json(&self) -> Json {
        date(self)
    }
}

/// A date as CSL-JSON.
pub(super) fn date(date: &EntryDate) -> Json {
    let parts: Vec<Json> = std::iter::once(date.start).chain(date.end).map(parts).collect();
    match date.circa {
        true => json!({ "date-parts": parts, "circa": true }),
        false => json!({ "date-parts": parts }),
    }
}

fn parts(day: Day) -> Json {
    let rest = [day.month, day.day].into_iter().flatten().map(i32::from);
    std::iter::once(day.year).chain(rest).collect()
}

/// Anything under `csl`: a scalar stays text, below a list or map numbers are numbers.
pub(super) fn any(node: &Node) -> Json {
    match &node.value {
        Value::Scalar { text, .. } => json!(text),
        _ => serde_json::to_value(yaml::to_serde(node)).unwrap_or(Json::Null),
    }
}
