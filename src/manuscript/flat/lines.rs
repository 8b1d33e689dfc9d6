//! Lines of a flattened text, and which of them are page headers, footers and numbers.

use super::super::Guess;
use std::collections::{HashMap, HashSet};

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line<'a> {
    /// Its number in the file, from 1.
    pub number: usize,
    /// Its text without blanks at its ends.
    pub text: &'a str,
    /// Blanks before it; a tab counts as four.
    pub indent: usize,
    /// Whether an empty line stands before it.
    pub after_blank: bool,
    /// Whether a page ended before it.
    pub after_page: bool,
}

/// The lines of `text` that are not empty, without page headers, footers and numbers; what is left
/// out is told.
pub fn lines<'a>(text: &'a str, guesses: &mut Vec<Guess>) -> Vec<Line<'a>> {
    let all = split(text);
    let out = furniture(&all);
    let mut kept: Vec<Line> = Vec::with_capacity(all.len());
    let mut after_page = false;
    for (line, is_out) in all.into_iter().zip(out) {
        if is_out {
            let words = format!("left out as page furniture: “{}”", line.text);
            guesses.push(Guess::at(line.number, words));
            after_page = true;
            continue;
        }
        let after_page = std::mem::take(&mut after_page) || line.after_page;
        kept.push(Line { after_page, ..line });
    }
    kept
}

fn split(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let (mut after_blank, mut after_page) = (false, false);
    for (index, whole) in text.split('\n').enumerate() {
        for (part, raw) in whole.split('\u{c}').enumerate() {
            after_page |= part > 0;
            let text = raw.trim();
            if text.is_empty() {
                after_blank |= part == 0;
                continue;
            }
            let blanks = raw.chars().take_while(|c| c.is_whitespace());
            let indent = blanks.map(|c| if c == '\t' { 4 } else { 1 }).sum();
            let number = index + 1;
            lines.push(Line { number, text, indent, after_blank, after_page });
            (after_blank, after_page) = (false, false);
        }
    }
    lines
}

/// For each line whether it is page furniture.
fn furniture(lines: &[Line]) -> Vec<bool> {
    let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, line) in lines.iter().enumerate() {
        if line.text.chars().count() <= 100 && !is_reference(line.text) {
            groups.entry(shape(line.text)).or_default().push(index);
        }
    }
    let mut out = vec![false; lines.len()];
    let often: HashSet<usize> =
        groups.values().filter(|places| places.len() > 2).flatten().copied().collect();
    let mut groups: Vec<(String, Vec<usize>)> = groups.into_iter().collect();
    // With numbers first: the others are known by standing beside them.
    groups.sort_by_key(|(shape, _)| (!shape.contains('#'), shape.clone()));
    for (shape, places) in groups {
        let is_furniture = match shape.contains('#') {
            true => numbered(lines, &places, &often),
            false => {
                if repeated(lines, &places, &out) {
                    places
                } else {
                    Vec::new()
                }
            }
        };
        is_furniture.into_iter().for_each(|index| out[index] = true);
    }
    out
}

/// A note that refers to the one before is said often, and is no furniture.
fn is_reference(text: &str) -> bool {
    let text = text.to_lowercase();
    ["ibid", "idem", "op. cit", "loc. cit", "там же", "указ. соч"].iter().any(|w| text.contains(w))
}

/// The words of a line, with `#` at their head where there are numbers: left and right pages have
/// them on different sides.
fn shape(text: &str) -> String {
    let words = text.split(|c: char| c.is_ascii_digit() || c.is_whitespace());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let sign = if text.contains(|c: char| c.is_ascii_digit()) { "#" } else { "" };
    format!("{sign}{}", words.join(" "))
}

/// Of lines that are alike but for their numbers, those whose numbers count the pages.
fn numbered(lines: &[Line], places: &[usize], often: &HashSet<usize>) -> Vec<usize> {
    let paged: Vec<(usize, u32)> = places
        .iter()
        .filter_map(|index| page_number(lines[*index].text).map(|number| (*index, number)))
        .collect();
    let mut best: &[(usize, u32)] = &[];
    let mut from = 0;
    for at in 0..paged.len() {
        let goes_on = paged.get(at + 1).is_some_and(|next| {
            let apart = next.0 - paged[at].0;
            let step = next.1.saturating_sub(paged[at].1);
            let at_borders = borders_page(lines, paged[at].0) && borders_page(lines, next.0);
            (apart > 2 || at_borders && apart > 1) && (1..=3).contains(&step)
        });
        if !goes_on {
            if at + 1 - from > best.len() {
                best = &paged[from..=at];
            }
            from = at + 1;
        }
    }
    let by_page = best.iter().filter(|(index, _)| borders_page(lines, *index)).count();
    let enough = best.len() >= 3 || best.len() == 2 && by_page == 2;
    let is_bare = best.first().is_some_and(|(i, _)| is_bare_number(lines[*i].text));
    let cuts = best.iter().filter(|(index, _)| cuts_sentence(lines, *index, often)).count();
    // Words with a number that counts up may be figures, sections or notes.
    match enough && (is_bare || by_page * 2 > best.len() || cuts * 4 >= best.len()) {
        true => best.iter().map(|(index, _)| *index).collect(),
        false => Vec::new(),
    }
}

/// The number of a page at the beginning or the end of a line: `12`, `– 12 –`, `Page 12 of 40`.
fn page_number(text: &str) -> Option<u32> {
    let numbers: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect();
    let is_edge = |digits: &str| {
        let inner = text.trim_matches(|c: char| !c.is_alphanumeric());
        inner.starts_with(digits) || inner.ends_with(digits)
    };
    let first = numbers.first().copied();
    let word = text.to_lowercase();
    let is_named = ["page", "стр", "página", "seite"].iter().any(|name| word.contains(name));
    let number = match (is_named, numbers.len()) {
        (true, 1..) => first,
        (false, 1) => first.filter(|digits| is_edge(digits)),
        (false, 2) => numbers.iter().rev().copied().find(|digits| is_edge(digits)),
        _ => None,
    };
    number?.parse().ok().filter(|n| *n < 5000)
}

fn is_bare_number(text: &str) -> bool {
    !text.contains(char::is_alphabetic)
}

/// Whether lines that are the same every time stand at the borders of pages.
fn repeated(lines: &[Line], places: &[usize], out: &[bool]) -> bool {
    if places.len() < 3 || !places.windows(2).all(|pair| pair[1] - pair[0] > 2) {
        return false;
    }
    let beside = |index: usize| {
        borders_page(lines, index)
            || out.get(index + 1) == Some(&true)
            || index > 0 && out[index - 1]
            || cuts_sentence(lines, index, &HashSet::new())
    };
    places.iter().filter(|index| beside(**index)).count() * 2 > places.len()
}

/// Whether the line is the first or the last of a page.
fn borders_page(lines: &[Line], index: usize) -> bool {
    let starts = |index: usize| lines.get(index).is_none_or(|line| line.after_page);
    starts(index) || starts(index + 1)
}

/// Whether a sentence goes on after the line and others like it, as after no heading.
fn cuts_sentence(lines: &[Line], index: usize, often: &HashSet<usize>) -> bool {
    let after = (index + 1..lines.len().min(index + 5)).find(|at| !often.contains(at));
    after.is_some_and(|at| lines[at].text.starts_with(char::is_lowercase))
}
