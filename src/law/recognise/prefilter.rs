//! A fast look at a text: does it name a provision or a law at all?
//!
//! Most prose does not, and is left here without being cut into tokens. The look may let through
//! what holds nothing; it must not hold back what does.

use super::names::{Names, Telling};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::collections::BTreeMap;

/// What a text seems to hold.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Interest {
    /// A word for a provision beside a number.
    pub provisions: bool,
    /// A law's name.
    pub names: bool,
}

/// One automaton over the words for provisions and a telling word of every name.
#[derive(Debug)]
pub(in crate::law) struct Prefilter {
    automaton: Option<AhoCorasick>,
    signs: Vec<Sign>,
}

/// What a pattern is a sign of.
#[derive(Debug)]
enum Sign {
    /// A provision, if a number stands close after it.
    NumberAfter,
    /// A provision, if a number stands close before it.
    NumberBefore,
    /// A provision.
    Provision,
    /// Anything: the text has characters that hide words.
    Anything,
    /// A law, if one of these stands around it.
    Name(Vec<Telling>),
}

/// How words for provisions begin, in the ways in which they are written.
const NUMBER_AFTER: &str = "article Article ARTICLE art Art ART section Section SECTION sec Sec \
    paragraph Paragraph para Para § ¶ статья Стать стать СТАТЬ статт Статт ст. Ст. ст Ст ст пункт Пункт \
    artícul Artícul articul Articul artikel Artikel articol Articol artigo Artigo artyku Artyku madde \
    Madde";
const NUMBER_BEFORE: &str = "бап баб Бап";
/// Strasbourg's shorthand, `P1-1` and `A1P1`.
const SHORTHAND: [&str; 4] = ["P1", "P4", "P6", "P7"];
/// Soft hyphens and characters without width may stand inside any word.
const HIDING: [&str; 6] = ["\u{AD}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}"];
/// How close a number stands after a word for a provision, in bytes: `статьями № 19`.
const CLOSE: usize = 16;

impl Prefilter {
    /// Builds the automaton for `names`.
    pub fn new(names: &Names) -> Prefilter {
        let mut patterns: BTreeMap<String, Sign> = BTreeMap::new();
        for telling in names.telling() {
            for form in telling.forms.iter().cloned() {
                let sign = patterns.entry(form).or_insert_with(|| Sign::Name(Vec::new()));
                if let Sign::Name(tellings) = sign {
                    tellings.push(telling.clone());
                }
            }
        }
        let words = |list: &'static str| list.split_whitespace();
        patterns.extend(words(NUMBER_AFTER).map(|word| (word.to_owned(), Sign::NumberAfter)));
        patterns.extend(words(NUMBER_BEFORE).map(|word| (word.to_owned(), Sign::NumberBefore)));
        patterns.extend(SHORTHAND.map(|protocol| (protocol.to_owned(), Sign::Provision)));
        patterns.extend(HIDING.map(|hidden| (hidden.to_owned(), Sign::Anything)));
        let automaton =
            AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(patterns.keys()).ok();
        Prefilter { automaton, signs: patterns.into_values().collect() }
    }

    /// What `text` seems to hold; `None` if there is nothing in it to be found.
    pub(super) fn look(&self, text: &str) -> Option<Interest> {
        let mut interest = Interest::default();
        let Some(automaton) = &self.automaton else {
            return Some(Interest { provisions: true, names: true });
        };
        let bytes = text.as_bytes();
        for found in automaton.find_overlapping_iter(text) {
            let (start, end) = (found.start(), found.end());
            match &self.signs[found.pattern().as_usize()] {
                Sign::Anything => return Some(Interest { provisions: true, names: true }),
                Sign::Provision => interest.provisions = true,
                Sign::NumberAfter if interest.provisions => {}
                Sign::NumberAfter => interest.provisions = number_after(bytes, start, end),
                Sign::NumberBefore => interest.provisions |= number_before(bytes, start),
                Sign::Name(_) if interest.names => {}
                Sign::Name(tellings) => {
                    let around = |telling: &Telling| stands_around(telling, bytes, start, end);
                    interest.names = tellings.iter().any(around);
                }
            }
            if interest.provisions && interest.names {
                break;
            }
        }
        (interest.provisions || interest.names).then_some(interest)
    }
}

/// Whether the word at `start..end` begins there and has a digit, or a Roman number, close after.
fn number_after(text: &[u8], start: usize, end: usize) -> bool {
    let inside = start > 0 && text[start - 1].is_ascii_alphabetic();
    let near = &text[end..text.len().min(end + CLOSE)];
    let digit = near.iter().any(u8::is_ascii_digit);
    let roman = || near.iter().take(4).any(|b| matches!(b, b'I' | b'V' | b'X'));
    !inside && (digit || roman())
}

fn number_before(text: &[u8], start: usize) -> bool {
    text[start.saturating_sub(CLOSE)..start].iter().any(u8::is_ascii_digit)
}

/// Whether the words that stand beside the telling word in its name stand here too.
fn stands_around(telling: &Telling, text: &[u8], start: usize, end: usize) -> bool {
    if telling.whole && text.get(end).is_some_and(u8::is_ascii_alphabetic) {
        return false;
    }
    let before = telling.before.as_ref().is_none_or(|word| {
        let gap = text[..start].iter().rev().take(4).take_while(|b| !b.is_ascii_alphanumeric());
        let head = &text[..start - gap.count()];
        head.len() >= word.len()
            && head[head.len() - word.len()..].eq_ignore_ascii_case(word.as_bytes())
    });
    before
        && telling.after.as_ref().is_none_or(|word| {
            let gap = text[end..].iter().take(4).take_while(|b| !b.is_ascii_alphanumeric());
            let tail = &text[end + gap.count()..];
            tail.len() >= word.len() && tail[..word.len()].eq_ignore_ascii_case(word.as_bytes())
        })
}
