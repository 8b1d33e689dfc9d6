//! What joins the members of a list: commas, “and”, dashes, “read in conjunction with”, glosses.

use super::lexicon::{article_word, joins, leads_to};
use super::token::Text;

/// What joins two members at token `i`: the token after it, and whether it opens a range.
pub(super) fn separator(text: &Text, i: usize) -> Option<(usize, bool)> {
    match text.mark(i) {
        Some('-' | '–' | '—') => return Some((i + 1, true)),
        Some(';') if joins(text.word(i + 1)) => return Some((after_join(text, i + 1), false)),
        Some('/' | '&' | ';') => return Some((i + 1, false)),
        Some(',') if joins(text.word(i + 1)) => return Some((after_join(text, i + 1), false)),
        Some(',') if text.is(i + 1, '&') => return Some((i + 2, false)),
        Some(',') => return Some((conjunction(text, i + 1).unwrap_or(i + 1), false)),
        _ => {}
    }
    let word = text.word(i);
    if leads_to(word) {
        return Some((i + 1, true));
    }
    if word == "up" && text.word(i + 1) == "to" {
        return Some((i + 2, true));
    }
    if let Some(after) = conjunction(text, i) {
        return Some((after, false));
    }
    (joins(word) && word != "as").then(|| (after_join(text, i), false))
}

/// The token after `and`, `and/or`, `as well as`, `а также`.
fn after_join(text: &Text, i: usize) -> usize {
    if text.is(i + 1, '/') && joins(text.word(i + 2)) {
        return i + 3;
    }
    if text.word(i) == "as" && text.word(i + 1) == "well" && text.word(i + 2) == "as" {
        return i + 3;
    }
    if text.word(i) == "а" && text.word(i + 1) == "также" {
        return i + 2;
    }
    i + 1
}

/// The token after a bracket, or a pair of dashes, that says in words what a provision is about:
/// `Article 9 (liberty)`, `Article 10 – freedom of expression –`.
pub(super) fn after_gloss(text: &Text, i: usize) -> usize {
    const LONGEST: usize = 12;
    let closing = match text.mark(i) {
        Some('(') => ')',
        Some(dash @ ('–' | '—')) if text.get(i).is_some_and(|token| token.space) => dash,
        _ => return i,
    };
    let close = (i + 1..i + LONGEST).find(|&at| text.is(at, closing));
    let plain = |at: usize| {
        let word = text.word(at);
        text.get(at).is_some()
            && !text.is_number(at)
            && !text.acronym(at)
            && !matches!(text.mark(at), Some('(' | '§'))
            && article_word(word).is_none()
    };
    let words = |close: &usize| {
        (i + 1..*close).all(plain) && (i + 1..*close).any(|at| text.word(at).len() > 2)
    };
    close.filter(words).map_or(i, |close| close + 1)
}

/// The token after “read with”, “in conjunction with”, “taken together with” and their like.
pub(super) fn conjunction(text: &Text, i: usize) -> Option<usize> {
    const FORMS: [&[&str]; 13] = [
        &["in", "conjunction", "with"],
        &["read", "in", "conjunction", "with"],
        &["taken", "in", "conjunction", "with"],
        &["read", "together", "with"],
        &["taken", "together", "with"],
        &["in", "combination", "with"],
        &["read", "with"],
        &["taken", "with"],
        &["together", "with"],
        &["along", "with"],
        &["as", "well", "as"],
        &["в", "сочетании", "с"],
        &["во", "взаимосвязи", "со"],
    ];
    let fits = |form: &&&[&str]| (0..).zip(form.iter()).all(|(n, word)| text.word(i + n) == *word);
    let form = FORMS.iter().filter(fits).max_by_key(|form| form.len())?;
    Some(i + form.len())
}
