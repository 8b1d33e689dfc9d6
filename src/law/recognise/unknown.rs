//! Laws that the registry does not have: found, so that no article of theirs is bound elsewhere.

use super::lexicon::{
    article_word, belongs, code_kind, cyrillic_head, determiner, function_word, inside_name,
    leads_on, legal_head, other_version,
};
use super::mention::{Mention, Reader};
use super::names::AliasKind;
use super::scope::Target;
use super::token::Case;

/// How many tokens the name of a law may go on for after its head.
const LONGEST_TAIL: usize = 16;

impl Reader<'_, '_> {
    /// Whether a capital word or an ordinal makes the name another one: “the Vienna Convention”.
    pub(super) fn is_modified(&self, first: usize) -> bool {
        let Some(at) = first.checked_sub(1) else { return false };
        let (text, word) = (self.text, self.text.word(at));
        let possessive = word == "s" && at > 0 && text.is(at - 1, '\'');
        let modifies =
            text.is_word(at) && (text.capital(at) && !function_word(word) || other_version(word));
        let year = text.value(at).is_some_and(|year| year >= 1000);
        modifies || year || (possessive && at > 1 && text.capital(at - 2))
    }

    /// Whether “on X”, “of X” with a capital goes on after a short name, so that it is another.
    pub(super) fn goes_on_to_another_name(&self, first: usize, end: usize) -> bool {
        let text = self.text;
        if !leads_on(text.word(end)) || end - first > 3 {
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
    pub(super) fn is_numbered(&self, end: usize) -> bool {
        let text = self.text;
        let roman = text.case(end) == Case::Upper
            && text.word(end).bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
        matches!(text.word(end), "no" | "nos")
            && text.is_number(end + 1 + usize::from(text.is(end + 1, '.')))
            || text.is(end, '№')
            || roman && text.is_word(end)
    }

    /// A law that the registry does not have, by the head of its name at token `i`.
    pub(super) fn unknown(&self, i: usize) -> Option<Mention> {
        let text = self.text;
        let word = text.word(i);
        if !legal_head(word) && !matches!(word, "principles" | "guidelines") {
            return None;
        }
        let before = i.checked_sub(1).map_or("", |at| text.word(at));
        let capital_before = i > 0 && text.capital(i - 1) && !function_word(before);
        let is_name = match word {
            "code" | "codes" => text.capital(i) || code_kind(before),
            "law" | "laws" | "legislation" | "constitution" => {
                let possessive =
                    before == "s" && i > 2 && text.is(i - 2, '\'') && text.capital(i - 3);
                let on = matches!(text.word(i + 1), "on" | "no")
                    && (text.capital(i) || determiner(before) || before == "a");
                on || possessive || capital_before
            }
            _ if cyrillic_head(word) => self.is_cyrillic_name(i),
            _ => {
                text.capital(i)
                    && (capital_before
                        || i > 0 && determiner(before)
                        || belongs(text.word(i + 1))
                        || matches!(text.word(i + 1), "on" | "for" | "against" | "no")
                        || text.is_number(i + 1)
                        || text.is(i + 1, '('))
            }
        };
        let first = (0..i).rev().take(6).take_while(|&at| self.is_modifier(at)).last().unwrap_or(i);
        let foreign = capital_before;
        let mention = Mention::new(first, self.tail(i + 1), Target::Other, AliasKind::Full);
        is_name.then_some(Mention { foreign, ..mention })
    }

    pub(super) fn is_modifier(&self, i: usize) -> bool {
        let word = self.text.word(i);
        let capital = self.text.is_word(i) && self.text.capital(i) && !function_word(word);
        capital && article_word(word).is_none() || code_kind(word)
    }

    pub(super) fn is_cyrillic_name(&self, i: usize) -> bool {
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
    pub(super) fn tail(&self, i: usize) -> usize {
        let text = self.text;
        let mut end = i;
        for at in i..i + LONGEST_TAIL {
            let word = text.word(at);
            let named = self.names.longest(text, at);
            let other = named.is_some_and(|(alias, _)| alias.kind != AliasKind::Contextual);
            let is_word = text.is_word(at) && article_word(word).is_none() && !other;
            let after_link = at > i && leads_on(text.word(at - 1));
            let quoted = text.is(at, '"') && at > i;
            if leads_on(word) || (at > i && inside_name(word)) {
                continue;
            }
            if !(is_word && (text.capital(at) || after_link) || quoted) {
                break;
            }
            end = at + 1;
        }
        end
    }
}
