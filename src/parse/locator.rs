//! Locators: the words and numbers that say which part of a source is meant.
//!
//! One table for all languages; no word in it means different units in two of them.

use std::ops::Range;

/// A locator found in text: its CSL unit, the place of its numbers, and the byte after it.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// CSL name of the unit.
    pub unit: &'static str,
    /// The number or numbers.
    pub value: Range<usize>,
    /// The first byte that no longer belongs to the locator.
    pub end: usize,
}

/// CSL unit and the words for it: English, Russian, Kazakh, French, Spanish, Arabic.
const UNITS: &[(&str, &[&str])] = &[
    (
        "page",
        &[
            "p.",
            "pp.",
            "page",
            "pages",
            "с.",
            "сс.",
            "стр.",
            "бет",
            "б.",
            "бб.",
            "pág.",
            "págs.",
            "página",
            "páginas",
            "ص.",
            "ص",
            "صفحة",
            "الصفحة",
            "الصفحات",
        ],
    ),
    (
        "paragraph",
        &[
            "para.",
            "paras.",
            "para",
            "paras",
            "paragraph",
            "paragraphs",
            "¶",
            "¶¶",
            "п.",
            "пп.",
            "пункт",
            "пункты",
            "par.",
            "paragraphe",
            "paragraphes",
            "párr.",
            "párrs.",
            "párrafo",
            "párrafos",
            "тармақ",
            "الفقرة",
            "فقرة",
            "الفقرات",
        ],
    ),
    (
        "article-locator",
        &[
            "art.",
            "arts.",
            "arts",
            "art",
            "article",
            "articles",
            "ст.",
            "ст.ст.",
            "статья",
            "статьи",
            "бап",
            "артикул",
            "artículo",
            "artículos",
            "المادة",
            "مادة",
            "المادتان",
            "المواد",
        ],
    ),
    (
        "section",
        &[
            "s.",
            "ss.",
            "sec.",
            "secs.",
            "section",
            "sections",
            "§",
            "§§",
            "разд.",
            "раздел",
            "القسم",
        ],
    ),
    (
        "chapter",
        &[
            "ch.",
            "chs.",
            "chap.",
            "chaps.",
            "chapter",
            "chapters",
            "гл.",
            "глава",
            "тарау",
            "chapitre",
            "cap.",
            "capítulo",
            "الفصل",
            "فصل",
        ],
    ),
    ("part", &["pt.", "pts.", "part", "parts", "ч.", "часть", "бөлім", "partie", "parte", "الجزء"]),
    ("note", &["n.", "nn.", "note", "notes", "прим.", "сн.", "ескертпе", "الحاشية"]),
    ("figure", &["fig.", "figs.", "figure", "figures", "рис."]),
    ("line", &["l.", "ll.", "line", "lines"]),
    ("verse", &["v.", "vv.", "verse"]),
    ("volume", &["vol.", "vols.", "volume", "т.", "том", "المجلد"]),
    ("column", &["col.", "cols.", "column"]),
    ("folio", &["fol.", "fols.", "folio", "л."]),
    ("book", &["bk.", "bks.", "book"]),
    ("issue", &["no.", "nos.", "№"]),
    ("table", &["tbl.", "table", "табл."]),
    ("appendix", &["app.", "appendix", "прил.", "приложение", "қосымша", "الملحق", "ملحق"]),
    ("rule", &["rule", "rules", "r.", "principle"]),
    ("timestamp", &["at", "time"]),
];

/// Reads a locator at the head of `text`: an optional comma, then `{…}`, words and numbers, or a
/// bare number (a page).
pub fn read(text: &str) -> Option<Found> {
    let start = text.len() - text.trim_start_matches([',', ' ', '\u{A0}', '\n']).len();
    let rest = &text[start..];
    if let Some(inner) = rest.strip_prefix('{') {
        let close = inner.find('}')?;
        let whole = read_words(&inner[..close], start + 1);
        let custom = Found { unit: "custom", value: start + 1..start + 1 + close, end: 0 };
        return Some(Found { end: start + close + 2, ..whole.unwrap_or(custom) });
    }
    read_words(rest, start)
}

fn read_words(text: &str, base: usize) -> Option<Found> {
    if let Some(length) = number_with_unit(text) {
        return Some(Found { unit: "custom", value: base..base + length, end: base + length });
    }
    if let Some(length) = annex(text) {
        return Some(Found { unit: "custom", value: base..base + length, end: base + length });
    }
    let (unit, label) = unit_at(text).unwrap_or(("page", 0));
    let space = text[label..].len() - text[label..].trim_start_matches([' ', '\u{A0}']).len();
    let from = label + space;
    let length = numbers(&text[from..], label > 0)?;
    let value = base + from..base + from + length;
    Some(Found { unit, end: value.end, value })
}

/// The unit whose word heads `text`, with the length of the word.
fn unit_at(text: &str) -> Option<(&'static str, usize)> {
    let word_end = text
        .find(|c: char| c.is_whitespace() || c.is_ascii_digit() || c == '\u{A0}')
        .unwrap_or(text.len());
    let word = text[..word_end].to_lowercase();
    let unit = UNITS.iter().find(|(_, words)| words.contains(&word.as_str()))?.0;
    Some((unit, word_end))
}

/// The length of `annex II`, which stands as it is typed: CSL knows only appendices.
fn annex(text: &str) -> Option<usize> {
    let word = text.find(char::is_whitespace)?;
    let known =
        ["annex", "annexe", "anexo", "anejo"].contains(&text[..word].to_lowercase().as_str());
    let from = text.len() - text[word..].trim_start().len();
    known.then(|| numbers(&text[from..], true)).flatten().map(|length| from + length)
}

/// The length of a number with its unit behind it, as Kazakh has it: `10-бап`, `3-тармағы`. It says
/// all that there is to print.
fn number_with_unit(text: &str) -> Option<usize> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).filter(|digits| *digits > 0)?;
    let word = text[digits..].strip_prefix(['-', '‑', '–'])?;
    let length = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
    let stems = ["бап", "бет", "тармақ", "тармағ", "тарау", "бөлім", "бөліг"];
    let known = stems.iter().any(|stem| word[..length].to_lowercase().starts_with(stem));
    known.then(|| text.len() - word.len() + length)
}

/// The length of the numbers at the head of `text`: `14`, `19(2)`, `14, 16–18 and 20`, `xii`.
fn numbers(text: &str, labelled: bool) -> Option<usize> {
    let mut end = one_number(text, labelled)?;
    loop {
        let rest = &text[end..];
        let joined = [", and ", ", ", " and ", " & ", " и ", " et ", " y ", "–", "-"]
            .iter()
            .find(|joint| rest.starts_with(**joint));
        let Some(joint) = joined else { break };
        match one_number(&rest[joint.len()..], false) {
            Some(length) => end += joint.len() + length,
            None => break,
        }
    }
    Some(end)
}

/// The length of one number: digits with what hangs on them, or (after a word) Roman figures.
fn one_number(text: &str, labelled: bool) -> Option<usize> {
    let mut depth = 0usize;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            ')' | ',' | ';' | ']' | '}' => break,
            c if c.is_whitespace() && depth == 0 => break,
            _ => {}
        }
        end = at + c.len_utf8();
    }
    let token = text[..end].trim_end_matches(['.', ':', '?', '!']);
    let digit = token.chars().next().is_some_and(|c| c.is_ascii_digit() || c == '(');
    let roman =
        labelled && !token.is_empty() && token.chars().all(|c| "ivxlcdmIVXLCDM–-".contains(c));
    let lettered = labelled && token.chars().any(|c| c.is_ascii_digit());
    let single = labelled && token.chars().count() == 1 && token.chars().all(char::is_alphabetic);
    (digit && token.len() > 1
        || token.len() == 1 && digit && token != "("
        || roman
        || lettered
        || single)
        .then_some(token.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Option<(&'static str, &str, &str)> {
        read(text).map(|f| (f.unit, &text[f.value.clone()], &text[f.end..]))
    }

    #[test]
    fn reads_words_numbers_and_leaves_the_rest() {
        assert_eq!(values(", p. 14, as amended"), Some(("page", "14", ", as amended")));
        assert_eq!(values(", pp. 14, 16–18 and 20"), Some(("page", "14, 16–18 and 20", "")));
        assert_eq!(values(", art. 19(2), as"), Some(("article-locator", "19(2)", ", as")));
        assert_eq!(values(", para. 12(a)(ii)"), Some(("paragraph", "12(a)(ii)", "")));
        assert_eq!(values(", 10-бап, 3-т."), Some(("custom", "10-бап", ", 3-т.")));
        assert_eq!(values(", 10-баптың 2-тармағы"), Some(("custom", "10-баптың", " 2-тармағы")));
        assert_eq!(values(", 10-байт"), Some(("page", "10-байт", "")));
        assert_eq!(values(", المادة 19(2)"), Some(("article-locator", "19(2)", "")));
        assert_eq!(values(" § 5"), Some(("section", "5", "")));
        assert_eq!(values(", §5"), Some(("section", "5", "")));
        assert_eq!(values(", 33"), Some(("page", "33", "")));
        assert_eq!(values(", p. xii"), Some(("page", "xii", "")));
        assert_eq!(values(", ст. 20"), Some(("article-locator", "20", "")));
        assert_eq!(values(", {art. 7}, x"), Some(("article-locator", "7", ", x")));
        assert_eq!(values(", {annex II}"), Some(("custom", "annex II", "")));
        assert_eq!(values(", annex 2, as"), Some(("custom", "annex 2", ", as")));
        assert_eq!(values(", app. 2"), Some(("appendix", "2", "")));
        assert_eq!(values(", {preamble}"), Some(("custom", "preamble", "")));
    }

    #[test]
    fn words_without_numbers_are_no_locator() {
        for text in ["", ", as amended", " in full", ", p.", ", see below", " (", ", ("] {
            assert_eq!(values(text), None, "{text}");
        }
    }
}
