//! The title of a chapter out of its headings, and headings on the levels below it.

use super::Guess;
use super::draft::{Block, Draft, Inline, plain};

/// Takes the title off the head of the text where there is none yet, splits its number off, and
/// brings the headings to the levels from 2 on, with none left out.
pub fn take(draft: &mut Draft, guesses: &mut Vec<Guess>) {
    if draft.title.is_none() {
        draft.title = first_heading(draft);
    }
    if let Some(title) = draft.title.clone() {
        let (number, rest) = super::flat::numbered_title(&title);
        if let Some(number) = number.filter(|_| !rest.is_empty() && draft.number.is_none()) {
            draft.number = Some(number.to_owned());
            draft.title = Some(rest.to_owned());
            guesses.push(Guess::whole(format!("number of the chapter: {number}")));
        }
        guesses.push(Guess::whole(format!(
            "title of the chapter: “{}”",
            draft.title.as_deref().unwrap_or_default()
        )));
    }
    let mut levels = Vec::new();
    each_heading(&mut draft.blocks, &mut |level| levels.push(*level));
    let Some(highest) = levels.iter().min().copied() else { return };
    let mut last = 1;
    each_heading(&mut draft.blocks, &mut |level| {
        *level = (*level - highest + 2).min(last + 1).min(6);
        last = *level;
    });
}

/// The first heading, if it is the only one of the highest level and nothing stands before it.
fn first_heading(draft: &mut Draft) -> Option<String> {
    let Some(Block::Heading { level, content, .. }) = draft.blocks.first() else { return None };
    let alone = |block: &Block| !matches!(block, Block::Heading { level: l, .. } if l <= level);
    let is_plain =
        content.iter().all(|inline| !matches!(inline, Inline::Note(_) | Inline::Image { .. }));
    let title = plain(content);
    let fits = is_plain && !title.trim().is_empty() && draft.blocks[1..].iter().all(alone);
    fits.then(|| {
        draft.blocks.remove(0);
        title.trim().to_owned()
    })
}

fn each_heading(blocks: &mut [Block], look: &mut impl FnMut(&mut u8)) {
    for block in blocks {
        if let Block::Heading { level, .. } = block {
            look(level);
        }
    }
}
