//! Sources → their order in the bibliography.
//!
//! The engine sorts by rendering what it compares, and makes a collation for every comparison. Where
//! a plan sets all that a rule sorts by, as it does for the default style, each source is set once, and
//! compared as the engine compares. Otherwise the engine says what stands before what: it is handed
//! sources that are almost in order, as one cluster that it only sorts, a long list in parts.

use super::apart;
use super::engine::{cited, engine_request, guarded};
use super::fold::{Folds, Task};
use super::forms::BETWEEN_KEYS;
use super::library::Source;
use super::listing::list;
use super::style::Style;
use crate::parallel;
use crate::quick::QuickMap;
use hayagriva::citationberg::json::{DateValue, FixedDate, FixedDateRange, Value as Given};
use hayagriva::citationberg::taxonomy::{DateVariable, StandardVariable, Variable};
use hayagriva::citationberg::{InheritableNameOptions, Sort, SortDirection, SortKey};
use hayagriva::{BufWriteFormat, ElemChildren, standalone_citation};
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale::Locale;
use std::cmp::Ordering;

/// Sorts sources as the bibliography does; without a rule they stay as they are.
pub(super) fn sorted<'a>(style: &Style, sources: &[&'a Source]) -> Result<Vec<&'a Source>, String> {
    let rule = style.forms.sorting.citation.sort.as_ref();
    let Some(rule) = rule.filter(|_| sources.len() > 1) else { return Ok(sources.to_vec()) };
    // Without a variable nothing tells which of them the rule may hold equal.
    let is_apt = rule.keys.iter().any(is_variable) && !style.manners.numbers;
    match collator(style).filter(|_| is_apt) {
        Some(collator) => {
            let (ranked, is_exact) = ranked(style, rule, &collator, sources);
            if is_exact {
                return Ok(ranked);
            }
            let sorted = by_halves(style, &ranked)?;
            as_cited(style, rule, &collator, sources, &sorted)
        }
        None => by_halves(style, sources),
    }
}

/// Has the engine sort halves of a long list at once, and then what of them overlaps.
fn by_halves<'a>(style: &Style, rough: &[&'a Source]) -> Result<Vec<&'a Source>, String> {
    if rough.len() <= RUN {
        return by_engine(style, rough);
    }
    let (one, other) = rough.split_at(rough.len() / 2);
    let (one, other) = parallel::both(|| by_halves(style, one), || by_halves(style, other));
    let mut sorted = one?;
    merge(style, &mut sorted, &other?)?;
    Ok(sorted)
}

/// The sources from which on a list is long.
const RUN: usize = 512;

/// Puts sources that the rule does not tell apart into the order of citing, which was lost on the
/// way: such have the same variables.
fn as_cited<'a>(
    style: &Style,
    rule: &Sort,
    collator: &CollatorBorrowed<'_>,
    cited: &[&Source],
    sorted: &[&'a Source],
) -> Result<Vec<&'a Source>, String> {
    let places: QuickMap<&str, usize> =
        cited.iter().enumerate().map(|(place, source)| (source.key.as_str(), place)).collect();
    let alike = |one: &&Source, other: &&Source| {
        let variables = rule.keys.iter().filter(|key| is_variable(key));
        let said = |key, source| value(style, key, None, source).0;
        let mut orders =
            variables.map(|key| order(collator, key, &said(key, one), &said(key, other)));
        orders.all(Ordering::is_eq)
    };
    let mut out = Vec::with_capacity(sorted.len());
    for run in sorted.chunk_by(alike) {
        let mut run = run.to_vec();
        if !run.is_sorted_by_key(|source| places.get(source.key.as_str())) {
            run.sort_by_key(|source| places.get(source.key.as_str()));
            run = by_engine(style, &run)?;
        }
        out.extend(run);
    }
    Ok(out)
}

fn is_variable(key: &SortKey) -> bool {
    matches!(key, SortKey::Variable { .. })
}

/// What a key of the rule says of a source.
enum Value {
    Words(String),
    Day(FixedDate),
}

/// The value of a key, if there is one, and whether it is what the engine sorts by.
type Found = (Option<Value>, bool);

/// Sorts sources by what the keys of the rule say of them. Tells whether this is the engine's order:
/// it may not be where a value is not as the engine has it.
fn ranked<'a>(
    style: &Style,
    rule: &Sort,
    collator: &CollatorBorrowed<'_>,
    sources: &[&'a Source],
) -> (Vec<&'a Source>, bool) {
    let keys: Vec<_> = rule.keys.iter().map(|key| (key, folds(style, key))).collect();
    let values = parallel::map(sources, |source| -> Vec<Found> {
        keys.iter().map(|(key, folds)| value(style, key, folds.as_ref(), source)).collect()
    });
    let is_exact = values.iter().flatten().all(|(_, is_exact)| *is_exact);
    let mut places: Vec<usize> = (0..sources.len()).collect();
    places.sort_by(|one, other| {
        let pairs = values[*one].iter().zip(&values[*other]).zip(&rule.keys);
        let mut orders = pairs.map(|((one, other), key)| order(collator, key, &one.0, &other.0));
        orders.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    });
    (places.into_iter().map(|place| sources[place]).collect(), is_exact)
}

fn collator(style: &Style) -> Option<CollatorBorrowed<'static>> {
    let locale: Locale = style.code.0.parse().ok()?;
    Collator::try_new(locale.into(), CollatorOptions::default()).ok()
}

/// What stands before what; what has no value stands last.
fn order(
    collator: &CollatorBorrowed<'_>,
    key: &SortKey,
    one: &Option<Value>,
    other: &Option<Value>,
) -> Ordering {
    let order = match (one, other) {
        (Some(Value::Words(one)), Some(Value::Words(other))) => collator.compare(one, other),
        (Some(Value::Day(one)), Some(Value::Day(other))) => order_of_days(one, other),
        _ => return one.is_none().cmp(&other.is_none()),
    };
    match key.sort_direction() {
        SortDirection::Ascending => order,
        SortDirection::Descending => order.reverse(),
    }
}

/// A year stands before its months; where neither has a month, or a day, a sure date before one that
/// is not.
fn order_of_days(one: &FixedDate, other: &FixedDate) -> Ordering {
    let part = |one: Option<u8>, other: Option<u8>, unsure: Ordering| match (one, other) {
        (None, None) => unsure,
        _ => one.cmp(&other),
    };
    let unsure = one.circa.cmp(&other.circa);
    let years = one.year.cmp(&other.year);
    years.then(part(one.month, other.month, unsure)).then(part(one.day, other.day, unsure))
}

/// The style that sets the macro of a key and nothing else.
fn folds(style: &Style, key: &SortKey) -> Option<Folds> {
    let SortKey::MacroName { name, names_min, names_use_first, names_use_last, .. } = key else {
        return None;
    };
    let mut form = style.forms.sorting.clone();
    let rule = form.macros.iter().find(|rule| rule.name == *name)?;
    form.citation.layout.elements = rule.children.clone();
    // Here the engine passes over what the style says of all names.
    form.settings.options = InheritableNameOptions::default();
    form.citation.name_options = InheritableNameOptions {
        et_al_min: *names_min,
        et_al_subsequent_min: *names_min,
        et_al_use_first: *names_use_first,
        et_al_subsequent_use_first: *names_use_first,
        et_al_use_last: *names_use_last,
        ..InheritableNameOptions::default()
    };
    Some(Folds::of(form))
}

fn value(style: &Style, key: &SortKey, folds: Option<&Folds>, source: &Source) -> Found {
    match key {
        SortKey::MacroName { .. } => match folds {
            Some(folds) => set_value(style, folds, source),
            None => (None, true),
        },
        SortKey::Variable { variable: Variable::Date(variable), .. } => day(source, *variable),
        SortKey::Variable { variable, .. } => {
            let words = source.item.0.get(&variable.to_string()).and_then(Given::to_str);
            (words.map(|words| Value::Words(words.to_lowercase())), is_own_text(*variable))
        }
    }
}

/// Whether the engine takes a variable from the source, letter for letter.
fn is_own_text(variable: Variable) -> bool {
    use StandardVariable::{CitationLabel, YearSuffix};
    match variable {
        Variable::Standard(variable) => !matches!(variable, CitationLabel | YearSuffix),
        _ => false,
    }
}

/// What a macro sets of a source. Without a plan it is set as for a cite and not as the engine sets
/// it to sort by.
fn set_value(style: &Style, folds: &Folds, source: &Source) -> Found {
    let form = apart::folded(style, folds, source, Task::SortKey, None);
    if let Some(set) = form.plan.as_ref().and_then(|plan| plan.set(style, source, None)) {
        return (Some(Value::Words(lowercase(&set))), true);
    }
    let set = apart::by_engine(style, &form, source, None).ok();
    (set.map(|set| Value::Words(lowercase(&set))), false)
}

/// The words of a tree in small letters, as the engine has them: what a letter becomes may depend on
/// the words before it, and never on those behind.
fn lowercase(set: &ElemChildren) -> String {
    set.0.iter().fold(String::new(), |mut words, child| {
        let written = child.write_buf(&mut words, BufWriteFormat::Plain);
        debug_assert!(written.is_ok());
        words.to_lowercase()
    })
}

/// A date of a source as the engine reads it.
fn day(source: &Source, variable: DateVariable) -> Found {
    let Some(Given::Date(date)) = source.item.0.get(&variable.to_string()) else {
        return (None, true);
    };
    let is_day = |day: &[i16]| matches!(day, [_, rest @ ..] if rest.iter().all(|part| *part > 0));
    let is_sound = match date {
        DateValue::Raw { .. } => true,
        DateValue::DateParts { date_parts, .. } => date_parts.0.iter().all(|day| is_day(&day.0)),
    };
    let range = is_sound.then(|| FixedDateRange::try_from(date.clone()).ok()).flatten();
    (range.map(|range| Value::Day(range.start)), range.is_some_and(|range| range.end.is_none()))
}

/// Puts a sorted run of sources behind another; only what overlaps is sorted again.
fn merge<'a>(
    style: &Style,
    sorted: &mut Vec<&'a Source>,
    run: &[&'a Source],
) -> Result<(), String> {
    let mut within = 0;
    if let (Some(&last), Some(&first)) = (sorted.last(), run.first())
        && !stands_before(style, last, first)?
    {
        let before = boundary(sorted, |source| stands_before(style, source, first))?;
        within = boundary(run, |source| Ok(!stands_before(style, last, source)?))?;
        let mut overlap = sorted.split_off(before);
        overlap.extend(&run[..within]);
        sorted.extend(by_engine(style, &overlap)?);
    }
    sorted.extend(&run[within..]);
    Ok(())
}

/// How many of `sources` are such as those at their head; behind them are none.
fn boundary(
    sources: &[&Source],
    is_such: impl Fn(&Source) -> Result<bool, String>,
) -> Result<usize, String> {
    let (mut low, mut high) = (0, sources.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        match is_such(sources[middle])? {
            true => low = middle + 1,
            false => high = middle,
        }
    }
    Ok(low)
}

/// Whether `other` may stand behind `one`.
fn stands_before(style: &Style, one: &Source, other: &Source) -> Result<bool, String> {
    let pair = by_engine(style, &[one, other])?;
    Ok(pair.first().is_some_and(|first| first.key == one.key))
}

/// Has the engine sort sources.
fn by_engine<'a>(style: &Style, sources: &[&'a Source]) -> Result<Vec<&'a Source>, String> {
    match as_one_cluster(style, sources)? {
        Some(sorted) => Ok(sorted),
        None => as_bibliography(style, sources),
    }
}

/// Has the engine sort sources as the cites of one cluster, by the rule of the bibliography: of all
/// its ways the one that compares each source with few others. `None` if the keys it returns are
/// not those it was given.
fn as_one_cluster<'a>(
    style: &Style,
    sources: &[&'a Source],
) -> Result<Option<Vec<&'a Source>>, String> {
    let cluster = guarded(|| {
        let items = sources.iter().map(|source| cited(source, None, false)).collect();
        standalone_citation(engine_request(style, &style.forms.sorting, items, None))
    })?;
    let places = by_key(sources);
    let keys = format!("{cluster:#}");
    let sorted: Vec<&Source> =
        keys.split(BETWEEN_KEYS).filter_map(|key| places.get(key).copied()).collect();
    Ok((sorted.len() == sources.len()).then_some(sorted))
}

/// Has the engine sort sources as the entries of a bibliography, which takes quadratic time.
fn as_bibliography<'a>(style: &Style, sources: &[&'a Source]) -> Result<Vec<&'a Source>, String> {
    let items = list(style, &style.forms.ordering, sources, 0)?;
    let places = by_key(sources);
    Ok(items.iter().filter_map(|item| places.get(item.key.as_str()).copied()).collect())
}

fn by_key<'a>(sources: &[&'a Source]) -> QuickMap<&'a str, &'a Source> {
    sources.iter().map(|source| (source.key.as_str(), *source)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csl::{Library, StyleSource};
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use std::sync::LazyLock;

    /// Sorts by all that a plan knows.
    const SORTS: &str = r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"
    demote-non-dropping-particle="sort-only" initialize-with=". " et-al-min="2" et-al-use-first="1">
    <info><title>Sorts</title><id>sorts</id><updated>2026-11-23T00:00:00+00:00</updated></info>
    <macro name="who"><names variable="author" delimiter="; ">
      <name and="text" delimiter=", " initialize-with="." name-as-sort-order="first">
        <name-part name="family" prefix="(" suffix=")"/></name>
      <label form="short" prefix=", "/>
      <substitute><names variable="editor"/><text variable="title" quotes="true"/></substitute>
    </names></macro>
    <macro name="few"><names variable="author"><name form="short" delimiter=" "/></names></macro>
    <macro name="when"><group delimiter=" ">
      <date variable="issued" prefix="on "><date-part name="year"/><date-part name="day"/></date>
      <date variable="issued" form="text" date-parts="year-month"/>
      <choose><if position="subsequent" variable="editor" match="all"><text value="by"/></if></choose>
    </group></macro>
    <citation><layout><text variable="title"/></layout></citation>
    <bibliography>
      <sort><key macro="few" names-min="3" names-use-first="2"/>
        <key macro="when" sort="descending"/><key macro="who"/>
        <key variable="issued" sort="descending"/><key variable="title"/></sort>
      <layout><text variable="title"/></layout>
    </bibliography></style>"#;

    static STYLES: LazyLock<Vec<Style>> = LazyLock::new(|| {
        let builtin = Style::builtin_names().iter().map(|name| StyleSource::Builtin(name));
        let load = |source| Style::load(source, "ru").expect("a style");
        builtin.chain([StyleSource::Xml(SORTS)]).map(load).collect()
    });

    /// Names of every form: Cyrillic, accents, particles, organisations, no given name.
    fn people() -> Vec<Value> {
        let plain = ["Ng", "Ёлкин", "Ежов", "Әлі", "Émile", "van der Berg", "Abu-Ali", "O’Neil"];
        let plain = plain.map(|family| json!({"family": family, "given": "A."}));
        let others = [
            json!({"family": "Ng", "given": "Jean-Paul M."}),
            json!({"family": "King", "given": "Martin", "suffix": "Jr"}),
            json!({"family": "Beauvoir", "given": "S.", "non-dropping-particle": "de"}),
            json!({"family": "Humboldt", "given": "A.", "dropping-particle": "von"}),
            json!({"family": "Plato"}),
            json!({"literal": "The Ministry (Astana)"}),
            json!({"literal": "Ministry"}),
            json!({"literal": "ΟΔΟΣ Α"}),
        ];
        plain.into_iter().chain(others).collect()
    }

    fn dates() -> [Value; 9] {
        [
            json!({"date-parts": [[2019]]}),
            json!({"date-parts": [[2019]], "circa": true}),
            json!({"date-parts": [[2019]], "season": 3}),
            json!({"date-parts": [[2019, 5]]}),
            json!({"date-parts": [[2019, 5, 5]]}),
            json!({"date-parts": [[2019, 3, 30]]}),
            json!({"date-parts": [[2019, 11, 30]]}),
            json!({"date-parts": [[2020, 1, 2]], "circa": true}),
            json!({"literal": "spring 1917"}),
        ]
    }

    /// Sources of every order: all names, several authors, only editors, nobody, all dates, none.
    fn source() -> impl Strategy<Value = Value> {
        let titles = ["‘On speech’", "Über all", "Закон", "Zakon", "a law", "42 days"];
        let kinds = ["book", "report", "legislation", "webpage", "legal_case"];
        let names = people();
        let people = proptest::collection::vec(0..names.len(), 0..5);
        let which = (0..titles.len(), 0..kinds.len(), 0..12usize, 1..9u32, any::<bool>());
        (people, which).prop_map(move |(people, (title, kind, dated, more, edited))| {
            let people: Vec<_> = people.into_iter().map(|at| names[at].clone()).collect();
            let mut item = json!({"type": kinds[kind], "title": titles[title], "volume": more});
            if !people.is_empty() {
                item[if edited { "editor" } else { "author" }] = people.into();
            }
            if let Some(date) = dates().get(dated) {
                item["issued"] = date.clone();
            }
            item
        })
    }

    fn library(items: &[Value]) -> Library {
        let keyed = items.iter().enumerate();
        let object = |item: &Value| item.as_object().expect("object").clone();
        Library::new(keyed.map(|(at, item)| (format!("k{at}"), object(item))))
    }

    #[test]
    fn plans_sort_without_the_engine() {
        let kinds = ["book", "legislation", "legal_case"];
        let items: Vec<Value> = kinds
            .into_iter()
            .flat_map(|kind| people().into_iter().map(move |person| (kind, person)))
            .zip(dates().iter().cycle())
            .map(|((kind, person), date)| {
                json!({"type": kind, "title": "T", "author": [person], "issued": date})
            })
            .collect();
        let library = library(&items);
        let sources: Vec<&Source> = library.sources.iter().collect();
        for style in STYLES.first().into_iter().chain(STYLES.last()) {
            let rule = style.forms.sorting.citation.sort.as_ref().expect("a rule");
            let collator = collator(style).expect("a collator");
            assert!(ranked(style, rule, &collator, &sources).1);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(
            std::env::var("CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(12)
        ))]

        #[test]
        fn one_cluster_is_sorted_as_the_bibliography(
            items in proptest::collection::vec(source(), 2..30),
        ) {
            let library = library(&items);
            let sources: Vec<&Source> = library.sources.iter().collect();
            let keys = |sorted: &[&Source]| -> Vec<String> {
                sorted.iter().map(|source| source.key.clone()).collect()
            };
            for style in STYLES.iter().filter(|style| style.forms.sorting.citation.sort.is_some()) {
                let cluster = as_one_cluster(style, &sources).expect("set").expect("all keys");
                let bibliography = as_bibliography(style, &sources).expect("set");
                let mut merged = Vec::new();
                for run in sources.chunks(3) {
                    merge(style, &mut merged, &by_engine(style, run).expect("set")).expect("set");
                }
                prop_assert_eq!(keys(&merged), keys(&bibliography), "{}", style.code);
                let sorted = sorted(style, &sources).expect("set");
                prop_assert_eq!(keys(&sorted), keys(&bibliography), "{}", style.code);
                prop_assert_eq!(keys(&cluster), keys(&bibliography), "{}", style.code);
            }
        }
    }
}
