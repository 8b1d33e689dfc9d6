//! Pandoc's citation syntax: the inside of `[see @key, p. 14; @other]`, and a bare `@key`.

use super::locator;
use crate::document::{Cite, Locator, Named};
use crate::source::Span;
use std::ops::Range;

/// Turns a range of the text being read into its place in the file.
pub type Places<'a> = &'a dyn Fn(Range<usize>) -> Span;

/// Reads what stands between brackets, or nothing if no source is named in it.
pub fn read_cluster(text: &str, places: Places) -> Option<Vec<Cite>> {
    let parts = parts(text);
    let mut cites: Vec<Cite> = Vec::with_capacity(parts.len());
    let mut pending = String::new();
    for part in parts {
        match read_cite(text, part.clone(), places) {
            Some(mut cite) => {
                cite.prefix.insert_str(0, &pending);
                pending.clear();
                cites.push(cite);
            }
            None => match cites.last_mut() {
                Some(last) => last.suffix.push_str(&format!(";{}", &text[part])),
                None => pending = format!("{};", &text[part]),
            },
        }
    }
    (!cites.is_empty()).then_some(cites)
}

/// The ranges between semicolons, those inside brackets and braces left alone.
fn parts(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0usize);
    for (at, c) in text.char_indices() {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            ';' if depth == 0 => {
                parts.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(start..text.len());
    parts
}

fn read_cite(text: &str, part: Range<usize>, places: Places) -> Option<Cite> {
    let (at, key) = find_key(text, part.clone())?;
    let suppress_author = text[part.start..at].ends_with('-');
    let prefix_end = at - usize::from(suppress_author);
    let rest = key.end..part.end;
    let found = locator::read(&text[rest.clone()]);
    let (locator, suffix_start) = match found {
        Some(found) => {
            let value = rest.start + found.value.start..rest.start + found.value.end;
            let locator = Locator {
                unit: found.unit,
                value: text[value.clone()].to_owned(),
                span: places(value),
            };
            (Some(locator), rest.start + found.end)
        }
        None => (None, rest.start),
    };
    Some(Cite {
        key: Named { text: text[key.clone()].to_owned(), span: places(key) },
        suppress_author,
        prefix: text[part.start..prefix_end].trim_start().to_owned(),
        locator,
        suffix: text[suffix_start..part.end].trim_end().to_owned(),
    })
}

/// The first `@key` in `part`: the byte of `@` (or of its brace) and the range of the key.
fn find_key(text: &str, part: Range<usize>) -> Option<(usize, Range<usize>)> {
    let mut from = part.start;
    while let Some(found) = text[from..part.end].find('@') {
        let at = from + found;
        if let Some(key) = key_at(text, at)
            && key.end <= part.end
        {
            return Some((at, key));
        }
        from = at + 1;
    }
    None
}

/// The key after the `@` at byte `at`, unless the `@` is the inside of a word, as in an address.
pub fn key_at(text: &str, at: usize) -> Option<Range<usize>> {
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || "_@/.+".contains(c)) {
        return None;
    }
    let start = at + 1;
    let rest = &text[start..];
    if let Some(inner) = rest.strip_prefix('{') {
        let close = inner.find(['}', '{', '\n'])?;
        let braced = close > 0 && inner[close..].starts_with('}');
        return braced.then_some(start + 1..start + 1 + close);
    }
    if !rest.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let inside = |c: char| c.is_alphanumeric() || "_:.#$%&-+?<>~/".contains(c);
    let length = rest.find(|c| !inside(c)).unwrap_or(rest.len());
    let key = rest[..length].trim_end_matches(|c: char| !(c.is_alphanumeric() || c == '_'));
    (!key.is_empty()).then_some(start..start + key.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn read(text: &str) -> Vec<Cite> {
        read_cluster(text, &|range| Span::new(FileId(0), range)).unwrap_or_default()
    }

    #[test]
    fn reads_prefix_locator_and_suffix_of_each_source() {
        let cites = read("see @key, p. 14; also -@other, art. 19(2), as amended");
        assert_eq!(cites.len(), 2);
        assert_eq!(cites[0].prefix, "see ");
        assert_eq!(cites[0].key.text, "key");
        assert_eq!(cites[0].key.span.range(), 5..8);
        assert_eq!(cites[0].locator.as_ref().unwrap().value, "14");
        assert_eq!(cites[1].prefix, "also ");
        assert!(cites[1].suppress_author);
        assert_eq!(cites[1].suffix, ", as amended");
    }

    #[test]
    fn addresses_are_no_citations() {
        assert!(read("write to a@b.org").is_empty());
        assert!(read("a @ b").is_empty());
        assert_eq!(read("@a.b, x; see below")[0].suffix, ", x; see below");
        assert_eq!(read("[2019] @a.")[0].key.text, "a");
    }
}
