//! `broken-link`, `missing-file`, `unsafe-url`: links and images that lead nowhere, or astray.

use super::{Context, each_inline};
use crate::diagnostic::{
    BROKEN_LINK, Diagnostic, MISSING_FILE, Sink, UNKNOWN_ARTICLE, UNSAFE_URL, nearest,
};
use crate::document::InlineKind;
use crate::law::{LawLink, law_link};
use crate::report::{Chapter, ChapterId};
use crate::source::Span;
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// Looks at every link and image that does not lead out of the site.
pub fn check(context: &Context, sink: &mut Sink) {
    let pages = Pages {
        context,
        anchors: context.report.chapters.iter().map(|_| OnceCell::new()).collect(),
    };
    for (id, chapter) in context.report.chapters.iter().enumerate() {
        for (target, span) in &chapter.unit.outward.links {
            // A note mark that became a link is `swallowed-note`'s alone.
            if !context.sources.text(*span).starts_with("[^") {
                sink.extend(link(&pages, id, target, *span));
            }
        }
        for (target, span) in &chapter.unit.outward.images {
            sink.extend(file(context, chapter, target, *span));
        }
    }
}

/// The ids on the pages of chapters, collected when a link first asks for them.
struct Pages<'a> {
    context: &'a Context<'a>,
    anchors: Vec<OnceCell<BTreeSet<String>>>,
}

impl Pages<'_> {
    fn anchors(&self, id: ChapterId) -> &BTreeSet<String> {
        let chapter = &self.context.report.chapters[id];
        self.anchors[id].get_or_init(|| anchors(chapter))
    }
}

/// The ids on a chapter's page.
fn anchors(chapter: &Chapter) -> BTreeSet<String> {
    let bindings = &chapter.bindings;
    let mut anchors: BTreeSet<String> = bindings.anchors.values().cloned().collect();
    anchors.extend(bindings.paragraphs.values().map(|n| format!("p{n}")));
    anchors.extend(chapter.claims.iter().map(|claim| claim.id.clone()));
    let notes = chapter.notes.iter().map(|note| note.number);
    anchors.extend(notes.flat_map(|n| [format!("n{n}"), format!("r{n}")]));
    anchors.extend(["main", "notes", "provisions"].map(str::to_owned));
    each_inline(chapter, &mut |inline| {
        if let InlineKind::Span { attributes, .. } = &inline.kind {
            anchors.extend(attributes.id.as_ref().map(|id| id.text.clone()));
        }
    });
    anchors
}

fn scheme(target: &str) -> Option<String> {
    let (scheme, _) = target.trim().split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

fn unsafe_url(scheme: &str, span: Span) -> Diagnostic {
    Diagnostic::new(&UNSAFE_URL, span, format!("a reader may not be sent to a `{scheme}:` address"))
        .note("the words are shown without a link")
        .help("link to an https:// address")
}

fn link(pages: &Pages, id: ChapterId, target: &str, span: Span) -> Option<Diagnostic> {
    let context = pages.context;
    let chapter = &context.report.chapters[id];
    if let Some(found) = law_link(target) {
        return law(context, &found, target, span);
    }
    match scheme(target).as_deref() {
        Some("http" | "https" | "mailto" | "tel" | "doi") => return None,
        Some(scheme) => return Some(unsafe_url(scheme, span)),
        None if target.starts_with("//") || target.is_empty() => return None,
        None => {}
    }
    let (path, fragment) = split(target);
    if path.is_empty() {
        return missing_anchor(fragment, pages.anchors(id), span);
    }
    let full = full_path(context, chapter, path);
    let to = full.as_deref().and_then(|full| context.sources.find(full));
    match to.and_then(|file| context.report.chapter_of(file)) {
        Some(other) => missing_anchor(fragment, pages.anchors(other), span),
        None => file(context, chapter, path, span).map(|found| Diagnostic {
            code: &BROKEN_LINK,
            message: format!("the link leads to `{path}`, which is not in the report"),
            ..found
        }),
    }
}

fn split(target: &str) -> (&str, &str) {
    match target.split_once('#') {
        Some((path, fragment)) => (path.split('?').next().unwrap_or(path), fragment),
        None => (target.split('?').next().unwrap_or(target), ""),
    }
}

fn full_path(context: &Context, chapter: &Chapter, path: &str) -> Option<String> {
    let from = &context.sources.file(chapter.unit.file).path;
    crate::source::join(from, &context.config.book.src, path)
}

fn missing_anchor(fragment: &str, anchors: &BTreeSet<String>, span: Span) -> Option<Diagnostic> {
    if fragment.is_empty() || anchors.contains(fragment) {
        return None;
    }
    let found =
        Diagnostic::new(&BROKEN_LINK, span, format!("nothing on the page is called `#{fragment}`"));
    Some(match nearest(fragment, anchors.iter().map(String::as_str)) {
        Some(near) => found.help(format!("did you mean `#{near}`?")),
        None => found.help("give the place a label, `{#label}` after a heading, and link to that"),
    })
}

/// A file that must be in the content folder: an image, a download.
fn file(context: &Context, chapter: &Chapter, target: &str, span: Span) -> Option<Diagnostic> {
    match scheme(target).as_deref() {
        Some("http" | "https") => return None,
        Some(scheme) => return Some(unsafe_url(scheme, span)),
        None if target.starts_with("//") => return None,
        None => {}
    }
    let (path, _) = split(target);
    let full = full_path(context, chapter, path);
    let folder = format!("{}/", context.config.book.src);
    if full
        .as_ref()
        .is_some_and(|full| full.starts_with(&folder) && context.sources.assets.contains_key(full))
    {
        return None;
    }
    let found = Diagnostic::new(&MISSING_FILE, span, format!("there is no file `{target}`"));
    let assets = context.sources.assets.keys().map(String::as_str);
    let near = full.as_deref().and_then(|full| nearest(full, assets));
    Some(match (near, &full) {
        (Some(near), _) => found.help(format!("did you mean {near}?")),
        (None, Some(full)) => found.help(format!("put it at {full}, or change the address")),
        (None, None) => {
            found.help(format!("the address leads out of the report; put the file below {folder}"))
        }
    })
}

/// A link to the law by hand.
fn law(context: &Context, link: &LawLink, target: &str, span: Span) -> Option<Diagnostic> {
    let reference =
        match link {
            LawLink::None => return None,
            LawLink::Unreadable => {
                let message = format!("`{target}` names no provision");
                return Some(Diagnostic::new(&UNKNOWN_ARTICLE, span, message).help(
                    "write `law:`, the instrument, a slash and the article: `law:iccpr/19(3)`",
                ));
            }
            LawLink::To(reference) => reference,
        };
    super::provision::unknown(context, reference, span)
}
