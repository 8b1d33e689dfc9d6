//! What stands beside digits: signs, abbreviations, addresses.

use std::ops::Range;

/// A digit on the line.
pub fn plain_digit(c: char) -> Option<char> {
    c.is_ascii_digit().then_some(c)
}

/// A raised digit as a plain one.
pub fn superscript_digit(c: char) -> Option<char> {
    Some(match c {
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁰' => '0',
        '⁴'..='⁹' => char::from(b'4' + (u32::from(c) - u32::from('⁴')) as u8),
        _ => return None,
    })
}

/// Whether `last`, which stands after `rest`, can be the end of what a mark stands at.
pub fn closes(last: char, rest: &str) -> bool {
    match last {
        '.' | ',' | ';' | ':' | '!' | '?' | '…' | ')' | ']' | '}' | '»' | '%' | '‰' | '†' | '*' => {
            !rest.is_empty()
        }
        // Closing quotes stand after something; opening ones after a blank.
        '”' | '’' | '"' | '\'' | '“' | '›' | '′' | '″' | '°' => {
            rest.chars().next_back().is_some_and(|c| !c.is_whitespace() && !"([—–".contains(c))
        }
        _ => false,
    }
}

/// Words before a full stop that stand before a number of something else.
const ABBREVIATIONS: &[&str] = &[
    "no", "nos", "nr", "art", "arts", "p", "pp", "vol", "vols", "fig", "figs", "para", "paras",
    "sec", "secs", "sect", "ch", "chs", "add", "rev", "corr", "l", "cn", "conf", "ed", "res",
    "doc", "tab", "app", "ann", "n", "ст", "п", "пп", "ч", "стр", "с", "т", "гл", "рис", "табл",
    "разд", "abs", "s", "bd", "núm", "pág", "págs",
];

/// Whether `words`, which stand before a full stop, end in an abbreviation that takes a number.
pub fn is_abbreviation(words: &str) -> bool {
    let start = words
        .char_indices()
        .rev()
        .take(8)
        .take_while(|(_, c)| c.is_alphabetic())
        .last()
        .map_or(words.len(), |(at, _)| at);
    let word = words[start..].to_lowercase();
    // `1990s.` is no page.
    let stands = !words[..start].ends_with(|c: char| c.is_ascii_digit());
    stands && !word.is_empty() && ABBREVIATIONS.contains(&word.as_str())
}

/// Words before a number that is not a year.
const LEGAL: &[&str] = &[
    "article",
    "articles",
    "art",
    "arts",
    "section",
    "sections",
    "paragraph",
    "paragraphs",
    "para",
    "paras",
    "rule",
    "rules",
    "principle",
    "principles",
    "resolution",
    "resolutions",
    "chapter",
    "chapters",
    "clause",
    "clauses",
    "статья",
    "статьи",
    "статье",
    "статьей",
    "статью",
    "статей",
    "пункт",
    "пункта",
    "пункты",
    "artículo",
    "artículos",
    "article",
    "no",
    "page",
    "pages",
    "pp",
];

/// Whether a number after `before` is the number of an article, a section or the like.
pub fn is_legal(before: &str) -> bool {
    let is_list = |c: char| c.is_ascii_digit() || " ,.–-()\u{a0}".contains(c);
    let mut words = before;
    for _ in 0..4 {
        words = words.trim_end_matches(is_list);
        let stripped = ["and", "or", "to", "и", "или", "et", "y"]
            .iter()
            .find_map(|word| words.strip_suffix(word).filter(|rest| rest.ends_with(' ')));
        match stripped {
            Some(rest) => words = rest,
            None => break,
        }
    }
    let word: String = words.chars().rev().take(14).take_while(|c| c.is_alphabetic()).collect();
    let word: String = word.chars().rev().collect::<String>().to_lowercase();
    LEGAL.contains(&word.as_str())
}

/// Whether `before` ends in a unit of which a raised 2 or 3 is the power.
pub fn is_unit(before: &str) -> bool {
    let word: String = before.chars().rev().take(5).take_while(|c| c.is_alphanumeric()).collect();
    let word: String = word.chars().rev().collect();
    const UNITS: &[&str] =
        &["m", "km", "cm", "mm", "dm", "ft", "mi", "s", "м", "км", "см", "мм", "x", "10", "га"];
    UNITS.contains(&word.trim_start_matches(|c: char| c.is_ascii_digit()))
        || UNITS.contains(&word.as_str())
}

/// The parts of `text` in which digits mean something else: addresses, symbols of documents.
pub fn masked(text: &str) -> Vec<Range<usize>> {
    let mut masked = Vec::new();
    if !text.contains(['/', '@']) && !text.contains("www.") {
        return masked;
    }
    for word in text.split_whitespace() {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let is_address = word.contains("://") || word.contains("www.") || word.contains('@');
        let capitals = word.chars().filter(|c| c.is_ascii_uppercase()).count();
        let is_symbol = word.contains('/')
            && capitals * 3 >= word.chars().filter(|c| c.is_alphabetic()).count()
            && capitals > 0
            && word.contains(|c: char| c.is_ascii_digit());
        if is_address || is_symbol {
            masked.push(start..start + word.len());
        }
    }
    masked
}
