//! Dates as bibliographies know them: a year, a month, a day; about a year; from one to another.

use crate::config::Date;
use std::fmt;

/// A year, a month of a year, or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// The year; before our era it is zero or less.
    pub year: i32,
    /// The month from 1.
    pub month: Option<u8>,
    /// The day from 1; only where there is a month.
    pub day: Option<u8>,
}

/// A date of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryDate {
    /// The date, or the first day of a range.
    pub start: Day,
    /// The end of a range.
    pub end: Option<Day>,
    /// Whether the date is about right only.
    pub circa: bool,
}

/// The forms that [`EntryDate::parse`] takes, for an author.
pub(super) const FORMS: &str =
    "write 2019, 2019-11 or 2019-11-22; 1991~ for about 1991; 2020/2022 for a range";

impl EntryDate {
    /// Reads `2019`, `2019-11`, `2019-11-22`, any of them with `~` after it, or two with `/` between.
    pub fn parse(text: &str) -> Option<EntryDate> {
        let (text, circa) = match text.strip_suffix('~') {
            Some(text) => (text, true),
            None => (text, false),
        };
        match text.split_once('/') {
            Some((start, end)) => {
                let (start, end) = (Day::parse(start)?, Day::parse(end)?);
                (start < end).then_some(EntryDate { start, end: Some(end), circa })
            }
            None => Some(EntryDate { start: Day::parse(text)?, end: None, circa }),
        }
    }
}

impl Day {
    fn parse(text: &str) -> Option<Day> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let mut parts = digits.split('-');
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map(|part| number(part, 2));
        let day = parts.next().map(|part| number(part, 2));
        if parts.next().is_some() || month == Some(None) || day == Some(None) {
            return None;
        }
        let (month, day) = (month.flatten(), day.flatten());
        Date::new(year, month.unwrap_or(1).try_into().ok()?, day.unwrap_or(1).try_into().ok()?)?;
        let sign = if negative { -1 } else { 1 };
        let small = |part: Option<u16>| part.and_then(|part| u8::try_from(part).ok());
        Some(Day { year: sign * i32::from(year), month: small(month), day: small(day) })
    }
}

/// The number that exactly `count` digits write.
fn number(text: &str, count: usize) -> Option<u16> {
    let fits = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}", self.year.unsigned_abs())?;
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

impl fmt::Display for EntryDate {
    /// Writes the form that [`EntryDate::parse`] reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.start)?;
        self.end.map_or(Ok(()), |end| write!(f, "/{end}"))?;
        f.write_str(if self.circa { "~" } else { "" })
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl EntryDate {
    /// Reads also the forms that other programs write, where they mean one date beyond doubt.
    pub fn parse_foreign(text: &str) -> Option<EntryDate> {
        EntryDate::parse(text).or_else(|| guess(text))
    }
}

/// The date that another common form means beyond doubt: `16 June 2015`, `16.06.2015`, `2015-6-1`.
pub(super) fn guess(text: &str) -> Option<EntryDate> {
    let text = text.trim().to_lowercase();
    let text = text
        .strip_prefix("c. ")
        .or(text.strip_prefix("ca. "))
        .map_or(text.clone(), |year| format!("{}~", year.trim()));
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let day = match words[..] {
        [month, year] if month_number(month).is_some() => join(year, month_number(month)?, None),
        [day, month, year] if month_number(month).is_some() => {
            join(year, month_number(month)?, Some(day))
        }
        [month, day, year] if month_number(month).is_some() => {
            join(year, month_number(month)?, Some(day))
        }
        [one] => one_word(one)?,
        _ => return None,
    };
    EntryDate::parse(&day)
}

fn one_word(word: &str) -> Option<String> {
    if let Some(year) = word.strip_prefix('~') {
        return Some(format!("{year}~"));
    }
    if let Some((day, _)) = word.split_once('t').filter(|(day, _)| day.len() == 10) {
        return Some(day.to_string());
    }
    if word.len() == 8 && word.bytes().all(|b| b.is_ascii_digit()) {
        return Some(format!("{}-{}-{}", &word[..4], &word[4..6], &word[6..]));
    }
    if let Some((start, end)) = word.split_once('–') {
        return Some(format!("{start}/{end}"));
    }
    let dotted: Vec<&str> = word.split('.').collect();
    if let [day, month, year] = dotted[..] {
        return Some(join(year, month.parse().ok()?, Some(day)));
    }
    let parts: Vec<&str> = word.split(['-', '/']).collect();
    match parts[..] {
        [year, month, day] if year.len() == 4 => Some(join(year, month.parse().ok()?, Some(day))),
        [year, month] if year.len() == 4 && month.len() == 1 => {
            Some(join(year, month.parse().ok()?, None))
        }
        _ => Some(word.to_string()),
    }
}

fn join(year: &str, month: usize, day: Option<&str>) -> String {
    day.map_or(format!("{year}-{month:02}"), |day| format!("{year}-{month:02}-{day:0>2}"))
}

/// The number of a month by its English name or the first three letters or more of it.
fn month_number(word: &str) -> Option<usize> {
    let word = word.trim_end_matches('.');
    let named = MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(word));
    named.map(|index| index + 1)
}
