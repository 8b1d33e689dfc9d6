//! Numbers with a noun, in the plural forms that a language has.

use serde::{Deserialize, Serialize};

/// Patterns for a number and what it counts.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CountWords {
    /// Notes.
    pub notes: Forms,
    /// Claims.
    pub claims: Forms,
    /// Provisions.
    pub provisions: Forms,
    /// Sources.
    pub sources: Forms,
    /// Articles.
    pub articles: Forms,
    /// Mentions.
    pub mentions: Forms,
    /// Words of text.
    pub words: Forms,
    /// Search results.
    pub results: Forms,
}

/// A pattern for each plural category that the language has; `other` stands in for the rest.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Forms {
    /// Zero.
    pub zero: Option<String>,
    /// One.
    pub one: Option<String>,
    /// Two.
    pub two: Option<String>,
    /// Few.
    pub few: Option<String>,
    /// Many.
    pub many: Option<String>,
    /// Every other number.
    pub other: String,
}

impl Forms {
    /// The pattern for `n` in the language `tag`, after the plural rules of CLDR for whole numbers.
    pub fn pattern(&self, tag: &str, n: usize) -> &str {
        let (tens, units) = (n % 100, n % 10);
        let form = match tag {
            "ru" if units == 1 && tens != 11 => &self.one,
            "ru" if (2..=4).contains(&units) && !(12..=14).contains(&tens) => &self.few,
            "ru" => &self.many,
            "ar" => match (n, tens) {
                (0, _) => &self.zero,
                (1, _) => &self.one,
                (2, _) => &self.two,
                (_, 3..=10) => &self.few,
                (_, 11..=99) => &self.many,
                _ => &None,
            },
            "fr" if n < 2 => &self.one,
            _ if n == 1 => &self.one,
            _ => &None,
        };
        form.as_deref().unwrap_or(&self.other)
    }
}
