//! Numbers and pages as a source has them → as the engine writes them.

use super::Pages;
use super::ink::Ink;
use hayagriva::citationberg::{GrammarGender, NumberForm, OrdinalLookup, PageRangeFormat};
use hayagriva::types::{Numeric, PageRanges, PageRangesPart};
use std::fmt::Write;
use std::str::FromStr;

/// The value of a number variable.
pub(super) enum Written<'a> {
    Number(Numeric),
    /// What is no number, such as a docket.
    Text(&'a str),
}

impl<'a> Written<'a> {
    pub(super) fn of(text: &'a str) -> Written<'a> {
        match Numeric::from_str(text) {
            Ok(number) => Written::Number(number),
            Err(_) => Written::Text(text),
        }
    }

    pub(super) fn is_numeric(&self) -> bool {
        matches!(self, Written::Number(_))
    }

    /// Reports whether the label of this number stands in the plural.
    pub(super) fn is_many(&self, counts: bool) -> bool {
        match self {
            Written::Number(number) => number.is_plural(counts),
            Written::Text(_) => false,
        }
    }

    /// Sets it as a variable of a text.
    pub(super) fn set(&self, ink: &mut Ink) {
        match self {
            Written::Number(number) if number.will_transform() => {
                write(ink, number, NumberForm::Numeric, None, &OrdinalLookup::empty());
            }
            Written::Number(number) => ink.push(&number.to_string()),
            Written::Text(text) => ink.push(text),
        }
    }

    /// Sets it as a number in a form.
    pub(super) fn set_as(
        &self,
        ink: &mut Ink,
        form: NumberForm,
        gender: Option<GrammarGender>,
        ordinals: &OrdinalLookup<'_>,
    ) {
        match self {
            Written::Number(number) if number.will_transform() => {
                write(ink, number, form, gender, ordinals);
            }
            Written::Number(number) => drop(write!(ink, "{number}")),
            Written::Text(text) => ink.push(text),
        }
    }
}

/// Writing to ink cannot fail.
fn write(
    ink: &mut Ink,
    number: &Numeric,
    form: NumberForm,
    gender: Option<GrammarGender>,
    ordinals: &OrdinalLookup<'_>,
) {
    let _ = number.with_form(ink, form, gender, ordinals);
}

/// Reports whether a text is a number as CSL tests it.
pub(super) fn is_numeric(text: &str) -> bool {
    Numeric::from_str(text).is_ok()
}

/// Reports whether these are pages the engine can read.
pub(super) fn are_pages(pages: &str) -> bool {
    PageRanges::from_str(pages).is_ok()
}

/// Reports whether the label of these pages stands in the plural.
pub(super) fn has_many_pages(pages: &str) -> bool {
    PageRanges::from_str(pages).is_ok_and(|ranges| ranges.is_plural())
}

/// Sets pages; what cannot be read stands as it is, with dashes.
pub(super) fn set_pages(ink: &mut Ink, pages: &str, manner: &Pages) {
    let Ok(ranges) = PageRanges::from_str(pages) else {
        return ink.push(&pages.replace('-', "–"));
    };
    let mark = Some(manner.mark.as_str());
    for part in &ranges.ranges {
        let written = match part {
            PageRangesPart::Ampersand => ink.write_str(" & "),
            PageRangesPart::Comma => ink.write_str(", "),
            PageRangesPart::SinglePage(page) => ink.write_str(&page.to_string()),
            PageRangesPart::Range(start, end) => {
                manner.format.format(ink, &start.to_string(), &end.to_string(), mark)
            }
            PageRangesPart::EscapedRange(start, end) => {
                let whole = PageRangeFormat::Expanded;
                whole.format(ink, &start.to_string(), &end.to_string(), mark)
            }
        };
        debug_assert!(written.is_ok(), "ink takes all words");
    }
}
