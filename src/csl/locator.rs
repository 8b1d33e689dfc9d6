//! Locators as typed → locators as set, with the engine's kinds.

use super::cite::{Cite, Locator};
use super::library::guard;
use super::marker;
use super::markup;
use hayagriva::citationberg::taxonomy::Locator as EngineLocator;
use std::borrow::Cow;

/// Returns the engine's kind and the words of a cite's locator, if it has one; `range_mark` stands
/// between the ends of a range.
pub(super) fn engine_locator(cite: &Cite, range_mark: &str) -> Option<(EngineLocator, String)> {
    let text = cite.locator.trim();
    if text.is_empty() {
        return None;
    }
    let kind = kind(cite.label.unwrap_or(Locator::Page));
    let text = markup::inline(text);
    Some((kind, guard(dashes(&text).replace('–', range_mark))))
}

/// Reports whether a locator as set names several parts: `16–18`, `19(2), 21`, `iv and vi`. The
/// paragraphs of one article, `19(2)–(3)`, are one.
pub(super) fn is_plural(text: &str) -> bool {
    let starts = |part: &&str| {
        let word = part.trim_start().split([' ', '(', '.']).next().unwrap_or_default();
        word.starts_with(|c: char| c.is_ascii_digit()) || is_roman(word)
    };
    let joined = [" and ", " и ", " et ", " y ", " және "];
    let text = match text.contains(' ') {
        true => joined.iter().fold(text.to_owned(), |text, word| text.replace(word, ",")).into(),
        false => Cow::Borrowed(text),
    };
    text.split([',', ';', '&', '–', '-', '‑']).filter(starts).count() > 1
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| "ivxlcdmIVXLCDM".contains(c))
}

/// Sets an en dash between the ends of a range: `14-16`, `xii-xiv`, `12(a)-(c)`.
///
/// Only where both sides look like ends; `A-12` is a page of its own.
fn dashes(text: &str) -> String {
    if !text.contains('-') {
        return text.to_owned();
    }
    let chars: Vec<char> = close_up(text).chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let dashes = chars[at..].iter().take_while(|c| **c == '-').count();
        if dashes == 0 {
            out.push(chars[at]);
            at += 1;
            continue;
        }
        let (left, right) = (word_before(&chars[..at]), word_after(&chars[at + dashes..]));
        if dashes > 1 || is_range(&left, &right) {
            out.push('–');
        } else {
            out.push(marker::HYPHEN);
        }
        at += dashes;
    }
    out
}

/// Takes the spaces out of `100 - 103`.
fn close_up(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(" - ") {
        match part.strip_suffix(" - ") {
            Some(word) if word.ends_with(|c: char| c.is_alphanumeric() || c == ')') => {
                out.push_str(word);
                out.push('-');
            }
            _ => out.push_str(part),
        }
    }
    out
}

fn in_word(c: &char) -> bool {
    c.is_alphanumeric() || matches!(c, '(' | ')' | '.' | ':' | '/')
}

fn word_before(chars: &[char]) -> String {
    let start = chars.iter().rposition(|c| !in_word(c)).map_or(0, |i| i + 1);
    chars[start..].iter().collect()
}

fn word_after(chars: &[char]) -> String {
    chars.iter().take_while(|c| in_word(c)).collect()
}

fn is_range(left: &str, right: &str) -> bool {
    let digits = |s: &str| s.starts_with(|c: char| c.is_ascii_digit());
    let bracket = |s: &str| s.starts_with('(');
    (digits(left) && (digits(right) || bracket(right)))
        || (is_roman(left) && is_roman(right))
        || (left.ends_with(')') && bracket(right))
        || (prefixed(left).is_some() && prefixed(left) == prefixed(right))
}

/// The letter before a number: `S12` and `S15` are ends of one range.
fn prefixed(word: &str) -> Option<char> {
    let mut chars = word.chars();
    let letter = chars.next().filter(|c| c.is_alphabetic())?;
    (!chars.as_str().is_empty() && chars.all(|c| c.is_ascii_digit())).then_some(letter)
}

fn kind(locator: Locator) -> EngineLocator {
    use EngineLocator as E;
    match locator {
        Locator::Act => E::Act,
        Locator::Appendix => E::Appendix,
        Locator::Article => E::ArticleLocator,
        Locator::Book => E::Book,
        Locator::Canon => E::Canon,
        Locator::Chapter => E::Chapter,
        Locator::Column => E::Column,
        Locator::Equation => E::Equation,
        Locator::Figure => E::Figure,
        Locator::Folio => E::Folio,
        Locator::Issue => E::Issue,
        Locator::Line => E::Line,
        Locator::Note => E::Note,
        Locator::Opus => E::Opus,
        Locator::Page => E::Page,
        Locator::Paragraph => E::Paragraph,
        Locator::Part => E::Part,
        Locator::Rule => E::Rule,
        Locator::Scene => E::Scene,
        Locator::Section => E::Section,
        Locator::SubVerbo => E::SubVerbo,
        Locator::Supplement => E::Supplement,
        Locator::Table => E::Table,
        Locator::Timestamp => E::Timestamp,
        Locator::Title => E::TitleLocator,
        Locator::Verse => E::Verse,
        Locator::Volume => E::Volume,
        Locator::Custom => E::Custom,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_parts_are_plural_and_paragraphs_of_one_are_not() {
        for text in ["16–18", "19(2), 21", "iv–vi", "14 and 20", "20; 23", "14, 16–18 & 20"] {
            assert!(is_plural(text), "{text}");
        }
        for text in ["14", "19(2)", "19(2)–(3)", "12(a), (b)", "14, n. 3", "A_12", "annex II"] {
            assert!(!is_plural(text), "{text}");
        }
    }

    #[test]
    fn only_ranges_take_a_dash() {
        let cases = [
            ("14-16", "14–16"),
            ("xii-xiv", "xii–xiv"),
            ("12(a)-(c)", "12(a)–(c)"),
            ("14, 16-18 and 20", "14, 16–18 and 20"),
            ("S12-S15", "S12–S15"),
            ("A-12", "A_12"),
            ("well-being", "well_being"),
            ("100 - 103", "100–103"),
        ];
        for (typed, set) in cases {
            assert_eq!(dashes(typed).replace(marker::HYPHEN, "_"), set);
        }
    }
}
