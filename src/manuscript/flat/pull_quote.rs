//! Which paragraphs are pull quotes: short, and said again in a longer one.

use super::paragraphs::Paragraph;
use std::collections::HashMap;

/// The fewest words of a pull quote that ends like a sentence, and of one that does not: a heading
/// can occur in the text too.
const FEWEST: usize = 6;
const FEWEST_OPEN: usize = 9;

/// The most words of one.
const MOST: usize = 80;

/// Places that are looked at for each: a text that has more repeats itself.
const PLACES: usize = 200;

/// For each paragraph whether it is a pull quote.
pub fn pull_quotes(paragraphs: &[Paragraph]) -> Vec<bool> {
    let said: Vec<Vec<String>> = paragraphs.iter().map(|p| words(&p.plain)).collect();
    let mut heads: HashMap<&[String], Vec<(usize, usize)>> = HashMap::new();
    let is_candidate = |index: usize| {
        let (count, paragraph) = (said[index].len(), &paragraphs[index]);
        let fewest = match paragraph.plain.ends_with(['.', '!', '?', '’', '”', '»']) {
            true => FEWEST,
            false => FEWEST_OPEN,
        };
        (fewest..=MOST).contains(&count) && !paragraph.has_marks
    };
    let candidates: Vec<usize> = (0..said.len()).filter(|index| is_candidate(*index)).collect();
    for index in &candidates {
        heads.insert(&said[*index][..3], Vec::new());
    }
    for (index, words) in said.iter().enumerate() {
        for (at, head) in words.windows(3).enumerate() {
            if let Some(places) = heads.get_mut(head).filter(|places| places.len() < PLACES) {
                places.push((index, at));
            }
        }
    }
    let mut found = vec![false; paragraphs.len()];
    for index in candidates {
        let own = &said[index];
        let is_said = |(other, at): &(usize, usize)| {
            let longer = &said[*other];
            *other != index && longer.len() > own.len() && longer[*at..].starts_with(own)
        };
        found[index] = heads.get(&own[..3]).is_some_and(|places| places.iter().any(is_said));
    }
    found
}

/// The words of `text` without signs, small.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
