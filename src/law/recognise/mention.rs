//! The laws that a text names, known or not, in reading order.
//!
//! A name alone is not enough: another State's constitution, a draft, a treaty body that is
//! abbreviated like its treaty are told apart here. A law that the registry does not have is found
//! too, for it keeps the articles beside it from being bound to anything else.

use super::define;
use super::lexicon::{self, belongs, body_acts, determiner, function_word, joins, legal_head};
use super::names::{Alias, AliasKind, Names, names_state};
use super::scope::{Scope, Target};
use super::token::Text;
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

/// What stands before a name, or after it, says whose law it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Unsaid,
    /// As the name before it in a list: “Russia’s constitution and electoral law”.
    AsBefore,
    Own,
    Foreign,
    OtherVersion,
    Year(u32),
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
        define::read(text, mention.end, &mention.target, scope);
        found.push(mention);
    }
    found
}

struct Reader<'r, 't> {
    law: &'r Law,
    names: &'r Names,
    text: &'r Text<'t>,
    scope: &'r Scope,
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
            let target = place.map_or(Target::Other, Target::Known);
            let known = place.map_or(Target::Other, |place| self.in_force(place));
            let target = if place.is_some() { known } else { target };
            return Some(Mention {
                first: i,
                end,
                target,
                kind: AliasKind::Defined,
                weak: false,
                foreign: false,
            });
        }
        match named {
            Some((alias, end)) if alias.kind == AliasKind::Contextual => {
                self.contextual(alias, i, end, before)
            }
            Some((alias, end)) => self.named(alias, i, end, before),
            None if matches!(self.text.word(i), "covenants") => self.both_covenants(i),
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
        if self.is_symbol(first, end) || self.is_body(alias, end) {
            return None;
        }
        let place = alias.instruments[0];
        let weak = alias.pieces.len() == 2 && end == first + 2 && self.text.word(first).len() == 1;
        let mut mention = Mention {
            first,
            end,
            target: Target::Known(place),
            kind: alias.kind,
            weak,
            foreign: false,
        };
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

    /// Decides whose law a national name means.
    fn own_national(
        &self,
        mention: &mut Mention,
        place: usize,
        stateless: bool,
        before: Option<&Mention>,
    ) {
        let instrument = &self.law.instruments()[place];
        let jurisdiction = instrument.jurisdiction.as_deref().unwrap_or_default();
        let mut owner =
            if stateless { self.owner_before(mention.first, jurisdiction) } else { Owner::Own };
        if let Some((after, end)) = self.owner_after(mention.end, jurisdiction) {
            (owner, mention.end) = (after, end);
        }
        let year = |year: u32| {
            let year = year.to_string();
            let days = [&instrument.adopted.date, &instrument.in_force];
            days.into_iter().flatten().any(|day| day.starts_with(&year))
        };
        let ours = self.law.state().is_none_or(|state| state == jurisdiction);
        let own = match owner {
            Owner::Own => true,
            Owner::Unsaid => !stateless || ours,
            Owner::AsBefore => ours && !before.is_some_and(|before| before.foreign),
            Owner::Year(value) => ours && year(value),
            Owner::Foreign | Owner::OtherVersion => false,
        };
        mention.foreign = owner == Owner::Foreign || (owner == Owner::AsBefore && !own);
        mention.target = if own { self.in_force(place) } else { Target::Other };
    }

    fn in_force(&self, place: usize) -> Target {
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
        let mut mention =
            Mention { first, end, target: Target::Other, kind, weak: false, foreign: false };
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
    fn introduced_among(&self, places: &[usize]) -> Target {
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

    fn parent_introduced(&self, place: usize) -> bool {
        let parent = self.law.instruments()[place].parent.as_deref();
        let introduced = |id: &str| {
            self.scope.introduced().iter().any(|&other| &*self.law.instruments()[other].id == id)
        };
        parent.is_some_and(introduced)
    }

    fn is_national(&self, place: usize) -> bool {
        self.law.instruments()[place].is_national()
    }

    /// “both Covenants”, “the two Covenants”, “the Covenants”.
    fn both_covenants(&self, i: usize) -> Option<Mention> {
        let alias = self.names.aliases.iter().find(|alias| {
            alias.kind == AliasKind::Contextual
                && alias.pieces.len() == 1
                && alias.pieces[0].key() == "covenant"
        })?;
        let known =
            matches!(self.text.word(i.checked_sub(1)?), "both" | "two" | "the" | "international");
        let target = if known { Target::All(alias.instruments.clone()) } else { Target::Other };
        Some(Mention {
            first: i,
            end: i + 1,
            target,
            kind: AliasKind::Contextual,
            weak: false,
            foreign: false,
        })
    }

    /// `… to the X` after the word for a protocol: the protocol of X, if it is known.
    fn protocol_to(&self, alias: &Alias, end: usize) -> Option<(Target, usize)> {
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
    fn protocol_after(&self, parent: usize, end: usize) -> Option<(Target, usize)> {
        let possessive = self.text.is(end, '\'') && self.text.word(end + 1) == "s";
        let at = if possessive { end + 2 } else { end };
        let (alias, after) = self.names.longest(self.text, at)?;
        let is_protocol = (at..after).any(|i| self.text.word(i) == "protocol");
        let contextual = alias.kind == AliasKind::Contextual && is_protocol;
        (contextual && self.text.capital(at))
            .then(|| (self.child(parent, &alias.instruments), after))
    }

    /// The one of `places` that is a protocol to `parent`.
    fn child(&self, parent: usize, places: &[usize]) -> Target {
        let id = &*self.law.instruments()[parent].id;
        let is_child =
            |place: &&usize| self.law.instruments()[**place].parent.as_deref() == Some(id);
        places.iter().find(is_child).map_or(Target::Other, |&place| Target::Known(place))
    }

    /// Whether an acronym is part of a document's symbol: `CRC/C/GC/24`.
    fn is_symbol(&self, first: usize, end: usize) -> bool {
        let text = self.text;
        let slash = |i: usize| text.is(i, '/') && text.glued(i);
        let after = slash(end)
            && text.glued(end + 1)
            && text.word(end + 1).len() <= 2
            && text.capital(end + 1);
        let before =
            first >= 2 && slash(first - 1) && text.glued(first) && text.word(first - 2).len() <= 1;
        after || before
    }

    /// Whether an acronym stands for the body and not for the treaty: it acts, or has findings.
    fn is_body(&self, alias: &Alias, end: usize) -> bool {
        const BODIES: [&str; 13] = [
            "cat", "crc", "crpd", "cerd", "cedaw", "ccpr", "cescr", "cmw", "ced", "echr", "achpr",
            "achr", "afchpr",
        ];
        let text = self.text;
        if alias.kind != AliasKind::Short || !BODIES.contains(&text.word(end - 1)) {
            return false;
        }
        let has_findings = |i: usize| {
            matches!(
                text.word(i),
                "concluding"
                    | "report"
                    | "recommendations"
                    | "recommendation"
                    | "observations"
                    | "general"
                    | "findings"
                    | "views"
                    | "judgment"
                    | "judgments"
                    | "members"
                    | "session"
                    | "case"
                    | "rapporteur"
                    | "jurisprudence"
                    | "decision"
                    | "decisions"
            )
        };
        let possessive = text.is(end, '\'') && text.word(end + 1) == "s";
        let auxiliary = matches!(
            text.word(end),
            "has" | "had" | "have" | "also" | "itself" | "recently" | "repeatedly"
        );
        body_acts(text.word(end))
            || (auxiliary && body_acts(text.word(end + 1)))
            || has_findings(if possessive { end + 2 } else { end })
    }

    /// What stands before token `i` says whose law the name there is.
    fn owner_before(&self, i: usize, jurisdiction: &str) -> Owner {
        let text = self.text;
        for at in (i.saturating_sub(5)..i).rev() {
            let word = text.word(at);
            if lexicon::other_version(word) {
                return Owner::OtherVersion;
            }
            if text.value(at).is_some_and(|year| (1800..2100).contains(&year)) {
                return Owner::Year(text.value(at).unwrap_or_default());
            }
            if word == "s" && at >= 2 && text.is(at - 1, '\'') {
                let possessor = text.word(at - 2);
                let generic =
                    matches!(possessor, "country" | "state" | "nation" | "republic" | "government");
                return match (generic, names_state(possessor, jurisdiction), text.capital(at - 2)) {
                    (true, ..) | (_, false, false) => Owner::Unsaid,
                    (_, true, _) => Owner::Own,
                    _ => Owner::Foreign,
                };
            }
            if names_state(word, jurisdiction) {
                return Owner::Own;
            }
            if joins(word) || text.is(at, ',') {
                return Owner::AsBefore;
            }
            if text.is_word(at) && text.capital(at) && !function_word(word) {
                return Owner::Foreign;
            }
            if !determiner(word) {
                return Owner::Unsaid;
            }
        }
        Owner::Unsaid
    }

    /// `of Kazakhstan`, `of the Russian Federation`, `РФ` after a name, and the token after it.
    fn owner_after(&self, i: usize, jurisdiction: &str) -> Option<(Owner, usize)> {
        let text = self.text;
        let mut at = i;
        if text.word(at) == "of" {
            at += 1;
            while matches!(text.word(at), "the" | "republic" | "of" | "people" | "s" | "democratic")
            {
                at += 1;
            }
        } else if text.word(at).is_ascii() || !text.capital(at) {
            return None;
        } else if text.word(at).starts_with("республик") {
            at += 1;
        }
        if names_state(text.word(at), jurisdiction) {
            return Some((Owner::Own, at + 1));
        }
        let first = at;
        while text.is_word(at) && text.capital(at) && self.names.longest(text, at).is_none() {
            at += 1;
        }
        let article = lexicon::article_word(text.word(first)).is_some();
        (at > first && !article).then_some((Owner::Foreign, at))
    }

    /// Whether a capital word or an ordinal makes the name another one: “the Vienna Convention”.
    fn is_modified(&self, first: usize) -> bool {
        let Some(at) = first.checked_sub(1) else { return false };
        let (text, word) = (self.text, self.text.word(at));
        let possessive = word == "s" && at > 0 && text.is(at - 1, '\'');
        let modifies = text.is_word(at)
            && (text.capital(at) && !function_word(word) || lexicon::other_version(word));
        modifies || text.is_number(at) || (possessive && at > 1 && text.capital(at - 2))
    }

    /// Whether “on X”, “of X” with a capital goes on after a short name, so that it is another.
    fn goes_on_to_another_name(&self, first: usize, end: usize) -> bool {
        let text = self.text;
        let links = matches!(
            text.word(end),
            "on" | "of"
                | "for"
                | "against"
                | "concerning"
                | "relating"
                | "о"
                | "об"
                | "по"
                | "против"
        );
        if !links || end - first > 3 {
            return false;
        }
        let at = (end + 1..end + 4).find(|&at| !matches!(text.word(at), "the" | "to" | "all"));
        let Some(at) = at else { return false };
        let known = matches!(
            text.word(at),
            "osce" | "csce" | "un" | "united" | "eu" | "european" | "december"
        );
        text.is_word(at) && text.capital(at) && !(known && text.word(end) == "of")
    }

    /// “Convention No. 29”, “Additional Protocol II”.
    fn is_numbered(&self, end: usize) -> bool {
        let text = self.text;
        let roman = text.case(end) == super::token::Case::Upper
            && text.word(end).bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
        matches!(text.word(end), "no" | "nos")
            && text.is_number(end + 1 + usize::from(text.is(end + 1, '.')))
            || text.is(end, '№')
            || roman && text.is_word(end)
    }

    /// Whether `of the` (`of this`, `of the said`) stands before token `i`.
    fn follows_of_the(&self, i: usize) -> bool {
        let mut at = i;
        while at > 0 && determiner(self.text.word(at - 1)) && !belongs(self.text.word(at - 1)) {
            at -= 1;
        }
        at > 0 && at < i && belongs(self.text.word(at - 1))
    }

    /// A law that the registry does not have, by the head of its name at token `i`.
    fn unknown(&self, i: usize) -> Option<Mention> {
        let text = self.text;
        let word = text.word(i);
        if !legal_head(word) && !matches!(word, "principles" | "guidelines") {
            return None;
        }
        let before = i.checked_sub(1).map_or("", |at| text.word(at));
        let capital_before = i > 0 && text.capital(i - 1) && !function_word(before);
        let is_name = match word {
            "code" | "codes" => text.capital(i) || lexicon::code_kind(before),
            "law" | "laws" | "legislation" | "constitution" => {
                let possessive =
                    before == "s" && i > 2 && text.is(i - 2, '\'') && text.capital(i - 3);
                let on = matches!(text.word(i + 1), "on" | "no")
                    && (text.capital(i) || determiner(before) || before == "a");
                on || possessive || capital_before
            }
            _ if lexicon::cyrillic_head(word) => self.is_cyrillic_name(i),
            _ => {
                text.capital(i)
                    && (capital_before
                        || i > 0 && determiner(before)
                        || lexicon::belongs(text.word(i + 1))
                        || matches!(text.word(i + 1), "on" | "for" | "against" | "no")
                        || text.is_number(i + 1)
                        || text.is(i + 1, '('))
            }
        };
        let first = (0..i).rev().take(6).take_while(|&at| self.is_modifier(at)).last().unwrap_or(i);
        is_name.then(|| Mention {
            first,
            end: self.tail(i + 1),
            target: Target::Other,
            kind: AliasKind::Full,
            weak: false,
            foreign: capital_before,
        })
    }

    fn is_modifier(&self, i: usize) -> bool {
        let word = self.text.word(i);
        let capital = self.text.is_word(i) && self.text.capital(i) && !function_word(word);
        capital && lexicon::article_word(word).is_none() || lexicon::code_kind(word)
    }

    fn is_cyrillic_name(&self, i: usize) -> bool {
        let text = self.text;
        let word = text.word(i);
        let about = matches!(text.word(i + 1), "о" | "об") || text.is(i + 1, '"');
        let after_capital = i > 0 && text.capital(i - 1) && !function_word(text.word(i - 1));
        let kazakh = i > 0 && matches!(text.word(i - 1), "туралы");
        word.starts_with("кодекс")
            || about
            || after_capital
            || kazakh
            || (text.capital(i) && text.capital(i + 1))
    }

    /// The token after the words that go on with an unknown name: “on Public Procurement”.
    fn tail(&self, i: usize) -> usize {
        let text = self.text;
        let links = |at: usize| {
            matches!(
                text.word(at),
                "of" | "on"
                    | "for"
                    | "against"
                    | "to"
                    | "relating"
                    | "concerning"
                    | "governing"
                    | "no"
                    | "о"
                    | "об"
                    | "по"
                    | "против"
            )
        };
        let mut end = i;
        let mut at = i;
        while at < i + 16 {
            let capital = text.is_word(at)
                && text.capital(at)
                && lexicon::article_word(text.word(at)).is_none();
            let stops = text.acronym(at) && self.names.longest(text, at).is_some();
            if (capital && !stops) || text.is(at, '"') && end > i {
                at += 1;
                end = at;
            } else if links(at)
                || (at > i
                    && matches!(text.word(at), "the" | "and" | "other" | "all" | "in" | "и" | "в"))
            {
                at += 1;
            } else if at > i
                && links(at - 1)
                && text.is_word(at)
                && lexicon::article_word(text.word(at)).is_none()
            {
                at += 1;
                end = at;
            } else {
                break;
            }
        }
        end
    }
}
