//! A fast look at a text: does it name a provision or a law at all?
//!
//! Most prose does not, and is left here without being cut into tokens.

use super::names::Names;
use aho_corasick::AhoCorasick;
use std::collections::BTreeSet;

/// What a text seems to hold.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Interest {
    /// A word for a provision beside a number.
    pub provisions: bool,
    /// A law's name, where numbers may stand beside it.
    pub numbers: bool,
}

/// One automaton over the words for provisions and the telling words of all names.
#[derive(Debug)]
pub(in crate::law) struct Prefilter {
    automaton: AhoCorasick,
}

/// How a word for a provision may begin, in the two ways in which it is written.
const PROVISIONS: [&str; 27] = [
    "rticle", "RTICLE", "art.", "Art.", "arts", "Arts", "ARTS", "art ", "Art ", "ection", "sec.",
    "aragraph", "para", "Para", "§", "тать", "ТАТЬ", "татт", "ст.", "Ст.", "ст ", "бап", "баб",
    "rtícul", "rticul", "rtik", "rtyku",
];
const OTHERS: [&str; 3] = ["rtic", "rtig", "madde"];

impl Prefilter {
    /// Builds the automaton for `names`.
    pub fn new(names: &Names) -> Prefilter {
        let mut patterns: Vec<String> =
            PROVISIONS.iter().chain(&OTHERS).map(|pattern| pattern.to_string()).collect();
        let telling: BTreeSet<String> = names.telling().collect();
        patterns.extend(telling);
        // The patterns are ours and the author's names; an automaton of a few hundred short
        // patterns cannot fail to be built. An empty one lets nothing through but is no panic.
        let automaton = AhoCorasick::new(&patterns)
            .unwrap_or_else(|_| AhoCorasick::new(PROVISIONS).expect("a few fixed patterns"));
        Prefilter { automaton }
    }

    /// What `text` seems to hold; `None` if there is nothing in it to be found.
    pub(super) fn look(&self, text: &str) -> Option<Interest> {
        let shorthand = OTHERS.len() + PROVISIONS.len();
        let mut interest = Interest::default();
        for found in self.automaton.find_iter(text) {
            let name = found.pattern().as_usize() >= shorthand;
            if name {
                interest.numbers = true;
            } else if number_near(text.as_bytes(), found.start(), found.end()) {
                interest.provisions = true;
            }
            if interest.provisions && interest.numbers {
                break;
            }
        }
        (interest.provisions || interest.numbers).then_some(interest)
    }
}

/// Whether a digit (or a Roman number) stands near bytes `start..end`.
fn number_near(text: &[u8], start: usize, end: usize) -> bool {
    const NEAR: usize = 24;
    let before = text[start.saturating_sub(NEAR)..start].iter();
    let after = text[end..(end + NEAR).min(text.len())].iter();
    before.chain(after).any(|b| b.is_ascii_digit() || matches!(b, b'I' | b'V' | b'X'))
}
