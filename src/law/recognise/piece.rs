//! The tokens of a name in a form that tokens of a text can be compared with.
//!
//! An acronym is compared as it is written, a Russian word by its stem; the last word of a Kazakh
//! name may carry endings. Quotation marks do not count.

use super::token::{Case, Kind, Text};

/// A token of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub word: String,
    pub mark: Option<char>,
    pub exact: Option<String>,
    pub capital: bool,
    pub glued: bool,
}

/// A name as pieces, without quotation marks.
pub(super) fn pieces(name: &str) -> Vec<Piece> {
    let text = Text::new(name, &[]);
    let words = (0..text.len()).filter(|&i| text.is_word(i)).count();
    let piece = |i: usize| {
        let kind = text.get(i)?.kind;
        let first = (0..i).all(|before| text.is(before, '"'));
        // In a short name the capital is what tells a name from words: “European Convention”.
        let capital =
            first && words <= 2 && text.case(i) == Case::Capital && text.word(i).is_ascii();
        let number = |i: usize| {
            matches!(text.get(i).map(|token| token.kind), Some(Kind::Number | Kind::Word))
        };
        Some(Piece {
            word: text.word(i).to_string(),
            mark: match kind {
                Kind::Mark(c) => Some(c),
                _ => None,
            },
            exact: text.acronym(i).then(|| text.raw(i).to_string()),
            capital: capital || (words == 1 && text.case(i) == Case::Upper),
            glued: text.glued(i) && number(i) && number(i.wrapping_sub(1)),
        })
    };
    (0..text.len()).filter(|&i| !text.is(i, '"')).filter_map(piece).collect()
}

/// The token after `pieces`, if they stand at token `i`.
pub(super) fn ends(pieces: &[Piece], text: &Text, i: usize, inflected: bool) -> Option<usize> {
    let mut at = i;
    for (place, piece) in pieces.iter().enumerate() {
        while at > i && text.is(at, '"') {
            at += 1;
        }
        let last = place + 1 == pieces.len();
        if !piece.is(text, at, inflected && last) || (place > 0 && piece.glued && !text.glued(at)) {
            return None;
        }
        at += 1;
    }
    let closing = text.is(at, '"') && (i..at).filter(|&t| text.is(t, '"')).count() % 2 == 1;
    let at = if closing { at + 1 } else { at };
    // A number at the end must be the whole number: `P1` is not in `P1a`.
    if text.is_number(at - 1) && text.glued(at) && text.is_word(at) {
        return None;
    }
    Some(after_ending(text, at))
}

/// The token after a case ending on an acronym: `АСҚХП-нің`.
fn after_ending(text: &Text, at: usize) -> usize {
    let ending = text.is(at, '-') && text.glued(at) && text.glued(at + 1) && text.is_word(at + 1);
    let cyrillic = !text.word(at + 1).is_ascii() && text.word(at + 1).chars().count() <= 4;
    if ending && cyrillic && text.acronym(at - 1) { at + 2 } else { at }
}

impl Piece {
    /// By what a name that begins with this piece is looked up.
    pub fn key(&self) -> String {
        key_of(&self.word).to_string()
    }

    /// How the piece may be written: an acronym as it is, a word with and without a capital, of an
    /// inflected word what all forms share.
    pub fn written(&self) -> Vec<String> {
        if let Some(exact) = &self.exact {
            return vec![exact.clone()];
        }
        let common = if self.word.is_ascii() { self.word.as_str() } else { key_of(&self.word) };
        let mut chars = common.chars();
        let capital = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
        let mut forms = vec![common.to_string(), capital];
        if super::names::HEADS.contains(&common) {
            forms.push(common.to_uppercase());
        }
        forms
    }

    pub fn is(&self, text: &Text, i: usize, inflected: bool) -> bool {
        if let Some(mark) = self.mark {
            return text.is(i, mark);
        }
        let word = text.word(i);
        if word.is_empty() || (self.capital && !text.capital(i) && !is_led_in(text, i)) {
            return false;
        }
        if let Some(exact) = &self.exact {
            return text.raw(i) == exact || (text.acronym(i) && word == self.word);
        }
        if word == self.word {
            return true;
        }
        let cyrillic = !word.is_ascii() && text.is_word(i);
        cyrillic && (same_stem(&self.word, word) || (inflected && takes_ending(&self.word, word)))
    }
}

/// Whether “the” and the head of a law's name around token `i` do what a capital would: “the refugee
/// convention”.
fn is_led_in(text: &Text, i: usize) -> bool {
    let heads = ["convention", "covenant", "declaration", "charter"];
    i > 0 && text.word(i - 1) == "the" && heads.contains(&text.word(i + 1))
}

/// By what a word is looked up: itself, or of an inflected one the letters that all forms share.
pub(super) fn key_of(word: &str) -> &str {
    if word.is_ascii() {
        return word;
    }
    word.char_indices().nth(3).map_or(word, |(end, _)| &word[..end])
}

/// Whether `word` is `name` with Kazakh endings.
fn takes_ending(name: &str, word: &str) -> bool {
    word.strip_prefix(name).is_some_and(|ending| ending.chars().count() <= 7)
}

fn same_stem(a: &str, b: &str) -> bool {
    let (a, b) = (stem(a), stem(b));
    a == b && a.chars().count() >= 3
}

/// A Russian word without the ending of its case.
fn stem(word: &str) -> &str {
    const ENDINGS: [&str; 45] = [
        "иями", "ями", "ами", "ией", "иею", "иям", "иях", "ого", "его", "ому", "ему", "ыми", "ими",
        "ий", "ый", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ых", "их", "ую", "юю", "ым", "им",
        "ом", "ем", "ей", "ов", "ев", "ия", "ии", "ию", "ям", "ам", "ях", "ах", "ью", "а", "я",
        "ы", "ь",
    ];
    const SHORT: [&str; 5] = ["е", "и", "о", "у", "ю"];
    let endings = ENDINGS.iter().chain(&SHORT);
    let stripped =
        endings.filter_map(|ending| word.strip_suffix(ending)).min_by_key(|stem| stem.len());
    stripped.filter(|stem| stem.chars().count() >= 3).unwrap_or(word)
}
