//! A chapter becomes the Markdown that all tools read alike.
//!
//! Each tool's own file says what a note's text is; claims are marked for Rapporteur alone.

use crate::corpus::{Block, Chapter, Citation, Declared, Note, Sentence};

/// Whether sentences that are claims are marked as such.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Claims {
    Marked,
    Unmarked,
}

/// The chapter without its front matter: sections, then the definitions of `notes` in their order.
pub fn body(chapter: &Chapter, notes: &[String], claims: Claims) -> String {
    let mut text = String::with_capacity(128 * 1024);
    for section in &chapter.sections {
        text.push_str(&format!("## {}\n\n", section.heading));
        section.blocks.iter().for_each(|written| block(&mut text, written, claims));
    }
    for (note, label) in notes.iter().zip(1..) {
        text.push_str(&format!("[^{label}]: {note}\n\n"));
    }
    text
}

fn block(text: &mut String, block: &Block, claims: Claims) {
    let written = |sentence: &Sentence| sentence_of(sentence, claims);
    match block {
        Block::Paragraph(sentences) => {
            let sentences: Vec<String> = sentences.iter().map(written).collect();
            text.push_str(&sentences.join(" "));
            text.push('\n');
        }
        Block::List(sentences) => {
            let items = sentences.iter().map(written);
            items.for_each(|item| text.push_str(&format!("- {item}\n")));
        }
    }
    text.push('\n');
}

fn sentence_of(sentence: &Sentence, claims: Claims) -> String {
    let call = sentence.note.map_or_else(String::new, |note| format!("[^{}]", note + 1));
    let words = &sentence.words;
    match &sentence.claim {
        Some(claim) if claims == Claims::Marked && claim.declared == Declared::AroundItsWords => {
            format!("[{words}{call}]{{claim={} finding=violated by=KZ}}", claim.right)
        }
        _ => format!("{words}{call}"),
    }
}

/// The text of a note whose citations are keys between brackets, as Rapporteur and pandoc read them.
pub fn keyed_note(chapter: &Chapter, note: &Note) -> String {
    let cited = note.citations.iter().map(|citation| keyed(chapter, citation));
    let cited: Vec<String> = cited.collect();
    format!("{}[{}].{}", note.before, cited.join("; "), note.after)
}

fn keyed(chapter: &Chapter, citation: &Citation) -> String {
    let key = &chapter.sources[citation.source].key;
    match citation.pages {
        None => format!("@{key}"),
        Some((first, last)) if first == last => format!("@{key}, p. {first}"),
        Some((first, last)) => format!("@{key}, pp. {first}–{last}"),
    }
}
