//! Reading on after a mistake: the part at fault is blanked out, byte for byte, and the text is
//! read again, so that every place stays where it was and anchors keep their meaning.

use super::build::{Pass, Patches, pass};
use super::error::{Finding, Remedy, explain};
use super::lines::{floor, hanging, indent_of, key_of, line_of, tabbed_lines, trimmed};
use super::{Node, Origin};
use crate::diagnostic::{BAD_YAML, Diagnostic, Fix};
use crate::quick::QuickSet;
use crate::source::Span;
use std::ops::Range;

/// Bytes that may be read again for the sake of later mistakes; a second or two at the worst.
const REREAD_BUDGET: usize = 128 << 20;

/// Mistakes after which the rest of a file is not read; nobody mends more in one sitting.
const MISTAKES: usize = 500;

/// Reads `raw` as one document; never fails.
pub(super) fn read(raw: &str, origin: Origin) -> (Option<Node>, Vec<Diagnostic>) {
    let mut text = raw.to_string();
    let mut patches = Patches::default();
    let mut found = Vec::new();
    let mut lines = QuickSet::default();
    let mut reread = 0;
    loop {
        let Pass { root, diagnostics, stop } = pass(&text, raw, origin, &patches);
        let Some(stop) = stop else {
            return (root, together(raw, origin, found, diagnostics, &lines));
        };
        let finding = explain(&text, &stop);
        if lines.insert(line_of(raw, finding.culprit).start) {
            found.push(diagnostic(&finding, &text, raw, origin));
        }
        reread += raw.len();
        let blanked = leave_out(&mut text, raw, &finding, stop.at, &mut patches);
        if !blanked || reread > REREAD_BUDGET || lines.len() >= MISTAKES {
            found.push(unread(raw, stop.at, origin));
            return (root, together(raw, origin, found, diagnostics, &lines));
        }
    }
}

/// The diagnostics of recovery and of the last pass, without echoes on the same lines.
fn together(
    raw: &str,
    origin: Origin,
    mut found: Vec<Diagnostic>,
    last: Vec<Diagnostic>,
    lines: &QuickSet<usize>,
) -> Vec<Diagnostic> {
    let line = |span: Span| line_of(raw, span.start - origin.start).start;
    found.extend(last.into_iter().filter(|item| !lines.contains(&line(item.span))));
    found.sort_by_key(|item| (item.span.start, item.span.end));
    found
}

/// The finding as a diagnostic; `text` is what it was found in, `raw` what the author wrote.
fn diagnostic(finding: &Finding, text: &str, raw: &str, origin: Origin) -> Diagnostic {
    // Where a letter was blanked out, a byte of `text` may be the middle of a letter.
    let span = |range: &Range<usize>| origin.span(floor(raw, range.start)..ceil(raw, range.end));
    let mut diagnostic = Diagnostic::new(&BAD_YAML, span(&finding.range), finding.message.clone())
        .help(finding.help.clone());
    if let Some((range, words)) = &finding.label {
        diagnostic = diagnostic.label(span(range), *words);
    }
    let certain =
        finding.fix.iter().all(|(range, _)| raw.get(range.clone()) == text.get(range.clone()));
    let edits: Vec<_> =
        finding.fix.iter().map(|(range, text)| (span(range), text.clone())).collect();
    diagnostic.fix = (certain && !edits.is_empty()).then_some(Fix { edits });
    diagnostic
}

/// The nearest character border at or after `offset`.
fn ceil(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset += 1;
    }
    offset
}

fn unread(raw: &str, at: usize, origin: Origin) -> Diagnostic {
    let at = floor(raw, at);
    Diagnostic::new(&BAD_YAML, origin.span(at..at), "what follows was not read")
        .help("mend the mistakes above first")
}

/// Blanks out the part at fault, more of it each time it fails again; says whether text changed.
fn leave_out(
    text: &mut String,
    raw: &str,
    finding: &Finding,
    at: usize,
    patches: &mut Patches,
) -> bool {
    let culprit = finding.culprit;
    let done = match finding.remedy {
        Remedy::Tabs => untab(text, culprit),
        Remedy::Value => blank_value(text, raw, culprit, at, patches),
        Remedy::Line => {
            let line = line_of(text, culprit);
            blank(text, line.start..hanging(text, line.end, indent_of(text, culprit)))
        }
        Remedy::Lines => false,
        Remedy::Entry => blank(text, entry(text, culprit)),
    };
    done || blank(text, lines(text, culprit))
        || blank(text, line_of(text, at))
        || blank(text, entry(text, culprit))
        || blank(text, entry(text, at))
        || blank(text, floor(text, culprit.min(at))..raw.len())
}

/// Puts spaces for everything in `range` but line ends; says whether anything changed.
fn blank(text: &mut String, range: Range<usize>) -> bool {
    if text[range.clone()].trim().is_empty() {
        return false;
    }
    let keep = |b: u8| if matches!(b, b'\n' | b'\r') { char::from(b) } else { ' ' };
    let blanked: String = text[range.clone()].bytes().map(keep).collect();
    text.replace_range(range, &blanked);
    true
}

fn untab(text: &mut String, culprit: usize) -> bool {
    let ranges: Vec<_> = tabbed_lines(text, line_of(text, culprit).start).collect();
    let mut changed = false;
    for range in ranges {
        changed |= text[range.clone()].contains('\t');
        let spaces = " ".repeat(range.len());
        text.replace_range(range, &spaces);
    }
    changed
}

/// Blanks the value of the key on the culprit's line and keeps its raw text for the tree.
fn blank_value(
    text: &mut String,
    raw: &str,
    culprit: usize,
    at: usize,
    patches: &mut Patches,
) -> bool {
    let line = line_of(text, culprit);
    let Some((key, colon)) = key_of(&text[line.clone()]) else { return false };
    let (column, value) = (key, line.start + colon + 1);
    if at < value || culprit + 1 < value {
        return false;
    }
    let region = value..hanging(text, line.end, column);
    if !blank(text, region) {
        return false;
    }
    patches.insert(value, trimmed(raw, value..line.end));
    true
}

/// The culprit's line and those that hang on it: deeper than it and than the line above it.
fn lines(text: &str, culprit: usize) -> Range<usize> {
    let line = line_of(text, culprit);
    let indent = indent_of(text, culprit);
    let above = text[..line.start].lines().rev().find(|above| !above.trim().is_empty());
    let above = above.map_or(0, |above| above.len() - above.trim_start_matches(' ').len());
    let column = if indent > above { indent - 1 } else { above };
    line.start..hanging(text, line.end, column)
}

/// The top-level entry round `at`: from the last line without indentation to the next one.
fn entry(text: &str, at: usize) -> Range<usize> {
    let at = floor(text, at);
    let begins = |line: &str| !line.starts_with([' ', '\t', '#', '\r', '\n']) && !line.is_empty();
    let mut start = line_of(text, at).start;
    while start > 0 && !begins(&text[start..]) {
        start = line_of(text, start - 1).start;
    }
    let mut end = start;
    for line in text[start..].split_inclusive('\n') {
        if end > at && begins(line) {
            break;
        }
        end += line.len();
    }
    start..end
}
