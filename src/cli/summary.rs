//! What a build came to, in Markdown, for the page of a CI run.

use super::report;
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::Written;
use crate::session::Analysis;
use crate::source::Sources;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Pages that are named one by one; of more only the number is told.
const NAMED: usize = 20;

/// The summary of a build: contents, coverage, problems, changed pages.
pub fn summary(analysis: &Analysis, sources: &Sources, written: &Written) -> String {
    let title = &analysis.config.book.title;
    let mut out = format!("## {}\n\n", escaped(title));
    out.push_str(&contents(analysis));
    out.push_str(&problems(&analysis.diagnostics, sources));
    out.push_str(&changes(written));
    out
}

/// A table of what there is and how far it is carried.
fn contents(analysis: &Analysis) -> String {
    let mut out = String::from("| | |\n| --- | ---: |\n");
    for count in report::counts(analysis) {
        let _ = writeln!(out, "| {} | {} |", count.many, count.number);
    }
    let coverage = report::coverage(analysis);
    if coverage.claims > 0 {
        let of = |part: usize| format!("{part} of {}", coverage.claims);
        let _ = writeln!(out, "| claims with an article | {} |", of(coverage.with_article));
        let _ = writeln!(out, "| claims with an article that fits | {} |", of(coverage.with_fit));
        let _ = writeln!(out, "| claims with evidence | {} |", of(coverage.with_evidence));
        let _ = writeln!(out, "| claims on one source only | {} |", of(coverage.on_one_source));
    }
    for (instrument, count) in &coverage.articles {
        let _ = writeln!(out, "| articles of {} cited | {count} |", escaped(instrument));
    }
    out.push('\n');
    out
}

/// How often each problem occurs, and where first.
fn problems(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    if diagnostics.is_empty() {
        return "Nothing to report: no errors, warnings or hints.\n\n".to_owned();
    }
    let mut by_code: BTreeMap<(Severity, &str), Vec<&Diagnostic>> = BTreeMap::new();
    for found in diagnostics {
        by_code.entry((found.severity, found.code.name)).or_default().push(found);
    }
    let mut out = String::from("| problem | | times | first at |\n| --- | --- | ---: | --- |\n");
    for ((severity, code), found) in by_code {
        let file = sources.file(found[0].span.file);
        let line = file.place(found[0].span.start).line;
        let (severity, times, path) = (severity.name(), found.len(), escaped(&file.path));
        let _ = writeln!(out, "| `{code}` | {severity} | {times} | {path}:{line} |");
    }
    out.push('\n');
    out
}

/// Which pages are other than in the build before.
fn changes(written: &Written) -> String {
    let is_page = |path: &&String| path.ends_with(".html");
    let changed: Vec<&String> = written.written.iter().filter(is_page).collect();
    let removed: Vec<&String> = written.removed.iter().filter(is_page).collect();
    let files = written.written.len() + written.unchanged;
    let mut out = match (written.unchanged, changed.len()) {
        (0, _) => return format!("{files} files, none of which was there before.\n"),
        (_, 0) => String::from("No page changed."),
        (_, 1) => String::from("1 page changed"),
        (_, n) => format!("{n} pages changed"),
    };
    out.push_str(&named(&changed));
    if !removed.is_empty() {
        let _ = write!(out, "{} gone{}", removed.len(), named(&removed));
    }
    out
}

/// The first of `pages` as a list.
fn named(pages: &[&String]) -> String {
    let mut out = String::from(if pages.is_empty() { "\n" } else { ":\n\n" });
    for page in pages.iter().take(NAMED) {
        let _ = writeln!(out, "- {}", escaped(page));
    }
    if pages.len() > NAMED {
        let _ = writeln!(out, "- … and {} more", pages.len() - NAMED);
    }
    out
}

/// `text` without what Markdown or a table would take for its own.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '|' | '*' | '_' | '`' | '<' | '[' | '\\') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}
