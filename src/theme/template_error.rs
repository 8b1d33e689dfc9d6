//! What the template engine says, as diagnostics at places in the project's templates.

use super::Template;
use crate::diagnostic::{Diagnostic, TEMPLATE_ERROR};
use crate::source::Span;
use tera::{Error, ErrorKind, ReportError, Tera};

const HELP: &str = "compare it with the built-in template of the same name";

/// What is said of a template that breaks off.
const OPEN_AT_END: (&str, &str) = (
    "the template ends while something is still open",
    "close each `{% if %}`, `{% for %}` and `{% block %}` with its `{% endif %}`, `{% endfor %}` or `{% endblock %}`",
);

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
        .filter_map(|report| Some(diagnostic(locate(report, templates)?, message_of(report))))
        .collect();
    match (found.is_empty(), unjoined(&text, templates)) {
        (false, _) => found,
        (true, Some(diagnostic)) => vec![diagnostic],
        (true, None) => vec![without_place(&text, templates)],
    }
}

/// Templates that hold or extend one another in a circle, or extend one that is not there: the
/// engine names the template and no place, so the tag in it that joins it to another is shown.
fn unjoined(text: &str, templates: &[Template]) -> Option<Diagnostic> {
    let template = templates.iter().find(|it| text.contains(&format!("'user/{}'", it.path)))?;
    let tag = |word: &str| {
        let mut tags = template.text.match_indices("{%");
        tags.find_map(|(at, _)| {
            let length = template.text[at..].find("%}")? + 2;
            let inner = template.text[at + 2..].trim_start_matches('-').trim_start();
            inner.starts_with(word).then_some(at..at + length)
        })
    };
    let path = &template.path;
    let (range, message, help) = if text.contains("ircular include") {
        let help =
            "to add to the built-in part, include it as `builtin/…`; your own takes its place";
        (tag("include")?, format!("`{path}` includes itself, or a part that includes it"), help)
    } else if text.contains("ircular extend") {
        let help = "to change the built-in template, extend it as `builtin/…`";
        (tag("extends")?, format!("`{path}` extends itself"), help)
    } else {
        (tag("extends")?, format!("`{path}` extends a template that is not there"), HELP)
    };
    let span = Span::new(template.file, range);
    Some(Diagnostic::new(&TEMPLATE_ERROR, span, message).help(help))
}

/// The diagnostic for an error met while `page` was rendered.
pub(super) fn at_render(error: &Error, page: &str, templates: &[Template]) -> Box<Diagnostic> {
    if let ErrorKind::RenderingError(report) = error.kind()
        && let Some(template) = named(report.filename(), templates)
    {
        return Box::new(at_report(report, template));
    }
    let text = error.to_string();
    let Some(span) = locate(&text, templates) else {
        let own = templates.iter().find(|template| template.path == page);
        return Box::new(without_place(&text, own.map_or(templates, std::slice::from_ref)));
    };
    Box::new(diagnostic(span, message_of(&text)))
}

fn at_report(report: &ReportError, template: &Template) -> Diagnostic {
    diagnostic(Span::new(template.file, report.span().range.clone()), report.message())
}

/// The project's template of which the engine speaks as `name`.
fn named<'a>(name: &str, templates: &'a [Template]) -> Option<&'a Template> {
    let path = name.strip_prefix("user/")?;
    templates.iter().find(|template| template.path == path)
}

/// An error that names no place in any template of the project: it is put at the start of the
/// first one, or is our own bug where there is none.
fn without_place(text: &str, templates: &[Template]) -> Diagnostic {
    let Some(first) = templates.first() else { panic!("built-in theme: {text}") };
    diagnostic(Span::new(first.file, 0..0), message_of(text))
}

/// A sentence of the engine as a diagnostic; a second sentence becomes the help.
fn diagnostic(span: Span, message: &str) -> Diagnostic {
    let (message, help) = match message {
        "unexpected end of input" | "Unexpected end of input" => OPEN_AT_END,
        _ => message.split_once(". ").unwrap_or((message, HELP)),
    };
    let (message, help) = (lower_first(message), lower_first(help));
    Diagnostic::new(&TEMPLATE_ERROR, span, message.trim_end_matches('.')).help(help)
}

/// The first place in a template of the project that a report of the engine names, as in
/// ` --> user/chapter.html:3:7`.
fn locate(report: &str, templates: &[Template]) -> Option<Span> {
    report.lines().find_map(|line| {
        let mut parts = line[line.find("user/")?..].rsplitn(3, ':');
        let column: usize = parts.next()?.trim().parse().ok()?;
        let row: usize = parts.next()?.parse().ok()?;
        let template = named(parts.next()?, templates)?;
        Some(Span::new(template.file, bytes_at(&template.text, row, column)))
    })
}

/// The word at a line and a column, both from 1.
fn bytes_at(text: &str, row: usize, column: usize) -> std::ops::Range<usize> {
    let start = text.split_inclusive('\n').take(row.saturating_sub(1)).map(str::len).sum::<usize>();
    let line = text[start..].lines().next().unwrap_or_default();
    let skipped = line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(i, _)| i);
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
