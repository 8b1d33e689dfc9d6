//! Text into HTML text: nothing an author writes can become a tag by accident.

/// Appends `text` with `&`, `<`, `>` and `"` escaped; right for text and for quoted attributes.
pub fn push(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// Appends running text escaped; a line never begins with a dash that stands between spaces.
pub fn push_prose(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, _) in text.match_indices(' ') {
        if text[at + 1..].starts_with(['–', '—']) {
            push(out, &text[from..at]);
            out.push('\u{a0}');
            from = at + 1;
        }
    }
    push(out, &text[from..]);
}

/// `text` escaped.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push(&mut out, text);
    out
}

/// The text of HTML that this program wrote: tags dropped, entities read, white space folded.
pub fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('<') {
            let end = rest.find('>').map_or(rest.len(), |end| end + 1);
            if breaks(&rest[..end]) {
                text.push(' ');
            }
            rest = &rest[end..];
            continue;
        }
        let entities = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"')];
        match entities.iter().find(|(entity, _)| rest.starts_with(entity)) {
            Some((entity, sign)) => {
                text.push(*sign);
                rest = &rest[entity.len()..];
            }
            None => {
                text.push('&');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a tag stands between two words.
fn breaks(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    ["p", "li", "br", "td", "th", "tr", "div", "h", "blockquote", "pre", "ul", "ol"].iter().any(
        |block| {
            name.strip_prefix(block).is_some_and(|rest| rest.starts_with(['>', ' ', '1', '2', '3']))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_comes_back_from_what_was_escaped() {
        let text = "a < b & \"c\" > d";
        assert_eq!(
            plain(&format!("<p>{}</p><p>x<b>y</b></p>", escaped(text))),
            format!("{text} xy")
        );
    }
}
