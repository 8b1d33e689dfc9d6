//! Field text as an author types it → the same words with markers and curly quotation marks.
//!
//! Read are `*italic*`, `**bold**`, `^sup^`, `~sub~` and the tags of CSL-JSON (`<i>`, `<b>`,
//! `<sup>`, `<sub>`, `<sc>`). Only marks that pair up count; all others are letters.

use super::marker::{self, FACES};

/// Turns typed text into marked text.
pub(super) fn inline(text: &str) -> String {
    // Most locators, names and titles have no mark at all.
    if text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | ':' | '(' | ')' | '–'))
    {
        return text.to_owned();
    }
    let clean: String = text.chars().filter(|c| !marker::is_marker(*c)).collect();
    // Three dots are one mark: punctuation that meets must not swallow them.
    curl(&tags(&delimiters(&clean)).replace("...", "…"))
}

/// The tags of CSL-JSON, with the face each asks for.
const TAGS: [(&str, Option<usize>); 8] = [
    ("i", Some(0)),
    ("em", Some(0)),
    ("b", Some(1)),
    ("strong", Some(1)),
    ("sup", Some(2)),
    ("sub", Some(3)),
    ("sc", Some(4)),
    ("span", None),
];

/// One tag in the text.
struct Tag {
    at: usize,
    len: usize,
    name: &'static str,
    closes: bool,
    face: Option<usize>,
}

/// Replaces tags; one without its partner stays as it was typed. A span is small capitals if its
/// style says so, and otherwise (`nocase`, `nodecor`) nothing.
fn tags(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let found: Vec<Tag> = text.match_indices('<').filter_map(|(at, _)| tag(text, at)).collect();
    let mut open: Vec<usize> = Vec::new();
    let mut marks: Vec<(usize, Option<char>)> = vec![(usize::MAX, None); found.len()];
    for (i, tag) in found.iter().enumerate() {
        if !tag.closes {
            open.push(i);
        } else if open.last().is_some_and(|last| found[*last].name == tag.name)
            && let Some(partner) = open.pop()
        {
            let face = found[partner].face;
            marks[partner] = (found[partner].len, face.map(|face| FACES[face].0));
            marks[i] = (tag.len, face.map(|face| FACES[face].1));
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (tag, (len, mark)) in found.iter().zip(marks) {
        if len == usize::MAX {
            continue;
        }
        out.push_str(&text[at..tag.at]);
        out.extend(mark);
        at = tag.at + len;
    }
    out + &text[at..]
}

fn tag(text: &str, at: usize) -> Option<Tag> {
    let inner = &text[at + 1..];
    // No tag of ours is longer.
    let end = inner.char_indices().take(64).find(|(_, c)| *c == '>')?.0;
    let (closes, body) = match inner[..end].strip_prefix('/') {
        Some(body) => (true, body),
        None => (false, &inner[..end]),
    };
    let word = body.split(' ').next().unwrap_or_default();
    let (name, face) = TAGS.iter().find(|(name, _)| *name == word)?;
    if body.len() > word.len() && *name != "span" {
        return None;
    }
    let face = if body.contains("small-caps") { Some(4) } else { *face };
    Some(Tag { at, len: end + 2, name, closes, face })
}

/// One run of a delimiter character in the text.
struct Run {
    at: usize,
    mark: char,
    len: usize,
    opens: bool,
    closes: bool,
}

/// Replaces Markdown's paired delimiters.
fn delimiters(text: &str) -> String {
    if !text.contains(['*', '^', '~']) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let runs = runs(&chars);
    let mut swap: Vec<Option<char>> = vec![None; chars.len()];
    let mut drop: Vec<bool> = vec![false; chars.len()];
    pair(&chars, &runs, &mut swap, &mut drop);
    let mut out = String::with_capacity(text.len());
    for (i, c) in chars.iter().enumerate() {
        match swap[i] {
            Some(marker) => out.push(marker),
            None if drop[i] => {}
            None => out.push(*c),
        }
    }
    out
}

fn runs(chars: &[char]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let mark = chars[at];
        if !matches!(mark, '*' | '^' | '~') || (at > 0 && chars[at - 1] == '\\') {
            at += 1;
            continue;
        }
        let len = chars[at..].iter().take_while(|c| **c == mark).count();
        let before = at.checked_sub(1).map(|i| chars[i]);
        let after = chars.get(at + len).copied();
        let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        runs.push(Run { at, mark, len, opens: !blank(after), closes: !blank(before) });
        at += len;
    }
    runs
}

/// Pairs each closing run with the nearest open run of the same mark and length.
fn pair(chars: &[char], runs: &[Run], swap: &mut [Option<char>], drop: &mut [bool]) {
    let mut open: Vec<&Run> = Vec::new();
    for run in runs {
        let Some(face) = face_of(run) else { continue };
        let partner = open.iter().rposition(|o| o.mark == run.mark && o.len == run.len);
        match partner {
            Some(i) if run.closes && fits(chars, open[i], run) => {
                swap[open[i].at] = Some(FACES[face].0);
                swap[run.at] = Some(FACES[face].1);
                for extra in 1..run.len {
                    drop[open[i].at + extra] = true;
                    drop[run.at + extra] = true;
                }
                open.truncate(i);
            }
            _ if run.opens => {
                // One waiting run of a kind is enough: an older one could only pair around it.
                open.retain(|o| o.mark != run.mark || o.len != run.len);
                open.push(run);
            }
            _ => {}
        }
    }
}

fn face_of(run: &Run) -> Option<usize> {
    match (run.mark, run.len) {
        ('*', 1) => Some(0),
        ('*', 2) => Some(1),
        ('^', 1) => Some(2),
        ('~', 1) => Some(3),
        _ => None,
    }
}

/// Superscript and subscript hold a few characters without a space, as in Pandoc.
fn fits(chars: &[char], open: &Run, close: &Run) -> bool {
    let inner = &chars[open.at + open.len..close.at];
    open.mark == '*' || (inner.len() <= 20 && !inner.iter().any(|c| c.is_whitespace()))
}

/// Curls straight quotation marks and apostrophes.
pub(super) fn curl(text: &str) -> String {
    if !text.contains(['"', '\'']) {
        return text.to_owned();
    }
    let mut chars: Vec<char> = text.chars().collect();
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut before = None;
    for at in 0..chars.len() {
        let c = chars[at];
        if marker::is_marker(c) {
            continue;
        }
        if matches!(c, '"' | '\'') {
            let after = chars[at + 1..].iter().copied().find(|c| !marker::is_marker(*c));
            chars[at] = curl_one(c, before, after, at, &mut open);
        }
        before = Some(chars[at]);
    }
    // An opening single mark that nothing closes was an apostrophe: ’90s.
    for (at, mark) in open {
        chars[at] = if mark == '"' { '“' } else { '’' };
    }
    chars.into_iter().collect()
}

fn curl_one(
    c: char,
    before: Option<char>,
    after: Option<char>,
    at: usize,
    open: &mut Vec<(usize, char)>,
) -> char {
    let (left, right) = if c == '"' { ('“', '”') } else { ('‘', '’') };
    let opening = before.is_none_or(|b| b.is_whitespace() || "([{‘“«„—–-/".contains(b))
        && after.is_some_and(|a| !a.is_whitespace());
    if opening {
        open.push((at, c));
        return left;
    }
    let inside_word =
        before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
    if !(c == '\'' && inside_word)
        && let Some(i) = open.iter().rposition(|(_, mark)| *mark == c)
    {
        open.truncate(i);
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visible(text: &str) -> String {
        inline(text)
            .chars()
            .map(|c| match FACES.iter().position(|(on, off)| c == *on || c == *off) {
                Some(face) => ['I', 'B', 'P', 'U', 'S'][face],
                None => c,
            })
            .collect()
    }

    #[test]
    fn paired_marks_become_faces() {
        assert_eq!(visible("Reading *Nomad* and H~2~O"), "Reading INomadI and HU2UO");
        assert_eq!(visible("<i>Nomad</i>, 19^th^ **ed**"), "INomadI, 19PthP BedB");
    }

    #[test]
    fn lone_marks_stay_letters() {
        assert_eq!(visible("5 * 3 and a*b ~ 2^10"), "5 * 3 and a*b ~ 2^10");
        assert_eq!(visible("a < b <i> c"), "a < b <i> c");
    }

    #[test]
    fn straight_quotes_curl() {
        assert_eq!(
            visible("Kazakhstan's president says he ordered troops to 'shoot to kill'"),
            "Kazakhstan’s president says he ordered troops to ‘shoot to kill’"
        );
        assert_eq!(visible("\"A 'b' c\" in the '90s"), "“A ‘b’ c” in the ’90s");
    }
}
