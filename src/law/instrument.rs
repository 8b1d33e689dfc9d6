//! An instrument (a treaty, a declaration, a constitution, a statute) and its provisions.
//!
//! What is here are facts with labels in our own words: numbers, dates, subjects, never the text
//! of a law. Nothing here knows who cites an instrument or which State it binds.

use super::article::{Article, Existence};
use super::reference::path_of;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The id of an instrument, for example `iccpr`.
pub type InstrumentId = Arc<str>;

/// What kind of text an instrument is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A resolution that nobody signs or ratifies.
    Declaration,
    /// A treaty with parties.
    Treaty,
    /// A charter with the force of a treaty.
    Charter,
    /// A document of participating States that binds politically.
    #[serde(rename = "political commitment")]
    PoliticalCommitment,
    /// A national constitution.
    Constitution,
    /// A national law of constitutional rank.
    #[serde(rename = "constitutional law")]
    ConstitutionalLaw,
    /// A national law.
    Statute,
}

impl Kind {
    /// The word that is printed and exported.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Declaration => "declaration",
            Kind::Treaty => "treaty",
            Kind::Charter => "charter",
            Kind::PoliticalCommitment => "political commitment",
            Kind::Constitution => "constitution",
            Kind::ConstitutionalLaw => "constitutional law",
            Kind::Statute => "statute",
        }
    }

    /// The kind called `name`.
    pub fn named(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Every kind.
    pub const ALL: [Kind; 7] = [
        Kind::Declaration,
        Kind::Treaty,
        Kind::Charter,
        Kind::PoliticalCommitment,
        Kind::Constitution,
        Kind::ConstitutionalLaw,
        Kind::Statute,
    ];
}

/// What the numbered provisions of an instrument are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Articles.
    #[default]
    Article,
    /// Paragraphs, with decimal sub-paragraphs (7.5).
    Paragraph,
}

impl Unit {
    /// The abbreviation before a number in a short citation.
    pub fn abbreviation(self) -> &'static str {
        match self {
            Unit::Article => "art.",
            Unit::Paragraph => "para.",
        }
    }
}

/// When, where and by whom an instrument was adopted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Adopted {
    /// ISO date.
    pub date: Option<String>,
    /// Place.
    pub place: Option<String>,
    /// Body.
    pub by: Option<String>,
    /// Number of the resolution.
    pub resolution: Option<String>,
}

/// The days for which the articles listed are the text in force.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ValidFor {
    /// First day, ISO; from the beginning if absent.
    pub from: Option<String>,
    /// Last day, ISO; until today if absent.
    pub to: Option<String>,
}

impl ValidFor {
    /// Whether `date` (ISO) is one of the days.
    pub fn covers(&self, date: &str) -> bool {
        self.from.as_deref().is_none_or(|from| from <= date)
            && self.to.as_deref().is_none_or(|to| date <= to)
    }
}

/// A treaty, a declaration, a constitution or a statute.
#[derive(Debug, Clone, Deserialize)]
pub struct Instrument {
    /// Id, for example `iccpr`.
    #[serde(deserialize_with = "id")]
    pub id: InstrumentId,
    /// Full name.
    pub name: String,
    /// Name for citations.
    pub short_name: String,
    /// Names and acronyms that stand for this instrument anywhere.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Names that stand for it only after it was introduced: “the Covenant”.
    #[serde(default)]
    pub contextual_aliases: Vec<String>,
    /// Names in other languages, by language code.
    #[serde(default)]
    pub other_languages: BTreeMap<String, Vec<String>>,
    /// Kind of text.
    pub kind: Kind,
    /// Whether it binds in law.
    #[serde(default)]
    pub binding: bool,
    /// `universal`, `regional` or `national`.
    #[serde(default)]
    pub level: String,
    /// Adoption.
    #[serde(default)]
    pub adopted: Adopted,
    /// First day in force, ISO.
    #[serde(default)]
    pub in_force: Option<String>,
    /// Document symbols and treaty-series numbers, by name.
    #[serde(default)]
    pub symbols: Pairs,
    /// Official pages, by publisher; the first is the best.
    #[serde(default)]
    pub urls: Pairs,
    /// What its provisions are called.
    #[serde(default)]
    pub unit: Unit,
    /// How many provisions it has; unknown for a law that is listed in part.
    #[serde(default)]
    pub article_count: Option<u32>,
    /// The provision on derogation.
    #[serde(default)]
    pub derogation_clause: Option<String>,
    /// The provision on limits.
    #[serde(default)]
    pub limitation_clause: Option<String>,
    /// The instrument to which this one is a protocol.
    #[serde(default)]
    pub parent: Option<String>,
    /// The State whose law this is, as an ISO 3166 code.
    #[serde(default)]
    pub jurisdiction: Option<String>,
    /// Official number of a law.
    #[serde(default)]
    pub number: Option<String>,
    /// The body that supervises it.
    #[serde(default)]
    pub supervisory_body: Option<String>,
    /// Why it binds or does not.
    #[serde(default)]
    pub binding_note: Option<String>,
    /// What is to be known of its versions.
    #[serde(default)]
    pub version_note: Option<String>,
    /// The days for which the listed articles are the text in force; always, if absent.
    #[serde(default)]
    pub valid_for: Option<ValidFor>,
    /// What the entries were compared with.
    #[serde(default)]
    pub verified_against: Vec<String>,
    /// Provisions in order.
    #[serde(default)]
    pub articles: Vec<Article>,
}

/// Pairs of name and text in the order in which they were written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairs(pub Vec<(String, String)>);

impl Instrument {
    /// A document symbol or treaty-series number by its name, such as `unts_volume`.
    pub fn symbol(&self, name: &str) -> Option<&str> {
        self.symbols.0.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    /// The entry that holds article `number`.
    pub fn article(&self, number: &str) -> Option<&Article> {
        let exact = self.articles.iter().find(|article| article.number.as_deref() == Some(number));
        exact.or_else(|| {
            let value = number.parse::<u32>().ok()?;
            self.articles.iter().find(|article| article.range_holds(value))
        })
    }

    /// Whether there is an article `number`; its count decides, else its listed articles.
    pub fn existence(&self, number: &str) -> Existence {
        if self.article(number).is_some() {
            return Existence::Known;
        }
        match (self.article_count, number.parse::<u32>()) {
            (Some(count), Ok(number)) if number == 0 || number > count => Existence::Unknown,
            // `9bis` of a treaty; a State adds articles to its own laws with such numbers.
            (Some(_), Err(_))
                if !self.is_national() && self.articles.iter().all(Article::has_plain_number) =>
            {
                Existence::Unknown
            }
            _ => Existence::NotListed,
        }
    }

    /// Whether article `number` has the part `pinpoint` (`(3)(d)`).
    ///
    /// An article without listed paragraphs, or with gaps in the list, cannot be checked.
    pub fn pinpoint(&self, number: &str, pinpoint: &str) -> Existence {
        match self.article(number) {
            Some(article) => article.pinpoint(pinpoint),
            None => Existence::NotListed,
        }
    }

    /// A citation in words: `ICCPR art. 19(3)`.
    pub fn cite_words(&self, article: &str, pinpoint: &str) -> String {
        let unit = self.unit.abbreviation();
        // A decimal paragraph says the number of its paragraph itself: 7(7.5) is paragraph 7.5.
        match path_of(pinpoint).first() {
            Some(first) if self.unit == Unit::Paragraph && first.contains('.') => {
                format!("{} {unit} {first}", self.short_name)
            }
            _ => format!("{} {unit} {article}{pinpoint}", self.short_name),
        }
    }

    /// Whether the listed articles are the text in force on `date` (ISO).
    pub fn is_valid_on(&self, date: &str) -> bool {
        self.valid_for.as_ref().is_none_or(|days| days.covers(date))
    }

    /// Whether this is the law of one State.
    pub fn is_national(&self) -> bool {
        self.jurisdiction.is_some()
    }

    /// The address of the best official page.
    pub fn official_url(&self) -> Option<&str> {
        self.urls.0.first().map(|(_, url)| url.as_str())
    }
}

fn id<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<InstrumentId, D::Error> {
    String::deserialize(deserializer).map(InstrumentId::from)
}

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Pairs, D::Error> {
        struct Reader;
        impl<'de> serde::de::Visitor<'de> for Reader {
            type Value = Pairs;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a map of names and texts")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some((name, Scalar(text))) = map.next_entry()? {
                    pairs.push((name, text));
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

/// A text, or a number as text: `ets: 177`.
struct Scalar(String);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Scalar, D::Error> {
        struct Reader;
        impl serde::de::Visitor<'_> for Reader {
            type Value = Scalar;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text or a number")
            }
            fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
                Ok(Scalar(text.to_string()))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Scalar, E> {
                Ok(Scalar(number.to_string()))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}
