//! Field text as an author types it → the same words with markers and curly quotation marks.
//!
//! Read are `*italic*`, `**bold**`, `^sup^`, `~sub~` and the tags of CSL-JSON (`<i>`, `<b>`,
//! `<sup>`, `<sub>`, `<sc>`). Only marks that pair up count; all others are letters.

use super::marker::{self, FACES};

/// Turns typed text into marked text.
pub(super) fn inline(text: &str) -> String {
    let clean: String = text.chars().filter(|c| !marker::is_marker(*c)).collect();
    // Three dots are one mark: punctuation that meets must not swallow them.
    curl(&tags(&delimiters(&clean)).replace("...", "…"))
}

const TAGS: [(&str, &str, Option<usize>); 7] = [
    ("<i>", "</i>", Some(0)),
    ("<em>", "</em>", Some(0)),
    ("<b>", "</b>", Some(1)),
    ("<sup>", "</sup>", Some(2)),
    ("<sub>", "</sub>", Some(3)),
    ("<sc>", "</sc>", Some(4)),
    ("<span class=\"nocase\">", "</span>", None),
];
const SMALL_CAPS: &str = "<span style=\"font-variant:small-caps;\">";

/// Replaces the tags of CSL-JSON; a tag without its partner stays as it was typed.
fn tags(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut out = text.replace(SMALL_CAPS, "<sc>");
    if out.contains("<sc>") && !out.contains("</sc>") && !out.contains("nocase") {
        out = out.replace("</span>", "</sc>");
    }
    for (open, close, face) in TAGS {
        if out.matches(open).count() != out.matches(close).count() {
            continue;
        }
        let (on, off) = face.map_or((String::new(), String::new()), |face| {
            (FACES[face].0.to_string(), FACES[face].1.to_string())
        });
        out = out.replace(open, &on).replace(close, &off);
    }
    out
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
