//! The forms that values take: days, language tags, paths inside the project.

use std::fmt;

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year, 0 to 9999.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
    /// Day, from 1.
    pub day: u8,
}

impl Date {
    /// The day if it exists.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        (year <= 9999 && (1..=days).contains(&day)).then_some(Date { year, month, day })
    }

    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Date> {
        let digits =
            |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
        let mut parts = text.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
            return None;
        }
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }
}

impl fmt::Display for Date {
    /// Writes `YYYY-MM-DD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Whether `tag` is a well-formed language tag of BCP 47, such as `en-GB`, `kk-Cyrl` or `ru`.
///
/// The form is checked, not whether the language exists.
pub fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    let private = |part: &str| matches!(part, "x" | "i");
    if private(primary) {
        return parts.clone().count() > 0 && parts.all(is_subtag);
    }
    (2..=3).contains(&primary.len()) && letters(primary) && parts.all(is_subtag)
}

fn is_subtag(part: &str) -> bool {
    (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// The tag that is meant by the name of a language, or by a tag with underscores.
pub fn language_by_name(name: &str) -> Option<String> {
    let tag = match name.to_lowercase().as_str() {
        "arabic" => "ar",
        "chinese" => "zh",
        "english" => "en",
        "french" | "français" => "fr",
        "german" | "deutsch" => "de",
        "kazakh" | "қазақ" | "қазақша" | "kz" => "kk",
        "kyrgyz" => "ky",
        "russian" | "русский" => "ru",
        "spanish" | "español" => "es",
        "turkish" => "tr",
        "ukrainian" => "uk",
        "uzbek" => "uz",
        _ => {
            let tag = name.replace('_', "-");
            return (name.contains('_') && is_language_tag(&tag)).then_some(tag);
        }
    };
    Some(tag.to_string())
}

/// Why `path` cannot be a path inside the project; none if it can.
pub fn path_fault(path: &str) -> Option<&'static str> {
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    if path.trim().is_empty() {
        Some("the path is empty")
    } else if path.contains('\\') {
        Some("the path holds a backslash")
    } else if path.starts_with('/') || path.starts_with('~') || drive {
        Some("the path leaves the project")
    } else if path.split('/').any(|part| part == "..") {
        Some("the path leaves the project through `..`")
    } else if path.contains('\0') {
        Some("the path holds a character that no path can hold")
    } else {
        None
    }
}

/// `path` without `.` and empty parts.
pub(super) fn tidy_path(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    if parts.is_empty() { ".".to_string() } else { parts.join("/") }
}
