//! The numbers after the word “article”: lists, ranges, compound numbers, and what is no number.

use super::joint::{after_gloss, separator};
use super::lexicon::{self, counted, month, no_plural};
use super::part::{Part, parts_after};
use super::token::Text;

/// An article that is named, with the tokens that name it.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// Number as it is printed: `19`, `94-1`, `7bis`.
    pub number: String,
    /// The token of the number.
    pub first: usize,
    /// The token after the number.
    pub number_end: usize,
    /// Parts of the article; none for the article as a whole.
    pub parts: Vec<Part>,
    /// The token after number and parts.
    pub end: usize,
    /// Whether this is the last of a range that the member before it opens.
    pub closes_range: bool,
    /// Whether the range goes on without an end: `19 et seq.`
    pub open_ended: bool,
}

impl Member {
    /// An article as a whole, named by tokens `first..end`.
    pub fn bare(number: String, first: usize, end: usize) -> Member {
        Member {
            number,
            first,
            number_end: end,
            parts: Vec::new(),
            end,
            closes_range: false,
            open_ended: false,
        }
    }
}

/// Reads a list of articles at token `i`, after the word for them; `plural` is what the word says.
pub(super) fn members(text: &Text, i: usize, plural: Option<bool>) -> Option<Vec<Member>> {
    let first = member(text, i, None)?;
    let mut list = compound_or_range(text, first);
    loop {
        let last = list.last()?;
        if let Some(end) = and_following(text, last.end) {
            let last = list.last_mut()?;
            last.open_ended = true;
            last.end = end;
            break;
        }
        let after = after_gloss(text, last.end);
        let Some((skip, range)) = separator(text, after) else { break };
        let skip = skip_list_words(text, skip);
        let Some(mut next) = member(text, skip, Some(last)) else { break };
        if range {
            next.closes_range = closes(last, &next);
            if !next.closes_range || spaced_dash(text, last.end, plural) {
                break;
            }
        } else if !goes_on(text, last, after, &next, plural) {
            break;
        }
        if range {
            list.push(next);
        } else {
            list.extend(compound_or_range(text, next));
        }
    }
    Some(list)
}

/// `both`, `also`, `No.` before a member of a list.
fn skip_list_words(text: &Text, i: usize) -> usize {
    let mut at = i;
    while matches!(text.word(at), "also" | "especially" | "particularly" | "notably" | "with") {
        at += 1;
    }
    at
}

/// One number with its parts.
fn member(text: &Text, i: usize, before: Option<&Member>) -> Option<Member> {
    let mut number_end = i + 1;
    let value = text.value(i)?;
    let mut number = text.word(i).to_string();
    let large = before.is_some_and(|before| before.number.len() <= 2);
    if number.len() > 4 || (large && value >= 1000) || number.starts_with("00") {
        return None;
    }
    let mut parts = Vec::new();
    if text.is_word(i + 1) && (text.glued(i + 1) || is_bis(text.word(i + 1))) {
        number_end += 1;
        match suffix(text, i + 1)? {
            Suffix::OfNumber(letters) => number.push_str(&letters),
            Suffix::Part(letter) => {
                parts.push(Part { path: vec![letter], first: i, end: i + 2, implied: false });
            }
        }
    }
    if counts_things(text, number_end, before.is_some()) || is_adjective(text, number_end) {
        return None;
    }
    let (more, end) = parts_after(text, number_end);
    for mut part in more {
        part.first = if part.first == number_end { i } else { part.first };
        parts.push(part);
    }
    let flags = (false, false);
    Some(Member {
        number,
        first: i,
        number_end,
        parts,
        end,
        closes_range: flags.0,
        open_ended: flags.1,
    })
}

/// Whether a Russian adjective goes on at token `i`: `19-летний`, `5-процентный`.
fn is_adjective(text: &Text, i: usize) -> bool {
    const STEMS: [&str; 9] =
        ["летн", "дневн", "часов", "минутн", "процентн", "тысячн", "миллионн", "месячн", "этажн"];
    let glued = text.is(i, '-') && text.glued(i) && text.glued(i + 1);
    glued && STEMS.iter().any(|stem| text.word(i + 1).starts_with(stem))
}

fn is_bis(word: &str) -> bool {
    matches!(word, "bis" | "ter" | "quater")
}

enum Suffix {
    /// `7bis`, `14A`.
    OfNumber(String),
    /// `25a` is 25(a).
    Part(String),
}

/// Letters glued to a number; `None` where they make it something else (`9th`).
fn suffix(text: &Text, i: usize) -> Option<Suffix> {
    let word = text.word(i);
    if is_bis(word) {
        return Some(Suffix::OfNumber(word.to_string()));
    }
    if word.len() != 1 || text.glued(i + 1) && text.is_number(i + 1) {
        return None;
    }
    let capital = text.capital(i);
    Some(if capital {
        Suffix::OfNumber(text.raw(i).to_string())
    } else {
        Suffix::Part(word.to_string())
    })
}

/// Whether token `i` shows that the number before it counts things or is a date, a time, a share.
fn counts_things(text: &Text, i: usize, in_list: bool) -> bool {
    let word = text.word(i);
    match text.mark(i) {
        Some('%' | '$' | '€' | '£' | '°' | '₸') => return true,
        Some(':') if text.glued(i) && text.glued(i + 1) && text.is_number(i + 1) => return true,
        Some('-') if text.glued(i) && text.is_word(i + 1) && text.glued(i + 1) => {
            return counted(text.word(i + 1)) || lexicon::ordinal(text.word(i + 1)).is_some();
        }
        _ => {}
    }
    if counted(word) && !(text.word(i) == "second" && text.is(i + 1, '('))
        || month(word, text.capital(i))
    {
        return true;
    }
    // A later number before a plural noun counts it: “Articles 9 and 14, 30 activists”.
    let plural_noun =
        word.len() > 3 && word.ends_with('s') && !no_plural(word) && !lexicon::law_speaks(word);
    let adjective = plural_noun || text.word(i + 1).len() > 3 && counts_after_adjective(text, i);
    in_list && text.is_word(i) && !text.capital(i) && adjective
}

/// Whether an adjective and a plural noun stand at `i`: “14 peaceful protesters”.
fn counts_after_adjective(text: &Text, i: usize) -> bool {
    let (adjective, noun) = (text.word(i), text.word(i + 1));
    const ENDINGS: [&str; 7] = ["ful", "al", "ed", "ent", "ous", "ive", "ic"];
    let is_adjective =
        ENDINGS.iter().any(|ending| adjective.ends_with(ending)) || adjective == "other";
    is_adjective && noun.ends_with('s') && !no_plural(noun) && text.is_word(i + 1)
}

/// Whether `next` may follow `last` in a list that `plural` introduces.
///
/// After a singular word, or after “and”, the number after a comma must be seen to be an article:
/// what follows it closes a bracket, names the instrument or goes on with the list.
fn goes_on(text: &Text, last: &Member, after: usize, next: &Member, plural: Option<bool>) -> bool {
    let comma = text.is(after, ',');
    if comma && text.glued(next.first) && plural == Some(false) {
        return false; // `article 14,3` is article 14 with note 3
    }
    let bare_comma = comma && next.first == after + 1;
    if text.is(after, ';') || (bare_comma && plural != Some(true)) || (comma && ended(text, last)) {
        return closes_list(text, next.end);
    }
    if plural == Some(false) && !comma && !text.is(after, '/') && !text.is(after, '&') {
        // “violates Article 9 and 14 were jailed” against “Article 18 and 19 of the ICCPR”
        return closes_list(text, next.end)
            || text.mark(next.end).is_some()
            || !text.is_word(next.end)
            || lexicon::law_speaks(text.word(next.end))
            || text.acronym(next.end);
    }
    true
}

/// Whether `and` stood before `last`, so that the list should be at its end.
fn ended(text: &Text, last: &Member) -> bool {
    last.first > 0 && matches!(text.word(last.first - 1), "and" | "or" | "и" | "или")
}

/// Whether what stands at token `i` ends a list of articles and no count of things.
fn closes_list(text: &Text, i: usize) -> bool {
    let i = after_gloss(text, i);
    let word = text.word(i);
    text.get(i).is_none()
        || matches!(text.mark(i), Some(')' | ';' | ']' | '.'))
        || lexicon::belongs(word)
        || text.acronym(i)
        || (lexicon::joins(word) || text.is(i, ',')) && {
            let next = separator(text, i).map_or(i + 1, |(next, _)| next);
            lexicon::belongs(text.word(next))
                || text.is_number(next) && !counts_things(text, next + 1, true)
        }
        || !word.is_ascii() && lexicon::cyrillic_head(word)
        || lexicon::article_word(text.word(i + 1)).is_some()
}

/// `94-1` is one number, `18-20` a range: what the second number says.
fn compound_or_range(text: &Text, first: Member) -> Vec<Member> {
    let at = first.number_end;
    let dash = matches!(text.mark(at), Some('-')) && text.glued(at) && text.glued(at + 1);
    if !dash || !first.parts.is_empty() || !text.is_number(at + 1) {
        return vec![first];
    }
    let (a, b) = (first.number.parse::<u32>().unwrap_or(0), text.value(at + 1).unwrap_or(0));
    if b == 0 || b > a || text.word(at + 1).len() > 2 {
        return vec![first]; // a range, if it is one, is read as the next member
    }
    let number = format!("{}-{}", first.number, text.word(at + 1));
    let (mut parts, end) = parts_after(text, at + 2);
    if let Some(part) = parts.first_mut() {
        part.first = first.first;
    }
    vec![Member { number, number_end: at + 2, parts, end, ..first }]
}

/// Whether a range from `first` to `last` goes upwards.
fn closes(first: &Member, last: &Member) -> bool {
    match (first.number.parse::<u32>(), last.number.parse::<u32>()) {
        (Ok(a), Ok(b)) => a < b && b - a < 1000,
        _ => false,
    }
}

/// A dash with spaces is a range only after a plural: elsewhere it is a dash.
fn spaced_dash(text: &Text, i: usize, plural: Option<bool>) -> bool {
    let spaced = text.mark(i).is_some() && text.get(i).is_some_and(|dash| dash.space);
    spaced && plural == Some(false)
}

/// The token after `et seq.`, `ff.`, `and following`.
fn and_following(text: &Text, i: usize) -> Option<usize> {
    let dot = |at: usize| if text.is(at, '.') && text.glued(at) { at + 1 } else { at };
    match (text.word(i), text.word(i + 1)) {
        ("et", "seq" | "seqq" | "sequentes") => Some(dot(i + 2)),
        ("ff", _) => Some(dot(i + 1)),
        ("and", "following" | "subsequent") | ("et", "suivants" | "suiv") => {
            let articles = lexicon::article_word(text.word(i + 2)).is_some();
            Some(if articles { i + 3 } else { i + 2 })
        }
        _ => None,
    }
}

/// Reads numbered paragraphs at token `i`: `7.5`, `9 and 10.1`; the decimal is part of the number.
pub(super) fn paragraphs(text: &Text, i: usize, plural: Option<bool>) -> Option<Vec<Member>> {
    let mut list: Vec<Member> = Vec::new();
    let mut at = i;
    loop {
        let closes_range = list
            .last()
            .is_some_and(|last| separator(text, last.end).is_some_and(|(_, range)| range));
        let Some(mut member) = paragraph(text, at, !list.is_empty()) else { break };
        member.closes_range = closes_range;
        let end = member.end;
        list.push(member);
        match separator(text, end) {
            Some((next, _)) if plural != Some(false) => at = next,
            _ => break,
        }
    }
    (!list.is_empty()).then_some(list)
}

/// `7.5` is part 7.5 of 7.
fn paragraph(text: &Text, i: usize, in_list: bool) -> Option<Member> {
    let value = text.value(i).filter(|value| (1..1000).contains(value))?;
    let (number, mut end) = (value.to_string(), i + 1);
    let mut parts = Vec::new();
    if text.is(end, '.') && text.glued(end) && text.glued(end + 1) && text.is_number(end + 1) {
        let path = vec![format!("{number}.{}", text.word(end + 1))];
        parts.push(Part { path, first: i, end: end + 2, implied: false });
        end += 2;
    }
    if counts_things(text, end, in_list) {
        return None;
    }
    Some(Member {
        number,
        first: i,
        number_end: i + 1,
        parts,
        end,
        closes_range: false,
        open_ended: false,
    })
}
