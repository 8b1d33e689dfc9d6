//! Lines of a text: where they begin and end, how far they are indented, where their key ends.

use std::ops::Range;

/// The nearest character border at or before `offset`.
pub(super) fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// `text` as a quoted YAML scalar.
pub(super) fn quoted(text: &str) -> String {
    match text.contains('\'') {
        false => format!("'{text}'"),
        true => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

/// The bytes of the line at `at`, without its line end.
pub(super) fn line_of(text: &str, at: usize) -> Range<usize> {
    let at = floor(text, at);
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    let end = if text[start..end].ends_with('\r') { end - 1 } else { end };
    start..end.max(start)
}

/// Columns of indentation of the line at `at`.
pub(super) fn indent_of(text: &str, at: usize) -> usize {
    let line = &text[line_of(text, at)];
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Where the value of the key on a line begins.
pub(super) fn value_start(text: &str, line: Range<usize>) -> Option<usize> {
    let colon = line.start + text[line.clone()].find(": ")?;
    let value = &text[colon + 1..line.end];
    Some(line.end - value.trim_start().len())
}

/// Whether only spaces and list dashes stand before `at` on its line.
pub(super) fn begins_line(text: &str, at: usize) -> bool {
    let line = line_of(text, at);
    text[line.start..at.clamp(line.start, line.end)].chars().all(|c| c == ' ' || c == '-')
}

/// `range` without the white space at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    let end = range.start + part.trim_end().len();
    start.min(end)..end
}

/// The end of the character at `at`.
pub(super) fn next(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |c| at + c.len_utf8())
}

/// The indentation of the line at `first` and of each later line that begins with a tab.
pub(super) fn tabbed_lines(text: &str, first: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = first;
    text[first..].split_inclusive('\n').filter_map(move |line| {
        let at = start;
        start += line.len();
        let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
        let tabbed = line.starts_with('\t') || at == first;
        (tabbed && !line.trim().is_empty()).then_some(at..at + indentation)
    })
}

/// The column of the key on a line and the offset of its colon.
pub(super) fn key_of(line: &str) -> Option<(usize, usize)> {
    let mut key = line.trim_start_matches(' ');
    while let Some(rest) = key.strip_prefix("- ") {
        key = rest.trim_start_matches(' ');
    }
    let column = line.len() - key.len();
    let colon = key
        .char_indices()
        .find(|&(at, c)| c == ':' && key[at + 1..].chars().next().is_none_or(char::is_whitespace));
    let colon = colon?.0;
    let plain = colon > 0 && !key.starts_with(['"', '\'', '[', '{', '&', '*', '!', '|', '>', '#']);
    plain.then_some((column, column + colon))
}

/// The end of the lines after `end` that are indented deeper than `column`.
pub(super) fn hanging(text: &str, end: usize, column: usize) -> usize {
    let mut last = end;
    let mut start = text[end..].find('\n').map_or(text.len(), |newline| end + newline + 1);
    for line in text[start..].split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let empty = line.trim().is_empty();
        if !empty && indent <= column {
            break;
        }
        start += line.len();
        if !empty {
            last = start;
        }
    }
    last
}
