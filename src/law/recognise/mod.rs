//! Articles of law in plain prose.
//!
//! A paragraph's text becomes findings, one for each article that is named, with the bytes that
//! name it. First the names of laws, then provisions by grammar, then what belongs to what. Every
//! guess is visible (`via`, `warnings`), and what is not sure is reported and not bound. Nothing
//! here sees Markdown, links or pages; a text costs time in proportion to its length.

mod beside;
mod bind;
mod define;
mod finding;
mod joint;
mod kazakh;
mod lexicon;
mod list;
mod mention;
mod names;
mod owner;
mod part;
mod piece;
mod prefilter;
mod protocol;
mod provision;
mod scope;
mod sentence;
mod token;
mod trap;
mod unknown;

pub use bind::Via;
pub use finding::{Finding, Warning};
pub use names::AliasKind;
pub use scope::Scope;

pub(super) use names::Names;
pub(super) use prefilter::Prefilter;
pub(super) use token::{Kind, Text};

use super::{InstrumentId, Law};
use bind::Binder;
use scope::Target;
use std::ops::Range;

/// A law that prose names, with or without an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The instrument; `None` for a law that the registry does not have, or for one of several.
    pub instrument: Option<InstrumentId>,
    /// The bytes of the name.
    pub span: Range<usize>,
    /// How the name stands for it.
    pub alias: AliasKind,
}

/// What a text says of laws.
#[derive(Debug, Clone, Default)]
pub struct Recognised {
    /// Articles, in reading order.
    pub findings: Vec<Finding>,
    /// Names of laws, in reading order.
    pub names: Vec<Named>,
}

/// Finds the articles that `text` names: one paragraph's, heading's, cell's or note's prose.
///
/// `masked` are sorted byte ranges that are no prose (code, citations): nothing is found in them
/// or across them. A masked note reference (`[^…]`) is as if it were not there.
pub fn recognise(
    law: &Law,
    scope: &mut Scope,
    text: &str,
    masked: &[Range<usize>],
) -> Vec<Finding> {
    read(law, scope, text, masked).findings
}

/// Finds the articles and the names of laws in `text`; see [`recognise`].
pub fn read(law: &Law, scope: &mut Scope, text: &str, masked: &[Range<usize>]) -> Recognised {
    let (names, prefilter) = law.recogniser();
    let Some(interest) = prefilter.look(text) else { return Recognised::default() };
    let text = Text::new(text, masked);
    let introduced = scope.introduced().to_vec();
    let mentions = mention::mentions(law, names, &text, scope);
    let groups = provision::all(law, &text, &mentions, scope, interest.provisions);
    let mut findings = Vec::new();
    if !groups.is_empty() {
        let sentences = sentence::sentences(&text);
        let mut binder = Binder {
            law,
            text: &text,
            mentions: &mentions,
            sentences: &sentences,
            scope,
            introduced: &introduced,
        };
        let bindings = binder.bind(&groups);
        findings = finding::findings(law, &text, &groups, &bindings);
    }
    let last = mentions.iter().rev().find(|mention| !mention.weak);
    scope.set_last(last.map(|mention| mention.target.clone()));
    let named = |mention: &mention::Mention| Named {
        instrument: match &mention.target {
            Target::Known(place) => Some(law.instruments()[*place].id.clone()),
            _ => None,
        },
        span: text.span(mention.first, mention.end),
        alias: mention.kind,
    };
    Recognised { findings, names: mentions.iter().map(named).collect() }
}
