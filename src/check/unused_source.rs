//! `unused-source`: an entry that nothing cites.

use super::{Context, each_inline};
use crate::diagnostic::{Diagnostic, Sink, UNUSED_SOURCE};
use crate::document::InlineKind;
use std::collections::HashSet;

/// Looks at every entry.
pub fn check(context: &Context, sink: &mut Sink) {
    // A note that is not called cites too: mending its mark mends this.
    let mut cited: HashSet<&str> = HashSet::new();
    for chapter in &context.report.chapters {
        each_inline(chapter, &mut |inline| {
            if let InlineKind::Citation(cluster) = &inline.kind {
                cited.extend(cluster.cites.iter().map(|cite| cite.key.text.as_str()));
            }
        });
    }
    for entry in &context.bibliography.entries {
        if !cited.contains(entry.key.as_str()) {
            let message = format!("nothing cites `{}`", entry.key);
            sink.push(
                Diagnostic::new(&UNUSED_SOURCE, entry.key_span, message)
                    .note("it is not printed among the sources")
                    .help(format!("cite it, `[@{}]`, or delete the entry", entry.key)),
            );
        }
    }
}
