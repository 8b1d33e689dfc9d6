//! The engine's output for one cluster or entry → a line of glyphs with everything added that the
//! engine cannot set: affixes, links, archived copies, translated titles, ranges of dates.

use super::cite::{Cite, Mode};
use super::dates;
use super::glyph::{Glyph, Line, Target};
use super::library::{Source, is_web_address};
use super::marker;
use super::markup;
use super::style::Style;
use hayagriva::citationberg::{FontStyle, FontVariant, FontWeight, VerticalAlign};
use hayagriva::{Elem, ElemChild, ElemChildren, ElemMeta, Formatted};

/// Lays one tree flat.
pub(super) struct Setter<'a> {
    style: &'a Style,
    /// The cites of the cluster with their sources; empty for an entry.
    cites: &'a [(&'a Cite, &'a Source)],
    source: Option<&'a Source>,
    line: Line,
    /// The place new glyphs belong to.
    place: Glyph,
    /// What to do with the names that come first in this cite.
    names: Names,
    /// Whether the archived copy of this source still has to be shown.
    archive_due: bool,
    /// The author of the first cite, where the sentence names it.
    author: Vec<Glyph>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    Keep,
    Drop,
    /// Take them out of the cite and put them before the cluster.
    Lift,
}

/// Sets a cluster as the engine rendered it, without what the layout puts round it. The author
/// the sentence names comes apart.
pub(super) fn cluster(
    style: &Style,
    cites: &[(&Cite, &Source)],
    tree: &ElemChildren,
) -> (Line, Vec<Glyph>) {
    let mut setter = Setter::new(style, cites, None);
    setter.children(tree);
    setter.link_notes();
    (setter.line, setter.author)
}

/// Sets an entry of the bibliography.
pub(super) fn entry(
    style: &Style,
    source: &Source,
    first: Option<&ElemChild>,
    tree: &ElemChildren,
) -> Line {
    let mut setter = Setter::new(style, &[], Some(source));
    setter.archive_due = true;
    if let Some(first) = first {
        setter.child(first);
        setter.line.write(" ", setter.place);
    }
    setter.children(tree);
    setter.additions(0, source);
    setter.link_notes();
    setter.line
}

impl<'a> Setter<'a> {
    fn new(
        style: &'a Style,
        cites: &'a [(&'a Cite, &'a Source)],
        source: Option<&'a Source>,
    ) -> Setter<'a> {
        Setter {
            style,
            cites,
            source,
            line: Line::default(),
            place: Glyph::bare(' '),
            names: Names::Keep,
            archive_due: false,
            author: Vec::new(),
        }
    }

    fn children(&mut self, tree: &ElemChildren) {
        for child in &tree.0 {
            self.child(child);
        }
    }

    fn child(&mut self, child: &ElemChild) {
        match child {
            ElemChild::Text(text) => self.text(text),
            ElemChild::Elem(elem) => self.elem(elem),
            ElemChild::Markup(text) => self.line.write(text, self.place),
            ElemChild::Link { text, url } => self.link(text, url),
            ElemChild::Transparent { .. } => {}
        }
    }

    fn text(&mut self, text: &Formatted) {
        let like = Glyph { face: face(text), ..self.place };
        self.line.write(&text.text, like);
    }

    fn elem(&mut self, elem: &Elem) {
        match &elem.meta {
            Some(ElemMeta::Entry(index)) => self.cite(*index, elem),
            Some(ElemMeta::Date) => self.date(elem),
            Some(ElemMeta::Names(_)) => self.all_names(elem),
            _ => self.children(&elem.children),
        }
    }

    fn cite(&mut self, index: usize, elem: &Elem) {
        let Some((cite, source)) = self.cites.get(index).copied() else {
            return self.children(&elem.children);
        };
        self.source = Some(source);
        self.archive_due = true;
        self.place.cite = index as u32 + 1;
        self.names = match cite.mode {
            Mode::SuppressAuthor => Names::Drop,
            Mode::AuthorInText if !self.style.note && index == 0 => Names::Lift,
            _ => Names::Keep,
        };
        let start = self.line.glyphs.len();
        self.children(&elem.children);
        if cite.mode != Mode::Normal && self.names == Names::Keep {
            self.strip_separators(start);
        }
        self.names = Names::Keep;
        self.additions(start, source);
        self.affixes(start, cite);
        self.place.cite = 0;
    }

    /// Sets names; drops or lifts the first names of a cite.
    fn all_names(&mut self, elem: &Elem) {
        let first = std::mem::replace(&mut self.names, Names::Keep);
        let start = self.line.glyphs.len();
        self.children(&elem.children);
        if self.style.bare_initials {
            self.bare_initials(start);
        }
        match first {
            Names::Keep => {}
            Names::Drop => self.line.glyphs.truncate(start),
            Names::Lift => self.author = self.line.glyphs.split_off(start),
        }
    }

    /// Takes the full stop from initials typed with one: `Diana T.` is `Diana T`.
    fn bare_initials(&mut self, start: usize) {
        let names = self.line.glyphs.split_off(start);
        for (at, glyph) in names.iter().enumerate() {
            let letter =
                |back: usize| at.checked_sub(back).is_some_and(|i| names[i].c.is_alphabetic());
            let initial = letter(1) && !letter(2) && names[at - 1].c.is_uppercase();
            if glyph.c != '.' || !initial {
                self.line.glyphs.push(*glyph);
            }
        }
    }

    /// Removes what joined dropped names to the words behind them.
    fn strip_separators(&mut self, start: usize) {
        let rest = &self.line.glyphs[start..];
        let separators = rest
            .iter()
            .take_while(|g| !g.verbatim && matches!(g.c, ' ' | ',' | ';' | ':' | '.' | '\u{A0}'))
            .count();
        self.line.glyphs.drain(start..start + separators);
    }

    fn affixes(&mut self, start: usize, cite: &Cite) {
        let prefix = cite.prefix.trim();
        if !prefix.is_empty() {
            let rest = self.line.glyphs.split_off(start);
            self.line.write(&markup::inline(prefix), self.place);
            if !prefix.ends_with(['(', '[', '“', '‘', '«', '/', '—']) {
                self.line.write(" ", self.place);
            }
            self.line.glyphs.extend(rest);
        }
        let suffix = cite.suffix.trim_end();
        if suffix.trim_start().starts_with(|c: char| c.is_alphanumeric() || "([“‘«".contains(c))
        {
            self.line.write(" ", self.place);
        }
        self.line.write(&markup::inline(suffix.trim_start()), self.place);
    }

    fn link(&mut self, text: &Formatted, url: &str) {
        let like = Glyph { face: face(text), verbatim: true, ..self.place };
        if is_web_address(url) {
            let link = self.line.target(Target::Url(url.to_owned()));
            self.take_resolver(text, url, link);
            self.line.write(&text.text, Glyph { link, ..like });
        } else {
            self.line.write(&text.text, like);
        }
        self.line.glyphs.push(self.place.with(marker::ADDRESS_END));
    }

    /// Some styles set `https://doi.org/` as an affix of the DOI: it belongs to the link.
    fn take_resolver(&mut self, text: &Formatted, url: &str, link: u32) {
        let Some(resolver) = url.strip_suffix(text.text.as_str()) else { return };
        let length = resolver.chars().count();
        let Some(start) = self.line.glyphs.len().checked_sub(length) else { return };
        let before = &mut self.line.glyphs[start..];
        if before.iter().map(|g| g.c).eq(resolver.chars()) {
            before.iter_mut().for_each(|g| (g.link, g.verbatim) = (link, true));
        }
    }

    fn date(&mut self, elem: &Elem) {
        let start = self.line.glyphs.len();
        self.children(&elem.children);
        let marked = self.line.glyphs[start..].iter().find_map(|g| marker::date_index(g.c));
        let words = marked.zip(self.source).and_then(|(index, source)| {
            source.dates.iter().find(|(variable, _)| *variable == index)
        });
        if let Some((_, words)) = words {
            let set = self.line.glyphs.split_off(start);
            self.line.glyphs.extend(dates::mend(&set, words, &self.style.dates));
        }
    }

    /// Sets the translated title behind the title and the archived copy behind the address.
    fn additions(&mut self, start: usize, source: &Source) {
        let set = self.line.glyphs.split_off(start);
        let mut at = 0;
        while at < set.len() {
            let glyph = set[at];
            self.line.glyphs.push(glyph);
            at += 1;
            let closers: &[char] = match glyph.c {
                marker::TITLE_END => &[marker::CLOSE_QUOTE, marker::GUARD, '’', '”', '»'],
                marker::ADDRESS_END => &['>'],
                _ => continue,
            };
            while set.get(at).is_some_and(|g| closers.contains(&g.c)) {
                self.line.glyphs.push(set[at]);
                at += 1;
            }
            if glyph.c == marker::TITLE_END {
                self.translated_title(source);
            } else {
                self.archived_copy(source);
            }
        }
    }

    fn translated_title(&mut self, source: &Source) {
        if let Some(title) = &source.translated {
            self.line.write(&format!(" [{title}]"), self.place);
        }
    }

    fn archived_copy(&mut self, source: &Source) {
        let Some(copy) = source.archived.as_ref().filter(|_| self.archive_due) else { return };
        self.archive_due = false;
        let link = self.line.target(Target::Url(copy.url.clone()));
        self.line.write(" [", self.place);
        self.line.write(self.style.words.archived_copy, Glyph { link, ..self.place });
        if let Some(day) = copy.date {
            self.line.write(&format!(", {}", self.style.dates.write(day)), self.place);
        }
        self.line.write("]", self.place);
    }

    /// Makes the numbers of earlier notes links.
    fn link_notes(&mut self) {
        let mut at = 0;
        while at < self.line.glyphs.len() {
            if self.line.glyphs[at].c != marker::NOTE_OPEN {
                at += 1;
                continue;
            }
            let digits: String = self.line.glyphs[at + 1..]
                .iter()
                .map(|g| g.c)
                .take_while(char::is_ascii_digit)
                .collect();
            if let Ok(number) = digits.parse() {
                let link = self.line.target(Target::Note(number));
                let end = at + 1 + digits.len();
                self.line.glyphs[at + 1..end].iter_mut().for_each(|g| g.link = link);
            }
            at += 1 + digits.len();
        }
    }
}

/// Reads the engine's formatting; underlining is set as italics.
fn face(text: &Formatted) -> u8 {
    let format = &text.formatting;
    let underlined = format.text_decoration == hayagriva::citationberg::TextDecoration::Underline;
    let bits = [
        format.font_style == FontStyle::Italic || underlined,
        format.font_weight == FontWeight::Bold,
        format.vertical_align == VerticalAlign::Sup,
        format.vertical_align == VerticalAlign::Sub,
        format.font_variant == FontVariant::SmallCaps,
    ];
    bits.iter().enumerate().fold(0, |face, (bit, on)| face | (u8::from(*on) << bit))
}
