//! Which State is bound by which instrument, and since when.
//!
//! The facts are deposit dates from two public tables; they end on a day that is known, and
//! nothing is said about a day after it that the facts do not show. Rows are read only for the
//! instruments that are asked for.

use super::instrument::{Instrument, Kind};
use crate::quick::QuickMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};

/// The last day of which the tables say anything; for the Refugee Convention an earlier one.
const LAST_DAY: &str = "2022-08-25";
const LAST_DAY_REFUGEES: &str = "2015-03-14";

static TABLES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/parties.rs"));
static STATE_NAMES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let json = include_str!(concat!(env!("OUT_DIR"), "/state-names.json"));
    serde_json::from_str(json).expect("the embedded State names are valid: a test reads them")
});

/// What the tables say of one State and one instrument.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Row {
    status: Option<String>,
    by: Option<String>,
    date: Option<String>,
    year: Option<i16>,
    signed: Option<String>,
    confidence: Option<String>,
    note: Option<String>,
    source: Option<String>,
}

/// Why nobody is bound by an instrument in law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotBinding {
    /// A resolution: nobody signs or ratifies it.
    Declaration,
    /// A document that binds politically.
    PoliticalCommitment,
}

/// How a State stands to an instrument on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bound {
    /// It is a party.
    Party {
        /// Day of the deposit (ISO), or a year where the day is not known.
        since: String,
        /// `ratification`, `accession`, `succession` …; empty if not known.
        by: String,
        /// Whether the date is not confirmed.
        unsure: bool,
    },
    /// It was not yet a party.
    JoinedLater {
        /// Day of the deposit (ISO), or a year.
        date: String,
        /// Whether the date is not confirmed.
        unsure: bool,
    },
    /// It is not a party.
    NotParty {
        /// Day of a signature that was not followed by a ratification until then.
        signed: Option<String>,
        /// Why, in a few words; may be empty.
        note: String,
    },
    /// The instrument binds nobody in law.
    NotBinding(NotBinding),
    /// It is the State's own law.
    National,
    /// The law of another State.
    Foreign,
    /// The tables do not say.
    Unknown,
}

/// The name of the State with this ISO 3166 code, in English.
pub fn state_name(code: &str) -> Option<&'static str> {
    STATE_NAMES.get(code).map(String::as_str)
}

/// Every State of the tables: code and name.
pub fn states() -> impl Iterator<Item = (&'static str, &'static str)> {
    STATE_NAMES.iter().map(|(code, name)| (code.as_str(), name.as_str()))
}

/// The instruments of which the tables say anything.
#[cfg(test)]
pub(super) fn party_tables() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|(id, _)| *id)
}

/// How `state` (ISO 3166 code) stands to `instrument` on `date` (ISO), or today as far as the
/// tables go.
pub fn bound(instrument: &Instrument, state: &str, date: Option<&str>) -> Bound {
    match instrument.kind {
        Kind::Declaration => return Bound::NotBinding(NotBinding::Declaration),
        Kind::PoliticalCommitment => return Bound::NotBinding(NotBinding::PoliticalCommitment),
        _ => {}
    }
    if let Some(jurisdiction) = &instrument.jurisdiction {
        return if jurisdiction == state { Bound::National } else { Bound::Foreign };
    }
    let Some(rows) = rows(&instrument.id) else { return Bound::Unknown };
    let last_day = last_day(&instrument.id);
    let known = date.is_none_or(|date| date <= last_day);
    match rows.get(state) {
        Some(row) => status(row, date, known),
        // A table with one State in it says nothing of the others.
        None if rows.len() > 1 && known && state_name(state).is_some() => {
            Bound::NotParty { signed: None, note: format!("no action by {last_day}") }
        }
        None => Bound::Unknown,
    }
}

fn status(row: &Row, date: Option<&str>, known: bool) -> Bound {
    let unsure = row.confidence.as_deref() == Some("low");
    let since = row.date.clone().or_else(|| row.year.map(|year| format!("{year:04}")));
    // `not applicable` and `not a party` may carry a reason that does not age.
    let never = row.status.as_deref().is_some_and(|status| status != "party");
    match since {
        Some(since) if !never => joined(row, since, unsure, date),
        _ if known || row.note.is_some() => Bound::NotParty {
            signed: row.signed.clone().filter(|day| date.is_none_or(|date| day.as_str() <= date)),
            note: row.note.clone().or_else(|| row.source.clone()).unwrap_or_default(),
        },
        _ => Bound::Unknown,
    }
}

/// A deposit before or after `date`. A year alone counts from its first day, so that nobody is
/// told that a State was not bound when it may have been.
fn joined(row: &Row, since: String, unsure: bool, date: Option<&str>) -> Bound {
    let later = date.is_some_and(|date| date < since.as_str());
    let same_year = since.len() == 4 && date.is_some_and(|date| date.starts_with(&since));
    if later && !same_year {
        return Bound::JoinedLater { date: since, unsure };
    }
    let by = row.by.clone().unwrap_or_default();
    Bound::Party { unsure: unsure || same_year, since, by }
}

fn last_day(instrument: &str) -> &'static str {
    if instrument == "refugee-convention-1951" { LAST_DAY_REFUGEES } else { LAST_DAY }
}

type Rows = Arc<QuickMap<String, Row>>;

/// The rows of one instrument, read when first asked for.
fn rows(instrument: &str) -> Option<Rows> {
    static READ: Mutex<BTreeMap<&'static str, Rows>> = Mutex::new(BTreeMap::new());
    let (id, json) = TABLES.iter().find(|(id, _)| *id == instrument)?;
    let mut read = READ.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let rows = read.entry(id).or_insert_with(|| {
        Arc::new(
            serde_json::from_str(json).expect("the embedded tables are valid: a test reads them"),
        )
    });
    Some(rows.clone())
}
