//! A flattened text, as copied from a PDF or a web page, into a [`Draft`].
//!
//! The numbers of the notes are glued to words; they are found by their order. Headings, boxes,
//! pull quotes and block quotes are proposed. The invariant: every character of the text is in the
//! draft or is told of. It must not know where the chapter will be written.

mod definitions;
mod lines;
mod marks;
mod numbers;
mod paragraphs;
mod pull_quote;
mod series;
mod shape;
mod shape_lists;
mod shape_words;
mod signs;
#[cfg(test)]
mod tests;
mod unnumbered;
mod wrap;

use super::Guess;
use super::draft::{Block, Draft, Inline, Note};
use definitions::Definition;
use lines::Line;
use marks::{Mark, STRONG};
use paragraphs::Placed;
use series::Series;
use std::collections::{HashMap, HashSet};
use unnumbered::{SIGNED, Signed};
use wrap::{Vocabulary, Wrap};

pub use shape_words::numbered_title;

/// Reads `text`; what was guessed is added to `guesses`.
pub fn read(text: &str, guesses: &mut Vec<Guess>) -> Draft {
    let lines = lines::lines(text, guesses);
    let wrap = Wrap::of(&lines);
    let (readings, series) = find_marks(&lines, |_| true);
    let mut definitions = definitions::find(&lines, &wrap, &readings, &series);
    let signed = unnumbered::signed(&lines, &wrap);
    let signed = without_numbered(signed, &definitions);
    definitions.extend(signed.definitions.iter().cloned());
    let set_aside = set_aside(&lines, &definitions, guesses);
    let (readings, series) = match set_aside.is_empty() {
        true => (readings, series),
        false => find_marks(&lines, |index| !set_aside.contains(&index)),
    };
    tell_of_marks(&lines, &readings, &series, guesses);
    let vocabulary = Vocabulary::of(&lines);
    tell_of_signs(&lines, &signed, guesses);
    let mut marks = placed(&readings, &series);
    marks.extend(signed.marks.iter().map(|mark| Placed { mark, labels: vec![sign(mark.first)] }));
    marks.sort_by_key(|placed| (placed.mark.line, placed.mark.start));
    let body: Vec<(usize, &Line)> =
        lines.iter().enumerate().filter(|(index, _)| !set_aside.contains(index)).collect();
    let found = paragraphs::paragraphs(&body, &marks, &wrap, &vocabulary, guesses);
    let mut draft = shape::shape(found, guesses);
    draft.first_note = match series.as_slice() {
        [one] => one.marks.first().map(|i| readings[*i].first).filter(|first| *first > 1),
        _ => None,
    };
    draft.notes = notes(&lines, &vocabulary, &marks, &definitions, series.len(), guesses);
    draft
}

/// The readings of the digits in the lines that `takes`, and the series among them.
fn find_marks(lines: &[Line], takes: impl Fn(usize) -> bool) -> (Vec<Mark>, Vec<Series>) {
    let texts = lines.iter().map(|line| line.text).enumerate();
    let mut readings = marks::candidates(texts.filter(|(index, _)| takes(*index)));
    // A number that begins a later line is likely to be a note.
    let mut begins: HashMap<u32, usize> = HashMap::new();
    for (index, line) in lines.iter().enumerate() {
        if let Some((number, _)) = definitions::number_at_start(line.text) {
            begins.insert(number, index);
        }
    }
    for mark in &mut readings {
        if begins.get(&mark.first).is_some_and(|line| *line > mark.line) {
            mark.weight += 12;
            mark.firm |= mark.weight >= 17;
        }
    }
    let series = series::find(&readings);
    (readings, series)
}

/// The lines that are no text: those of the notes, and the heading above them.
fn set_aside(
    lines: &[Line],
    definitions: &[Definition],
    guesses: &mut Vec<Guess>,
) -> HashSet<usize> {
    let mut aside: HashSet<usize> =
        definitions.iter().flat_map(|d| d.lines.iter().copied()).collect();
    let mut heads = definitions::headings(lines, definitions, &aside);
    heads.sort_unstable();
    for index in heads {
        aside.insert(index);
        let words = format!("left out, the heading of the notes: “{}”", lines[index].text);
        guesses.push(Guess::at(lines[index].number, words));
    }
    aside
}

/// The label of a note whose mark is a sign.
fn sign(number: u32) -> String {
    format!("sign-{number}")
}

/// Signed notes, but for those that begin in the text of a numbered one.
fn without_numbered(mut signed: Signed, numbered: &[Definition]) -> Signed {
    let taken: HashSet<usize> = numbered.iter().flat_map(|d| d.lines.iter().copied()).collect();
    let is_free = |definition: &Definition| !taken.contains(&definition.lines[0]);
    let kept: Vec<bool> = signed.definitions.iter().map(is_free).collect();
    let mut flags = kept.iter();
    signed.definitions.retain(|_| flags.next().is_some_and(|kept| *kept));
    let mut flags = kept.iter();
    signed.marks.retain(|_| flags.next().is_some_and(|kept| *kept));
    signed
}

fn tell_of_signs(lines: &[Line], signed: &Signed, guesses: &mut Vec<Guess>) {
    for mark in &signed.marks {
        let words =
            format!("a note, for its text begins with the same sign: {}", excerpt(lines, mark));
        guesses.push(Guess::at(lines[mark.line].number, words));
    }
}

/// The label of a note: its number; with the number of its series where there are several.
fn label(series: usize, number: u32, count: usize) -> String {
    match count {
        _ if series == SIGNED => sign(number),
        0 | 1 => number.to_string(),
        _ => format!("{}-{number}", series + 1),
    }
}

fn placed<'a>(readings: &'a [Mark], series: &[Series]) -> Vec<Placed<'a>> {
    let mut marks = Vec::new();
    for (index, own) in series.iter().enumerate() {
        for mark in own.marks.iter().map(|i| &readings[*i]) {
            let labels = (mark.first..=mark.last).map(|n| label(index, n, series.len())).collect();
            marks.push(Placed { mark, labels });
        }
    }
    marks
}

/// The notes in the order of their marks, then those whose marks are lost.
fn notes(
    lines: &[Line],
    vocabulary: &Vocabulary,
    marks: &[Placed],
    definitions: &[Definition],
    series: usize,
    guesses: &mut Vec<Guess>,
) -> Vec<Note> {
    let mut texts: HashMap<String, Vec<Block>> = HashMap::new();
    let mut order = Vec::new();
    for definition in definitions {
        let label = label(definition.series, definition.number, series);
        texts.insert(label.clone(), vec![text_of(lines, vocabulary, definition)]);
        order.push((label, lines[definition.lines[0]].number));
    }
    let labels: Vec<&String> = marks.iter().flat_map(|placed| &placed.labels).collect();
    let marked: HashSet<&String> = labels.iter().copied().collect();
    let unmarked: Vec<&(String, usize)> =
        order.iter().filter(|(label, _)| !marked.contains(label)).collect();
    for (label, line) in &unmarked {
        let words = format!("note {label} has its text here, but no mark was found in the text");
        guesses.push(Guess::at(*line, words));
    }
    let unwritten = marked.iter().filter(|label| !texts.contains_key(**label)).count();
    if unwritten > 0 {
        let words = format!(
            "{unwritten} of {} notes have no text in the manuscript; each says so, to be written",
            marked.len()
        );
        guesses.push(Guess::whole(words));
    }
    let all = labels.into_iter().chain(unmarked.iter().map(|(label, _)| label)).cloned();
    let all: Vec<String> = all.collect();
    let note = |label: String| Note { blocks: texts.remove(&label).unwrap_or_default(), label };
    all.into_iter().map(note).collect()
}

fn text_of(lines: &[Line], vocabulary: &Vocabulary, definition: &Definition) -> Block {
    let mut paragraph = paragraphs::Paragraph {
        content: Vec::new(),
        plain: String::new(),
        line: 0,
        indent: 0,
        has_marks: false,
    };
    for (place, index) in definition.lines.iter().enumerate() {
        let text = lines[*index].text;
        let text = if place == 0 { &text[definition.skip.min(text.len())..] } else { text };
        if text.is_empty() {
            continue;
        }
        let piece = vec![Inline::Text(text.to_owned())];
        match paragraph.content.is_empty() {
            true => paragraph.content = piece,
            false => {
                let before = lines[definition.lines[place - 1]].text;
                paragraphs::join(&mut paragraph, piece, vocabulary.joint(before, text));
            }
        }
    }
    Block::Paragraph(paragraph.content)
}

/// How many marks that are left alone are told of.
const LEFT_ALONE: usize = 40;

/// Tells what marks were found, which are missing, and what looks like one and is none.
fn tell_of_marks(lines: &[Line], readings: &[Mark], series: &[Series], guesses: &mut Vec<Guess>) {
    let mut runs = HashSet::new();
    for own in series {
        let first = &readings[own.marks[0]];
        let last = &readings[own.marks[own.marks.len() - 1]];
        let count: u32 = own.marks.iter().map(|i| readings[*i].last - readings[*i].first + 1).sum();
        let s = if count == 1 { "" } else { "s" };
        let words = format!("{count} note mark{s}, {} to {}", first.first, last.last);
        guesses.push(Guess::at(lines[first.line].number, words));
        for number in &own.missing {
            let words = format!("note {number} has no mark that could be found");
            guesses.push(Guess::at(lines[last.line].number, words));
        }
        for mark in own.marks.iter().map(|i| &readings[*i]) {
            runs.insert(mark.run);
            if mark.weight < 10 && !mark.firm || mark.last > mark.first {
                let numbers = match mark.last > mark.first {
                    true => format!("notes {} to {}", mark.first, mark.last),
                    false => format!("note {}", mark.first),
                };
                let words = format!("{numbers} taken by its order alone: {}", excerpt(lines, mark));
                guesses.push(Guess::at(lines[mark.line].number, words));
            }
        }
    }
    let mut seen = 0;
    for mark in readings.iter().filter(|mark| mark.weight >= STRONG) {
        if seen < LEFT_ALONE && runs.insert(mark.run) {
            seen += 1;
            let words = format!("left as text, for it is out of order: {}", excerpt(lines, mark));
            guesses.push(Guess::at(lines[mark.line].number, words));
        }
    }
}

/// The words at a mark.
fn excerpt(lines: &[Line], mark: &Mark) -> String {
    let text = lines[mark.line].text;
    let start = text[..mark.start].char_indices().rev().nth(24).map_or(0, |(at, _)| at);
    let end = text[mark.end..].char_indices().nth(8).map_or(text.len(), |(at, _)| mark.end + at);
    format!("“{}”", &text[start..end])
}
