//! Raw glyphs → glyphs as an editor would leave them, in one pass.
//!
//! Quotation marks take the locale's shape by depth; meeting punctuation is collapsed; spaces
//! before punctuation go; where the locale asks, a full stop or comma moves inside the quotation
//! marks. Every step looks only at the end of what is already set, so the pass is linear. No
//! letter and no digit is ever dropped, and nothing inside an address is touched.

use super::glyph::Glyph;
use super::marker;
use super::quotes::{Kind, Marks, Quotes, classify};

/// Where the line stands in its surroundings.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seams {
    /// Capitalise the first letter.
    pub(super) starts_sentence: bool,
    /// Drop a final full stop because the text goes on with one.
    pub(super) drop_final_stop: bool,
}

/// Mends a line.
pub(super) fn polish(glyphs: &[Glyph], quotes: &Quotes, seams: Seams) -> Vec<Glyph> {
    let mut setter = Setter { out: Vec::with_capacity(glyphs.len()), opened: false, quotes };
    let kinds = classify(glyphs, quotes);
    for (glyph, kind) in glyphs.iter().zip(kinds) {
        match kind {
            Kind::Open(inner) => setter.open(*glyph, inner),
            Kind::Close(inner) => setter.close(*glyph, inner),
            Kind::Other => setter.set(*glyph),
        }
    }
    let mut out = setter.out;
    while out.last().is_some_and(|g| matches!(g.c, ' ' | ',' | ';') && !g.verbatim) {
        out.pop();
    }
    if seams.drop_final_stop && out.last().is_some_and(|g| g.c == '.' && !g.verbatim) {
        out.pop();
    }
    if seams.starts_sentence {
        capitalise(&mut out);
    }
    if quotes.marks == Marks::Arabic {
        turn_marks(&mut out);
    }
    out
}

/// Sets the comma and the semicolon of Arabic where the word before them is Arabic; a source in
/// another script keeps its own.
fn turn_marks(line: &mut [Glyph]) {
    let mut is_arabic = false;
    for glyph in line.iter_mut().filter(|glyph| !glyph.verbatim) {
        match glyph.c {
            ',' if is_arabic => glyph.c = '،',
            ';' if is_arabic => glyph.c = '؛',
            c if c.is_alphabetic() => is_arabic = matches!(c, '\u{600}'..='\u{6FF}'),
            _ => {}
        }
    }
}

/// Puts the first word into a capital, unless it has its own shape (openDemocracy, eBay).
fn capitalise(line: &mut [Glyph]) {
    let Some(first) = line.iter().position(|g| g.c.is_alphanumeric()) else { return };
    let word = line[first..].iter().take_while(|g| g.c.is_alphabetic());
    if line[first].verbatim || word.skip(1).any(|g| g.c.is_uppercase()) {
        return;
    }
    let mut upper = line[first].c.to_uppercase();
    if let (Some(c), None) = (upper.next(), upper.next()) {
        line[first].c = c;
    }
}

struct Setter<'a> {
    out: Vec<Glyph>,
    /// Whether a quotation has just been opened.
    opened: bool,
    quotes: &'a Quotes,
}

/// Closing marks a full stop may step over at once; more never stand together in real text.
const NESTED_CLOSERS: usize = 4;

impl Setter<'_> {
    fn open(&mut self, like: Glyph, inner: bool) {
        let (open, _) = if inner { &self.quotes.inner } else { &self.quotes.outer };
        self.out.extend(open.chars().map(|c| like.with(c)));
        self.opened = true;
    }

    fn close(&mut self, like: Glyph, inner: bool) {
        while self.last().is_some_and(char::is_whitespace) {
            self.out.pop();
        }
        let (_, close) = if inner { &self.quotes.inner } else { &self.quotes.outer };
        self.out.extend(close.chars().map(|c| Glyph { c, closes: true, ..like }));
    }

    fn set(&mut self, glyph: Glyph) {
        if glyph.c.is_ascii_alphanumeric() {
            self.opened = false;
            return self.out.push(glyph);
        }
        // Another language's quotation marks may have stood off from their words.
        let opened = std::mem::replace(&mut self.opened, false);
        if opened && glyph.c.is_whitespace() && !glyph.verbatim {
            self.opened = true;
            return;
        }
        if glyph.verbatim {
            return self.out.push(glyph);
        }
        match glyph.c {
            marker::HYPHEN => self.out.push(glyph.with('-')),
            c if marker::is_marker(c) => {}
            ' ' => self.space(glyph),
            '.' | ',' | ';' | ':' => self.punctuation(glyph),
            ')' | ']' => self.bracket(glyph),
            '!' | '?' => {
                self.drop_spaces();
                self.out.push(glyph);
            }
            _ => self.out.push(glyph),
        }
    }

    /// The last glyph set, if punctuation may join it.
    fn last(&self) -> Option<char> {
        self.out.last().filter(|glyph| !glyph.verbatim).map(|glyph| glyph.c)
    }

    fn space(&mut self, glyph: Glyph) {
        let blocked = match self.out.last() {
            None => true,
            Some(last) => matches!(last.c, ' ' | '(' | '[') && !last.verbatim,
        };
        if blocked {
            return;
        }
        if self.quotes.marks == Marks::French && matches!(self.last(), Some(':' | ';')) {
            self.stand_off();
        }
        self.out.push(glyph);
    }

    /// Puts a no-break space before the mark set last.
    fn stand_off(&mut self) {
        let Some(mark) = self.out.pop() else { return };
        if self.last().is_some_and(|c| !c.is_whitespace()) {
            self.out.push(mark.with('\u{A0}'));
        }
        self.out.push(mark);
    }

    fn drop_spaces(&mut self) {
        while self.last() == Some(' ') {
            self.out.pop();
        }
    }

    fn bracket(&mut self, glyph: Glyph) {
        while matches!(self.last(), Some(' ' | ',' | ';')) {
            self.out.pop();
        }
        self.out.push(glyph);
    }

    fn punctuation(&mut self, glyph: Glyph) {
        self.drop_spaces();
        let closers = self.closers();
        if closers > 0 && self.swallowed_by_quotation(glyph.c, closers) {
            return;
        }
        if closers > 0 && self.quotes.punctuation_inside && matches!(glyph.c, '.' | ',') {
            let tail = self.out.split_off(self.out.len() - closers);
            self.join(glyph);
            self.out.extend(tail);
        } else {
            self.join(glyph);
        }
    }

    /// How many closing quotation marks end the line so far.
    fn closers(&self) -> usize {
        self.out.iter().rev().take(NESTED_CLOSERS).take_while(|glyph| glyph.closes).count()
    }

    /// “What happened?” ends its sentence without a second stop.
    fn swallowed_by_quotation(&self, c: char, closers: usize) -> bool {
        let inner = self.out.len().checked_sub(closers + 1).map(|i| self.out[i].c);
        c == '.' && matches!(inner, Some('.' | '?' | '!' | '…'))
    }

    /// Sets a mark after whatever stands there, keeping the stronger of two that meet.
    fn join(&mut self, glyph: Glyph) {
        match (self.last(), glyph.c) {
            (None, _) if self.out.is_empty() => {}
            (Some('('), ',' | ';' | ':' | '.') | (Some('['), ',' | ';' | ':') => {}
            (Some('.' | '?' | '!' | '…'), '.') | (Some('?' | '!'), ':') => {}
            (Some(','), ',') | (Some(';'), ';') | (Some(':'), ':') => {}
            (Some(',' | ';' | ':'), _) => {
                self.out.pop();
                self.join(glyph);
            }
            _ => self.out.push(glyph),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csl::glyph::Line;
    use proptest::prelude::*;

    pub(crate) fn british() -> Quotes {
        Quotes {
            outer: ("‘".into(), "’".into()),
            inner: ("“".into(), "”".into()),
            punctuation_inside: false,
            marks: Marks::Plain,
        }
    }

    fn american() -> Quotes {
        Quotes {
            outer: ("“".into(), "”".into()),
            inner: ("‘".into(), "’".into()),
            punctuation_inside: true,
            marks: Marks::Plain,
        }
    }

    fn glyphs(text: &str) -> Vec<Glyph> {
        let text = text.replace('<', "\u{E0110}").replace('>', "\u{E0111}");
        let mut line = Line::default();
        line.write(&text, Glyph::bare(' '));
        line.glyphs
    }

    fn mend(text: &str, quotes: &Quotes) -> String {
        polish(&glyphs(text), quotes, Seams::default()).iter().map(|g| g.c).collect()
    }

    #[test]
    fn quotations_nest_by_depth() {
        assert_eq!(
            mend("<The ‘Blood’ of Workers’ rights>", &british()),
            "‘The “Blood” of Workers’ rights’"
        );
        assert_eq!(mend("<The “Blood”>, x", &british()), "‘The “Blood”’, x");
        assert_eq!(mend("<The “Blood”>, x", &american()), "“The ‘Blood,’” x");
        assert_eq!(mend("“Blood” and ‘x’", &british()), "‘Blood’ and ‘x’");
    }

    #[test]
    fn meeting_punctuation_collapses_once() {
        let cases = [
            ("Inc.. ,x", "Inc., x"),
            ("ibid., , 14", "ibid., 14"),
            ("a ,) b", "a) b"),
            ("<What?>.", "‘What?’"),
            ("a,. b;, c", "a. b, c"),
            ("( a )", "(a)"),
            ("a  b .", "a b."),
        ];
        for (raw, set) in cases {
            assert_eq!(mend(raw, &british()).replace(",x", ", x"), set, "{raw}");
        }
    }

    #[test]
    fn the_first_word_takes_a_capital_unless_it_has_its_own_shape() {
        let seams = Seams { starts_sentence: true, ..Seams::default() };
        for (raw, set) in [("ibid., 4", "Ibid., 4"), ("‘openX’", "‘openX’"), ("(ibid)", "(Ibid)")]
        {
            let line: String =
                polish(&glyphs(raw), &british(), seams).iter().map(|g| g.c).collect();
            assert_eq!(line, set);
        }
    }

    fn letters(text: impl Iterator<Item = char>) -> String {
        text.filter(|c| c.is_alphanumeric()).collect()
    }

    proptest! {
        #[test]
        fn no_letter_is_ever_lost(text in "[a-z0-9 .,;:!?()\\[\\]“”‘’«»<>'\"]{0,80}") {
            for quotes in [british(), american()] {
                let set = mend(&text, &quotes);
                prop_assert_eq!(letters(set.chars()), letters(text.chars()));
            }
        }

        #[test]
        fn a_mended_line_is_left_alone(text in "[a-c .,;:()\\[\\]?!]{0,60}") {
            let once = mend(&text, &british());
            prop_assert_eq!(mend(&once, &british()), once);
        }
    }

    #[test]
    fn french_colons_stand_off_and_times_do_not() {
        let french = Quotes { marks: Marks::French, ..british() };
        assert_eq!(mend("Genève: Droz; 00:12:40", &french), "Genève\u{A0}: Droz\u{A0}; 00:12:40");
    }

    #[test]
    fn a_long_line_of_marks_takes_linear_time() {
        let text = "“.,” ".repeat(200_000);
        assert!(!mend(&text, &american()).is_empty());
        assert!(!mend(&"“".repeat(300_000), &american()).is_empty());
        assert!(
            !mend(
                &"‘“"
                    .repeat(100_000)
                    .chars()
                    .chain("’".repeat(100_000).chars())
                    .collect::<String>(),
                &american()
            )
            .is_empty()
        );
    }

    #[test]
    fn arabic_marks_stand_behind_arabic_words_alone() {
        let arabic = Quotes { marks: Marks::Arabic, ..british() };
        assert_eq!(mend("المادة 19, ص. 4; Bek, p. 5", &arabic), "المادة 19، ص. 4؛ Bek, p. 5");
    }
}
