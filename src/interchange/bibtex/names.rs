//! Names as BibTeX writes them: `First von Last`, `von Last, First`, `von Last, Jr, First`.

use super::tex::{decoded, group_end};
use serde_json::{Value, json};

/// The names in the raw text of a field as CSL-JSON, and whether `and others` stands at the end.
pub(super) fn read(raw: &str) -> (Vec<Value>, bool) {
    // Braces that do not pair up group nothing.
    let flat = raw.replace(['{', '}'], "");
    let raw = if is_balanced(raw) { raw } else { &flat };
    let pieces = words(raw, false)
        .split(|word| word.eq_ignore_ascii_case("and"))
        .map(<[&str]>::to_vec)
        .collect::<Vec<_>>();
    let mut names = Vec::new();
    let mut others = false;
    for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
        match piece.as_slice() {
            [word] if word.eq_ignore_ascii_case("others") => others = true,
            piece => names.extend(name(piece)),
        }
    }
    (names, others)
}

fn is_balanced(raw: &str) -> bool {
    let mut depth = 0_i64;
    let mut escaped = false;
    for c in raw.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// The words of a text; what is in braces is one word. A tie parts words only if asked.
fn words(raw: &str, ties: bool) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut at) = (None, 0);
    while at < raw.len() {
        let rest = &raw[at..];
        let c = rest.chars().next().unwrap_or(' ');
        if c.is_ascii_whitespace() || ties && c == '~' {
            found.extend(start.take().map(|start: usize| &raw[start..at]));
            at += c.len_utf8();
            continue;
        }
        start.get_or_insert(at);
        at += step(rest);
    }
    found.extend(start.map(|start| &raw[start..]));
    found
}

/// The length of a letter, an escaped one or a group.
fn step(rest: &str) -> usize {
    let mut letters = rest.chars();
    match letters.next() {
        Some('{') => group_end(rest).unwrap_or(1),
        Some('\\') => 1 + letters.next().map_or(0, char::len_utf8),
        Some(c) => c.len_utf8(),
        None => 1,
    }
}

/// The parts between commas outside of braces.
fn commas(raw: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < raw.len() {
        if raw[at..].starts_with(',') {
            found.push(raw[start..at].trim());
            start = at + 1;
        }
        at += step(&raw[at..]);
    }
    found.push(raw[start..].trim());
    found
}

fn name(piece: &[&str]) -> Option<Value> {
    let raw = piece.join(" ");
    let text = |raw: &str| decoded(raw).0;
    if group_end(&raw) == Some(raw.len()) {
        return Some(json!({ "literal": text(&raw) })).filter(|_| !text(&raw).is_empty());
    }
    let parts = commas(&raw);
    if parts.len() > 1 && parts.iter().all(|part| part.contains('=')) {
        return Some(extended(&parts));
    }
    match parts.as_slice() {
        [family, given] => Some(person(&text(family), &text(given), "")),
        [family, suffix, given, ..] => Some(person(&text(family), &text(given), &text(suffix))),
        _ => Some(natural(&raw)),
    }
}

fn person(family: &str, given: &str, suffix: &str) -> Value {
    json!({ "family": family, "given": given, "suffix": suffix })
}

/// `First von Last`: small words before the last ones are particles.
fn natural(raw: &str) -> Value {
    let words: Vec<String> = words(raw, true).into_iter().map(|word| decoded(word).0).collect();
    if words.len() == 1 {
        return json!({ "literal": words[0] });
    }
    let is_small = |word: &&String| word.starts_with(char::is_lowercase);
    let inner = &words[..words.len() - 1];
    let from = inner.iter().skip(1).position(|word| is_small(&word)).map(|at| at + 1);
    let from = from.or(inner.first().filter(is_small).map(|_| 0)).unwrap_or(words.len() - 1);
    let to = words[from..words.len() - 1].iter().take_while(is_small).count() + from;
    json!({
        "family": words[to..].join(" "),
        "given": words[..from].join(" "),
        "non-dropping-particle": words[from..to].join(" "),
    })
}

/// BibLaTeX's `family=…, given=…, prefix=…, useprefix=…`.
fn extended(parts: &[&str]) -> Value {
    let part = |name: &str| {
        let found = parts.iter().filter_map(|part| part.split_once('='));
        let found = found.filter(|(key, _)| key.trim().eq_ignore_ascii_case(name));
        found.map(|(_, value)| decoded(value.trim().trim_matches('"')).0).next().unwrap_or_default()
    };
    let particle = match part("useprefix") == "false" {
        true => "dropping-particle",
        false => "non-dropping-particle",
    };
    json!({
        "family": part("family"),
        "given": part("given"),
        "suffix": part("suffix"),
        particle: part("prefix"),
    })
}
