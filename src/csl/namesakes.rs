//! People who share a family name → names that tell them apart in cites.
//!
//! Some styles add given names or initials wherever two people share a family name, even where
//! years would tell their works apart. The engine does so only for cites that are alike.

use super::library::Source;
use super::style::Style;
use crate::quick::{QuickMap, QuickSet};
use hayagriva::citationberg::DisambiguationRule as Rule;
use hayagriva::citationberg::json::{LiteralName, NameItem, NameValue, Value};

/// How a style tells people apart.
struct Manner {
    /// Only the first name of a source counts.
    primary: bool,
    /// Initials are tried.
    initials: bool,
    /// Given names are used where initials do not help.
    full: bool,
}

/// The given names of all people of one family name.
type Namesakes = QuickMap<String, QuickSet<String>>;

/// Returns copies of those sources whose cites must name people more fully.
pub(super) fn told_apart<'a>(
    style: &Style,
    sources: impl Iterator<Item = &'a Source> + Clone,
) -> QuickMap<&'a str, Source> {
    let citation = &style.forms.citing.citation;
    let rule = citation.givenname_disambiguation_rule;
    if style.note || !citation.disambiguate_add_givenname || rule == Rule::ByCite {
        return QuickMap::default();
    }
    let full = matches!(rule, Rule::AllNames | Rule::PrimaryName);
    let manner = Manner {
        primary: matches!(rule, Rule::PrimaryName | Rule::PrimaryNameWithInitials),
        initials: style.manners.initialises || !full,
        full,
    };
    let mut namesakes = Namesakes::default();
    for person in sources.clone().flat_map(|source| people(source, manner.primary)) {
        namesakes.entry(family(person)).or_default().extend(person.given.clone());
    }
    namesakes.retain(|_, given| given.len() > 1);
    let fuller = |source: &'a Source| {
        let shared = people(source, manner.primary).any(|p| namesakes.contains_key(&family(p)));
        shared.then(|| (source.key.as_str(), named_fully(source, &namesakes, &manner)))
    };
    sources.filter_map(fuller).collect()
}

/// The family name as cites print it.
fn family(person: &NameItem) -> String {
    match &person.non_dropping_particle {
        Some(particle) => format!("{particle} {}", person.family),
        None => person.family.clone(),
    }
}

fn names(source: &Source) -> Option<(&'static str, &Vec<NameValue>)> {
    ["author", "editor"].into_iter().find_map(|variable| match source.item.0.get(variable) {
        Some(Value::Names(names)) => Some((variable, names)),
        _ => None,
    })
}

fn people(source: &Source, primary: bool) -> impl Iterator<Item = &NameItem> {
    let names = names(source).map(|(_, names)| names.as_slice()).unwrap_or_default();
    let names = if primary { &names[..names.len().min(1)] } else { names };
    names.iter().filter_map(|name| match name {
        NameValue::Item(person) => Some(person),
        NameValue::Literal(_) => None,
    })
}

/// The initials of a given name, or the name, whichever tells the person apart first.
fn form(given: &str, others: &QuickSet<String>, manner: &Manner) -> Option<String> {
    let own = initials(given);
    let alone = others.iter().filter(|other| initials(other) == own).count() == 1;
    match (manner.initials && alone, manner.full) {
        (true, _) => Some(own),
        (false, true) => Some(given.to_owned()),
        (false, false) => None,
    }
}

fn initials(given: &str) -> String {
    let initial = |word: &str| word.chars().next().map(|c| format!("{c}."));
    given.split_whitespace().filter_map(initial).collect::<Vec<_>>().join(" ")
}

fn named_fully(source: &Source, namesakes: &Namesakes, manner: &Manner) -> Source {
    let mut fuller = source.clone();
    let Some((variable, _)) = names(source) else { return fuller };
    let Some(Value::Names(names)) = fuller.item.0.get_mut(variable) else { return fuller };
    let count = if manner.primary { 1 } else { names.len() };
    for name in names.iter_mut().take(count) {
        let NameValue::Item(person) = name else { continue };
        let family = family(person);
        let others = namesakes.get(&family);
        let form = person.given.as_deref().zip(others).and_then(|(g, o)| form(g, o, manner));
        if let Some(form) = form {
            *name = NameValue::Literal(LiteralName { literal: format!("{form} {family}") });
        }
    }
    fuller
}
