//! A provision of an instrument: its number, its subject, and the parts that are listed.
//!
//! Lists of parts may have gaps, and then nothing is said about a part that is not listed.

use super::reference::path_of;
use serde::Deserialize;

/// The first and the last number of an entry that stands for several articles.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NumberRange {
    /// First number.
    pub first: String,
    /// Last number.
    pub last: String,
}

/// An article, or a labelled range of articles.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Article {
    /// Number as a string: `19`, `94-1`; absent for a range.
    pub number: Option<String>,
    /// A range of articles under one label.
    pub range: Option<NumberRange>,
    /// Subject in our own words.
    pub title: String,
    /// The rights it is about.
    pub rights: Vec<String>,
    /// Rights it only touches.
    pub related: Vec<String>,
    /// Whether it may be suspended.
    pub derogation: Derogation,
    /// Whether it allows no limit at all.
    pub absolute: bool,
    /// Listed paragraphs, with the path below the article.
    pub paragraphs: Vec<Paragraph>,
    /// Whether it has more paragraphs than the listed ones, at places that the list does not show.
    pub partial: bool,
    /// A remark.
    pub note: Option<String>,
    /// How sure the entry is.
    pub confidence: Confidence,
}

/// A part of an article.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Paragraph {
    /// Path below the article: `3`, `3(d)`, `(a)`, `7.5`.
    #[serde(rename = "ref")]
    pub path: String,
    /// Subject in our own words.
    pub label: String,
    /// The rights it is about.
    pub rights: Vec<String>,
    /// Rights it only touches.
    pub related: Vec<String>,
    /// Whether it may be suspended, where that differs from the article.
    pub derogation: Option<Derogation>,
    /// Whether it allows no limit at all.
    pub absolute: bool,
    /// How sure the entry is.
    pub confidence: Confidence,
}

/// Whether an instrument has an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existence {
    /// It is there.
    Known,
    /// It is not: the number is beyond the count, or the siblings listed end before it.
    Unknown,
    /// The registry does not list enough to tell.
    NotListed,
}

impl Article {
    /// An article of which nothing but its number is known.
    pub fn unlisted(number: &str) -> Article {
        Article {
            number: Some(number.to_owned()),
            confidence: Confidence::Low,
            ..Article::default()
        }
    }

    /// The number, or `13–15` for a range.
    pub fn label(&self) -> String {
        match (&self.number, &self.range) {
            (Some(number), _) => number.clone(),
            (None, Some(range)) => format!("{}–{}", range.first, range.last),
            (None, None) => String::new(),
        }
    }

    /// The number, or the first one of a range.
    pub fn first_number(&self) -> &str {
        let first = self.range.as_ref().map(|range| range.first.as_str());
        self.number.as_deref().or(first).unwrap_or_default()
    }

    /// The listed part at `pinpoint`, or the nearest listed part above it.
    pub fn paragraph(&self, pinpoint: &str) -> Option<&Paragraph> {
        let mut path = path_of(pinpoint);
        while !path.is_empty() {
            let found = self.paragraphs.iter().find(|listed| path_of(&listed.path) == path);
            if found.is_some() {
                return found;
            }
            path.pop();
        }
        None
    }

    /// Whether `pinpoint` is a part of this article.
    pub fn pinpoint(&self, pinpoint: &str) -> Existence {
        let path = path_of(pinpoint);
        let listed: Vec<Vec<&str>> =
            self.paragraphs.iter().map(|paragraph| path_of(&paragraph.path)).collect();
        for depth in 1..=path.len() {
            if !listed.iter().any(|known| known.starts_with(&path[..depth])) {
                return self.missing(&listed, &path[..depth]);
            }
        }
        Existence::Known
    }

    /// What the absence of `path` from the list means: its listed siblings decide.
    fn missing(&self, listed: &[Vec<&str>], path: &[&str]) -> Existence {
        let above = &path[..path.len() - 1];
        let mut siblings: Vec<&str> = Vec::new();
        for known in listed.iter().filter(|known| known.len() > above.len()) {
            if known.starts_with(above) && !siblings.contains(&known[above.len()]) {
                siblings.push(known[above.len()]);
            }
        }
        let complete = !self.partial && self.confidence == Confidence::Sure && is_run(&siblings);
        if complete && same_series(siblings[0], path[path.len() - 1]) {
            Existence::Unknown
        } else {
            Existence::NotListed
        }
    }

    /// Whether its number is digits alone, or it stands for a range of such.
    pub fn has_plain_number(&self) -> bool {
        let digits = |number: &String| number.bytes().all(|b| b.is_ascii_digit());
        self.number.as_ref().is_none_or(digits)
    }

    /// Whether this entry is a range that holds `number`.
    pub fn range_holds(&self, number: u32) -> bool {
        self.range.as_ref().is_some_and(|range| {
            let ends = (range.first.parse::<u32>(), range.last.parse::<u32>());
            matches!(ends, (Ok(first), Ok(last)) if (first..=last).contains(&number))
        })
    }
}

/// Whether `siblings` count from the first on without a hole, at least two of them.
fn is_run(siblings: &[&str]) -> bool {
    siblings.len() >= 2
        && siblings.iter().enumerate().all(|(i, sibling)| rank(sibling) == Some(i as u32 + 1))
}

/// Whether both are numbers, or both letters, or both decimals.
fn same_series(a: &str, b: &str) -> bool {
    let series = |s: &str| (s.contains('.'), s.starts_with(|c: char| c.is_ascii_digit()));
    series(a) == series(b)
}

/// The place of `component` in its series: 3 for `3`, `c` and `7.3`.
fn rank(component: &str) -> Option<u32> {
    let last = component.rsplit('.').next().unwrap_or(component);
    let mut letters = last.chars();
    match (letters.next(), letters.next()) {
        (Some(letter @ 'a'..='z'), None) => Some(letter as u32 - 'a' as u32 + 1),
        _ => last.parse().ok(),
    }
}

/// Whether a provision may be suspended in an emergency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Derogation {
    /// Never.
    Forbidden,
    /// Yes.
    Allowed,
    /// In part.
    Partly,
    /// The instrument has no clause on it.
    NoClause,
    /// The question does not arise.
    #[default]
    #[serde(rename = "n/a")]
    NotApplicable,
}

impl Derogation {
    /// The word of the schema.
    pub fn name(self) -> &'static str {
        match self {
            Derogation::Forbidden => "forbidden",
            Derogation::Allowed => "allowed",
            Derogation::Partly => "partly",
            Derogation::NoClause => "no-clause",
            Derogation::NotApplicable => "n/a",
        }
    }

    /// The value called `name`.
    pub fn named(name: &str) -> Option<Derogation> {
        Derogation::ALL.into_iter().find(|value| value.name() == name)
    }

    /// Every value.
    pub const ALL: [Derogation; 5] = [
        Derogation::Forbidden,
        Derogation::Allowed,
        Derogation::Partly,
        Derogation::NoClause,
        Derogation::NotApplicable,
    ];
}

/// How sure the registry is of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Not confirmed: never a ground for a mismatch.
    Low,
    /// Compared with a text.
    #[default]
    Sure,
}
