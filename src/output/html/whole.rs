//! The whole report on one page, for paper: every chapter, the notes, the bibliography.
//!
//! Each id on it begins with the path of the page where it stands alone, so that none comes twice
//! and what is near is linked near. Registers and law stay on their own pages.

use super::rich::Place;
use super::text::TextWriter;
use super::{Sheet, View, chapter, head, rich};
use crate::config::Scope;
use crate::output::address::{self, SOURCES, WHOLE};
use crate::output::edition::Edition;
use crate::parallel;
use crate::report::ChapterId;
use crate::theme::view::{
    NoteGroup, NoteView, WholeChapter, WholeEntry, WholePart, WholeSources, WholeView,
};

/// The file of the page, where the site has it.
pub fn path(edition: &Edition) -> Option<String> {
    edition.prints.then(|| format!("{WHOLE}index.html"))
}

/// The page of the whole report.
pub fn sheet(edition: &Edition) -> Sheet {
    let mut head = head::head(edition, WHOLE, &edition.words.whole_report, &[]);
    // Every chapter has a page of its own, which is the one to be found.
    head.no_index = true;
    Sheet { path: format!("{WHOLE}index.html"), head, view: View::Whole(view(edition)) }
}

fn view(edition: &Edition) -> WholeView {
    let ids: Vec<ChapterId> = (0..edition.report.chapters.len()).collect();
    let mut chapters = parallel::map(&ids, |id| whole_chapter(edition, *id));
    let notes = match edition.config.notes.numbering {
        Scope::Chapter => Vec::new(),
        Scope::Report => {
            chapters.iter_mut().filter_map(|(chapter, _)| note_group(chapter)).collect()
        }
    };
    let has_code = chapters.iter().any(|(_, holds)| holds.0);
    let has_chart = chapters.iter().any(|(_, holds)| holds.1);
    let mut front = None;
    let mut parts: Vec<(Option<usize>, WholePart)> = Vec::new();
    for (id, (chapter, _)) in ids.into_iter().zip(chapters) {
        let it = &edition.report.chapters[id];
        if it.is_front {
            front = Some(chapter);
            continue;
        }
        if parts.last().is_none_or(|(part, _)| *part != it.part) {
            let title = it.part.map(|part| edition.report.parts[part].title.clone());
            parts.push((it.part, WholePart { title, chapters: Vec::new() }));
        }
        if let Some((_, part)) = parts.last_mut() {
            part.chapters.push(chapter);
        }
    }
    let parts = parts.into_iter().map(|(_, part)| part).collect();
    WholeView { front, parts, notes, sources: sources(edition), has_code, has_chart }
}

/// A chapter, and whether it holds code and charts.
fn whole_chapter(edition: &Edition, id: ChapterId) -> (WholeChapter, (bool, bool)) {
    let chapter = &edition.report.chapters[id];
    let front = &chapter.unit.front;
    let is_foreign = chapter.language != edition.config.book.language;
    let mut writer = TextWriter::new(edition, id).within(WHOLE);
    let body_html = writer.text(&chapter.unit.blocks);
    let view = WholeChapter {
        id: address::id(WHOLE, &chapter.path, ""),
        kicker: chapter.number.as_deref().map(|number| edition.numbered(number)),
        number: chapter.number.clone(),
        title: chapter.title.clone(),
        title_html: chapter::title_html(edition, id, WHOLE),
        language: is_foreign.then(|| chapter.language.clone()),
        dir: is_foreign.then(|| chapter::direction(&chapter.language).to_owned()),
        authors: front.authors.clone(),
        summary_html: chapter::summary_html(edition, id, WHOLE),
        body_html,
        notes: chapter::notes(edition, id, WHOLE),
    };
    (view, (writer.has_code, writer.has_chart))
}

/// Takes a chapter's notes away, for the list at the end of the report.
fn note_group(chapter: &mut WholeChapter) -> Option<NoteGroup> {
    let notes: Vec<NoteView> = std::mem::take(&mut chapter.notes);
    let title = match &chapter.kicker {
        Some(kicker) => format!("{kicker}. {}", chapter.title),
        None => chapter.title.clone(),
    };
    (!notes.is_empty()).then_some(NoteGroup { title, notes })
}

fn sources(edition: &Edition) -> Option<WholeSources> {
    let place = Place { edition, page: WHOLE };
    let entry = |(key, entry): &(String, crate::csl::Rich)| {
        let mut html = String::new();
        rich::push_all(&mut html, entry, place);
        WholeEntry { id: address::id(WHOLE, SOURCES, &edition.source_anchor(key)), html }
    };
    let entries: Vec<WholeEntry> = edition.entries.entries.iter().map(entry).collect();
    let id = address::id(WHOLE, SOURCES, "");
    (!entries.is_empty()).then_some(WholeSources { id, entries })
}
