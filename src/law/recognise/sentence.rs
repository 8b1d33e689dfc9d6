//! Where the sentences of a paragraph begin, as tokens.

use super::lexicon::abbreviation;
use super::token::Text;

/// The number of the sentence in which each token stands.
pub(super) fn sentences(text: &Text) -> Vec<u32> {
    let mut number = 0;
    let mut of_token = Vec::with_capacity(text.len());
    for i in 0..text.len() {
        if i > 0 && begins(text, i) {
            number += 1;
        }
        of_token.push(number);
    }
    of_token
}

/// Whether a sentence begins at token `i`.
fn begins(text: &Text, i: usize) -> bool {
    let opens = text.capital(i)
        || text.is_number(i)
        || matches!(text.mark(i), Some('"' | '\'' | '(' | '['));
    if !opens || !text.get(i).is_some_and(|token| token.space) {
        return false;
    }
    let mut end = i - 1;
    let first = end.saturating_sub(6);
    // Quotes, brackets and glued note numbers may stand between the full stop and the space.
    while end > first
        && (matches!(text.mark(end), Some('"' | '\'' | ')' | ']'))
            || (text.is_number(end) && text.glued(end)))
    {
        end -= 1;
    }
    match text.mark(end) {
        Some('!' | '?') => true,
        Some('.') => end == 0 || !is_abbreviation(text, end - 1),
        _ => false,
    }
}

fn is_abbreviation(text: &Text, i: usize) -> bool {
    let word = text.word(i);
    let initial = text.is_word(i) && word.chars().nth(1).is_none();
    initial || abbreviation(word)
}
