//! A date the engine has set → the range or the words the source really gives.
//!
//! The engine sets the first day of a range. The end is made from the same words: in “3 May 2020”
//! the day, the month or the year is followed by its end, and where the years differ the whole
//! date is set twice.

use super::day::{DateWords, Day};
use super::glyph::Glyph;
use super::locale::DateWriter;

/// Mends the glyphs of one date.
pub(super) fn mend(glyphs: &[Glyph], words: &DateWords, months: &DateWriter) -> Vec<Glyph> {
    match words {
        DateWords::Literal(year, text) => literal(glyphs, *year, text),
        DateWords::Range(first, last) => range(glyphs, *first, *last, months),
    }
}

/// Gives a month without a day, and a year alone, the form the language has for them.
pub(super) fn alone(glyphs: Vec<Glyph>, writer: &DateWriter) -> Vec<Glyph> {
    let Some(alone) = writer.alone else { return glyphs };
    let months =
        writer.months.iter().zip(0..).find_map(|(name, i)| Some((find(&glyphs, name)?, i)));
    let Some(((from, to), month)) = months else { return without(glyphs, alone.year_suffix) };
    let mut before = glyphs[..from].iter().rev().filter(|g| g.c != ' ');
    let has_day = before.next().is_some_and(|g| g.c.is_ascii_digit());
    match alone.months {
        Some(names) if !has_day => {
            let mut out = glyphs[..from].to_vec();
            out.extend(names[month].chars().map(|c| glyphs[from].with(c)));
            out.extend_from_slice(&glyphs[to..]);
            out
        }
        _ => glyphs,
    }
}

/// Takes out the words behind a lone year. A date without a month and without these words is left
/// alone.
fn without(mut glyphs: Vec<Glyph>, words: &str) -> Vec<Glyph> {
    if let Some((from, to)) = find(&glyphs, words) {
        glyphs.drain(from..to);
    }
    glyphs
}

fn find(glyphs: &[Glyph], words: &str) -> Option<Span> {
    let words: Vec<char> = words.chars().collect();
    let same = |run: &[Glyph]| run.iter().map(|g| g.c).eq(words.iter().copied());
    let at = glyphs.windows(words.len().max(1)).position(same)?;
    Some((at, at + words.len()))
}

fn literal(glyphs: &[Glyph], year: i16, text: &str) -> Vec<Glyph> {
    let Some(at) = number(glyphs, year.unsigned_abs()) else { return glyphs.to_vec() };
    let mut line = super::glyph::Line { glyphs: glyphs[..at.0].to_vec(), ..Default::default() };
    line.write(text, glyphs[at.0]);
    line.glyphs.extend_from_slice(&glyphs[at.1..]);
    line.glyphs
}

/// Half-open span of glyphs.
type Span = (usize, usize);

/// Where the parts of the first day stand, with the words of the last day's parts.
struct Parts {
    year: Option<(Span, String)>,
    month: Option<(Span, String)>,
    day: Option<(Span, String)>,
}

fn range(glyphs: &[Glyph], first: Day, last: Day, months: &DateWriter) -> Vec<Glyph> {
    let parts = locate(glyphs, first, last, months);
    let years = first.year != last.year;
    let month = years || first.month != last.month;
    let mut changed: Vec<&(Span, String)> = Vec::new();
    if years {
        changed.extend(&parts.year);
    }
    if month {
        changed.extend(&parts.month);
    }
    if month || first.day != last.day {
        changed.extend(&parts.day);
    }
    // The year goes with a date that has months; alone it only takes its end.
    let (Some(from), Some(to)) = (
        changed.iter().map(|(span, _)| span.0).min(),
        changed.iter().map(|(span, _)| span.1).max(),
    ) else {
        return glyphs.to_vec();
    };
    changed.sort_by_key(|(span, _)| span.0);
    let dash = glyphs[from].with('–');
    let space = glyphs[from].with(' ');
    let mut out = glyphs[..to].to_vec();
    match changed.len() {
        1 => out.push(dash),
        _ => out.extend([space, dash, space]),
    }
    let mut at = from;
    for (span, words) in changed {
        out.extend_from_slice(&glyphs[at..span.0]);
        out.extend(words.chars().map(|c| glyphs[span.0].with(c)));
        at = span.1;
    }
    out.extend_from_slice(&glyphs[to..]);
    out
}

fn locate(glyphs: &[Glyph], first: Day, last: Day, months: &DateWriter) -> Parts {
    let year = number(glyphs, first.year.unsigned_abs());
    let outside = |span: &Span| year.is_none_or(|year| span.1 <= year.0 || span.0 >= year.1);
    let month = first.month.zip(last.month).and_then(|(from, to)| month(glyphs, from, to, months));
    let day = first.day.zip(last.day).and_then(|(from, to)| {
        let (start, end) = number(glyphs, u16::from(from)).filter(outside)?;
        // French writes the first day as an ordinal, and only that.
        let ordinal = glyphs[end..].iter().take_while(|g| g.c.is_alphabetic()).count();
        Some(((start, end + ordinal), to.to_string()))
    });
    Parts { year: year.map(|span| (span, last.year.to_string())), month, day }
}

/// Finds a number that stands alone.
fn number(glyphs: &[Glyph], wanted: u16) -> Option<Span> {
    let wanted: Vec<char> = wanted.to_string().chars().collect();
    let mut at = 0;
    while at < glyphs.len() {
        let digits = glyphs[at..].iter().take_while(|g| g.c.is_ascii_digit()).count();
        let run: Vec<char> = glyphs[at..at + digits].iter().map(|g| g.c).collect();
        if digits > 0 && run == wanted {
            return Some((at, at + digits));
        }
        at += digits.max(1);
    }
    None
}

fn month(glyphs: &[Glyph], from: u8, to: u8, months: &DateWriter) -> Option<(Span, String)> {
    for names in [&months.months, &months.short_months] {
        let name = |month: u8| names.get(usize::from(month.saturating_sub(1)));
        let (Some(from), Some(to)) = (name(from), name(to)) else { continue };
        if let Some(span) = find(glyphs, from) {
            return Some((span, to.clone()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csl::glyph::Line;
    use crate::csl::{Style, StyleSource};

    fn set(text: &str, first: (i16, u8, u8), last: (i16, u8, u8)) -> String {
        let style =
            Style::load(StyleSource::Builtin("policy-report-notes"), "en-GB").expect("style");
        let day = |(year, month, day): (i16, u8, u8)| Day {
            year,
            month: Some(month).filter(|m| *m > 0),
            day: Some(day).filter(|d| *d > 0),
        };
        let mut line = Line::default();
        line.write(text, Glyph::bare(' '));
        let words = DateWords::Range(day(first), day(last));
        mend(&line.glyphs, &words, &style.dates).iter().map(|g| g.c).collect()
    }

    #[test]
    fn a_range_repeats_only_what_differs() {
        assert_eq!(set("(2020)", (2020, 0, 0), (2022, 0, 0)), "(2020–2022)");
        assert_eq!(set("3 May 2020", (2020, 5, 3), (2020, 5, 9)), "3–9 May 2020");
        assert_eq!(set("30 May 2020", (2020, 5, 30), (2020, 6, 2)), "30 May – 2 June 2020");
        assert_eq!(set("May 2020", (2020, 5, 0), (2020, 6, 0)), "May–June 2020");
        assert_eq!(set("30 May 2020", (2020, 5, 30), (2021, 6, 2)), "30 May 2020 – 2 June 2021");
        assert_eq!(set("2020", (2020, 5, 3), (2020, 5, 9)), "2020");
    }
}
