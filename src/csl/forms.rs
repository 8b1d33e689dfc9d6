//! A repaired style → the style as the engine is given it for each task.

use super::fold::Folds;
use super::repair;
use super::style::Manners;
use hayagriva::citationberg::{IndependentStyle, StyleClass};
use std::sync::Arc;

/// What stands between the keys of sources the engine has sorted.
pub(super) const BETWEEN_KEYS: &str = "\u{1}";

/// The style as the engine is given it for each task.
#[derive(Clone, Debug)]
pub(super) struct Forms {
    /// For clusters.
    pub(super) citing: IndependentStyle,
    /// For clusters whose cites carry words of their own: without sorting and collapsing.
    pub(super) loose: IndependentStyle,
    /// For the bibliography.
    pub(super) listing: IndependentStyle,
    /// For sorting alone, as the entries of a bibliography.
    pub(super) ordering: IndependentStyle,
    /// For sorting alone, as the cites of one cluster: their keys in the order of the bibliography.
    pub(super) sorting: IndependentStyle,
    /// For hidden cites that only say what stood where.
    pub(super) silent: IndependentStyle,
    /// For hidden cites that tell which sources take letters behind their years, in styles for the
    /// text that have such letters.
    pub(super) lettering: Option<IndependentStyle>,
    /// For the name of a source in a sentence.
    pub(super) naming: IndependentStyle,
    /// For cites one by one, if they depend on nothing but their place.
    pub(super) cites: Option<Arc<Folds>>,
    /// For entries one by one, if they depend on nothing around them.
    pub(super) entries: Option<Arc<Folds>>,
}

/// A style that sets sources with a letter all alike, and no others.
const LETTERING: &str = r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>Letters</title><id>letters</id><updated>2026-11-23T00:00:00+00:00</updated></info>
<citation disambiguate-add-year-suffix="true"><layout>
<choose><if variable="annote"><text variable="annote"/></if><else><text variable="citation-key"/>
<date variable="issued"><date-part name="year"/></date></else></choose></layout></citation></style>"#;

/// Derives the forms of a style.
pub(super) fn forms(
    style: IndependentStyle,
    naming: IndependentStyle,
    manners: Manners,
) -> Result<Forms, String> {
    let entries = entries_apart(&style, manners).map(Folds::of).map(Arc::new);
    let mut listing = style.clone();
    let mut citing = style;
    trim(&mut citing);
    let ordering = silenced(&citing);
    if let Some(bibliography) = &mut listing.bibliography {
        // It is given sources in order.
        bibliography.sort = None;
    }
    let lettering = lettering(&citing)?;
    match &lettering {
        Some(lettering) => {
            listing.citation = lettering.citation.clone();
            citing.citation.disambiguate_add_year_suffix = false;
        }
        None if citing.citation.disambiguate_add_year_suffix => {}
        // Nothing in an entry depends on cites.
        None => listing.citation = ordering.citation.clone(),
    }
    let mut silent = ordering.clone();
    silent.bibliography = None;
    let mut sorting = silent.clone();
    sorting.citation.sort = ordering.bibliography.as_ref().and_then(|list| list.sort.clone());
    sorting.citation.layout.delimiter = Some(BETWEEN_KEYS.to_owned());
    if !manners.numbers {
        // Nothing in a cite depends on the order of the bibliography.
        citing.bibliography = None;
    }
    let cites = cites_apart(&citing, manners).then(|| Arc::new(Folds::of(citing.clone())));
    let mut loose = citing.clone();
    loose.citation.sort = None;
    loose.citation.cite_group_delimiter = None;
    loose.citation.collapse = None;
    Ok(Forms {
        citing,
        loose,
        listing,
        ordering,
        sorting,
        silent,
        lettering,
        naming,
        cites,
        entries,
    })
}

/// Reports whether a cite depends on nothing but its place: it is never joined with others, nor
/// told apart from them.
fn cites_apart(style: &IndependentStyle, manners: Manners) -> bool {
    let citation = &style.citation;
    style.settings.class == StyleClass::Note
        && manners.apart
        && !manners.numbers
        && !manners.disambiguates
        && !citation.disambiguate_add_names
        && !citation.disambiguate_add_givenname
        && !citation.disambiguate_add_year_suffix
        && citation.sort.is_none()
        && citation.collapse.is_none()
        && citation.cite_group_delimiter.is_none()
}

/// Returns the style with its entries for cites, if an entry depends on nothing around it.
fn entries_apart(style: &IndependentStyle, manners: Manners) -> Option<IndependentStyle> {
    let list = style.bibliography.as_ref()?;
    let apart = style.settings.class == StyleClass::Note
        && manners.apart
        && !manners.numbers
        && !style.citation.disambiguate_add_year_suffix
        && list.subsequent_author_substitute.is_none()
        && list.second_field_align.is_none();
    apart.then(|| {
        let mut entries = style.clone();
        entries.citation.layout = list.layout.clone();
        entries.citation.name_options = list.name_options.clone();
        entries
    })
}

/// Reports whether letters behind years are given here; in notes they are left to the engine.
pub(super) fn takes_letters(style: &IndependentStyle) -> bool {
    style.citation.disambiguate_add_year_suffix && style.settings.class != StyleClass::Note
}

fn lettering(style: &IndependentStyle) -> Result<Option<IndependentStyle>, String> {
    if !takes_letters(style) {
        return Ok(None);
    }
    IndependentStyle::from_xml(LETTERING).map(Some).map_err(|error| error.to_string())
}

/// The same style with a citation that sets nothing but the source's key, so that none is taken
/// for another.
fn silenced(style: &IndependentStyle) -> IndependentStyle {
    let mut silent = style.clone();
    silent.citation.layout.elements = vec![repair::key()];
    silent.citation.sort = None;
    silent.citation.collapse = None;
    silent.citation.disambiguate_add_year_suffix = false;
    silent.citation.disambiguate_add_names = false;
    silent.citation.disambiguate_add_givenname = false;
    silent
}

/// Leaves of the bibliography only its order: numbers and letters behind years depend on it.
fn trim(style: &mut IndependentStyle) {
    match &mut style.bibliography {
        Some(bibliography) if bibliography.sort.is_some() => {
            bibliography.layout.elements.clear();
            bibliography.second_field_align = None;
            bibliography.subsequent_author_substitute = None;
        }
        bibliography => *bibliography = None,
    }
}
