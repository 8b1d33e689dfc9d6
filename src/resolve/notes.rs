//! Numbers the notes, ties every citation to its source, and cuts the text into passages.

use super::Input;
use crate::config::Scope;
use crate::document::{
    Block, BlockKind, CalloutKind, Cluster, Inline, InlineKind, fold_label, walk_inlines,
};
use crate::report::{
    Binding, ChapterId, Citation, Note, NoteBody, NoteId, Passage, Report, Source,
};
use crate::source::Span;
use crate::unit::Unit;
use std::collections::HashMap;
use std::sync::Arc;

/// Walks all chapters in reading order.
pub fn number(input: Input, report: &mut Report) {
    let mut next = 1;
    let mut sources = HashMap::new();
    for chapter in 0..report.chapters.len() {
        let unit = report.chapters[chapter].unit.clone();
        if input.config.notes.numbering == Scope::Chapter {
            next = 1;
        }
        if let Some(start) = unit.front.start.get("note").map(|start| start.value) {
            next = start;
        }
        let mut walker = Walker::new(input, report, &mut sources, chapter, &unit, next);
        walker.blocks(&unit.blocks);
        next = walker.next;
    }
}

struct Walker<'a> {
    input: Input<'a>,
    report: &'a mut Report,
    sources: &'a mut HashMap<String, usize>,
    chapter: ChapterId,
    unit: &'a Arc<Unit>,
    /// The number of the next note.
    next: u32,
    /// Definitions by folded label; the first of several counts.
    definitions: HashMap<String, usize>,
    numbered: HashMap<usize, NoteId>,
    /// Notes first called in the passage at hand, whose own passages follow it.
    called: Vec<NoteId>,
    paragraph: u32,
}

impl<'a> Walker<'a> {
    fn new(
        input: Input<'a>,
        report: &'a mut Report,
        sources: &'a mut HashMap<String, usize>,
        chapter: ChapterId,
        unit: &'a Arc<Unit>,
        next: u32,
    ) -> Walker<'a> {
        let mut definitions = HashMap::new();
        for (index, note) in unit.notes.iter().enumerate() {
            definitions.entry(fold_label(&note.label.text)).or_insert(index);
        }
        Walker {
            input,
            report,
            sources,
            chapter,
            unit,
            next,
            definitions,
            numbered: HashMap::new(),
            called: Vec::new(),
            paragraph: 0,
        }
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            if matches!(block.kind, BlockKind::Paragraph(_)) {
                self.paragraph += 1;
                let number = self.paragraph;
                let bindings = &mut self.report.chapters[self.chapter].bindings;
                bindings.paragraphs.insert(block.span.start, number);
            }
            self.block(block, None);
        }
    }

    fn block(&mut self, block: &'a Block, note: Option<NoteId>) {
        if is_pull_quote(block) {
            return;
        }
        for list in block.inline_lists() {
            self.list(list, block, note);
        }
        for child in block.children() {
            self.block(child, note);
        }
    }

    fn list(&mut self, list: &'a [Inline], block: &Block, note: Option<NoteId>) {
        let Some(piece) = self.unit.pieces.of_list(list) else { return };
        walk_inlines(list, &mut |inline| self.inline(inline, block, note));
        self.report.passages.push(Passage {
            chapter: self.chapter,
            note,
            block: block.span.start,
            is_heading: matches!(block.kind, BlockKind::Heading(_)),
            prose: Arc::clone(&piece.prose),
            sentences: Arc::clone(&piece.sentences),
        });
        if note.is_none() {
            self.called_notes();
        }
    }

    /// Walks the notes that the passage just read called for the first time.
    fn called_notes(&mut self) {
        let mut at = 0;
        while at < self.called.len() {
            let id = self.called[at];
            at += 1;
            let unit = self.unit;
            match self.report.notes[id].body.clone() {
                NoteBody::Definition(index) => {
                    for block in &unit.notes[index].blocks {
                        self.block(block, Some(id));
                    }
                }
                NoteBody::Citation(_) => {}
            }
        }
        self.called.clear();
    }

    fn inline(&mut self, inline: &Inline, block: &Block, note: Option<NoteId>) {
        match &inline.kind {
            InlineKind::NoteReference(label) => self.reference(label, inline.span, block),
            InlineKind::Citation(cluster) => self.citation(cluster, inline, block, note),
            _ => {}
        }
    }

    fn reference(&mut self, label: &str, span: Span, block: &Block) {
        let Some(&index) = self.definitions.get(&fold_label(label)) else { return };
        let id = match self.numbered.get(&index) {
            Some(&id) => id,
            None => {
                let label = (!label.starts_with('^')).then(|| label.to_owned());
                let id = self.add(NoteBody::Definition(index), label, block);
                self.numbered.insert(index, id);
                id
            }
        };
        let note = &mut self.report.notes[id];
        let occurrence = note.references.len() as u32;
        note.references.push(span);
        self.bind(span, Binding::Note { note: id, occurrence });
    }

    fn add(&mut self, body: NoteBody, label: Option<String>, block: &Block) -> NoteId {
        let id = self.report.notes.len();
        self.report.notes.push(Note {
            number: self.next,
            label,
            chapter: self.chapter,
            body,
            references: Vec::new(),
            called_in: Some(block.span.start),
        });
        self.report.chapters[self.chapter].notes.push(id);
        self.next = self.next.saturating_add(1);
        self.called.push(id);
        id
    }

    fn bind(&mut self, span: Span, binding: Binding) {
        self.report.chapters[self.chapter].bindings.mentions.insert(span.start, binding);
    }

    fn citation(
        &mut self,
        cluster: &Cluster,
        inline: &Inline,
        block: &Block,
        note: Option<NoteId>,
    ) {
        if !cluster.cites.iter().any(|cite| self.input.source(&cite.key.text).is_some()) {
            return;
        }
        let mut note = note;
        if note.is_none() && self.input.cites_in_notes {
            let paragraph =
                Block { span: inline.span, kind: BlockKind::Paragraph(vec![inline.clone()]) };
            let id = self.add(NoteBody::Citation(vec![paragraph]), None, block);
            self.report.notes[id].references.push(inline.span);
            self.bind(inline.span, Binding::OwnNote(id));
            note = Some(id);
        } else {
            self.bind(inline.span, Binding::InPlace);
        }
        for cite in &cluster.cites {
            let locator = cite.locator.clone();
            let citation = Citation { chapter: self.chapter, note, span: cite.key.span, locator };
            self.cite(&cite.key.text, citation);
        }
    }

    fn cite(&mut self, key: &str, citation: Citation) {
        let Some(is_instrument) = self.input.source(key) else { return };
        let sources = &mut self.report.sources;
        let index = *self.sources.entry(key.to_owned()).or_insert_with(|| {
            sources.push(Source { key: key.to_owned(), is_instrument, citations: Vec::new() });
            sources.len() - 1
        });
        self.report.sources[index].citations.push(citation);
    }
}

/// Whether `block` repeats words of the chapter, so that nothing in it counts.
pub fn is_pull_quote(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Callout(callout) if callout.kind == CalloutKind::PullQuote)
}
