//! `unused-source`: an entry that nothing cites.

use super::Context;
use crate::diagnostic::{Diagnostic, Sink, UNUSED_SOURCE};

/// Looks at every entry.
pub fn check(context: &Context, sink: &mut Sink) {
    // A note that is not called cites too: mending its mark mends this.
    let mut is_cited = vec![false; context.bibliography.entries.len()];
    for chapter in &context.report.chapters {
        chapter.entries.iter().for_each(|place| is_cited[*place] = true);
    }
    for (entry, _) in context.bibliography.entries.iter().zip(is_cited).filter(|(_, is)| !is) {
        let message = format!("nothing cites `{}`", entry.key);
        sink.push(
            Diagnostic::new(&UNUSED_SOURCE, entry.key_span, message)
                .note("it is not printed among the sources")
                .help(format!("cite it, `[@{}]`, or delete the entry", entry.key)),
        );
    }
}
