//! What the template engine says, as diagnostics at places in the project's templates.

use super::Template;
use crate::diagnostic::{Diagnostic, TEMPLATE_ERROR};
use crate::source::Span;
use tera::{Error, ErrorKind, ReportError, Tera};

const HELP: &str = "the fields that a template can use are described in the guide to themes";

/// Parses each template alone, so that one slip does not hide another.
pub(super) fn check_syntax(tera: &Tera, templates: &[Template]) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for template in templates {
        let mut alone = tera.clone();
        if let Err(error) =
            alone.add_raw_template(&format!("user/{}", template.path), &template.text)
            && let ErrorKind::SyntaxError(report) = error.kind()
        {
            problems.push(at_report(report, template));
        }
    }
    problems
}

/// Diagnostics for an error met while the templates were put together.
pub(super) fn diagnostics(error: &Error, templates: &[Template]) -> Vec<Diagnostic> {
    let text = error.to_string();
    let found: Vec<Diagnostic> = text
        .split("\n\n")
        .filter_map(|report| {
            let (template, span) = locate(report, templates)?;
            let _ = template;
            Some(diagnostic(span, message_of(report)))
        })
        .collect();
    if found.is_empty() { vec![without_place(&text, templates)] } else { found }
}

/// The diagnostic for an error met while a page was rendered.
pub(super) fn at_render(error: &Error, page: &str, templates: &[Template]) -> Box<Diagnostic> {
    let text = error.to_string();
    Box::new(match locate(&text, templates) {
        Some((_, span)) => diagnostic(span, message_of(&text)),
        None => {
            let mine: Vec<Template> =
                templates.iter().filter(|t| t.path == page).cloned().collect();
            without_place(&text, if mine.is_empty() { templates } else { &mine })
        }
    })
}

fn at_report(report: &ReportError, template: &Template) -> Diagnostic {
    diagnostic(Span::new(template.file, report.span().range.clone()), report.message())
}

/// An error that names no place in any template of the project: it is put at the start of the
/// first one, or is our own bug where there is none.
fn without_place(text: &str, templates: &[Template]) -> Diagnostic {
    let Some(first) = templates.first() else { panic!("built-in theme: {text}") };
    diagnostic(Span::new(first.file, 0..0), message_of(text))
}

fn diagnostic(span: Span, message: &str) -> Diagnostic {
    Diagnostic::new(&TEMPLATE_ERROR, span, lower_first(message)).help(HELP)
}

/// The first place in a template of the project that a report of the engine names, as in
/// ` --> user/chapter.html:3:7`.
fn locate<'a>(report: &str, templates: &'a [Template]) -> Option<(&'a Template, Span)> {
    report.lines().find_map(|line| {
        let rest = &line[line.find("user/")? + "user/".len()..];
        let mut parts = rest.rsplitn(3, ':');
        let column: usize = parts.next()?.trim().parse().ok()?;
        let row: usize = parts.next()?.parse().ok()?;
        let path = parts.next()?;
        let template = templates.iter().find(|template| template.path == path)?;
        Some((template, Span::new(template.file, bytes_at(&template.text, row, column))))
    })
}

/// The word at a line and a column, both from 1.
fn bytes_at(text: &str, row: usize, column: usize) -> std::ops::Range<usize> {
    let start = text.split_inclusive('\n').take(row - 1).map(str::len).sum::<usize>();
    let line = text[start..].lines().next().unwrap_or_default();
    let skipped = line.char_indices().nth(column - 1).map_or(line.len(), |(i, _)| i);
    let word = line[skipped..].find(|c: char| c.is_whitespace()).unwrap_or(line.len() - skipped);
    start + skipped..start + skipped + word
}

/// The first line of a report without its `error:`.
fn message_of(report: &str) -> &str {
    let line = report.lines().next().unwrap_or_default();
    line.strip_prefix("error: ").unwrap_or(line).trim_end_matches('.')
}

fn lower_first(message: &str) -> String {
    let mut chars = message.chars();
    let first = chars.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    first + chars.as_str()
}
