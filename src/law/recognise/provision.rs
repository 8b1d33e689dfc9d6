//! Provisions by grammar: the word, its numbers, their parts, before anything is bound.
//!
//! A group is one word with its numbers: `Articles 9 and 14(3)`, `п. 3 ст. 20`, `paragraph 7.5`.

use super::joint::{after_gloss, separator};
use super::lexicon::{self, Unit, article_word, belongs, determiner, joins, section_word};
use super::list::{Member, members};
use super::mention::Mention;
use super::names::AliasKind;
use super::part::{Part, elements, part_at};
use super::scope::{Scope, Target};
use super::token::{Case, Text};
use super::{kazakh, list};
use crate::law::{Existence, Law};

/// A word for provisions with its numbers.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// First token, with the parts that are named before the word: `paragraph 3 of Article 20`.
    pub first: usize,
    /// The word.
    pub word: usize,
    /// Token after the last number.
    pub end: usize,
    pub unit: Unit,
    /// What the word says of how many there are.
    pub plural: Option<bool>,
    pub members: Vec<Member>,
    /// Whether it is a part of “that article”, so that the number comes from the last citation.
    pub back: bool,
    /// The protocol of Strasbourg’s shorthand: 1 in `P1-1` and in `A1P1`.
    pub protocol: Option<u32>,
}

impl Group {
    fn new(
        first: usize,
        word: usize,
        unit: Unit,
        plural: Option<bool>,
        members: Vec<Member>,
    ) -> Option<Group> {
        let end = members.last()?.end;
        Some(Group { first, word, end, unit, plural, members, back: false, protocol: None })
    }
}

/// Finds the groups of `text` in reading order; they do not overlap.
pub(super) fn groups(text: &Text) -> Vec<Group> {
    let mut found: Vec<Group> = Vec::new();
    let mut i = 0;
    while i < text.len() {
        let start = found.last().map_or(0, |group| group.end);
        match group_at(text, i, start) {
            Some(group) => {
                i = group.end.max(i + 1);
                found.push(group);
            }
            None => i += 1,
        }
    }
    found
}

/// The groups of `text`, with those that have no word: numbers right after a name.
///
/// `ICCPR 9` where `scope` says so (notes, tables); `ECHR 6(1)`, `constitution 26.2` and
/// `Copenhagen Document (7.5)` anywhere; and
/// `Articles 18 UDHR and 19 ICCPR`, where the word stands only once. `words` says whether the text
/// has words for provisions at all.
pub(super) fn all(
    law: &Law,
    text: &Text,
    mentions: &[Mention],
    scope: &Scope,
    words: bool,
) -> Vec<Group> {
    let mut found = if words { groups(text) } else { Vec::new() };
    let mut bare = Vec::new();
    for mention in mentions {
        let free = |group: &Group| {
            let place = found.partition_point(|other| other.end <= group.first);
            found.get(place).is_none_or(|other| other.first >= group.end)
        };
        let after = bare_group(law, text, mention, scope).filter(free);
        let again = again(text, mention, &found, mentions).filter(free);
        bare.extend(after.or(again));
    }
    // A word that stands for two groups agrees with neither alone.
    for group in &bare {
        let place = found.partition_point(|other| other.end <= group.first);
        let before = place.checked_sub(1).and_then(|place| found.get_mut(place));
        if let Some(before) = before.filter(|before| group.first - before.end <= 24) {
            before.plural = None;
        }
    }
    found.extend(bare);
    found.sort_by_key(|group| group.first);
    found.dedup_by_key(|group| group.first);
    found
}

/// Numbers right after `mention` that can only be its provisions.
fn bare_group(law: &Law, text: &Text, mention: &Mention, scope: &Scope) -> Option<Group> {
    let Target::Known(place) = mention.target else { return None };
    let instrument = &law.instruments()[place];
    let i = mention.end;
    if instrument.unit == crate::law::Unit::Paragraph && text.is(i, '(') && text.is_number(i + 1) {
        let members = list::paragraphs(text, i + 1, None)?;
        let closed = text.is(members.last()?.end, ')') && !members[0].parts.is_empty();
        return closed.then(|| Group::new(i + 1, i + 1, Unit::Paragraph, None, members)).flatten();
    }
    if text.glued(i) {
        return None;
    }
    let members = members(text, i, None)?;
    let first = members.first()?;
    // `constitution 26.2` and `ECHR 6(1)` can be nothing else; `ICCPR 9` can, but in a note.
    let told = !first.parts.is_empty() && text.glued(first.number_end);
    let named = mention.kind != AliasKind::Contextual && scope.reads_bare_numbers();
    let exists = |member: &Member| instrument.existence(&member.number) == Existence::Known;
    let end = members.last()?.end;
    let ends = told || !text.is_word(end) || joins(text.word(end));
    let is_list = (told || named) && ends && members.iter().all(exists);
    is_list.then(|| Group::new(i, i, Unit::Article, None, members)).flatten()
}

/// Numbers after `mention` that go on with a list: `Articles 18 UDHR and 19 ICCPR`.
fn again(text: &Text, mention: &Mention, groups: &[Group], mentions: &[Mention]) -> Option<Group> {
    let place = groups.partition_point(|group| group.end <= mention.first);
    let before = groups.get(place.checked_sub(1)?)?;
    let linked = |at: usize| belongs(text.word(at)) || determiner(text.word(at));
    if !(before.end..mention.first).all(linked) {
        return None;
    }
    let (i, _) = separator(text, mention.end)?;
    let members = members(text, i, Some(true))?;
    let mut end = members.last()?.end;
    if belongs(text.word(end)) {
        end = (end + 1..).find(|&at| !determiner(text.word(at)))?;
    }
    let place = mentions.partition_point(|other| other.first < end);
    let named = mentions.get(place).is_some_and(|other| other.first == end);
    named.then(|| Group::new(i, i, before.unit, None, members)).flatten()
}

/// The group whose word, or whose first part, is at token `i`; Kazakh looks back to `start`.
fn group_at(text: &Text, i: usize, start: usize) -> Option<Group> {
    if text.is_word(i) {
        let word = text.word(i);
        if !lexicon::begins_something(word) {
            return None;
        }
        if article_word(word).is_some() {
            return article(text, i);
        }
        if kazakh::is_article_word(word) {
            return kazakh::group(text, i, start);
        }
        if let Some(plural) = section_word(word) {
            return part_before(text, i).or_else(|| plain(text, i, Unit::Section, plural));
        }
        if matches!(word, "p" | "a") {
            return shorthand(text, i);
        }
    }
    part_before(text, i).or_else(|| paragraph(text, i))
}

/// `Article 9`, `arts. 9 and 14`, `ст.ст. 20 и 22`.
fn article(text: &Text, i: usize) -> Option<Group> {
    let plural = article_word(text.word(i))?;
    let (at, plural) = after_word(text, i, plural);
    let short = matches!(text.word(i), "art" | "arts" | "ст") && !text.is(i + 1, '.');
    if short && (!text.is_number(at) || (is_an_art(text, i) && !text.capital(i))) {
        return None;
    }
    let members = members(text, at, plural).or_else(|| roman(text, at))?;
    let mut group = Group::new(i, i, Unit::Article, plural, members)?;
    if let Some((protocol, end)) = protocol_after(text, group.end) {
        (group.protocol, group.end) = (Some(protocol), end);
    }
    Some(group)
}

/// Whether “art” at token `i` is what artists make: “the art”, “works of art 2019”.
fn is_an_art(text: &Text, i: usize) -> bool {
    let before = |n: usize| i.checked_sub(n).map_or("", |at| text.word(at));
    let made = ["work", "works", "state", "piece", "pieces", "object", "objects", "kind"];
    matches!(before(1), "the" | "an" | "modern") || before(1) == "of" && made.contains(&before(2))
}

/// The token after the word at `i`, its full stop and `No.`; `ст.ст.` is a plural.
fn after_word(text: &Text, i: usize, plural: Option<bool>) -> (usize, Option<bool>) {
    let (mut at, mut plural) = (i + 1, plural);
    if text.is(at, '.') && text.glued(at) {
        at += 1;
    }
    if text.word(at) == text.word(i) && text.is(at + 1, '.') {
        (at, plural) = (at + 2, Some(true));
    }
    if matches!(text.word(at), "no" | "nos" | "nr") || text.is(at, '№') {
        at += 1;
        at += usize::from(text.is(at, '.'));
    }
    (at, plural)
}

/// `Article II of …`: a Roman number, where what it belongs to is said.
fn roman(text: &Text, i: usize) -> Option<Vec<Member>> {
    let word = text.word(i);
    let digits = !word.is_empty()
        && word.len() <= 6
        && word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x' | b'l'));
    if !digits || text.case(i) != Case::Upper || !belongs(text.word(i + 1)) {
        return None;
    }
    let number = text.raw(i).to_string();
    let (first, end) = (i, i + 1);
    Some(vec![Member::bare(number, first, end)])
}

/// The protocol in `Article 1 P1`, and the token after it.
fn protocol_after(text: &Text, i: usize) -> Option<(u32, usize)> {
    let named = text.word(i) == "p" && text.case(i) == Case::Upper && text.glued(i + 1);
    named.then(|| text.value(i + 1).map(|number| (number, i + 2))).flatten()
}

/// `P1-1`, `A1P1` and `A1 P1`.
fn shorthand(text: &Text, i: usize) -> Option<Group> {
    let starts_alone = i == 0 || !text.glued(i) || text.mark(i - 1).is_some();
    if text.case(i) != Case::Upper || !starts_alone || !text.glued(i + 1) || !text.glued(i + 3) {
        return None;
    }
    let (protocol, article) = match (text.word(i), text.word(i + 2)) {
        ("p", _) if text.is(i + 2, '-') && text.glued(i + 2) => (i + 1, i + 3),
        ("a", "p") => (i + 3, i + 1),
        _ => return None,
    };
    let number = text.value(article).filter(|&number| number <= 20)?.to_string();
    let (first, end) = (i, i + 4);
    let mut group = Group::new(i, i, Unit::Article, None, vec![Member::bare(number, first, end)])?;
    group.protocol =
        text.value(protocol).filter(|number| matches!(number, 1 | 4 | 6 | 7 | 12 | 13));
    group.protocol.is_some().then_some(group)
}

/// A word with plain numbers: `section 33`.
fn plain(text: &Text, i: usize, unit: Unit, plural: Option<bool>) -> Option<Group> {
    let (at, plural) = after_word(text, i, plural);
    Group::new(i, i, unit, plural, members(text, at, plural)?)
}

/// `paragraph 7.5`, `paras 9 and 10`, `§ 9.2` of a document without articles.
fn paragraph(text: &Text, i: usize) -> Option<Group> {
    if !lexicon::paragraph_word(text.word(i)) && !text.is(i, '§') {
        return None;
    }
    let (plural, at) = part_at(text, i, false)?;
    Group::new(i, i, Unit::Paragraph, plural, list::paragraphs(text, at, plural)?)
}

/// `paragraph 3 of Article 20`, `point (f) of Article 6(1)`, `п. 3 ст. 20`.
fn part_before(text: &Text, i: usize) -> Option<Group> {
    let mut leads: Vec<Vec<Part>> = Vec::new();
    let mut at = i;
    while leads.len() < 4 {
        let Some((parts, end)) = lead(text, at) else { break };
        leads.push(parts);
        at = end;
        if text.is(at, ',') {
            at += 1;
        }
        if belongs(text.word(at)) || matches!(text.word(at), "to" | "in" | "under") {
            at += 1;
            while determiner(text.word(at))
                && !matches!(text.word(at), "that" | "same" | "said" | "this")
            {
                at += 1;
            }
        }
    }
    if leads.is_empty() {
        return None;
    }
    if let Some(end) = that_article(text, at) {
        return back(i, end, &leads);
    }
    article_word(text.word(at))?;
    let mut group = article(text, at)?;
    group.first = i;
    put_before(&mut group.members, &leads);
    Some(group)
}

/// Parts before their article: `paragraphs 2 and 3`, `the second paragraph`, `пп. а)`.
fn lead(text: &Text, i: usize) -> Option<(Vec<Part>, usize)> {
    if let Some(place) = lexicon::ordinal(text.word(i)) {
        let (_, end) = part_at(text, i + 1, false).filter(|_| belongs(text.word(i + 2)))?;
        let part = Part { path: vec![place.to_string()], first: i, end, implied: false };
        return Some((vec![part], end));
    }
    let (plural, at) = part_at(text, i, true)?;
    elements(text, at, plural)
}

/// The token after “that article”, “the same article”.
fn that_article(text: &Text, i: usize) -> Option<usize> {
    let mut at = i;
    at += usize::from(text.word(at) == "the");
    if !matches!(text.word(at), "that" | "same" | "said" | "this")
        || article_word(text.word(at + 1)).is_none()
    {
        return None;
    }
    (!text.is_number(at + 2)).then_some(at + 2)
}

/// Parts of the article cited last.
fn back(i: usize, end: usize, leads: &[Vec<Part>]) -> Option<Group> {
    let first = leads.last()?.first()?.first;
    let number = String::new();
    // The part is the link's words; the article is named elsewhere.
    let mut members = vec![Member { end, ..Member::bare(number, first, first) }];
    put_before(&mut members, leads);
    let mut group = Group::new(i, i, Unit::Article, None, members)?;
    group.back = true;
    group.end = end;
    Some(group)
}

/// Puts the parts named before the word below each member: the last named is the highest.
fn put_before(members: &mut [Member], leads: &[Vec<Part>]) {
    for member in members {
        let whole = (member.first, member.end);
        for lead in leads.iter().rev() {
            let base = std::mem::take(&mut member.parts);
            let tops: Vec<Option<&Part>> =
                if base.is_empty() { vec![None] } else { base.iter().map(Some).collect() };
            for top in tops {
                let parts = lead.iter().map(|part| below(top, part, whole, lead.len()));
                member.parts.extend(parts);
            }
        }
    }
}

/// `part` below `top`; several parts of one article are linked each at their own number.
fn below(top: Option<&Part>, part: &Part, whole: (usize, usize), how_many: usize) -> Part {
    let mut path = top.map(|top| top.path.clone()).unwrap_or_default();
    path.extend(part.path.iter().cloned());
    let (first, end) = match top {
        _ if how_many > 1 => (part.first, part.end),
        Some(top) => (top.first, top.end),
        None => whole,
    };
    Part { path, first, end, implied: part.implied }
}

/// Whether only list words stand between tokens `from` and `to`.
pub(super) fn only_joins(text: &Text, from: usize, to: usize) -> bool {
    let joined = |at: usize| {
        let word = text.word(at);
        joins(word)
            || determiner(word)
            || lexicon::between_listed(word)
            || matches!(text.mark(at), Some(',' | ';' | '&' | '/'))
    };
    let from = after_gloss(text, from);
    from <= to && to - from <= 8 && (from..to).all(joined)
}
