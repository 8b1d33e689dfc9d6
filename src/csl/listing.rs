//! Sources in order → their entries in the bibliography.
//!
//! The engine looks through all cites for every entry, so it sets the entries of a long list in
//! parts.

use super::apart;
use super::engine::{BREAKER, Driver, bibliography_request, breakers, engine_request, guarded};
use super::fold::Task;
use super::library::Source;
use super::style::Style;
use crate::parallel;
use hayagriva::citationberg::IndependentStyle;
use hayagriva::{BibliographyItem, CitationItem, ElemChild, ElemChildren};

/// The entries set in one part of a list.
pub(super) const PART: usize = 125;

/// An entry as the engine renders it.
pub(super) struct Entry {
    pub(super) key: String,
    /// What is set apart before it, such as its number.
    pub(super) first_field: Option<ElemChild>,
    pub(super) content: ElemChildren,
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
            let content = apart::set(style, folds, source, Task::Entry, None)?;
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
