//! Why a pass stopped, in words for an author: from the parser's error to a place, a sentence,
//! a remedy and the part of the text to leave out.

use super::build::{Stop, StopKind};
use super::lines::{
    begins_line, indent_of, line_of, next, quoted, tabbed_lines, trimmed, value_start,
};
use super::quotes::{escape, open_quote, quote, trailing};
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

pub(super) fn finding(
    range: Range<usize>,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Finding {
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

fn tab(text: &str, at: usize) -> Finding {
    // The parser may point at the beginning of the text in which it met the tab.
    let own = text[line_of(text, at).start..at].contains('\t');
    let at = if own { at } else { text[at..].find('\t').map_or(at, |tab| at + tab) };
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

/// Mistakes within `[…]` or `{…}`.
fn bracket(text: &str, stop: &Stop, kind: &ErrorKind) -> Option<Finding> {
    use ErrorKind as K;
    let open = stop.open_bracket?;
    let outer = line_of(text, open);
    let same_line = outer.contains(&stop.at) || stop.at == outer.end && !begins_line(text, stop.at);
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
    let mut found = inside_bracket(text, stop.at, kind);
    found.label = Some((open..open + 1, "the bracket opens here"));
    found.culprit = open;
    Some(found)
}

fn inside_bracket(text: &str, at: usize, kind: &ErrorKind) -> Finding {
    use ErrorKind as K;
    match kind {
        K::MismatchedFlowCollectionEnd { open, close } => finding(
            at..next(text, at),
            format!("`{close}` closes what `{open}` opened"),
            format!("close it with `{}`", if *open == '[' { ']' } else { '}' }),
        ),
        K::UnexpectedCharacter { character } => character_at(text, at, *character),
        K::InvalidColonPlacement | K::MappingValueNotAllowed => finding(
            at..next(text, at),
            "a text in brackets holds a colon",
            "put the text that holds the colon in quotes",
        ),
        _ => finding(
            at..next(text, at),
            "this cannot be read inside the brackets",
            "separate the values with commas, and put a text that holds `,`, `:`, `[` or `{` in quotes",
        ),
    }
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
