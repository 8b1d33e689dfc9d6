//! Footnotes of other programs: which links are marks, and which elements are their texts.
//!
//! Pandoc, Word, LibreOffice, Google Docs, WordPress and MediaWiki all do the same thing in their
//! own words: a short link goes to an element further down, which has a link back. That is looked
//! for, and not the names of classes, which change.

use super::dom::Dom;
use std::collections::{HashMap, HashSet};

/// The notes of a page.
#[derive(Debug, Default)]
pub struct Notes {
    /// For each link that is a mark, the number of its note from 0.
    pub marks: HashMap<usize, usize>,
    /// The elements that hold the texts of each note.
    pub texts: Vec<usize>,
    /// Links back to the marks, which have no place in the chapter.
    pub backlinks: HashSet<usize>,
}

impl Notes {
    /// Finds the notes of a page.
    pub fn of(dom: &Dom) -> Notes {
        let targets = targets(dom);
        let links: Vec<(usize, usize)> = (0..dom.nodes.len())
            .filter(|index| dom.name(*index) == "a")
            .filter_map(|index| {
                let target = fragment(dom, index).and_then(|name| targets.get(name))?;
                Some((index, *target))
            })
            .collect();
        // For each place that links go to, the links.
        let mut leading: HashMap<usize, Vec<usize>> = HashMap::new();
        for (link, target) in &links {
            leading.entry(*target).or_default().push(*link);
        }
        let mut notes = Notes::default();
        let mut known: HashMap<usize, usize> = HashMap::new();
        for (link, target) in &links {
            if *target < *link || !is_mark(dom, *link) {
                continue;
            }
            let text = holder(dom, *target);
            let backs = backs(dom, *link, &leading, text);
            if backs.is_empty() && !says_note(dom, *link) {
                continue;
            }
            notes.backlinks.extend(backs);
            let number = *known.entry(text).or_insert_with(|| {
                notes.texts.push(text);
                notes.texts.len() - 1
            });
            notes.marks.insert(*link, number);
        }
        notes
    }
}

/// Elements by id or name.
fn targets(dom: &Dom) -> HashMap<&str, usize> {
    let mut targets = HashMap::new();
    for index in 0..dom.nodes.len() {
        let names = [dom.attribute(index, "id"), dom.attribute(index, "name")];
        for name in names.into_iter().flatten().filter(|name| !name.is_empty()) {
            targets.entry(name).or_insert(index);
        }
    }
    targets
}

/// The name after `#` in a link within the page.
fn fragment(dom: &Dom, link: usize) -> Option<&str> {
    let href = dom.attribute(link, "href")?;
    let (_, name) = href.split_once('#')?;
    // Saved pages have their own address before it.
    (!name.is_empty()).then_some(name)
}

/// Whether the words of a link are a number, a letter or a sign.
fn is_mark(dom: &Dom, link: usize) -> bool {
    let text = dom.text(link);
    let text = text.trim();
    let words =
        text.trim_start_matches("note").trim_matches(|c: char| "[](){}.  \u{a0}".contains(c));
    let is_short = (1..=5).contains(&words.chars().count());
    let is_number = words.chars().all(|c| c.is_ascii_digit());
    let is_sign = words.chars().all(|c| "*†‡§¶".contains(c));
    let is_letters = words.chars().all(|c| c.is_ascii_lowercase())
        && (text.starts_with('[') || within_sup(dom, link));
    is_short && (is_number || is_sign || is_letters)
}

fn within_sup(dom: &Dom, link: usize) -> bool {
    dom.ancestors(link).take(2).any(|parent| dom.name(parent) == "sup")
        || dom.nodes[link].children.iter().any(|child| dom.name(*child) == "sup")
}

/// Whether names and roles say that a link is the mark of a note.
fn says_note(dom: &Dom, link: usize) -> bool {
    let words = ["class", "role", "id", "name", "href", "rel", "epub:type"];
    let said = words.iter().filter_map(|name| dom.attribute(link, name)).any(|value| {
        let value = value.to_lowercase();
        ["noteref", "footnote", "endnote", "fnref", "_ftn", "_edn", "cite_note", "sdfootnote"]
            .iter()
            .any(|word| value.contains(word))
    });
    said || within_sup(dom, link)
}

/// The links in the text of a note that go back to `link` or to what holds it.
fn backs(dom: &Dom, link: usize, leading: &HashMap<usize, Vec<usize>>, text: usize) -> Vec<usize> {
    let around = std::iter::once(link).chain(dom.ancestors(link).take(3));
    let inside = dom.nodes[link].children.iter().copied();
    let beside = dom.nodes[link].parent.into_iter().flat_map(|parent| &dom.nodes[parent].children);
    let near: Vec<usize> = around.chain(inside).chain(beside.copied()).collect();
    let to_here = near.iter().filter_map(|place| leading.get(place)).flatten().copied();
    to_here.filter(|back| *back != link && holds(dom, text, *back)).collect()
}

fn holds(dom: &Dom, outer: usize, inner: usize) -> bool {
    inner == outer || dom.ancestors(inner).any(|parent| parent == outer)
}

/// The element that holds the text of the note at `target`.
fn holder(dom: &Dom, target: usize) -> usize {
    const BLOCKS: &[&str] = &["li", "p", "div", "aside", "dd", "dt", "td", "section", "tr"];
    let own = |index: &usize| BLOCKS.contains(&dom.name(*index));
    let Some(block) = std::iter::once(target).chain(dom.ancestors(target)).find(own) else {
        return target;
    };
    // Word and LibreOffice: paragraphs in a division of their own.
    let parent = dom.nodes[block].parent.filter(|parent| {
        let id = dom.attribute(*parent, "id").unwrap_or_default().to_lowercase();
        dom.name(*parent) == "div"
            && ["ftn", "edn", "sdfootnote", "sdendnote"].iter().any(|word| id.starts_with(word))
    });
    match (dom.name(block), parent) {
        ("p", Some(parent)) => parent,
        _ => block,
    }
}
