//! Inlines into HTML: text cut where articles and claims begin and end, notes, citations, links.

use super::text::TextWriter;
use super::{escape, raw};
use crate::document::{Attributes, Cluster, Inline, InlineKind};
use crate::output::address;
use crate::report::{Binding, ClaimId, Mark, MarkKind, MentionId, NoteId};
use crate::source::Span;
use crate::words::fill;

impl<'a> TextWriter<'a> {
    /// Writes one list of siblings; claims are marked only in the outermost list of a block.
    pub(super) fn inlines(&mut self, inlines: &[Inline], outermost: bool) {
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
        let name = self.id(&self.edition.report.claim(id).id);
        self.out.extend(["<mark class=\"claim\" id=\"", &name, "\">"]);
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
            escape::push_prose(&mut self.out, text);
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
                escape::push_prose(&mut self.out, cut(at, end.max(at)));
                at = end.max(at);
                self.close_claim(id);
                *open_claim = None;
            }
            escape::push_prose(&mut self.out, cut(at, mark.span.start));
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
            escape::push_prose(&mut self.out, cut(at, end.max(at)));
            at = end.max(at);
            self.close_claim(id);
            *open_claim = None;
        }
        escape::push_prose(&mut self.out, cut(at, span.end));
    }

    fn article_link(&mut self, mention: MentionId, words: &str) {
        let reference = &self.edition.report.mention(mention).reference;
        let url = address::relative(self.page, &address::provision(reference));
        let title = self.edition.provision_title(reference);
        // “Article” and its number stay on one line.
        if self.out.ends_with(' ') && words.starts_with(|first: char| first.is_ascii_digit()) {
            self.out.pop();
            self.out.push('\u{a0}');
        }
        let word = self.article_word(words);
        self.out.push_str("<a class=\"art\"");
        escape::attribute(&mut self.out, "href", &url);
        if !self.is_copy && self.page != address::WHOLE {
            escape::attribute(&mut self.out, "data-src", &address::authority(reference));
            escape::attribute(&mut self.out, "data-title", &title);
        }
        self.out.extend([">", &word, "<bdi dir=\"ltr\">"]);
        escape::push(&mut self.out, words);
        self.out.push_str("</bdi></a>");
    }

    /// Takes the word “Article” back that stands before the number in `words`, so that it is part of
    /// the link; all that a reader points at is then more than two digits.
    fn article_word(&mut self, words: &str) -> String {
        if !words.starts_with(|first: char| first.is_ascii_digit()) {
            return String::new();
        }
        let letters = |c: char| c.is_alphabetic() || c == '.';
        let Some(before) = self.out.strip_suffix('\u{a0}') else { return String::new() };
        let start = before.trim_end_matches(letters).len();
        let word = before[start..].to_lowercase();
        if !ARTICLE.iter().any(|known| word.starts_with(known)) {
            return String::new();
        }
        self.out.split_off(start)
    }

    fn inline(&mut self, inline: &Inline) {
        let binding = self.bindings.mentions.get(&inline.span.start);
        match &inline.kind {
            InlineKind::Text(text) => escape::push_prose(&mut self.out, text),
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
            InlineKind::CrossReference(label) => self.reference(label),
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
        self.out.push_str("<span class=\"unresolved\">");
        escape::push(&mut self.out, text);
        self.out.push_str("</span>");
    }

    fn tagged(&mut self, tag: &str, content: &[Inline]) {
        self.out.extend(["<", tag, ">"]);
        self.inlines(content, false);
        self.out.extend(["</", tag, ">"]);
    }

    fn link(&mut self, target: &str, title: &str, content: &[Inline], binding: Option<&Binding>) {
        if let Some(Binding::Article(mention)) = binding {
            let words = crate::document::plain_text(content);
            return self.article_link(*mention, &words);
        }
        let url = self.edition.link(self.chapter_id, self.page, target);
        let Some(url) = url else { return self.inlines(content, false) };
        self.out.push_str("<a");
        escape::attribute(&mut self.out, "href", &url);
        if !title.is_empty() {
            escape::attribute(&mut self.out, "title", title);
        }
        self.out.push('>');
        self.inlines(content, false);
        self.out.push_str("</a>");
    }

    fn note_mark(&mut self, note: NoteId, occurrence: u32) {
        if self.is_copy {
            return;
        }
        let number = self.edition.report.note(note).number;
        let id = self.id(&mark_id(number, occurrence));
        let number = &number.to_string();
        let url = self.url(&["n", number].concat());
        let label = fill(&self.edition.words.note_marker, &[("n", number)]);
        let kind = if self.edition.is_comment(note) { "c" } else { "s" };
        // Two marks side by side must not read as one number.
        if self.out.ends_with("</a></sup>") {
            self.out.push_str("<sup class=\"sep\">,\u{a0}</sup>");
        }
        self.out.extend(["<sup><a class=\"nr\" id=\"", &id, "\" href=\"", &url]);
        self.out.push_str("\" role=\"doc-noteref\"");
        escape::attribute(&mut self.out, "aria-label", &label);
        self.out.extend([" data-k=\"", kind, "\">", number, "</a></sup>"]);
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
                        let place = self.place();
                        super::rich::push(&mut self.out, rich, cluster, place);
                    }
                    None => self.unresolved(&cluster.text),
                }
            }
            _ if cluster.bare => escape::push(&mut self.out, &cluster.text),
            _ => self.unresolved(&cluster.text),
        }
    }

    fn reference(&mut self, label: &str) {
        let Some(target) = self.edition.report.target_of(self.chapter_id, label) else {
            return self.unresolved(&format!("@{label}"));
        };
        let (words, url) = self.edition.reference(target);
        let words = with_number(&words);
        let url = self.edition.url(self.page, &url);
        self.out.push_str("<a class=\"ref\"");
        escape::attribute(&mut self.out, "href", &url);
        self.out.push('>');
        escape::push(&mut self.out, &words);
        self.out.push_str("</a>");
    }

    fn span(&mut self, attributes: &Attributes, content: &[Inline], binding: Option<&Binding>) {
        if let Some(Binding::Claim(id)) = binding {
            self.open_claim(Some((*id, 0)));
            self.inlines(content, false);
            return self.close_claim(*id);
        }
        self.out.push_str("<span");
        if let Some(id) = attributes.id.as_ref().filter(|_| !self.is_copy) {
            let id = self.id(&id.text);
            self.out.extend([" id=\"", &id, "\""]);
        }
        if !attributes.classes.is_empty() {
            let classes: Vec<&str> = attributes.classes.iter().map(|c| c.text.as_str()).collect();
            escape::attribute(&mut self.out, "class", &classes.join(" "));
        }
        if let Some(language) = attributes.get("lang") {
            escape::attribute(&mut self.out, "lang", &language.text);
        }
        self.out.push('>');
        self.inlines(content, false);
        self.out.push_str("</span>");
    }

    pub(super) fn raw_html(&mut self, inline: &Inline, open: &mut raw::OpenTags) {
        if let InlineKind::Html(html) = &inline.kind {
            let policy = self.edition.config.markdown.html;
            let id = |id: &str| address::id(self.page, self.home, id);
            raw::push(&mut self.out, html, policy, open, &id);
        }
    }
}

/// How the words begin that announce the number of an article.
const ARTICLE: &[&str] = &["art", "стать", "ст.", "المادة"];

/// “Figure 2” with a space that does not break before the number.
fn with_number(words: &str) -> String {
    match words.split_once(' ') {
        Some((name, rest)) if rest.starts_with(|first: char| first.is_ascii_digit()) => {
            format!("{name}\u{a0}{rest}")
        }
        _ => words.to_owned(),
    }
}

fn is_plain_text(inline: &Inline) -> bool {
    matches!(&inline.kind, InlineKind::Text(text) if text.len() == inline.span.end - inline.span.start)
}

/// The id of the nth mark (from 0) of a note: `r97`, `r97b`, `r97c` … `r97-27`.
pub fn mark_id(number: u32, occurrence: u32) -> String {
    let mut id = ["r", &number.to_string()].concat();
    match occurrence {
        0 => {}
        1..=25 => id.push((b'a' + occurrence as u8) as char),
        _ => id.extend(["-", &(occurrence + 1).to_string()]),
    }
    id
}
