//! Dates of other programs into CSL-JSON: one that our own form can say, or one that says itself.

use crate::bibliography::EntryDate;
use serde_json::{Map, Value, json};

/// The date as CSL-JSON; none where nothing is said.
pub(super) fn read(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => Some(text_date(text.trim())),
        Value::Number(year) => Some(text_date(&year.to_string())),
        Value::Object(map) => object(map),
        Value::Array(list) => from_list(list),
        Value::Bool(_) | Value::Null => None,
    }
}

/// A date as text: in our form where it is one, else literally.
pub(super) fn text_date(text: &str) -> Value {
    let day = text.split_once('T').map_or(text, |(day, _)| day);
    match EntryDate::parse_foreign(text).or_else(|| EntryDate::parse_foreign(day)) {
        Some(date) => json!(date.to_csl_json()),
        None => json!({ "literal": text }),
    }
}

/// The number of a season by its English name.
pub(super) fn season(word: &str) -> Option<u8> {
    match word.to_lowercase().as_str() {
        "spring" => Some(1),
        "summer" => Some(2),
        "autumn" | "fall" => Some(3),
        "winter" => Some(4),
        _ => None,
    }
}

fn object(map: &Map<String, Value>) -> Option<Value> {
    let text = |key: &str| map.get(key).and_then(Value::as_str).map(str::trim);
    if map.contains_key("year") {
        return from_list(std::slice::from_ref(&Value::Object(map.clone())));
    }
    if let Some(parts) = map.get("date-parts").and_then(Value::as_array) {
        return Some(parted(map, parts));
    }
    match text("raw").or(text("literal")).filter(|text| !text.is_empty()) {
        Some(text) => {
            let mut date = text_date(text);
            if is_set(map.get("circa")) {
                date["circa"] = json!(true);
            }
            Some(date)
        }
        None => Some(Value::Object(map.clone())).filter(|_| !map.is_empty()),
    }
}

/// Old CSL-YAML: `{year, month, day}`, or a list of two for a range.
fn from_list(list: &[Value]) -> Option<Value> {
    let parts: Vec<Value> = list
        .iter()
        .map(|day| {
            let part = |key: &str| day.get(key).cloned().filter(|part| number(part).is_some());
            [part("year"), part("month"), part("day")].into_iter().map_while(|part| part).collect()
        })
        .collect();
    let mut map = Map::new();
    map.insert("date-parts".into(), json!(parts));
    for key in ["season", "circa"] {
        if let Some(value) = list.iter().find_map(|day| day.get(key)) {
            map.insert(key.into(), value.clone());
        }
    }
    object(&map)
}

fn is_set(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null | Value::Bool(false)) => false,
        Some(Value::String(text)) => !matches!(text.as_str(), "" | "0" | "false" | "no"),
        Some(Value::Number(number)) => number.as_i64() != Some(0),
        Some(_) => true,
    }
}

fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// A date of parts; numbers that were written as text become numbers, seasons in the month's place
/// a season.
fn parted(map: &Map<String, Value>, parts: &[Value]) -> Value {
    let mut days: Vec<Vec<i64>> = parts
        .iter()
        .map(|day| day.as_array().map_or(&[][..], Vec::as_slice))
        .map(|day| day.iter().map_while(number).collect())
        .filter(|day: &Vec<i64>| !day.is_empty())
        .collect();
    let mut date = map.clone();
    if let [day] = days.as_mut_slice()
        && day.len() == 2
        && matches!(day[1], 13..=16 | 21..=24)
    {
        let season = if day[1] > 20 { day[1] - 20 } else { day[1] - 12 };
        day.truncate(1);
        date.insert("season".into(), json!(season));
    }
    days.dedup();
    let circa = is_set(date.get("circa"));
    let plain = date.keys().all(|key| matches!(key.as_str(), "date-parts" | "circa" | "raw"));
    if let Some(own) = own(&days, circa).filter(|_| plain) {
        return own.to_csl_json();
    }
    date.insert("date-parts".into(), json!(days));
    match circa {
        true => date.insert("circa".into(), json!(true)),
        false => date.shift_remove("circa"),
    };
    Value::Object(date)
}

/// The date in our own form, if it has one.
fn own(days: &[Vec<i64>], circa: bool) -> Option<EntryDate> {
    let day = |parts: &Vec<i64>| {
        let (year, rest) = parts.split_first()?;
        let sign = if *year < 0 { "-" } else { "" };
        let rest: String = rest.iter().map(|part| format!("-{part:02}")).collect();
        Some(format!("{sign}{:04}{rest}", year.unsigned_abs()))
    };
    let days: Option<Vec<String>> = days.iter().map(day).collect();
    let text = days.filter(|days| !days.is_empty())?.join("/");
    EntryDate::parse(&if circa { format!("{text}~") } else { text })
}
