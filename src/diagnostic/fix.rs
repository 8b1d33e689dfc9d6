//! Fixes onto texts.

use super::{Code, Diagnostic, Fix};
use crate::source::{FileId, Sources, Span};
use std::collections::BTreeMap;

/// One change that is to be made, and for which problem.
#[derive(Debug, Clone)]
pub struct Change<'d> {
    /// The kind of problem that it mends.
    pub code: &'static Code,
    /// Where the problem is.
    pub at: Span,
    /// The change.
    pub fix: &'d Fix,
}

/// The changes that can be made together, and the texts that they make.
#[derive(Debug, Default)]
pub struct Fixed<'d> {
    /// Changes in reading order.
    pub changes: Vec<Change<'d>>,
    /// Changes left out, for they touch the same text as one before them.
    pub left: usize,
    /// The new text of each file that changes.
    pub texts: BTreeMap<FileId, String>,
}

/// Applies the fixes of `diagnostics`, each wholly or not at all.
///
/// A fix whose place another fix has changed is left for the next time.
pub fn fixed<'d>(
    diagnostics: impl IntoIterator<Item = &'d Diagnostic>,
    sources: &Sources,
) -> Fixed<'d> {
    let mut fixed = Fixed::default();
    let mut taken: BTreeMap<FileId, BTreeMap<(usize, usize), &str>> = BTreeMap::new();
    for found in diagnostics {
        let Some(fix) = &found.fix else { continue };
        if !fix.edits.iter().all(|(span, text)| is_free(sources, &taken, *span, text)) {
            fixed.left += 1;
            continue;
        }
        for (span, text) in &fix.edits {
            taken.entry(span.file).or_default().insert((span.start, span.end), text);
        }
        fixed.changes.push(Change { code: found.code, at: found.span, fix });
    }
    for (file, edits) in taken {
        fixed.texts.insert(file, edited(&sources.file(file).text, &edits));
    }
    fixed
}

/// Whether `span` is text of its file that no edit in `taken` touches.
fn is_free(
    sources: &Sources,
    taken: &BTreeMap<FileId, BTreeMap<(usize, usize), &str>>,
    span: Span,
    text: &str,
) -> bool {
    let file = sources.file(span.file);
    // A file that was not read whole must not be written.
    if file.invalid_at.is_some() || file.text.get(span.range()).is_none() {
        return false;
    }
    let Some(edits) = taken.get(&span.file) else { return true };
    let before = edits.range(..=(span.end, usize::MAX)).next_back();
    before.is_none_or(|(&(start, end), other)| {
        let is_same = (start, end) == (span.start, span.end) && *other == text;
        let is_apart = end <= span.start && (start, end) != (span.start, span.end);
        // Two insertions at one place have no order.
        let meets = end == span.start && (start == end || span.start == span.end);
        is_same && start < end || is_apart && !meets
    })
}

/// `text` with each range replaced.
fn edited(text: &str, edits: &BTreeMap<(usize, usize), &str>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (&(start, end), new) in edits {
        out.push_str(&text[from..start]);
        out.push_str(new);
        from = end;
    }
    out.push_str(&text[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::UNDEFINED_NOTE;

    fn sources(text: &str) -> Sources {
        let mut sources = Sources::default();
        sources.add_text("content/a.md", text);
        sources
    }

    fn found(edits: &[(usize, usize, &str)]) -> Diagnostic {
        let span = |start, end| Span::new(FileId(0), start..end);
        let mut found = Diagnostic::new(&UNDEFINED_NOTE, span(0, 1), "x");
        let edits = edits.iter().map(|&(start, end, text)| (span(start, end), text.to_owned()));
        found.fix = Some(Fix { edits: edits.collect() });
        found
    }

    fn text_of(text: &str, diagnostics: &[Diagnostic]) -> (String, usize) {
        let sources = sources(text);
        let fixed = fixed(diagnostics, &sources);
        let text = fixed.texts.into_values().next().unwrap_or_default();
        (text, fixed.left)
    }

    #[test]
    fn fixes_apart_are_all_made() {
        let found = [found(&[(0, 0, "["), (3, 3, "]")]), found(&[(4, 7, "DEF")])];
        assert_eq!(text_of("abc def", &found), ("[abc] DEF".into(), 0));
    }

    #[test]
    fn a_fix_is_made_wholly_or_not_at_all() {
        let found = [found(&[(2, 5, "-")]), found(&[(0, 1, "X"), (4, 6, "Y")])];
        assert_eq!(text_of("abc def", &found), ("ab-ef".into(), 1));
        let same = [found[0].clone(), found[0].clone()];
        assert_eq!(text_of("abc def", &same), ("ab-ef".into(), 0));
    }

    #[test]
    fn insertions_at_one_place_are_not_guessed_at() {
        let found = [found(&[(3, 3, "x")]), found(&[(3, 3, "y")]), found(&[(3, 5, "z")])];
        assert_eq!(text_of("abc def", &found), ("abcx def".into(), 2));
    }

    #[test]
    fn a_place_outside_the_text_is_left() {
        assert_eq!(
            text_of("äb", &[found(&[(1, 2, "x")]), found(&[(9, 10, "x")])]),
            (String::new(), 2)
        );
    }
}
