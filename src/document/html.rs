//! Raw HTML into tokens, of which only the harmless may be written out again.
//!
//! Nothing is ever echoed: a tag that is kept is known by name, its attributes are known by name,
//! and whoever writes it writes it anew. A library cleans whole documents; here the pieces are
//! fragments between Markdown, and each needs its place in the source.

use std::ops::Range;

/// A piece of raw HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// Text, entities as written.
    Text(Range<usize>),
    /// An opening tag that may stay, with the attributes that may stay.
    Open {
        /// The name in lower case.
        name: &'static str,
        /// Name and value of each attribute, the value as written.
        attributes: Vec<(String, String)>,
        /// Whether the element has no end.
        is_void: bool,
    },
    /// A closing tag that may stay.
    Close(&'static str),
    /// What may not stay, and what it is.
    Removed(Range<usize>, String),
    /// A comment, which nobody misses.
    Comment,
}

/// Elements that may stay; those with `true` have no end.
const ELEMENTS: &[(&str, bool)] = &[
    ("a", false),
    ("abbr", false),
    ("b", false),
    ("bdi", false),
    ("bdo", false),
    ("blockquote", false),
    ("br", true),
    ("caption", false),
    ("cite", false),
    ("code", false),
    ("col", true),
    ("colgroup", false),
    ("dd", false),
    ("del", false),
    ("details", false),
    ("dfn", false),
    ("div", false),
    ("dl", false),
    ("dt", false),
    ("em", false),
    ("figcaption", false),
    ("figure", false),
    ("h2", false),
    ("h3", false),
    ("h4", false),
    ("h5", false),
    ("h6", false),
    ("hr", true),
    ("i", false),
    ("img", true),
    ("ins", false),
    ("kbd", false),
    ("li", false),
    ("mark", false),
    ("ol", false),
    ("p", false),
    ("pre", false),
    ("q", false),
    ("rp", false),
    ("rt", false),
    ("ruby", false),
    ("s", false),
    ("samp", false),
    ("section", false),
    ("small", false),
    ("span", false),
    ("strong", false),
    ("sub", false),
    ("summary", false),
    ("sup", false),
    ("table", false),
    ("tbody", false),
    ("td", false),
    ("tfoot", false),
    ("th", false),
    ("thead", false),
    ("time", false),
    ("tr", false),
    ("u", false),
    ("ul", false),
    ("var", false),
    ("wbr", true),
];

/// Attributes that may stay on any element.
const ANYWHERE: &[&str] = &["id", "class", "lang", "dir", "title"];

/// Attributes that may stay on one element.
const SOMEWHERE: &[(&str, &[&str])] = &[
    ("a", &["href"]),
    ("blockquote", &["cite"]),
    ("col", &["span"]),
    ("details", &["open"]),
    ("img", &["src", "alt", "width", "height"]),
    ("ol", &["start", "reversed", "type"]),
    ("q", &["cite"]),
    ("td", &["colspan", "rowspan", "headers"]),
    ("th", &["colspan", "rowspan", "headers", "scope"]),
    ("time", &["datetime"]),
];

/// Elements that go with all that they hold.
const WITH_CONTENT: &[&str] = &[
    "script", "style", "iframe", "object", "embed", "noscript", "template", "svg", "math", "form",
];

/// Cuts `html` into tokens. Linear in its length.
pub fn tokens(html: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut ends = Ends { html, lower: None, missing: Vec::new() };
    while at < html.len() {
        let Some(found) = html[at..].find('<') else {
            tokens.push(Token::Text(at..html.len()));
            break;
        };
        if found > 0 {
            tokens.push(Token::Text(at..at + found));
        }
        let start = at + found;
        let (token, end) = tag(html, start, &mut ends);
        tokens.push(token);
        at = end;
    }
    tokens
}

/// Finds closing tags; what is not found once is not looked for again.
struct Ends<'a> {
    html: &'a str,
    /// The text in lower case, once it is needed; letters keep their places.
    lower: Option<String>,
    missing: Vec<String>,
}

impl Ends<'_> {
    /// The byte after the tag that closes `name`, at or after `from`.
    fn find(&mut self, name: &str, from: usize) -> Option<usize> {
        if self.missing.iter().any(|missing| missing == name) {
            return None;
        }
        let lower = self.lower.get_or_insert_with(|| self.html.to_ascii_lowercase());
        let Some(found) = lower[from..].find(&format!("</{name}")) else {
            self.missing.push(name.to_owned());
            return None;
        };
        let start = from + found;
        Some(self.html[start..].find('>').map_or(self.html.len(), |end| start + end + 1))
    }
}

/// The token that begins with the `<` at `start`, and the byte after it.
fn tag(html: &str, start: usize, ends: &mut Ends) -> (Token, usize) {
    let rest = &html[start..];
    if rest.starts_with("<!--") {
        let end = rest.find("-->").map_or(html.len(), |end| start + end + 3);
        return (Token::Comment, end);
    }
    let Some(end) = tag_end(html, start) else {
        let range = start..html.len();
        return (Token::Removed(range, "a tag that does not end".into()), html.len());
    };
    let inner = html[start + 1..end - 1].trim_end_matches('/');
    if let Some(name) = inner.strip_prefix('/') {
        let name = name.trim();
        return match element(name) {
            Some((name, false)) => (Token::Close(name), end),
            Some((_, true)) => (Token::Comment, end),
            None => (Token::Removed(start..end, format!("</{}>", name.to_lowercase())), end),
        };
    }
    let length = inner.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(length);
    match element(name) {
        Some((name, is_void)) => opening(start..end, name, is_void, attributes),
        None => removed(start, end, name, ends),
    }
}

/// A tag that is not known goes; some go with all that they hold.
fn removed(start: usize, end: usize, name: &str, ends: &mut Ends) -> (Token, usize) {
    let name = name.to_lowercase();
    let holds = WITH_CONTENT.contains(&name.as_str());
    let end = if holds { ends.find(&name, end).unwrap_or(end) } else { end };
    (Token::Removed(start..end, format!("<{name}>")), end)
}

fn opening(
    range: Range<usize>,
    name: &'static str,
    is_void: bool,
    written: &str,
) -> (Token, usize) {
    let end = range.end;
    let Some(all) = attributes(written) else {
        let what = format!("a <{name}> whose attributes cannot be read");
        return (Token::Removed(range, what), end);
    };
    let own = SOMEWHERE.iter().find(|(element, _)| *element == name).map_or(&[][..], |s| s.1);
    let mut kept = Vec::new();
    for (key, value) in all {
        let is_known = ANYWHERE.contains(&key.as_str()) || own.contains(&key.as_str());
        let is_address = matches!(key.as_str(), "href" | "src" | "cite");
        if is_known && (!is_address || is_harmless(&value)) {
            kept.push((key, value));
        } else {
            let what = format!("the attribute {key} of <{name}>");
            return (Token::Removed(range, what), end);
        }
    }
    (Token::Open { name, attributes: kept, is_void }, end)
}

/// Whether an address has no scheme, or one that leads to a page or a mailbox.
fn is_harmless(address: &str) -> bool {
    let address: String =
        address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    match address.find([':', '/', '?', '#', '&']) {
        Some(at) if address[at..].starts_with(':') => {
            let scheme = address[..at].to_ascii_lowercase();
            matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel")
        }
        Some(at) => !address[at..].starts_with('&'),
        None => true,
    }
}

fn element(name: &str) -> Option<(&'static str, bool)> {
    ELEMENTS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).copied()
}

/// The byte after the `>` that ends the tag at `start`; one inside quotation marks does not.
fn tag_end(html: &str, start: usize) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate().skip(start + 1) {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// `key="value"` pairs, or nothing if the text is anything else.
fn attributes(text: &str) -> Option<Vec<(String, String)>> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-_:".contains(c);
        let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        if length == 0 {
            return None;
        }
        let key = rest[..length].to_ascii_lowercase();
        rest = rest[length..].trim_start();
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let (taken, left) = attribute_value(after)?;
            value = taken;
            rest = left.trim_start();
        }
        found.push((key, value));
    }
    Some(found)
}

fn attribute_value(text: &str) -> Option<(String, &str)> {
    if let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let end = text[1..].find(quote)? + 1;
        return Some((text[1..end].to_owned(), &text[end + 1..]));
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    (end > 0).then(|| (text[..end].to_owned(), &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn removed(html: &str) -> Vec<String> {
        let what = |token| match token {
            Token::Removed(_, what) => Some(what),
            _ => None,
        };
        tokens(html).into_iter().filter_map(what).collect()
    }

    #[test]
    fn harmless_html_stays() {
        for html in [
            "H<sub>2</sub>O<br/>",
            "<details open><summary>x</summary></details>",
            "<a href=\"https://x.org/?a=1\" title='q'>x</a><!-- c --><img src=a.png alt=\"\">",
            "<td colspan=2>",
        ] {
            assert_eq!(removed(html), Vec::<String>::new(), "{html}");
        }
    }

    #[test]
    fn harmful_html_goes() {
        for html in [
            "<script>alert(1)</script>",
            "<SCRIPT src=x></SCRIPT>",
            "<p onclick=\"x\">",
            "<a href=\"java\nscript:alert(1)\">",
            "<a href=\"&#106;avascript:alert(1)\">",
            "<img src=x onerror=alert(1)>",
            "<iframe src=\"x\"></iframe>",
            "<p style=\"x\">",
            "<p \"x>",
            "<style>a{}</style>",
        ] {
            assert!(!removed(html).is_empty(), "{html}");
        }
        assert_eq!(tokens("<script>a</script>b").len(), 2);
    }
}
