//! Flattened documents of many kinds, made from texts in which the notes are marked.
//!
//! In a text of these tests `{12}` is the mark of note 12; each test flattens it in one manner and
//! asks that the same marks come back in the same places.

mod pages;
mod prose;
mod structure;

use crate::manuscript::{Changes, Form, Known, Manuscript, Options, nothing_beside, read};

fn from_text(bytes: &[u8]) -> Manuscript {
    let known = Known::default();
    let options = Options {
        changes: Changes::Accept,
        folder: "images",
        beside: &nothing_beside,
        known: &known,
    };
    read(bytes, Form::Text, &options).expect("a text can be read")
}

/// Flattens `marked`: every `{12}` becomes what `as_printed` makes of the number.
fn flattened(marked: &str, as_printed: impl Fn(u32) -> String) -> String {
    let mut out = String::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('{') {
        let (number, after) = after.split_once('}').expect("a brace closes");
        out.push_str(before);
        out.push_str(&as_printed(number.parse().expect("a number")));
        rest = after;
    }
    out + rest
}

fn glued(number: u32) -> String {
    number.to_string()
}

fn raised(number: u32) -> String {
    let digit = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(c as usize - '0' as usize).expect("a digit");
    number.to_string().chars().map(digit).collect()
}

/// The marks of `text`, a chapter, each with what stands before it; definitions are no marks.
fn marks(text: &str) -> Vec<String> {
    let body: String =
        text.lines().filter(|line| !line.starts_with("[^")).collect::<Vec<_>>().join("\n");
    let body = body.replace('\\', "");
    let mut found = Vec::new();
    for (at, _) in body.match_indices("[^") {
        let label = body[at + 2..].split(']').next().unwrap_or_default();
        let before: Vec<char> = body[..at].chars().rev().take(12).collect();
        found.push(format!("{} {label}", before.iter().rev().collect::<String>()));
    }
    found
}

/// The marks that `marked` has.
fn expected(marked: &str) -> Vec<String> {
    marks(&flattened(marked, |number| format!("[^{number}]")))
}

/// Reads `marked` as printed and asks for its marks.
#[track_caller]
fn comes_back(marked: &str, as_printed: impl Fn(u32) -> String) -> Manuscript {
    let read = from_text(flattened(marked, as_printed).as_bytes());
    let found = marks(&read.text);
    let (missed, wrong): (Vec<_>, Vec<_>) = (
        expected(marked).into_iter().filter(|mark| !found.contains(mark)).collect(),
        found.iter().filter(|mark| !expected(marked).contains(mark)).collect(),
    );
    assert!(
        missed.is_empty() && wrong.is_empty(),
        "missed {missed:#?}\nwrong {wrong:#?}\n{}",
        read.text
    );
    read
}

/// Whether a guess says `words`.
fn tells(read: &Manuscript, words: &str) -> bool {
    read.guesses.iter().any(|guess| guess.words.contains(words))
}
