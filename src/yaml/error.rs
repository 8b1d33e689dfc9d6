//! Why a pass stopped, in words for an author: from the parser's error to a place, a sentence,
//! a remedy and the part of the text to leave out.

use super::build::{Stop, StopKind, floor};
use granit_parser::ErrorKind;
use std::ops::Range;

/// One mistake; offsets count from the start of the parsed text.
#[derive(Debug)]
pub(super) struct Finding {
    /// The smallest text that must change.
    pub range: Range<usize>,
    /// A second place with a few words.
    pub label: Option<(Range<usize>, &'static str)>,
    pub message: String,
    pub help: String,
    /// Replacements that mend it for certain.
    pub fix: Vec<(Range<usize>, String)>,
    /// The offset whose line is at fault.
    pub culprit: usize,
    /// What to leave out so that the rest can be read.
    pub remedy: Remedy,
}

/// What recovery blanks out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remedy {
    /// The value of the culprit's key, or its line.
    Value,
    /// The culprit's line and what is indented deeper than it.
    Line,
    /// The culprit's line, which is indented wrongly, and those that are indented alike.
    Lines,
    /// The tabs at the beginning of lines.
    Tabs,
    /// The whole top-level entry.
    Entry,
}

/// Explains `stop`; `text` is what the pass read.
pub(super) fn explain(text: &str, stop: &Stop) -> Finding {
    match &stop.kind {
        StopKind::SwallowedLines => open_quote(text, stop.at),
        StopKind::SecondDocument => second_document(text, stop.at),
        StopKind::TooDeep => too_deep(text, stop.at),
        StopKind::TooManyCopies => too_many_copies(text, stop.at),
        StopKind::Syntax(kind) => syntax(text, stop, kind),
    }
}

fn syntax(text: &str, stop: &Stop, kind: &ErrorKind) -> Finding {
    use ErrorKind as K;
    match kind {
        K::UnclosedQuotedScalar | K::DocumentIndicatorInQuotedScalar => {
            open_quote(text, quote(text, stop))
        }
        K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => {
            trailing(text, stop)
        }
        K::RecursionLimitExceeded => too_deep(text, stop.at),
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabInIndentation
        | K::TabAtBlockScalarStart
        | K::TabInPlainScalar => tab(text, stop.at),
        _ => bracket(text, stop, kind).unwrap_or_else(|| block(text, stop, kind)),
    }
}

/// Mistakes outside brackets and quotes.
fn block(text: &str, stop: &Stop, kind: &ErrorKind) -> Finding {
    use ErrorKind as K;
    match kind {
        K::MappingValueNotAllowed => colon(text, stop),
        K::UnexpectedCharacter { character } => character_at(text, stop.at, *character),
        K::UnknownQuotedScalarEscape
        | K::InvalidQuotedScalarHexEscape
        | K::InvalidUnicodeEscape
        | K::InvalidLowSurrogate
        | K::InvalidLowSurrogateHexEscape
        | K::MissingLowSurrogate
        | K::UnpairedLowSurrogate => escape(text, stop),
        K::BlockSequenceEntryNotAllowed => dash(text, stop.at),
        K::InvalidBlockScalarHeader | K::ZeroBlockScalarIndent => special_value(text, stop.at),
        K::SimpleKeyExpected | K::InvalidSimpleKey => no_key(text, stop.at),
        K::MisplacedFlowCollectionEnd => lonely_bracket(text, stop.at),
        _ if begins_line(text, stop.at) => indentation(text, stop.at),
        K::ExpectedBlockMappingKey | K::ExpectedBlockSequenceEntry => special_value(text, stop.at),
        _ => unreadable(text, stop.at),
    }
}

fn finding(range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Finding {
    Finding {
        culprit: range.start,
        range,
        label: None,
        message: message.into(),
        help: help.into(),
        fix: Vec::new(),
        remedy: Remedy::Value,
    }
}

/// The quote that opens the text in which the pass stopped: the first one after what was read.
fn quote(text: &str, stop: &Stop) -> usize {
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

fn open_quote(text: &str, at: usize) -> Finding {
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
fn trailing(text: &str, stop: &Stop) -> Finding {
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

fn second_document(text: &str, at: usize) -> Finding {
    let range = trimmed(text, line_of(text, at));
    let mut found = finding(
        range,
        "a second document begins here",
        "remove this line: one file holds one document",
    );
    found.remedy = Remedy::Lines;
    found
}

fn too_deep(text: &str, at: usize) -> Finding {
    let words = format!("lists and maps are nested more than {} deep", super::DEPTH_LIMIT);
    let mut found = finding(at..next(text, at), words, "remove some levels");
    found.remedy = Remedy::Entry;
    found
}

fn too_many_copies(text: &str, at: usize) -> Finding {
    let end = at + text[at..].find([' ', '\n', '\r', ',', ']', '}']).unwrap_or(text.len() - at);
    let mut found = finding(
        at..end,
        "the values repeated with `*` grow too large",
        "write the value out instead of repeating a repetition",
    );
    found.remedy = Remedy::Entry;
    found
}

fn tab(text: &str, at: usize) -> Finding {
    let line = line_of(text, at);
    let indentation = text[line.clone()].len() - text[line.clone()].trim_start().len();
    let leading = line.start..line.start + indentation;
    if !text[leading.clone()].contains('\t') {
        let help = "put a space in place of the tab";
        return finding(at..next(text, at), "a tab stands where YAML wants spaces", help);
    }
    let mut found = finding(
        leading,
        "this line is indented with a tab",
        "indent with spaces: YAML does not allow tabs here",
    );
    found.fix = tabbed_lines(text, line.start)
        .map(|leading| (leading.clone(), text[leading].replace('\t', "  ")))
        .collect();
    found.remedy = Remedy::Tabs;
    found
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

/// Mistakes within `[…]` or `{…}`.
fn bracket(text: &str, stop: &Stop, kind: &ErrorKind) -> Option<Finding> {
    use ErrorKind as K;
    let open = stop.open_bracket?;
    let outer = line_of(text, open);
    let same_line =
        outer.contains(&stop.at) || stop.at == outer.end && begins_inside(text, stop.at);
    let ended = matches!(
        kind,
        K::UnexpectedEofFlowSequence
            | K::UnexpectedEofFlowMapping
            | K::UnexpectedEofImplicitFlowMapping
            | K::UnexpectedEof
            | K::UnclosedFlowCollection { .. }
    );
    if ended || !same_line && indent_of(text, stop.at) <= indent_of(text, open) {
        return Some(open_bracket(text, open));
    }
    let mut found = match kind {
        K::MismatchedFlowCollectionEnd { open, close } => finding(
            stop.at..next(text, stop.at),
            format!("`{close}` closes what `{open}` opened"),
            format!("close it with `{}`", if *open == '[' { ']' } else { '}' }),
        ),
        K::UnexpectedCharacter { character } => character_at(text, stop.at, *character),
        K::InvalidColonPlacement | K::MappingValueNotAllowed => finding(
            stop.at..next(text, stop.at),
            "a text in brackets holds a colon",
            "put the text that holds the colon in quotes",
        ),
        _ => finding(
            stop.at..next(text, stop.at),
            "this cannot be read inside the brackets",
            "separate the values with commas, and put a text that holds `,`, `:`, `[` or `{` in quotes",
        ),
    };
    found.label = Some((open..open + 1, "the bracket opens here"));
    found.culprit = open;
    Some(found)
}

fn open_bracket(text: &str, open: usize) -> Finding {
    let (mark, close) = if text[open..].starts_with('{') { ('{', '}') } else { ('[', ']') };
    finding(
        open..open + 1,
        format!("the bracket `{mark}` that opens here is never closed"),
        format!("write `{close}` at its end, or put a text that begins with `{mark}` in quotes"),
    )
}

fn lonely_bracket(text: &str, at: usize) -> Finding {
    let words = format!("`{}` closes a bracket that was never opened", &text[at..next(text, at)]);
    finding(at..next(text, at), words, "remove it, or put the whole text in quotes")
}

/// `: ` where no key can be: inside an unquoted text, or on a line that is indented wrongly.
fn colon(text: &str, stop: &Stop) -> Finding {
    let scalar = stop.last_scalar.clone().unwrap_or(stop.at..stop.at);
    let line = line_of(text, stop.at);
    let inside = line.contains(&scalar.start) && !begins_line(text, scalar.start);
    if inside {
        return colon_in_text(text, scalar.start, stop.at, line.end);
    }
    if let Some(found) = colon_without_space(text, &scalar) {
        return found;
    }
    let start = line.start + indent_of(text, stop.at);
    let mut found = finding(
        trimmed(text, start..line.end),
        "this line is indented deeper than the one it follows",
        "give all fields of an entry the same indentation, in spaces",
    );
    found.remedy = Remedy::Lines;
    found
}

fn colon_in_text(text: &str, start: usize, at: usize, line_end: usize) -> Finding {
    let value = trimmed(text, start..line_end);
    let quoted = quoted(&text[value.clone()]);
    let mut found = finding(
        at..next(text, at),
        "a text without quotes holds a colon and a space",
        format!("put the text in quotes: {quoted}"),
    );
    found.label = Some((value.clone(), "the text"));
    found.fix = vec![(value, quoted)];
    found
}

/// `title:words` in the place of a key.
fn colon_without_space(text: &str, scalar: &Range<usize>) -> Option<Finding> {
    let line = line_of(text, scalar.start);
    let first = &text[scalar.start..line.end.min(scalar.end).max(scalar.start)];
    let colon = scalar.start + first.find(':')?;
    if !begins_line(text, scalar.start) || text[scalar.start..colon].contains(char::is_whitespace) {
        return None;
    }
    let mut found = finding(
        colon..colon + 1,
        "a space is missing after the colon",
        "write `key: value`, with a space after the colon",
    );
    found.fix = vec![(colon + 1..colon + 1, " ".to_string())];
    found.remedy = Remedy::Line;
    Some(found)
}

fn character_at(text: &str, at: usize, character: char) -> Finding {
    if character.is_control() {
        let words = format!("the character U+{:04X} cannot be part of YAML", u32::from(character));
        return finding(at..next(text, at), words, "remove it; it came with a copy from elsewhere");
    }
    let words = format!("a text without quotes cannot begin with `{character}`");
    let mut found = finding(at..next(text, at), words, "put the text in quotes");
    quote_value(text, at, &mut found);
    found
}

fn dash(text: &str, at: usize) -> Finding {
    let mut found = finding(
        at..next(text, at),
        "a list cannot begin on the line of its key",
        "begin each item on a line of its own, or write `[first, second]`",
    );
    found.culprit = at;
    found
}

fn escape(text: &str, stop: &Stop) -> Finding {
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

/// A value that begins with a character of YAML's own: `[UN] report`, `*bold* text`, `> 5`.
fn special_value(text: &str, at: usize) -> Finding {
    let line = line_of(text, at);
    let value = value_start(text, line.clone()).unwrap_or(at).min(at);
    let first = text[value..].chars().next().unwrap_or(' ');
    if !"[{*&!|>\"'".contains(first) {
        return unreadable(text, at);
    }
    let words = format!("this follows a value that `{first}` has begun, so it cannot be read");
    let range = trimmed(text, at..line.end);
    let help = format!("put a text that begins with `{first}` in quotes");
    let mut found = finding(range, words, help);
    found.culprit = value;
    quote_value(text, value, &mut found);
    found
}

/// Offers quotes round the value that begins at `start`, if it is one line.
fn quote_value(text: &str, start: usize, found: &mut Finding) {
    let value = trimmed(text, start..line_of(text, start).end);
    if !text[value.clone()].contains(['"', '#']) {
        found.fix = vec![(value.clone(), quoted(&text[value]))];
    }
}

fn no_key(text: &str, at: usize) -> Finding {
    let mut found = finding(
        trimmed(text, line_of(text, at)),
        "this line is neither `key: value` nor an item of a list",
        "write a colon and a space after the key, or indent a line that continues the one above",
    );
    found.remedy = Remedy::Lines;
    found
}

fn indentation(text: &str, at: usize) -> Finding {
    let mut found = finding(
        trimmed(text, at..line_of(text, at).end),
        "the indentation of this line fits no line above it",
        "give all fields of an entry the same indentation, in spaces",
    );
    found.remedy = Remedy::Lines;
    found
}

fn unreadable(text: &str, at: usize) -> Finding {
    let range = trimmed(text, at..line_of(text, at).end);
    let range = if range.is_empty() { at..next(text, at) } else { range };
    finding(range, "this cannot be read as YAML", "put the text in quotes")
}

/// `text` as a quoted YAML scalar.
fn quoted(text: &str) -> String {
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
fn value_start(text: &str, line: Range<usize>) -> Option<usize> {
    let colon = line.start + text[line.clone()].find(": ")?;
    let value = &text[colon + 1..line.end];
    Some(line.end - value.trim_start().len())
}

/// Whether only spaces and list dashes stand before `at` on its line.
fn begins_line(text: &str, at: usize) -> bool {
    let line = line_of(text, at);
    text[line.start..at.clamp(line.start, line.end)].chars().all(|c| c == ' ' || c == '-')
}

/// Whether `at` is the end of a line that holds text.
fn begins_inside(text: &str, at: usize) -> bool {
    !begins_line(text, at)
}

/// `range` without the white space at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    let end = range.start + part.trim_end().len();
    start.min(end)..end
}

/// The end of the character at `at`.
fn next(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |c| at + c.len_utf8())
}
