//! Whether lines were broken at a width, and how they are joined again.

use super::lines::Line;
use super::signs::superscript_digit;
use std::collections::HashSet;

/// How the lines of a text end.
#[derive(Debug, Clone, PartialEq)]
pub enum Wrap {
    /// A line is a paragraph.
    None,
    /// Lines are broken at about this many characters.
    At(usize),
}

impl Wrap {
    /// How `lines` are broken.
    pub fn of(lines: &[Line]) -> Wrap {
        let mut lengths: Vec<usize> = lines.iter().map(|line| line.text.chars().count()).collect();
        lengths.sort_unstable();
        let Some(width) = lengths.get(lengths.len() * 9 / 10).copied() else { return Wrap::None };
        let full = |line: &Line| {
            let length = line.text.chars().count();
            length * 4 >= width * 3
        };
        let long = lines.iter().filter(|line| full(line));
        let (all, open) = long.fold((0, 0), |(all, open), line| {
            (all + 1, open + usize::from(!ends_sentence(line.text)))
        });
        let is_wrapped = (30..=140).contains(&width) && all >= 3 && open * 2 >= all;
        if is_wrapped { Wrap::At(width) } else { Wrap::None }
    }

    /// Whether a paragraph ends with this line, as far as the line itself tells.
    pub fn ends_paragraph(&self, text: &str) -> bool {
        match self {
            Wrap::None => true,
            Wrap::At(width) => ends_sentence(text) && text.chars().count() * 20 < width * 17,
        }
    }

    fn is_full(&self, text: &str) -> bool {
        match self {
            Wrap::None => false,
            Wrap::At(width) => text.chars().count() * 20 >= width * 17,
        }
    }

    fn is_short(&self, text: &str) -> bool {
        match self {
            Wrap::None => false,
            Wrap::At(width) => text.chars().count() * 10 < width * 6,
        }
    }

    /// Whether `line` goes on with the paragraph of the line `before` it; `after` is the line after.
    pub fn joins(&self, before: &Line, line: &Line, after: Option<&Line>) -> bool {
        let is_lower = line.text.starts_with(char::is_lowercase);
        let is_open = !ends_sentence(before.text) && !before.text.ends_with(':');
        if starts_item(line.text) {
            return false;
        }
        if line.after_page || line.after_blank {
            let words = before.text.split_whitespace().count();
            // A page may end in the midst of a sentence, before a name.
            let is_cut = line.after_page && words > 4 && is_open && self.is_full(before.text);
            if is_cut && (!self.is_short(line.text) || ends_sentence(line.text)) {
                return true;
            }
            return is_open && is_lower && (words > 12 || matches!(self, Wrap::At(_)) && words > 4);
        }
        match self {
            Wrap::None => is_lower && is_open && before.text.split_whitespace().count() > 12,
            Wrap::At(_) => {
                let is_heading =
                    |line: &Line| self.is_short(line.text) && !ends_sentence(line.text);
                let opens = |line: &Line| !line.text.starts_with(char::is_lowercase);
                if is_heading(before) && !is_lower {
                    return false;
                }
                let new_heading = is_heading(line)
                    && !is_lower
                    && after.is_none_or(|after| opens(after) || after.after_blank);
                let is_indented = line.indent > before.indent + 1 && ends_sentence(before.text);
                let closes = is_indented || new_heading && ends_sentence(before.text);
                !self.ends_paragraph(before.text) && !closes
            }
        }
    }
}

/// Whether a line begins an item of a list.
pub fn starts_item(text: &str) -> bool {
    let mut chars = text.chars();
    let (first, next) = (chars.next(), chars.next());
    matches!(first, Some('•' | '▪' | '◦' | '●' | '■' | '\u{f0b7}' | '‣' | '·'))
        || matches!(first, Some('-' | '–' | '—' | '*')) && next.is_some_and(char::is_whitespace)
}

/// Whether `text`, but for a mark at its end, ends a sentence.
pub fn ends_sentence(text: &str) -> bool {
    let marks = |c: char| c.is_ascii_digit() || superscript_digit(c).is_some();
    let end = text.trim_end_matches(|c: char| marks(c) || "[]^".contains(c));
    let end = end.trim_end_matches(['’', '”', '»', '"', '\'', ')', '“']);
    end.ends_with(['.', '!', '?', '…', ':', ';'])
}

/// How two lines are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// With a space.
    Space,
    /// A word goes on; its hyphen stays.
    Hyphen,
    /// A word goes on; its hyphen was put by the printer.
    Word,
}

/// The words of a document, by which a hyphen at the end of a line is judged.
pub struct Vocabulary {
    words: HashSet<String>,
}

impl Vocabulary {
    /// The words of `lines`; what is broken at the end of a line is none.
    pub fn of(lines: &[Line]) -> Vocabulary {
        let mut words = HashSet::new();
        for line in lines {
            for word in line.text.split_whitespace() {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
                if !word.ends_with('-') {
                    words.insert(word.to_lowercase());
                }
            }
        }
        Vocabulary { words }
    }

    /// How `before` and `after`, two lines of a paragraph, are joined.
    pub fn joint(&self, before: &str, after: &str) -> Joint {
        let Some(stem) = before.strip_suffix(['-', '\u{ad}', '‐']) else { return Joint::Space };
        if before.ends_with('\u{ad}') {
            return Joint::Word;
        }
        if !stem.ends_with(char::is_alphabetic) || !after.starts_with(char::is_alphanumeric) {
            return Joint::Space;
        }
        let is_letter = |c: char| c.is_alphanumeric() || c == '-';
        let head = stem.rsplit(|c: char| !is_letter(c)).next().unwrap_or_default();
        let tail = after.split(|c: char| !is_letter(c)).next().unwrap_or_default();
        let known = |word: String| self.words.contains(&word.to_lowercase());
        match after.starts_with(char::is_lowercase) {
            _ if known(format!("{head}-{tail}")) => Joint::Hyphen,
            true if known(format!("{head}{tail}")) || !head.contains('-') => Joint::Word,
            _ => Joint::Hyphen,
        }
    }
}
