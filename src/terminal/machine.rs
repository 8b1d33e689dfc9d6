//! The forms for programs: one line each, and JSON.

use super::clamped;
use crate::diagnostic::Diagnostic;
use crate::source::{Sources, Span};
use serde_json::{Value, json};
use std::fmt::Write;

/// One line for each: `path:line:column: error[undefined-note]: message`.
pub fn render_short(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    for found in diagnostics {
        let file = sources.file(found.span.file);
        let place = file.place(found.span.start);
        let (severity, code) = (found.severity.name(), found.code.name);
        let message = found.message.replace(['\n', '\r'], " ");
        let _ = writeln!(
            out,
            "{}:{}:{}: {severity}[{code}]: {message}",
            file.path, place.line, place.column
        );
    }
    out
}

/// One JSON array of all; lines and columns count from 1, columns in characters.
pub fn render_json(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let all: Vec<Value> = diagnostics.iter().map(|found| one(found, sources)).collect();
    serde_json::to_string_pretty(&all).unwrap_or_else(|_| "[]".to_string()) + "\n"
}

fn one(found: &Diagnostic, sources: &Sources) -> Value {
    let labels: Vec<Value> = found
        .labels
        .iter()
        .map(|label| placed(json!({ "message": label.message }), sources, label.span))
        .collect();
    let fix = found.fix.as_ref().map(|fix| {
        let edit = |(span, text): &(Span, String)| {
            let mut value = placed(json!({}), sources, *span);
            value["text"] = json!(text);
            value
        };
        json!({ "edits": fix.edits.iter().map(edit).collect::<Vec<_>>() })
    });
    let head = json!({
        "code": found.code.name,
        "severity": found.severity.name(),
        "message": found.message,
    });
    let mut value = placed(head, sources, found.span);
    value["help"] = json!(found.help);
    value["labels"] = json!(labels);
    value["fix"] = json!(fix);
    value
}

/// `value` with the place of `span`.
fn placed(mut value: Value, sources: &Sources, span: Span) -> Value {
    let file = sources.file(span.file);
    let range = clamped(file, span);
    let (start, end) = (file.place(range.start), file.place(range.end));
    value["file"] = json!(file.path);
    value["line"] = json!(start.line);
    value["column"] = json!(start.column);
    value["end_line"] = json!(end.line);
    value["end_column"] = json!(end.column);
    value
}
