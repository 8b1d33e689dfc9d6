//! Text into TeX, in the way that `interchange::bibtex` reads it back letter by letter.

/// `text` with TeX's own characters escaped and paired tags as commands.
pub(super) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut at = 0;
    let mut before = None;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if let Some((command, inner, len)) = markup(rest, before) {
            out.push_str(&format!("\\{command}{{{}}}", encoded(inner)));
            at += len;
        } else {
            push(&mut out, c, rest[c.len_utf8()..].chars().next());
            at += c.len_utf8();
        }
        before = text[..at].chars().next_back();
    }
    out
}

fn push(out: &mut String, c: char, next: Option<char>) {
    match c {
        '\\' => out.push_str("\\textbackslash{}"),
        '{' => out.push_str("\\textbraceleft{}"),
        '}' => out.push_str("\\textbraceright{}"),
        '~' => out.push_str("\\textasciitilde{}"),
        '^' => out.push_str("\\textasciicircum{}"),
        '`' => out.push_str("\\textasciigrave{}"),
        '$' | '&' | '#' | '_' | '%' => out.extend(['\\', c]),
        // Two of these would become another mark.
        '-' | '\'' if next == Some(c) => out.extend([c, '{', '}']),
        '\u{A0}' => out.push('~'),
        ' ' | '\n' | '\r' | '\t' => {
            out.push_str(if out.ends_with(' ') || out.is_empty() { "\\ " } else { " " })
        }
        c => out.push(c),
    }
}

/// Tags of CSL-JSON that TeX has a command for.
pub const TAGS: [(&str, &str); 5] = [
    ("i", "textit"),
    ("b", "textbf"),
    ("sup", "textsuperscript"),
    ("sub", "textsubscript"),
    ("sc", "textsc"),
];

/// How far the end of a tag is looked for.
const REACH: usize = 1000;

/// The command for the markup that begins `rest`, what stands in it, and its length.
fn markup(rest: &str, before: Option<char>) -> Option<(&'static str, &str, usize)> {
    if let Some(after) = rest.strip_prefix('*') {
        let inner = &after[..after.char_indices().take(REACH).find(|(_, c)| *c == '*')?.0];
        let next = after[inner.len() + 1..].chars().next();
        return is_emphasis(before, inner, next).then_some(("emph", inner, inner.len() + 2));
    }
    let tag = rest.strip_prefix('<')?;
    let (name, command) = TAGS
        .iter()
        .find(|(name, _)| tag.strip_prefix(name).is_some_and(|tag| tag.starts_with('>')))?;
    let after = &tag[name.len() + 1..];
    let close = format!("</{name}>");
    let mut reach = after.len().min(REACH);
    while !after.is_char_boundary(reach) {
        reach -= 1;
    }
    let inner = &after[..after[..reach].find(&close)?];
    let is_flat = !inner.contains(['<', '*']) && !inner.trim().is_empty();
    is_flat.then_some((command, inner, rest.len() - after.len() + inner.len() + close.len()))
}

/// Whether stars round `inner` are emphasis beyond doubt, in TeX's eyes and in ours.
pub fn is_emphasis(before: Option<char>, inner: &str, next: Option<char>) -> bool {
    let is_edge = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    before.is_none_or(|c| " (“‘".contains(c))
        && next.is_none_or(|c| " .,;:!?)".contains(c))
        && is_edge(inner.chars().next())
        && is_edge(inner.chars().next_back())
        && !inner.contains(['*', '<', '>'])
}
