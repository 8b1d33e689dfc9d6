//! When two entries are one work, and in what they differ.

use crate::bibliography::{Archived, Entry, bare_doi, normal_url};

/// The fields of `new` that `there` has not, or has otherwise. What `there` has beside them is its
/// author's.
pub fn differences(there: &Entry, new: &Entry) -> Vec<String> {
    let mut found = Vec::new();
    if there.kind != new.kind {
        found.push("type".to_owned());
    }
    let texts = new.texts.iter().filter(|(name, text)| there.text(name) != Some(&text.value));
    found.extend(texts.map(|(name, _)| name.to_owned()));
    let names = new.names.iter().filter(|(role, names)| there.names(role) != names.as_slice());
    found.extend(names.map(|(role, _)| role.to_owned()));
    let date = |name: &str| there.dates.get(name).map(|date| date.value);
    let dates = new.dates.iter().filter(|(name, value)| date(name) != Some(value.value));
    found.extend(dates.map(|(name, _)| name.to_owned()));
    if new.title_translated.is_some() && there.title_translated != new.title_translated {
        found.push("title-translated".to_owned());
    }
    if new.archived.is_some() && copy(&there.archived) != copy(&new.archived) {
        found.push("archived".to_owned());
    }
    let extra = new.extra.iter().filter(|(name, value)| there.extra.get(*name) != Some(value));
    found.extend(extra.map(|(name, _)| format!("csl: {name}")));
    found
}

/// Whether the entries say the same, their keys and places left aside.
pub fn is_same(one: &Entry, other: &Entry) -> bool {
    differences(one, other).is_empty() && differences(other, one).is_empty()
}

fn copy(archived: &Option<Archived>) -> Option<(&str, Option<String>)> {
    archived.as_ref().map(|copy| (copy.url.as_str(), copy.date.map(|date| date.to_string())))
}

/// What tells a work from others: its DOI and its address.
pub(super) fn identities(entry: &Entry) -> impl Iterator<Item = String> {
    let doi = entry.doi().or_else(|| entry.url().and_then(bare_doi));
    let doi = doi.map(|doi| format!("doi:{}", doi.to_lowercase()));
    doi.into_iter().chain(entry.url().map(normal_url))
}

/// The letters and digits of the title, in small letters.
pub(super) fn normal_title(entry: &Entry) -> String {
    let title = entry.title().unwrap_or_default();
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether the entries are one work: one DOI, or one address and one title.
pub(super) fn is_same_work(one: &Entry, other: &Entry) -> bool {
    let (a, b) = (normal_title(one), normal_title(other));
    let titles_fit = a == b || a.is_empty() || b.is_empty();
    let shared: Vec<String> =
        identities(one).filter(|id| identities(other).any(|other| other == *id)).collect();
    shared.iter().any(|id| id.starts_with("doi:"))
        || titles_fit && (!shared.is_empty() || a == b && !a.is_empty())
}
