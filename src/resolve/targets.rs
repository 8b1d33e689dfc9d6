//! Collects everything that has a name, numbers what is numbered, and ties cross-references to it.

use super::Input;
use super::notes::is_pull_quote;
use crate::annotation::{self, CHAPTER, KindRef, NOTE};
use crate::document::{Block, InlineKind, walk_blocks, walk_inlines};
use crate::report::{Binding, ChapterId, Report, Target, TargetId};
use crate::source::Span;
use std::collections::{HashMap, HashSet};

/// Fills in targets, labels, anchors, series numbers and the bindings of cross-references.
///
/// Claims come later (they need the law), and bring their own targets.
pub fn collect(_: Input, report: &mut Report) {
    let mut series = HashMap::new();
    for chapter in 0..report.chapters.len() {
        start_series(report, chapter, &mut series);
        add_chapter(report, chapter);
        let (anchors, counts) = (HashSet::new(), HashMap::new());
        Collector { report, chapter, series: &mut series, anchors, counts }.blocks();
    }
    for note in 0..report.notes.len() {
        add_note(report, note);
    }
}

/// Adds `target`; the first with a label keeps it.
pub fn add(report: &mut Report, target: Target) -> TargetId {
    let id = report.targets.len();
    report.labels.entry(target.label.clone()).or_insert(id);
    report.targets.push(target);
    id
}

/// Ties `@label` in every chapter to its target; labels of notes are looked up in the chapter first.
pub fn bind_references(report: &mut Report) {
    for chapter in 0..report.chapters.len() {
        let unit = report.chapters[chapter].unit.clone();
        let mut found: Vec<(Span, String)> = Vec::new();
        let notes = unit.notes.iter().flat_map(|note| &note.blocks);
        for block in unit.blocks.iter().chain(notes) {
            walk_blocks(std::slice::from_ref(block), &mut |block| {
                for list in block.inline_lists() {
                    walk_inlines(list, &mut |inline| {
                        if let InlineKind::CrossReference(label) = &inline.kind {
                            found.push((inline.span, label.clone()));
                        }
                    });
                }
            });
        }
        for (span, label) in found {
            let local = format!("{label}@{chapter}");
            let target = report.labels.get(&local).or_else(|| report.labels.get(&label)).copied();
            if let Some(target) = target {
                let bindings = &mut report.chapters[chapter].bindings;
                bindings.mentions.insert(span.start, Binding::Reference(target));
            }
        }
    }
}

fn start_series(report: &Report, chapter: ChapterId, series: &mut HashMap<&'static str, u32>) {
    let front = &report.chapters[chapter].unit.front;
    for kind in annotation::KINDS {
        if let Some(name) = kind.series()
            && let Some(start) = front.start.get(name)
        {
            series.insert(name, start.value);
        }
    }
}

fn add_chapter(report: &mut Report, chapter: ChapterId) {
    let it = &report.chapters[chapter];
    let target = Target {
        kind: CHAPTER,
        label: format!("ch-{}", it.slug),
        chapter,
        number: it.number.clone(),
        title: it.title.clone(),
        anchor: String::new(),
        span: Span::new(it.unit.file, 0..0),
    };
    add(report, target);
}

fn add_note(report: &mut Report, note: usize) {
    let it = &report.notes[note];
    let chapter = it.chapter;
    let label = match &it.label {
        Some(label) => format!("note-{label}"),
        None => format!("note-{}", it.number),
    };
    let target = Target {
        kind: NOTE,
        label: label.clone(),
        chapter,
        number: Some(it.number.to_string()),
        title: String::new(),
        anchor: format!("n{}", it.number),
        span: it.span(&report.chapters[chapter].unit),
    };
    let id = add(report, target);
    report.labels.insert(format!("{label}@{chapter}"), id);
}

struct Collector<'a> {
    report: &'a mut Report,
    chapter: ChapterId,
    series: &'a mut HashMap<&'static str, u32>,
    /// Ids given on this page.
    anchors: HashSet<String>,
    /// The number after the last that was added to an id to make it another.
    counts: HashMap<String, u32>,
}

impl Collector<'_> {
    fn blocks(&mut self) {
        let unit = self.report.chapters[self.chapter].unit.clone();
        walk_blocks(&unit.blocks, &mut |block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        if is_pull_quote(block) {
            return;
        }
        let Some((kind, declaration)) = annotation::declared(block) else { return };
        let number = kind.series().map(|name| self.next(name));
        let label = declaration.label.as_ref().map(|label| label.text.clone());
        let anchor = self.anchor(kind, label.as_deref(), number, &declaration.title);
        let span = declaration.label.as_ref().map_or(block.span, |label| label.span);
        let bindings = &mut self.report.chapters[self.chapter].bindings;
        bindings.anchors.insert(block.span.start, anchor.clone());
        if let Some(number) = number {
            bindings.numbers.insert(block.span.start, number);
        }
        let target = Target {
            kind,
            label: label.unwrap_or_else(|| format!("{}@{}", anchor, self.chapter)),
            chapter: self.chapter,
            number: number.map(|number| number.to_string()),
            title: declaration.title,
            anchor,
            span,
        };
        add(self.report, target);
    }

    fn next(&mut self, series: &'static str) -> u32 {
        let next = self.series.entry(series).or_insert(1);
        let number = *next;
        *next = next.saturating_add(1);
        number
    }

    /// An id that no other element of the page has.
    fn anchor(
        &mut self,
        kind: KindRef,
        label: Option<&str>,
        number: Option<u32>,
        title: &str,
    ) -> String {
        let base = match (label, number) {
            (Some(label), _) => label.to_owned(),
            (None, Some(number)) => format!("{}-{number}", kind.prefix()),
            (None, None) => crate::resolve::order::slugify(title),
        };
        let base = if base.is_empty() { kind.prefix().to_owned() } else { base };
        let mut anchor = base.clone();
        while is_taken(&anchor) || !self.anchors.insert(anchor.clone()) {
            let count = self.counts.entry(base.clone()).or_insert(2);
            anchor = format!("{base}-{count}");
            *count += 1;
        }
        anchor
    }
}

/// Ids that the page itself uses: notes, their marks, paragraphs, and the theme's landmarks.
fn is_taken(id: &str) -> bool {
    let numbered = |prefix: &str| {
        id.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    matches!(id, "main" | "notes" | "authorities" | "claims" | "cite" | "pop" | "toc")
        || ["n", "r", "p"].into_iter().any(numbered)
}
