//! Sources → their order and their entries in the bibliography.
//!
//! The engine sorts by rendering what it compares, and looks through all cites for every entry. So
//! it is handed sources almost in order, and sets the entries of a long list in parts.

use super::engine::{Driver, bibliography_request, engine_request, guarded};
use super::library::Source;
use super::likeness::{Likeness, first_name, year};
use super::style::Style;
use hayagriva::citationberg::IndependentStyle;
use hayagriva::{BibliographyItem, CitationItem};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The entries set in one part of a list.
pub(super) const PART: usize = 125;

/// Sorts sources as the bibliography does; without a rule they stay as they are.
pub(super) fn sorted<'a>(style: &Style, sources: &[&'a Source]) -> Result<Vec<&'a Source>, String> {
    let rule = style.forms.ordering.bibliography.as_ref().and_then(|list| list.sort.as_ref());
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
    let items = list(style, &style.forms.ordering, &rough, 0)?;
    let places: HashMap<&str, &Source> =
        sources.iter().map(|source| (source.key.as_str(), *source)).collect();
    Ok(items.iter().filter_map(|item| places.get(item.key.as_str()).copied()).collect())
}

/// Renders the entries of sources that are in the order of the bibliography, in parts of so many.
pub(super) fn entries(
    style: &Style,
    sorted: &[&Source],
    part: usize,
) -> Result<Vec<BibliographyItem>, String> {
    let alike = if style.letters() { sorted } else { &[] };
    let alike = Likeness::of(alike, true);
    let places: HashMap<&str, usize> =
        sorted.iter().enumerate().map(|(place, source)| (source.key.as_str(), place)).collect();
    let mut entries = Vec::with_capacity(sorted.len());
    for (start, own) in (0..).step_by(part).zip(sorted.chunks(part)) {
        let context = alike.with(own.iter().copied());
        let mut set: BTreeSet<usize> = (start..start + own.len()).collect();
        set.extend(context.iter().filter_map(|source| places.get(source.key.as_str())));
        if !style.manners.numbers {
            // A style may set a dash for the author of the entry before.
            set.extend(start.checked_sub(1));
        }
        let own: HashSet<&str> = own.iter().map(|source| source.key.as_str()).collect();
        let sources: Vec<&Source> = set.into_iter().map(|place| sorted[place]).collect();
        let items = list(style, &style.forms.listing, &sources, start)?;
        entries.extend(items.into_iter().filter(|item| own.contains(item.key.as_str())));
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
    let rendered = guarded(|| {
        let mut driver = Driver::new().with_citation_number_offset(offset);
        for source in sources {
            let item = CitationItem::new(&source.item, None, None, true, None);
            driver.citation(engine_request(style, form, vec![item], None));
        }
        driver.finish(bibliography_request(style, form))
    })?;
    Ok(rendered.bibliography.map(|bibliography| bibliography.items).unwrap_or_default())
}
