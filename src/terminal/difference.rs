//! What fixes change, for people.

use super::clamped;
use crate::diagnostic::{Change, Fixed};
use crate::source::{File, Sources, Span};
use std::fmt::Write;
use std::ops::Range;

/// Characters of a line that are shown before and after what changes.
const AROUND: usize = 40;

// Taken out again where the stream is no terminal.
const RED: &str = "\x1b[31m";
const GREEN: &str = "\x1b[32m";
const PLAIN: &str = "\x1b[0m";

/// Each change with its place and the words around it before and after.
pub fn render_difference(fixed: &Fixed, sources: &Sources) -> String {
    let mut out = String::new();
    for change in &fixed.changes {
        one(&mut out, change, sources);
    }
    out
}

fn one(out: &mut String, change: &Change, sources: &Sources) {
    let file = sources.file(change.at.file);
    let place = file.place(change.at.start);
    let _ = writeln!(out, "{}:{}:{}: {}", file.path, place.line, place.column, change.code.name);
    for (span, text) in &change.fix.edits {
        let file = sources.file(span.file);
        let (before, after) = around(file, *span);
        let old = &file.text[clamped(file, *span)];
        let _ = writeln!(out, "{RED}  - {before}{}{after}{PLAIN}", on_one_line(old));
        let _ = writeln!(out, "{GREEN}  + {before}{}{after}{PLAIN}", on_one_line(text));
    }
}

/// The words of the line before and after `span`, with a mark where more is left out.
fn around(file: &File, span: Span) -> (String, String) {
    let range = clamped(file, span);
    let first = file.line_range(file.place(range.start).line);
    let last = file.line_range(file.place(range.end).line);
    let before = file.slice(Range { start: first.start, end: range.start });
    let after = file.slice(Range { start: range.end, end: last.end.max(range.end) });
    let skipped = before.chars().count().saturating_sub(AROUND);
    let mut head: String = before.chars().skip(skipped).collect();
    if skipped > 0 {
        head.insert(0, '…');
    }
    let mut tail: String = after.chars().take(AROUND).collect();
    if after.chars().nth(AROUND).is_some() {
        tail.push('…');
    }
    (head, tail)
}

fn on_one_line(text: &str) -> String {
    text.replace('\r', "").replace('\n', "⏎")
}
