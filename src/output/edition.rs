//! A report with everything that printing it needs, prepared once: set citations, addresses, words.

use super::Pictures;
use super::address;
use super::citations::{SetCitations, SetEntries};
use crate::bibliography::Bibliography;
use crate::config::Config;
use crate::csl::Rich;
use crate::document::{Block, BlockKind, InlineKind, walk_blocks, walk_inlines};
use crate::law::{Law, Reference};
use crate::quick::QuickSet;
use crate::report::{ChapterId, Mention, NoteId, Referent, Report};
use crate::source::{Sources, Span, join};
use crate::words::{Words, fill};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What every output is made from.
pub struct Edition<'a> {
    /// The files.
    pub sources: &'a Sources,
    /// `book.toml`.
    pub config: &'a Config,
    /// The law.
    pub law: &'a Law,
    /// The bibliography.
    pub bibliography: &'a Bibliography,
    /// The report.
    pub report: &'a Report,
    /// The words of its language.
    pub words: &'static Words,
    /// The citations of each chapter.
    pub citations: &'a [Arc<SetCitations>],
    /// The bibliography.
    pub entries: &'a SetEntries,
    /// The paths of the pages that the page of the whole report holds.
    pub within: QuickSet<&'a str>,
    /// Whether the site has the whole report on one page.
    pub prints: bool,
    /// Whether the site has an index to search in.
    pub searches: bool,
    /// Pictures in fewer pixels.
    pub pictures: &'a Pictures,
}

impl Edition<'_> {
    /// Whether the heading at `span` gives the chapter its title and is printed as that.
    pub fn is_title(&self, chapter: ChapterId, span: Span) -> bool {
        let unit = &self.report.chapters[chapter].unit;
        let first = unit
            .blocks
            .iter()
            .find(|block| matches!(&block.kind, BlockKind::Heading(heading) if heading.level == 1));
        unit.front.title.is_none() && first.is_some_and(|block| block.span == span)
    }

    /// The way from `page` to `target`, below the site's root; on the page of the whole report what
    /// it holds itself is near.
    pub fn url(&self, page: &str, target: &str) -> String {
        let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
        match page == address::WHOLE && self.within.contains(path) {
            true => ["#", &address::id(page, path, fragment)].concat(),
            false => address::relative(page, target),
        }
    }

    /// The address of `target`, as `chapter` writes it, from `page`; nothing if it leads nowhere
    /// or may not be followed.
    pub fn link(&self, chapter: ChapterId, page: &str, target: &str) -> Option<String> {
        self.followed(chapter, page, target).map(|url| address::encoded(&url))
    }

    fn followed(&self, chapter: ChapterId, page: &str, target: &str) -> Option<String> {
        if target.starts_with("law:") || !address::is_safe(target) {
            return None;
        }
        if let Some(doi) = target.strip_prefix("doi:") {
            return Some(format!("https://doi.org/{doi}"));
        }
        if address::is_external(target) || target.is_empty() {
            return Some(target.to_owned());
        }
        let here = &self.report.chapters[chapter];
        if target.starts_with('#') {
            return Some(self.url(page, &format!("{}{target}", here.path)));
        }
        let (path, rest) = split_path(target);
        match self.resolve(chapter, path)? {
            Place::Chapter(id) => {
                let to = &self.report.chapters[id].path;
                Some(self.url(page, &format!("{to}{rest}")))
            }
            Place::Asset(path) => Some(format!("{}{path}{rest}", address::root(page))),
        }
    }

    /// What `path`, written in `chapter`, leads to.
    fn resolve(&self, chapter: ChapterId, path: &str) -> Option<Place> {
        let full = self.full_path(chapter, path)?;
        if let Some(file) = self.sources.find(&full)
            && let Some(id) = self.report.chapter_of(file)
        {
            return Some(Place::Chapter(id));
        }
        self.sources.assets.contains_key(&full).then(|| Place::Asset(self.asset_path(&full)))
    }

    /// The path from the project root of `path` as written in `chapter`.
    fn full_path(&self, chapter: ChapterId, path: &str) -> Option<String> {
        let file = self.report.chapters[chapter].unit.file;
        join(&self.sources.file(file).path, &self.config.book.src, path)
    }

    /// Where an asset of the content folder stands on the site.
    fn asset_path(&self, full: &str) -> String {
        let folder = format!("{}/", self.config.book.src);
        full.strip_prefix(&folder).unwrap_or(full).to_owned()
    }

    /// The assets of the content folder that go to the site, by their path there.
    pub fn assets(&self) -> BTreeMap<String, crate::source::Asset> {
        let folder = format!("{}/", self.config.book.src);
        let own = self.sources.assets.iter().filter(|(path, _)| path.starts_with(&folder));
        own.map(|(path, bytes)| (self.asset_path(path), bytes.clone())).collect()
    }

    /// The text of the data file that an image names.
    pub fn text_beside(&self, chapter: ChapterId, target: &str) -> Option<&str> {
        let file = self.sources.find(&self.full_path(chapter, target)?)?;
        Some(&self.sources.file(file).text)
    }

    /// The data file beside an image: its address on the site and its size in words.
    pub fn data_beside(&self, chapter: ChapterId, image: &str) -> Option<(String, String)> {
        let (stem, _) = image.rsplit_once('.')?;
        let full = self.full_path(chapter, &format!("{stem}.csv"))?;
        let bytes = self.sources.assets.get(&full)?;
        Some((self.asset_path(&full), size(bytes.len())))
    }

    /// The path on the site of the asset that an image names.
    pub fn asset(&self, chapter: ChapterId, target: &str) -> Option<String> {
        let full = self.full_path(chapter, target)?;
        self.sources.assets.contains_key(&full).then(|| self.asset_path(&full))
    }

    /// Width and height of an image in pixels, where its file says so.
    pub fn image_size(&self, chapter: ChapterId, target: &str) -> Option<(u32, u32)> {
        let full = self.full_path(chapter, target)?;
        super::image::size(self.sources.assets.get(&full)?)
    }

    /// What a provision is called and is about: `ICCPR art. 19(3): Limits …`.
    pub fn provision_title(&self, reference: &Reference) -> String {
        let label = self.provision_label(reference);
        match self.subject(reference) {
            subject if subject.is_empty() => label,
            subject => format!("{label}: {subject}"),
        }
    }

    /// `ICCPR art. 19(3)`.
    pub fn provision_label(&self, reference: &Reference) -> String {
        match self.law.instrument(&reference.instrument) {
            Some(instrument) if reference.article.is_empty() => instrument.short_name.clone(),
            Some(instrument) => instrument.cite_words(&reference.article, &reference.pinpoint),
            None => reference.to_string(),
        }
    }

    /// What a provision is about, in our words: that of its pinpoint, else that of the article.
    pub fn subject(&self, reference: &Reference) -> String {
        let instrument = self.law.instrument(&reference.instrument);
        let Some(article) = instrument.and_then(|i| i.article(&reference.article)) else {
            return String::new();
        };
        match article.paragraph(&reference.pinpoint) {
            Some(paragraph) if !paragraph.label.is_empty() => paragraph.label.clone(),
            _ => article.title.clone(),
        }
    }

    /// Whether a note says something besides its citations.
    pub fn is_comment(&self, note: NoteId) -> bool {
        let note = self.report.note(note);
        let unit = &self.report.chapters[note.chapter].unit;
        let mut says = false;
        walk_blocks(note.blocks(unit), &mut |block: &Block| {
            for list in block.inline_lists() {
                walk_inlines(list, &mut |inline| {
                    if let InlineKind::Text(text) = &inline.kind {
                        says |= text.chars().any(char::is_alphanumeric);
                    }
                });
            }
        });
        says
    }

    /// Whether `key` names an entry of the bibliography or an instrument.
    pub fn is_source(&self, key: &str) -> bool {
        self.bibliography.get(key).is_some() || self.law.instrument(key).is_some()
    }

    /// The first author's family name or organisation, for `@key` in running text.
    pub fn short_author(&self, key: &str) -> Option<String> {
        match self.bibliography.get(key) {
            Some(entry) => entry.short_author(),
            None => Some(self.law.instrument(key)?.short_name.clone()),
        }
    }

    /// Author and title of a source, as a reader knows it without its entry.
    pub fn source_name(&self, key: &str) -> Option<String> {
        let title = match self.bibliography.get(key) {
            Some(entry) => entry.title().map(str::to_owned),
            None => return self.short_author(key),
        };
        let parts: Vec<String> = self.short_author(key).into_iter().chain(title).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// The citation that stands at byte `at` of a chapter, as the style sets it.
    pub fn set_citation(&self, chapter: ChapterId, at: usize) -> Option<&Rich> {
        self.citations.get(chapter)?.at(at)
    }

    /// The id of a source on the page of sources.
    pub fn source_anchor(&self, key: &str) -> String {
        ["src-", key].concat()
    }

    /// Where a source stands on the page of sources.
    pub fn source_address(&self, key: &str) -> String {
        [address::SOURCES, "#src-", key].concat()
    }

    /// What a cross-reference prints, and where it leads.
    pub fn reference(&self, to: Referent) -> (String, String) {
        let target = match to {
            Referent::Target(target) => target,
            Referent::Note(note) => {
                let words = fill(&self.words.note_ref, &[("n", &note.number.to_string())]);
                let path = &self.report.chapters[note.chapter].path;
                return (words, format!("{path}#n{}", note.number));
            }
        };
        let chapter = &self.report.chapters[target.chapter];
        let number = target.number.as_deref().unwrap_or_default();
        let anchor = match target.anchor.is_empty() {
            true => String::new(),
            false => format!("#{}", target.anchor),
        };
        let words = match target.kind.prefix() {
            "ch" | "sec" => self.titled(chapter.number.as_deref(), &target.title),
            prefix => fill(self.pattern(prefix), &[("n", number)]),
        };
        (words, format!("{}{anchor}", chapter.path))
    }

    fn titled(&self, number: Option<&str>, title: &str) -> String {
        match number {
            Some(number) => self.numbered_titled(number, title),
            None => fill(&self.words.section_titled, &[("title", title)]),
        }
    }

    fn pattern(&self, prefix: &str) -> &str {
        match prefix {
            "box" => &self.words.box_ref,
            "fig" => &self.words.figure_ref,
            "tbl" => &self.words.table_ref,
            _ => &self.words.claim_ref,
        }
    }

    /// `Chapter 4`, `Appendix A`.
    pub fn numbered(&self, number: &str) -> String {
        let words = self.words;
        let pattern = if is_letter(number) { &words.appendix_ref } else { &words.chapter_ref };
        fill(pattern, &[("n", number)])
    }

    /// `Chapter 4, ‘Muzzled media’`.
    pub fn numbered_titled(&self, number: &str, title: &str) -> String {
        let words = self.words;
        let pattern =
            if is_letter(number) { &words.appendix_titled } else { &words.chapter_titled };
        fill(pattern, &[("n", number), ("title", title)])
    }

    /// `ch. 4`, `app. A`.
    pub fn numbered_short(&self, number: &str) -> String {
        let words = self.words;
        let pattern = if is_letter(number) { &words.appendix_short } else { &words.chapter_short };
        fill(pattern, &[("n", number)])
    }

    /// `Chapter 4`, or the title of a chapter without a number.
    pub fn chapter_words(&self, chapter: ChapterId) -> String {
        let chapter = &self.report.chapters[chapter];
        match &chapter.number {
            Some(number) => self.numbered(number),
            None => chapter.title.clone(),
        }
    }

    /// Where something is said: the chapter, and the paragraph that begins at byte `block`.
    pub fn place(&self, chapter: ChapterId, block: usize) -> (String, String) {
        let it = &self.report.chapters[chapter];
        let chapter_words = self.chapter_words(chapter);
        match it.bindings.paragraphs.get(&block) {
            Some(number) => {
                let paragraph = fill(&self.words.paragraph_short, &[("n", &number.to_string())]);
                (format!("{chapter_words}, {paragraph}"), format!("{}#p{number}", it.path))
            }
            None => (chapter_words, it.path.clone()),
        }
    }

    /// Where a mention of an article stands, in words and as an address.
    pub fn mention_place(&self, mention: &Mention) -> (String, String) {
        let chapter = &self.report.chapters[mention.chapter];
        match mention.note.map(|note| self.report.note(note).number) {
            Some(number) => {
                let note = fill(&self.words.note_ref, &[("n", &number.to_string())]);
                let words = format!("{}, {note}", self.chapter_words(mention.chapter));
                (words, format!("{}#n{number}", chapter.path))
            }
            None => match mention.claim {
                Some(claim) => {
                    let (words, _) = self.place(mention.chapter, mention.paragraph);
                    let id = &self.report.claim(claim).id;
                    (words, format!("{}#{id}", chapter.path))
                }
                None => self.place(mention.chapter, mention.paragraph),
            },
        }
    }

    /// The absolute address of `path`, if the site's is known.
    pub fn absolute(&self, path: &str) -> Option<String> {
        Some(format!("{}{path}", self.config.html.base_url.as_deref()?))
    }
}

/// The paths of the pages that the page of the whole report holds.
pub fn whole(report: &Report) -> QuickSet<&str> {
    let chapters = report.chapters.iter().map(|chapter| chapter.path.as_str());
    chapters.chain([address::SOURCES]).collect()
}

/// Chapters of a report that somebody may print on one page. A longer one has that page where its
/// author asks for it.
const PRINTED: usize = 40;

/// Whether the site has the whole report on one page.
pub fn prints(config: &Config, report: &Report) -> bool {
    config.html.print.unwrap_or(report.chapters.len() <= PRINTED)
}

/// Whether a chapter's number is a letter, as an appendix has.
fn is_letter(number: &str) -> bool {
    number.chars().all(char::is_alphabetic)
}

enum Place {
    Chapter(ChapterId),
    Asset(String),
}

/// A path without its query and fragment, and those.
fn split_path(target: &str) -> (&str, &str) {
    let end = target.find(['#', '?']).unwrap_or(target.len());
    target.split_at(end)
}

/// A size in words: `1 kB`, `2.4 MB`.
pub fn size(bytes: usize) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000).max(1)),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
