//! Sources as CSL-JSON → items the engine sets without damage.
//!
//! What the engine cannot hold (translated titles, archived copies, date ranges, words instead of
//! a date) is kept beside the item and set later, where a marker in the engine's output says.

use super::day::{self, DateWords, Day};
use super::marker;
use super::markup;
use crate::quick::QuickMap;
use hayagriva::citationberg::json::{
    DateValue, Item as EngineItem, LiteralName, NameItem, NameValue, Value as EngineValue, VecDate,
};
use serde_json::Value;
use std::collections::BTreeMap;

/// One source as CSL-JSON. Three variables are ours: `title-translated`, `archived-url` and
/// `archived-date`.
pub type Item = serde_json::Map<String, Value>;

/// The sources a report may cite, each mended once.
#[derive(Debug)]
pub struct Library {
    pub(super) sources: Vec<Source>,
    places: QuickMap<String, usize>,
}

/// A source as the engine takes it, and what the engine cannot take.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) key: String,
    pub(super) item: EngineItem,
    pub(super) translated: Option<String>,
    pub(super) archived: Option<Archived>,
    /// What stands behind its year to tell it from others of its author: 2019a.
    pub(super) letter: Option<String>,
    /// Dates that are more than one day, by date variable.
    pub(super) dates: Vec<(u32, DateWords)>,
}

/// A copy of a web page in an archive.
#[derive(Clone, Debug)]
pub(super) struct Archived {
    pub(super) url: String,
    pub(super) date: Option<Day>,
}

/// A source that is mended and stands in no library yet.
pub struct Mended(Source);

impl Mended {
    /// Mends a source.
    pub fn new(key: String, item: Item) -> Mended {
        Mended(mend(key, item))
    }
}

impl Library {
    /// Takes all sources; of two with one key the first counts.
    pub fn new(items: impl IntoIterator<Item = (String, Item)>) -> Library {
        Library::of(items.into_iter().map(|(key, item)| Mended::new(key, item)))
    }

    /// The same of sources that are mended.
    pub fn of(sources: impl IntoIterator<Item = Mended>) -> Library {
        let mut library = Library { sources: Vec::new(), places: QuickMap::default() };
        for Mended(mut source) in sources {
            let place = library.sources.len();
            if let std::collections::hash_map::Entry::Vacant(slot) =
                library.places.entry(source.key.clone())
            {
                slot.insert(place);
                // The engine tells entries apart by comparing them field by field, for every pair of
                // cites; a first field that always differs makes that cheap.
                source.item.0.insert("\u{1}".into(), EngineValue::Number(place as i64));
                library.sources.push(source);
            }
        }
        library
    }

    /// Whether a source is called `key`.
    pub fn contains(&self, key: &str) -> bool {
        self.places.contains_key(key)
    }

    pub(super) fn place(&self, key: &str) -> Option<usize> {
        self.places.get(key).copied()
    }
}

fn mend(key: String, mut item: Item) -> Source {
    let translated = take_text(&mut item, "title-translated").map(|t| markup::inline(&t));
    let archived = archived_copy(&mut item);
    let mut source = Source {
        item: EngineItem(BTreeMap::new()),
        key,
        translated,
        archived,
        letter: None,
        dates: Vec::new(),
    };
    for (name, value) in item {
        if let Some(value) = engine_value(&name, value, &mut source.dates) {
            source.item.0.insert(name, value);
        }
    }
    finish(&mut source);
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
    let date = date.as_ref().and_then(day::read_date).and_then(|date| date.days.first().copied());
    Some(Archived { url, date })
}

/// Reports whether an address may become a link.
pub(super) fn is_web_address(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|s| s.eq_ignore_ascii_case("http") || s.eq_ignore_ascii_case("https"))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn finish(source: &mut Source) {
    let fields = &mut source.item.0;
    // Four variables belong to the repair of styles.
    fields.insert("citation-key".into(), EngineValue::String(source.key.clone()));
    fields.remove("call-number");
    fields.remove("keyword");
    fields.remove("annote");
    if fields.contains_key("container-title") {
        fields.insert("keyword".into(), EngineValue::String("1".into()));
    }
    fields.insert("id".into(), EngineValue::String(source.key.clone()));
    if year_is_in_title(fields) {
        // The default style asks for this variable; its value prints nothing.
        fields.insert("division".into(), EngineValue::String(marker::GUARD.to_string()));
    }
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

/// Reports whether a law's title ends in its year, all there is of its date: “… Act 2022”.
fn year_is_in_title(fields: &BTreeMap<String, EngineValue>) -> bool {
    let text = |name: &str| fields.get(name).and_then(EngineValue::to_str);
    let law = matches!(text("type").as_deref(), Some("legislation" | "bill"));
    let Some(EngineValue::Date(DateValue::DateParts { date_parts, .. })) = fields.get("issued")
    else {
        return false;
    };
    let [VecDate(parts)] = date_parts.0.as_slice() else { return false };
    let [year] = parts.as_slice() else { return false };
    law && text("title").is_some_and(|title| title.trim_end().ends_with(&format!(" {year}")))
}

fn engine_value(
    name: &str,
    value: Value,
    dates: &mut Vec<(u32, DateWords)>,
) -> Option<EngineValue> {
    if let Some(variable) = day::variable(name) {
        return day::engine_date(variable, &value, dates).map(EngineValue::Date);
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
        given: text("given").map(|given| markup::inline(&spaced_initials(given))),
        non_dropping_particle: curled("non-dropping-particle"),
        dropping_particle: curled("dropping-particle"),
        suffix: curled("suffix"),
        comma_suffix: name.get("comma-suffix").and_then(Value::as_bool),
    };
    split_suffix(&mut item);
    match unquoted(&item.family) {
        Some(family) => item.family = family,
        None => split_particle(&mut item),
    }
    join_elided(&mut item);
    if item.given.is_none() && item.suffix.is_none() && item.dropping_particle.is_none() {
        let parts = [item.non_dropping_particle.as_deref(), Some(item.family.as_str())];
        let literal = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        return Some(NameValue::Literal(LiteralName { literal }));
    }
    Some(NameValue::Item(item))
}

/// `J.K.` is two initials, which the engine would take for one.
fn spaced_initials(given: &str) -> String {
    let mut out = String::with_capacity(given.len() + 2);
    let mut before = None;
    for c in given.chars() {
        if before == Some('.') && c.is_alphabetic() {
            out.push(' ');
        }
        out.push(c);
        before = Some(c);
    }
    out
}

/// Reference managers keep a suffix behind the given name: `Martin Luther, Jr.`; an exclamation
/// mark asks for the comma to be printed.
fn split_suffix(item: &mut NameItem) {
    let Some((given, suffix)) = item.given.as_deref().and_then(|given| given.split_once(','))
    else {
        return;
    };
    if item.suffix.is_some() || suffix.trim().is_empty() {
        return;
    }
    let (suffix, given) = (suffix.trim().to_owned(), given.trim().to_owned());
    let forced = suffix.strip_prefix('!').map(|suffix| suffix.trim().to_owned());
    item.comma_suffix = item.comma_suffix.or(Some(forced.is_some()));
    item.suffix = Some(forced.unwrap_or(suffix));
    item.given = Some(given).filter(|given| !given.is_empty());
}

/// A family name in quotation marks is one whole: `"van Dyke"` has no particle.
fn unquoted(family: &str) -> Option<String> {
    let inner = family.strip_prefix('“')?.strip_suffix('”')?;
    Some(inner.to_owned())
}

/// An elided particle stands against its name: `d’Aubignac`.
fn join_elided(item: &mut NameItem) {
    let elided = |particle: &String| particle.ends_with(['’', '-', '‑']);
    if let Some(particle) = item.non_dropping_particle.take_if(|p| elided(p)) {
        item.family = particle + &item.family;
    }
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
