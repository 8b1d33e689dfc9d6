//! What is wrong, as the overlay shows it: a headline and the worst problems, as JSON.

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;
use crate::terminal;
use serde_json::{Value, json};
use std::sync::Arc;

/// How many the overlay lists; the terminal lists the others.
const LISTED: usize = 50;

/// The problems of a build. `standing` says why the site that is shown is an older one.
pub(super) fn of(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    standing: Option<&str>,
) -> Arc<str> {
    let mut worst: Vec<&Diagnostic> = diagnostics.iter().collect();
    worst.sort_by_key(|found| found.severity);
    let items: Vec<Value> = worst.iter().take(LISTED).map(|found| item(found, sources)).collect();
    let problems = json!({
        "standing": standing,
        "summary": terminal::summary(diagnostics),
        "errors": diagnostics.iter().filter(|found| found.severity == Severity::Error).count(),
        "items": items,
        "more": diagnostics.len() - items.len(),
    });
    problems.to_string().into()
}

fn item(found: &Diagnostic, sources: &Sources) -> Value {
    let file = sources.file(found.span.file);
    let place = file.place(found.span.start);
    json!({
        "severity": found.severity.name(),
        "code": found.code.name,
        "message": found.message,
        "file": file.path,
        "line": place.line,
        "column": place.column,
        "help": found.help,
    })
}
