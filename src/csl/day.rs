//! Dates as CSL-JSON → a day for the engine, and what a date says beyond one day.

use super::marker;
use super::markup;
use hayagriva::citationberg::json::{DateValue, VecDate, VecDateRange};
use hayagriva::citationberg::taxonomy::DateVariable;
use serde_json::Value;

/// A date as far as it is known: year, month from 1, day from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) year: i16,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
}

/// What a date says beyond its first day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DateWords {
    Range(Day, Day),
    /// Words in place of the year the engine was given.
    Literal(i16, String),
}

/// The date variables of CSL.
const DATES: [(DateVariable, &str); marker::DATES as usize] = [
    (DateVariable::Accessed, "accessed"),
    (DateVariable::AvailableDate, "available-date"),
    (DateVariable::EventDate, "event-date"),
    (DateVariable::Issued, "issued"),
    (DateVariable::OriginalDate, "original-date"),
    (DateVariable::Submitted, "submitted"),
];

/// Finds the date variable of this name.
pub(super) fn variable(name: &str) -> Option<DateVariable> {
    DATES.iter().find(|(_, known)| *known == name).map(|(variable, _)| *variable)
}

/// A date as CSL-JSON has it.
pub(super) struct TypedDate {
    pub(super) days: Vec<Day>,
    circa: bool,
    season: Option<String>,
    literal: Option<String>,
}

/// Turns a date into the engine's; what it cannot hold goes to `dates`.
pub(super) fn engine_date(
    variable: DateVariable,
    value: &Value,
    dates: &mut Vec<(u32, DateWords)>,
) -> Option<DateValue> {
    let date = read_date(value)?;
    let index = variable as u32;
    let first = match (date.days.as_slice(), &date.literal) {
        ([], Some(words)) => {
            let year = year_in(words).unwrap_or(9999);
            dates.push((index, DateWords::Literal(year, markup::inline(words))));
            Day { year, month: None, day: None }
        }
        ([], None) => return None,
        ([first], _) => *first,
        ([first, .., last], _) => {
            if first != last {
                dates.push((index, DateWords::Range(*first, *last)));
            }
            *first
        }
    };
    // The engine counts a year 0 between 1 BC and AD 1; CSL does not.
    let year = if first.year < 0 { first.year + 1 } else { first.year };
    let parts = [Some(year), first.month.map(i16::from), first.day.map(i16::from)];
    Some(DateValue::DateParts {
        date_parts: VecDateRange(vec![VecDate(parts.into_iter().map_while(|p| p).collect())]),
        literal: None,
        season: date.season,
        circa: date.circa,
    })
}

pub(super) fn read_date(value: &Value) -> Option<TypedDate> {
    let mut date = TypedDate { days: Vec::new(), circa: false, season: None, literal: None };
    let map = match value {
        Value::String(text) => {
            read_raw(text, &mut date);
            return Some(date);
        }
        Value::Number(year) => {
            date.days.extend(day(&[i16::try_from(year.as_i64()?).ok()?]));
            return Some(date);
        }
        Value::Object(map) => map,
        _ => return None,
    };
    if let Some(parts) = map.get("date-parts").and_then(Value::as_array) {
        date.days.extend(parts.iter().filter_map(Value::as_array).filter_map(|p| day(&numbers(p))));
    }
    let text = |name: &str| map.get(name).and_then(Value::as_str);
    if date.days.is_empty()
        && let Some(raw) = text("raw")
    {
        read_raw(raw, &mut date);
    }
    date.literal = date.literal.or(text("literal").map(str::to_owned));
    date.season =
        map.get("season").map(|s| s.as_str().map_or_else(|| s.to_string(), str::to_owned));
    date.circa |= map.get("circa").is_some_and(|c| {
        c.as_bool().unwrap_or_else(|| c.as_i64() == Some(1) || c.as_str() == Some("true"))
    });
    Some(date)
}

/// Reads `2020`, `2020-05`, `2020-05-26`, `1991~` and ranges with `/`; all else are words.
fn read_raw(text: &str, date: &mut TypedDate) {
    let text = text.trim();
    let (bare, circa) = match text.strip_suffix(['~', '?']) {
        Some(bare) => (bare, true),
        None => (text, false),
    };
    let days: Option<Vec<Day>> = bare
        .split('/')
        .map(|part| {
            let numbers: Option<Vec<i16>> =
                part.split('-').map(|n| n.trim().parse().ok()).collect();
            day(&numbers?)
        })
        .collect();
    match days {
        Some(days) if days.len() <= 2 => {
            date.days = days;
            date.circa = circa;
        }
        _ => date.literal = Some(text.to_owned()),
    }
}

fn numbers(parts: &[Value]) -> Vec<i16> {
    let number = |part: &Value| match part {
        Value::Number(n) => n.as_i64().and_then(|n| i16::try_from(n).ok()),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    parts.iter().map_while(number).collect()
}

/// Takes as much of year, month and day as makes sense.
fn day(parts: &[i16]) -> Option<Day> {
    let year = *parts.first()?;
    let within = |i: usize, max: i16| {
        parts.get(i).filter(|n| (1..=max).contains(*n)).and_then(|n| u8::try_from(*n).ok())
    };
    let month = within(1, 12);
    Some(Day { year, month, day: month.and_then(|_| within(2, 31)) })
}

/// Finds a year in words, so that the source sorts where it belongs.
fn year_in(words: &str) -> Option<i16> {
    words
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() == 4)
        .find_map(|run| run.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: Value) -> (Option<DateValue>, Vec<(u32, DateWords)>) {
        let mut words = Vec::new();
        let date = engine_date(DateVariable::Issued, &value, &mut words);
        (date, words)
    }

    fn parts(date: Option<DateValue>) -> Vec<i16> {
        match date {
            Some(DateValue::DateParts { date_parts, .. }) => date_parts.0[0].0.clone(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_range_gives_the_engine_its_first_day() {
        let (date, words) = read(json!({"date-parts": [[2020, 5, 3], [2022]]}));
        let first = Day { year: 2020, month: Some(5), day: Some(3) };
        let last = Day { year: 2022, month: None, day: None };
        assert_eq!(words, vec![(DateVariable::Issued as u32, DateWords::Range(first, last))]);
        assert_eq!(parts(date), [2020, 5, 3]);
    }

    #[test]
    fn impossible_dates_lose_only_the_impossible_part() {
        for odd in [json!({"date-parts": [[]]}), json!({"date-parts": []}), json!({}), json!(null)]
        {
            assert!(read(odd).0.is_none());
        }
        assert_eq!(parts(read(json!({"date-parts": [[2020, 13, 40]]})).0), [2020]);
        assert_eq!(parts(read(json!({"date-parts": [["2020", "5"]]})).0), [2020, 5]);
        assert_eq!(parts(read(json!({"raw": "2020-05-26"})).0), [2020, 5, 26]);
    }

    #[test]
    fn words_keep_the_year_they_name_for_sorting() {
        let (date, words) = read(json!({"literal": "spring 1917"}));
        assert_eq!(parts(date), [1917]);
        assert_eq!(words[0].1, DateWords::Literal(1917, "spring 1917".into()));
    }
}
