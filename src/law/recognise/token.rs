//! Prose into tokens that can be compared: words folded, marks made alike, places kept.
//!
//! Soft hyphens, zero-width characters and superscript note numbers are not there for a reader of
//! tokens, nor is a masked note reference; any other masked range is one opaque token.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::law) enum Kind {
    /// A run of letters.
    Word,
    /// A run of ASCII digits.
    Number,
    /// One other character; quotes, apostrophes and hyphens are made alike.
    Mark(char),
    /// A masked range.
    Opaque,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::law) enum Case {
    /// `law`, or no word at all.
    Lower,
    /// `Law`, `KoAP`.
    Capital,
    /// `LAW`.
    Upper,
}

/// A word, a number or a mark with its place.
#[derive(Debug, Clone, Copy)]
pub(in crate::law) struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
    /// Whether white space stands before it.
    pub space: bool,
    pub case: Case,
    folded: (usize, usize),
}

/// A text as tokens.
pub(in crate::law) struct Text<'t> {
    pub source: &'t str,
    folded: String,
    tokens: Vec<Token>,
}

impl<'t> Text<'t> {
    /// Reads `source` without what is in `masked` (sorted byte ranges).
    pub fn new(source: &'t str, masked: &[Range<usize>]) -> Text<'t> {
        let size = source.len();
        let mut text = Text {
            source,
            folded: String::with_capacity(size),
            tokens: Vec::with_capacity(size / 5),
        };
        let mut at = 0;
        let mut space = true;
        for range in masked {
            let start = floor(source, range.start).max(at);
            let end = floor(source, range.end).max(start);
            space = text.read(at..start, space);
            if end > start && !source[start..end].starts_with("[^") {
                let folded = (text.folded.len(), text.folded.len());
                text.tokens.push(Token {
                    kind: Kind::Opaque,
                    start,
                    end,
                    space,
                    case: Case::Lower,
                    folded,
                });
                space = false;
            }
            at = end;
        }
        text.read(at..size, space);
        text
    }

    /// Reads `range`; `space` says whether white space stands before it, the answer after it.
    fn read(&mut self, range: Range<usize>, mut space: bool) -> bool {
        let Range { start: mut at, end } = range;
        while let Some(c) = self.source[at..end].chars().next() {
            let start = at;
            at += c.len_utf8();
            if c.is_whitespace() {
                space = true;
                continue;
            }
            if is_invisible(c) {
                continue;
            }
            let folded = self.folded.len();
            let mut case = CaseCount::default();
            let kind = match c {
                _ if is_letter(c) => {
                    at = self.word_from(start..end, &mut case);
                    Kind::Word
                }
                '0'..='9' => {
                    let digits = |b: &u8| b.is_ascii_digit();
                    at = start
                        + self.source.as_bytes()[start..end]
                            .iter()
                            .take_while(|b| digits(b))
                            .count();
                    self.folded.push_str(&self.source[start..at]);
                    Kind::Number
                }
                _ => Kind::Mark(plain(c)),
            };
            let folded = (folded, self.folded.len());
            self.tokens.push(Token { kind, start, end: at, space, case: case.case(), folded });
            space = false;
        }
        space
    }

    /// Folds the word at the start of `range`; gives the byte after it.
    fn word_from(&mut self, range: Range<usize>, case: &mut CaseCount) -> usize {
        let mut at = range.start;
        loop {
            let ascii = self.source.as_bytes()[at..range.end].iter();
            let letters = ascii.take_while(|b| b.is_ascii_alphabetic()).count();
            let folded = self.folded.len();
            self.folded.push_str(&self.source[at..at + letters]);
            case.count_ascii(&self.source.as_bytes()[at..at + letters]);
            self.folded[folded..].make_ascii_lowercase();
            at += letters;
            match self.source[at..range.end].chars().next() {
                Some(c) if is_invisible(c) => at += c.len_utf8(),
                Some(c) if !c.is_ascii() && is_letter(c) => {
                    case.count(c);
                    fold(c, &mut self.folded);
                    at += c.len_utf8();
                }
                _ => return at,
            }
        }
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Token `i`, if there is one.
    pub fn get(&self, i: usize) -> Option<&Token> {
        self.tokens.get(i)
    }

    /// The folded word or the digits of token `i`; empty for a mark and past the end.
    pub fn word(&self, i: usize) -> &str {
        self.get(i).map_or("", |token| &self.folded[token.folded.0..token.folded.1])
    }

    /// Token `i` as it is written.
    pub fn raw(&self, i: usize) -> &str {
        self.get(i).map_or("", |token| &self.source[token.start..token.end])
    }

    /// The mark that token `i` is.
    pub fn mark(&self, i: usize) -> Option<char> {
        match self.get(i)?.kind {
            Kind::Mark(c) => Some(c),
            _ => None,
        }
    }

    /// Whether token `i` is the mark `c`.
    pub fn is(&self, i: usize, c: char) -> bool {
        self.mark(i) == Some(c)
    }

    /// Whether token `i` is a word.
    pub fn is_word(&self, i: usize) -> bool {
        self.get(i).is_some_and(|token| token.kind == Kind::Word)
    }

    /// Whether token `i` is a number.
    pub fn is_number(&self, i: usize) -> bool {
        self.get(i).is_some_and(|token| token.kind == Kind::Number)
    }

    /// The value of the number that token `i` is; `None` for more than six digits.
    pub fn value(&self, i: usize) -> Option<u32> {
        if self.is_number(i) && self.word(i).len() <= 6 { self.word(i).parse().ok() } else { None }
    }

    /// Whether token `i` is there and follows the one before it without white space.
    pub fn glued(&self, i: usize) -> bool {
        i > 0 && self.get(i).is_some_and(|token| !token.space)
    }

    /// How the word at `i` is written.
    pub fn case(&self, i: usize) -> Case {
        self.get(i).map_or(Case::Lower, |token| token.case)
    }

    /// Whether the word at `i` begins with a capital.
    pub fn capital(&self, i: usize) -> bool {
        self.case(i) != Case::Lower
    }

    /// Whether the word at `i` is an acronym: capitals, at least two of them.
    pub fn acronym(&self, i: usize) -> bool {
        self.case(i) == Case::Upper && self.word(i).chars().nth(1).is_some()
    }

    /// The bytes of tokens `first..end`.
    pub fn span(&self, first: usize, end: usize) -> Range<usize> {
        match (self.get(first), self.get(end.max(first + 1) - 1)) {
            (Some(a), Some(b)) => a.start..b.end,
            _ => self.source.len()..self.source.len(),
        }
    }
}

#[derive(Default)]
struct CaseCount {
    first_upper: bool,
    letters: usize,
    upper: usize,
}

impl CaseCount {
    fn count_ascii(&mut self, letters: &[u8]) {
        if self.letters == 0 {
            self.first_upper = letters.first().is_some_and(u8::is_ascii_uppercase);
        }
        self.letters += letters.len();
        self.upper += letters.iter().filter(|b| b.is_ascii_uppercase()).count();
    }

    fn count(&mut self, c: char) {
        let upper = c.is_uppercase();
        if self.letters == 0 {
            self.first_upper = upper;
        }
        self.letters += 1;
        self.upper += usize::from(upper);
    }

    fn case(&self) -> Case {
        match self.letters {
            0 => Case::Lower,
            letters if letters == self.upper => Case::Upper,
            _ if self.first_upper => Case::Capital,
            _ => Case::Lower,
        }
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || ('\u{300}'..='\u{36F}').contains(&c)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
        || matches!(c, '¹' | '²' | '³' | '\u{2070}'..='\u{2079}')
}

fn fold(c: char, into: &mut String) {
    match c {
        'ё' | 'Ё' => into.push('е'),
        _ => into.extend(c.to_lowercase()),
    }
}

fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | '`' | '´' | '‛' => '\'',
        '“' | '”' | '„' | '«' | '»' | '‟' => '"',
        '‐' | '‑' | '−' | '\u{FE63}' | '\u{FF0D}' => '-',
        '‒' | '–' => '–',
        '（' => '(',
        '）' => ')',
        _ => c,
    }
}

fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
