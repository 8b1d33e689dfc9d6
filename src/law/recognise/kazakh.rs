//! Kazakh, where the number stands before the word: `16-бабының 2-тармағы`.

use super::lexicon::Unit;
use super::list::Member;
use super::part::Part;
use super::provision::Group;
use super::token::Text;

/// How far back a list of numbers may reach, in tokens.
const REACH: usize = 24;

/// Whether `word` is the word for an article in any case.
pub(super) fn is_article_word(word: &str) -> bool {
    const FORMS: [&str; 4] = ["бап", "бабы", "баб", "баптар"];
    FORMS.iter().any(|form| word.starts_with(form))
        && word.chars().count() <= 16
        && !word.starts_with("бабал")
}

/// The group whose word is at token `i`, with its numbers between `start` and it.
pub(super) fn group(text: &Text, i: usize, start: usize) -> Option<Group> {
    let start = start.max(i.saturating_sub(REACH));
    let mut members = numbers_before(text, i, start)?;
    let plural = text.word(i).starts_with("баптар");
    let first = members.first()?.first;
    let mut end = i + 1;
    let mut base = Vec::new();
    while let Some((parts, next)) = parts(text, end) {
        let last = members.last_mut()?;
        last.parts = below(&base, &parts, last.first, next);
        base = last.parts.first()?.path.clone();
        end = next;
        if parts.len() > 1 {
            break;
        }
    }
    Some(Group {
        first,
        word: i,
        end,
        unit: Unit::Article,
        plural: Some(plural),
        members,
        back: false,
        protocol: None,
    })
}

/// The members whose numbers stand before token `i`, in reading order.
fn numbers_before(text: &Text, i: usize, start: usize) -> Option<Vec<Member>> {
    let mut members = Vec::new();
    let mut end = i;
    while let Some(at) = number_before(text, end, start) {
        let number = text.word(at).to_string();
        members.push(Member {
            number,
            first: at,
            number_end: at + 1,
            parts: Vec::new(),
            end: at + 1,
            closes_range: false,
            open_ended: false,
        });
        let Some((before, range)) = joint_before(text, at, start) else { break };
        if number_before(text, before, start).is_none() {
            break;
        }
        if let Some(last) = members.last_mut() {
            last.closes_range = range;
        }
        end = before;
    }
    members.reverse();
    (!members.is_empty()).then_some(members)
}

/// The token of the number that ends just before `end`: `20`, `20-`.
fn number_before(text: &Text, end: usize, start: usize) -> Option<usize> {
    let mut at = end.checked_sub(1)?;
    if text.is(at, '-') && text.glued(at) {
        at = at.checked_sub(1)?;
    }
    let small = text.value(at).is_some_and(|value| (1..2000).contains(&value));
    (at >= start && small).then_some(at)
}

/// What joins the number at token `at` to one before it: the end of that one, and whether it is a range.
fn joint_before(text: &Text, at: usize, start: usize) -> Option<(usize, bool)> {
    let before = at.checked_sub(1).filter(|&before| before >= start)?;
    let joint = matches!(text.word(before), "және" | "мен" | "бен" | "пен" | "немесе");
    match text.mark(before) {
        Some(',') => Some((before, false)),
        Some('–' | '-') => Some((before, true)),
        _ if joint => Some((before, false)),
        _ => None,
    }
}

/// `2-тармағы`, `2) тармақшасы`, `1-бөлігі` at token `i`: parts and the token after them.
fn parts(text: &Text, i: usize) -> Option<(Vec<Part>, usize)> {
    let mut found = Vec::new();
    let mut at = i;
    while found.len() < 12 {
        let number = text.value(at).is_some_and(|value| (1..100).contains(&value));
        let letter = text.is_word(at) && text.word(at).chars().nth(1).is_none();
        if !number && !letter {
            return None;
        }
        let mut next = at + 1;
        if text.is(next, '-') || text.is(next, ')') {
            next += 1;
        }
        found.push(Part {
            path: vec![text.word(at).to_string()],
            first: at,
            end: at + 1,
            implied: false,
        });
        if is_part_word(text.word(next)) {
            return Some((found, next + 1));
        }
        if !(text.is(next, ',') || matches!(text.word(next), "және" | "мен" | "бен" | "пен"))
        {
            return None;
        }
        at = next + 1;
    }
    None
}

fn is_part_word(word: &str) -> bool {
    ["тарма", "бөлі", "бөлік", "абза"].iter().any(|stem| word.starts_with(stem))
}

/// `parts` below `base`; a single part is linked with its article.
fn below(base: &[String], parts: &[Part], first: usize, end: usize) -> Vec<Part> {
    let single = parts.len() == 1;
    let path = |part: &Part| base.iter().chain(&part.path).cloned().collect();
    let place = |part: &Part| if single { (first, end) } else { (part.first, part.end) };
    parts
        .iter()
        .map(|part| Part {
            path: path(part),
            first: place(part).0,
            end: place(part).1,
            implied: false,
        })
        .collect()
}
