//! Collects everything in a chapter that has a name, and numbers what is numbered.

use super::notes::is_pull_quote;
use super::number::Numbers;
use crate::annotation::{self, CHAPTER, KindRef};
use crate::document::{Block, walk_blocks};
use crate::quick::{QuickMap, QuickSet};
use crate::report::{Chapter, ChapterId, Target};
use crate::source::Span;
use std::sync::Arc;

/// Fills in targets, anchors and series numbers, of which the first is in `first`.
///
/// Claims come later (they need the law), and bring their own targets.
pub fn collect(id: ChapterId, chapter: &mut Chapter, first: &Numbers) {
    let target = Target {
        kind: CHAPTER,
        label: format!("ch-{}", chapter.slug),
        chapter: id,
        number: chapter.number.clone(),
        title: chapter.title.clone(),
        anchor: String::new(),
        is_named: true,
        span: Span::new(chapter.unit.file, 0..0),
    };
    chapter.targets.push(target);
    let unit = Arc::clone(&chapter.unit);
    let (anchors, counts) = (QuickSet::default(), QuickMap::default());
    let mut collector = Collector { id, chapter, next: first.clone(), anchors, counts };
    walk_blocks(&unit.blocks, &mut |block| collector.block(block));
}

struct Collector<'a> {
    id: ChapterId,
    chapter: &'a mut Chapter,
    next: Numbers,
    /// Ids given on this page.
    anchors: QuickSet<String>,
    /// The number after the last that was added to an id to make it another.
    counts: QuickMap<String, u32>,
}

impl Collector<'_> {
    fn block(&mut self, block: &Block) {
        if is_pull_quote(block) {
            return;
        }
        let Some((kind, declaration)) = annotation::declared(block) else { return };
        let number = kind.series().map(|name| self.next(name));
        let label = declaration.label.as_ref().map(|label| label.text.clone());
        let anchor = self.anchor(kind, label.as_deref(), number, &declaration.title);
        let span = declaration.label.as_ref().map_or(block.span, |label| label.span);
        let bindings = &mut self.chapter.bindings;
        bindings.anchors.insert(block.span.start, anchor.clone());
        if let Some(number) = number {
            bindings.numbers.insert(block.span.start, number);
        }
        let target = Target {
            kind,
            is_named: label.is_some(),
            label: label.unwrap_or_else(|| anchor.clone()),
            chapter: self.id,
            number: number.map(|number| number.to_string()),
            title: declaration.title,
            anchor,
            span,
        };
        self.chapter.targets.push(target);
    }

    fn next(&mut self, series: &'static str) -> u32 {
        let next = self.next.entry(series).or_insert(1);
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
