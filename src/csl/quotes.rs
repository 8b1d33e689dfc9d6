//! Glyphs → which of them are quotation marks that pair up, and how deep they stand.
//!
//! Marks the style asks for come as markers and always count. Typed marks count if they find
//! their partner; guillemets only where the locale itself quotes with them, so that a Russian
//! title keeps its own in an English note.

use super::glyph::Glyph;
use super::marker;

/// The quotation marks of a locale, and its rules for punctuation beside them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quotes {
    /// Opening and closing marks at odd depths, with any spaces the locale sets inside them.
    pub(super) outer: (String, String),
    /// The same at even depths.
    pub(super) inner: (String, String),
    /// Whether full stops and commas stand before a closing mark.
    pub(super) punctuation_inside: bool,
    pub(super) marks: Marks,
}

/// How a language sets marks of punctuation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marks {
    Plain,
    /// A no-break space stands before a colon or semicolon between words.
    French,
    /// Comma and semicolon turn round behind Arabic words.
    Arabic,
}

/// What a glyph is to the quotation marks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Opens a quotation; `true` at an inner depth.
    Open(bool),
    Close(bool),
    Other,
}

/// A quotation mark that waits for its partner.
struct Waiting {
    at: usize,
    mark: char,
}

/// Finds the quotation marks that pair up, and their depth.
pub(super) fn classify(glyphs: &[Glyph], quotes: &Quotes) -> Vec<Kind> {
    let mut kinds = vec![Kind::Other; glyphs.len()];
    let mut waiting: Vec<Waiting> = Vec::new();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let guillemets = quotes.outer.0.starts_with('«');
    for at in 0..glyphs.len() {
        let c = glyphs[at].c;
        // No mark that is looked for is an ASCII sign, and most signs are.
        if glyphs[at].verbatim || c.is_ascii() {
            continue;
        }
        if opens(c, guillemets) {
            waiting.push(Waiting { at, mark: c });
        } else if closes(glyphs, at, guillemets)
            && let Some(i) = waiting_partner(&waiting, c)
        {
            pairs.push((waiting[i].at, at));
            waiting.truncate(i);
        }
    }
    mark_depths(&pairs, &mut kinds);
    kinds
}

/// How many unclosed marks a closing one may skip; bounds the work on hostile input.
const SKIPPED_OPENERS: usize = 8;

/// Finds the mark that `c` closes. A mark typed in a title closes nothing around a quotation
/// that the style opened.
fn waiting_partner(waiting: &[Waiting], c: char) -> Option<usize> {
    for (i, w) in waiting.iter().enumerate().rev().take(SKIPPED_OPENERS) {
        if partner(w.mark) == c {
            return Some(i);
        }
        if w.mark == marker::OPEN_QUOTE {
            return None;
        }
    }
    None
}

fn opens(c: char, guillemets: bool) -> bool {
    matches!(c, marker::OPEN_QUOTE | '“' | '‘') || (guillemets && c == '«')
}

fn closes(glyphs: &[Glyph], at: usize, guillemets: bool) -> bool {
    match glyphs[at].c {
        marker::CLOSE_QUOTE | '”' => true,
        '»' => guillemets,
        '’' => !between_letters(glyphs, at),
        _ => false,
    }
}

fn partner(open: char) -> char {
    match open {
        marker::OPEN_QUOTE => marker::CLOSE_QUOTE,
        '“' => '”',
        '‘' => '’',
        _ => '»',
    }
}

fn between_letters(glyphs: &[Glyph], at: usize) -> bool {
    let before = at.checked_sub(1).map(|i| glyphs[i].c);
    let after = glyphs[at + 1..].iter().map(|g| g.c).find(|c| !marker::is_marker(*c));
    before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
}

fn mark_depths(pairs: &[(usize, usize)], kinds: &mut [Kind]) {
    for (open, close) in pairs {
        kinds[*open] = Kind::Open(false);
        kinds[*close] = Kind::Close(false);
    }
    let mut depth = 0usize;
    for kind in kinds {
        match kind {
            Kind::Open(inner) => {
                *inner = depth % 2 == 1;
                depth += 1;
            }
            Kind::Close(inner) => {
                depth = depth.saturating_sub(1);
                *inner = depth % 2 == 1;
            }
            Kind::Other => {}
        }
    }
}
