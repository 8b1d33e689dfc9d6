//! Sources as CSL-JSON → items the engine sets without damage.
//!
//! What the engine cannot hold (translated titles, archived copies, date ranges, words instead of
//! a date) is kept beside the item and set later, where a marker in the engine's output says.

use super::marker;
use super::markup;
use hayagriva::citationberg::json::{
    DateValue, Item as EngineItem, LiteralName, NameItem, NameValue, Value as EngineValue, VecDate,
    VecDateRange,
};
use hayagriva::citationberg::taxonomy::DateVariable;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// One source as CSL-JSON. Three variables are ours: `title-translated`, `archived-url` and
/// `archived-date`.
pub type Item = serde_json::Map<String, Value>;

/// The sources a report may cite, each mended once.
#[derive(Debug)]
pub struct Library {
    pub(super) sources: Vec<Source>,
    places: HashMap<String, usize>,
}

/// A source as the engine takes it, and what the engine cannot take.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) key: String,
    pub(super) item: EngineItem,
    pub(super) translated: Option<String>,
    pub(super) archived: Option<Archived>,
    /// Dates that are more than one day, by date variable.
    pub(super) dates: Vec<(u32, DateWords)>,
}

/// A copy of a web page in an archive.
#[derive(Debug)]
pub(super) struct Archived {
    pub(super) url: String,
    pub(super) date: Option<Day>,
}

/// A date as far as it is known: year, month from 1, day from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) year: i16,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
}

/// What a date says beyond its first day.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum DateWords {
    Range(Day, Day),
    /// Words in place of the year the engine was given.
    Literal(i16, String),
}

impl Library {
    /// Takes all sources; of two with one key the first counts.
    pub fn new(items: impl IntoIterator<Item = (String, Item)>) -> Library {
        let mut library = Library { sources: Vec::new(), places: HashMap::new() };
        for (key, item) in items {
            let place = library.sources.len();
            if let std::collections::hash_map::Entry::Vacant(slot) =
                library.places.entry(key.clone())
            {
                slot.insert(place);
                library.sources.push(mend(key, item, place));
            }
        }
        library
    }

    pub(super) fn place(&self, key: &str) -> Option<usize> {
        self.places.get(key).copied()
    }
}

fn mend(key: String, mut item: Item, place: usize) -> Source {
    let translated = take_text(&mut item, "title-translated").map(|t| markup::inline(&t));
    let archived = archived_copy(&mut item);
    let mut source =
        Source { item: EngineItem(BTreeMap::new()), key, translated, archived, dates: Vec::new() };
    for (name, value) in item {
        if let Some(value) = engine_value(&name, value, &mut source.dates) {
            source.item.0.insert(name, value);
        }
    }
    finish(&mut source, place);
    source
}

fn take_text(item: &mut Item, name: &str) -> Option<String> {
    match item.remove(name)? {
        Value::String(text) if !text.trim().is_empty() => Some(text),
        _ => None,
    }
}

/// Takes the archived copy out of the item. Where there is no live address, the copy is the
/// address.
fn archived_copy(item: &mut Item) -> Option<Archived> {
    let date = item.remove("archived-date");
    let url = take_text(item, "archived-url")?;
    if !is_web_address(&url) {
        return None;
    }
    if !item.contains_key("URL") {
        item.insert("URL".into(), Value::String(url));
        return None;
    }
    let date = date.as_ref().and_then(read_date).and_then(|date| date.days.first().copied());
    Some(Archived { url, date })
}

/// Reports whether an address may become a link.
pub(super) fn is_web_address(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|s| s.eq_ignore_ascii_case("http") || s.eq_ignore_ascii_case("https"))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn finish(source: &mut Source, place: usize) {
    let fields = &mut source.item.0;
    // Two variables belong to the repair of styles.
    fields.remove("citation-key");
    fields.remove("keyword");
    if fields.contains_key("container-title") {
        fields.insert("keyword".into(), EngineValue::String("1".into()));
    }
    fields.insert("id".into(), EngineValue::String(source.key.clone()));
    // The engine tells entries apart by comparing them field by field, for every pair of cites;
    // a first field that always differs makes that cheap.
    fields.insert("\u{1}".into(), EngineValue::Number(place as i64));
    if let Some(value) = fields.get("archive-place").cloned() {
        fields.insert("archive_place".into(), value);
    }
    if source.translated.is_some()
        && let Some(EngineValue::String(title)) = fields.get("title").cloned()
    {
        fields.entry("title-short".into()).or_insert(EngineValue::String(title.clone()));
        fields.insert("title".into(), EngineValue::String(format!("{title}{}", marker::TITLE_END)));
    }
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

fn engine_value(
    name: &str,
    value: Value,
    dates: &mut Vec<(u32, DateWords)>,
) -> Option<EngineValue> {
    if let Some((variable, _)) = DATES.iter().find(|(_, known)| *known == name) {
        return engine_date(*variable, &value, dates).map(EngineValue::Date);
    }
    let text = match value {
        Value::Array(_) => return engine_names(&value),
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let text = text.trim();
    (!text.is_empty()).then(|| EngineValue::String(engine_text(name, text)))
}

/// Fields that hold an identifier or an address: left as typed.
const VERBATIM: [&str; 8] = ["URL", "id", "type", "language", "PMID", "PMCID", "ISBN", "ISSN"];
/// Fields the engine would read as numbers; `226-05` must not become `226–5`.
const NUMBERS: [&str; 10] = [
    "number",
    "volume",
    "issue",
    "edition",
    "section",
    "chapter-number",
    "collection-number",
    "version",
    "part-number",
    "supplement-number",
];

fn engine_text(name: &str, text: &str) -> String {
    match name {
        "DOI" => bare_doi(text).to_owned(),
        "page" => text.to_owned(),
        _ if VERBATIM.contains(&name) => text.to_owned(),
        _ if NUMBERS.contains(&name) => number(name, &markup::inline(text)),
        _ => guard(markup::inline(text)),
    }
}

/// The engine drops an affix that repeats a value's last character: a guard keeps them apart.
pub(super) fn guard(mut text: String) -> String {
    if text.ends_with(|c: char| !c.is_alphanumeric()) {
        text.push(marker::GUARD);
    }
    text
}

fn bare_doi(text: &str) -> &str {
    let start = text.find("10.").unwrap_or(0);
    let prefix = text[..start].to_ascii_lowercase();
    let known = [
        "https://doi.org/",
        "http://doi.org/",
        "https://dx.doi.org/",
        "http://dx.doi.org/",
        "doi:",
        "doi: ",
    ];
    if known.contains(&prefix.as_str()) { &text[start..] } else { text }
}

/// Keeps a document number as typed. Plain numbers, and plain ranges of volumes and issues, stay
/// numbers to the engine.
fn number(name: &str, text: &str) -> String {
    let plain = |part: &str| {
        let part = part.trim();
        let digits = part.trim_end_matches(|c: char| c.is_alphabetic());
        (1..=9).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && (digits.len() == 1 || !digits.starts_with('0'))
            && part.len() - digits.len() <= 2
    };
    let ranged = matches!(name, "volume" | "issue");
    if plain(text) || (ranged && text.split(['-', '–', ',', '&']).all(plain)) {
        return text.to_owned();
    }
    let mut kept: String =
        text.chars().map(|c| if c == '-' { marker::HYPHEN } else { c }).collect();
    kept.push(marker::GUARD);
    if is_labelled(text) {
        // To the engine, words behind a number make it text: no style sets “no.” before it.
        kept.push(' ');
        kept.push(marker::GUARD);
    }
    kept
}

/// Reports whether a number comes with a label of its own: `c. 32`, `No. 5`, `№ 45`.
fn is_labelled(number: &str) -> bool {
    let word: String = number.chars().take_while(|c| !c.is_whitespace()).collect();
    word.starts_with('№')
        || (word.len() < number.len()
            && word.trim_end_matches('.').chars().all(char::is_alphabetic))
}

fn engine_names(value: &Value) -> Option<EngineValue> {
    let names: Vec<NameValue> = value.as_array()?.iter().filter_map(engine_name).collect();
    (!names.is_empty()).then_some(EngineValue::Names(names))
}

fn engine_name(name: &Value) -> Option<NameValue> {
    let name = name.as_object()?;
    let text = |part: &str| {
        name.get(part).and_then(Value::as_str).map(str::trim).filter(|t| !t.is_empty())
    };
    let curled = |part: &str| text(part).map(markup::inline);
    if let Some(literal) = text("literal") {
        return Some(NameValue::Literal(LiteralName { literal: guard(markup::inline(literal)) }));
    }
    let Some(family) = curled("family") else {
        let given = text("given")?;
        return Some(NameValue::Literal(LiteralName { literal: markup::inline(given) }));
    };
    let mut item = NameItem {
        family,
        given: curled("given"),
        non_dropping_particle: curled("non-dropping-particle"),
        dropping_particle: curled("dropping-particle"),
        suffix: curled("suffix"),
        comma_suffix: name.get("comma-suffix").and_then(Value::as_bool),
    };
    split_particle(&mut item);
    if item.given.is_none() && item.suffix.is_none() && item.dropping_particle.is_none() {
        let parts = [item.non_dropping_particle.as_deref(), Some(item.family.as_str())];
        let literal = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        return Some(NameValue::Literal(LiteralName { literal }));
    }
    Some(NameValue::Item(item))
}

/// `van der Berg` is the particle `van der` and the family name `Berg`.
fn split_particle(item: &mut NameItem) {
    if item.non_dropping_particle.is_some() || item.dropping_particle.is_some() {
        return;
    }
    let lower = |word: &&str| word.chars().next().is_some_and(char::is_lowercase);
    let words: Vec<&str> = item.family.split(' ').collect();
    let particles = words.iter().take_while(|word| lower(word)).count();
    if (1..words.len()).contains(&particles) {
        let (particle, family) = (words[..particles].join(" "), words[particles..].join(" "));
        item.non_dropping_particle = Some(particle);
        item.family = family;
    }
}

/// A date as CSL-JSON has it.
struct TypedDate {
    days: Vec<Day>,
    circa: bool,
    season: Option<String>,
    literal: Option<String>,
}

fn engine_date(
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
    let parts = [Some(first.year), first.month.map(i16::from), first.day.map(i16::from)];
    Some(DateValue::DateParts {
        date_parts: VecDateRange(vec![VecDate(parts.into_iter().map_while(|p| p).collect())]),
        literal: None,
        season: date.season,
        circa: date.circa,
    })
}

fn read_date(value: &Value) -> Option<TypedDate> {
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

    fn source(item: Value) -> Source {
        let Value::Object(item) = item else { panic!("an object") };
        let mut library = Library::new([("k".to_owned(), item)]);
        library.sources.remove(0)
    }

    fn text(source: &Source, name: &str) -> String {
        source.item.0[name].to_str().expect("text").into_owned()
    }

    #[test]
    fn document_numbers_keep_hyphens_and_zeros() {
        let s = source(json!({"number": "226-05", "volume": "10-12", "issue": 2}));
        assert_eq!(text(&s, "number"), format!("226{}05{}", marker::HYPHEN, marker::GUARD));
        assert_eq!(text(&s, "volume"), "10-12");
        assert_eq!(text(&s, "issue"), "2");
    }

    #[test]
    fn a_date_range_gives_the_engine_its_first_day() {
        let s = source(json!({"issued": {"date-parts": [[2020, 5, 3], [2022]]}}));
        let (first, last) = (
            Day { year: 2020, month: Some(5), day: Some(3) },
            Day { year: 2022, month: None, day: None },
        );
        assert_eq!(s.dates, vec![(DateVariable::Issued as u32, DateWords::Range(first, last))]);
        let EngineValue::Date(DateValue::DateParts { date_parts, .. }) = &s.item.0["issued"] else {
            panic!("a date")
        };
        assert_eq!(date_parts.0, vec![VecDate(vec![2020, 5, 3])]);
    }

    #[test]
    fn impossible_dates_lose_only_the_impossible_part() {
        for odd in [json!({"date-parts": [[]]}), json!({"date-parts": []}), json!({}), json!(null)]
        {
            assert!(!source(json!({"issued": odd})).item.0.contains_key("issued"));
        }
        let s = source(json!({"issued": {"date-parts": [[2020, 13, 40]]}}));
        let EngineValue::Date(DateValue::DateParts { date_parts, .. }) = &s.item.0["issued"] else {
            panic!("a date")
        };
        assert_eq!(date_parts.0, vec![VecDate(vec![2020])]);
    }

    #[test]
    fn particles_leave_the_family_name() {
        let s = source(json!({"author": [{"family": "van der Berg", "given": "P."}]}));
        let EngineValue::Names(names) = &s.item.0["author"] else { panic!("names") };
        let NameValue::Item(name) = &names[0] else { panic!("a person") };
        assert_eq!(
            (name.family.as_str(), name.non_dropping_particle.as_deref()),
            ("Berg", Some("van der"))
        );
    }

    #[test]
    fn only_web_addresses_become_links() {
        for url in ["javascript:alert(1)", "data:x", "ftp://a", "//a", "http://a b"] {
            assert!(!is_web_address(url), "{url}");
        }
        assert!(is_web_address("HTTPS://example.org/"));
    }
}
