//! What stands where in a chapter: passages, note marks and mentions by their place in the source,
//! so that a claim finds what is inside it without walking the chapter.

use crate::quick::QuickMap;
use crate::report::{Chapter, ChapterId, Id, MentionId, NoteId, Passage};
use crate::source::Span;

/// The places of one chapter.
pub struct Near<'a> {
    /// In the order of the source.
    passages: Vec<Extent<'a>>,
    /// Note marks by their first byte: the passage and the place in its text.
    marks: QuickMap<usize, (&'a Passage, usize)>,
    /// First bytes of references, sorted, with their notes.
    references: Vec<(Span, NoteId)>,
    /// First bytes of mentions, sorted.
    mentions: Vec<(Span, MentionId)>,
}

/// A passage with the bytes that it stands in.
struct Extent<'a> {
    start: usize,
    /// The end of this passage or of a longer one before it: a note in place lies in a paragraph.
    reach: usize,
    passage: &'a Passage,
}

impl<'a> Near<'a> {
    /// Collects the places of `chapter`, whose passages are given.
    pub fn of(id: ChapterId, chapter: &Chapter, passages: &'a [Passage]) -> Near<'a> {
        let mut marks = QuickMap::default();
        for passage in passages {
            for (at, mark) in &passage.prose.notes {
                marks.entry(mark.start).or_insert((passage, *at));
            }
        }
        let own = move |index| Id { chapter: id, index };
        let notes = chapter.notes.iter().enumerate();
        let references =
            notes.flat_map(|(note, it)| it.references.iter().map(move |r| (*r, own(note))));
        let mentions = chapter.mentions.iter().enumerate();
        Near {
            passages: extents(passages),
            marks,
            references: sorted(references),
            mentions: sorted(mentions.map(|(mention, it)| (it.span, own(mention)))),
        }
    }

    /// The passage that holds the note mark `mark`, and its place in the text.
    pub fn mark(&self, mark: Span) -> Option<(&'a Passage, usize)> {
        self.marks.get(&mark.start).copied()
    }

    /// The passages that may hold `span`, in the order of the source.
    pub fn passages(&self, span: Span) -> impl Iterator<Item = &'a Passage> {
        let from = self.passages.partition_point(|extent| extent.reach <= span.start);
        let near = self.passages[from..].iter().take_while(move |extent| extent.start < span.end);
        near.map(|extent| extent.passage)
    }

    /// The notes that are called inside `span`, in the order of their numbers.
    pub fn notes(&self, span: Span) -> Vec<NoteId> {
        let mut notes = inside(&self.references, span);
        notes.sort_unstable();
        notes.dedup();
        notes
    }

    /// The mentions inside `span`, in reading order.
    pub fn mentions(&self, span: Span) -> Vec<MentionId> {
        let mut mentions = inside(&self.mentions, span);
        mentions.sort_unstable();
        mentions
    }
}

fn extents(passages: &[Passage]) -> Vec<Extent<'_>> {
    let mut extents: Vec<Extent> = passages
        .iter()
        .filter_map(|passage| {
            let text = passage.prose.span(0..passage.prose.text.len());
            let notes = passage.prose.notes.iter().map(|(_, mark)| *mark);
            let whole = text.into_iter().chain(notes).reduce(Span::to)?;
            Some(Extent { start: whole.start, reach: whole.end, passage })
        })
        .collect();
    extents.sort_by_key(|extent| extent.start);
    let mut reach = 0;
    for extent in &mut extents {
        reach = extent.reach.max(reach);
        extent.reach = reach;
    }
    extents
}

fn sorted<T: Copy>(items: impl Iterator<Item = (Span, T)>) -> Vec<(Span, T)> {
    let mut items: Vec<(Span, T)> = items.collect();
    items.sort_by_key(|(span, _)| span.start);
    items
}

fn inside<T: Copy>(items: &[(Span, T)], span: Span) -> Vec<T> {
    let from = items.partition_point(|(item, _)| item.start < span.start);
    let near = items[from..].iter().take_while(|(item, _)| item.start < span.end);
    near.filter(|(item, _)| span.contains(*item)).map(|(_, value)| *value).collect()
}
