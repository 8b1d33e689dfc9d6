//! The engine's output for one cluster or entry → a line of glyphs with everything added that the
//! engine cannot set: affixes, links, archived copies, translated titles, ranges of dates.

use super::additions;
use super::cite::{Cite, Mode, Note};
use super::dates;
use super::delimiters::{Part, arrange};
use super::glyph::{Glyph, Line, Target};
use super::library::{Source, is_web_address};
use super::locator::is_plural;
use super::marker;
use super::markup;
use super::names;
use super::style::Style;
use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::citationberg::{FontStyle, FontVariant, FontWeight, VerticalAlign};
use hayagriva::{Elem, ElemChild, ElemChildren, ElemMeta, Formatted};

/// A cite with its source and the engine's locator.
pub(super) struct Prepared<'a> {
    pub(super) cite: &'a Cite,
    pub(super) source: &'a Source,
    pub(super) locator: Option<(Locator, String)>,
    /// Its place in the cluster as given; the engine may be given another order.
    pub(super) index: usize,
}

/// Lays one tree flat.
pub(super) struct Setter<'a> {
    style: &'a Style,
    /// The cites of the cluster; empty for an entry.
    cites: &'a [Prepared<'a>],
    source: Option<&'a Source>,
    /// The locator of this cite, with its kind.
    locator: Option<&'a (Locator, String)>,
    line: Line,
    /// The place new glyphs belong to.
    place: Glyph,
    /// Whether this cite takes its year from the one before.
    only_letter: bool,
    /// What to do with the names that come first in this cite.
    names: Names,
    /// The author of the first cite, where the sentence names it.
    author: Vec<Glyph>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    Keep,
    Drop,
    /// Take them out of the cite and put them before the cluster.
    Lift,
    /// Put the family name of the first one first.
    Invert,
}

/// The glyphs of a cite that is not among the longest.
const LINE: usize = 256;

/// Sets a cluster as the engine rendered it, without what the layout puts round it. The author
/// the sentence names comes apart.
pub(super) fn cluster(
    style: &Style,
    notes: &[Note],
    cites: &[Prepared<'_>],
    tree: &ElemChildren,
) -> (Line, Vec<Glyph>) {
    let mut setter = Setter::new(style, cites, None);
    for part in arrange(style, cites, tree) {
        match part {
            Part::Delimiter(words) => setter.line.write(words, setter.place),
            Part::Cite(child, only_letter) => {
                setter.only_letter = only_letter;
                setter.child(child);
            }
        }
    }
    additions::link_notes(&mut setter.line, notes);
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
    if let Some(first) = first {
        setter.child(first);
        setter.line.write(" ", setter.place);
    }
    setter.children(tree);
    setter.letters(0);
    additions::add(&mut setter.line, 0, setter.place, source, style);
    setter.line
}

impl<'a> Setter<'a> {
    fn new(style: &'a Style, cites: &'a [Prepared<'a>], source: Option<&'a Source>) -> Setter<'a> {
        Setter {
            style,
            cites,
            source,
            locator: None,
            line: Line { glyphs: Vec::with_capacity(LINE), targets: Vec::new() },
            place: Glyph::bare(' '),
            only_letter: false,
            names: Names::Keep,
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
            Some(ElemMeta::Label) => self.label(elem),
            _ => self.children(&elem.children),
        }
    }

    fn cite(&mut self, index: usize, elem: &Elem) {
        let Some(Prepared { cite, source, locator, index }) = self.cites.get(index) else {
            return self.children(&elem.children);
        };
        self.source = Some(source);
        self.locator = locator.as_ref();
        self.place.cite = *index as u32 + 1;
        self.names = match cite.mode {
            Mode::SuppressAuthor => Names::Drop,
            Mode::AuthorInText if !self.style.note && *index == 0 => Names::Lift,
            _ if self.style.inverts => Names::Invert,
            _ => Names::Keep,
        };
        let start = self.line.glyphs.len();
        self.children(&elem.children);
        if cite.mode != Mode::Normal && self.names == Names::Keep {
            self.strip_separators(start);
        }
        self.names = Names::Keep;
        self.letters(start);
        if std::mem::take(&mut self.only_letter) {
            self.drop_year(start);
        }
        additions::add(&mut self.line, start, self.place, source, self.style);
        self.affixes(start, cite);
        self.place.cite = 0;
    }

    /// Sets names; drops or lifts the first names of a cite.
    fn all_names(&mut self, elem: &Elem) {
        let first = std::mem::replace(&mut self.names, Names::Keep);
        let start = self.line.glyphs.len();
        self.children(&elem.children);
        let mut set = names::elided(self.line.glyphs.split_off(start));
        if self.style.manners.bare_initials {
            set = names::without_stops(&set);
        }
        match first {
            Names::Keep => self.line.glyphs.extend(set),
            Names::Drop => {}
            Names::Lift => self.author = set,
            Names::Invert => {
                let inverted = self.source.and_then(|source| names::inverted(&set, source));
                self.line.glyphs.extend(inverted.unwrap_or(set));
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
        if cite.prefix.is_empty() && cite.suffix.is_empty() {
            return;
        }
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

    /// Sets the label of a locator. The engine counts only plain numbers, not `19(2), 21`.
    fn label(&mut self, elem: &Elem) {
        let start = self.line.glyphs.len();
        self.children(&elem.children);
        let Some(mark) =
            self.line.glyphs[start..].iter().position(|g| g.c == marker::LOCATOR_LABEL)
        else {
            return;
        };
        let Some((kind, _)) = self.locator.filter(|(_, text)| is_plural(text)) else { return };
        let word = self.line.glyphs.split_off(start + mark + 1);
        let set: String = word.iter().map(|g| g.c).collect();
        match (self.style.labels.plural(&self.style.lookup(), *kind, &set), word.first()) {
            (Some(plural), Some(like)) => self.line.write(&plural, *like),
            _ => self.line.glyphs.extend(word),
        }
    }

    /// Sets the source's own letter where the engine has kept a place for one, as an
    /// element of the style.
    fn letters(&mut self, start: usize) {
        let Some(letter) = self.source.and_then(|source| source.letter.as_deref()) else { return };
        let mut at = start;
        while at < self.line.glyphs.len() {
            let c = self.line.glyphs[at].c;
            at += 1;
            if c == marker::LETTER_OPEN {
                self.replace_letters(at, letter);
            }
        }
    }

    /// Removes the year before a letter.
    fn drop_year(&mut self, start: usize) {
        let rest = &self.line.glyphs[start..];
        let mark = rest.iter().position(|glyph| glyph.c == marker::LETTER_OPEN);
        let year = || {
            let first = rest.iter().position(|glyph| glyph.c.is_ascii_digit())?;
            let digits = rest[first..].iter().take_while(|glyph| glyph.c.is_ascii_digit());
            Some(first + digits.count())
        };
        if let Some(letter) = mark.or_else(year) {
            self.line.glyphs.drain(start..start + letter);
        }
    }

    /// Replaces the letters that stand at a place.
    fn replace_letters(&mut self, at: usize, letter: &str) {
        let rest = &self.line.glyphs[at..];
        let Some(like) = rest.first().copied() else { return };
        let length = rest.iter().take_while(|glyph| glyph.c.is_ascii_lowercase()).count();
        let own: Vec<Glyph> = letter.chars().map(|c| like.with(c)).collect();
        self.line.glyphs.splice(at..at + length, own);
    }

    fn date(&mut self, elem: &Elem) {
        let start = self.line.glyphs.len();
        self.children(&elem.children);
        let marked = self.line.glyphs[start..].iter().find_map(|g| marker::date_index(g.c));
        let words = marked.zip(self.source).and_then(|(index, source)| {
            source.dates.iter().find(|(variable, _)| *variable == index)
        });
        let mut set = self.line.glyphs.split_off(start);
        if let Some((_, words)) = words {
            set = dates::mend(&set, words, &self.style.dates);
        }
        let set = dates::alone(set, &self.style.dates);
        // Without an element for it, the engine sets the letter right behind the year.
        let year = set.iter().rposition(|glyph| glyph.c.is_ascii_digit()).map(|digit| digit + 1);
        let bare = |at: &usize| set.get(*at).is_some_and(|glyph| glyph.c.is_ascii_lowercase());
        let place = year.filter(bare).map(|year| self.line.glyphs.len() + year);
        self.line.glyphs.extend(set);
        let letter = self.source.and_then(|source| source.letter.as_deref());
        if let Some((place, letter)) = place.zip(letter) {
            self.replace_letters(place, letter);
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
