//! Sources → their order and their entries in the bibliography.
//!
//! The engine sorts by rendering what it compares, and looks through all cites for every entry. So
//! it is handed sources almost in order, in runs, each as one cluster that it only sorts, and sets the
//! entries of a long list in parts.

use super::apart;
use super::engine::{
    BREAKER, Driver, bibliography_request, breakers, cited, engine_request, guarded,
};
use super::forms::BETWEEN_KEYS;
use super::library::Source;
use super::likeness::{first_name, year};
use super::style::Style;
use crate::parallel;
use hayagriva::citationberg::IndependentStyle;
use hayagriva::{BibliographyItem, CitationItem, ElemChild, ElemChildren, standalone_citation};
use std::collections::HashMap;

/// The entries set in one part of a list.
pub(super) const PART: usize = 125;

/// An entry as the engine renders it.
pub(super) struct Entry {
    pub(super) key: String,
    /// What is set apart before it, such as its number.
    pub(super) first_field: Option<ElemChild>,
    pub(super) content: ElemChildren,
}

/// Sorts sources as the bibliography does; without a rule they stay as they are.
pub(super) fn sorted<'a>(style: &Style, sources: &[&'a Source]) -> Result<Vec<&'a Source>, String> {
    let rule = style.forms.sorting.citation.sort.as_ref();
    let Some(rule) = rule.filter(|_| sources.len() > 1) else { return Ok(sources.to_vec()) };
    let mut rough = sources.to_vec();
    // Rules with many keys begin with these and leave no two sources equal, whose order of citing
    // would count. What is in order already, the engine compares only once.
    if rule.keys.len() > 2 && !style.manners.numbers {
        rough.sort_by_cached_key(|source| {
            let title = source.item.0.get("title").and_then(|title| title.to_str());
            (first_name(&source.item), year(&source.item), title.map(|t| t.to_lowercase()))
        });
    }
    let mut sorted: Vec<&Source> = Vec::with_capacity(rough.len());
    let runs: Vec<&[&Source]> = rough.chunks(RUN).collect();
    for run in parallel::map(&runs, |run| by_engine(style, run)) {
        merge(style, &mut sorted, &run?)?;
    }
    Ok(sorted)
}

/// The sources that are sorted at once on one core.
const RUN: usize = 512;

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

/// The entries of a long list that are rendered at once, where each is rendered alone: a rendered
/// entry takes far more room than one that is set.
const PORTION: usize = 2048;

/// Sources in the order of the bibliography, as they are given to [`entries`].
pub(super) fn portions<'s, 'a>(
    style: &Style,
    sorted: &'s [&'a Source],
    part: Option<usize>,
) -> std::slice::Chunks<'s, &'a Source> {
    match style.forms.entries.is_some() && part.is_none() {
        true => sorted.chunks(PORTION),
        false => sorted.chunks(sorted.len().max(1)),
    }
}

/// Renders the entries of sources that are in the order of the bibliography. With `part` the engine
/// is made to render them as a list, in parts of so many.
pub(super) fn entries(
    style: &Style,
    sorted: &[&Source],
    part: Option<usize>,
) -> Result<Vec<Entry>, String> {
    if let Some(folds) = style.forms.entries.as_ref().filter(|_| part.is_none()) {
        let entry = |source: &&Source| {
            let content = apart::cite(style, folds, source, None, None)?;
            Ok(Entry { key: source.key.clone(), first_field: None, content })
        };
        return parallel::map(sorted, entry).into_iter().collect();
    }
    let part = part.unwrap_or(PART);
    let mut entries = Vec::with_capacity(sorted.len());
    for (start, own) in (0..).step_by(part).zip(sorted.chunks(part)) {
        // A style may set a dash for the author of the entry before.
        let before = usize::from(start > 0 && !style.manners.numbers);
        let sources = &sorted[start - before..start + own.len()];
        let items = list(style, &style.forms.listing, sources, start)?;
        let entry = |item: BibliographyItem| Entry {
            key: item.key,
            first_field: item.first_field,
            content: item.content,
        };
        entries.extend(items.into_iter().skip(before).map(entry));
    }
    Ok(entries)
}

/// Renders the bibliography of these sources in one of the style's forms, numbers after `offset`.
pub(super) fn list(
    style: &Style,
    form: &IndependentStyle,
    sources: &[&Source],
    offset: usize,
) -> Result<Vec<BibliographyItem>, String> {
    let breakers = breakers();
    let rendered = guarded(|| {
        let mut driver = Driver::new().with_citation_number_offset(offset);
        if style.letters() {
            for breaker in &breakers {
                let item = CitationItem::new(breaker, None, None, true, None);
                driver.citation(engine_request(style, form, vec![item], None));
            }
        }
        for source in sources {
            let item = CitationItem::new(&source.item, None, None, true, None);
            driver.citation(engine_request(style, form, vec![item], None));
        }
        driver.finish(bibliography_request(style, form))
    })?;
    let mut items = rendered.bibliography.map(|list| list.items).unwrap_or_default();
    items.retain(|item| item.key != BREAKER);
    Ok(items)
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
                prop_assert_eq!(keys(&cluster), keys(&bibliography), "{}", style.code);
            }
        }
    }
}
