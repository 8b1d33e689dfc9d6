//! `unused-source`: an entry that nothing cites.

use super::Context;
use crate::diagnostic::{Diagnostic, Sink, UNUSED_SOURCE};
use std::collections::HashSet;

/// Looks at every entry.
pub fn check(context: &Context, sink: &mut Sink) {
    let cited: HashSet<&str> = context.report.sources.iter().map(|s| s.key.as_str()).collect();
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
