//! A cluster as the engine rendered it → its cites with the delimiters CSL orders between them.
//!
//! The engine sets the layout's delimiter inside cites too, and confuses the one inside a group of
//! one author's works with the one between groups. So it is given none, and all are set here, by
//! what the engine left of each cite.

use super::likeness::{authors, year};
use super::set::Prepared;
use super::style::Style;
use hayagriva::citationberg::Collapse;
use hayagriva::{Elem, ElemChild, ElemChildren, ElemMeta};

/// The delimiters of a citation's layout.
#[derive(Clone, Debug, Default)]
pub(super) struct Delimiters {
    /// Between cites.
    pub(super) layout: String,
    /// Between cites of one author.
    pub(super) group: Option<String>,
    /// Between the letters of one year.
    pub(super) letters: Option<String>,
    /// Behind a collapsed group.
    pub(super) after: Option<String>,
    /// Whether works of one author and year share the year: 2000a, b.
    pub(super) shared_years: bool,
}

/// A part of a cluster in the order of setting.
pub(super) enum Part<'a> {
    Delimiter(&'a str),
    /// A cite, and whether only the letter behind its year is to be set.
    Cite(&'a ElemChild, bool),
}

/// One cite as rendered.
struct Rendered<'a> {
    child: &'a ElemChild,
    words: &'a ElemChildren,
    cite: &'a Prepared<'a>,
    /// Whether the engine joined it to the one before as the end of a range: [1]–[4].
    ends_range: bool,
}

/// Puts the delimiters between the cites of a cluster.
pub(super) fn arrange<'a>(
    style: &'a Style,
    cites: &'a [Prepared<'a>],
    tree: &'a ElemChildren,
) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let mut before: Option<Rendered<'a>> = None;
    let mut in_group = false;
    for rendered in rendered(cites, tree) {
        if let Some(before) = &before {
            let (delimiter, grouped) = delimiter(style, before, &rendered, in_group);
            parts.push(Part::Delimiter(delimiter));
            in_group = grouped;
        }
        let shares = before.as_ref().is_some_and(|before| shares_year(style, before, &rendered));
        parts.push(Part::Cite(rendered.child, shares));
        before = Some(rendered);
    }
    parts
}

/// Reports whether the engine left out the name of a cite that stands behind another author's: its
/// reader would take the one's work for the other's.
pub(super) fn misattributes(style: &Style, cites: &[Prepared<'_>], tree: &ElemChildren) -> bool {
    if cites.len() < 2 || !groups_by_author(style) {
        return false;
    }
    let mut owner = None;
    for rendered in rendered(cites, tree) {
        let authors = authors(&rendered.cite.source.item);
        if !is_nameless(rendered.words) {
            owner = Some(authors);
        } else if owner.as_ref().is_some_and(|owner| *owner != authors) {
            return true;
        }
    }
    false
}

/// Reports whether the style keeps the cites of one author together.
pub(super) fn groups_by_author(style: &Style) -> bool {
    style.delimiters.group.is_some() || collapses_years(style.forms.citing.citation.collapse)
}

/// Reports whether cites of one author lose the name from the second on.
pub(super) fn collapses_years(collapse: Option<Collapse>) -> bool {
    use Collapse::{Year, YearSuffix, YearSuffixRanged};
    matches!(collapse, Some(Year | YearSuffix | YearSuffixRanged))
}

/// The cites that came out with any words, in the order of setting.
fn rendered<'a>(
    cites: &'a [Prepared<'a>],
    tree: &'a ElemChildren,
) -> impl Iterator<Item = Rendered<'a>> {
    let mut ends_range = false;
    tree.0.iter().filter_map(move |child| match child {
        ElemChild::Elem(Elem { meta: Some(ElemMeta::Entry(index)), children, .. }) => {
            let cite = cites.get(*index)?;
            let ends_range = std::mem::take(&mut ends_range);
            let is_set = children.0.iter().any(has_words);
            is_set.then_some(Rendered { child, words: children, cite, ends_range })
        }
        ElemChild::Text(text) => {
            ends_range = text.text == "–";
            None
        }
        _ => None,
    })
}

fn has_words(child: &ElemChild) -> bool {
    match child {
        ElemChild::Text(text) | ElemChild::Link { text, .. } => !text.text.trim().is_empty(),
        ElemChild::Markup(text) => !text.trim().is_empty(),
        ElemChild::Elem(elem) => elem.children.0.iter().any(has_words),
        ElemChild::Transparent { .. } => false,
    }
}

/// Chooses what stands between two cites, and tells whether the second continues a group.
fn delimiter<'a>(
    style: &'a Style,
    before: &Rendered<'_>,
    cite: &Rendered<'_>,
    in_group: bool,
) -> (&'a str, bool) {
    let Delimiters { layout, group, letters, after, .. } = &style.delimiters;
    let between_groups = if in_group { after.as_ref().unwrap_or(layout) } else { layout };
    if cite.ends_range {
        return ("–", true);
    }
    let collapses = collapses_years(style.forms.citing.citation.collapse);
    let same = groups_by_author(style)
        && authors(&before.cite.source.item) == authors(&cite.cite.source.item)
        && (!collapses || is_nameless(cite.words));
    if !same {
        return (between_groups, false);
    }
    let chosen = if is_letter(cite.words) || shares_year(style, before, cite) {
        letters.as_ref().or(group.as_ref()).unwrap_or(layout)
    } else if collapses && before.cite.locator.is_some() {
        // A comma would join the second year to the first one's page.
        after.as_ref().unwrap_or(layout)
    } else {
        group.as_deref().unwrap_or(", ")
    };
    (chosen, true)
}

/// Reports whether all the engine left of a cite is the letter behind its year.
fn is_letter(cite: &ElemChildren) -> bool {
    let words = format!("{cite:#}");
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    letters <= 2 && !words.contains(|c: char| c.is_ascii_digit())
}

/// Reports whether a cite needs no year of its own behind the one before, only its letter.
fn shares_year(style: &Style, before: &Rendered<'_>, cite: &Rendered<'_>) -> bool {
    let (first, second) = (before.cite.source, cite.cite.source);
    style.delimiters.shared_years
        && first.letter.is_some()
        && second.letter.is_some()
        && before.cite.locator.is_none()
        && is_nameless(cite.words)
        && year(&first.item) == year(&second.item)
        && authors(&first.item) == authors(&second.item)
}

/// Reports whether the engine left a cite's name out: a year, a letter, or “n.d.” remains.
fn is_nameless(cite: &ElemChildren) -> bool {
    let words = format!("{cite:#}");
    let first = words.chars().find(|c| c.is_alphanumeric());
    let short = words.len() <= 6 || first.is_some_and(|c| c.is_ascii_digit());
    short && cite.find_names().is_none()
}
