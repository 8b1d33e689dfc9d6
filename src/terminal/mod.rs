//! Diagnostics for people and programs: source excerpts with carets, one line each, JSON, SARIF,
//! GitHub’s annotations.
//!
//! Diagnostics and sources into text, and text onto a stream. The invariant: any span can be
//! shown, also one that is out of date; it is cut to what exists. This module must not know why
//! anything was reported, nor decide what is.
//!
//! The one door to `annotate-snippets`, `anstream` and `terminal_size`.

mod difference;
mod github;
mod human;
mod machine;
mod sarif;

pub use difference::render_difference;
pub use github::render_github;
pub use human::render_human;
pub use machine::{render_json, render_short};
pub use sarif::render_sarif;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{File, Sources, Span};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::ops::Range;

/// The number of problems of each severity in words: `3 errors, 2 warnings`; empty if there are none.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |severity: Severity| {
        let count = diagnostics.iter().filter(|found| found.severity == severity).count();
        let plural = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {}{plural}", severity.name()))
    };
    let counts = [Severity::Error, Severity::Warning, Severity::Hint].into_iter().filter_map(count);
    counts.collect::<Vec<_>>().join(", ")
}

/// The width of the terminal in columns; 100 where there is none.
pub fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0).max(40))
}

/// Writes to standard output; colours are left out where it is no terminal.
///
/// A reader that has gone away (`| head`) is no error.
pub fn print(text: &str) -> io::Result<()> {
    forgive(write(&mut anstream::stdout().lock(), text))
}

/// Writes to standard error; colours are left out where it is no terminal.
pub fn print_error(text: &str) -> io::Result<()> {
    forgive(write(&mut anstream::stderr().lock(), text))
}

/// Tells on standard error, where it is a terminal, how far a long task is; over the line before.
pub fn progress(words: &str) {
    if io::stderr().is_terminal() {
        let _ = print_error(&format!("\r\x1b[K{words}"));
    }
}

fn write(stream: &mut dyn Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

fn forgive(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// The bytes of `span` that exist, on character borders.
fn clamped(file: &File, span: Span) -> Range<usize> {
    let start = floor(file, span.start);
    start..floor(file, span.end).max(start)
}

/// The nearest character border at or before `offset`.
fn floor(file: &File, offset: usize) -> usize {
    let mut offset = offset.min(file.text.len());
    while !file.text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// What is wrong and what to do about it, for programs that show one text.
fn words_with_help(found: &Diagnostic) -> String {
    match &found.help {
        Some(help) => format!("{}\n{help}", found.message),
        None => found.message.clone(),
    }
}

/// What a replacement does, in a few words.
fn edit_words(sources: &Sources, span: Span, text: &str) -> String {
    let file = sources.file(span.file);
    let old = shortened(&file.text[clamped(file, span)]);
    let new = shortened(text);
    match (old.is_empty(), new.is_empty()) {
        (true, _) => format!("insert `{new}`"),
        (false, true) => format!("remove `{old}`"),
        (false, false) => format!("replace `{old}` with `{new}`"),
    }
}

/// `text` on one line, with its middle left out where it is long.
fn shortened(text: &str) -> String {
    const LIMIT: usize = 60;
    let text = text.replace('\n', "⏎").replace('\r', "").replace('\t', "→");
    let length = text.chars().count();
    if length <= LIMIT {
        return text;
    }
    let head: String = text.chars().take(LIMIT / 2).collect();
    let tail: String = text.chars().skip(length - LIMIT / 2).collect();
    format!("{head}…{tail}")
}

#[cfg(test)]
mod tests;
