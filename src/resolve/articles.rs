//! Recognises the articles that the prose names and reads those linked by hand.

use super::Input;
use crate::document::{InlineKind, plain_text, walk_inlines};
use crate::law::{self, LawLink, Reference, Scope};
use crate::report::{Binding, Mark, MarkKind, Mention, Passage, Report, Unbound};
use crate::source::{FileId, Span};
use std::collections::HashMap;

/// Fills in mentions, unbound findings and the marks of articles.
pub fn recognise(input: Input, report: &mut Report) {
    let passages = std::mem::take(&mut report.passages);
    let mut reader = Reader { input, report, by_hand: HashMap::new() };
    let mut scope = None;
    let mut chapter = usize::MAX;
    let mut block = usize::MAX;
    for passage in &passages {
        if passage.chapter != chapter {
            chapter = passage.chapter;
            block = usize::MAX;
            let language = reader.report.chapters[chapter].language.clone();
            scope = Some(Scope::new(input.law, &language));
            reader.collect_links(chapter);
        }
        let Some(scope) = scope.as_mut() else { continue };
        if passage.note.is_some() {
            let mut aside = scope.fork_for_note();
            reader.passage(passage, &mut aside);
            continue;
        }
        if passage.block != block {
            block = passage.block;
            scope.start_paragraph();
        }
        if input.config.law.recognise {
            reader.passage(passage, scope);
        } else {
            reader.links_of(passage);
        }
    }
    report.passages = passages;
}

/// The provision that a link by hand names.
fn by_hand(target: &str) -> Option<Reference> {
    match law::law_link(target)? {
        LawLink::To(reference) => Some(reference),
        LawLink::None | LawLink::Unreadable => None,
    }
}

struct Reader<'a> {
    input: Input<'a>,
    report: &'a mut Report,
    /// Links to the law by hand in the chapter at hand: their place, words and target.
    by_hand: HashMap<usize, (Span, String, Reference)>,
}

impl Reader<'_> {
    fn collect_links(&mut self, chapter: usize) {
        self.by_hand.clear();
        let unit = self.report.chapters[chapter].unit.clone();
        let notes = unit.notes.iter().flat_map(|note| &note.blocks);
        for block in unit.blocks.iter().chain(notes) {
            crate::document::walk_blocks(std::slice::from_ref(block), &mut |block| {
                for list in block.inline_lists() {
                    walk_inlines(list, &mut |inline| {
                        if let InlineKind::Link { target, content, .. } = &inline.kind
                            && let Some(reference) = by_hand(target)
                            && self.exists(&reference)
                        {
                            let words = plain_text(content);
                            self.by_hand.insert(inline.span.start, (inline.span, words, reference));
                        }
                    });
                }
            });
        }
    }

    fn exists(&self, reference: &Reference) -> bool {
        let instrument = self.input.law.instrument(&reference.instrument);
        let is_whole = reference.article.is_empty();
        instrument.is_some_and(|i| is_whole || i.article(&reference.article).is_some())
    }

    fn passage(&mut self, passage: &Passage, scope: &mut Scope) {
        let findings =
            law::recognise(self.input.law, scope, &passage.prose.text, &passage.prose.masked);
        let mut found: Vec<(usize, Mention)> = self.links_in(passage);
        for finding in findings {
            let file = self.file(passage);
            let Some(span) = passage.prose.span(finding.number_span.clone()) else { continue };
            if !finding.warnings.is_empty() || finding.instrument.is_none() {
                self.report.unbound.push(Unbound { file, span, finding: finding.clone() });
            }
            let Some(instrument) = finding.instrument.clone() else { continue };
            let reference = Reference {
                instrument: instrument.to_string(),
                article: finding.article,
                pinpoint: finding.pinpoint,
            };
            let text = passage.prose.text[finding.number_span.clone()].to_owned();
            let at = finding.number_span.start;
            found.push((at, self.mention(passage, at, span, reference, text, finding.via)));
        }
        found.sort_by_key(|(at, _)| *at);
        for (_, mention) in found {
            self.add(mention, passage);
        }
    }

    /// Only the links by hand, where recognition is switched off.
    fn links_of(&mut self, passage: &Passage) {
        for (_, mention) in self.links_in(passage) {
            self.add(mention, passage);
        }
    }

    /// The links by hand within `passage`, with where their words begin in its text.
    fn links_in(&mut self, passage: &Passage) -> Vec<(usize, Mention)> {
        let mut found = Vec::new();
        for masked in &passage.prose.masked {
            let Some(words) = passage.prose.span(masked.clone()) else { continue };
            let start = words.start.saturating_sub(1);
            let Some((span, text, reference)) = self.by_hand.remove(&start) else { continue };
            let mention =
                self.mention(passage, masked.start, span, reference, text, law::Via::ByHand);
            found.push((masked.start, mention));
        }
        found
    }

    fn file(&self, passage: &Passage) -> FileId {
        self.report.chapters[passage.chapter].unit.file
    }

    fn mention(
        &self,
        passage: &Passage,
        at: usize,
        span: Span,
        reference: Reference,
        text: String,
        via: law::Via,
    ) -> Mention {
        let index = passage.sentences.partition_point(|s| s.range.start <= at).max(1) - 1;
        let range = passage.sentences.get(index).map_or(0..0, |s| s.range.clone());
        let sentence_span = passage.prose.span(range.clone()).unwrap_or(span);
        Mention {
            reference,
            chapter: passage.chapter,
            note: passage.note,
            text,
            span,
            sentence: passage.prose.text[range].to_owned(),
            sentence_span,
            paragraph: passage.block,
            via,
            claim: None,
        }
    }

    fn add(&mut self, mention: Mention, passage: &Passage) {
        let id = self.report.mentions.len();
        let bindings = &mut self.report.chapters[passage.chapter].bindings;
        if mention.via == law::Via::ByHand {
            bindings.mentions.insert(mention.span.start, Binding::Article(id));
        } else if bindings.marks.last().is_none_or(|last| {
            last.span.end <= mention.span.start || mention.span.end <= last.span.start
        }) {
            bindings.marks.push(Mark { span: mention.span, kind: MarkKind::Article(id) });
        }
        self.report.mentions.push(mention);
    }
}
