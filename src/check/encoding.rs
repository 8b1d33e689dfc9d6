//! `bad-encoding`: bytes that are not UTF-8.

use super::Context;
use crate::diagnostic::{BAD_ENCODING, Diagnostic, Sink};
use crate::source::Span;

/// Looks at every text file.
pub fn check(context: &Context, sink: &mut Sink) {
    for (id, file) in context.sources.files() {
        // A data file in another encoding is the reader's to open as it is.
        let Some(at) = file.invalid_at.filter(|_| !context.sources.assets.contains_key(&file.path))
        else {
            continue;
        };
        let end = at + file.text[at..].chars().next().map_or(0, char::len_utf8);
        sink.push(
            Diagnostic::new(&BAD_ENCODING, Span::new(id, at..end), "this is not UTF-8 text")
                .note("the first byte that is not")
                .help("save the file as UTF-8; what could not be read is shown as �"),
        );
    }
}
