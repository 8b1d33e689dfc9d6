//! A chapter's number becomes the works that it cites.
//!
//! Keys and addresses are unique through any corpus: they hold the chapter's number and the work's.

use crate::prose::{self, Random};

pub struct Source {
    pub key: String,
    pub kind: Kind,
    pub author: Author,
    pub title: String,
    /// The publisher, or the paper or journal in which it appeared.
    pub publisher: &'static str,
    pub year: usize,
    pub month: usize,
    pub day: usize,
    pub url: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Report,
    Book,
    News,
    Article,
    Page,
}

pub enum Author {
    /// Family names with their given names.
    People(Vec<(String, &'static str)>),
    Organisation(String),
}

/// When every address was last looked at.
pub const ACCESSED: (usize, usize, usize) = (2019, 10, 4);

const KINDS: [Kind; 8] = [
    Kind::Report,
    Kind::Report,
    Kind::News,
    Kind::News,
    Kind::News,
    Kind::Page,
    Kind::Article,
    Kind::Book,
];

const PAPERS: &[&str] =
    &["The Steppe Courier", "Evening Bulletin", "The Northern Post", "Radio Karavan"];
const JOURNALS: &[&str] = &["Journal of Civic Studies", "Review of Regional Law"];
const PRESSES: &[&str] = &["North Gate Press", "University Printers", "Harbour and Sons"];

/// `count` works for the chapter of this number.
pub fn of_chapter(random: &mut Random, chapter: usize, count: usize) -> Vec<Source> {
    (1..=count).map(|number| source(random, chapter, number)).collect()
}

fn source(random: &mut Random, chapter: usize, number: usize) -> Source {
    let kind = KINDS[random.below(KINDS.len())];
    let author = match kind {
        Kind::Report | Kind::Page => Author::Organisation(prose::organisation(random)),
        Kind::Book | Kind::News | Kind::Article => {
            let count = 1 + usize::from(random.once_in(4));
            let person = |random: &mut Random| {
                let family = prose::family_name(random);
                (family, prose::given_name(random))
            };
            Author::People((0..count).map(|_| person(random)).collect())
        }
    };
    let publisher = random.pick(match kind {
        Kind::News | Kind::Page => PAPERS,
        Kind::Article => JOURNALS,
        Kind::Report | Kind::Book => PRESSES,
    });
    let year = 1995 + random.below(24);
    Source {
        key: format!("{}-{year}-{chapter}-{number}", author.word()),
        kind,
        title: prose::title(random),
        publisher,
        year,
        month: 1 + random.below(12),
        day: 1 + random.below(28),
        url: format!("https://example.org/{year}/{chapter}/{number}"),
        author,
    }
}

impl Author {
    /// The word that begins a key.
    fn word(&self) -> String {
        let name = match self {
            Self::People(people) => people.first().map_or("", |(family, _)| family),
            Self::Organisation(name) => name.split(' ').next_back().unwrap_or_default(),
        };
        name.to_lowercase()
    }
}
