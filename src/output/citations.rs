//! The citations of a report as runs for the engine, and what it made of them by chapter.

use crate::bibliography::Bibliography;
use crate::csl::{Cite, Cluster, EngineFailure, Item, Library, Locator, Mode, Note, Rich, Style};
use crate::document::{self, Block, Inline, InlineKind, walk_blocks};
use crate::law::{Instrument, Law};
use crate::report::{Binding, ChapterId, Report, Source};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::sync::Arc;

/// The citations of one chapter, each with the byte at which it stands, in their order.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct SetCitations(Vec<(usize, Rich)>);

impl SetCitations {
    fn new(mut set: Vec<(usize, Rich)>) -> SetCitations {
        set.sort_unstable_by_key(|(at, _)| *at);
        SetCitations(set)
    }

    /// The citation at a byte.
    pub fn at(&self, byte: usize) -> Option<&Rich> {
        let place = self.0.binary_search_by_key(&byte, |(at, _)| *at).ok()?;
        Some(&self.0[place].1)
    }
}

/// What stands around a citation in the text.
#[derive(Clone, Copy, Default)]
struct Around {
    before: Option<char>,
    after: Option<char>,
}

/// A source that the report cites, as the engine takes it.
pub fn item(source: &Source, bibliography: &Bibliography, law: &Law) -> Option<Item> {
    match bibliography.get(&source.key) {
        Some(entry) => Some(entry.to_csl_json()),
        None => Some(instrument_item(law.instrument(&source.key)?)),
    }
}

/// An instrument as a source: a treaty with its date and its place in the UN Treaty Series.
pub fn instrument_item(instrument: &Instrument) -> Item {
    let kind = if instrument.is_national() { "legislation" } else { "treaty" };
    let mut item = Item::new();
    let mut set = |key: &str, value: Value| {
        item.insert(key.to_owned(), value);
    };
    set("type", json!(kind));
    set("title", json!(instrument.name));
    set("title-short", json!(instrument.short_name));
    if let Some(date) = instrument.adopted.date.as_deref() {
        let parts: Vec<u32> = date.split('-').filter_map(|part| part.parse().ok()).collect();
        set("issued", json!({ "date-parts": [parts] }));
    }
    if let Some(volume) = instrument.symbol("unts_volume") {
        set("volume", json!(volume));
        set("container-title", json!("UNTS"));
        if let Some(page) = instrument.symbol("unts_page") {
            set("page", json!(page));
        }
    }
    item
}

/// The citations of `chapters` as `style` is to set them together.
pub fn run(report: &Report, chapters: &[ChapterId], style: &Style, library: &Library) -> Run {
    let mut run = Run::default();
    for &chapter in chapters {
        run.chapter(report, chapter, style);
    }
    if let [chapter] = chapters {
        run.language = Some(report.chapters[*chapter].language.clone());
    }
    run.leave_out_unknown(library);
    run
}

/// The clusters of one chapter, or of all, in the order in which the engine must see them.
#[derive(Default, Hash)]
pub struct Run {
    /// The language of the chapter, where it is only one.
    language: Option<String>,
    notes: Vec<Note>,
    /// Where the clusters of each note stand.
    places: Vec<Vec<usize>>,
    /// The number of notes up to the end of each chapter.
    ends: Vec<usize>,
}

/// The citations of a run's chapters, and the sources that the engine could not set.
#[derive(Default)]
pub struct SetRun {
    pub chapters: Vec<Arc<SetCitations>>,
    pub failures: Vec<EngineFailure>,
}

/// The bibliography as the style sets it, in its order, or why it cannot.
#[derive(Default)]
pub struct SetEntries {
    pub entries: Vec<(String, Rich)>,
    pub failure: Option<EngineFailure>,
}

impl SetRun {
    /// What is kept of it: what the engine failed on is tried anew.
    pub fn kept(&self) -> Option<&Vec<Arc<SetCitations>>> {
        self.failures.is_empty().then_some(&self.chapters)
    }

    /// What was kept.
    pub fn of_kept(chapters: Vec<Arc<SetCitations>>) -> SetRun {
        SetRun { chapters, failures: Vec::new() }
    }
}

impl SetEntries {
    /// What is kept of it.
    pub fn kept(&self) -> Option<&Vec<(String, Rich)>> {
        self.failure.is_none().then_some(&self.entries)
    }

    /// Sets the sources `keys`.
    pub fn set(style: &Style, library: &Library, keys: &[&str]) -> SetEntries {
        match style.bibliography(library, keys) {
            Ok(entries) => SetEntries { entries, failure: None },
            Err(failure) => SetEntries { entries: Vec::new(), failure: Some(failure) },
        }
    }
}

impl Run {
    /// Sets them. A source on which the engine fails is left out, so that the others stand.
    pub fn set(&self, style: &Style, library: &Library) -> SetRun {
        const FAILURES: usize = 8;
        let mut failures: Vec<EngineFailure> = Vec::new();
        let mut notes = Cow::Borrowed(&self.notes);
        while failures.len() < FAILURES {
            match style.cite(library, &notes) {
                Ok(set) => return SetRun { chapters: self.by_chapter(set), failures },
                Err(failure) => {
                    let key = failure.key.clone();
                    failures.push(failure);
                    let Some(key) = key else { break };
                    leave_out(notes.to_mut(), |cite| cite.key != key);
                }
            }
        }
        SetRun { chapters: vec![Arc::default(); self.ends.len()], failures }
    }

    fn by_chapter(&self, set: Vec<Vec<Rich>>) -> Vec<Arc<SetCitations>> {
        let mut notes = self.places.iter().zip(set);
        let mut start = 0;
        let mut chapter = |end: &usize| {
            let own = notes.by_ref().take(*end - std::mem::replace(&mut start, *end));
            let rich = own.flat_map(|(places, clusters)| places.iter().copied().zip(clusters));
            Arc::new(SetCitations::new(rich.collect()))
        };
        self.ends.iter().map(&mut chapter).collect()
    }

    /// The language to set them in, if not the report's.
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// The sources that they cite, in order and as often as they do.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let clusters = self.notes.iter().flat_map(|note| &note.clusters);
        clusters.flat_map(|cluster| &cluster.cites).map(|cite| cite.key.as_str())
    }

    /// The engine gives up a whole run for one source that it does not know.
    fn leave_out_unknown(&mut self, library: &Library) {
        leave_out(&mut self.notes, |cite| library.contains(&cite.key));
    }

    fn chapter(&mut self, report: &Report, chapter: ChapterId, style: &Style) {
        let it = &report.chapters[chapter];
        if style.is_note() {
            for own in &it.notes {
                let number = own.number;
                let address = [&it.path, "#n", &number.to_string()].concat();
                let note = Note { number, address, clusters: Vec::new() };
                self.note(report, chapter, note, own.blocks(&it.unit));
            }
        } else {
            self.text(report, chapter);
        }
        self.ends.push(self.notes.len());
    }

    fn note(&mut self, report: &Report, chapter: ChapterId, mut note: Note, blocks: &[Block]) {
        let mut places = Vec::new();
        walk_blocks(blocks, &mut |block| {
            for list in block.inline_lists() {
                for (inline, around) in citations(list) {
                    if let Some(cluster) = cluster(report, chapter, inline, around) {
                        note.clusters.push(cluster);
                        places.push(inline.span.start);
                    }
                }
            }
        });
        self.notes.push(note);
        self.places.push(places);
    }

    /// In a style without notes each cluster of the text stands alone, the notes among them.
    fn text(&mut self, report: &Report, chapter: ChapterId) {
        let unit = &report.chapters[chapter].unit;
        let notes = report.chapters[chapter].notes.iter();
        let notes = notes.flat_map(|note| note.blocks(unit));
        for block in unit.blocks.iter().chain(notes) {
            walk_blocks(std::slice::from_ref(block), &mut |block| {
                for list in block.inline_lists() {
                    for (inline, around) in citations(list) {
                        let Some(cluster) = cluster(report, chapter, inline, around) else {
                            continue;
                        };
                        let clusters = vec![cluster];
                        self.notes.push(Note { clusters, ..Note::default() });
                        self.places.push(vec![inline.span.start]);
                    }
                }
            });
        }
    }
}

fn leave_out(notes: &mut [Note], stays: impl Fn(&Cite) -> bool) {
    for cluster in notes.iter_mut().flat_map(|note| &mut note.clusters) {
        cluster.cites.retain(&stays);
    }
}

/// The citations of a list with the characters that stand around each.
fn citations(list: &[Inline]) -> Vec<(&Inline, Around)> {
    let mut found: Vec<(&Inline, Around)> = Vec::new();
    let mut before = None;
    let mut open = None;
    document::walk_inlines(list, &mut |inline| {
        if let InlineKind::Citation(_) = &inline.kind {
            settle(&mut found, &mut open, Some('@'));
            open = Some(found.len());
            found.push((inline, Around { before, after: None }));
            before = Some('@');
            return;
        }
        let text = match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => text.as_str(),
            InlineKind::CrossReference(label) => label,
            InlineKind::Image(image) => &image.alt,
            _ => return,
        };
        let mut signs = text.chars().filter(|c| !c.is_whitespace());
        if let Some(first) = signs.next() {
            settle(&mut found, &mut open, Some(first));
            before = signs.next_back().or(Some(first));
        }
    });
    found
}

fn settle(found: &mut [(&Inline, Around)], open: &mut Option<usize>, after: Option<char>) {
    if let Some(index) = open.take() {
        found[index].1.after = after;
    }
}

/// The cluster as the engine takes it; nothing for one that is not bound.
fn cluster(
    report: &Report,
    chapter: ChapterId,
    inline: &Inline,
    around: Around,
) -> Option<Cluster> {
    let InlineKind::Citation(written) = &inline.kind else { return None };
    let binding = report.chapters[chapter].bindings.mentions.get(&inline.span.start)?;
    if !matches!(binding, Binding::InPlace | Binding::OwnNote(_)) {
        return None;
    }
    let cites = written.cites.iter().map(|cite| self::cite(cite, written.bare)).collect();
    let around = match binding {
        Binding::OwnNote(_) => Around::default(),
        _ => around,
    };
    Some(Cluster { cites, before: around.before, after: around.after })
}

fn cite(cite: &document::Cite, bare: bool) -> Cite {
    let mode = match (bare, cite.suppress_author) {
        (_, true) => Mode::SuppressAuthor,
        (true, false) => Mode::AuthorInText,
        (false, false) => Mode::Normal,
    };
    Cite {
        key: cite.key.text.clone(),
        label: cite.locator.as_ref().map(|locator| unit(locator.unit)),
        locator: cite.locator.as_ref().map(|locator| locator.value.clone()).unwrap_or_default(),
        prefix: cite.prefix.clone(),
        suffix: cite.suffix.clone(),
        mode,
    }
}

/// The engine's unit for a locator as the dialect names it.
fn unit(name: &str) -> Locator {
    match name {
        "appendix" => Locator::Appendix,
        "article-locator" => Locator::Article,
        "book" => Locator::Book,
        "chapter" => Locator::Chapter,
        "column" => Locator::Column,
        "figure" => Locator::Figure,
        "folio" => Locator::Folio,
        "issue" => Locator::Issue,
        "line" => Locator::Line,
        "note" => Locator::Note,
        "page" => Locator::Page,
        "paragraph" => Locator::Paragraph,
        "part" => Locator::Part,
        "rule" => Locator::Rule,
        "section" => Locator::Section,
        "table" => Locator::Table,
        "timestamp" => Locator::Timestamp,
        "verse" => Locator::Verse,
        "volume" => Locator::Volume,
        _ => Locator::Custom,
    }
}

/// A locator in words: `art. 19(2)`, `pp. 4–6`.
pub fn locator_words(locator: &document::Locator) -> String {
    let many = locator.value.contains([',', '–', '-', '&']) || locator.value.contains(" and ");
    let word = match (locator.unit, many) {
        ("page", false) => "p.",
        ("page", true) => "pp.",
        ("paragraph", false) => "para.",
        ("paragraph", true) => "paras",
        ("article-locator", false) => "art.",
        ("article-locator", true) => "arts",
        ("section", false) => "s.",
        ("section", true) => "ss.",
        ("chapter", _) => "ch.",
        ("note", _) => "n.",
        ("volume", _) => "vol.",
        ("figure", _) => "fig.",
        ("custom" | "timestamp", _) => "",
        (unit, _) => unit,
    };
    format!("{word} {}", locator.value).trim().to_owned()
}
