//! The page of a chapter.

use super::inlines::mark_id;
use super::rich::Place;
use super::text::TextWriter;
use super::{Press, Sheet, View, escape, head};
use crate::document::{Block, BlockKind, Heading, plain_text};
use crate::law::Reference;
use crate::output::edition::Edition;
use crate::output::{Draft, address};
use crate::report::{Chapter, ChapterId, Id, NoteId};
use crate::theme::view::{
    Backlink, ChapterView, CiteBlock, Counts, Download, Head, Link, Neighbour, NoteView, Provision,
    RedirectView, TocItem,
};
use crate::words::fill;
use serde_json::json;
use std::collections::BTreeMap;

/// The pages of all chapters but the front page.
pub fn pages<'e>(press: &'e Press<'e>) -> impl Iterator<Item = Draft<'e>> {
    let edition = press.edition;
    let chapters = edition.report.chapters.iter().enumerate();
    let own = chapters.filter(|(_, chapter)| !chapter.is_front);
    own.map(move |(id, chapter)| press.page(page(chapter), move || sheet(edition, id)))
}

/// The file of a chapter's page.
fn page(chapter: &Chapter) -> String {
    format!("{}index.html", chapter.path)
}

/// Pages at earlier addresses of chapters.
pub fn redirects(edition: &Edition) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    for chapter in &edition.report.chapters {
        for alias in &chapter.unit.front.aliases {
            let old = format!("{}/", alias.value.trim_matches('/'));
            let mut head = head::head(edition, &old, &chapter.title, &[]);
            head.canonical = edition.absolute(&chapter.path);
            head.no_index = true;
            let url = address::relative(&old, &chapter.path);
            let view = View::Redirect(RedirectView { url, title: chapter.title.clone() });
            sheets.push(Sheet { path: format!("{old}index.html"), head, view });
        }
    }
    sheets
}

fn sheet(edition: &Edition, id: ChapterId) -> Sheet {
    let chapter = &edition.report.chapters[id];
    let mut head = head::head(edition, &chapter.path, &chapter.title, &[]);
    head.description = chapter.unit.summary_text().or(head.description);
    if chapter.language != edition.config.book.language {
        head.language = Some(chapter.language.clone());
        head.dir = Some(direction(&chapter.language).to_owned());
    }
    head.meta.extend(head::bibliographic(edition, Some(id)));
    head.json_ld = linked_data(edition, id, &head);
    let (prev, next) = neighbours(edition, id);
    for (rel, neighbour) in [("prev", &prev), ("next", &next)] {
        if let Some(neighbour) = neighbour {
            head.links.push(head::link(rel, neighbour.url.clone(), None));
        }
    }
    let view = view(edition, id, prev, next);
    head.links.extend(view.cite.iter().flat_map(head::cite_links));
    let view = View::Chapter(Box::new(view));
    Sheet { path: page(chapter), head, view }
}

/// The direction in which `language`, a BCP 47 tag, is written.
pub fn direction(language: &str) -> &'static str {
    match language.split('-').next() {
        Some("ar" | "ckb" | "dv" | "fa" | "he" | "ps" | "ug" | "ur" | "yi") => "rtl",
        _ => "ltr",
    }
}

fn view(
    edition: &Edition,
    id: ChapterId,
    prev: Option<Neighbour>,
    next: Option<Neighbour>,
) -> ChapterView {
    let chapter = &edition.report.chapters[id];
    let front = &chapter.unit.front;
    let mut writer = TextWriter::new(edition, id);
    let body_html = writer.text(&chapter.unit.blocks);
    let date = front.date.as_ref().map(|date| date.value.to_string());
    let provisions = provisions(edition, id);
    ChapterView {
        kicker: chapter.number.as_deref().map(|n| edition.numbered(n)),
        number: chapter.number.clone(),
        title: chapter.title.clone(),
        title_html: title_html(edition, id, &chapter.path),
        title_id: title_id(edition, id).unwrap_or_default(),
        summary_html: summary_html(edition, id, &chapter.path),
        authors: front.authors.clone(),
        date_words: date.as_deref().map(|date| edition.words.date(date)),
        date,
        counts: counts(edition, id, provisions.len()),
        toc: toc(edition, id),
        has_code: writer.has_code,
        has_chart: writer.has_chart,
        body_html,
        provisions,
        notes: notes(edition, id, &chapter.path),
        cite: Some(cite(edition, Some(id))),
        prev,
        next,
    }
}

/// The summary as one paragraph on `page`, if the chapter has one.
pub fn summary_html(edition: &Edition, id: ChapterId, page: &str) -> Option<String> {
    let words = &edition.report.chapters[id].unit.summary;
    let html = TextWriter::new(edition, id).copy(page).line(words);
    (!html.is_empty()).then(|| format!("<p>{html}</p>"))
}

/// The title with its markup on `page`, if it has any words of the author's.
pub fn title_html(edition: &Edition, id: ChapterId, page: &str) -> Option<String> {
    let own = &edition.report.chapters[id].unit.title;
    let words = match own.is_empty() {
        true => &title_heading(edition, id)?.1.content,
        false => own,
    };
    Some(TextWriter::new(edition, id).copy(page).line(words)).filter(|html| !html.is_empty())
}

/// The id of the heading that gives the title, where one does.
fn title_id(edition: &Edition, id: ChapterId) -> Option<String> {
    let (block, _) = title_heading(edition, id)?;
    edition.report.chapters[id].bindings.anchors.get(&block.span.start).cloned()
}

/// How much a chapter holds.
pub fn counts(edition: &Edition, id: ChapterId, provisions: usize) -> Counts {
    let chapter = &edition.report.chapters[id];
    Counts {
        notes: chapter.notes.len(),
        claims: chapter.claims.len(),
        provisions,
        sources: chapter.cited.len(),
        words: chapter.words,
    }
}

/// The heading that gives the title, where one does.
fn title_heading<'e>(edition: &'e Edition, id: ChapterId) -> Option<(&'e Block, &'e Heading)> {
    let chapter = &edition.report.chapters[id];
    let block = chapter.unit.blocks.iter().find(|block| edition.is_title(id, block.span))?;
    let BlockKind::Heading(heading) = &block.kind else { return None };
    Some((block, heading))
}

fn toc(edition: &Edition, id: ChapterId) -> Vec<TocItem> {
    let chapter = &edition.report.chapters[id];
    let headings = chapter.unit.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Heading(heading) if !edition.is_title(id, block.span) => Some((block, heading)),
        _ => None,
    });
    headings
        .filter_map(|(block, heading)| {
            Some(TocItem {
                level: heading.level.max(2),
                id: chapter.bindings.anchors.get(&block.span.start)?.clone(),
                number: None,
                title: plain_text(&heading.content),
            })
        })
        .collect()
}

/// The place of an instrument in the chapter, the numbers of the provision, the provision.
type RowKey = (usize, Vec<u64>, Reference);

/// The table of authorities: each provision with the claims on it and the other places that name it.
fn provisions(edition: &Edition, id: ChapterId) -> Vec<Provision> {
    let chapter = &edition.report.chapters[id];
    let mut rows: BTreeMap<RowKey, (Vec<Link>, Vec<Link>)> = BTreeMap::new();
    // Instruments in the order in which the chapter first names them.
    let mut order: Vec<String> = Vec::new();
    let mut key = |reference: &Reference| {
        let name = &reference.instrument;
        let rank = order.iter().position(|known| known == name).unwrap_or_else(|| {
            order.push(name.clone());
            order.len() - 1
        });
        (
            rank,
            address::numeric(&format!("{}{}", reference.article, reference.pinpoint)),
            reference.clone(),
        )
    };
    for mention in &chapter.mentions {
        let row = rows.entry(key(&mention.reference)).or_default();
        if mention.claim.is_none() {
            let (_, url) = edition.mention_place(mention);
            let label = mention_label(edition, chapter, mention);
            let link = Link { label, url: address::relative(&chapter.path, &url) };
            if !row.1.contains(&link) {
                row.1.push(link);
            }
        }
    }
    for claim in &chapter.claims {
        for article in &claim.articles {
            let row = rows.entry(key(&article.reference)).or_default();
            row.0.push(Link { label: claim.number.clone(), url: format!("#{}", claim.id) });
        }
    }
    rows.into_iter()
        .map(|((_, _, reference), (claims, mentions))| Provision {
            id: address::authority(&reference),
            label: edition.provision_label(&reference),
            title: edition.subject(&reference),
            url: address::relative(&chapter.path, &address::provision(&reference)),
            claims,
            mentions,
        })
        .collect()
}

fn mention_label(edition: &Edition, chapter: &Chapter, mention: &crate::report::Mention) -> String {
    let words = edition.words;
    if let Some(note) = mention.note {
        let number = edition.report.note(note).number.to_string();
        return fill(&words.note_short, &[("n", &number)]);
    }
    match chapter.bindings.paragraphs.get(&mention.paragraph) {
        Some(number) => fill(&words.paragraph_short, &[("n", &number.to_string())]),
        None => edition.chapter_words(mention.chapter),
    }
}

/// The notes of a chapter as they stand on `page`.
pub fn notes(edition: &Edition, id: ChapterId, page: &str) -> Vec<NoteView> {
    let notes = 0..edition.report.chapters[id].notes.len();
    notes.map(|index| note_view(edition, Id { chapter: id, index }, page)).collect()
}

fn note_view(edition: &Edition, id: NoteId, page: &str) -> NoteView {
    let note = edition.report.note(id);
    let home = &edition.report.chapters[note.chapter].path;
    let number = note.number;
    let count = note.references.len();
    let backlinks = (0..count as u32).map(|occurrence| {
        let n = number.to_string();
        let letter = match count {
            1 => String::new(),
            _ => ((b'a' + (occurrence % 26) as u8) as char).to_string(),
        };
        let label = match count {
            1 => fill(&edition.words.back_to_note, &[("n", &n)]),
            _ => fill(&edition.words.back_to_use, &[("letter", &letter), ("n", &n)]),
        };
        let mark = [home, "#", &mark_id(number, occurrence)].concat();
        Backlink { url: edition.url(page, &mark), letter, label }
    });
    let mut html = note_html(edition, id, page);
    html.truncate(html.trim_end().len());
    NoteView {
        number,
        id: address::id(page, home, &["n", &number.to_string()].concat()),
        html,
        backlinks: backlinks.collect(),
    }
}

/// A note's HTML on `page`; a note that is a citation alone is a paragraph.
pub fn note_html(edition: &Edition, id: NoteId, page: &str) -> String {
    let note = edition.report.note(id);
    let unit = &edition.report.chapters[note.chapter].unit;
    match &note.body {
        crate::report::NoteBody::Definition(_) => {
            TextWriter::new(edition, note.chapter).within(page).note(note.blocks(unit))
        }
        crate::report::NoteBody::Citation(blocks) => own_note(edition, id, blocks, page),
    }
}

/// A citation that stood in running text is bound as a mark there, and set here.
fn own_note(edition: &Edition, id: NoteId, blocks: &[Block], page: &str) -> String {
    let note = edition.report.note(id);
    let mut html = String::from("<p>");
    for inline in blocks.iter().flat_map(|block| block.inline_lists()).flatten() {
        if let crate::document::InlineKind::Citation(cluster) = &inline.kind
            && let Some(rich) = edition.set_citation(note.chapter, inline.span.start)
        {
            let place = Place { edition, page };
            super::rich::push(&mut html, rich, cluster, place);
        }
    }
    html.push_str("</p>\n");
    html
}

/// A note as a reader hears it.
pub fn note_text(edition: &Edition, id: NoteId) -> String {
    let page = &edition.report.chapters[id.chapter].path;
    escape::plain(&note_html(edition, id, page))
}

fn neighbours(edition: &Edition, id: ChapterId) -> (Option<Neighbour>, Option<Neighbour>) {
    let page = &edition.report.chapters[id].path;
    let chapters = &edition.report.chapters;
    let neighbour = |id: ChapterId| {
        let other = chapters.get(id).filter(|chapter| !chapter.is_front)?;
        Some(Neighbour {
            kicker: other.number.as_deref().map(|n| edition.numbered(n)).unwrap_or_default(),
            title: other.title.clone(),
            title_html: title_html(edition, id, page),
            url: address::relative(page, &other.path),
        })
    };
    (id.checked_sub(1).and_then(neighbour), neighbour(id + 1))
}

/// How to cite a chapter, or the report.
pub fn cite(edition: &Edition, chapter: Option<ChapterId>) -> CiteBlock {
    let book = &edition.config.book;
    let own = chapter.map(|id| &edition.report.chapters[id]);
    let page = own.map_or("", |chapter| &chapter.path);
    let signed = own.map(|c| &c.unit.front.authors).filter(|authors| !authors.is_empty());
    let authors = edition.words.list(signed.unwrap_or(&book.authors));
    let title = format!("<cite>{}</cite>", escape::escaped(&book.title));
    let mut parts = Vec::new();
    if !authors.is_empty() {
        parts.push(escape::escaped(&authors));
    }
    if let Some(chapter) = own {
        let words = edition.words;
        let quoted = format!("{}{}{}", words.quote_open, chapter.title, words.quote_close);
        parts.push(escape::escaped(&quoted));
    }
    parts.push(title);
    parts.extend(book.edition.as_deref().map(escape::escaped));
    parts.extend(book.publisher.as_deref().map(escape::escaped));
    parts.extend(book.date.map(|date| escape::escaped(&edition.words.date(&date.to_string()))));
    let permalink = book
        .doi
        .as_ref()
        .filter(|_| chapter.is_none())
        .map(|doi| format!("https://doi.org/{doi}"))
        .or_else(|| edition.absolute(page));
    if let Some(url) = &permalink {
        let url = escape::escaped(url);
        parts.push(format!("<a href=\"{url}\">{url}</a>"));
    }
    let note_html = format!("{}.", parts.join(", "));
    let bibliography_html = bibliography_form(edition, chapter, &parts);
    CiteBlock { note_html, bibliography_html, permalink, downloads: cite_downloads(page, chapter) }
}

/// Full stops instead of commas, as a bibliography has them.
fn bibliography_form(_: &Edition, _: Option<ChapterId>, parts: &[String]) -> String {
    format!("{}.", parts.join(". "))
}

fn cite_downloads(page: &str, chapter: Option<ChapterId>) -> Vec<Download> {
    let name = if chapter.is_some() { "cite" } else { "data/report" };
    let files = [("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "csl.json")];
    files
        .iter()
        .map(|(label, ending)| Download {
            label: (*label).to_owned(),
            url: address::relative(page, &format!("{page}{name}.{ending}")),
            size: String::new(),
        })
        .collect()
}

fn linked_data(edition: &Edition, id: ChapterId, head: &Head) -> String {
    let chapter = &edition.report.chapters[id];
    let book = &edition.config.book;
    let front = &chapter.unit.front;
    let authors = if front.authors.is_empty() { &book.authors } else { &front.authors };
    let people = authors.iter().map(|name| json!({ "@type": "Person", "name": name }));
    let date = front.date.as_ref().map(|date| date.value).or(book.date);
    let Some(url) = edition.absolute(&chapter.path) else { return String::new() };
    let report = edition.absolute("").unwrap_or_default();
    let mut items = vec![json!({
        "@type": "Chapter",
        "@id": url,
        "url": url,
        "name": chapter.title,
        "abstract": chapter.unit.summary_text(),
        "author": people.collect::<Vec<_>>(),
        "datePublished": date.map(|date| date.to_string()),
        "position": chapter.position,
        "inLanguage": chapter.language,
        "isPartOf": { "@type": "Report", "@id": report, "name": book.title },
    })];
    for claim in &chapter.claims {
        let citation = claim.articles.iter().map(|article| {
            let page = edition.absolute(&address::provision(&article.reference));
            json!({ "@type": "Legislation", "@id": page, "name": edition.provision_label(&article.reference) })
        });
        items.push(json!({
            "@type": "Claim",
            "@id": format!("{url}#{}", claim.id),
            "name": fill(&edition.words.claim_ref, &[("n", &claim.number)]),
            "text": claim.text,
            "appearance": { "@id": url },
            "citation": citation.collect::<Vec<_>>(),
        }));
    }
    head::graph(head, items)
}
