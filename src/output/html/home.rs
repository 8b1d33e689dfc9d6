//! The front page.

use super::text::TextWriter;
use super::{Sheet, View, chapter, head};
use crate::output::address;
use crate::output::edition::Edition;
use crate::report::{Chapter, ChapterId};
use crate::theme::view::{ContentsItem, Counts, Download, HomeView, Link, PartView};

/// The front page with the contents.
pub fn sheet(edition: &Edition) -> Sheet {
    let mut head = head::head(edition, "", &edition.config.book.title, &[]);
    head.meta.extend(head::bibliographic(edition, None));
    head.links.push(head::link(
        "alternate",
        "./data/sources.json".into(),
        Some("application/json"),
    ));
    head.json_ld = head::graph(&head, head::report_ld(edition).into_iter().collect());
    let view = view(edition);
    head.links.extend(view.cite.iter().flat_map(head::cite_links));
    Sheet { path: "index.html".to_owned(), head, view: View::Home(view) }
}

fn view(edition: &Edition) -> HomeView {
    let report = edition.report;
    let front = report.chapters.iter().position(|chapter| chapter.is_front);
    let body_html = front.map(|id| {
        let mut writer = TextWriter::new(edition, id);
        writer.text(&report.chapters[id].unit.blocks)
    });
    let first = report.chapters.iter().find(|chapter| !chapter.is_front);
    HomeView {
        body_html: body_html.unwrap_or_default(),
        notes: front.map(|id| chapter::notes(edition, id, "")).unwrap_or_default(),
        summary_html: front.and_then(|id| chapter::summary_html(edition, id, "")),
        parts: parts(edition),
        counts: counts(edition),
        cite: Some(chapter::cite(edition, None)),
        downloads: downloads(edition),
        first: first.map(|chapter| Link {
            label: chapter.title.clone(),
            url: address::relative("", &chapter.path),
        }),
    }
}

/// How much the report holds.
fn counts(edition: &Edition) -> Counts {
    let report = edition.report;
    let mut provisions: Vec<_> = report.mentions().map(|(_, m)| &m.reference).collect();
    provisions.sort();
    provisions.dedup();
    Counts {
        notes: report.total(|chapter| chapter.notes.len()),
        claims: report.total(|chapter| chapter.claims.len()),
        provisions: provisions.len(),
        sources: report.sources.len(),
        words: 0,
    }
}

/// The contents: chapters in their parts, in reading order.
fn parts(edition: &Edition) -> Vec<PartView> {
    let mut parts: Vec<(Option<usize>, PartView)> = Vec::new();
    for (id, chapter) in edition.report.chapters.iter().enumerate() {
        if chapter.is_front {
            continue;
        }
        if parts.last().is_none_or(|(part, _)| *part != chapter.part) {
            let title = chapter.part.map(|part| edition.report.parts[part].title.clone());
            parts.push((chapter.part, PartView { title, chapters: Vec::new() }));
        }
        if let Some((_, part)) = parts.last_mut() {
            part.chapters.push(contents_item(edition, id, chapter));
        }
    }
    parts.into_iter().map(|(_, part)| part).collect()
}

fn contents_item(edition: &Edition, id: ChapterId, chapter: &Chapter) -> ContentsItem {
    let front = &chapter.unit.front;
    let is_own = front.authors != edition.config.book.authors;
    ContentsItem {
        number: chapter.number.clone(),
        title: chapter.title.clone(),
        url: address::relative("", &chapter.path),
        title_html: chapter::title_html(edition, id, ""),
        summary: chapter.unit.summary_text(),
        summary_html: chapter::summary_html(edition, id, ""),
        authors: if is_own { front.authors.clone() } else { Vec::new() },
        counts: chapter::counts(edition, id, 0),
    }
}

/// The data of the report as files, each named by what it holds and its format.
fn downloads(edition: &Edition) -> Vec<Download> {
    let (report, words) = (edition.report, edition.words);
    let kinds = [
        (true, &words.report, "report", &["json"][..]),
        (true, &words.notes, "notes", &["json"]),
        (report.claims().next().is_some(), &words.claims, "claims", &["csv", "json"]),
        (report.mentions().next().is_some(), &words.law, "mentions", &["json"]),
        (!report.sources.is_empty(), &words.sources, "sources", &["bib", "ris", "json"]),
    ];
    let mut files = Vec::new();
    for (_, name, file, endings) in kinds.into_iter().filter(|kind| kind.0) {
        files.extend(endings.iter().map(|ending| {
            let format = if *ending == "bib" { "BibTeX".to_owned() } else { ending.to_uppercase() };
            Download {
                label: format!("{name} ({format})"),
                url: address::relative("", &format!("data/{file}.{ending}")),
                size: String::new(),
            }
        }));
    }
    files
}
