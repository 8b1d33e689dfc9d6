//! Mistakes with quotes: never closed, closed too early, backslashes that mean nothing.

use super::build::Stop;
use super::error::{Finding, finding};
use super::lines::{line_of, next, trimmed};
use std::ops::Range;

/// The quote that opens the text in which the pass stopped: the first one after what was read.
pub(super) fn quote(text: &str, stop: &Stop) -> usize {
    let mut comment = false;
    let mut before = ' ';
    for (at, c) in text[stop.read_to.min(stop.at)..].char_indices() {
        match c {
            '\n' => comment = false,
            '#' if before.is_whitespace() => comment = true,
            '"' | '\'' if !comment => return stop.read_to.min(stop.at) + at,
            _ => {}
        }
        before = c;
    }
    stop.at
}

pub(super) fn open_quote(text: &str, at: usize) -> Finding {
    let mark = text[at..].chars().next().unwrap_or('"');
    let help = match mark {
        '\'' => {
            "write the closing `'` after the last word, or put a text that begins with an apostrophe in double quotes"
        }
        _ => "write the closing `\"` after the last word of the text",
    };
    finding(
        at..at + mark.len_utf8().min(text.len() - at),
        "the quote that opens here is never closed",
        help,
    )
}

/// More text after a closing quote: an apostrophe inside, or a quote that closes another line's.
pub(super) fn trailing(text: &str, stop: &Stop) -> Finding {
    let open = quote(text, stop);
    let line = line_of(text, open);
    if !line.contains(&stop.at) && stop.at != line.end {
        return open_quote(text, open);
    }
    let rest = trimmed(text, stop.at..line.end);
    let mark = text[open..].chars().next().unwrap_or('"');
    let help = match mark {
        '\'' => "inside single quotes an apostrophe is written twice: `''`",
        _ => "inside double quotes a quotation mark is written `\\\"`",
    };
    let mut found = finding(rest.clone(), "the text in quotes ends before these words", help);
    found.label = Some((open..open + 1, "the quote opens here"));
    found.culprit = open;
    found.fix = requote(text, open, line.end, mark);
    found
}

/// Escapes the quotes inside a one-line value that begins and ends with the same quote.
fn requote(text: &str, open: usize, end: usize, mark: char) -> Vec<(Range<usize>, String)> {
    let value = trimmed(text, open..end);
    if value.len() < 2 || !text[value.clone()].ends_with(mark) {
        return Vec::new();
    }
    let inner = &text[value.start + 1..value.end - 1];
    let escaped = match mark {
        '\'' => inner.replace("''", "'").replace('\'', "''"),
        _ => inner.replace("\\\"", "\"").replace('"', "\\\""),
    };
    vec![(value, format!("{mark}{escaped}{mark}"))]
}

pub(super) fn escape(text: &str, stop: &Stop) -> Finding {
    let open = quote(text, stop);
    let line = line_of(text, open);
    let backslash = bad_escape(&text[open..line.end]).map_or(open, |at| open + at);
    let mut found = finding(
        backslash..next(text, next(text, backslash)),
        "this backslash means nothing in double quotes",
        "write `\\\\` for a backslash, or put the text in single quotes",
    );
    found.culprit = open;
    found
}

/// The first backslash that YAML gives no meaning.
fn bad_escape(text: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        if c != '\\' {
            continue;
        }
        match chars.next() {
            Some((_, 'x' | 'u' | 'U')) => {
                let digits = text[at + 2..].chars().take_while(char::is_ascii_hexdigit).count();
                let surrogate = text[at + 2..].to_ascii_lowercase().starts_with(['d']);
                if digits < 2 || surrogate {
                    return Some(at);
                }
            }
            Some((_, c)) if "0abt\tnvfre \"/\\N_LP".contains(c) => {}
            _ => return Some(at),
        }
    }
    None
}
