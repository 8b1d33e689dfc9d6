//! SARIF 2.1.0: diagnostics for code scanning and for editors.
//!
//! Paths are addresses below the repository's root (`%SRCROOT%`), columns count characters.

use super::{clamped, words_with_help};
use crate::diagnostic::{Code, Diagnostic, Fix, Severity};
use crate::source::{Sources, Span};
use serde_json::{Value, json};
use std::fmt::Write;

/// One run with all diagnostics.
///
/// `folder` is the way from the repository's root to the report (`report/`, or nothing).
pub fn render_sarif(diagnostics: &[Diagnostic], sources: &Sources, folder: &str) -> String {
    let mut rules: Vec<&'static Code> = Vec::new();
    let places = Places { sources, folder };
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|found| {
            let index = rules.iter().position(|code| *code == found.code).unwrap_or_else(|| {
                rules.push(found.code);
                rules.len() - 1
            });
            places.result(found, index)
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Rapporteur",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|code| rule(code)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

fn rule(code: &Code) -> Value {
    json!({
        "id": code.name,
        "shortDescription": { "text": code.name.replace('-', " ") },
        "fullDescription": { "text": first_paragraph(code.page) },
        "help": { "text": code.page, "markdown": code.page },
        "defaultConfiguration": { "level": level(code.severity) },
    })
}

/// The paragraph after the title of a page.
fn first_paragraph(page: &str) -> &str {
    page.split("\n\n").nth(1).unwrap_or(page).trim()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

/// Spans as places in files.
struct Places<'a> {
    sources: &'a Sources,
    folder: &'a str,
}

impl Places<'_> {
    fn result(&self, found: &Diagnostic, rule: usize) -> Value {
        let mut result = json!({
            "ruleId": found.code.name,
            "ruleIndex": rule,
            "level": level(found.severity),
            "message": { "text": words_with_help(found) },
            "locations": [{ "physicalLocation": self.physical(found.span) }],
        });
        let related: Vec<Value> = (1..)
            .zip(&found.labels)
            .map(|(id, label)| {
                let mut place = json!({ "id": id, "physicalLocation": self.physical(label.span) });
                if !label.message.is_empty() {
                    place["message"] = json!({ "text": label.message });
                }
                place
            })
            .collect();
        if !related.is_empty() {
            result["relatedLocations"] = json!(related);
        }
        if let Some(fix) = &found.fix {
            result["fixes"] = json!([self.fix(found, fix)]);
        }
        result
    }

    fn fix(&self, found: &Diagnostic, fix: &Fix) -> Value {
        let mut changes: Vec<(String, Vec<Value>)> = Vec::new();
        for (span, text) in &fix.edits {
            let uri = self.uri(*span);
            let replacement = json!({
                "deletedRegion": self.region(*span),
                "insertedContent": { "text": text },
            });
            match changes.iter_mut().find(|(other, _)| *other == uri) {
                Some((_, replacements)) => replacements.push(replacement),
                None => changes.push((uri, vec![replacement])),
            }
        }
        let changes = changes.into_iter().map(|(uri, replacements)| {
            json!({
                "artifactLocation": { "uri": uri, "uriBaseId": "%SRCROOT%" },
                "replacements": replacements,
            })
        });
        let words = found.help.as_deref().unwrap_or(&found.message);
        json!({
            "description": { "text": words },
            "artifactChanges": changes.collect::<Vec<_>>(),
        })
    }

    fn physical(&self, span: Span) -> Value {
        json!({
            "artifactLocation": { "uri": self.uri(span), "uriBaseId": "%SRCROOT%" },
            "region": self.region(span),
        })
    }

    fn region(&self, span: Span) -> Value {
        let file = self.sources.file(span.file);
        let range = clamped(file, span);
        let (start, end) = (file.place(range.start), file.place(range.end));
        json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        })
    }

    /// The path of a span's file as an address.
    fn uri(&self, span: Span) -> String {
        let mut uri = String::new();
        for byte in self.folder.bytes().chain(self.sources.file(span.file).path.bytes()) {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                    uri.push(byte as char);
                }
                _ => {
                    let _ = write!(uri, "%{byte:02X}");
                }
            }
        }
        uri
    }
}
