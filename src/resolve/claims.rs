//! Finds the claims, their words, their articles and their evidence.

use super::near::Near;
use super::{Input, targets};
use crate::annotation::{CLAIM, ClaimDeclaration, Finding};
use crate::document::{InlineKind, walk_blocks, walk_inlines};
use crate::law::{self, Reference, Verdict};
use crate::report::{
    Binding, ChapterId, Claim, ClaimArticle, ClaimId, Mark, MarkKind, NoteId, Passage, Report,
    Target,
};
use crate::source::Span;
use std::collections::HashMap;
use std::ops::Range;

/// Fills in claims with their targets and marks, then ties all cross-references.
pub fn bind(input: Input, report: &mut Report) {
    let passages = std::mem::take(&mut report.passages);
    let mut by_chapter: HashMap<ChapterId, Vec<&Passage>> = HashMap::new();
    for passage in &passages {
        by_chapter.entry(passage.chapter).or_default().push(passage);
    }
    let cited = cited_in_notes(report);
    for chapter in 0..report.chapters.len() {
        let own = by_chapter.remove(&chapter).unwrap_or_default();
        let near = Near::of(report, chapter, &own);
        let mut drafts = drafts(report, chapter, &near);
        drafts.sort_by_key(|draft| (draft.span.start, draft.declaration.span.start));
        for draft in drafts {
            add(input, report, chapter, draft, &near, &cited);
        }
    }
    report.passages = passages;
    targets::bind_references(report);
    for chapter in &mut report.chapters {
        chapter.bindings.marks.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    }
}

/// A claim before it is bound.
struct Draft<'a> {
    declaration: ClaimDeclaration,
    passage: &'a Passage,
    /// Its words in the passage's text.
    range: Range<usize>,
    /// Its words in the source, with the note marks that close them.
    span: Span,
    /// Declared by a span rather than by a note.
    is_span: bool,
}

fn drafts<'a>(report: &Report, chapter: ChapterId, near: &Near<'a>) -> Vec<Draft<'a>> {
    let unit = &report.chapters[chapter].unit;
    let mut drafts = Vec::new();
    for &note in &report.chapters[chapter].notes {
        let note = &report.notes[note];
        let declaration = note.definition(unit).and_then(|d| ClaimDeclaration::of(&d.attributes));
        if let (Some(declaration), Some(&mark)) = (declaration, note.references.first()) {
            drafts.extend(from_note(declaration, mark, near));
        }
    }
    let notes = unit.notes.iter().flat_map(|note| &note.blocks);
    for block in unit.blocks.iter().chain(notes) {
        walk_blocks(std::slice::from_ref(block), &mut |block| {
            for list in block.inline_lists() {
                walk_inlines(list, &mut |inline| {
                    if let InlineKind::Span { attributes, .. } = &inline.kind
                        && let Some(declaration) = ClaimDeclaration::of(attributes)
                    {
                        drafts.extend(from_span(declaration, inline.span, near));
                    }
                });
            }
        });
    }
    drafts
}

/// The sentence that carries the note whose mark is `mark`.
fn from_note<'a>(declaration: ClaimDeclaration, mark: Span, near: &Near<'a>) -> Option<Draft<'a>> {
    let (passage, at) = near.mark(mark)?;
    let index = passage.sentences.partition_point(|s| s.range.start < at).max(1) - 1;
    let range = passage.sentences.get(index)?.range.clone();
    let span = passage.extent(&range)?;
    Some(Draft { declaration, passage, range, span, is_span: false })
}

fn from_span<'a>(declaration: ClaimDeclaration, span: Span, near: &Near<'a>) -> Option<Draft<'a>> {
    near.passages(span).find_map(|passage| {
        let range = passage.prose.range_within(span)?;
        let declaration = declaration.clone();
        Some(Draft { declaration, passage, range, span, is_span: true })
    })
}

fn add(
    input: Input,
    report: &mut Report,
    chapter: ChapterId,
    draft: Draft,
    near: &Near,
    cited: &[Vec<usize>],
) {
    let id = report.claims.len();
    let count = report.chapters[chapter].claims.len() + 1;
    let place = &report.chapters[chapter];
    let prefix = place.number.clone().unwrap_or_else(|| place.position.to_string());
    let declaration = &draft.declaration;
    let name = match &declaration.id {
        Some(id) => id.text.clone(),
        None => format!("c{}-{count:02}", prefix.to_lowercase()),
    };
    let notes = near.notes(draft.span);
    let mut claim = Claim {
        id: name.clone(),
        number: format!("{prefix}.{count}"),
        chapter,
        span: draft.span,
        text: draft.passage.prose.text[draft.range.clone()].trim().to_owned(),
        rights: declaration.rights.iter().map(|right| right.text.clone()).collect(),
        finding: declaration.finding.as_ref().and_then(|f| Finding::of(&f.text)),
        by: declaration.by.as_ref().map(|by| by.text.clone()),
        since: declaration.since.as_ref().map(|since| since.text.clone()),
        date: declaration.date.as_ref().map(|date| date.text.clone()),
        until: declaration.until.as_ref().map(|until| until.text.clone()),
        articles: Vec::new(),
        sources: sources(report, &notes, cited),
        notes,
        declared: declaration.span,
        paragraph: draft.passage.block,
    };
    claim.articles = articles(input, report, id, &claim, near, &draft);
    mark(report, chapter, id, &draft);
    let target = Target {
        kind: CLAIM,
        label: format!("claim-{name}"),
        chapter,
        number: Some(claim.number.clone()),
        title: claim.text.clone(),
        anchor: name,
        span: declaration.id.as_ref().map_or(claim.declared, |id| id.span),
    };
    targets::add(report, target);
    report.chapters[chapter].claims.push(id);
    report.claims.push(claim);
}

fn mark(report: &mut Report, chapter: ChapterId, id: ClaimId, draft: &Draft) {
    let bindings = &mut report.chapters[chapter].bindings;
    if draft.is_span {
        bindings.mentions.insert(draft.span.start, Binding::Claim(id));
    } else {
        bindings.marks.push(Mark { span: draft.span, kind: MarkKind::Claim(id) });
    }
}

/// For each note the sources that it cites, as indices.
fn cited_in_notes(report: &Report) -> Vec<Vec<usize>> {
    let mut cited = vec![Vec::new(); report.notes.len()];
    for (index, source) in report.sources.iter().enumerate() {
        for note in source.citations.iter().filter_map(|citation| citation.note) {
            cited[note].push(index);
        }
    }
    cited
}

/// The keys of the sources that `notes` cite, in the order of first citation, each once.
fn sources(report: &Report, notes: &[NoteId], cited: &[Vec<usize>]) -> Vec<String> {
    let mut indices: Vec<usize> = notes.iter().flat_map(|note| &cited[*note]).copied().collect();
    indices.sort_unstable();
    indices.dedup();
    indices.into_iter().map(|index| report.sources[index].key.clone()).collect()
}

/// The articles named in the claim's words, then those of `law=` that are not among them.
fn articles(
    input: Input,
    report: &mut Report,
    id: ClaimId,
    claim: &Claim,
    near: &Near,
    draft: &Draft,
) -> Vec<ClaimArticle> {
    let mut articles: Vec<ClaimArticle> = Vec::new();
    let mut take = |reference: Reference, span: Span, mention: Option<usize>| {
        if !articles.iter().any(|known| known.reference == reference) {
            let verdict = verdict(input, &reference, &claim.rights);
            articles.push(ClaimArticle { reference, verdict, span, mention });
        }
    };
    for index in near.mentions(claim.span) {
        let mention = &mut report.mentions[index];
        if mention.note == draft.passage.note {
            mention.claim = Some(id);
            take(mention.reference.clone(), mention.span, Some(index));
        }
    }
    for written in &draft.declaration.law {
        let reference = Reference::parse(&written.text);
        let known = reference.filter(|reference| {
            let instrument = input.law.instrument(&reference.instrument);
            instrument.is_some_and(|i| i.article(&reference.article).is_some())
        });
        if let Some(reference) = known {
            take(reference, written.span, None);
        }
    }
    articles
}

fn verdict(input: Input, reference: &Reference, rights: &[String]) -> Verdict {
    match input.law.instrument(&reference.instrument) {
        // A right that does not exist is told of by itself; nothing can be said of its articles.
        _ if rights.iter().any(|right| law::right(right).is_none()) => Verdict::Unverified,
        Some(i) => law::verdict(i, &reference.article, &reference.pinpoint, rights),
        None => Verdict::Unverified,
    }
}
