//! The controlled vocabulary of rights.
//!
//! Read once from the embedded JSON; it is the same for every report.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A right of the vocabulary.
#[derive(Debug, Clone, Deserialize)]
pub struct Right {
    /// Id, for example `fair-trial`.
    pub id: String,
    /// Name for readers.
    pub label: String,
    /// `civil-political`, `economic-social-cultural`, `groups` or `structural`.
    pub group: String,
    /// One sentence in our own words.
    pub description: String,
    /// Phrases by which prose names the right.
    #[serde(default)]
    pub triggers: Vec<String>,
    /// Words that only count beside a claim verb.
    #[serde(default)]
    pub weak_triggers: Vec<String>,
    /// Articles about the right, by instrument: derived from the built-in instruments.
    #[serde(default)]
    pub articles: BTreeMap<String, Vec<String>>,
    /// Articles that touch it.
    #[serde(default)]
    pub related_articles: BTreeMap<String, Vec<String>>,
}

impl Right {
    /// Whether the right is about how law works (limits, procedure, the rule of law) and not
    /// about what a person may claim.
    pub fn is_structural(&self) -> bool {
        self.group == "structural"
    }
}

static RIGHTS: LazyLock<Vec<Right>> = LazyLock::new(|| {
    let json = include_str!(concat!(env!("OUT_DIR"), "/rights.json"));
    serde_json::from_str(json).expect("the embedded rights are valid: a test reads them")
});

/// Every right, in the order of the vocabulary.
pub fn rights() -> &'static [Right] {
    &RIGHTS
}

/// The right called `id`.
pub fn right(id: &str) -> Option<&'static Right> {
    RIGHTS.iter().find(|right| right.id == id)
}
