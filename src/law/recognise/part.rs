//! The parts of an article: `(3)(d)`, `§ 1 (c)`, `, paragraphs 2 and 3`, `.2`, `(a), (b) and (d)`.

use super::joint::separator;
use super::lexicon::{self, joins, part_word};
use super::token::{Case, Text};

/// A path below an article: `3`, `d`.
pub(super) type Path = Vec<String>;

/// A part that is named, with the tokens that name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub path: Path,
    pub first: usize,
    pub end: usize,
    /// Whether it only lies between the ends of a range, and no word names it.
    pub implied: bool,
}

/// The most components that a path may have; no law goes deeper.
const DEEPEST: usize = 8;

/// The most members that a range of parts is opened into.
const MOST: u32 = 40;

/// Reads the parts that follow an article's number at token `i`; gives them and the token after.
pub(super) fn parts_after(text: &Text, i: usize) -> (Vec<Part>, usize) {
    let mut base = Path::new();
    let mut at = dotted(text, i, &mut base);
    let mut found = Vec::new();
    loop {
        let before = at;
        let (more, next) = brackets(text, at, &base, i);
        at = take(&mut base, &mut found, more, next);
        if found.len() > 1 {
            break;
        }
        let (more, next) = named_parts(text, at, &base, i);
        at = take(&mut base, &mut found, more, next);
        if at == before || found.len() > 1 || base.len() >= DEEPEST {
            break;
        }
    }
    if found.is_empty() && !base.is_empty() {
        found.push(Part { path: base, first: i, end: at, implied: false });
    }
    if !found.is_empty() {
        at = siblings(text, at, &mut found);
    }
    (found, at)
}

/// Makes `more` the parts found so far; a single one is also the base of what follows.
fn take(base: &mut Path, found: &mut Vec<Part>, more: Vec<Part>, next: usize) -> usize {
    if let Some(last) = more.last() {
        *base = last.path.clone();
        *found = more;
    }
    next
}

/// `.2` and `.d` glued to a number; a larger number is a note's.
fn dotted(text: &Text, i: usize, base: &mut Path) -> usize {
    let mut at = i;
    while base.len() < DEEPEST && text.is(at, '.') && text.glued(at) && text.glued(at + 1) {
        let small = text.value(at + 1).is_some_and(|value| (1..=30).contains(&value));
        let letter = !base.is_empty() && is_letter(text, at + 1) && !text.glued(at + 2);
        if !(small || letter) || (small && text.word(at + 1).starts_with('0')) {
            break;
        }
        base.push(text.word(at + 1).to_string());
        at += 2;
    }
    at
}

/// `(3)`, `(3)(d)`, `(1, 2)`, `(2-4)`: brackets one after the other.
fn brackets(text: &Text, i: usize, base: &Path, first: usize) -> (Vec<Part>, usize) {
    let mut path = base.clone();
    let mut at = i;
    while let Some((names, next)) = bracket(text, at).filter(|_| path.len() < DEEPEST) {
        if names.len() > 1 {
            return (members(&path, names, first), next);
        }
        path.extend(names.into_iter().map(|named| named.name));
        at = next;
    }
    if at == i {
        return (Vec::new(), i);
    }
    (vec![Part { path, first, end: at, implied: false }], at)
}

/// Several names in one bracket below `path`; the first is linked with what stands before it.
fn members(path: &Path, names: Vec<Named>, first: usize) -> Vec<Part> {
    let part = |(place, named): (usize, Named)| {
        let mut path = path.clone();
        path.push(named.name);
        let first = if place == 0 { first } else { named.first };
        Part { path, first, end: named.end, implied: named.implied }
    };
    names.into_iter().enumerate().map(part).collect()
}

/// A name in a bracket and its tokens.
struct Named {
    name: String,
    first: usize,
    end: usize,
    implied: bool,
}

/// One bracket with one name, or with several: `(1 and 2)`, `(2-4)`.
fn bracket(text: &Text, i: usize) -> Option<(Vec<Named>, usize)> {
    if !text.is(i, '(') {
        return None;
    }
    let (first, mut at) = name(text, i + 1)?;
    let mut names = vec![Named { name: first, first: i + 1, end: at, implied: false }];
    while !text.is(at, ')') {
        let dash = matches!(text.mark(at), Some('-' | '–'));
        let comma = text.is(at, ',');
        if !(dash || comma || joins(text.word(at))) || names.len() > MOST as usize {
            return None;
        }
        let skip = if comma && joins(text.word(at + 1)) { 2 } else { 1 };
        let (next, after) = name(text, at + skip)?;
        if dash {
            let inside = between(&names.last()?.name, &next).unwrap_or_default();
            let implied = |name| Named { name, first: at, end: at + 1, implied: true };
            names.extend(inside.into_iter().skip(1).map(implied));
        }
        names.push(Named { name: next, first: at + skip, end: after, implied: false });
        at = after;
    }
    Some((names, at + 1))
}

/// The names from `first` to just before `last`, in one series.
fn between(first: &str, last: &str) -> Option<Vec<String>> {
    if let (Ok(a), Ok(b)) = (first.parse::<u32>(), last.parse::<u32>()) {
        return (a < b && b - a <= MOST).then(|| (a..b).map(|n| n.to_string()).collect());
    }
    const ROMAN: [&str; 12] =
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    let place = |name: &str| ROMAN.iter().position(|roman| *roman == name);
    if let (Some(a), Some(b)) = (place(first), place(last)) {
        return (a < b).then(|| ROMAN[a..b].iter().map(|name| name.to_string()).collect());
    }
    let (a, b) = (first.chars().next()?, last.chars().next()?);
    let single = first.len() == 1 && last.len() == 1 && a.is_ascii_lowercase();
    (single && a < b).then(|| (a..b).map(String::from).collect())
}

/// A name in a bracket: a number below 100, a letter, a small Roman number.
fn name(text: &Text, i: usize) -> Option<(String, usize)> {
    if text.value(i).is_some_and(|value| (1..100).contains(&value)) {
        let mut written = text.word(i).to_string();
        if text.is(i + 1, '.') && text.glued(i + 1) && text.glued(i + 2) && text.is_number(i + 2) {
            written = format!("{written}.{}", text.word(i + 2));
            return Some((written, i + 3));
        }
        return Some((written, i + 1));
    }
    if text.is(i, '"') || text.is(i, '\'') {
        let closed = text.is(i + 2, '"') || text.is(i + 2, '\'');
        return (closed && is_letter(text, i + 1)).then(|| (text.word(i + 1).to_string(), i + 3));
    }
    if is_letter(text, i) {
        let capital = text.case(i) == Case::Upper;
        let letter = if capital { text.raw(i).to_string() } else { text.word(i).to_string() };
        return Some((letter, i + 1));
    }
    is_roman(text.word(i)).then(|| (text.word(i).to_string(), i + 1))
}

fn is_letter(text: &Text, i: usize) -> bool {
    text.is_word(i) && text.word(i).chars().nth(1).is_none()
}

fn is_roman(word: &str) -> bool {
    (2..=5).contains(&word.len()) && word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
}

/// `, paragraph 3 (d)`, `§§ 1 and 3`, `(section 1)`: parts by their word.
fn named_parts(text: &Text, i: usize, base: &Path, first: usize) -> (Vec<Part>, usize) {
    let none = (Vec::new(), i);
    let mut at = i;
    if text.is(at, ',') {
        at += 1;
    }
    let open = text.is(at, '(');
    if open {
        at += 1;
    }
    let Some((plural, after)) = part_at(text, at, open || text.is(i, ',')) else { return none };
    let Some((mut parts, end)) = elements(text, after, plural) else { return none };
    if open && !text.is(end, ')') {
        return none;
    }
    let end = if open { end + 1 } else { end };
    for (place, part) in parts.iter_mut().enumerate() {
        part.path.splice(0..0, base.iter().cloned());
        if place == 0 {
            part.first = first;
        }
    }
    if let Some(last) = parts.last_mut().filter(|_| open) {
        last.end = end;
    }
    (parts, end)
}

/// The word for a part at token `i`: whether it is a plural, and the token after it.
///
/// `section` is one only where `sections` says so: alone it is a part of a document.
pub(super) fn part_at(text: &Text, i: usize, sections: bool) -> Option<(Option<bool>, usize)> {
    if text.is(i, '§') || text.is(i, '¶') {
        let twice = text.is(i + 1, '§') || text.is(i + 1, '¶');
        return Some((Some(twice), if twice { i + 2 } else { i + 1 }));
    }
    let mut at = i;
    if text.word(at) == "sub" && text.is(at + 1, '-') {
        at += 2;
    }
    let word = text.word(at);
    let plural = part_word(word).or_else(|| lexicon::section_word(word).filter(|_| sections))?;
    at += 1;
    // `п.п.` and `пп.` are plurals, but they are also written for one.
    if text.is(at, '.') && text.glued(at) {
        at += 1;
        if text.word(at) == word && text.is(at + 1, '.') {
            at += 2;
        }
    }
    Some((plural, at))
}

/// The parts named after their word: `3 (d)`, `1 and 3`, `(a)`.
pub(super) fn elements(text: &Text, i: usize, plural: Option<bool>) -> Option<(Vec<Part>, usize)> {
    let (first, mut at) = element(text, i)?;
    let mut parts = vec![first];
    if parts[0].path.len() > 1 || text.is(i, '(') {
        at = siblings(text, at, &mut parts);
    }
    while plural != Some(false) {
        let Some((skip, range)) = separator(text, at).filter(|_| !text.is(at, ';')) else { break };
        let Some((next, end)) = element(text, skip) else { break };
        if plural.is_none() && !text.is_number(skip) {
            break;
        }
        if range {
            open_range(&mut parts, &next);
        }
        parts.push(next);
        at = siblings(text, end, &mut parts);
    }
    Some((parts, at))
}

/// Adds what lies between the last of `parts` and `next`.
fn open_range(parts: &mut Vec<Part>, next: &Part) {
    let Some(last) = parts.last() else { return };
    if let (Some(a), Some(b)) = (last.path.last(), next.path.last()) {
        let names = between(a, b).unwrap_or_default();
        for name in names.into_iter().skip(1) {
            let mut path = next.path.clone();
            path.pop();
            path.push(name);
            parts.push(Part { path, first: next.first, end: next.end, implied: true });
        }
    }
}

/// One part: `3`, `3(d)`, `3.1`, `(a)`, `d`, `d)`.
fn element(text: &Text, i: usize) -> Option<(Part, usize)> {
    let mut path = Path::new();
    let mut at = i;
    if text.is(i, '(') {
        let (parts, end) = brackets(text, i, &path, i);
        return parts.into_iter().next().map(|part| (part, end));
    }
    if text.is_number(i) && text.value(i).is_none_or(|value| !(1..100).contains(&value)) {
        return None;
    }
    let (name, next) = name(text, i)?;
    let lone = !text.is_number(i) && !text.is(i, '"') && !text.is(i, '\'');
    if lone && text.is_word(next) && is_plain_word(text, next) {
        return None;
    }
    path.push(name);
    at = at.max(next);
    if text.is(at, ')') && lone {
        at += 1;
    }
    if text.is_number(i) {
        at = dotted(text, at, &mut path);
        let (more, end) = brackets(text, at, &path, i);
        if let Some(part) = more.into_iter().next() {
            return Some((part, end));
        }
    }
    Some((Part { path, first: i, end: at, implied: false }, at))
}

/// Whether a word after a lone letter makes the letter an ordinary word: “point a finger”.
fn is_plain_word(text: &Text, i: usize) -> bool {
    let word = text.word(i);
    let known =
        joins(word) || lexicon::belongs(word) || part_word(word).is_some() || text.acronym(i);
    !known && lexicon::article_word(word).is_none()
}

/// Reads bracketed members after `found`, which share what stands before them: `(b) and (d)`.
fn siblings(text: &Text, i: usize, found: &mut Vec<Part>) -> usize {
    let mut at = i;
    while let Some((skip, range)) = separator(text, at) {
        if !text.is(skip, '(') {
            break;
        }
        let (members, end) = brackets(text, skip, &Path::new(), skip);
        let Some(last) = found.last() else { break };
        let Some(member) = members.into_iter().next() else { break };
        let Some(path) = beside(&last.path, &member.path) else { break };
        let part = Part { path, first: skip, end, implied: false };
        if range {
            open_range(found, &part);
        }
        found.push(part);
        at = end;
    }
    at
}

/// The path of `member` written beside `path`: it takes the place of the deepest part of its kind.
fn beside(path: &Path, member: &Path) -> Option<Path> {
    let head = member.first()?;
    let place = (0..path.len()).rev().find(|&depth| series(path, depth).holds(head))?;
    let mut sibling = path[..place].to_vec();
    sibling.extend(member.iter().cloned());
    Some(sibling)
}

/// Numbers, letters, or Roman numbers.
#[derive(PartialEq)]
enum Series {
    Numbers,
    Letters,
    Roman,
}

impl Series {
    fn holds(&self, name: &str) -> bool {
        let digits = name.starts_with(|c: char| c.is_ascii_digit());
        match self {
            Series::Numbers => digits,
            Series::Letters => name.chars().count() == 1 && !digits,
            Series::Roman => name.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')),
        }
    }
}

/// The series of a component; `i`, `v` and `x` below a letter are Roman.
fn series(path: &Path, depth: usize) -> Series {
    let name = &path[depth];
    let below_letter = depth > 0 && Series::Letters.holds(&path[depth - 1]);
    if Series::Numbers.holds(name) {
        Series::Numbers
    } else if Series::Roman.holds(name) && (below_letter || name.len() > 1) {
        Series::Roman
    } else {
        Series::Letters
    }
}
