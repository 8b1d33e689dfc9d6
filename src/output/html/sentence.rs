//! A mention in its sentence, for the page of an article.

use super::escape;
use crate::output::edition::Edition;
use crate::report::{Mention, Passage};

/// Longest part of a sentence that is shown on either side of a mention, in bytes.
const AROUND: usize = 400;

/// The sentence with the words of the mention set off; a very long one is cut at words.
pub fn html(edition: &Edition, mention: &Mention) -> String {
    let passage = &edition.report.passages[mention.passage];
    if mention.is_citation {
        return cited(edition, mention, passage);
    }
    let text = &passage.prose.text;
    let Some(sentence) = passage.sentences.get(passage.sentence_of(mention.at)) else {
        return String::new();
    };
    let range = sentence.range.clone();
    let end = (mention.at + mention.text.len()).min(range.end).max(mention.at);
    let (Some(before), Some(words), Some(after)) =
        (text.get(range.start..mention.at), text.get(mention.at..end), text.get(end..range.end))
    else {
        return escape::escaped(&mention.text);
    };
    let mut html = String::new();
    let from = before.len().saturating_sub(AROUND);
    match before[floor(before, from)..].split_once(' ') {
        Some((_, kept)) if from > 0 => html.push_str(&format!("… {}", escape::escaped(kept))),
        _ => escape::push(&mut html, before),
    }
    html.push_str(&format!("<b>{}</b>", escape::escaped(words)));
    match after[..floor(after, AROUND)].rsplit_once(' ') {
        Some((kept, _)) if after.len() > AROUND => {
            html.push_str(&format!("{} …", escape::escaped(kept)));
        }
        _ => escape::push(&mut html, after),
    }
    html
}

/// The sentence in which a source is cited; of a note with hardly a word, the sentence that calls it.
fn cited(edition: &Edition, mention: &Mention, passage: &Passage) -> String {
    let sentence = |passage: &Passage, at: usize| {
        let sentence = passage.sentences.get(passage.sentence_of(at))?;
        let words = passage.prose.text.get(sentence.range.clone())?;
        let cut = floor(words, 2 * AROUND);
        let dots = if cut < words.len() { " …" } else { "" };
        Some(format!("{}{dots}", escape::escaped(&words[..cut])))
    };
    // “See”, “On this” and the like say nothing without the sentence that calls the note.
    const FEW: usize = 5;
    let own = sentence(passage, mention.at);
    let is_few = |words: &String| words.split_whitespace().count() < FEW;
    if let Some(words) = own.filter(|words| mention.note.is_none() || !is_few(words)) {
        return words;
    }
    let marks = mention.note.map_or(&[][..], |note| &edition.report.notes[note].references);
    let passages = &edition.report.passages;
    let first = passages.partition_point(|passage| passage.chapter < mention.chapter);
    let own = passages[first..].iter().take_while(|passage| passage.chapter == mention.chapter);
    let called =
        own.flat_map(|passage| passage.prose.notes.iter().map(move |note| (passage, note)));
    let call = called.into_iter().find(|(_, (_, mark))| marks.first() == Some(mark));
    call.and_then(|(passage, (at, _))| sentence(passage, *at)).unwrap_or_default()
}

/// The nearest character border at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
