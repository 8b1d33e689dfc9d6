//! A cluster as the engine rendered it → the delimiters CSL orders between its cites.
//!
//! Where cites of one author are grouped or collapsed, the engine confuses the delimiter inside a
//! group with the one between groups; here both are told by what the engine left of each cite.

use super::likeness::first_name;
use super::set::Prepared;
use super::style::Style;
use hayagriva::citationberg::Collapse;
use hayagriva::{ElemChild, ElemChildren, ElemMeta};

/// Returns the delimiter to set in place of each top-level child, where it is one to be changed.
pub(super) fn delimiters(
    style: &Style,
    cites: &[Prepared<'_>],
    tree: &ElemChildren,
) -> Vec<Option<String>> {
    let mut set = vec![None; tree.0.len()];
    if !groups_by_author(style) {
        return set;
    }
    let mut in_group = false;
    for (between, slot) in tree.0.windows(3).zip(set.iter_mut().skip(1)) {
        let [before, ElemChild::Text(_), after] = between else { continue };
        let (Some(before), Some(after)) = (entry(before, cites), entry(after, cites)) else {
            continue;
        };
        let words = format!("{:#}", after.0);
        let collapses = style.citing.citation.collapse.is_some();
        let same = before.1 == after.1 && (!collapses || is_nameless(&words));
        *slot = delimiter(style, same, in_group, &words);
        in_group = same;
    }
    set
}

/// Reports whether the style keeps the cites of one author together.
pub(super) fn groups_by_author(style: &Style) -> bool {
    let by_year =
        [Some(Collapse::Year), Some(Collapse::YearSuffix), Some(Collapse::YearSuffixRanged)];
    !style.note
        && (style.group_delimiter.is_some() || by_year.contains(&style.citing.citation.collapse))
}

fn delimiter(style: &Style, same: bool, in_group: bool, cite: &str) -> Option<String> {
    let citation = &style.citing.citation;
    let group = style.group_delimiter.clone().or_else(|| Some(", ".to_owned()));
    match (same, in_group) {
        (true, _) if is_letter(cite) => citation.year_suffix_delimiter.clone().or(group),
        (true, _) => group,
        (false, true) => {
            citation.after_collapse_delimiter.clone().or(citation.layout.delimiter.clone())
        }
        (false, false) => citation.layout.delimiter.clone(),
    }
}

/// Reports whether all the engine left of a cite is the letter behind its year.
fn is_letter(cite: &str) -> bool {
    let letters = cite.chars().filter(|c| c.is_alphabetic()).count();
    letters <= 2 && !cite.contains(|c: char| c.is_ascii_digit())
}

/// Reports whether the engine left a cite's name out: a year, a letter, or “n.d.” remains.
fn is_nameless(cite: &str) -> bool {
    let first = cite.chars().find(|c| c.is_alphanumeric());
    cite.len() <= 6 || first.is_some_and(|c| c.is_ascii_digit())
}

/// The rendered cite, and the name of its source.
fn entry<'a>(child: &'a ElemChild, cites: &[Prepared<'_>]) -> Option<(&'a ElemChildren, String)> {
    let ElemChild::Elem(elem) = child else { return None };
    let Some(ElemMeta::Entry(index)) = elem.meta else { return None };
    Some((&elem.children, first_name(&cites.get(index)?.source.item)))
}
