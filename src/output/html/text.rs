//! Blocks and inlines into HTML, with every note, article, claim and cross-reference in its place.
//!
//! Writes the markup that `theme/builtin/assets/reader.css` describes as its contract.

use super::escape;
use super::raw;
use crate::document::{
    Alignment, Block, BlockKind, Callout, CalloutKind, Cluster, Figure, Heading, Image, Inline,
    InlineKind, Item, Table,
};
use crate::output::address;
use crate::output::edition::Edition;
use crate::output::highlight;
use crate::report::{Binding, Bindings, ChapterId, ClaimId, Mark, MarkKind, NoteId};
use crate::source::Span;
use crate::words::fill;

/// Writes the text of one chapter, or of one of its notes.
pub struct TextWriter<'a> {
    edition: &'a Edition<'a>,
    chapter_id: ChapterId,
    bindings: &'a Bindings,
    /// The page on which the text is shown.
    page: &'a str,
    /// Whether ids, note marks and paragraph numbers are left out: the text is shown a second time.
    is_copy: bool,
    out: String,
    /// Claims that were opened in the block at hand, whose badges follow it.
    badges: Vec<ClaimId>,
    /// What raw HTML has opened among the blocks at hand.
    open_tags: raw::OpenTags,
    /// Whether a code block was written.
    pub has_code: bool,
}

impl<'a> TextWriter<'a> {
    /// A writer for the text of `chapter` as shown on its own page.
    pub fn new(edition: &'a Edition<'a>, chapter: ChapterId) -> TextWriter<'a> {
        let it = &edition.report.chapters[chapter];
        TextWriter {
            edition,
            chapter_id: chapter,
            bindings: &it.bindings,
            page: &it.path,
            is_copy: false,
            out: String::new(),
            badges: Vec::new(),
            open_tags: raw::OpenTags::default(),
            has_code: false,
        }
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
        self.blocks(blocks);
        std::mem::take(&mut self.out)
    }

    /// The id of the section that `block` begins, if it does.
    fn section(&self, block: &Block) -> Option<String> {
        let BlockKind::Heading(heading) = &block.kind else { return None };
        let begins = heading.level <= 2 && !self.edition.is_title(self.chapter_id, block.span);
        let id = self.bindings.anchors.get(&block.span.start).filter(|_| begins)?;
        Some(escape::escaped(id))
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
                let label =
                    fill(&self.edition.words.link_to_paragraph, &[("n", &number.to_string())]);
                self.out.push_str(&format!(
                    "<p id=\"p{number}\"><a class=\"pn\" href=\"#p{number}\" tabindex=\"-1\" aria-label=\"{}\">{number}</a>",
                    escape::escaped(&label),
                ));
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
                self.out.push_str(&format!("<h{level} id=\"{}\">", escape::escaped(id)));
            }
            _ => self.out.push_str(&format!("<h{level}>")),
        }
        self.inlines(&heading.content, true);
        if let Some(id) = anchor
            && !self.is_copy
        {
            let title = crate::document::plain_text(&heading.content);
            let label = fill(&self.edition.words.link_to_section, &[("title", &title)]);
            let (id, label) = (escape::escaped(id), escape::escaped(&label));
            self.out
                .push_str(&format!("<a class=\"hl\" href=\"#{id}\" aria-label=\"{label}\">#</a>"));
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
        let id = self.bindings.anchors.get(&span.start).cloned().unwrap_or_default();
        let id = escape::escaped(&id);
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
        let anchor = self.bindings.anchors.get(&span.start).cloned();
        let id = anchor.as_deref().map(escape::escaped);
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
        let id = self.bindings.anchors.get(&span.start).cloned().unwrap_or_default();
        self.out.push_str(&format!("<figure id=\"{}\">", escape::escaped(&id)));
        self.image(&figure.image, true);
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
        self.out.push_str("</figcaption></figure>\n");
    }

    fn image(&mut self, image: &Image, is_figure: bool) {
        let target = self.edition.link(self.chapter_id, self.page, &image.target);
        let Some(target) = target else {
            escape::push(&mut self.out, &image.alt);
            return;
        };
        self.out.push_str(&format!(
            "<img src=\"{}\" alt=\"{}\"",
            escape::escaped(&target),
            escape::escaped(&image.alt)
        ));
        if let Some((width, height)) = self.edition.image_size(self.chapter_id, &image.target) {
            self.out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        if !is_figure && !image.title.is_empty() {
            self.out.push_str(&format!(" title=\"{}\"", escape::escaped(&image.title)));
        }
        self.out.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    /// Writes one list of siblings; claims are marked only in the outermost list of a block.
    fn inlines(&mut self, inlines: &[Inline], outermost: bool) {
        let mut open_claim: Option<(ClaimId, usize)> = None;
        let mut tags = raw::OpenTags::default();
        for inline in inlines {
            if outermost && open_claim.is_none() && !is_plain_text(inline) {
                open_claim =
                    self.claim_from(inline.span.start..inline.span.end.max(inline.span.start + 1));
                self.open_claim(open_claim);
            }
            match &inline.kind {
                InlineKind::Text(text) => {
                    self.text_run(text, inline.span, outermost, &mut open_claim);
                }
                InlineKind::Html(_) => self.raw_html(inline, &mut tags),
                _ => self.inline(inline),
            }
            if let Some((id, end)) = open_claim
                && inline.span.end >= end
            {
                self.close_claim(id);
                open_claim = None;
            }
        }
        if let Some((id, _)) = open_claim {
            self.close_claim(id);
        }
        tags.close_all(&mut self.out);
    }

    /// The first claim that is to be opened within `range`, with where it ends.
    fn claim_from(&self, range: std::ops::Range<usize>) -> Option<(ClaimId, usize)> {
        if self.is_copy {
            return None;
        }
        self.marks(range).iter().find_map(|mark| match mark.kind {
            MarkKind::Claim(id) if !self.badges.contains(&id) => Some((id, mark.span.end)),
            _ => None,
        })
    }

    fn marks(&self, range: std::ops::Range<usize>) -> &'a [Mark] {
        let marks = &self.bindings.marks;
        let from = marks.partition_point(|mark| mark.span.start < range.start);
        let to = marks.partition_point(|mark| mark.span.start < range.end);
        &marks[from..to.max(from)]
    }

    fn open_claim(&mut self, claim: Option<(ClaimId, usize)>) {
        let Some((id, _)) = claim else { return };
        self.badges.push(id);
        let name = escape::escaped(&self.edition.report.claims[id].id);
        self.out.push_str(&format!("<mark class=\"claim\" id=\"{name}\">"));
    }

    fn close_claim(&mut self, _: ClaimId) {
        self.out.push_str("</mark>");
    }

    /// Writes text, cut where articles and claims begin and end.
    fn text_run(
        &mut self,
        text: &str,
        span: Span,
        outermost: bool,
        open_claim: &mut Option<(ClaimId, usize)>,
    ) {
        if text.len() != span.end - span.start {
            escape::push(&mut self.out, text);
            return;
        }
        let mut at = span.start;
        let cut = |from: usize, to: usize| &text[from - span.start..to - span.start];
        let marks = self.marks(span.start..span.end);
        for mark in marks {
            if mark.span.start < at {
                continue;
            }
            if let Some((id, end)) = *open_claim
                && end <= mark.span.start
            {
                escape::push(&mut self.out, cut(at, end.max(at)));
                at = end.max(at);
                self.close_claim(id);
                *open_claim = None;
            }
            escape::push(&mut self.out, cut(at, mark.span.start));
            at = mark.span.start;
            match mark.kind {
                MarkKind::Article(id) => {
                    let end = mark.span.end.min(span.end);
                    self.article_link(id, cut(at, end));
                    at = end;
                }
                MarkKind::Claim(id) if outermost && !self.is_copy && open_claim.is_none() => {
                    *open_claim = Some((id, mark.span.end));
                    self.open_claim(*open_claim);
                }
                MarkKind::Claim(_) => {}
            }
        }
        if let Some((id, end)) = *open_claim
            && end < span.end
        {
            escape::push(&mut self.out, cut(at, end.max(at)));
            at = end.max(at);
            self.close_claim(id);
            *open_claim = None;
        }
        escape::push(&mut self.out, cut(at, span.end));
    }

    fn article_link(&mut self, mention: usize, words: &str) {
        let reference = &self.edition.report.mentions[mention].reference;
        let url = address::relative(self.page, &address::provision(reference));
        let title = self.edition.provision_title(reference);
        // “Article” and its number stay on one line.
        if self.out.ends_with(' ') && words.starts_with(|first: char| first.is_ascii_digit()) {
            self.out.pop();
            self.out.push('\u{a0}');
        }
        self.out.push_str(&format!("<a class=\"art\" href=\"{}\"", escape::escaped(&url)));
        if !self.is_copy {
            self.out.push_str(&format!(
                " data-src=\"{}\" data-title=\"{}\"",
                address::authority(reference),
                escape::escaped(&title)
            ));
        }
        self.out.push_str("><bdi dir=\"ltr\">");
        escape::push(&mut self.out, words);
        self.out.push_str("</bdi></a>");
    }

    fn inline(&mut self, inline: &Inline) {
        let binding = self.bindings.mentions.get(&inline.span.start);
        match &inline.kind {
            InlineKind::Text(text) => escape::push(&mut self.out, text),
            InlineKind::Code(text) => {
                self.out.push_str("<code>");
                escape::push(&mut self.out, text);
                self.out.push_str("</code>");
            }
            InlineKind::Emphasis(content) => self.tagged("em", content),
            InlineKind::Strong(content) => self.tagged("strong", content),
            InlineKind::Strikethrough(content) => self.tagged("del", content),
            InlineKind::Link { target, title, content } => {
                self.link(target, title, content, binding);
            }
            InlineKind::Image(image) => self.image(image, false),
            InlineKind::NoteReference(label) => match binding {
                Some(Binding::Note { note, occurrence }) => self.note_mark(*note, *occurrence),
                _ => self.unresolved(&format!("[^{label}]")),
            },
            InlineKind::Citation(cluster) => self.citation(inline.span, cluster, binding),
            InlineKind::CrossReference(label) => match binding {
                Some(Binding::Reference(target)) => self.reference(*target),
                _ => self.unresolved(&format!("@{label}")),
            },
            InlineKind::Span { attributes, content } => {
                self.span(attributes, content, binding);
            }
            InlineKind::SoftBreak => self.out.push('\n'),
            InlineKind::HardBreak => self.out.push_str("<br>\n"),
            InlineKind::Html(_) => {}
        }
    }

    /// What could not be resolved stays as it was written, and can be seen.
    fn unresolved(&mut self, text: &str) {
        self.out.push_str(&format!("<span class=\"unresolved\">{}</span>", escape::escaped(text)));
    }

    fn tagged(&mut self, tag: &str, content: &[Inline]) {
        self.out.push_str(&format!("<{tag}>"));
        self.inlines(content, false);
        self.out.push_str(&format!("</{tag}>"));
    }

    fn link(&mut self, target: &str, title: &str, content: &[Inline], binding: Option<&Binding>) {
        if let Some(Binding::Article(mention)) = binding {
            let words = crate::document::plain_text(content);
            return self.article_link(*mention, &words);
        }
        let url = self.edition.link(self.chapter_id, self.page, target);
        let Some(url) = url else { return self.inlines(content, false) };
        self.out.push_str(&format!("<a href=\"{}\"", escape::escaped(&url)));
        if !title.is_empty() {
            self.out.push_str(&format!(" title=\"{}\"", escape::escaped(title)));
        }
        self.out.push('>');
        self.inlines(content, false);
        self.out.push_str("</a>");
    }

    fn note_mark(&mut self, note: NoteId, occurrence: u32) {
        if self.is_copy {
            return;
        }
        let number = self.edition.report.notes[note].number;
        let id = mark_id(number, occurrence);
        let label = fill(&self.edition.words.note_marker, &[("n", &number.to_string())]);
        let kind = if self.edition.is_comment(note) { "c" } else { "s" };
        // Two marks side by side must not read as one number.
        if self.out.ends_with("</a></sup>") {
            self.out.push_str("<sup class=\"sep\">,\u{a0}</sup>");
        }
        self.out.push_str(&format!(
            "<sup><a class=\"nr\" id=\"{id}\" href=\"#n{number}\" role=\"doc-noteref\" aria-label=\"{}\" data-k=\"{kind}\">{number}</a></sup>",
            escape::escaped(&label)
        ));
    }

    fn citation(&mut self, span: Span, cluster: &Cluster, binding: Option<&Binding>) {
        match binding {
            Some(Binding::OwnNote(note)) => {
                if cluster.bare
                    && let Some(author) = self.edition.short_author(&cluster.cites[0].key.text)
                {
                    escape::push(&mut self.out, &author);
                }
                if !cluster.bare {
                    // A mark stands close to its word, the brackets in the source do not.
                    self.out.truncate(self.out.trim_end().len());
                }
                self.note_mark(*note, 0);
            }
            Some(Binding::InPlace) => {
                let set = self.edition.set_citation(self.chapter_id, span.start);
                match set {
                    Some(rich) => {
                        super::rich::push(&mut self.out, rich, cluster, self.page, self.edition);
                    }
                    None => self.unresolved(&cluster.text),
                }
            }
            _ if cluster.bare => escape::push(&mut self.out, &cluster.text),
            _ => self.unresolved(&cluster.text),
        }
    }

    fn reference(&mut self, target: usize) {
        let (words, url) = self.edition.reference(target);
        let url = address::relative(self.page, &url);
        self.out.push_str(&format!(
            "<a class=\"ref\" href=\"{}\">{}</a>",
            escape::escaped(&url),
            escape::escaped(&words)
        ));
    }

    fn span(
        &mut self,
        attributes: &crate::document::Attributes,
        content: &[Inline],
        binding: Option<&Binding>,
    ) {
        if let Some(Binding::Claim(id)) = binding {
            self.open_claim(Some((*id, 0)));
            self.inlines(content, false);
            return self.close_claim(*id);
        }
        self.out.push_str("<span");
        if let Some(id) = attributes.id.as_ref().filter(|_| !self.is_copy) {
            self.out.push_str(&format!(" id=\"{}\"", escape::escaped(&id.text)));
        }
        if !attributes.classes.is_empty() {
            let classes: Vec<&str> = attributes.classes.iter().map(|c| c.text.as_str()).collect();
            self.out.push_str(&format!(" class=\"{}\"", escape::escaped(&classes.join(" "))));
        }
        if let Some(language) = attributes.get("lang") {
            self.out.push_str(&format!(" lang=\"{}\"", escape::escaped(&language.text)));
        }
        self.out.push('>');
        self.inlines(content, false);
        self.out.push_str("</span>");
    }

    fn raw_html(&mut self, inline: &Inline, open: &mut raw::OpenTags) {
        if let InlineKind::Html(html) = &inline.kind {
            raw::push(&mut self.out, html, self.edition.config.markdown.html, open);
        }
    }
}

fn is_plain_text(inline: &Inline) -> bool {
    matches!(&inline.kind, InlineKind::Text(text) if text.len() == inline.span.end - inline.span.start)
}

/// The id of the nth mark (from 0) of a note: `r97`, `r97b`, `r97c` … `r97-27`.
pub fn mark_id(number: u32, occurrence: u32) -> String {
    match occurrence {
        0 => format!("r{number}"),
        1..=25 => format!("r{number}{}", (b'a' + occurrence as u8) as char),
        _ => format!("r{number}-{}", occurrence + 1),
    }
}
