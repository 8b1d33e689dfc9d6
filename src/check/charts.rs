//! `bad-chart`: data that cannot be drawn, at its cell.

use super::{Context, each_block};
use crate::chart::{self, KINDS};
use crate::diagnostic::{BAD_CHART, BAD_VALUE, Diagnostic, Sink, nearest};
use crate::document::{BlockKind, Figure};
use crate::report::Chapter;
use crate::source::{Span, join};

/// Looks at every image that names data.
pub fn check(context: &Context, sink: &mut Sink) {
    let chapters = context.report.chapters.iter();
    for chapter in chapters.filter(|chapter| chapter.unit.outward.has_figures) {
        each_block(chapter, &mut |block| {
            if let BlockKind::Figure(figure) = &block.kind
                && chart::is_data(&figure.image.target)
            {
                sink.extend(unknown_kind(figure));
                sink.extend(faults(context, chapter, figure));
            }
        });
    }
}

fn unknown_kind(figure: &Figure) -> Option<Diagnostic> {
    let word = figure.attributes.get("chart")?;
    let names: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
    if names.contains(&word.text.as_str()) {
        return None;
    }
    let diagnostic =
        Diagnostic::new(&BAD_VALUE, word.span, format!("there is no chart `{}`", word.text))
            .help(format!("write one of {}", names.join(", ")));
    Some(match nearest(&word.text, names) {
        Some(near) => diagnostic.fix(word.span, near),
        None => diagnostic,
    })
}

/// What is wrong with the data; data that is not there is `missing-file`'s.
fn faults(context: &Context, chapter: &Chapter, figure: &Figure) -> Vec<Diagnostic> {
    let from = &context.sources.file(chapter.unit.file).path;
    let path = join(from, &context.config.book.src, &figure.image.target);
    let Some(file) = path.and_then(|path| context.sources.find(&path)) else { return Vec::new() };
    let (kind, columns) = chart::settings(figure);
    let data = context.sources.file(file);
    if let Some(at) = data.invalid_at {
        let words = "the data is not UTF-8 text";
        let help = "export the table again as CSV in UTF-8";
        return vec![Diagnostic::new(&BAD_CHART, Span::new(file, at..at), words).help(help)];
    }
    let Err(faults) = chart::read(&data.text, kind, &columns) else { return Vec::new() };
    let diagnostics = faults.into_iter().map(|fault| {
        Diagnostic::new(&BAD_CHART, Span::new(file, fault.range), fault.words).help(fault.help)
    });
    diagnostics.collect()
}
