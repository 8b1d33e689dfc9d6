//! Sources → their order in the bibliography.
//!
//! The engine sorts by rendering what it compares, and makes a collation for every comparison. So it
//! is handed sources that are almost in order, as one cluster that it only sorts, a long list in parts. What
//! is in order already it compares only once. The engine alone says what stands before what.

use super::apart;
use super::engine::{cited, engine_request, guarded};
use super::fold::Folds;
use super::forms::BETWEEN_KEYS;
use super::library::Source;
use super::likeness::day;
use super::listing::list;
use super::style::Style;
use crate::parallel;
use hayagriva::citationberg::taxonomy::Variable;
use hayagriva::citationberg::{InheritableNameOptions, Sort, SortDirection, SortKey};
use hayagriva::standalone_citation;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale::Locale;
use std::cmp::Ordering;
use std::collections::HashMap;

/// Sorts sources as the bibliography does; without a rule they stay as they are.
pub(super) fn sorted<'a>(style: &Style, sources: &[&'a Source]) -> Result<Vec<&'a Source>, String> {
    let rule = style.forms.sorting.citation.sort.as_ref();
    let Some(rule) = rule.filter(|_| sources.len() > 1) else { return Ok(sources.to_vec()) };
    // Without a variable nothing tells which of them the rule may hold equal.
    let is_apt = rule.keys.iter().any(is_variable) && !style.manners.numbers;
    match collator(style).filter(|_| is_apt) {
        Some(collator) => {
            let rough = roughly(style, rule, &collator, sources);
            let sorted = by_halves(style, &rough)?;
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
    let places: HashMap<&str, usize> =
        cited.iter().enumerate().map(|(place, source)| (source.key.as_str(), place)).collect();
    let alike = |one: &&Source, other: &&Source| {
        let variables = rule.keys.iter().filter(|key| is_variable(key));
        let said = |key, source| value(style, key, None, source);
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
enum Value<'a> {
    Text(String),
    Day(&'a [i16]),
}

/// Sorts sources by what the keys of the rule say of them. A macro is set as for a cite and not as
/// the engine sets it to sort by, so that a place here and there is not the engine's.
fn roughly<'a>(
    style: &Style,
    rule: &Sort,
    collator: &CollatorBorrowed<'_>,
    sources: &[&'a Source],
) -> Vec<&'a Source> {
    let keys: Vec<_> = rule.keys.iter().map(|key| (key, folds(style, key))).collect();
    let values = parallel::map(sources, |source| -> Vec<Option<Value>> {
        keys.iter().map(|(key, folds)| value(style, key, folds.as_ref(), source)).collect()
    });
    let mut places: Vec<usize> = (0..sources.len()).collect();
    places.sort_by(|one, other| {
        let pairs = values[*one].iter().zip(&values[*other]).zip(&rule.keys);
        let mut orders = pairs.map(|((one, other), key)| order(collator, key, one, other));
        orders.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    });
    places.into_iter().map(|place| sources[place]).collect()
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
        (Some(Value::Text(one)), Some(Value::Text(other))) => collator.compare(one, other),
        (Some(Value::Day(one)), Some(Value::Day(other))) => one.cmp(other),
        _ => return one.is_none().cmp(&other.is_none()),
    };
    match key.sort_direction() {
        SortDirection::Ascending => order,
        SortDirection::Descending => order.reverse(),
    }
}

/// The style that sets the macro of a key and nothing else.
fn folds(style: &Style, key: &SortKey) -> Option<Folds> {
    let SortKey::MacroName { name, names_min, names_use_first, names_use_last, .. } = key else {
        return None;
    };
    let mut form = style.forms.sorting.clone();
    let rule = form.macros.iter().find(|rule| rule.name == *name)?;
    form.citation.layout.elements = rule.children.clone();
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

fn value<'a>(
    style: &Style,
    key: &SortKey,
    folds: Option<&Folds>,
    source: &'a Source,
) -> Option<Value<'a>> {
    let text = match key {
        SortKey::MacroName { .. } => {
            let set = apart::cite(style, folds?, source, None, None).ok()?;
            format!("{set:#}")
        }
        SortKey::Variable { variable: Variable::Date(date), .. } => {
            return day(&source.item, &date.to_string()).map(Value::Day);
        }
        SortKey::Variable { variable, .. } => {
            source.item.0.get(&variable.to_string())?.to_str()?.into_owned()
        }
    };
    Some(Value::Text(text.to_lowercase()))
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

fn by_key<'a>(sources: &[&'a Source]) -> HashMap<&'a str, &'a Source> {
    sources.iter().map(|source| (source.key.as_str(), *source)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csl::{Library, StyleSource};
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use std::sync::LazyLock;

    static STYLES: LazyLock<Vec<Style>> = LazyLock::new(|| {
        let load = |name: &&str| Style::load(StyleSource::Builtin(name), "ru").expect(name);
        Style::builtin_names().iter().map(load).collect()
    });

    /// Sources of every order: Cyrillic, accents, particles, several authors, none, no date.
    fn source() -> impl Strategy<Value = Value> {
        let names = ["Ng", "Ёлкин", "Ежов", "Әлі", "Émile", "van der Berg", "Abu-Ali", "O’Neil"];
        let titles = ["‘On speech’", "Über all", "Закон", "Zakon", "a law", "42 days"];
        let kinds = ["book", "report", "legislation", "webpage", "legal_case"];
        let people = proptest::collection::vec(0..names.len(), 0..3);
        let which = (0..titles.len(), 0..kinds.len(), 0u8..4, 1..9u32);
        (people, which).prop_map(move |(people, (title, kind, dated, more))| {
            let person = |at: usize| json!({"family": names[at], "given": "A."});
            let mut item = json!({
                "type": kinds[kind], "title": titles[title], "volume": more,
                "author": people.into_iter().map(person).collect::<Vec<_>>(),
            });
            if dated > 0 {
                item["issued"] = json!({"date-parts": [[2018 + i32::from(dated), more]]});
            }
            item
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn one_cluster_is_sorted_as_the_bibliography(
            items in proptest::collection::vec(source(), 2..30),
        ) {
            let keyed = items.iter().enumerate().map(|(at, item)| {
                (format!("k{at}"), item.as_object().expect("object").clone())
            });
            let library = Library::new(keyed);
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
