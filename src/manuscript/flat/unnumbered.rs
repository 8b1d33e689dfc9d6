//! Notes without numbers: marked with an asterisk or a dagger, or told by their place in a list.

use super::definitions::{Definition, extent, is_notes_heading};
use super::lines::Line;
use super::marks::Mark;
use super::series::Series;
use super::wrap::Wrap;
use std::collections::{BTreeMap, HashSet};

/// Marks that are signs, and the texts that begin with them.
#[derive(Debug, Default)]
pub struct Signed {
    /// The marks in the order of the text, numbered from 1.
    pub marks: Vec<Mark>,
    /// Their texts.
    pub definitions: Vec<Definition>,
}

/// The series of texts whose marks are signs: it is none of those that are numbered.
pub const SIGNED: usize = usize::MAX;

/// Finds marks that are signs: each with a text below it that begins with the same sign. A sign
/// without its text is a sign.
pub fn signed(lines: &[Line], wrap: &Wrap) -> Signed {
    let mut open: BTreeMap<&str, Mark> = BTreeMap::new();
    let mut pairs: Vec<(Mark, usize, usize)> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if let Some((sign, skip)) = sign_at_start(line.text)
            && let Some(mark) = open.remove(sign)
        {
            pairs.push((mark, index, skip));
            continue;
        }
        for (start, sign) in signs(line.text) {
            let (end, run) = (start + sign.len(), index);
            let (first, last, weight) = (0, 0, 0);
            let mark = Mark {
                line: index,
                start,
                end,
                first,
                last,
                weight,
                firm: false,
                run,
                follows: false,
            };
            open.insert(sign, mark);
        }
    }
    let firsts: HashSet<usize> = pairs.iter().map(|(_, first, _)| *first).collect();
    pairs.sort_by_key(|(mark, ..)| (mark.line, mark.start));
    let mut found = Signed::default();
    for (number, (mark, first, skip)) in (1..).zip(pairs) {
        found.marks.push(Mark { first: number, last: number, ..mark });
        let lines = extent(lines, wrap, first, &firsts);
        found.definitions.push(Definition { series: SIGNED, number, lines, skip });
    }
    found
}

fn is_sign(c: char) -> bool {
    matches!(c, '*' | '†' | '‡')
}

/// The sign at the head of a note's text, with the bytes to its words.
fn sign_at_start(text: &str) -> Option<(&str, usize)> {
    let rest = text.trim_start_matches(is_sign);
    let sign = &text[..text.len() - rest.len()];
    let words = rest.trim_start();
    let is_head = !sign.is_empty()
        && words.starts_with(|c: char| c.is_alphanumeric() || "‘“«\"'(".contains(c));
    (is_head && !rest.contains(is_sign)).then(|| (sign, text.len() - words.len()))
}

/// Signs that are glued to the word or the stop before them, and to nothing after them.
fn signs(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(is_sign).map(|at| at + from) {
        let rest = text[at..].trim_start_matches(is_sign);
        let end = text.len() - rest.len();
        let before = text[..at].chars().next_back();
        let after = rest.chars().next();
        let is_glued = before.is_some_and(|c| !c.is_whitespace() && !"([—–/".contains(c));
        let is_free = after.is_none_or(|c| c.is_whitespace() || ".,;:!?)’”»".contains(c));
        // `*so*` is stress.
        let is_stress = text[..at].contains(" *") || text.starts_with('*');
        if is_glued && is_free && !(is_stress && text[at..].starts_with('*')) {
            found.push((at, &text[at..end]));
        }
        from = end;
    }
    found
}

/// The texts of a list under a heading such as “Notes” whose numbers were lost when it was copied:
/// as many as there are notes.
pub fn listed(
    lines: &[Line],
    wrap: &Wrap,
    readings: &[Mark],
    series: &[Series],
) -> Vec<Definition> {
    let [one] = series else { return Vec::new() };
    let (Some(first), Some(last)) = (one.marks.first(), one.marks.last()) else {
        return Vec::new();
    };
    let (first, last) = (&readings[*first], &readings[*last]);
    let below = last.line + 1..lines.len();
    let Some(head) = below.rev().find(|index| is_notes_heading(lines[*index].text)) else {
        return Vec::new();
    };
    let mut texts: Vec<Vec<usize>> = Vec::new();
    for index in head + 1..lines.len() {
        let (before, line) = (&lines[index - 1], &lines[index]);
        let begins = index == head + 1
            || line.after_blank
            || line.text.starts_with(['^', '↑'])
            || wrap.ends_paragraph(before.text);
        match texts.last_mut() {
            Some(text) if !begins => text.push(index),
            _ => texts.push(vec![index]),
        }
    }
    if texts.len() != (last.last - first.first + 1) as usize {
        return Vec::new();
    }
    let text = |(number, lines_of): (u32, Vec<usize>)| {
        let skip = back(lines[lines_of[0]].text);
        Definition { series: 0, number, lines: lines_of, skip }
    };
    (first.first..).zip(texts).map(text).collect()
}

/// The bytes of what leads back at the head of a text: `^`, `↑`, `^ a b`.
fn back(text: &str) -> usize {
    let mut rest = text.trim_start_matches(['^', '↑', ' ', '\u{a0}']);
    if rest.len() == text.len() {
        return 0;
    }
    let letter = |rest: &str| {
        rest.len() > 1 && rest.as_bytes()[1] == b' ' && rest.as_bytes()[0].is_ascii_lowercase()
    };
    // One letter alone is a word.
    while letter(rest)
        && (letter(&rest[2..]) || !text[..text.len() - rest.len()].trim_end().ends_with(['^', '↑']))
    {
        rest = &rest[2..];
    }
    text.len() - rest.len()
}
