//! Lines `name: value` in a note: reference managers keep there what their forms have no field for.

use crate::bibliography::{DATES, NAMES, TEXTS};
use serde_json::{Map, Value, json};

/// Takes the lines of `note` that set a CSL variable out of it. The variables come second: a field
/// is more than a note.
pub(super) fn split(mut fields: Map<String, Value>) -> (Map<String, Value>, Vec<(String, Value)>) {
    let Some(note) = fields.get("note").and_then(Value::as_str) else {
        return (fields, Vec::new());
    };
    // A note of ours that only looks like a variable begins with a line end.
    if let Some(note) = note.strip_prefix('\n').map(str::to_owned) {
        fields.insert("note".into(), json!(note));
        return (fields, Vec::new());
    }
    let mut rest = Vec::new();
    let mut found: Vec<(String, Value)> = Vec::new();
    for line in note.lines() {
        match variable(line).filter(|(name, _)| is_free(name, &fields, &found)) {
            Some((name, value)) => add(&mut found, name, value),
            None => rest.push(line),
        }
    }
    if !found.is_empty() {
        let rest = rest.join("\n");
        fields.insert("note".into(), json!(rest.trim()));
    }
    (fields, found)
}

fn add(found: &mut Vec<(String, Value)>, name: &str, value: Value) {
    match found.iter_mut().find(|(known, _)| known == name) {
        Some((_, Value::Array(names))) => names.push(value),
        _ if NAMES.contains(&name) => found.push((name.to_owned(), json!([value]))),
        _ => found.push((name.to_owned(), value)),
    }
}

fn is_free(name: &str, fields: &Map<String, Value>, found: &[(String, Value)]) -> bool {
    let is_name = NAMES.contains(&name);
    let taken = found.iter().any(|(known, _)| known == name);
    (name == "type" || !fields.contains_key(name)) && (is_name || !taken)
}

/// The CSL variable that a line sets, and its value.
pub(super) fn variable(line: &str) -> Option<(&'static str, Value)> {
    let line = line.trim();
    let line = line.strip_prefix("{:").and_then(|line| line.strip_suffix('}')).unwrap_or(line);
    let (name, value) = line.split_once(':')?;
    let value = value.trim();
    if value.is_empty() || name.len() > 40 {
        return None;
    }
    let name = known(name)?;
    let names = NAMES.contains(&name);
    Some((name, if names { person(value) } else { json!(value) }))
}

fn known(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase().replace(' ', "-");
    let own = ["type", "title-translated", "archived-url", "archived-date"];
    let all = TEXTS.iter().chain(DATES).chain(NAMES).chain(&own);
    let like = |known: &&&str| {
        known.eq_ignore_ascii_case(&name) || known.replace('_', "-").eq_ignore_ascii_case(&name)
    };
    all.filter(|known| **known != "note").find(like).copied()
}

/// `Family || Given`, as citeproc writes it, or a name in our own form.
fn person(value: &str) -> Value {
    match value.split_once("||") {
        Some((family, given)) => json!({ "family": family.trim(), "given": given.trim() }),
        None => json!(value),
    }
}
