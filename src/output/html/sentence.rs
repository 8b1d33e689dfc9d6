//! A mention in its sentence, for the page of an article.

use super::escape;
use crate::output::address;
use crate::output::edition::Edition;
use crate::report::{Mention, Passage};
use crate::theme::view::MentionItem;

/// Longest part of a sentence that is shown on either side of a mention, in bytes.
const AROUND: usize = 400;

/// Mentions with their sentences, for `page`.
pub fn items<'a>(
    edition: &Edition,
    mentions: impl Iterator<Item = &'a Mention>,
    page: &str,
) -> Vec<MentionItem> {
    let item = |mention: &Mention| {
        let (place, url) = edition.mention_place(mention);
        MentionItem {
            sentence_html: html(edition, mention),
            place,
            url: address::relative(page, &url),
            pinpoint: Some(mention.reference.pinpoint.clone()).filter(|p| !p.is_empty()),
        }
    };
    mentions.map(item).collect()
}

/// The sentence with the words of the mention set off; a very long one is cut at words.
fn html(edition: &Edition, mention: &Mention) -> String {
    let passage = &edition.report.chapters[mention.chapter].passages[mention.passage];
    if mention.is_citation {
        return cited(edition, mention, passage);
    }
    let text = &passage.prose.text;
    let Some(sentence) = passage.prose.sentences().get(passage.sentence_of(mention.at)) else {
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

/// The sentence in which a source is cited; in a note, whose words lack the sources, the one that
/// calls the note.
fn cited(edition: &Edition, mention: &Mention, passage: &Passage) -> String {
    let sentence = |passage: &Passage, at: usize| {
        let sentence = passage.prose.sentences().get(passage.sentence_of(at))?;
        let words = passage.prose.text.get(sentence.range.clone())?;
        let cut = floor(words, 2 * AROUND);
        let dots = if cut < words.len() { " …" } else { "" };
        Some(format!("{}{dots}", escape::escaped(&words[..cut])))
    };
    let marks = mention.note.map_or(&[][..], |note| &edition.report.note(note).references);
    let own = edition.report.chapters[mention.chapter].passages.iter();
    let called =
        own.flat_map(|passage| passage.prose.notes.iter().map(move |note| (passage, note)));
    let call = called.into_iter().find(|(_, (_, mark))| marks.first() == Some(mark));
    let calling = call.and_then(|(passage, (at, _))| sentence(passage, *at));
    calling.or_else(|| sentence(passage, mention.at)).unwrap_or_default()
}

/// The nearest character border at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
