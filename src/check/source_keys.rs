//! `unknown-source`: a citation of what is in neither the bibliography nor the law.

use super::{Context, each_inline};
use crate::diagnostic::{Diagnostic, Sink, UNKNOWN_SOURCE, nearest};
use crate::document::{Cite, InlineKind};
use crate::report::Chapter;

/// Looks at every citation. A bare `@word` that is near no key is the author's text.
pub fn check(context: &Context, chapter: &Chapter, sink: &mut Sink) {
    each_inline(chapter, &mut |inline| {
        let InlineKind::Citation(cluster) = &inline.kind else { return };
        for cite in &cluster.cites {
            let key = &cite.key.text;
            if context.bibliography.get(key).is_some() || context.law.instrument(key).is_some() {
                continue;
            }
            let near = near(context, key);
            let is_text = cluster.bare && near.is_none() && cite.locator.is_none();
            if !is_text {
                sink.push(unknown(context, cite, near));
            }
        }
    });
}

/// The key that was most likely meant.
fn near(context: &Context, key: &str) -> Option<String> {
    let instruments = context.law.instruments().iter().map(|instrument| &*instrument.id);
    let known = context.bibliography.keys().chain(instruments);
    nearest(key, known).filter(|near| *near != key).map(str::to_owned)
}

fn unknown(context: &Context, cite: &Cite, near: Option<String>) -> Diagnostic {
    let key = &cite.key.text;
    let file = &context.config.citations.file;
    let message = format!("no source is called `{key}`");
    let found = Diagnostic::new(&UNKNOWN_SOURCE, cite.key.span, message);
    match near {
        Some(near) => {
            // No fix: a key that is near may be of another source, and evidence is not guessed.
            let found = found.help(format!("did you mean `@{near}`? Else add `{key}:` to {file}"));
            match context.bibliography.get(&near) {
                Some(entry) => found.label(entry.key_span, "a source with a similar key"),
                None => found,
            }
        }
        None => found.help(format!("add `{key}:` with its type, title and date to {file}")),
    }
}
