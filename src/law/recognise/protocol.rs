//! Protocols are named by their treaty: “the Optional Protocol to the ICCPR”, “both Covenants”.

use super::lexicon::determiner;
use super::mention::{Mention, Reader};
use super::names::{Alias, AliasKind};
use super::scope::Target;

impl Reader<'_, '_> {
    /// `… to the X` after the word for a protocol: the protocol of X, if it is known.
    pub(super) fn protocol_to(&self, alias: &Alias, end: usize) -> Option<(Target, usize)> {
        let is_protocol = (end.saturating_sub(alias.pieces.len())..end)
            .any(|i| self.text.word(i) == "protocol" || self.text.word(i).starts_with("протокол"));
        if !is_protocol || !matches!(self.text.word(end), "to" | "к") {
            return None;
        }
        let mut at = end + 1;
        while determiner(self.text.word(at)) {
            at += 1;
        }
        let Some((parent, after)) = self.names.longest(self.text, at) else {
            return Some((Target::Other, self.tail(end)));
        };
        let parents = if parent.kind == AliasKind::Contextual {
            match self.introduced_among(&parent.instruments) {
                Target::Known(place) => vec![place],
                _ => Vec::new(),
            }
        } else {
            parent.instruments.clone()
        };
        // Only the ICCPR has a second optional protocol, whichever Covenant was introduced.
        let only = alias.instruments.len() == 1 && parents.is_empty();
        let candidates = if only { &parent.instruments } else { &parents };
        let mut children = candidates.iter().map(|&parent| self.child(parent, &alias.instruments));
        let target = children.find(|target| *target != Target::Other).unwrap_or(Target::Other);
        Some((target, after))
    }

    /// `ICCPR Optional Protocol`, `CEDAW’s Optional Protocol`: a protocol after its treaty.
    pub(super) fn protocol_after(&self, parent: usize, end: usize) -> Option<(Target, usize)> {
        let possessive = self.text.is(end, '\'') && self.text.word(end + 1) == "s";
        let at = if possessive { end + 2 } else { end };
        let (alias, after) = self.names.longest(self.text, at)?;
        let is_protocol = (at..after).any(|i| self.text.word(i) == "protocol");
        let contextual = alias.kind == AliasKind::Contextual && is_protocol;
        (contextual && self.text.capital(at))
            .then(|| (self.child(parent, &alias.instruments), after))
    }

    /// The one of `places` that is a protocol to `parent`.
    pub(super) fn child(&self, parent: usize, places: &[usize]) -> Target {
        let id = &*self.law.instruments()[parent].id;
        let is_child =
            |place: &&usize| self.law.instruments()[**place].parent.as_deref() == Some(id);
        places.iter().find(is_child).map_or(Target::Other, |&place| Target::Known(place))
    }

    pub(super) fn parent_introduced(&self, place: usize) -> bool {
        let parent = self.law.instruments()[place].parent.as_deref();
        let introduced = |id: &str| {
            self.scope.introduced().iter().any(|&other| &*self.law.instruments()[other].id == id)
        };
        parent.is_some_and(introduced)
    }

    /// “both Covenants”, “the two Covenants”, “the Covenants”.
    pub(super) fn both_covenants(&self, i: usize) -> Option<Mention> {
        let alias = self.names.aliases.iter().find(|alias| {
            alias.kind == AliasKind::Contextual
                && alias.pieces.len() == 1
                && alias.pieces[0].key() == "covenant"
        })?;
        let known =
            matches!(self.text.word(i.checked_sub(1)?), "both" | "two" | "the" | "international");
        let target = if known { Target::All(alias.instruments.clone()) } else { Target::Other };
        Some(Mention::new(i, i + 1, target, AliasKind::Contextual))
    }
}
