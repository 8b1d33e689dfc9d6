//! Blocks into HTML, each with its id, its number and the badges of its claims.
//!
//! Writes the markup that `theme/builtin/assets/reader.css` describes as its contract.

use super::escape;
use super::raw;
use super::rich::Place;
use crate::chart::is_data;
use crate::document::{
    Alignment, Block, BlockKind, Callout, CalloutKind, Figure, Heading, Image, Inline, Item, Table,
};
use crate::output::address;
use crate::output::edition::Edition;
use crate::output::highlight;
use crate::report::{Bindings, ChapterId, ClaimId};
use crate::source::Span;
use crate::words::fill;

/// Writes the text of one chapter, or of one of its notes.
pub struct TextWriter<'a> {
    pub(super) edition: &'a Edition<'a>,
    pub(super) chapter_id: ChapterId,
    pub(super) bindings: &'a Bindings,
    /// The page of the chapter.
    pub(super) home: &'a str,
    /// The page on which the text is shown.
    pub(super) page: &'a str,
    /// Whether ids, note marks and paragraph numbers are left out: the text is shown a second time.
    pub(super) is_copy: bool,
    pub(super) out: String,
    /// Claims that were opened in the block at hand, whose badges follow it.
    pub(super) badges: Vec<ClaimId>,
    /// What raw HTML has opened among the blocks at hand.
    open_tags: raw::OpenTags,
    /// Whether a code block was written.
    pub has_code: bool,
    /// Whether a chart was drawn.
    pub has_chart: bool,
}

/// The bytes of most notes.
const NOTE: usize = 1024;

impl<'a> TextWriter<'a> {
    /// A writer for the text of `chapter` as shown on its own page.
    pub fn new(edition: &'a Edition<'a>, chapter: ChapterId) -> TextWriter<'a> {
        let it = &edition.report.chapters[chapter];
        TextWriter {
            edition,
            chapter_id: chapter,
            bindings: &it.bindings,
            home: &it.path,
            page: &it.path,
            is_copy: false,
            out: String::new(),
            badges: Vec::new(),
            open_tags: raw::OpenTags::default(),
            has_code: false,
            has_chart: false,
        }
    }

    /// The text as it stands on `page`, which holds more than this chapter.
    pub fn within(mut self, page: &'a str) -> TextWriter<'a> {
        self.page = page;
        self
    }

    /// The same text shown on another page: without ids and marks.
    pub fn copy(mut self, page: &'a str) -> TextWriter<'a> {
        self.page = page;
        self.is_copy = true;
        self
    }

    /// The HTML of `blocks` as the running text of a chapter: a section for each heading of the
    /// second level.
    pub fn text(&mut self, blocks: &[Block]) -> String {
        let file = self.edition.report.chapters[self.chapter_id].unit.file;
        self.out.reserve(self.edition.sources.file(file).text.len());
        let mut is_open = false;
        for block in blocks {
            if let Some(id) = self.section(block) {
                self.open_tags.close_all(&mut self.out);
                if is_open {
                    self.out.push_str("</section>\n");
                }
                is_open = true;
                self.out.push_str(&format!("<section aria-labelledby=\"{id}\">\n"));
            }
            self.with_badges(block, Self::block);
        }
        self.open_tags.close_all(&mut self.out);
        if is_open {
            self.out.push_str("</section>\n");
        }
        std::mem::take(&mut self.out)
    }

    /// The HTML of `blocks` without sections: a note.
    pub fn note(&mut self, blocks: &[Block]) -> String {
        self.out.reserve(NOTE);
        self.blocks(blocks);
        std::mem::take(&mut self.out)
    }

    /// What the chapter calls `id`, as an attribute on the page at hand.
    pub(super) fn id(&self, id: &str) -> String {
        escape::escaped(&address::id(self.page, self.home, id))
    }

    /// The address of what the chapter calls `id`.
    pub(super) fn url(&self, id: &str) -> String {
        escape::escaped(&self.edition.url(self.page, &[self.home, "#", id].concat()))
    }

    /// Where set citations stand.
    pub(super) fn place(&self) -> Place<'a> {
        Place { edition: self.edition, page: self.page }
    }

    /// The id of the section that `block` begins, if it does.
    fn section(&self, block: &Block) -> Option<String> {
        let BlockKind::Heading(heading) = &block.kind else { return None };
        let begins = heading.level <= 2 && !self.edition.is_title(self.chapter_id, block.span);
        let id = self.bindings.anchors.get(&block.span.start).filter(|_| begins)?;
        Some(self.id(id))
    }

    /// The HTML of `inlines`.
    pub fn line(&mut self, inlines: &[Inline]) -> String {
        self.inlines(inlines, true);
        self.badges.clear();
        std::mem::take(&mut self.out)
    }

    fn blocks(&mut self, blocks: &[Block]) {
        let outer = std::mem::take(&mut self.open_tags);
        for block in blocks {
            self.with_badges(block, Self::block);
        }
        self.open_tags.close_all(&mut self.out);
        self.open_tags = outer;
    }

    /// Writes `block`, and where it holds claims wraps it with their badges.
    fn with_badges(&mut self, block: &Block, write: impl FnOnce(&mut Self, &Block)) {
        let start = self.out.len();
        write(self, block);
        let claims = std::mem::take(&mut self.badges);
        if claims.is_empty() || self.is_copy {
            return;
        }
        self.out.insert_str(start, "<div class=\"pc\">");
        self.out.push_str("<div class=\"cbs\">");
        for id in claims {
            super::badge::push(&mut self.out, self.edition, id, self.page);
        }
        self.out.push_str("</div></div>\n");
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Paragraph(content) => self.paragraph(block.span, content),
            BlockKind::Heading(heading) => self.heading(block.span, heading),
            BlockKind::Quote(blocks) => self.wrapped("blockquote", blocks),
            BlockKind::Callout(callout) => self.callout(block.span, callout),
            BlockKind::List { start, tight, items } => self.list(*start, *tight, items),
            BlockKind::Code { language, text } => self.code(language, text),
            BlockKind::Table(table) => self.table(block.span, table),
            BlockKind::Figure(figure) => self.figure(block.span, figure),
            BlockKind::Rule => self.out.push_str("<hr>\n"),
            BlockKind::Html(content) => {
                let mut open = std::mem::take(&mut self.open_tags);
                for inline in content {
                    self.raw_html(inline, &mut open);
                }
                self.open_tags = open;
                self.out.push('\n');
            }
        }
    }

    fn wrapped(&mut self, tag: &str, blocks: &[Block]) {
        self.out.push_str(&format!("<{tag}>\n"));
        self.blocks(blocks);
        self.out.push_str(&format!("</{tag}>\n"));
    }

    fn paragraph(&mut self, span: Span, content: &[Inline]) {
        match self.bindings.paragraphs.get(&span.start) {
            Some(number) if !self.is_copy => {
                let number = &number.to_string();
                let label = fill(&self.edition.words.link_to_paragraph, &[("n", number)]);
                let name = ["p", number].concat();
                let (id, url) = (self.id(&name), self.url(&name));
                self.out.extend(["<p id=\"", &id, "\"><a class=\"pn\" href=\"", &url]);
                self.out.push_str("\" tabindex=\"-1\"");
                escape::attribute(&mut self.out, "aria-label", &label);
                self.out.extend([">", number, "</a>"]);
            }
            _ => self.out.push_str("<p>"),
        }
        self.inlines(content, true);
        self.out.push_str("</p>\n");
    }

    fn heading(&mut self, span: Span, heading: &Heading) {
        if self.edition.is_title(self.chapter_id, span) {
            return;
        }
        let level = heading.level.max(2);
        let anchor = self.bindings.anchors.get(&span.start);
        match anchor {
            Some(id) if !self.is_copy => {
                let id = self.id(id);
                self.out.push_str(&format!("<h{level} id=\"{id}\">"));
            }
            _ => self.out.push_str(&format!("<h{level}>")),
        }
        self.inlines(&heading.content, true);
        if let Some(id) = anchor
            && !self.is_copy
        {
            let title = crate::document::plain_text(&heading.content);
            let label = fill(&self.edition.words.link_to_section, &[("title", &title)]);
            let (url, label) = (self.url(id), escape::escaped(&label));
            self.out
                .push_str(&format!("<a class=\"hl\" href=\"{url}\" aria-label=\"{label}\">#</a>"));
        }
        self.out.push_str(&format!("</h{level}>\n"));
    }

    fn callout(&mut self, span: Span, callout: &Callout) {
        match callout.kind {
            CalloutKind::PullQuote => {
                self.out.push_str("<aside class=\"pq\" aria-hidden=\"true\">");
                for list in callout.blocks.iter().flat_map(Block::inline_lists) {
                    let words = crate::document::plain_text(list);
                    self.out.push_str(&format!("<p>{}</p>", escape::escaped(&words)));
                }
                self.out.push_str("</aside>\n");
            }
            CalloutKind::Box => self.boxed(span, callout),
            CalloutKind::Note => self.aside("note", &self.edition.words.boxed_note, callout),
            CalloutKind::Warning => {
                self.aside("warning", &self.edition.words.boxed_warning, callout)
            }
        }
    }

    fn boxed(&mut self, span: Span, callout: &Callout) {
        let number = self.bindings.numbers.get(&span.start).copied().unwrap_or_default();
        let id = self.id(self.bindings.anchors.get(&span.start).map_or("", String::as_str));
        let label = fill(&self.edition.words.box_ref, &[("n", &number.to_string())]);
        self.out.push_str(&format!(
            "<aside class=\"box\" role=\"note\" aria-labelledby=\"{id}\">\n<h3 id=\"{id}\">{}",
            escape::escaped(&label)
        ));
        if !callout.title.is_empty() {
            self.out.push_str(". ");
            self.inlines(&callout.title, true);
        }
        self.out.push_str("</h3>\n");
        self.blocks(&callout.blocks);
        self.out.push_str("</aside>\n");
    }

    fn aside(&mut self, class: &str, word: &str, callout: &Callout) {
        self.out.push_str(&format!("<aside class=\"{class}\" role=\"note\">\n<p class=\"label\">"));
        if callout.title.is_empty() {
            escape::push(&mut self.out, word);
        } else {
            self.inlines(&callout.title, true);
        }
        self.out.push_str("</p>\n");
        self.blocks(&callout.blocks);
        self.out.push_str("</aside>\n");
    }

    fn list(&mut self, start: Option<u64>, tight: bool, items: &[Item]) {
        let tag = if start.is_some() { "ol" } else { "ul" };
        match start {
            Some(n) if n != 1 => self.out.push_str(&format!("<ol start=\"{n}\">\n")),
            _ => self.out.push_str(&format!("<{tag}>\n")),
        }
        for item in items {
            self.item(tight, item);
        }
        self.out.push_str(&format!("</{tag}>\n"));
    }

    fn item(&mut self, tight: bool, item: &Item) {
        self.out.push_str("<li>");
        if let Some(done) = item.done {
            let checked = if done { " checked" } else { "" };
            self.out.push_str(&format!("<input type=\"checkbox\" disabled{checked}> "));
        }
        let outer = std::mem::take(&mut self.open_tags);
        for block in &item.blocks {
            self.with_badges(block, |writer, block| match &block.kind {
                BlockKind::Paragraph(content) if tight => writer.inlines(content, true),
                _ => writer.block(block),
            });
        }
        self.open_tags.close_all(&mut self.out);
        self.open_tags = outer;
        self.out.push_str("</li>\n");
    }

    fn code(&mut self, language: &str, text: &str) {
        self.has_code = true;
        self.out.push_str("<pre class=\"code\" tabindex=\"0\"><code");
        if !language.is_empty() {
            self.out.push_str(&format!(" class=\"language-{}\"", escape::escaped(language)));
        }
        self.out.push('>');
        highlight::push(&mut self.out, language, text);
        self.out.push_str("</code></pre>\n");
    }

    fn table(&mut self, span: Span, table: &Table) {
        let id = self.bindings.anchors.get(&span.start).map(|id| self.id(id));
        match &id {
            Some(id) => self.out.push_str(&format!(
                "<section class=\"scroll\" id=\"{id}\" tabindex=\"0\" aria-labelledby=\"{id}-c\"><table>\n<caption id=\"{id}-c\">"
            )),
            None => self.out.push_str(&format!(
                "<section class=\"scroll\" tabindex=\"0\" aria-label=\"{}\"><table>\n",
                escape::escaped(&self.edition.words.column_scroll)
            )),
        }
        if id.is_some() {
            self.caption_label(span, &self.edition.words.table_ref);
            self.inlines(&table.caption, true);
            self.out.push_str("</caption>\n");
        }
        self.out.push_str("<thead>");
        self.row(table, &table.head, true);
        self.out.push_str("</thead>\n<tbody>\n");
        for row in &table.rows {
            self.row(table, row, false);
        }
        self.out.push_str("</tbody></table></section>\n");
    }

    /// `<b>Table 3.</b> `, by the number of what begins at `span`.
    fn caption_label(&mut self, span: Span, pattern: &str) {
        if let Some(number) = self.bindings.numbers.get(&span.start) {
            let label = fill(pattern, &[("n", &number.to_string())]);
            self.out.push_str(&format!("<b>{}.</b> ", escape::escaped(&label)));
        }
    }

    fn row(&mut self, table: &Table, cells: &[Vec<Inline>], is_head: bool) {
        self.out.push_str("<tr>");
        for (index, cell) in cells.iter().enumerate() {
            let tag = if is_head { "th scope=\"col\"" } else { "td" };
            let class = match table.columns.get(index) {
                Some(Alignment::End) => " class=\"n\"",
                Some(Alignment::Center) => " class=\"c\"",
                _ => "",
            };
            self.out.push_str(&format!("<{tag}{class}>"));
            self.inlines(cell, true);
            self.out.push_str(if is_head { "</th>" } else { "</td>" });
        }
        self.out.push_str("</tr>\n");
    }

    fn figure(&mut self, span: Span, figure: &Figure) {
        let id = self.id(self.bindings.anchors.get(&span.start).map_or("", String::as_str));
        self.out.push_str(&format!("<figure id=\"{id}\">"));
        let chart = self.chart(figure);
        match &chart {
            Some(chart) => self.drawings(chart, &id, &figure.image.alt),
            None => self.image(&figure.image, true),
        }
        self.out.push_str("<figcaption>");
        self.caption_label(span, &self.edition.words.figure_ref);
        escape::push(&mut self.out, &figure.image.title);
        if self.out.ends_with(|end: char| end.is_alphanumeric()) {
            self.out.push('.');
        }
        if let Some((url, size)) = self.edition.data_beside(self.chapter_id, &figure.image.target) {
            let url = escape::escaped(&address::relative(self.page, &url));
            let word = escape::escaped(&self.edition.words.data);
            self.out
                .push_str(&format!(" <a class=\"data\" href=\"{url}\">{word} (CSV, {size})</a>"));
        }
        if let Some(chart) = chart {
            self.numbers(&chart);
        }
        self.out.push_str("</figcaption></figure>\n");
    }

    pub(super) fn image(&mut self, image: &Image, is_figure: bool) {
        let target = self.edition.link(self.chapter_id, self.page, &image.target);
        let Some(target) = target else {
            escape::push(&mut self.out, &image.alt);
            return;
        };
        // Data that is not drawn is there to be opened.
        if is_data(&image.target) {
            let (target, alt) = (escape::escaped(&target), escape::escaped(&image.alt));
            self.out.push_str(&format!("<a href=\"{target}\">{alt}</a>"));
            return;
        }
        self.out.push_str(&format!(
            "<img src=\"{}\" alt=\"{}\"",
            escape::escaped(&target),
            escape::escaped(&image.alt)
        ));
        if let Some((width, height)) = self.edition.image_size(self.chapter_id, &image.target) {
            self.out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        if is_figure {
            self.versions(&image.target, &target);
        }
        if !is_figure && !image.title.is_empty() {
            self.out.push_str(&format!(" title=\"{}\"", escape::escaped(&image.title)));
        }
        self.out.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    /// The smaller versions of a picture, for the browser to choose from.
    fn versions(&mut self, target: &str, url: &str) {
        let size = self.edition.image_size(self.chapter_id, target);
        let path = self.edition.asset(self.chapter_id, target);
        let versions = path.and_then(|path| self.edition.pictures.versions.get(&path));
        let (Some((width, _)), Some(versions)) = (size, versions) else { return };
        let mut srcset = String::new();
        for (width, path) in versions {
            let url = address::encoded(&format!("{}{path}", address::root(self.page)));
            srcset.push_str(&format!("{url} {width}w, "));
        }
        srcset.push_str(&format!("{url} {width}w"));
        self.out.push_str(&format!(
            " srcset=\"{}\" sizes=\"(min-width:48rem) 38rem, calc(100vw - 2.5rem)\"",
            escape::escaped(&srcset)
        ));
    }
}
