//! The two filters that templates have beyond the engine's own: patterns and plurals.

use crate::words::{Forms, Words, fill};
use tera::value::Key;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// Registers the filters; must run before templates are added.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("fill", fill_pattern);
    tera.register_filter("counted", counted);
}

/// `{{ words.note_marker | fill(n=12) }}`: puts values into a pattern of the interface words.
fn fill_pattern(pattern: &str, values: Kwargs, _: &State) -> String {
    let values: Vec<(String, String)> =
        values.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let values: Vec<(&str, &str)> = values.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    fill(pattern, &values)
}

/// `{{ 3 | counted(of="notes") }}`: a number with its noun (`3 notes`).
fn counted(n: usize, values: Kwargs, state: &State) -> TeraResult<String> {
    let of = values.must_get::<&str>("of")?;
    let words = state.get::<Value>("words")?;
    let tag = words.as_ref().and_then(Value::as_map).and_then(|map| map.get(&Key::Str("tag")));
    let tag = tag.and_then(Value::as_str);
    let words = Words::of_or_english(tag.unwrap_or_default());
    let forms =
        forms(words, of).ok_or_else(|| Error::message(format!("`counted` cannot count `{of}`")))?;
    Ok(words.count(forms, n))
}

fn forms<'a>(words: &'a Words, of: &str) -> Option<&'a Forms> {
    Some(match of {
        "notes" => &words.count.notes,
        "claims" => &words.count.claims,
        "provisions" => &words.count.provisions,
        "sources" => &words.count.sources,
        "articles" => &words.count.articles,
        "mentions" => &words.count.mentions,
        "words" => &words.count.words,
        "results" => &words.count.results,
        _ => return None,
    })
}
