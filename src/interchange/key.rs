//! Keys for entries whose file gives none that can be cited: `family-year-word`.

use crate::bibliography::{Entry, Name};

/// A key made of the first author's family name, the year and the first long word of the title.
pub(super) fn made(entry: &Entry) -> String {
    let names = entry.names("author");
    let names = if names.is_empty() { entry.names("editor") } else { names };
    let family = match names.first() {
        Some(Name::Literal(name)) => first_words(name, 2),
        Some(Name::Person { family, .. }) => first_words(family, 2),
        None => String::new(),
    };
    let year = entry.issued().map(|date| date.start.year.to_string()).unwrap_or_default();
    let title = &without_tags(entry.title().unwrap_or_default());
    let word = words(title).find(|word| word.chars().count() > 3).or(words(title).next());
    let parts = [family, year.trim_start_matches('-').to_owned(), word.unwrap_or_default()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    match parts.is_empty() {
        true => entry.kind.replace('_', "-"),
        false => parts.join("-"),
    }
}

/// A title without `<i>` and the like.
fn without_tags(title: &str) -> String {
    let mut pieces = title.split('<');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        out.push_str(piece.split_once('>').map_or(piece, |(_, rest)| rest));
    }
    out
}

/// The words of a text in small letters.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase)
}

fn first_words(text: &str, count: usize) -> String {
    words(text).take(count).collect::<Vec<_>>().join("-")
}

/// The `nth` key of several that would be one: `key-2`, `key-3`.
pub(super) fn numbered(key: &str, nth: usize) -> String {
    if nth < 2 { key.to_owned() } else { format!("{key}-{nth}") }
}
