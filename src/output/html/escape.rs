//! Text into HTML text: nothing an author writes can become a tag by accident.

/// Appends `text` with `&`, `<`, `>` and `"` escaped; right for text and for quoted attributes.
pub fn push(out: &mut String, text: &str) {
    if is_plain(text) {
        return out.push_str(text);
    }
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

/// Whether nothing in `text` is to be escaped. Asks all bytes of a piece, which is faster than to stop
/// at the first.
fn is_plain(text: &str) -> bool {
    let is_special = |byte: &u8| matches!(byte, b'&' | b'<' | b'>' | b'"');
    text.as_bytes().chunks(64).all(|piece| !piece.iter().fold(false, |is, b| is | is_special(b)))
}

/// Appends ` name="value"`, the value escaped.
pub fn attribute(out: &mut String, name: &str, value: &str) {
    out.extend([" ", name, "=\""]);
    push(out, value);
    out.push('"');
}

/// Appends running text escaped; a line never begins with a dash that stands between spaces.
pub fn push_prose(out: &mut String, text: &str) {
    // Most text has no dash, and one sign is soon sought.
    if !text.contains('–') && !text.contains('—') {
        return push(out, text);
    }
    let mut from = 0;
    for (at, _) in text.match_indices(['–', '—']) {
        if let Some(before) = text[from..at].strip_suffix(' ') {
            push(out, before);
            out.push('\u{a0}');
            from = at;
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
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'<' | b'&')) {
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
    folded(&text)
}

/// White space folded into single spaces, and none at the ends.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
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
    fn a_special_sign_is_found_wherever_it_stands() {
        for at in 0..200 {
            let mut text = "é".repeat(100);
            text.insert(at / 2 * 2, '<');
            assert_eq!(escaped(&text), text.replace('<', "&lt;"));
        }
    }

    #[test]
    fn no_line_begins_with_a_dash() {
        let prose = |text| {
            let mut out = String::new();
            push_prose(&mut out, text);
            out
        };
        assert_eq!(prose("a – b — c–d"), "a\u{a0}– b\u{a0}— c–d");
        assert_eq!(prose(" – – x"), "\u{a0}–\u{a0}– x");
        assert_eq!(prose("a & b"), "a &amp; b");
    }

    #[test]
    fn plain_text_comes_back_from_what_was_escaped() {
        let text = "a < b & \"c\" > d";
        assert_eq!(
            plain(&format!("<p>{}</p><p>x<b>y</b></p>", escaped(text))),
            format!("{text} xy")
        );
    }
}
