//! What the words of a paragraph tell of its shape.

use super::paragraphs::Paragraph;
use super::shape_lists::item_number;
use super::wrap::ends_sentence;

/// The most words and characters of a heading.
const HEADING_WORDS: usize = 14;
const HEADING_CHARACTERS: usize = 110;

/// Whether the first paragraph of a text can be its title.
pub fn is_title(paragraph: &Paragraph) -> bool {
    let text = paragraph.plain.trim();
    let is_short = paragraph.words() <= 24 && text.chars().count() <= 180;
    is_short
        && !paragraph.has_marks
        && !text.ends_with(['.', ';', ':', ','])
        && text.contains(char::is_alphabetic)
}

/// The number of a chapter and its title: `4. Title`, `Chapter 4: Title`, `Chapter 4`.
pub fn numbered_title(text: &str) -> (Option<&str>, &str) {
    const WORDS: &[&str] = &[
        "chapter",
        "part",
        "section",
        "глава",
        "раздел",
        "часть",
        "chapitre",
        "capítulo",
        "kapitel",
        "тарау",
    ];
    let text = text.trim();
    let word = text.split_whitespace().next().unwrap_or_default();
    let is_named = WORDS.contains(&word.to_lowercase().as_str());
    let rest = if is_named { text[word.len()..].trim_start() } else { text };
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits == 0 || digits > 3 {
        return (None, text);
    }
    let after = &rest[digits..];
    let title = after.trim_start_matches(['.', ':', ')', '–', '—', '-', '|', ' ', '\u{a0}', '\t']);
    let is_apart = after.starts_with(['.', ':', ')', ' ', '\u{a0}', '\t']) || after.is_empty();
    let is_number = is_named || after.starts_with(['.', ':', ')', '\t']);
    let is_decimal = title.starts_with(|c: char| c.is_ascii_digit());
    match is_apart && is_number && !is_decimal {
        true => (Some(&rest[..digits]), title),
        false => (None, text),
    }
}

/// Whether `paragraph`, which stands under the title, is a summary: short, without notes, and
/// before longer text.
pub fn is_summary(paragraph: &Paragraph, next: &Paragraph) -> bool {
    let words = paragraph.words();
    !paragraph.has_marks
        && (12..=70).contains(&words)
        && ends_sentence(&paragraph.plain)
        && !paragraph.plain.ends_with(':')
        && next.words() * 2 > words * 3
        && item_number(&paragraph.plain).is_none()
}

/// The head of a box, with its number and the bytes that these take: `Box 2: Title`.
pub fn box_head(text: &str) -> Option<(Option<u32>, usize)> {
    const WORDS: &[&str] = &["Box", "BOX", "Вставка", "Врезка", "Encadré", "Recuadro", "Kasten"];
    let word = text.split_whitespace().next()?;
    let bare = word.trim_end_matches(':');
    if !WORDS.contains(&bare) || text.split_whitespace().count() > 24 {
        return None;
    }
    let rest = text[word.len()..].trim_start();
    let number: &str = rest.split(|c: char| !(c.is_ascii_digit() || c == '.')).next()?;
    let digits = number.trim_end_matches('.');
    let after = rest[digits.len()..]
        .trim_start_matches(['.', ':', '–', '—', '-', '|', ' ', '\u{a0}', '\t']);
    let signs = rest.len() - digits.len() - after.len();
    let is_sentence = after.starts_with(char::is_lowercase) || after.ends_with(['.', ';']);
    let is_head = !digits.is_empty() && (signs > 0 || after.is_empty()) || word.ends_with(':');
    let value = digits.rsplit('.').next().and_then(|n| n.parse().ok());
    (is_head && !is_sentence)
        .then(|| (value.filter(|_| !digits.contains('.')), text.len() - after.len()))
}

/// Whether a paragraph is a heading: short, no sentence, with text after it.
pub fn is_heading(
    paragraph: &Paragraph,
    before: Option<&Paragraph>,
    after: Option<&Paragraph>,
) -> bool {
    let text = paragraph.plain.trim();
    let Some(after) = after else { return false };
    let begins = text.chars().find(|c| c.is_alphanumeric());
    let is_short = paragraph.words() <= HEADING_WORDS && text.chars().count() <= HEADING_CHARACTERS;
    let ends = text.ends_with(['.', ':', ';', ',', '!', '…', '-', '–']) && !is_numbering(text);
    is_short
        && !ends
        && begins.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
        && text.contains(char::is_alphabetic)
        && !text.starts_with(['(', '‘', '“', '«', '"', '–', '—'])
        && !after.plain.starts_with(char::is_lowercase)
        && before.is_none_or(|before| {
            ends_sentence(&before.plain)
                || before.words() <= HEADING_WORDS
                || is_figure(&before.plain)
        })
        && !stands_in_run(paragraph, before, after)
}

fn is_figure(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

fn is_numbering(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// Whether the paragraph is one of several short lines, of which none is a heading.
fn stands_in_run(paragraph: &Paragraph, before: Option<&Paragraph>, after: &Paragraph) -> bool {
    let is_short = |p: &Paragraph| p.words() <= HEADING_WORDS && !ends_sentence(&p.plain);
    before.is_some_and(is_short) && is_short(after) && is_short(paragraph)
}

/// Whether `paragraph` is a block quote: words that the one before it announces, or a paragraph in
/// quotation marks.
pub fn is_quote(before: &Paragraph, paragraph: &Paragraph, after: Option<&Paragraph>) -> bool {
    let text = paragraph.plain.trim();
    let announced = before.plain.trim_end().ends_with(':') && says(before);
    let is_list = item_number(text).is_some()
        || text.starts_with(['(', '•', '–', '-'])
        || text.ends_with(';')
        || after.is_some_and(|after| after.plain.ends_with(';'));
    announced && !is_list && paragraph.words() >= 10 && ends_sentence(text)
        || is_quoted(text) && paragraph.words() >= 20
        || paragraph.indent >= before.indent + 4
            && paragraph.words() >= 15
            && after.is_some_and(|a| a.indent <= before.indent)
}

/// Whether the words before a colon announce what somebody said.
fn says(paragraph: &Paragraph) -> bool {
    const VERBS: &[&str] = &[
        "said",
        "says",
        "wrote",
        "writes",
        "stated",
        "states",
        "noted",
        "notes",
        "put",
        "reads",
        "read",
        "concluded",
        "declared",
        "declares",
        "explained",
        "recalled",
        "warned",
        "observed",
        "argued",
        "told",
        "testified",
        "remarked",
        "summarised",
        "summarized",
        "encapsulated",
        "described",
        "describes",
        "replied",
        "added",
        "words",
        "according",
        "quote",
        "statement",
        "заявил",
        "заявила",
        "сказал",
        "сказала",
        "пишет",
        "писал",
        "отметил",
        "отметила",
        "говорится",
        "словам",
        "declaró",
        "dijo",
        "écrit",
        "déclaré",
    ];
    let sentence = paragraph.plain.rsplit(['.', '?', '!']).next().unwrap_or_default();
    let is_short = paragraph.words() <= 16;
    is_short
        || sentence
            .split(|c: char| !c.is_alphabetic())
            .any(|word| VERBS.contains(&word.to_lowercase().as_str()))
}

/// Whether the whole text stands in one pair of quotation marks.
fn is_quoted(text: &str) -> bool {
    [('‘', '’'), ('“', '”'), ('«', '»')].iter().any(|(open, close)| {
        let inner = text.strip_prefix(*open).and_then(|rest| rest.strip_suffix(*close));
        inner.is_some_and(|inner| !inner.contains([*open]))
    })
}

/// The level of each heading among `texts`; what is no heading is none.
pub fn levels(texts: &[Option<&str>]) -> Vec<u8> {
    let depths: Vec<usize> = texts.iter().flatten().map(|text| depth(text)).collect();
    let is_numbered = depths.iter().filter(|depth| **depth > 0).count() * 2 > depths.len();
    let shallowest = depths.iter().copied().filter(|depth| *depth > 0).min().unwrap_or(1);
    let has_capitals = texts.iter().flatten().any(|text| is_capitals(text));
    let mut state = Nesting::default();
    let mut last = 1;
    let mut out = Vec::with_capacity(texts.len());
    for (at, text) in texts.iter().enumerate() {
        let Some(text) = text else {
            out.push(0);
            continue;
        };
        let level = match (is_numbered, has_capitals) {
            (true, _) if depth(text) > 0 => depth(text) - shallowest + 2,
            (true, _) => 2,
            (_, true) => 2 + usize::from(!is_capitals(text)),
            _ => state.level(texts, at),
        };
        // No level is left out on the way down.
        last = level.min(last + 1).min(6);
        out.push(last as u8);
    }
    out
}

/// How many numbers a heading begins with: `4.2.1 Title` has three.
fn depth(text: &str) -> usize {
    let word = text.split_whitespace().next().unwrap_or_default();
    let number = word.trim_end_matches(['.', ')']);
    let is_number = !number.is_empty()
        && number.split('.').all(|part| {
            !part.is_empty() && part.len() < 4 && part.bytes().all(|b| b.is_ascii_digit())
        });
    if is_number { number.split('.').count() } else { 0 }
}

fn is_capitals(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    letters().count() > 3 && letters().all(char::is_uppercase)
}

/// Levels of headings that have no numbers: two that stand together are one above the other, and
/// the lower level lasts until a heading begins with the words of the upper one.
#[derive(Default)]
struct Nesting {
    upper: Option<String>,
}

impl Nesting {
    fn level(&mut self, texts: &[Option<&str>], at: usize) -> usize {
        let text = texts[at].unwrap_or_default();
        let follows = at > 0 && texts[at - 1].is_some();
        if follows {
            let upper = texts[at - 1].map(head).filter(|head| {
                texts[at..].iter().flatten().any(|later| self::head(later) == *head)
            });
            self.upper = upper;
            return 3;
        }
        match &self.upper {
            Some(upper) if head(text) == *upper => self.upper = None,
            Some(_) => return 3,
            None => {}
        }
        2
    }
}

/// The first words of a heading.
fn head(text: &str) -> String {
    text.split_whitespace().take(2).collect::<Vec<_>>().join(" ").to_lowercase()
}

/// An identifier from words: `box-torture-in-kazakhstan`.
pub fn identifier(prefix: &str, words: &str) -> Option<String> {
    let words: Vec<String> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(4)
        .map(str::to_lowercase)
        .collect();
    (!words.is_empty()).then(|| format!("{prefix}-{}", words.join("-")))
}
