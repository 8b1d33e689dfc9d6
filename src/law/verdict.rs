//! Whether an article that is cited for a right is about that right.
//!
//! The words are *fits*, *loose*, *mismatch* and *unverified*: never that an author is wrong in
//! law, only what is worth a second look.

use super::article::{Article, Confidence};
use super::instrument::Instrument;

/// How an article stands to the rights claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It is about one of them.
    Fits,
    /// It touches one of them, or a part of it does.
    Loose,
    /// It is about something else.
    Mismatch,
    /// The registry is not sure of the entry, or does not have it.
    Unverified,
}

impl Verdict {
    /// The word that is printed and exported.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Fits => "fits",
            Verdict::Loose => "loose",
            Verdict::Mismatch => "mismatch",
            Verdict::Unverified => "unverified",
        }
    }
}

/// Compares what article `number` of `instrument` (at `pinpoint`, or as a whole) is about with
/// the `rights` claimed; one right in common is enough.
pub fn verdict<R: AsRef<str>>(
    instrument: &Instrument,
    number: &str,
    pinpoint: &str,
    rights: &[R],
) -> Verdict {
    let Some(article) = instrument.article(number) else { return Verdict::Unverified };
    let part = article.paragraph(pinpoint);
    let unsure = article.confidence == Confidence::Low
        || part.is_some_and(|part| part.confidence == Confidence::Low);
    if unsure || rights.is_empty() {
        return Verdict::Unverified;
    }
    let held_by = |tags: &[String]| shared(tags, rights) > 0;
    if held_by(&article.rights) || part.is_some_and(|part| held_by(&part.rights)) {
        return Verdict::Fits;
    }
    let in_parts = article.paragraphs.iter().any(|part| {
        part.confidence == Confidence::Sure && (held_by(&part.rights) || held_by(&part.related))
    });
    if held_by(&article.related) || in_parts { Verdict::Loose } else { Verdict::Mismatch }
}

/// The articles of `instrument` that are about any of `rights`, best first.
///
/// Best is what carries most of the rights claimed, then what is about least else, then what
/// comes first. Entries of low confidence are not offered.
pub fn fitting_articles<R: AsRef<str>>(instrument: &Instrument, rights: &[R]) -> Vec<String> {
    let mut found: Vec<(usize, usize, usize, &Article)> = Vec::new();
    for (place, article) in instrument.articles.iter().enumerate() {
        let held = shared(&article.rights, rights);
        if held > 0 && article.confidence == Confidence::Sure {
            found.push((usize::MAX - held, article.rights.len() - held, place, article));
        }
    }
    found.sort_by_key(|(held, others, place, _)| (*held, *others, *place));
    found.into_iter().map(|(.., article)| article.label()).collect()
}

/// How many of `rights` are among `tags`.
fn shared<R: AsRef<str>>(tags: &[String], rights: &[R]) -> usize {
    rights.iter().filter(|right| tags.iter().any(|tag| tag == right.as_ref())).count()
}
