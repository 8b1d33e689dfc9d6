//! Names that an author gives in brackets: `… Civil and Political Rights (ICCPR, “the Covenant”)`.

use super::lexicon::{article_word, determiner, legal_head};
use super::names::Names;
use super::scope::{Scope, Target};
use super::token::Text;

/// How many tokens a definition may have.
const LONGEST: usize = 16;

/// Reads a bracket at token `i`, right after a law's name; its names then stand for that law.
pub(super) fn read(names: &Names, text: &Text, i: usize, target: &Target, scope: &mut Scope) {
    let place = match target {
        Target::Known(place) => Some(*place),
        Target::Other => None,
        _ => return,
    };
    if !text.is(i, '(') {
        return;
    }
    let Some(close) = (i + 1..(i + LONGEST).min(text.len())).find(|&at| text.is(at, ')')) else {
        return;
    };
    if (i..close).any(|at| article_word(text.word(at)).is_some() || text.is_number(at)) {
        return;
    }
    for (first, end) in given(text, i + 1, close) {
        // What every text may call it by need not be noted.
        let known = names.longest(text, first).filter(|(_, known_end)| *known_end == end);
        if known.is_some_and(|(alias, _)| place.is_some_and(|place| alias.instruments == [place])) {
            continue;
        }
        let written = text.span(first, end);
        scope.define(&text.source[written], place);
    }
}

/// The names between tokens `i` and `close`: quoted, after “hereinafter”, or acronyms.
fn given(text: &Text, i: usize, close: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = i;
    let mut announced = false;
    while at < close {
        if is_quote(text, at) {
            let end = (at + 1..close)
                .find(|&end| is_quote(text, end) && !is_possessive(text, end))
                .unwrap_or(close);
            found.extend(name(text, at + 1, end));
            at = end + 1;
            continue;
        }
        announced |=
            matches!(text.word(at), "hereinafter" | "hereafter" | "henceforth" | "далее" | "бұдан");
        let end = (at..close)
            .find(|&end| {
                text.is(end, ',')
                    || text.is(end, ';')
                    || is_quote(text, end)
                    || text.word(end) == "or"
            })
            .unwrap_or(close);
        let acronym = end == at + 1 && text.acronym(at);
        if acronym {
            found.push((at, end));
        } else if announced && end > at {
            let first = (at..end).find(|&at| !is_announcement(text, at)).unwrap_or(end);
            found.extend(name(text, first, end));
        }
        at = if end == at { at + 1 } else { end };
    }
    found
}

/// A name without its article, if it is short and looks like one.
fn name(text: &Text, first: usize, end: usize) -> Option<(usize, usize)> {
    let first = (first..end).find(|&at| !determiner(text.word(at)))?;
    let is_name = text.capital(first) || legal_head(text.word(end - 1));
    (end - first <= 6 && text.is_word(first) && is_name).then_some((first, end))
}

fn is_announcement(text: &Text, i: usize) -> bool {
    matches!(
        text.word(i),
        "hereinafter" | "hereafter" | "henceforth" | "referred" | "to" | "as" | "далее" | "the"
    ) || !text.is_word(i)
}

fn is_quote(text: &Text, i: usize) -> bool {
    text.is(i, '"') || text.is(i, '\'')
}

fn is_possessive(text: &Text, i: usize) -> bool {
    text.is(i, '\'') && text.glued(i) && text.glued(i + 1) && text.word(i + 1) == "s"
}
