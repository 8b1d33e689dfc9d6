//! A mention in its sentence, for the page of an article.

use super::escape;
use crate::output::edition::Edition;
use crate::report::Mention;

/// Longest part of a sentence that is shown on either side of a mention, in bytes.
const AROUND: usize = 400;

/// The sentence with the words of the mention set off; a very long one is cut at words.
pub fn html(edition: &Edition, mention: &Mention) -> String {
    let passage = &edition.report.passages[mention.passage];
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

/// The nearest character border at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
