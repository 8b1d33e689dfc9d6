//! Annotations on the lines of a pull request: GitHub's workflow commands.

use super::{clamped, words_with_help};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;
use std::fmt::Write;

/// One command a line: `::error file=…,line=…,title=…::message`.
///
/// `folder` is the way from the repository's root to the report (`report/`, or nothing).
pub fn render_github(diagnostics: &[Diagnostic], sources: &Sources, folder: &str) -> String {
    let mut out = String::new();
    for found in diagnostics {
        let file = sources.file(found.span.file);
        let range = clamped(file, found.span);
        let (start, end) = (file.place(range.start), file.place(range.end));
        let command = match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "notice",
        };
        let path = property(&format!("{folder}{}", file.path));
        let _ = write!(out, "::{command} file={path},line={},endLine={}", start.line, end.line);
        // Columns are read only where a problem keeps to one line.
        if start.line == end.line {
            let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
        }
        let message = data(&words_with_help(found));
        let _ = writeln!(out, ",title={}::{message}", property(found.code.name));
    }
    out
}

/// `text` as the words of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// `text` as the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
