//! Claims of a chapter declared where the check `undeclared-claim` would have them.

use crate::diagnostic::UNDECLARED_CLAIM;
use crate::session::Session;
use crate::source::Sources;

/// The first of `texts` (path and text of files that are in the report, or will be) with its claims
/// declared, and their number.
pub fn declared(mut sources: Sources, texts: &[(&str, &str)]) -> (String, usize) {
    let ids: Vec<_> = texts.iter().map(|(path, text)| sources.add_text(path, text)).collect();
    let Some((&chapter, (_, text))) = ids.first().zip(texts.first()) else {
        return (String::new(), 0);
    };
    let analysis = Session::default().check(&sources);
    let found = analysis.diagnostics.iter().filter(|d| *d.code == UNDECLARED_CLAIM);
    let fixes: Vec<_> = found
        .filter(|diagnostic| diagnostic.span.file == chapter)
        .filter_map(|diagnostic| diagnostic.fix.as_ref())
        .collect();
    let mut edits: Vec<_> = fixes.iter().flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|(span, _)| span.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, words) in edits {
        let Some(before) = text.get(at..span.start) else { continue };
        out.push_str(before);
        out.push_str(words);
        at = span.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    (out, fixes.len())
}
