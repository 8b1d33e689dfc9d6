//! Digits that could be the mark of a note, with how likely each is to be one.
//!
//! Looks at one line at a time and at what stands beside the digits; it does not know which number
//! is due. That is told by the order of all of them, in [`super::series`].

use super::numbers::{is_year, number, numbers, side_by_side, trailing_digits};
use super::signs::{
    closes, is_abbreviation, is_legal, is_unit, masked, plain_digit, superscript_digit,
};

/// How likely a mark is, in tenths; what is at least [`STRONG`] can hardly be anything else.
pub type Weight = i32;

/// The least weight of what can hardly be anything but a mark.
pub const STRONG: Weight = 28;

/// The weight of a number with a blank before it in the middle of a sentence: less than a missing
/// number costs, unless a text of that number tells that it is a note.
const CLAUSE: Weight = -40;

/// Digits that may be one mark, or several that stand side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The line, an index.
    pub line: usize,
    /// The bytes of the line that the marks take the place of.
    pub start: usize,
    /// The end of these bytes.
    pub end: usize,
    /// The first number.
    pub first: u32,
    /// The last number; the same for one mark.
    pub last: u32,
    /// How likely it is.
    pub weight: Weight,
    /// Whether it may begin or end a series; what is weak must have its neighbours.
    pub firm: bool,
    /// The run of digits that this one is a reading of; a series takes one reading of each.
    pub run: usize,
    /// Whether the run before must be the mark before.
    pub follows: bool,
}

/// All readings of all digits in `lines`, in their order.
pub fn candidates<'a>(lines: impl Iterator<Item = (usize, &'a str)>) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut run = 0;
    let mut above = "";
    for (line, text) in lines {
        if text.bytes().any(|b| b.is_ascii_digit()) || text.chars().any(is_superscript) {
            read_line(&mut Reader { line, text, above, run: &mut run, found: &mut found });
        }
        above = text;
    }
    found
}

fn is_superscript(c: char) -> bool {
    superscript_digit(c).is_some()
}

struct Reader<'a, 'b> {
    line: usize,
    text: &'a str,
    /// The line before it.
    above: &'a str,
    run: &'b mut usize,
    found: &'b mut Vec<Mark>,
}

fn read_line(reader: &mut Reader) {
    let text = reader.text;
    let masked = masked(text);
    let is_row = is_row_of_figures(text);
    let mut mask = masked.iter().peekable();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        while mask.peek().is_some_and(|range| range.end <= at) {
            mask.next();
        }
        let is_masked = mask.peek().is_some_and(|range| range.contains(&at));
        let digit: fn(char) -> Option<char> = match c {
            '0'..='9' => plain_digit,
            '[' => {
                at += reader.bracketed(at).unwrap_or(1);
                continue;
            }
            '(' => {
                at += reader.parenthesised(at).unwrap_or(1);
                continue;
            }
            c if is_superscript(c) => superscript_digit,
            c => {
                at += c.len_utf8();
                continue;
            }
        };
        let length: usize =
            text[at..].chars().take_while(|c| digit(*c).is_some()).map(char::len_utf8).sum();
        let digits: String = text[at..at + length].chars().filter_map(digit).collect();
        *reader.run += 1;
        match c {
            '0'..='9' if is_masked => {
                let ends = mask.peek().is_some_and(|range| range.end == at + length);
                reader.after_address(at, &digits, ends);
            }
            '0'..='9' => reader.plain(at, &digits, is_row),
            _ => reader.superscript(at, length, &digits),
        }
        at += length;
    }
}

/// Whether most of the words of a line are figures, as in a table.
fn is_row_of_figures(text: &str) -> bool {
    let words = || text.split_whitespace().take(60);
    let figures = words().filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).count();
    figures * 2 > words().count()
}

/// What follows a run of digits.
struct After {
    /// Whether a mark can end here at all.
    allows: bool,
    /// Whether a sentence ends here.
    ends_sentence: bool,
    /// Whether a stop follows that belongs to no number.
    is_stop: bool,
    /// Whether the next sentence follows without a space.
    is_glued: bool,
}

impl After {
    fn of(after: &str) -> After {
        let mut chars = after.chars();
        let next = chars.next();
        let then = chars.next();
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let begins = |c: char| c.is_uppercase() || "‘“«\"'([".contains(c);
        let rest = after.trim_start();
        let opens = rest.chars().next().is_none_or(begins);
        let (allows, ends_sentence) = match next {
            None => (true, true),
            Some(c) if c.is_whitespace() => (true, opens),
            Some('.' | ',' | ':' | '-' | '–' | '\'' | '’') => (!is_digit(then), false),
            Some(c) if "%‰/\\$€£°_=<>#@&+*^([{".contains(c) => (false, false),
            Some(c) => (!c.is_alphanumeric(), false),
        };
        let is_glued = next.is_some_and(char::is_uppercase);
        let is_word_dash =
            matches!(next, Some('-' | '\'' | '’')) && then.is_some_and(char::is_alphabetic);
        let is_stop = matches!(next, Some('.' | ',' | ';')) && allows;
        After { allows: allows && !is_word_dash, ends_sentence, is_stop, is_glued }
    }
}

impl Reader<'_, '_> {
    fn push(&mut self, start: usize, end: usize, numbers: (u32, u32), weight: Weight, firm: bool) {
        let (first, last) = numbers;
        let (line, run) = (self.line, *self.run);
        let mark = Mark { line, start, end, first, last, weight, firm, run, follows: false };
        self.found.push(mark);
    }

    /// Reads `[12]`, `[12, 13]`, `[12–14]` at `at`; gives its length.
    fn bracketed(&mut self, at: usize) -> Option<usize> {
        if at == 0 {
            // The head of a note's own text.
            return None;
        }
        let inside = &self.text[at + 1..];
        let end = inside.find(|c: char| !(c.is_ascii_digit() || " ,–-".contains(c)))?;
        let words = inside[..end].trim();
        if !inside[end..].starts_with(']') || inside[end..].starts_with("](") || words.is_empty() {
            return None;
        }
        let numbers = numbers(words)?;
        *self.run += 1;
        // The blank before it belongs to the brackets.
        let before = &self.text[..at];
        let start = before.trim_end_matches([' ', '\u{a0}']).len();
        self.push(start, at + end + 2, numbers, STRONG, true);
        Some(end + 2)
    }

    /// Reads `(12)` at `at`, where it is glued to a word or a stop; gives its length.
    fn parenthesised(&mut self, at: usize) -> Option<usize> {
        let (before, inside) = (&self.text[..at], &self.text[at + 1..]);
        let digits = inside.len() - inside.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let n = number(&inside[..digits])?;
        let last = before.chars().next_back()?;
        let rest = &before[..before.len() - last.len_utf8()];
        let carries = last.is_lowercase() || last != ')' && closes(last, rest);
        let stands = carries && !is_abbreviation(rest);
        let follow = After::of(inside[digits..].strip_prefix(')')?);
        // `in 2019(12).`, but `Article 2019(3)`.
        let year = trailing_digits(before);
        let is_dated = is_year(year) && !is_legal(&before[..before.len() - year.len()]);
        if (stands || is_dated) && follow.allows {
            *self.run += 1;
            let (weight, firm) = if stands { (16, true) } else { (5, false) };
            self.push(at, at + digits + 2, (n, n), weight, firm);
            return Some(digits + 2);
        }
        None
    }

    fn superscript(&mut self, at: usize, length: usize, digits: &str) {
        let Some(number) = number(digits).filter(|_| at > 0) else { return };
        let is_power = number < 4 && is_unit(&self.text[..at]);
        let weight = if is_power { 3 } else { STRONG + 4 };
        self.push(at, at + length, (number, number), weight, !is_power);
        for numbers in side_by_side(digits) {
            self.push(at, at + length, numbers, STRONG, true);
        }
    }

    fn plain(&mut self, at: usize, digits: &str, is_row: bool) {
        let end = at + digits.len();
        let (before, after) = (&self.text[..at], &self.text[end..]);
        if let Some((start, end)) = raised(before, after, at, end) {
            if let Some(n) = number(digits) {
                self.push(start, end, (n, n), STRONG + 4, true);
            }
            return;
        }
        let follow = After::of(after);
        let next = joined_number(after);
        if at == 0 {
            self.broken_off(digits, after);
        }
        let glue = glue(before, &follow);
        if let Some((weight, firm)) = glue {
            self.glued(at, digits, &follow, next, weight, firm);
        } else {
            if follow.allows {
                self.spaced(at, digits, before, &follow, is_row);
            }
            self.split(at, digits, before, &follow, next);
        }
        self.second(at, digits, before, &follow, next);
    }

    /// A mark that the end of a line has broken off what it stands at.
    fn broken_off(&mut self, digits: &str, after: &str) {
        let last = self.above.chars().next_back();
        let rest = last.map_or("", |last| &self.above[..self.above.len() - last.len_utf8()]);
        let goes_on = after.strip_prefix(' ').and_then(|words| words.chars().next());
        if let (Some(n), Some(last), Some(next)) = (number(digits), last, goes_on)
            && closes(last, rest)
        {
            // Before a capital, the number may as well be the head of a note.
            let weight = if next.is_lowercase() { 4 } else { CLAUSE };
            self.push(0, digits.len(), (n, n), weight, false);
        }
    }

    /// Digits at the end of an address, after the stop of its sentence.
    fn after_address(&mut self, at: usize, digits: &str, ends: bool) {
        if self.text[..at].ends_with(['^', '>']) {
            return self.plain(at, digits, false);
        }
        if let Some(n) = number(digits)
            && ends
            && self.text[..at].ends_with(['.', ',', ';', ')', '”', '’'])
        {
            self.push(at, at + digits.len(), (n, n), 5, false);
        }
    }

    /// Digits glued to what can carry a mark.
    fn glued(
        &mut self,
        at: usize,
        digits: &str,
        follow: &After,
        next: Option<Joined>,
        weight: Weight,
        firm: bool,
    ) {
        let end = at + digits.len();
        let mut readings: Vec<(u32, u32)> = number(digits).map(|n| (n, n)).into_iter().collect();
        readings.extend(side_by_side(digits));
        for (index, (first, last)) in readings.into_iter().enumerate() {
            let weight = weight - 3 * index as Weight;
            match &next {
                _ if follow.allows || follow.is_glued && weight >= STRONG - 3 => {
                    self.push(at, end, (first, last), weight, firm);
                }
                Some(next) if next.is_range && (last + 1..last + 8).contains(&next.number) => {
                    let end = end + next.length;
                    self.push(at, end, (first, next.number), weight - 2, firm);
                }
                Some(next) if !next.is_range && next.number == last + 1 => {
                    self.push(at, end, (first, last), weight - 2, firm);
                }
                _ => {}
            }
        }
    }

    /// A number with a blank before it, at the end of a sentence; or of a clause or before a stop,
    /// which is taken only where the text of the note tells of it.
    fn spaced(&mut self, at: usize, digits: &str, before: &str, follow: &After, is_row: bool) {
        let words = before.trim_end();
        let is_abbreviated = words.strip_suffix('.').is_some_and(is_abbreviation);
        let Some(n) = number(digits).filter(|_| words.len() < before.len() && !is_row) else {
            return;
        };
        let ends = words.ends_with(['.', '!', '?', '”', '’', '»']) && follow.ends_sentence;
        let weight = match ends && !is_abbreviated {
            true => 6,
            false if words.ends_with([',', ';', ':', ')', '’', '”']) => CLAUSE,
            false if follow.is_stop && words.ends_with(char::is_lowercase) && !is_legal(words) => {
                CLAUSE
            }
            false => return,
        };
        self.push(words.len(), at + digits.len(), (n, n), weight, false);
    }

    /// A number that ends in a mark: `2019244`.
    fn split(
        &mut self,
        at: usize,
        digits: &str,
        before: &str,
        follow: &After,
        next: Option<Joined>,
    ) {
        let stands = before
            .chars()
            .next_back()
            .is_none_or(|c| c.is_whitespace() || "(‘“«\"'–-—,.$€£".contains(c));
        let is_legal = is_legal(before);
        let length = digits.len();
        if !stands || length > 12 {
            return;
        }
        let end = at + length;
        let is_free = length > 4 || length == 4 && !is_year(digits) || length == 3 && is_legal;
        if is_legal && length == 4 || is_free {
            for cut in length.saturating_sub(4).max(1)..length {
                let follows_year = cut == 4 && is_year(&digits[..4]) && length > 4;
                let (weight, firm) = if follows_year { (18, true) } else { (5, false) };
                let goes_on =
                    |n: u32| next.is_some_and(|next| !next.is_range && next.number == n + 1);
                if let Some(n) = number(&digits[cut..]).filter(|n| follow.allows || goes_on(*n)) {
                    self.push(at + cut, end, (n, n), weight, firm);
                }
                if follows_year && follow.allows {
                    for numbers in side_by_side(&digits[cut..]) {
                        self.push(at + cut, end, numbers, weight - 3, firm);
                    }
                }
            }
        }
    }

    /// The second of two marks with a comma between them: `12,13`.
    fn second(
        &mut self,
        at: usize,
        digits: &str,
        before: &str,
        follow: &After,
        next: Option<Joined>,
    ) {
        let words = before.trim_end();
        let Some(words) = words.strip_suffix(',') else { return };
        let earlier = trailing_digits(words);
        let Some(n) = number(digits).filter(|n| *n > 1) else { return };
        let goes_on = next.is_some_and(|next| !next.is_range && next.number == n + 1);
        // A split number ends in the mark before: `2019244,245`.
        let is_next = earlier.ends_with(&(n - 1).to_string());
        if is_next && (follow.allows || goes_on) {
            let weight = if before.ends_with(',') { 15 } else { 8 };
            self.push(at, at + digits.len(), (n, n), weight, before.ends_with(','));
            if let Some(mark) = self.found.last_mut() {
                mark.follows = true;
            }
        }
    }
}

/// A number that a run of digits is joined to: `12,13`, `12–14`.
#[derive(Clone, Copy)]
struct Joined {
    number: u32,
    is_range: bool,
    /// Bytes with the sign that joins.
    length: usize,
}

fn joined_number(after: &str) -> Option<Joined> {
    let sign = after.chars().next().filter(|c| ",–-".contains(*c))?;
    let rest = &after[sign.len_utf8()..];
    let digits = &rest[..rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len()];
    let follow = After::of(&rest[digits.len()..]);
    let is_range = sign != ',';
    let number = number(digits).filter(|_| follow.allows || !is_range)?;
    Some(Joined { number, is_range, length: sign.len_utf8() + digits.len() })
}

/// The whole of `^12`, `^12^` or `<sup>12</sup>`.
fn raised(before: &str, after: &str, at: usize, end: usize) -> Option<(usize, usize)> {
    if before.ends_with('^') {
        return Some((at - 1, end + usize::from(after.starts_with('^'))));
    }
    (before.ends_with("<sup>") && after.starts_with("</sup>")).then(|| (at - 5, end + 6))
}

/// How likely digits after `before` are a mark, and whether it may begin a series.
fn glue(before: &str, follow: &After) -> Option<(Weight, bool)> {
    let last = before.chars().next_back()?;
    let rest = &before[..before.len() - last.len_utf8()];
    if last.is_alphabetic() {
        return after_word(before);
    }
    if !closes(last, rest) {
        return None;
    }
    let digits = trailing_digits(rest);
    if !matches!(last, '.' | ',' | ':') {
        return Some((STRONG + 2, true));
    }
    if digits.is_empty() {
        // `p.12` is a page, but a sentence may end in the letter.
        return match last != '.' || !is_abbreviation(rest) {
            true => Some((STRONG + 2, true)),
            false => follow.ends_sentence.then_some((5, false)),
        };
    }
    // `in 2019.12 The` and `in 2019,12 and`, but neither `71.2` nor `1,000` nor `10:30`.
    let free = rest[..rest.len() - digits.len()].chars().next_back();
    let stands = free.is_none_or(|c| c.is_whitespace() || "(–-‘“".contains(c));
    match last {
        '.' if is_year(digits) && stands && follow.ends_sentence => Some((20, true)),
        '.' if follow.ends_sentence => Some((5, false)),
        ',' if is_year(digits) && stands => Some((20, true)),
        ':' if is_year(digits) && stands => Some((15, true)),
        _ => None,
    }
}

/// How likely digits glued to a word are a mark: `constitution99`, `UDHR97`, but `G20`, `CO2`.
fn after_word(before: &str) -> Option<(Weight, bool)> {
    let word: Vec<char> = before.chars().rev().take(24).take_while(|c| c.is_alphabetic()).collect();
    let stands = before.chars().rev().nth(word.len());
    if stands.is_some_and(|c| "/_\\#".contains(c)) {
        return None;
    }
    let capitals = word.iter().all(|c| c.is_uppercase());
    match (capitals, word.len()) {
        (_, 1) => Some((3, false)),
        (true, 2) => Some((10, false)),
        (true, _) => Some((16, true)),
        (false, _) => Some((20, true)),
    }
}
