//! Puts the notes in order, ties every citation to its source, and cuts the text into passages.

use super::Input;
use crate::document::{
    Block, BlockKind, CalloutKind, Cluster, Inline, InlineKind, fold_label, walk_inlines,
};
use crate::quick::QuickMap;
use crate::report::{
    Binding, Chapter, ChapterId, Citation, Cited, Id, Note, NoteBody, NoteId, Passage,
};
use crate::source::Span;
use crate::unit::Unit;
use std::borrow::Cow;
use std::sync::Arc;

/// Reads the notes, citations and passages of a chapter.
pub fn read(input: Input, id: ChapterId, chapter: &mut Chapter) {
    let unit = Arc::clone(&chapter.unit);
    let mut walker = Walker::new(input, id, chapter, &unit);
    walker.blocks(&unit.blocks);
    let named = unit.outward.keys.iter();
    chapter.entries = named.filter_map(|key| input.bibliography.place(key)).collect();
}

struct Walker<'a> {
    input: Input<'a>,
    id: ChapterId,
    chapter: &'a mut Chapter,
    /// The places of sources among those that the chapter cites.
    sources: QuickMap<&'a str, usize>,
    unit: &'a Arc<Unit>,
    /// Definitions by folded label; the first of several counts.
    definitions: QuickMap<Cow<'a, str>, usize>,
    /// The places of the definitions that are called among the notes.
    called_before: QuickMap<usize, usize>,
    /// Notes first called in the passage at hand, whose own passages follow it.
    called: Vec<NoteId>,
    paragraph: u32,
}

impl<'a> Walker<'a> {
    fn new(
        input: Input<'a>,
        id: ChapterId,
        chapter: &'a mut Chapter,
        unit: &'a Arc<Unit>,
    ) -> Walker<'a> {
        let mut definitions = QuickMap::default();
        for (index, note) in unit.notes.iter().enumerate() {
            definitions.entry(fold_label(&note.label.text)).or_insert(index);
        }
        Walker {
            input,
            id,
            chapter,
            sources: QuickMap::default(),
            unit,
            definitions,
            called_before: QuickMap::default(),
            called: Vec::new(),
            paragraph: 0,
        }
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            if matches!(block.kind, BlockKind::Paragraph(_)) {
                self.paragraph += 1;
                let number = self.paragraph;
                self.chapter.bindings.paragraphs.insert(block.span.start, number);
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
        let Some(prose) = self.unit.pieces.of_list(list) else { return };
        walk_inlines(list, &mut |inline| self.inline(inline, block, note));
        self.chapter.passages.push(Passage {
            note,
            block: block.span.start,
            is_heading: matches!(block.kind, BlockKind::Heading(_)),
            prose: Arc::clone(prose),
        });
        if note.is_none() {
            self.chapter.words += prose.text.split_whitespace().count();
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
            match self.chapter.notes[id.index].body.clone() {
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

    fn inline(&mut self, inline: &'a Inline, block: &Block, note: Option<NoteId>) {
        match &inline.kind {
            InlineKind::NoteReference(label) => self.reference(label, inline.span, block),
            InlineKind::Citation(cluster) => self.citation(cluster, inline, block, note),
            _ => {}
        }
    }

    fn reference(&mut self, label: &str, span: Span, block: &Block) {
        let Some(&index) = self.definitions.get(&fold_label(label)) else { return };
        let place = match self.called_before.get(&index) {
            Some(&place) => place,
            None => {
                let label = (!label.starts_with('^')).then(|| label.to_owned());
                let id = self.add(NoteBody::Definition(index), label, block);
                self.called_before.insert(index, id.index);
                id.index
            }
        };
        let note = &mut self.chapter.notes[place];
        let occurrence = note.references.len() as u32;
        note.references.push(span);
        let note = Id { chapter: self.id, index: place };
        self.bind(span, Binding::Note { note, occurrence });
    }

    fn add(&mut self, body: NoteBody, label: Option<String>, block: &Block) -> NoteId {
        let id = Id { chapter: self.id, index: self.chapter.notes.len() };
        self.chapter.notes.push(Note {
            number: 0,
            label,
            chapter: self.id,
            body,
            references: Vec::new(),
            called_in: Some(block.span.start),
        });
        self.called.push(id);
        id
    }

    fn bind(&mut self, span: Span, binding: Binding) {
        self.chapter.bindings.mentions.insert(span.start, binding);
    }

    fn citation(
        &mut self,
        cluster: &'a Cluster,
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
            self.chapter.notes[id.index].references.push(inline.span);
            self.bind(inline.span, Binding::OwnNote(id));
            note = Some(id);
        } else {
            self.bind(inline.span, Binding::InPlace);
        }
        for cite in &cluster.cites {
            let locator = cite.locator.clone();
            let citation = Citation { chapter: self.id, note, span: cite.key.span, locator };
            self.cite(&cite.key.text, citation);
        }
    }

    fn cite(&mut self, key: &'a str, citation: Citation) {
        let Some(is_instrument) = self.input.source(key) else { return };
        let cited = &mut self.chapter.cited;
        let index = *self.sources.entry(key).or_insert_with(|| {
            cited.push(Cited { key: Arc::from(key), is_instrument, citations: Vec::new() });
            cited.len() - 1
        });
        cited[index].citations.push(citation);
    }
}

/// Whether `block` repeats words of the chapter, so that nothing in it counts.
pub fn is_pull_quote(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Callout(callout) if callout.kind == CalloutKind::PullQuote)
}
