//! What looks like law and is none: the organization ARTICLE 19, a piece of writing, a treaty body.

use super::lexicon::{
    auxiliary, before_provision, body_acts, body_has, counted, enshrined, joins, law_speaks,
    organization, own_document, provision_has, writing,
};
use super::names::{Alias, AliasKind};
use super::provision::Group;
use super::token::{Case, Text};

/// What the words around “Article 19” say that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nineteen {
    /// The organization.
    Organization,
    /// A provision.
    Provision,
    /// Nothing decides.
    Unsure,
}

/// Whether `group` is a piece of writing and a number that counts something else.
pub(super) fn is_writing(text: &Text, group: &Group) -> bool {
    let Some(before) = group.word.checked_sub(1) else { return false };
    if group.first != group.word || text.raw(group.word).starts_with('A') {
        return false;
    }
    let word = text.word(before);
    let indefinite =
        matches!(word, "a" | "an" | "this" | "his" | "her" | "that" | "another" | "my");
    indefinite || writing(word) || counted(text.word(group.end))
}

/// Whether `group` could be the organization at all: one “Article 19” with a capital, no parts.
pub(super) fn could_be_organization(text: &Text, group: &Group) -> bool {
    let one = group.members.len() == 1 && group.members[0].number == "19";
    let raw = text.raw(group.word);
    one && group.members[0].parts.is_empty()
        && group.first == group.word
        && matches!(raw, "Article" | "ARTICLE")
}

/// Decides by the words around an “Article 19” that names no instrument itself.
pub(super) fn nineteen(text: &Text, group: &Group) -> Nineteen {
    let shouted = text.case(group.word) == Case::Upper;
    if shouted && !is_shouted(text, group.end) {
        return Nineteen::Organization;
    }
    if let Some(decided) = after(text, group.end) {
        return decided;
    }
    before(text, group.word).unwrap_or(Nineteen::Unsure)
}

/// Whether the words after token `i` are in capitals too, as in a heading.
fn is_shouted(text: &Text, i: usize) -> bool {
    let next = (i..i + 3).find(|&at| text.is_word(at));
    next.is_some_and(|at| text.case(at) == Case::Upper && text.word(at).len() > 1)
}

fn after(text: &Text, end: usize) -> Option<Nineteen> {
    let mut at = end;
    if text.is(at, '\'') && text.word(at + 1) == "s" {
        let own = provision_has(text.word(at + 2)) || provision_has(text.word(at + 3));
        return Some(if own { Nineteen::Provision } else { Nineteen::Organization });
    }
    while auxiliary(text.word(at)) {
        at += 1;
    }
    if body_acts(text.word(at)) {
        return Some(Nineteen::Organization);
    }
    if law_speaks(text.word(at)) {
        return Some(Nineteen::Provision);
    }
    let described = text.is(at, ',') || text.is(at, '(') || text.is(at, '–') || text.is(at, '—');
    if described
        && (at + 1..at + 9).take_while(|&i| !text.is(i, '.')).any(|i| is_body_word(text.word(i)))
    {
        return Some(Nineteen::Organization);
    }
    let titled = text.is(at, ',') && (text.is(at + 1, '"') || text.is(at + 1, '\''));
    let dated = text.is(at, '(') && text.value(at + 1).is_some_and(|year| year >= 1900);
    let listed = joins(text.word(at)) && (at + 1..at + 4).any(|i| is_body_word(text.word(i)));
    let joint = text.is(at, ',') && (at + 1..at + 4).any(|i| is_body_word(text.word(i)));
    (titled || dated || listed || joint).then_some(Nineteen::Organization)
}

fn before(text: &Text, word: usize) -> Option<Nineteen> {
    let at = word.checked_sub(1)?;
    let near = |i: usize| if text.is_word(i) { text.word(i) } else { "" };
    if near(at) == "by" && at > 0 && is_written(near(at - 1)) {
        return Some(Nineteen::Organization);
    }
    let by_law = near(at) == "by" && at > 0 && is_of_law(near(at - 1));
    if by_law || before_provision(near(at)) || text.is(at, '(') || text.is(at, '[') {
        let cited = near(at) == "to" && at > 0 && near(at - 1) == "according";
        return Some(if cited { Nineteen::Organization } else { Nineteen::Provision });
    }
    let first = word.saturating_sub(6);
    let listed = (first..word)
        .rev()
        .take_while(|&i| !text.is(i, '.') && !text.is(i, ';'))
        .any(|i| is_body_word(near(i)));
    listed.then_some(Nineteen::Organization)
}

/// Whether somebody wrote or did what `word` says: “a report by”, “criticised by”.
fn is_written(word: &str) -> bool {
    let text =
        matches!(word, "statement" | "letter" | "analysis" | "brief" | "research" | "campaign");
    text || own_document(word) || body_acts(word)
}

/// Whether `word` before “by” is what a provision does: “guaranteed by”.
fn is_of_law(word: &str) -> bool {
    enshrined(word)
        || matches!(
            word,
            "required"
                | "prohibited"
                | "permitted"
                | "allowed"
                | "forbidden"
                | "covered"
                | "banned"
        )
}

/// Whether `word` is of an organization's name, or says that something is one.
fn is_body_word(word: &str) -> bool {
    organization(word)
        || matches!(
            word,
            "based"
                | "campaigning"
                | "advocacy"
                | "nonprofit"
                | "movement"
                | "ngo"
                | "experts"
                | "lawyers"
        )
}

/// Whether an acronym is part of a document's symbol: `CRC/C/GC/24`.
pub(super) fn is_symbol(text: &Text, first: usize, end: usize) -> bool {
    let slash = |i: usize| text.is(i, '/') && text.glued(i);
    let after =
        slash(end) && text.glued(end + 1) && text.word(end + 1).len() <= 2 && text.capital(end + 1);
    let before =
        first >= 2 && slash(first - 1) && text.glued(first) && text.word(first - 2).len() <= 1;
    after || before
}

/// Whether an acronym stands for the body and not for the treaty: it acts, or has findings.
pub(super) fn is_body(text: &Text, alias: &Alias, end: usize) -> bool {
    const BODIES: [&str; 13] = [
        "cat", "crc", "crpd", "cerd", "cedaw", "ccpr", "cescr", "cmw", "ced", "echr", "achpr",
        "achr", "afchpr",
    ];
    if alias.kind != AliasKind::Short || !BODIES.contains(&text.word(end - 1)) {
        return false;
    }
    let possessive = text.is(end, '\'') && text.word(end + 1) == "s";
    let auxiliary = auxiliary(text.word(end));
    body_acts(text.word(end))
        || (auxiliary && body_acts(text.word(end + 1)))
        || body_has(text.word(if possessive { end + 2 } else { end }))
}
