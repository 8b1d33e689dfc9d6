//! Sources → their order and their entries in the bibliography.
//!
//! The engine sorts by rendering what it compares, and looks through all cites for every entry. So
//! it is handed sources almost in order, and sets the entries of a long list in parts.

use super::engine::{BREAKER, Driver, bibliography_request, breakers, engine_request, guarded};
use super::library::Source;
use super::likeness::{first_name, year};
use super::style::Style;
use hayagriva::citationberg::IndependentStyle;
use hayagriva::{BibliographyItem, CitationItem};
use std::collections::HashMap;

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
    let mut entries = Vec::with_capacity(sorted.len());
    for (start, own) in (0..).step_by(part).zip(sorted.chunks(part)) {
        // A style may set a dash for the author of the entry before.
        let before = usize::from(start > 0 && !style.manners.numbers);
        let sources = &sorted[start - before..start + own.len()];
        let items = list(style, &style.forms.listing, sources, start)?;
        entries.extend(items.into_iter().skip(before));
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
