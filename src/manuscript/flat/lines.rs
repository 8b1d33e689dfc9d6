//! Lines of a flattened text, and which of them are page headers, footers and numbers.

use super::super::Guess;
use std::collections::{BTreeMap, HashMap, HashSet};

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
        let mut found = match shape.contains('#') {
            true => numbered(lines, &places, &often),
            false => Vec::new(),
        };
        if found.is_empty() {
            found = same(lines, places)
                .into_iter()
                .filter(|p| repeated(lines, p, &out))
                .flatten()
                .collect();
        }
        found.into_iter().for_each(|index| out[index] = true);
    }
    out
}

/// Lines of one shape by their very text: the symbol of a document has numbers that never change.
fn same(lines: &[Line], places: Vec<usize>) -> Vec<Vec<usize>> {
    let mut by_text: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for index in places {
        by_text.entry(lines[index].text).or_default().push(index);
    }
    by_text.into_values().collect()
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

/// Lines of a page that are broken at a width; less stands between the numbers of notes.
const PAGE: usize = 8;

/// Of lines that are alike but for their numbers, those whose numbers count the pages.
fn numbered(lines: &[Line], places: &[usize], often: &HashSet<usize>) -> Vec<usize> {
    let paged: Vec<(usize, u32)> = places
        .iter()
        .filter_map(|index| page_number(lines[*index].text).map(|number| (*index, number)))
        .collect();
    // Notes that begin with the same words stand among others that count up with them.
    let in_list = paged.iter().filter(|(index, number)| has_neighbour(lines, *index, *number));
    if in_list.count() * 2 > paged.len() {
        return Vec::new();
    }
    let is_bare = paged.first().is_some_and(|(i, _)| is_bare_number(lines[*i].text));
    if lines.iter().any(|line| line.after_page) {
        let at_border = |(index, _): &(usize, u32)| near_border(lines, *index);
        let at_border: Vec<(usize, u32)> = paged.into_iter().filter(at_border).collect();
        let chain = counting(&at_border, 2);
        return if chain.len() > 1 { chain } else { Vec::new() };
    }
    // Words with a number that counts up may be figures, sections or notes.
    let cuts = |chain: &[usize]| {
        let cuts = chain.iter().filter(|index| cuts_sentence(lines, **index, often)).count();
        // A bare number may be that of a note.
        cuts * if is_bare { 2 } else { 4 } >= chain.len()
    };
    let apart = counting(&paged, PAGE);
    if apart.len() > 2 && (is_bare || cuts(&apart)) {
        return apart;
    }
    let close = counting(&paged, 3);
    if close.len() > 2 && cuts(&close) { close } else { Vec::new() }
}

/// Whether the line begins with `number`, and one near it, of other words, with the next number or
/// the one before.
fn has_neighbour(lines: &[Line], index: usize, number: u32) -> bool {
    const NEAR: usize = 4;
    let begins = |text: &str, number: u32| {
        let rest = text.strip_prefix(&number.to_string());
        rest.is_some_and(|rest| {
            rest.contains(char::is_alphabetic) && !rest.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let own = shape(lines[index].text);
    let near = &lines[index.saturating_sub(NEAR)..lines.len().min(index + NEAR + 1)];
    begins(lines[index].text, number)
        && near.iter().filter(|line| shape(line.text) != own).any(|line| {
            begins(line.text, number + 1) || number > 1 && begins(line.text, number - 1)
        })
}

/// The longest run of lines whose numbers count up, each at least `apart` lines after the last.
fn counting(paged: &[(usize, u32)], apart: usize) -> Vec<usize> {
    // By number: the length of the best run that ends in it, and its last place.
    let mut ends: HashMap<u32, (usize, usize)> = HashMap::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(paged.len());
    let mut best: Option<(usize, usize)> = None;
    for (at, (index, number)) in paged.iter().enumerate() {
        // Left and right pages may have headers of their own.
        let earlier = [1, 2].iter().filter_map(|step| ends.get(&number.wrapping_sub(*step)));
        let earlier = earlier.filter(|(_, last)| index - paged[*last].0 >= apart).max().copied();
        before.push(earlier.map(|(_, last)| last));
        let length = earlier.map_or(0, |(length, _)| length) + 1;
        if ends.get(number).is_none_or(|(known, _)| *known < length) {
            ends.insert(*number, (length, at));
        }
        if best.is_none_or(|(known, _)| known < length) {
            best = Some((length, at));
        }
    }
    let mut run = Vec::new();
    let mut next = best.map(|(_, at)| at);
    while let Some(at) = next {
        run.push(paged[at].0);
        next = before[at];
    }
    run.reverse();
    run
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
        // `12 GE.19-01234`: the one that stands alone.
        (false, 3..) => {
            let mut words = text.split_whitespace();
            let edges = (figures(words.next()), figures(words.next_back()));
            match edges {
                (Some(one), None) | (None, Some(one)) => {
                    numbers.iter().copied().find(|n| *n == one)
                }
                _ => None,
            }
        }
        (false, 2) => numbers.iter().rev().copied().find(|digits| is_edge(digits)),
        _ => None,
    };
    number?.parse().ok().filter(|n| *n < 5000)
}

/// A word of digits alone.
fn figures(word: Option<&str>) -> Option<&str> {
    word.filter(|word| word.bytes().all(|b| b.is_ascii_digit()))
}

fn is_bare_number(text: &str) -> bool {
    !text.contains(char::is_alphabetic)
}

/// Whether lines that are the same every time stand at the borders of pages.
fn repeated(lines: &[Line], places: &[usize], out: &[bool]) -> bool {
    let is_sentence = lines[places[0]].text.ends_with(['.', ';', ',']);
    if places.len() < 3 || is_sentence || !places.windows(2).all(|pair| pair[1] - pair[0] > 2) {
        return false;
    }
    let has_pages = lines.iter().any(|line| line.after_page);
    if has_pages && !places.iter().any(|index| near_border(lines, *index)) {
        return false;
    }
    let beside = |index: usize| {
        near_border(lines, index)
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

/// Whether the line is one of the first or the last two of a page.
fn near_border(lines: &[Line], index: usize) -> bool {
    let near = index.saturating_sub(1)..=index + 1;
    near.into_iter().any(|index| borders_page(lines, index))
}

/// Whether a sentence goes on after the line and others like it, as after no heading.
fn cuts_sentence(lines: &[Line], index: usize, often: &HashSet<usize>) -> bool {
    let after = (index + 1..lines.len().min(index + 5)).find(|at| !often.contains(at));
    after.is_some_and(|at| lines[at].text.starts_with(char::is_lowercase))
}
