//! Whose law a national name means: “Russia’s constitution” is not the registry's.

use super::lexicon::{self, determiner, function_word, joins};
use super::mention::{Mention, Reader};
use super::names::names_state;
use super::scope::Target;

/// What stands before a name, or after it, says whose law it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Unsaid,
    /// As the name before it in a list: “Russia’s constitution and electoral law”.
    AsBefore,
    Own,
    Foreign,
    OtherVersion,
    Year(u32),
}

impl Reader<'_, '_> {
    /// Decides whose law a national name means.
    pub(super) fn own_national(
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

    /// What stands before token `i` says whose law the name there is.
    pub(super) fn owner_before(&self, i: usize, jurisdiction: &str) -> Owner {
        let text = self.text;
        for at in (i.saturating_sub(5)..i).rev() {
            let word = text.word(at);
            if lexicon::other_version(word) {
                return Owner::OtherVersion;
            }
            if text.value(at).is_some_and(|year| (1800..2100).contains(&year)) {
                return Owner::Year(text.value(at).unwrap_or_default());
            }
            if word == "its" {
                return self.possessor_before(at, jurisdiction);
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

    /// Whose “its” at token `i` is: the State whose possessive stands before it in the sentence.
    fn possessor_before(&self, i: usize, jurisdiction: &str) -> Owner {
        const FAR: usize = 40;
        let text = self.text;
        let here = (i.saturating_sub(FAR)..i).rev().take_while(|&at| !text.is(at, '.'));
        let possessive = |&at: &usize| text.word(at) == "s" && at >= 2 && text.is(at - 1, '\'');
        let possessor = here.filter(possessive).map(|at| at - 2).find(|&at| text.capital(at));
        match possessor {
            Some(at) if names_state(text.word(at), jurisdiction) => Owner::Own,
            Some(_) => Owner::Foreign,
            None => Owner::Unsaid,
        }
    }

    /// `of Kazakhstan`, `of the Russian Federation`, `РФ` after a name, and the token after it.
    pub(super) fn owner_after(&self, i: usize, jurisdiction: &str) -> Option<(Owner, usize)> {
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
}
