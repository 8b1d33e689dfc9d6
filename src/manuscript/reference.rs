//! The words of a note before an address, read as a reference: who, ‘what’, where, when.

use super::draft::{Inline, plain};

/// What the words before an address say.
#[derive(Debug, Default)]
pub struct Reference {
    /// Words that stay before the citation: `See`.
    pub before: Vec<Inline>,
    /// Whether the citation says all that the words say.
    pub is_whole: bool,
    author: String,
    title: String,
    container: String,
    issued: String,
    accessed: String,
    words: String,
}

/// Reads `words`, which stand before an address; `after` is what follows it.
pub fn read_reference(words: &[Inline], after: &str) -> Reference {
    let text = plain(words);
    let mut reference = Reference { words: tidy(&text), ..Reference::default() };
    reference.accessed = accessed(after).unwrap_or_default();
    let is_plain = words.iter().all(|i| matches!(i, Inline::Text(_) | Inline::Emphasis(_)));
    let trimmed = text.trim().trim_end_matches([',', ':', '.', '<', '(']).trim();
    let leads = ["", "See", "See also", "Available at", "Ibid", "см.", "См.", "Source", "At"];
    if leads.iter().any(|lead| lead.eq_ignore_ascii_case(trimmed)) {
        let stays = !matches!(trimmed, "" | "Available at" | "Source" | "At");
        reference.before = if stays { words.to_vec() } else { Vec::new() };
        reference.is_whole = true;
        return reference;
    }
    let Some((author, title, rest)) = quoted(trimmed) else { return reference };
    reference.title = title.to_owned();
    let (container, issued) = dated(rest);
    let author = author.trim().trim_end_matches(',').trim();
    let fits = author.split_whitespace().count() <= 8
        && !author.contains(|c: char| c.is_ascii_digit() || ";:.".contains(c))
        && container.split_whitespace().count() <= 6
        && !container.contains(|c: char| c.is_ascii_digit() || ";:.".contains(c));
    reference.issued = issued.unwrap_or_default();
    if fits && is_plain && !reference.issued.is_empty() {
        reference.author = author.to_owned();
        reference.container = container;
        reference.is_whole = true;
    }
    reference
}

/// Words before a title in quotation marks, the title, and the words after it.
fn quoted(text: &str) -> Option<(&str, &str, &str)> {
    let pairs = [('‘', '’'), ('“', '”'), ('«', '»'), ('"', '"'), ('\'', '\'')];
    let (open, close) = *pairs
        .iter()
        .filter(|(open, _)| text.contains(*open))
        .min_by_key(|(open, _)| text.find(*open))?;
    let start = text.find(open)?;
    let inner = start + open.len_utf8();
    let end = inner + text[inner..].rfind(close)?;
    let title = text[inner..end].trim().trim_end_matches(',');
    let is_one = !text[end + close.len_utf8()..].contains(open);
    let before = text[..start].trim_end();
    let stands = before.is_empty() || before.ends_with([',', ':', ')']);
    (is_one && stands && !title.is_empty()).then_some((
        &text[..start],
        title,
        &text[end + close.len_utf8()..],
    ))
}

/// Words after a title, as the place of publication and the date at their end.
fn dated(text: &str) -> (String, Option<String>) {
    let text = text.trim().trim_matches([',', '.', ' ']);
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let Some((last, rest)) = parts.split_last() else { return (String::new(), None) };
    let inner = last.trim_matches(['(', ')']);
    match date(inner) {
        Some(date) => (rest.join(", "), Some(date)),
        None => (parts.join(", "), None),
    }
}

/// `12 March 2019`, `March 12 2019`, `March 2019`, `2019` as an ISO date.
pub fn date(text: &str) -> Option<String> {
    const MONTHS: &[[&str; 2]] = &[
        ["jan", "янв"],
        ["feb", "фев"],
        ["mar", "мар"],
        ["apr", "апр"],
        ["may", "ма"],
        ["jun", "июн"],
        ["jul", "июл"],
        ["aug", "авг"],
        ["sep", "сен"],
        ["oct", "окт"],
        ["nov", "ноя"],
        ["dec", "дек"],
    ];
    let words: Vec<String> = text
        .split([' ', '\u{a0}', ','])
        .filter(|word| !word.is_empty() && !matches!(*word, "г." | "года" | "г"))
        .map(str::to_lowercase)
        .collect();
    let month = |word: &String| {
        let place = MONTHS.iter().position(|names| names.iter().any(|name| word.starts_with(name)));
        place.filter(|_| word.chars().all(|c| c.is_alphabetic() || c == '.')).map(|at| at + 1)
    };
    let year = |word: &String| {
        word.parse::<u32>().ok().filter(|y| (1500..2100).contains(y) && word.len() == 4)
    };
    let day = |word: &String| {
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
        digits.parse::<u32>().ok().filter(|d| (1..=31).contains(d))
    };
    match words.as_slice() {
        [y] => year(y).map(|y| y.to_string()),
        [m, y] => Some(format!("{}-{:02}", year(y)?, month(m)?)),
        [d, m, y] if month(m).is_some() => {
            Some(format!("{}-{:02}-{:02}", year(y)?, month(m)?, day(d)?))
        }
        [m, d, y] => Some(format!("{}-{:02}-{:02}", year(y)?, month(m)?, day(d)?)),
        _ => None,
    }
}

/// The day in `(accessed 5 May 2019)`, where that follows an address.
fn accessed(after: &str) -> Option<String> {
    let lower = after.to_lowercase();
    let word = ["accessed", "last accessed", "retrieved", "visited", "дата обращения"];
    let word = word
        .iter()
        .find(|word| lower.trim_start_matches([' ', ',', '(', '[']).starts_with(**word))?;
    let at = lower.find(word)? + word.len();
    let rest = lower.get(at..)?.trim_start_matches([':', ' ']).trim_start_matches("on ");
    let end = rest.find([')', ']', '.', ';']).unwrap_or(rest.len());
    date(rest[..end].trim()).filter(|date| date.len() == 10)
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Reference {
    /// A key from the author or the host, with the year: `hrw-2019`.
    pub fn key(&self, url: &str) -> String {
        let host = url.split("://").nth(1).unwrap_or(url).split(['/', '?', '#', ':']).next();
        let host = host.unwrap_or_default().trim_start_matches("www.");
        let name = if self.author.is_empty() {
            host.split('.').next().unwrap_or(host)
        } else {
            &self.author
        };
        let words: Vec<String> = name
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(3)
            .map(str::to_lowercase)
            .collect();
        let words = if words.is_empty() { "web".to_owned() } else { words.join("-") };
        match self.issued.get(..4) {
            Some(year) => format!("{words}-{year}"),
            None => words,
        }
    }

    /// The fields of its entry. The words of the note stand beside them, so that none is lost.
    pub fn fields(&self, url: &str) -> Vec<(&'static str, String)> {
        let mut fields = vec![("type", "web".to_owned())];
        let mut add = |name, value: &str| {
            if !value.is_empty() {
                fields.push((name, value.to_owned()));
            }
        };
        add("authors", &self.author);
        add("title", &self.title);
        add("container-title", &self.container);
        add("issued", &self.issued);
        add("url", url);
        add("accessed", &self.accessed);
        if self.is_whole && !self.title.is_empty() {
            add("annote", &self.words);
        }
        fields
    }
}
