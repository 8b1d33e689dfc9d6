//! `rapporteur check --online`: asks whether anything stands at the external addresses.

use crate::bibliography::Entry;
use crate::diagnostic::{DEAD_LINK, Diagnostic};
use crate::disk::{self, DiskError};
use crate::document::{InlineKind, walk_blocks, walk_inlines};
use crate::online::{Answer, Asker, Limits, Memory};
use crate::session::Analysis;
use crate::source::Span;
use crate::terminal;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Where an address stands in the sources.
struct Place<'a> {
    span: Span,
    /// The entry whose address it is.
    entry: Option<&'a Entry>,
}

/// Every external address with its places.
type Addresses<'a> = BTreeMap<String, Vec<Place<'a>>>;

/// How many external addresses a report has.
pub fn count(analysis: &Analysis) -> usize {
    addresses(analysis).len()
}

/// Asks all external addresses of a report; gives what is wrong with them.
pub fn check(
    root: &Path,
    analysis: &Analysis,
    limits: Limits,
    quiet: bool,
) -> Result<Vec<Diagnostic>, DiskError> {
    let addresses = addresses(analysis);
    let mut memory = Memory::read(&disk::read_kept(root, MEMORY)?);
    let all: BTreeSet<String> =
        addresses.keys().filter(|address| !memory.stood(address)).cloned().collect();
    let asker = Asker::new(limits);
    let answers = asker.ask(&all, &|answered| {
        if !quiet {
            terminal::progress(&format!("asked {answered} of {} addresses", all.len()));
        }
    });
    let is_cut_off = |answer: &Answer| matches!(answer, Answer::NoHost | Answer::Unreached(_));
    if !answers.is_empty() && answers.values().all(is_cut_off) {
        let words = "nobody answered: there is no way to the network, nothing was checked\n";
        let _ = terminal::print_error(words);
        return Ok(Vec::new());
    }
    for (address, _) in answers.iter().filter(|(_, answer)| **answer == Answer::Stands) {
        memory.note(address);
    }
    disk::keep(root, MEMORY, memory.text().as_bytes())?;
    if !quiet {
        let _ = terminal::print_error(&told(&answers, addresses.len()));
    }
    let dead = answers.iter().filter_map(|(address, answer)| match answer {
        Answer::Gone(why) => Some((address, why.as_str())),
        Answer::NoHost => Some((address, "its host is not known")),
        Answer::Stands | Answer::Unsure(_) | Answer::Unreached(_) => None,
    });
    Ok(dead
        .flat_map(|(address, why)| dead_links(&asker, address, why, &addresses[address]))
        .collect())
}

/// The file in which it is kept what stood.
const MEMORY: &str = "links.json";

/// A diagnostic for each place of an address at which nothing stands.
fn dead_links(asker: &Asker, address: &str, why: &str, places: &[Place]) -> Vec<Diagnostic> {
    let entry = places.iter().find_map(|place| place.entry);
    let day = entry.and_then(|entry| entry.dates.get("accessed")).map(|day| day.value.to_string());
    let copy = asker.copy(address, day.as_deref());
    let help = |place: &Place| match (&copy, place.entry) {
        (_, Some(entry)) if entry.archived.is_some() => {
            "the entry has an archived copy, which the page shows; see whether it is the right one"
                .to_owned()
        }
        (Some(copy), Some(_)) => {
            format!("add `archived: {{url: \"{}\", date: {}}}` to the entry", copy.url, copy.date)
        }
        (Some(copy), None) => format!("link to the archived copy of {}: {}", copy.date, copy.url),
        (None, _) => "look for where it went, or for a copy in an archive".to_owned(),
    };
    let found = |place: &Place| {
        let message = format!("nothing stands at {address} any more: {why}");
        Diagnostic::new(&DEAD_LINK, place.span, message).help(help(place))
    };
    places.iter().map(found).collect()
}

/// What was asked, and what could not be told.
fn told(answers: &BTreeMap<String, Answer>, all: usize) -> String {
    let stood = all - answers.len();
    let mut text =
        format!("{all} external addresses: {} asked, {stood} stood lately\n", answers.len());
    for (address, answer) in answers {
        if let Answer::Unsure(why) | Answer::Unreached(why) = answer {
            text.push_str(&format!("not checked: {address}: {why}\n"));
        }
    }
    text
}

/// Collects the addresses of the bibliography and of the links in the text.
fn addresses(analysis: &Analysis) -> Addresses<'_> {
    let mut found = Addresses::new();
    let mut add = |address: &str, span: Span, entry| {
        let is_web = address.starts_with("https://") || address.starts_with("http://");
        if is_web {
            let page = address.split('#').next().unwrap_or(address).to_owned();
            found.entry(page).or_default().push(Place { span, entry });
        }
    };
    for entry in &analysis.bibliography.entries {
        if let Some(url) = entry.texts.get("URL") {
            add(&url.value, url.span, Some(entry));
        }
        if let Some(doi) = entry.texts.get("DOI") {
            add(&format!("https://doi.org/{}", doi.value), doi.span, None);
        }
        if let Some(archived) = &entry.archived {
            add(&archived.url, archived.span, None);
        }
    }
    for chapter in &analysis.report.chapters {
        let notes = chapter.unit.notes.iter().flat_map(|note| &note.blocks);
        for block in chapter.unit.blocks.iter().chain(notes) {
            walk_blocks(std::slice::from_ref(block), &mut |block| {
                for list in block.inline_lists() {
                    walk_inlines(list, &mut |inline| {
                        if let InlineKind::Link { target, .. } = &inline.kind {
                            add(target, inline.span, None);
                        }
                    });
                }
            });
        }
    }
    found
}
