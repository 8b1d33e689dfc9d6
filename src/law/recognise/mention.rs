//! The laws that a text names, known or not, in reading order.
//!
//! A name alone is not enough: another State's constitution, a draft, a treaty body that is
//! abbreviated like its treaty are told apart here. A law that the registry does not have is found
//! too, for it keeps the articles beside it from being bound to anything else.

use super::define;
use super::lexicon::{begins_something, belongs, determiner};
use super::names::{Alias, AliasKind, Names};
use super::owner::Owner;
use super::scope::{Scope, Target};
use super::token::Text;
use super::trap;
use crate::law::Law;

/// A law named in a text.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// First token.
    pub first: usize,
    /// Token after the last.
    pub end: usize,
    pub target: Target,
    pub kind: AliasKind,
    /// Whether it only counts beside an article: `P1`, `C87`.
    pub weak: bool,
    /// Whether it is the law of another State than the registry's.
    pub foreign: bool,
}

/// Reads the names of `text`; what they introduce and define is noted in `scope`.
pub(super) fn mentions(law: &Law, names: &Names, text: &Text, scope: &mut Scope) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut i = 0;
    while i < text.len() {
        let reader = Reader { law, names, text, scope };
        let Some(mention) = reader.at(i, found.last()) else {
            i += 1;
            continue;
        };
        i = mention.end.max(i + 1);
        if let Target::Known(place) = mention.target
            && !mention.weak
        {
            if mention.kind != AliasKind::Contextual {
                scope.add(place);
            }
            scope.note(&mention.target);
        }
        define::read(names, text, mention.end, &mention.target, scope);
        found.push(mention);
    }
    found
}

/// A text with what is needed to tell the names in it.
pub(super) struct Reader<'r, 't> {
    pub law: &'r Law,
    pub names: &'r Names,
    pub text: &'r Text<'t>,
    pub scope: &'r Scope,
}

impl Mention {
    /// A name in tokens `first..end`.
    pub fn new(first: usize, end: usize, target: Target, kind: AliasKind) -> Mention {
        Mention { first, end, target, kind, weak: false, foreign: false }
    }
}

impl Reader<'_, '_> {
    /// The mention that begins at token `i`; `before` is the one read last.
    fn at(&self, i: usize, before: Option<&Mention>) -> Option<Mention> {
        if !self.text.is_word(i) && !self.text.is_number(i) {
            return None;
        }
        let named = self.names.longest(self.text, i);
        if let Some((place, end)) = self.scope.definition(self.text, i)
            && named.is_none_or(|(_, other)| end >= other)
        {
            let target = place.map_or(Target::Other, |place| self.in_force(place));
            return Some(Mention::new(i, end, target, AliasKind::Defined));
        }
        match named {
            Some((alias, end)) if alias.kind == AliasKind::Contextual => {
                self.contextual(alias, i, end, before)
            }
            Some((alias, end)) => self.named(alias, i, end, before),
            None if !begins_something(self.text.word(i)) => None,
            None if self.text.word(i) == "covenants" => self.both_covenants(i),
            None => self.unknown(i),
        }
    }

    /// A name that stands for one instrument.
    fn named(
        &self,
        alias: &Alias,
        first: usize,
        end: usize,
        before: Option<&Mention>,
    ) -> Option<Mention> {
        if trap::is_symbol(self.text, first, end) || trap::is_body(self.text, alias, end) {
            return None;
        }
        let place = alias.instruments[0];
        let weak = alias.pieces.len() == 2 && end == first + 2 && self.text.word(first).len() == 1;
        let mut mention = Mention::new(first, end, Target::Known(place), alias.kind);
        mention.weak = weak;
        if let Some((child, end)) = self.protocol_after(place, end) {
            (mention.target, mention.end) = (child, end);
            return Some(mention);
        }
        let instrument = &self.law.instruments()[place];
        if instrument.is_national() {
            self.own_national(&mut mention, place, alias.stateless, before);
        } else if alias.kind == AliasKind::Full && self.goes_on_to_another_name(first, end) {
            (mention.target, mention.end) = (Target::Other, self.tail(end));
        }
        Some(mention)
    }

    pub(super) fn in_force(&self, place: usize) -> Target {
        if self.law.is_valid(&self.law.instruments()[place]) {
            Target::Known(place)
        } else {
            Target::OtherVersion(place)
        }
    }

    /// A name that needs an introduction: “the Covenant”, “the constitution”.
    fn contextual(
        &self,
        alias: &Alias,
        first: usize,
        end: usize,
        before: Option<&Mention>,
    ) -> Option<Mention> {
        let kind = AliasKind::Contextual;
        let mut mention = Mention::new(first, end, Target::Other, kind);
        let national: Vec<usize> =
            alias.instruments.iter().copied().filter(|&place| self.is_national(place)).collect();
        if !self.text.capital(first) && national.is_empty() && !self.follows_of_the(first) {
            return None;
        }
        if matches!(self.text.word(first.wrapping_sub(1)), "a" | "an" | "any" | "every" | "no")
            && first > 0
        {
            return None;
        }
        if let Some((target, end)) = self.protocol_to(alias, end) {
            (mention.target, mention.end, mention.kind) = (target, end, AliasKind::Full);
            return Some(mention);
        }
        if let [place] = national[..] {
            let jurisdiction =
                self.law.instruments()[place].jurisdiction.as_deref().unwrap_or_default();
            let owner = self
                .owner_after(end, jurisdiction)
                .map_or_else(|| self.owner_before(first, jurisdiction), |(owner, _)| owner);
            if owner != Owner::Unsaid {
                mention.kind = AliasKind::Full;
                self.own_national(&mut mention, place, true, before);
                if owner != Owner::AsBefore || mention.foreign {
                    return Some(mention);
                }
                mention.kind = kind;
            }
        } else if self.is_modified(first)
            || self.goes_on_to_another_name(first, end)
            || self.is_numbered(end)
        {
            mention.end = self.tail(end);
            return Some(mention);
        }
        mention.target = self.introduced_among(&alias.instruments);
        Some(mention)
    }

    /// Which of `places` the text means: the one introduced, in the paragraph before the chapter.
    pub(super) fn introduced_among(&self, places: &[usize]) -> Target {
        let among = |introduced: &[usize]| -> Vec<usize> {
            places.iter().copied().filter(|place| introduced.contains(place)).collect()
        };
        for candidates in [among(self.scope.in_paragraph()), among(self.scope.introduced())] {
            match candidates[..] {
                [] => {}
                [place] => return self.in_force(place),
                _ => return Target::Ambiguous(candidates),
            }
        }
        // “Protocol No. 7” is known as soon as its treaty is.
        let of_parent: Vec<usize> =
            places.iter().copied().filter(|&place| self.parent_introduced(place)).collect();
        match of_parent[..] {
            [place] if places.len() == 1 => Target::Known(place),
            _ => Target::Ambiguous(places.to_vec()),
        }
    }

    fn is_national(&self, place: usize) -> bool {
        self.law.instruments()[place].is_national()
    }

    /// Whether `of the` (`of this`, `of the said`) stands before token `i`.
    fn follows_of_the(&self, i: usize) -> bool {
        let mut at = i;
        while at > 0 && determiner(self.text.word(at - 1)) && !belongs(self.text.word(at - 1)) {
            at -= 1;
        }
        at > 0 && at < i && belongs(self.text.word(at - 1))
    }
}
