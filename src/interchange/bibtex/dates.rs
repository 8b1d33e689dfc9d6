//! Dates of BibLaTeX (`2019-05/2020~`) and of BibTeX (`year`, `month`, `day`).

use super::tex::decoded;
use crate::interchange::date;
use serde_json::{Value, json};

/// The letters of a raw value; where they are no date but words, its text. A `~` is no space here.
pub(super) fn bare(raw: &str) -> String {
    let plain = raw.replace(['{', '}'], "").replace("\\textasciitilde", "~");
    let is_date = plain.trim().chars().all(|c| c.is_ascii_digit() || "-/~?%.T:Z+".contains(c));
    if is_date { plain.trim().to_owned() } else { decoded(raw).0 }
}

/// A date as BibLaTeX writes it.
pub(super) fn read(text: &str) -> Value {
    let is_mark = |c: char| matches!(c, '~' | '?' | '%');
    let circa = text.contains(is_mark);
    let bare: String = text.chars().filter(|c| !is_mark(*c)).collect();
    let is_date = bare.chars().all(|c| c.is_ascii_digit() || "-/T:Z+.".contains(c));
    if !is_date || bare.is_empty() {
        return date::text_date(text);
    }
    if let Some((year, month)) = bare.split_once('-')
        && (year.len(), month.len()) == (4, 2)
        && let Some(season) = season(month)
    {
        let days = json!([[year.parse::<i64>().unwrap_or_default()]]);
        return with_circa(json!({ "date-parts": days, "season": season }), circa);
    }
    let open = bare.strip_suffix("/..").or(bare.strip_suffix('/'));
    if let Some(start) = open {
        return json!({ "literal": format!("{start}–") });
    }
    if let Some(end) = bare.strip_prefix("../").or(bare.strip_prefix('/')) {
        return json!({ "literal": format!("–{end}") });
    }
    date::text_date(&if circa { format!("{bare}~") } else { bare })
}

fn with_circa(mut date: Value, circa: bool) -> Value {
    if circa {
        date["circa"] = json!(true);
    }
    date
}

fn season(month: &str) -> Option<u8> {
    let number: u8 = month.parse().ok()?;
    (21..=24).contains(&number).then(|| number - 20)
}

/// A date of `year`, `month` and `day`, any of which may be words.
pub(super) fn parted(year: &str, month: Option<String>, day: Option<String>) -> Value {
    let year = year.trim();
    let Some(month) = month.filter(|month| !month.trim().is_empty()) else { return read(year) };
    let month = month.trim().trim_end_matches('.').to_owned();
    if let Some(season) = date::season(&month)
        && let Ok(year) = year.parse::<i64>()
    {
        return json!({ "date-parts": [[year]], "season": season });
    }
    let text = match (month.parse::<u8>(), day) {
        (Ok(month), Some(day)) => format!("{year}-{month:02}-{:0>2}", day.trim()),
        (Ok(month), None) => format!("{year}-{month:02}"),
        (Err(_), Some(day)) => format!("{} {month} {year}", day.trim()),
        (Err(_), None) => format!("{} {year}", month.replace(['~', '\u{A0}', '.'], " ")),
    };
    date::text_date(&text)
}
