//! A claim in full, as the register and an article's page show it.

use super::text::TextWriter;
use super::{escape, marks};
use crate::document::{Block, BlockKind, Inline, walk_blocks};
use crate::law;
use crate::output::address;
use crate::output::edition::Edition;
use crate::report::{Claim, ClaimId, NoteId};
use crate::source::Span;
use crate::theme::view::{ArticleChip, ClaimRow, NoteLink, RightChip};

/// The row of `claim` for `page`.
pub fn row(edition: &Edition, claim: ClaimId, page: &str) -> ClaimRow {
    let claim = edition.report.claim(claim);
    let chapter = &edition.report.chapters[claim.chapter];
    let link = |target: &str| address::relative(page, target);
    let note = |id: &NoteId| {
        let number = edition.report.note(*id).number;
        NoteLink { number, url: link(&format!("{}#n{number}", chapter.path)) }
    };
    let mut instruments: Vec<String> =
        claim.articles.iter().map(|article| article.reference.instrument.clone()).collect();
    instruments.sort();
    instruments.dedup();
    ClaimRow {
        id: claim.id.clone(),
        number: claim.number.clone(),
        url: link(&format!("{}#{}", chapter.path, claim.id)),
        text_html: words(edition, claim, page),
        rights: claim.rights.iter().map(|id| right_chip(id, page)).collect(),
        articles: claim.articles.iter().map(|article| chip(edition, article, page)).collect(),
        instruments,
        finding: claim.finding.map(|finding| marks::finding(edition.words, finding)),
        by: claim.by.as_deref().map(|by| law::state_name(by).unwrap_or(by).to_owned()),
        period: period(edition, claim),
        notes: claim.notes.iter().map(note).collect(),
        place: edition.place(claim.chapter, claim.paragraph).0,
        repeated: false,
    }
}

/// `12 June 2019`, `2014–2019`, `2014–`.
fn period(edition: &Edition, claim: &Claim) -> Option<String> {
    let words = |date: &Option<String>| date.as_deref().map(|date| edition.words.date(date));
    match (words(&claim.date), words(&claim.since), words(&claim.until)) {
        (Some(day), ..) => Some(day),
        (None, None, None) => None,
        (None, since, until) => {
            let joint =
                if [&since, &until].iter().any(|d| d.as_ref().is_some_and(|d| d.contains(' '))) {
                    " – "
                } else {
                    "–"
                };
            let period = [since.unwrap_or_default(), until.unwrap_or_default()].join(joint);
            Some(period.trim().to_owned())
        }
    }
}

fn chip(edition: &Edition, article: &crate::report::ClaimArticle, page: &str) -> ArticleChip {
    ArticleChip {
        label: edition.provision_label(&article.reference),
        reference: article.reference.to_string(),
        url: address::relative(page, &address::provision(&article.reference)),
        verdict: marks::verdict(edition.words, article.verdict),
    }
}

/// A right, linked to its place in the register.
pub fn right_chip(id: &str, page: &str) -> RightChip {
    let label = law::right(id).map_or(id, |right| &right.label);
    RightChip {
        id: id.to_owned(),
        label: label.to_owned(),
        url: Some(address::relative(page, &format!("claims/by-right/#right-{id}"))),
    }
}

/// The claim's words with their markup, as far as whole inlines make them up; else as plain text.
fn words(edition: &Edition, claim: &Claim, page: &str) -> String {
    let unit = &edition.report.chapters[claim.chapter].unit;
    let notes = before(&unit.notes, claim.span.start, |note| note.span);
    let note = notes.last().map_or(&[][..], |note| &note.blocks);
    let found = [&unit.blocks[..], note].iter().find_map(|blocks| {
        let around = before(blocks, claim.span.start, |block| block.span).last()?;
        let mut found = None;
        walk_blocks(std::slice::from_ref(around), &mut |block: &Block| {
            if let BlockKind::Paragraph(content) = &block.kind
                && block.span.contains(claim.span)
            {
                found = found.take().or_else(|| cut(content, claim));
            }
        });
        found
    });
    match found {
        Some(inlines) => {
            TextWriter::new(edition, claim.chapter).copy(page).line(&inlines).trim().to_owned()
        }
        None => escape::escaped(&claim.text),
    }
}

/// The items that begin at or before byte `at`; items stand in the order of the source.
fn before<T>(items: &[T], at: usize, span: impl Fn(&T) -> Span) -> &[T] {
    &items[..items.partition_point(|item| span(item).start <= at)]
}

/// The inlines of `content` within the claim; text at its ends is cut.
fn cut(content: &[Inline], claim: &Claim) -> Option<Vec<Inline>> {
    use crate::document::InlineKind;
    let span = claim.span;
    let mut inlines = Vec::new();
    let from = content.partition_point(|inline| inline.span.end <= span.start);
    for inline in content[from..].iter().take_while(|inline| inline.span.start < span.end) {
        if let InlineKind::Span { content, .. } = &inline.kind
            && inline.span == span
        {
            return Some(content.clone());
        }
        if span.contains(inline.span) {
            inlines.push(inline.clone());
            continue;
        }
        let InlineKind::Text(text) = &inline.kind else { return None };
        if text.len() != inline.span.end - inline.span.start {
            return None;
        }
        let from = span.start.max(inline.span.start);
        let to = span.end.min(inline.span.end);
        let part = text.get(from - inline.span.start..to - inline.span.start)?.to_owned();
        let span = Span::new(span.file, from..to);
        inlines.push(Inline { span, kind: InlineKind::Text(part) });
    }
    (!inlines.is_empty()).then_some(inlines)
}
