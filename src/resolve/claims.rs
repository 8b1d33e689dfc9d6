//! Finds the claims, their words, their articles and their evidence.

use super::Input;
use super::near::Near;
use crate::annotation::{CLAIM, ClaimDeclaration, Finding};
use crate::document::{InlineKind, walk_blocks, walk_inlines};
use crate::law::{self, Reference, Verdict};
use crate::report::{
    Binding, Chapter, ChapterId, Claim, ClaimArticle, ClaimId, Id, Mark, MarkKind, MentionId,
    NoteId, Passage, Target,
};
use crate::source::Span;
use std::ops::Range;

/// Fills in claims with their targets and marks.
pub fn bind(input: Input, id: ChapterId, chapter: &mut Chapter) {
    let passages = std::mem::take(&mut chapter.passages);
    let near = Near::of(id, chapter, &passages);
    let cited = cited_in_notes(chapter);
    let mut drafts = drafts(chapter, &near);
    drafts.sort_by_key(|draft| (draft.span.start, draft.declaration.span.start));
    for draft in drafts {
        let id = Id { chapter: id, index: chapter.claims.len() };
        add(input, chapter, id, draft, &near, &cited);
    }
    chapter.passages = passages;
    chapter.bindings.marks.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
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

fn drafts<'a>(chapter: &Chapter, near: &Near<'a>) -> Vec<Draft<'a>> {
    let unit = &chapter.unit;
    let mut drafts = Vec::new();
    for note in &chapter.notes {
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
    let index = passage.prose.sentences().partition_point(|s| s.range.start < at).max(1) - 1;
    let range = passage.prose.sentences().get(index)?.range.clone();
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
    chapter: &mut Chapter,
    id: ClaimId,
    draft: Draft,
    near: &Near,
    cited: &[Vec<usize>],
) {
    let count = id.index + 1;
    let prefix = chapter.number.clone().unwrap_or_else(|| chapter.position.to_string());
    let declaration = &draft.declaration;
    let name = match &declaration.id {
        Some(id) => id.text.clone(),
        None => format!("c{}-{count:02}", prefix.to_lowercase()),
    };
    let notes = near.notes(draft.span);
    let mut claim = Claim {
        id: name.clone(),
        number: format!("{prefix}.{count}"),
        chapter: id.chapter,
        span: draft.span,
        text: draft.passage.prose.text[draft.range.clone()].trim().to_owned(),
        rights: declaration.rights.iter().map(|right| right.text.clone()).collect(),
        finding: declaration.finding.as_ref().and_then(|f| Finding::of(&f.text)),
        by: declaration.by.as_ref().map(|by| by.text.clone()),
        since: declaration.since.as_ref().map(|since| since.text.clone()),
        date: declaration.date.as_ref().map(|date| date.text.clone()),
        until: declaration.until.as_ref().map(|until| until.text.clone()),
        articles: Vec::new(),
        sources: sources(chapter, &notes, cited),
        notes,
        declared: declaration.span,
        paragraph: draft.passage.block,
    };
    claim.articles = articles(input, chapter, id, &claim, near, &draft);
    mark(chapter, id, &draft);
    let target = Target {
        kind: CLAIM,
        label: format!("claim-{name}"),
        chapter: id.chapter,
        number: Some(claim.number.clone()),
        title: claim.text.clone(),
        anchor: name,
        is_named: true,
        span: declaration.id.as_ref().map_or(claim.declared, |id| id.span),
    };
    chapter.targets.push(target);
    chapter.claims.push(claim);
}

fn mark(chapter: &mut Chapter, id: ClaimId, draft: &Draft) {
    let bindings = &mut chapter.bindings;
    if draft.is_span {
        bindings.mentions.insert(draft.span.start, Binding::Claim(id));
    } else {
        bindings.marks.push(Mark { span: draft.span, kind: MarkKind::Claim(id) });
    }
}

/// For each note the sources that it cites, by their place among those of the chapter.
fn cited_in_notes(chapter: &Chapter) -> Vec<Vec<usize>> {
    let mut cited = vec![Vec::new(); chapter.notes.len()];
    for (index, source) in chapter.cited.iter().enumerate() {
        for note in source.citations.iter().filter_map(|citation| citation.note) {
            cited[note.index].push(index);
        }
    }
    cited
}

/// The keys of the sources that `notes` cite, in the order of first citation, each once.
fn sources(chapter: &Chapter, notes: &[NoteId], cited: &[Vec<usize>]) -> Vec<String> {
    let mut indices: Vec<usize> =
        notes.iter().flat_map(|note| &cited[note.index]).copied().collect();
    indices.sort_unstable();
    indices.dedup();
    indices.into_iter().map(|index| chapter.cited[index].key.to_string()).collect()
}

/// The articles named in the claim's words, then those of `law=` that are not among them.
fn articles(
    input: Input,
    chapter: &mut Chapter,
    id: ClaimId,
    claim: &Claim,
    near: &Near,
    draft: &Draft,
) -> Vec<ClaimArticle> {
    let mut articles: Vec<ClaimArticle> = Vec::new();
    let mut take = |reference: Reference, span: Span, mention: Option<MentionId>| {
        if !articles.iter().any(|known| known.reference == reference) {
            let verdict = verdict(input, &reference, &claim.rights);
            articles.push(ClaimArticle { reference, verdict, span, mention });
        }
    };
    for place in near.mentions(claim.span) {
        let mention = &mut chapter.mentions[place.index];
        if mention.note == draft.passage.note {
            mention.claim = Some(id);
            take(mention.reference.clone(), mention.span, Some(place));
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
