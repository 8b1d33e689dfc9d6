//! Lines into paragraphs, with the marks of notes in their places.

use super::super::Guess;
use super::super::draft::Inline;
use super::lines::Line;
use super::marks::Mark;
use super::wrap::{Joint, Vocabulary, Wrap};

/// A paragraph as it came.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// Its words and marks.
    pub content: Vec<Inline>,
    /// Its words alone.
    pub plain: String,
    /// The number of its first line.
    pub line: usize,
    /// Blanks before its first line.
    pub indent: usize,
    /// Whether it has marks.
    pub has_marks: bool,
}

impl Paragraph {
    /// The number of its words.
    pub fn words(&self) -> usize {
        self.plain.split_whitespace().count()
    }

    /// Adds `other` after a space.
    pub fn append(&mut self, other: Paragraph) {
        self.content.push(Inline::Text(" ".to_owned()));
        self.content.extend(other.content);
        self.plain.push(' ');
        self.plain.push_str(&other.plain);
        self.has_marks |= other.has_marks;
    }
}

/// Marks with their labels, by line.
pub struct Placed<'a> {
    /// The mark and the label of its first number onwards.
    pub mark: &'a Mark,
    /// The labels of its numbers.
    pub labels: Vec<String>,
}

/// The paragraphs of `lines`; `marks` stand in the order of the text.
pub fn paragraphs(
    lines: &[(usize, &Line)],
    marks: &[Placed],
    wrap: &Wrap,
    vocabulary: &Vocabulary,
    guesses: &mut Vec<Guess>,
) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    let mut marks = marks;
    for (place, (index, line)) in lines.iter().enumerate() {
        let here = marks.iter().take_while(|placed| placed.mark.line == *index).count();
        let (own, rest) = marks.split_at(here);
        marks = rest;
        let after = lines.get(place + 1).map(|(_, line)| *line);
        let before = place.checked_sub(1).map(|before| lines[before].1);
        let joins = before.is_some_and(|before| {
            wrap.joins(before, line, after) || breaks_word(before.text, line.text)
        });
        let content = pieces(line.text, own);
        match (found.last_mut(), before) {
            (Some(last), Some(before)) if joins => {
                let joint = vocabulary.joint(before.text, line.text);
                if joint == Joint::Word {
                    let words = format!(
                        "a hyphen at the end of the line taken out: “{}”",
                        seam(before.text, line.text)
                    );
                    guesses.push(Guess::at(before.number, words));
                }
                join(last, content, joint);
            }
            _ => found.push(Paragraph {
                content,
                plain: String::new(),
                line: line.number,
                indent: line.indent,
                has_marks: false,
            }),
        }
        if let Some(last) = found.last_mut() {
            last.has_marks |= !own.is_empty();
        }
    }
    for paragraph in &mut found {
        paragraph.plain = super::super::draft::plain(&paragraph.content);
    }
    found
}

/// Whether a word goes on in the next line, whatever stands between them.
fn breaks_word(before: &str, after: &str) -> bool {
    let stem = before.strip_suffix(['-', '\u{ad}']);
    stem.is_some_and(|stem| stem.ends_with(char::is_lowercase))
        && after.starts_with(char::is_lowercase)
}

fn seam(before: &str, after: &str) -> String {
    let head = before.rsplit(' ').next().unwrap_or_default();
    let tail = after.split(' ').next().unwrap_or_default();
    format!("{head} {tail}")
}

/// Joins words across a line.
pub fn join(paragraph: &mut Paragraph, mut content: Vec<Inline>, joint: Joint) {
    match (joint, paragraph.content.last_mut()) {
        // A mark stands at the word before it.
        (Joint::Space, _) if matches!(content.first(), Some(Inline::Note(_))) => {}
        (Joint::Space, _) => content.insert(0, Inline::Text(" ".to_owned())),
        (Joint::Word, Some(Inline::Text(text))) => {
            text.pop();
        }
        _ => {}
    }
    for inline in content {
        match (paragraph.content.last_mut(), inline) {
            (Some(Inline::Text(text)), Inline::Text(more)) => text.push_str(&more),
            (_, inline) => paragraph.content.push(inline),
        }
    }
}

/// A line as words and marks.
pub fn pieces(text: &str, marks: &[Placed]) -> Vec<Inline> {
    let mut content = Vec::new();
    let mut from = 0;
    for placed in marks {
        let words = text.get(from..placed.mark.start).unwrap_or_default();
        if !words.is_empty() {
            content.push(Inline::Text(words.to_owned()));
        }
        content.extend(placed.labels.iter().cloned().map(Inline::Note));
        from = placed.mark.end;
    }
    let rest = text.get(from..).unwrap_or_default();
    if !rest.is_empty() {
        content.push(Inline::Text(rest.to_owned()));
    }
    content
}
