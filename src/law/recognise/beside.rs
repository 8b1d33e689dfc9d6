//! What stands right beside a group of provisions: names, “of the X”, or nothing.

use super::joint::after_gloss;
use super::lexicon::{
    article_word, auxiliary, belongs, between_name_and_article, cyrillic_head, determiner,
    enshrined, function_word, holds, joins, law_speaks, no_law, other_version, own_document,
    provision_gives, refers_back, section_word,
};
use super::mention::Mention;
use super::names::AliasKind;
use super::part::part_at;
use super::provision::Group;
use super::scope::Target;
use super::token::Text;

/// What stands to the right of a group.
pub(super) enum Right<'m> {
    /// Laws; whether they go with the numbers one by one.
    Names(Vec<&'m Mention>, bool),
    /// A law that nobody here knows.
    Unknown,
    /// The report itself, a book, a series of pieces.
    Report,
    /// “thereof”, “of which”.
    Back,
    Nothing,
}

/// The laws to the left of a group.
pub(super) struct Left<'m> {
    pub names: Vec<&'m Mention>,
    /// Whether the group is in a bracket after the name.
    pub paren: bool,
    /// Whether nothing but a bracket or a possessive stands between.
    pub near: bool,
    /// Whether they go with the numbers one by one.
    pub respectively: bool,
}

/// A text with its names.
pub(super) struct Beside<'b, 't> {
    pub text: &'b Text<'t>,
    pub mentions: &'b [Mention],
}

impl<'b> Beside<'b, '_> {
    /// The mention whose first token is `i`, or that is led in by words that say whose law it is.
    fn mention_at(&self, i: usize) -> Option<&'b Mention> {
        let place = self.mentions.partition_point(|mention| mention.first < i);
        let mention = self.mentions.get(place)?;
        let led_in = |at: usize| {
            let word = self.text.word(at);
            determiner(word)
                || other_version(word)
                || self.text.value(at).is_some_and(|year| year >= 1000)
                || self.text.is(at, '\'')
                || matches!(word, "s" | "country" | "state" | "republic" | "government")
                || (self.text.is_word(at) && self.text.capital(at) && article_word(word).is_none())
        };
        (mention.first - i <= 6 && (i..mention.first).all(led_in)).then_some(mention)
    }

    /// The token after `group` and after the words in a bracket that say what it is about.
    fn end(&self, group: &Group) -> usize {
        let end = after_gloss(self.text, group.end);
        let place = self.mentions.partition_point(|mention| mention.first < group.end);
        let named = self.mentions.get(place).is_some_and(|mention| mention.end <= end);
        if named { group.end } else { end }
    }

    /// “of the ICCPR”, “of this report”, “thereof” after `group`.
    pub fn of(&self, group: &Group) -> Right<'b> {
        let text = self.text;
        let mut at = self.end(group);
        let closes = text.is(at, ')') && group.first > 0 && text.is(group.first - 1, '(');
        if (text.is(at, ',') || closes) && belongs(text.word(at + 1)) {
            at += 1;
        }
        if matches!(text.word(at), "thereof" | "thereto" | "therein") {
            return Right::Back;
        }
        if belongs(text.word(at)) {
            return self.latter(group, at + 1).unwrap_or_else(|| self.after_of(at + 1));
        }
        if text.word(at) == "common" && text.word(at + 1) == "to" {
            return self.after_of(at + 2);
        }
        if own_document(text.word(at))
            || matches!(text.word(at), "below" | "hereof" | "herein")
            || says_this(text.word(at)) && own_document(text.word(at + 1))
        {
            return Right::Report; // Russian has no “of”
        }
        if let Some(mention) = self.enshrined_in(at).or_else(|| self.owned_by(at)) {
            return self.names(mention, false);
        }
        Right::Nothing
    }

    /// “of the former”, “of the latter” at token `i`, of the two laws named before `group`.
    fn latter(&self, group: &Group, i: usize) -> Option<Right<'b>> {
        let back = match (self.text.word(i), self.text.word(i + 1)) {
            ("the", "latter") => 1,
            ("the", "former") if self.is_clause(i + 2) => 2,
            _ => return None,
        };
        let end = self.mentions.partition_point(|mention| mention.end <= group.first);
        let mention = &self.mentions[end.checked_sub(back)?];
        Some(Right::Names(vec![mention], false))
    }

    /// Whether a sentence goes on at token `i` with no noun that “former” could belong to.
    fn is_clause(&self, i: usize) -> bool {
        let word = self.text.word(i);
        word.is_empty() || joins(word) || law_speaks(word) || auxiliary(word)
    }

    fn after_of(&self, i: usize) -> Right<'b> {
        let text = self.text;
        if refers_back(text.word(i)) || is_same_instrument(text, i) {
            return Right::Back;
        }
        let both = matches!(text.word(i), "both" | "each") || text.word(i + 1) == "two";
        if let Some(mention) = self.mention_at(i) {
            return self.names(mention, both);
        }
        if both && !text.is_word(i + 1) {
            return Right::Nothing; // “the UDHR and the ICCPR (Article 19 of both)”
        }
        let words =
            (i..i + 6).take_while(|&at| text.is_word(at) || text.is(at, '-') || text.is_number(at));
        let mut previous = "";
        for at in words {
            if own_document(text.word(at)) {
                return Right::Report;
            }
            if belongs(previous) || holds(previous) {
                break;
            }
            previous = text.word(at);
        }
        if says_this(text.word(i)) {
            return Right::Report;
        }
        Right::Unknown
    }

    /// “as enshrined in the X”, “guaranteed by the X”, “in the X”.
    fn enshrined_in(&self, i: usize) -> Option<&'b Mention> {
        let text = self.text;
        let mut at = i;
        at += usize::from(text.is(at, ','));
        at += usize::from(text.word(at) == "as");
        if !enshrined(text.word(at)) {
            return None;
        }
        at += 1;
        at += usize::from(matches!(text.word(at), "for" | "out" | "down"));
        holds(text.word(at)).then(|| self.mention_at(at + 1)).flatten()
    }

    /// “Article 9 rights under the X”.
    fn owned_by(&self, i: usize) -> Option<&'b Mention> {
        let text = self.text;
        let possessive = text.is(i, '\'') && text.word(i + 1) == "s";
        let at = i + if possessive { 2 } else { 0 };
        if !provision_gives(text.word(at)) {
            return None;
        }
        // “Article 19’s protection of speech under the X”
        let leads = |&at: &usize| holds(text.word(at)) || belongs(text.word(at));
        let plain = |at: &usize| text.is_word(*at) && !text.capital(*at);
        let mut near = (at + 1..at + 5).take_while(plain).filter(leads);
        near.find_map(|at| self.mention_at(at + 1))
    }

    /// A name right after `group`, or in a bracket of its own after it, or after “in”.
    pub fn touching(&self, group: &Group) -> Right<'b> {
        let text = self.text;
        let at = self.end(group);
        if text.is(at, '(') || text.is(at, '[') {
            let of = usize::from(belongs(text.word(at + 1)));
            if let Some(mention) = self.mention_at(at + 1 + of)
                && matches!(text.mark(mention.end), Some(')' | ']' | ',' | ';'))
                && !self.has_group_after(mention)
            {
                return Right::Names(vec![mention], false);
            }
            return Right::Nothing;
        }
        if let Some(mention) = self.mention_at(at)
            && (mention.kind != AliasKind::Contextual || !text.word(at).is_ascii())
        {
            return self.names(mention, false);
        }
        if holds(text.word(at))
            && let Some(mention) = self.mention_at(at + 1)
        {
            return Right::Names(vec![mention], false);
        }
        if self.unknown_after(at) { Right::Unknown } else { Right::Nothing }
    }

    /// A name after a comma: `Article 9, ICCPR`.
    pub fn apart(&self, group: &Group) -> Right<'b> {
        let text = self.text;
        if !text.is(group.end, ',') {
            return Right::Nothing;
        }
        match self.mention_at(group.end + 1) {
            Some(mention)
                if mention.kind != AliasKind::Contextual && !self.has_group_after(mention) =>
            {
                Right::Names(vec![mention], false)
            }
            _ => Right::Nothing,
        }
    }

    /// Whether an acronym or a Russian name that is not known stands at token `i`.
    fn unknown_after(&self, i: usize) -> bool {
        let text = self.text;
        if text.acronym(i) && !no_law(text.word(i)) && article_word(text.word(i)).is_none() {
            return true;
        }
        let words = (i..i + 5).take_while(|&at| text.is_word(at) && !text.word(at).is_ascii());
        let mut mixed = false;
        for at in words {
            let raw = text.raw(at);
            mixed |= at == i && raw.chars().filter(|c| c.is_uppercase()).count() >= 2;
            if cyrillic_head(text.word(at)) {
                return true;
            }
        }
        mixed
    }

    /// `mention` and those listed with it after `Article 9 of`; `both` asks for all of them.
    fn names(&self, mention: &'b Mention, both: bool) -> Right<'b> {
        let mut names = vec![mention];
        let mut at = mention.end;
        let mut commas = 0;
        while let Some((next, joined)) = self.next_name(at) {
            let again = (at..next.first).any(|at| belongs(self.text.word(at)));
            let fits = both || again || is_international(mention, next);
            if matches!(next.target, Target::Other) || self.has_group_after(next) || !fits {
                break;
            }
            at = next.end;
            names.push(next);
            commas = if joined { 0 } else { commas + 1 };
            if joined {
                break;
            }
        }
        // A comma alone lists nothing: “Article 19 of the ICCPR, the ECHR says …”.
        names.truncate(names.len() - commas);
        let respectively = (at..at + 2).any(|at| self.text.word(at) == "respectively");
        Right::Names(names, respectively)
    }

    /// The name that a comma or “and” adds at token `i`; whether it was “and”.
    fn next_name(&self, i: usize) -> Option<(&'b Mention, bool)> {
        let text = self.text;
        let mut at = i;
        let comma = text.is(at, ',');
        at += usize::from(comma);
        let joined = joins(text.word(at)) || text.is(at, '&') || text.is(at, '/');
        if text.word(at) == "as" {
            if text.word(at + 1) != "well" {
                return None;
            }
            at += 2;
        }
        at += usize::from(joined);
        at += usize::from(joined && belongs(text.word(at)));
        if !comma && !joined {
            return None;
        }
        Some((self.mention_at(at)?, joined))
    }

    /// Whether `mention` has articles of its own on its right.
    fn has_group_after(&self, mention: &Mention) -> bool {
        let text = self.text;
        let mut at = mention.end;
        let skips = |at: usize| {
            matches!(text.mark(at), Some('(' | ',' | '[' | '\''))
                || matches!(text.word(at), "s" | "in" | "see" | "its")
        };
        let first = at;
        while at < first + 4 && skips(at) {
            at += 1;
        }
        let closed = text.is(mention.end, ')');
        !closed
            && (article_word(text.word(at)).is_some()
                || section_word(text.word(at)).is_some()
                || part_at(text, at, false).is_some_and(|(_, next)| text.is_number(next)))
    }

    /// The law that stands before `group` with nothing of weight between.
    pub fn left(&self, group: &Group, used: usize) -> Option<Left<'b>> {
        let text = self.text;
        let end = self.mentions.partition_point(|mention| mention.end <= group.first);
        let mention = self.mentions[..end].last()?;
        let between = mention.end..group.first;
        if between.len() > 8 || !between.clone().all(|at| may_stand_between(text, at, mention.end))
        {
            return None;
        }
        let paren = between.clone().any(|at| text.is(at, '(') || text.is(at, '['));
        let weighty = |at: usize| {
            text.is(at, ',') || text.is(at, ';') || text.is(at, ':') || holds(text.word(at))
        };
        let near = paren || !between.clone().any(weighty);
        // What an earlier group took from its right belongs to this one only by a bracket.
        if (mention.end <= used && !paren) || (paren && is_closed(text, &between)) {
            return None;
        }
        let both = |at: usize| matches!(text.word(at), "both" | "each");
        let both =
            between.clone().any(both) || (belongs(text.word(group.end)) && both(group.end + 1));
        let respectively = text.word(group.end) == "respectively";
        let both = both || mention.first > 0 && text.is(mention.first - 1, '/');
        let names = if both || respectively { self.listed_before(mention) } else { vec![mention] };
        let respectively = respectively && names.len() == group.members.len();
        let names = if both || respectively { names } else { vec![mention] };
        Some(Left { names, paren, near, respectively })
    }

    /// `mention` with the one that is listed before it: “the UDHR and the ICCPR (both Article 9)”.
    pub fn listed_before(&self, mention: &'b Mention) -> Vec<&'b Mention> {
        let place = self.mentions.partition_point(|other| other.first < mention.first);
        let before = place.checked_sub(1).and_then(|place| self.mentions.get(place));
        let joined = before.filter(|before| {
            self.next_name(before.end).is_some_and(|(next, _)| next.first == mention.first)
        });
        joined.into_iter().chain([mention]).collect()
    }

    /// Whether an acronym that is not known, or somebody’s possessive (“Russia’s Article 20.2”),
    /// stands right before `group`.
    pub fn unknown_before(&self, group: &Group) -> bool {
        let text = self.text;
        let Some(mut at) = group.first.checked_sub(1) else { return false };
        let possessive = text.word(at) == "s" && at > 1 && text.is(at - 1, '\'');
        if possessive && text.capital(at - 2) && !function_word(text.word(at - 2)) {
            return true;
        }
        while at > 0
            && (text.is(at, '(') || text.is(at, ',') || text.word(at) == "s" || text.is(at, '\''))
        {
            at -= 1;
        }
        let place = self.mentions.partition_point(|mention| mention.end <= at);
        let known = self.mentions.get(place).is_some_and(|mention| mention.first <= at);
        text.acronym(at)
            && !known
            && !no_law(text.word(at))
            && text.word(at).len() > 2
            && article_word(text.word(at)).is_none()
    }
}

fn is_international(a: &Mention, b: &Mention) -> bool {
    let sure = |mention: &Mention| {
        matches!(mention.target, Target::Known(_)) && mention.kind != AliasKind::Contextual
    };
    sure(a) && sure(b)
}

fn says_this(word: &str) -> bool {
    matches!(
        word,
        "these" | "this" | "our" | "настоящего" | "данного" | "этого" | "нашего" | "настоящих"
    )
}

/// “of that instrument”, “of the same treaty”.
fn is_same_instrument(text: &Text, i: usize) -> bool {
    let at = i + usize::from(text.word(i) == "the");
    matches!(text.word(at), "that" | "same" | "said")
        && matches!(text.word(at + 1), "instrument" | "treaty" | "text" | "law")
}

/// Whether token `i` may stand between a name (that ends before token `end`) and its articles.
fn may_stand_between(text: &Text, i: usize, end: usize) -> bool {
    let word = text.word(i);
    let note = text.is_number(i) && text.glued(i) && (i == end || text.is(i - 1, ')'));
    note || matches!(text.mark(i), Some(',' | ':' | '(' | ')' | '[' | '\'' | '.' | '"'))
        || between_name_and_article(word)
}

/// Whether every bracket between is closed again, so that the group is outside.
fn is_closed(text: &Text, between: &std::ops::Range<usize>) -> bool {
    let count = |mark| between.clone().filter(|&at| text.is(at, mark)).count();
    count('(') > 0 && count('(') <= count(')') && !text.is(between.end - 1, '(')
}
