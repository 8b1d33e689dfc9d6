//! Private characters that carry meaning through the engine and never reach a reader.
//!
//! They are taken from the variation selectors supplement: collation ignores these characters
//! altogether, so that a marked title sorts where its words belong.

/// Opening and closing marks of inline markup, in the order of [`super::glyph::Face`] bits.
pub(super) const FACES: [(char, char); 5] = [
    ('\u{E0100}', '\u{E0101}'),
    ('\u{E0102}', '\u{E0103}'),
    ('\u{E0104}', '\u{E0105}'),
    ('\u{E0106}', '\u{E0107}'),
    ('\u{E0108}', '\u{E0109}'),
];
/// A quotation mark the style asks for, as against one typed in a title.
pub(super) const OPEN_QUOTE: char = '\u{E0110}';
pub(super) const CLOSE_QUOTE: char = '\u{E0111}';
/// A hyphen in a document number, which the engine would take for a range.
pub(super) const HYPHEN: char = '\u{E0112}';
/// Ends a value whose last character the engine might take for a repeated affix.
pub(super) const GUARD: char = '\u{E0113}';
/// The end of a title that has a translation.
pub(super) const TITLE_END: char = '\u{E0114}';
/// The end of an address, where the archived copy goes.
pub(super) const ADDRESS_END: char = '\u{E0118}';
/// Around the number of the note in which a source was first cited.
pub(super) const NOTE_OPEN: char = '\u{E0115}';
pub(super) const NOTE_CLOSE: char = '\u{E0116}';
/// Before the label of a locator.
pub(super) const LOCATOR_LABEL: char = '\u{E0117}';
/// Around the letter behind a year.
pub(super) const LETTER_OPEN: char = '\u{E0119}';
pub(super) const LETTER_CLOSE: char = '\u{E011A}';
/// Before a date; its variable's place in the taxonomy is added.
pub(super) const DATE: char = '\u{E0120}';
/// The number of date variables.
pub(super) const DATES: u32 = 6;

/// Reports whether a character is one of ours and must not appear in a source's own words.
pub(super) fn is_marker(c: char) -> bool {
    ('\u{E0100}'..='\u{E01EF}').contains(&c)
}

/// Returns the marker before dates of the variable with this index.
pub(super) fn date(index: u32) -> char {
    char::from_u32(DATE as u32 + index.min(DATES)).unwrap_or(DATE)
}

/// Returns the index of the date variable a marker stands for.
pub(super) fn date_index(c: char) -> Option<u32> {
    let index = (c as u32).checked_sub(DATE as u32)?;
    (index < DATES).then_some(index)
}
