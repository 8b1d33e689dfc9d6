//! `outside-project`, `bad-encoding`, `reserved-name`, `empty-report`: what is wrong with the files as such.

use super::Context;
use crate::diagnostic::{
    BAD_ENCODING, Diagnostic, EMPTY_REPORT, OUTSIDE_PROJECT, RESERVED_NAME, Sink,
};
use crate::resolve::{RESERVED_SLUGS, chapter_slug, slugify};
use crate::source::{FileId, Span};

/// Looks at links that were refused, at slugs, and for a chapter at all.
pub fn check(context: &Context, sink: &mut Sink) {
    let file = context.config.file.unwrap_or(FileId(0));
    let head = Span::new(file, 0..0);
    for path in &context.sources.refused {
        let message = format!("the link {path} leads out of the report and was not followed");
        sink.push(
            Diagnostic::new(&OUTSIDE_PROJECT, head, message)
                .help("copy the file into the report: a site must be made from what is in it"),
        );
    }
    for path in &context.sources.misnamed {
        let message = format!("the name of the file {path} is not UTF-8 text; it was left out");
        sink.push(
            Diagnostic::new(&BAD_ENCODING, head, message)
                .help("rename the file: letters, figures, hyphens and dots go into every address"),
        );
    }
    if context.report.chapters.iter().all(|chapter| chapter.is_front) {
        let folder = &context.config.book.src;
        let span = context.config.span("book.src").unwrap_or(head);
        sink.push(
            Diagnostic::new(&EMPTY_REPORT, span, format!("there is no chapter in {folder}/"))
                .help(format!("write one, for example {folder}/01-introduction.md, or take `draft: true` out of those that are there")),
        );
    }
    reserved_names(context, sink);
}

fn reserved_names(context: &Context, sink: &mut Sink) {
    for chapter in context.report.chapters.iter().filter(|chapter| !chapter.is_front) {
        let unit = &chapter.unit;
        let path = &context.sources.file(unit.file).path;
        let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md");
        let wanted = match &unit.front.slug {
            Some(slug) => slugify(&slug.value),
            None => chapter_slug(stem),
        };
        if !RESERVED_SLUGS.contains(&wanted.as_str()) {
            continue;
        }
        let span = unit.front.slug.as_ref().map_or(Span::new(unit.file, 0..0), |slug| slug.span);
        let message = format!("the site has a page of its own called {wanted}");
        sink.push(Diagnostic::new(&RESERVED_NAME, span, message).help(format!(
            "give the chapter another name with `slug:` in its front matter; for now it is {}",
            chapter.slug
        )));
    }
}
