//! A BibTeX file into records of raw fields; macros are replaced, a record that is broken does not
//! take the others with it.

use crate::interchange::remarks::Remarks;
use crate::source::{FileId, Sources, Span};
use biblatex::{Field, ParseError, RawBibliography, RawChunk};
use std::collections::HashMap;
use std::ops::Range;

/// One record as it stands in the file.
#[derive(Debug, Clone)]
pub(super) struct Record {
    /// The key, which may be empty.
    pub key: String,
    /// The type in small letters.
    pub kind: String,
    /// The fields: names as written, raw values, macros replaced.
    pub fields: Vec<(String, String)>,
    pub span: Span,
}

/// How long a value may grow through macros of macros.
const LIMIT: usize = 1 << 16;

/// Reads the records of a file.
pub(super) fn read(sources: &Sources, id: FileId, remarks: &mut Remarks) -> Vec<Record> {
    let text = &*sources.file(id).text;
    let mut macros = HashMap::new();
    let mut records = Vec::new();
    for piece in pieces(text) {
        let span = Span::new(id, piece.range.clone());
        if !piece.is_closed {
            let start = Span::new(id, piece.range.start..piece.range.start + 1);
            remarks.unreadable(
                start,
                "this record is not closed, and was left out",
                "write the `}` that belongs to its first `{`",
            );
            continue;
        }
        let (text, key) = with_plain_key(&piece);
        match RawBibliography::parse(&text) {
            Ok(raw) => {
                for pair in &raw.abbreviations {
                    let value = expanded(&pair.value.v, &macros);
                    macros.insert(pair.key.v.to_lowercase(), value);
                }
                for entry in raw.entries {
                    let fields = entry
                        .v
                        .fields
                        .iter()
                        .map(|pair| (pair.key.v.to_owned(), expanded(&pair.value.v, &macros)));
                    records.push(Record {
                        key: key.clone(),
                        kind: entry.v.kind.v.to_lowercase(),
                        fields: fields.collect(),
                        span,
                    });
                }
            }
            Err(error) => broken(&error, &piece, id, remarks),
        }
    }
    records
}

/// The record with a key that the parser takes, of the same length, and the key as it is written.
fn with_plain_key(piece: &Piece) -> (String, String) {
    let open = piece.text.find('{').map_or(0, |at| at + 1);
    let end = piece.text[open..].find([',', '=', '{', '"', '}']).map_or(open, |at| open + at);
    if !piece.text[end..].starts_with(',') {
        return (piece.text.clone(), String::new());
    }
    let key = &piece.text[open..end];
    let mut text = piece.text.clone();
    text.replace_range(open..end, &"k".repeat(key.len()));
    (text, key.trim().to_owned())
}

fn broken(error: &ParseError, piece: &Piece, id: FileId, remarks: &mut Remarks) {
    let at = piece.range.start + error.span.start.min(piece.text.len());
    let words = format!("this record cannot be read, and was left out: {}", error.kind);
    remarks.unreadable(
        Span::new(id, at..at),
        words,
        "a field is written `name = {value}`, with a comma after it",
    );
}

/// The value of a field with its macros replaced.
fn expanded(field: &Field, macros: &HashMap<String, String>) -> String {
    let mut out = String::new();
    for chunk in field {
        let piece = match chunk.v {
            RawChunk::Normal(text) => text,
            RawChunk::Abbreviation(name) => {
                let known = macros.get(&name.to_lowercase()).map(String::as_str);
                known.or(month(name)).unwrap_or(name)
            }
        };
        if out.len() + piece.len() <= LIMIT || matches!(chunk.v, RawChunk::Normal(_)) {
            out.push_str(piece);
        }
    }
    out
}

fn month(name: &str) -> Option<&'static str> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let fits = name.len() >= 3 && name.is_ascii();
    MONTHS.into_iter().find(|month| fits && month[..3].eq_ignore_ascii_case(&name[..3]))
}

/// One `@…{…}` of a file, with braces for parentheses.
struct Piece {
    range: Range<usize>,
    text: String,
    is_closed: bool,
}

/// Every `@type{…}` outside of another and of comments.
fn pieces(text: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find('@').map(|offset| at + offset) {
        at = next + 1;
        let Some((kind, open)) = head(text, next) else { continue };
        let (end, is_closed) = end(text, open);
        at = end;
        if kind.eq_ignore_ascii_case("comment") || kind.eq_ignore_ascii_case("preamble") {
            continue;
        }
        let mut piece = text[next..end].to_owned();
        if text[open..].starts_with('(') && is_closed {
            piece.replace_range(open - next..=open - next, "{");
            piece.replace_range(piece.len() - 1.., "}");
        }
        found.push(Piece { range: next..end, text: piece, is_closed });
    }
    found
}

/// The type and the place of the bracket, if a record begins with the `@` at byte `at`.
fn head(text: &str, at: usize) -> Option<(&str, usize)> {
    // A long line of many `@` is not walked for each of them.
    let near = &text.as_bytes()[at.saturating_sub(200)..at];
    let line = near.iter().rposition(|b| *b == b'\n').map_or(0, |line| line + 1);
    let before = near[line..].iter().find(|b| !b.is_ascii_whitespace());
    let inside_word = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    if before == Some(&b'%') || inside_word {
        return None;
    }
    let rest = &text[at + 1..];
    let letters =
        rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_' || *b == b'-').count();
    let spaces = rest[letters..].len() - rest[letters..].trim_start().len();
    let open = at + 1 + letters + spaces;
    (letters > 0 && text[open..].starts_with(['{', '('])).then_some((&rest[..letters], open))
}

/// The end of the record whose bracket stands at `open`, and whether it is closed. A record that
/// runs into the next one is not.
fn end(text: &str, open: usize) -> (usize, bool) {
    let bytes = text.as_bytes();
    let round = bytes[open] == b'(';
    let (mut depth, mut at) = (0_usize, open);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && !round {
                    return (at + 1, true);
                }
            }
            b')' if round && depth == 0 => return (at + 1, true),
            b'@' if at > open && bytes[at - 1] == b'\n' && head(text, at).is_some() => {
                return (at, false);
            }
            _ => {}
        }
        at += 1;
    }
    (text.len(), false)
}
