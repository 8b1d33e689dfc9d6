//! Interface words: what the program itself says on a reader's page, by language.
//!
//! A language is one TOML file beside this one. Nothing here knows a page; whoever writes one
//! takes the words of its language and puts values in with [`fill`].

mod count;
mod strings;

pub use count::*;
pub use strings::*;

use std::sync::LazyLock;

/// One row a language: the tag and the file.
static FILES: &[(&str, &str)] = &[
    ("en", include_str!("en.toml")),
    ("ru", include_str!("ru.toml")),
    ("kk", include_str!("kk.toml")),
    ("fr", include_str!("fr.toml")),
    ("es", include_str!("es.toml")),
    ("ar", include_str!("ar.toml")),
];

static LANGUAGES: LazyLock<Vec<Words>> = LazyLock::new(|| {
    let parse = |(tag, text): &(&str, &str)| {
        toml::from_str(text).unwrap_or_else(|error| panic!("built-in words of {tag}: {error}"))
    };
    FILES.iter().map(parse).collect()
});

impl Words {
    /// The words of `language`, a BCP 47 tag of which only the first subtag counts.
    pub fn of(language: &str) -> Option<&'static Words> {
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        LANGUAGES.iter().find(|words| words.tag.eq_ignore_ascii_case(primary))
    }

    /// The words of `language`, or the English ones where there are none.
    pub fn of_or_english(language: &str) -> &'static Words {
        Words::of(language).unwrap_or(&LANGUAGES[0])
    }

    /// All languages, English first.
    pub fn all() -> &'static [Words] {
        &LANGUAGES
    }

    /// An ISO 8601 date in words: `2019-11-22`, `2019-11` or `2019`; anything else as it is.
    pub fn date(&self, iso: &str) -> String {
        let parts: Vec<&str> = iso.split('-').collect();
        let month = |names: &[String], text: &str| {
            text.parse::<usize>().ok().and_then(|n| names.get(n.wrapping_sub(1)).cloned())
        };
        match parts[..] {
            [year, number] => match month(&self.date.months_alone, number) {
                Some(month) => fill(&self.date.month, &[("month", &month), ("year", year)]),
                None => iso.to_owned(),
            },
            [year, number, day] => match month(&self.date.months, number) {
                Some(month) => {
                    let day = match day.trim_start_matches('0') {
                        "1" => &self.date.first_day,
                        day => day,
                    };
                    let values = [("day", day), ("month", month.as_str()), ("year", year)];
                    fill(&self.date.day, &values)
                }
                None => iso.to_owned(),
            },
            _ => iso.to_owned(),
        }
    }

    /// `n` with its noun, in the plural form that the language wants.
    pub fn count(&self, forms: &Forms, n: usize) -> String {
        fill(forms.pattern(&self.tag, n), &[("n", &n.to_string())])
    }

    /// The items as a list in words (`a, b and c`).
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        let mut text = String::new();
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                let last = i + 1 == items.len();
                text.push_str(if last { &self.list_last } else { &self.list_separator });
            }
            text.push_str(item.as_ref());
        }
        text
    }

    /// The word for a finding; an unknown one as it is.
    pub fn finding<'a>(&'a self, id: &'a str) -> &'a str {
        self.findings.get(id).map_or(id, String::as_str)
    }

    /// The word for a verdict; an unknown one as it is.
    pub fn verdict<'a>(&'a self, id: &'a str) -> &'a str {
        self.verdicts.get(id).map_or(id, String::as_str)
    }
}

/// `pattern` with each `{name}` replaced by its value; a name without a value stays.
pub fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        rest = &rest[open..];
        let found = values.iter().find_map(|(name, value)| {
            let tail = rest[1..].strip_prefix(name)?.strip_prefix('}')?;
            Some((value, tail))
        });
        match found {
            Some((value, tail)) => {
                text.push_str(value);
                rest = tail;
            }
            None => {
                text.push('{');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests;
