//! The form for people: excerpt, carets, remedy.

use super::{clamped, edit_words, floor, summary};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{File, Sources, Span};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use std::borrow::Cow;
use std::ops::Range;

/// Bytes of a line on either side of a span that the renderer gets to see.
///
/// More than any terminal shows; a chapter may be one line of megabytes.
const WINDOW: usize = 2000;

/// Lines of a span that are shown.
const LINES: usize = 4;

/// Stands after a place that is complete, before what the renderer adds to it.
const MARK: char = '\u{E000}';

/// Edits of a fix that are written out.
const EDITS: usize = 3;

/// Renders diagnostics with excerpts, trimmed to `width` columns, and their number at the end.
pub fn render_human(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    width: usize,
    color: bool,
) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(width.max(40));
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&unmarked(renderer.render(&[group(diagnostic, sources)])));
        out.push_str("\n\n");
    }
    if !diagnostics.is_empty() {
        out.push_str(&summary(diagnostics));
        out.push('\n');
    }
    out
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE.with_name("hint"),
    };
    let mut group = Group::with_title(
        level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.name),
    );
    group = excerpt(group, sources, diagnostic.span, &diagnostic.note, AnnotationKind::Primary);
    for label in &diagnostic.labels {
        group = excerpt(group, sources, label.span, &label.message, AnnotationKind::Context);
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    if let Some(words) = fix_words(diagnostic, sources) {
        group = group.element(Level::HELP.with_name("fix").message(words));
    }
    group
}

/// Adds the place and the lines of `span`; each label has lines of its own, so that a long line
/// is trimmed round it.
fn excerpt<'a>(
    group: Group<'a>,
    sources: &'a Sources,
    span: Span,
    words: &'a str,
    kind: AnnotationKind,
) -> Group<'a> {
    let file = sources.file(span.file);
    let range = clamped(file, span);
    let place = file.place(range.start);
    let window = window(file, place.line, &range);
    let inside = range.start.max(window.start)..range.end.clamp(range.start, window.end);
    let inside = inside.start - window.start..inside.end.max(inside.start) - window.start;
    let path: Cow<'a, str> = match file.line_range(place.line).start < window.start {
        true => format!("{}:{}:{}{MARK}", file.path, place.line, place.column).into(),
        false => file.path.as_str().into(),
    };
    let annotation: Annotation<'a> = kind.span(inside).label((!words.is_empty()).then_some(words));
    let snippet = Snippet::source(&file.text[window]).line_start(place.line);
    group.element(snippet.path(path).annotation(annotation))
}

/// Removes the line and column that the renderer has counted in a line that was cut before it.
fn unmarked(text: String) -> String {
    if !text.contains(MARK) {
        return text;
    }
    let mut parts = text.split(MARK);
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |text, part| {
        text + part.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit())
    })
}

/// The part of the file that is shown for `range`, which begins on `line`.
fn window(file: &File, line: usize, range: &Range<usize>) -> Range<usize> {
    let last = file.place(range.end).line.min(line + LINES - 1);
    let (first, last) = (file.line_range(line), file.line_range(last));
    let start = floor(file, range.start.saturating_sub(WINDOW)).max(first.start);
    let end = floor(file, range.start + 2 * WINDOW).min(last.end);
    start.min(range.start)..end.max(range.start)
}

fn fix_words(diagnostic: &Diagnostic, sources: &Sources) -> Option<String> {
    let edits = &diagnostic.fix.as_ref()?.edits;
    let words: Vec<String> =
        edits.iter().take(EDITS).map(|(span, text)| edit_words(sources, *span, text)).collect();
    let more = match edits.len().saturating_sub(EDITS) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    (!words.is_empty()).then(|| words.join(", ") + &more)
}
