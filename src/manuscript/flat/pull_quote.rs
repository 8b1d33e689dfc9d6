//! Which paragraphs are pull quotes: short, and said again in a longer one.

use super::paragraphs::Paragraph;
use std::collections::HashMap;

/// The fewest words of a pull quote that ends like a sentence, and of one that does not: a heading
/// can occur in the text too.
const FEWEST: usize = 6;
const FEWEST_OPEN: usize = 9;

/// The most words of one.
const MOST: usize = 80;

/// Places that are looked at for each three words: a text that has more repeats itself.
const PLACES: usize = 50;

/// For each paragraph whether it is a pull quote.
pub fn pull_quotes(paragraphs: &[Paragraph]) -> Vec<bool> {
    let said: Vec<Vec<String>> = paragraphs.iter().map(|p| words(&p.plain)).collect();
    let candidates: Vec<usize> =
        (0..said.len()).filter(|i| is_candidate(&paragraphs[*i], said[*i].len())).collect();
    let mut places: HashMap<&[String], Vec<(usize, usize)>> = HashMap::new();
    for index in &candidates {
        places.extend(said[*index].windows(3).map(|three| (three, Vec::new())));
    }
    for (index, words) in said.iter().enumerate() {
        for (at, three) in words.windows(3).enumerate() {
            if let Some(places) = places.get_mut(three).filter(|places| places.len() < PLACES) {
                places.push((index, at));
            }
        }
    }
    let mut found = vec![false; paragraphs.len()];
    for index in candidates {
        found[index] = is_said(&said, index, is_open(&paragraphs[index]), &places);
    }
    found
}

fn is_open(paragraph: &Paragraph) -> bool {
    !paragraph.plain.ends_with(['.', '!', '?', '’', '”', '»', ':', ';'])
}

fn is_candidate(paragraph: &Paragraph, count: usize) -> bool {
    let fewest = if is_open(paragraph) { FEWEST_OPEN } else { FEWEST };
    (fewest..=MOST).contains(&count) && !paragraph.has_marks
}

/// Whether the words of paragraph `index` are said in a longer one: all of them, or most of them in
/// a row where it is no sentence, for editors shorten.
fn is_said(
    said: &[Vec<String>],
    index: usize,
    is_open: bool,
    places: &HashMap<&[String], Vec<(usize, usize)>>,
) -> bool {
    let own = &said[index];
    let enough = if is_open { (own.len() / 2 + 1).max(8) } else { own.len() };
    let mut at = 0;
    while at + enough <= own.len() {
        let common = |(other, from): &(usize, usize)| {
            let longer = &said[*other];
            let same = own[at..].iter().zip(&longer[*from..]).take_while(|(a, b)| a == b).count();
            if *other != index && longer.len() > own.len() { same } else { 0 }
        };
        let here = places.get(&own[at..at + 3]).into_iter().flatten();
        let longest = here.map(common).max().unwrap_or(0);
        if longest >= enough {
            return true;
        }
        at += longest.max(1);
    }
    false
}

/// The words of `text` without signs, small.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
