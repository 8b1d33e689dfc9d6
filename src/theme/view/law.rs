//! The law: its index, an instrument, an article.

use super::{ClaimRow, Link, Neighbour, RightChip};
use serde::Serialize;

/// The index of instruments.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LawIndexView {
    /// Groups in order (universal, regional, national).
    pub groups: Vec<InstrumentGroup>,
    /// State under review and its day, in words, if they are set.
    pub state_line: Option<String>,
}

/// Instruments of one level.
#[derive(Debug, Clone, Default, Serialize)]
pub struct InstrumentGroup {
    /// Title.
    pub title: String,
    /// The instruments.
    pub instruments: Vec<InstrumentItem>,
}

/// An instrument in the index.
#[derive(Debug, Clone, Default, Serialize)]
pub struct InstrumentItem {
    /// Short name (`ICCPR`).
    pub short_name: String,
    /// Full name.
    pub name: String,
    /// Its page, relative to the page.
    pub url: String,
    /// The State's status in a few words (`in force since 24 April 2006`); may be empty.
    pub status: String,
    /// Articles cited.
    pub articles: usize,
    /// Claims that rest on it.
    pub claims: usize,
    /// All mentions.
    pub mentions: usize,
}

/// An instrument.
#[derive(Debug, Clone, Default, Serialize)]
pub struct InstrumentView {
    /// Short name.
    pub short_name: String,
    /// Full name.
    pub name: String,
    /// The line above the title (`Treaty`, `Statute of Kazakhstan`).
    pub kicker: String,
    /// Facts in order: adopted, in force, symbols, supervisory body.
    pub facts: Vec<Fact>,
    /// Official texts, absolute.
    pub links: Vec<Link>,
    /// What the instrument is for the State under review on the report's day.
    pub status: Option<StateStatus>,
    /// All its articles in order.
    pub articles: Vec<ArticleItem>,
    /// Claims that rest on the instrument as a whole.
    pub claims: Vec<ClaimRow>,
    /// Other mentions of the instrument as a whole.
    pub mentions: Vec<MentionItem>,
    /// Where the registry's facts come from, in words; may be empty.
    pub provenance: String,
}

/// A fact: a row of a table.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// The value as plain text.
    pub value: String,
    /// Whether the value is a code or symbol that reads from left to right in any language.
    pub is_symbol: bool,
}

/// The State's status.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StateStatus {
    /// `bound`, `not-bound` or `unknown`.
    pub id: String,
    /// One sentence (`On 22 November 2019 Kazakhstan was a party, since 24 January 2006.`).
    pub sentence: String,
    /// Reservations and declarations, in words.
    pub reservations: Vec<String>,
}

/// An article in the list of an instrument.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ArticleItem {
    /// As printed (`Article 19`, `Articles 28–45`).
    pub label: String,
    /// Its subject in our words; may be empty.
    pub title: String,
    /// Its page if it is cited, relative to the page.
    pub url: Option<String>,
    /// Claims that rest on it.
    pub claims: usize,
    /// Other mentions.
    pub mentions: usize,
}

/// An article.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ArticleView {
    /// The line above the title: the instrument, linked.
    pub instrument: Link,
    /// As printed (`Article 19`).
    pub label: String,
    /// Its subject in our words; may be empty.
    pub title: String,
    /// The reference (`iccpr:19`).
    pub reference: String,
    /// Official texts, absolute.
    pub links: Vec<Link>,
    /// Rights that it protects.
    pub rights: Vec<RightChip>,
    /// One sentence about derogation, if there is something to say.
    pub derogation: Option<String>,
    /// One sentence if the registry is not sure of the entry.
    pub confidence: Option<String>,
    /// The State's status, as on the page of the instrument.
    pub status: Option<StateStatus>,
    /// Its paragraphs, with ids (`p3-b`), in order.
    pub pinpoints: Vec<PinpointItem>,
    /// Claims by pinpoint, those of the whole article first.
    pub groups: Vec<PinpointGroup>,
    /// Number of claims, each counted once.
    pub claim_count: usize,
    /// Mentions that are no claims.
    pub mentions: Vec<MentionItem>,
    /// Articles of other instruments about the same rights.
    pub parallels: Vec<ParallelItem>,
    /// The cited article before.
    pub prev: Option<Neighbour>,
    /// The cited article after.
    pub next: Option<Neighbour>,
}

/// A paragraph or point of an article.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PinpointItem {
    /// Id (`p3-b`).
    pub id: String,
    /// As printed (`3(b)`).
    pub label: String,
    /// What it says, in our words; may be empty.
    pub title: String,
    /// How deep: 1 for a paragraph, 2 for a point.
    pub level: u8,
    /// Claims that cite it.
    pub claims: usize,
}

/// Claims about one pinpoint.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PinpointGroup {
    /// Id of the heading (`claims-p3`).
    pub id: String,
    /// The heading (`Paragraph 3`, or words for the whole article).
    pub title: String,
    /// The claims in full.
    pub claims: Vec<ClaimRow>,
}

/// A mention in its sentence.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MentionItem {
    /// The sentence, finished HTML with the mention in `<b>`.
    pub sentence_html: String,
    /// Where, in words (`Chapter 4, para. 12`, `Note 97`).
    pub place: String,
    /// Where, relative to the page.
    pub url: String,
    /// The pinpoint as printed, if it is finer than the page.
    pub pinpoint: Option<String>,
}

/// An article of another instrument about the same rights.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ParallelItem {
    /// As cited (`UDHR art. 19`).
    pub label: String,
    /// Its subject in our words.
    pub title: String,
    /// Its page if it is cited, relative to the page.
    pub url: Option<String>,
}
