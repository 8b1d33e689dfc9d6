//! Recognises the articles that the prose names and reads those linked by hand.

use super::Input;
use crate::document::{InlineKind, plain_text, walk_inlines};
use crate::law::{self, Instrument, Law, LawLink, Recognised, Reference, Scope, Unit};
use crate::memo::Key;
use crate::report::{
    Binding, Chapter, ChapterId, Doubt, Id, Mark, MarkKind, Mention, NamedLaw, Passage,
};
use crate::source::Span;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Fills in mentions, unbound findings and the marks of articles.
pub fn recognise(input: Input, id: ChapterId, chapter: &mut Chapter) {
    let passages = std::mem::take(&mut chapter.passages);
    let readings = kept_or_read(input, &passages);
    let mut reader = Reader { input, id, chapter, here: 0, by_hand: BTreeMap::new() };
    reader.collect_links();
    for (passage, recognised) in passages.iter().zip(readings.iter()) {
        reader.passage(passage, recognised);
        reader.here += 1;
    }
    chapter.passages = passages;
}

/// What each passage of a chapter says of laws.
fn kept_or_read(input: Input, chapter: &[Passage]) -> Arc<[Recognised]> {
    if !input.config.law.recognise {
        return chapter.iter().map(|_| Recognised::default()).collect();
    }
    // All that reading a chapter takes, but the law.
    let texts = chapter.iter().map(|passage| {
        let prose = &passage.prose;
        (passage.note.is_some(), passage.block, &prose.text, &prose.masked)
    });
    let key = Key::of(&(input.kept.law, texts.collect::<Vec<_>>()));
    input.kept.readings.get(key, || read(input.law, chapter))
}

fn read(law: &Law, chapter: &[Passage]) -> Arc<[Recognised]> {
    let mut scope = Scope::new();
    let mut block = usize::MAX;
    let read = |passage: &Passage| {
        let prose = &passage.prose;
        if passage.note.is_some() {
            let mut aside = scope.fork_for_note();
            return law::read(law, &mut aside, &prose.text, &prose.masked);
        }
        if passage.block != block {
            block = passage.block;
            scope.start_paragraph();
        }
        law::read(law, &mut scope, &prose.text, &prose.masked)
    };
    chapter.iter().map(read).collect()
}

/// The provision that a link by hand names.
fn by_hand(target: &str) -> Option<Reference> {
    match law::law_link(target)? {
        LawLink::To(reference) => Some(reference),
        LawLink::None | LawLink::Unreadable => None,
    }
}

/// Whether a locator of `unit` counts what `instrument` is made of.
fn counts_articles(instrument: &Instrument, unit: &str) -> bool {
    match instrument.unit {
        Unit::Paragraph => unit == "paragraph",
        _ => matches!(unit, "article-locator" | "section"),
    }
}

/// A provision in a locator, with its place there.
struct Part {
    reference: Reference,
    range: Range<usize>,
}

/// The provisions of `key` in a locator: `19(2), 21` gives two; the ends of a range stand for it.
fn provisions(key: &str, unit: Unit, value: &str) -> Vec<Part> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut depth = 0;
    let is_end = |c: char| matches!(c, ',' | ';' | '&' | '–' | '-' | ' ');
    for (place, c) in value.char_indices().chain([(value.len(), ',')]) {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth <= 0 && is_end(c) => {
                let range = at..place;
                at = place + c.len_utf8();
                let words = &value[range.clone()];
                let is_number = words.starts_with(|c: char| c.is_ascii_digit());
                // Paragraph 7.5 is a part of paragraph 7.
                let written = match words.split_once('.') {
                    Some((whole, _)) if unit == Unit::Paragraph => {
                        format!("{key}:{whole}({words})")
                    }
                    _ => format!("{key}:{words}"),
                };
                let reference = Reference::parse(&written);
                let reference = reference.filter(|_| is_number);
                found.extend(reference.map(|reference| Part { reference, range }));
            }
            _ => {}
        }
    }
    found
}

struct Reader<'a> {
    input: Input<'a>,
    id: ChapterId,
    chapter: &'a mut Chapter,
    /// The place of the passage at hand.
    here: usize,
    /// Links to the law by hand: their place, words and target.
    by_hand: BTreeMap<usize, (Span, String, Reference)>,
}

impl Reader<'_> {
    fn collect_links(&mut self) {
        let unit = Arc::clone(&self.chapter.unit);
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

    fn passage(&mut self, passage: &Passage, recognised: &Recognised) {
        let prose = &passage.prose;
        for name in recognised.names.iter().cloned() {
            let span = prose.span(name.span.clone());
            if let (Some(instrument), Some(span)) = (name.instrument, span) {
                let range = name.span;
                self.chapter.names.push(NamedLaw { instrument, passage: self.here, range, span });
            }
        }
        let mut found: Vec<(usize, bool, Mention)> = self.links_in(passage);
        for finding in recognised.findings.iter().cloned() {
            let Some(span) = prose.span(finding.number_span.clone()) else { continue };
            let is_linked = prose.is_linked(&finding.number_span);
            if finding.instrument.is_none() && is_linked {
                continue;
            }
            if !finding.warnings.is_empty() || finding.instrument.is_none() {
                let finding = finding.clone();
                self.chapter.doubts.push(Doubt { passage: self.here, span, finding });
            }
            let Some(instrument) = finding.instrument else { continue };
            let reference = Reference {
                instrument: instrument.to_string(),
                article: finding.article,
                pinpoint: finding.pinpoint,
            };
            let text = prose.text[finding.number_span.clone()].to_owned();
            let start = finding.number_span.start;
            let mention = self.mention(passage, start, span, reference, text, Some(finding.via));
            found.push((start, !finding.implied && !is_linked, mention));
        }
        found.extend(self.cited_in(passage));
        found.sort_by_key(|(start, ..)| *start);
        for (_, is_marked, mention) in found {
            self.add(mention, is_marked);
        }
    }

    /// The provisions of instruments that `passage` cites as sources.
    fn cited_in(&self, passage: &Passage) -> Vec<(usize, bool, Mention)> {
        let mut found = Vec::new();
        for (at, key, locator) in &passage.prose.cites {
            let instrument = self.input.law.instrument(key);
            let is_source = self.input.source(key) == Some(true);
            let Some(instrument) = instrument.filter(|_| is_source) else { continue };
            if !counts_articles(instrument, locator.unit) {
                continue;
            }
            let written = self.input.sources.file(locator.span.file).slice(locator.span.range());
            for part in provisions(key, instrument.unit, &locator.value) {
                let is_verbatim = written == locator.value;
                let range =
                    part.range.start + locator.span.start..part.range.end + locator.span.start;
                let span = Span::new(locator.span.file, range);
                let span = if is_verbatim { span } else { locator.span };
                let text = locator.value[part.range].to_owned();
                let mention = self.mention(passage, *at, span, part.reference, text, None);
                found.push((*at, false, Mention { is_citation: true, ..mention }));
            }
        }
        found
    }

    /// The links by hand within `passage`, with where their words begin in its text.
    fn links_in(&mut self, passage: &Passage) -> Vec<(usize, bool, Mention)> {
        let mut found = Vec::new();
        for masked in &passage.prose.masked {
            let Some(words) = passage.prose.span(masked.clone()) else { continue };
            let near = self.by_hand.range(..words.end).rev();
            let inside = near.take_while(|(_, (span, ..))| span.end > words.start);
            let keys: Vec<usize> = inside.map(|(key, _)| *key).collect();
            for key in keys.into_iter().rev() {
                let Some((span, text, reference)) = self.by_hand.remove(&key) else { continue };
                let mention = self.mention(passage, masked.start, span, reference, text, None);
                found.push((masked.start, false, mention));
            }
        }
        found
    }

    fn mention(
        &self,
        passage: &Passage,
        at: usize,
        span: Span,
        reference: Reference,
        text: String,
        via: Option<law::Via>,
    ) -> Mention {
        Mention {
            reference,
            chapter: self.id,
            note: passage.note,
            text,
            span,
            passage: self.here,
            at,
            paragraph: passage.block,
            via,
            is_citation: false,
            claim: None,
        }
    }

    fn add(&mut self, mention: Mention, is_marked: bool) {
        let id = Id { chapter: self.id, index: self.chapter.mentions.len() };
        let bindings = &mut self.chapter.bindings;
        if mention.via.is_none() && !mention.is_citation {
            bindings.mentions.insert(mention.span.start, Binding::Article(id));
        } else if is_marked {
            bindings.marks.push(Mark { span: mention.span, kind: MarkKind::Article(id) });
        }
        self.chapter.mentions.push(mention);
    }
}
