//! Pieces of a page: one element, without the links that every paragraph and heading carries.

/// The inside of every element that `selector` names (`.text`, `#n1`, `title`), without permalinks
/// and empty lines.
pub fn piece(html: &str, selector: &str) -> String {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some((start, end)) = element(html, selector, at) {
        pieces.push(html[start..end].trim().to_owned());
        at = end;
    }
    tidy(&pieces.join("\n"))
}

/// Where the inside of the next element that `selector` names begins and ends.
fn element(html: &str, selector: &str, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let open = at + html[at..].find('<')?;
        let close = open + html[open..].find('>')? + 1;
        let tag = &html[open..close];
        at = close;
        if is_selected(tag, selector) {
            let name: String = tag[1..].chars().take_while(|c| c.is_alphanumeric()).collect();
            return Some((close, end_of(html, &name, close)?));
        }
    }
}

fn is_selected(tag: &str, selector: &str) -> bool {
    let has = |key: &str, word: &str| {
        let value = tag.split_once(&format!(" {key}=\"")).map(|(_, rest)| rest);
        let value = value.and_then(|rest| rest.split('"').next()).unwrap_or_default();
        value.split(' ').any(|part| part == word)
    };
    match selector.split_at(1) {
        (".", class) => has("class", class),
        ("#", id) => has("id", id),
        _ => {
            tag[1..].starts_with(selector)
                && !tag[1 + selector.len()..].starts_with(char::is_alphanumeric)
        }
    }
}

/// Where the element `name` that is open at byte `from` ends.
fn end_of(html: &str, name: &str, from: usize) -> Option<usize> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut depth = 1;
    let mut at = from;
    loop {
        let end = at + html[at..].find(&close)?;
        depth += html[at..end]
            .match_indices(&open)
            .filter(|(i, _)| html[at + i + open.len()..].starts_with([' ', '>', '\n']))
            .count();
        depth -= 1;
        if depth == 0 {
            return Some(end);
        }
        at = end + close.len();
    }
}

/// Leaves out what stands at every paragraph, heading, note mark and page.
fn tidy(html: &str) -> String {
    let mut out = without(html, "<a class=\"pn\"", "</a>");
    out = without(&out, "<a class=\"hl\"", "</a>");
    out = without(&out, "<a class=\"skip inline\"", "</a>");
    for (from, to) in [(" role=\"", "\""), (" aria-label=\"", "\""), (" data-k=\"", "\"")] {
        out = without(&out, from, to);
    }
    out = out
        .replace(" tabindex=\"0\"", "")
        .replace("<h2 id=\"notes\">Notes</h2>", "")
        .replace(" loading=\"lazy\" decoding=\"async\"", "");
    out.lines().filter(|line| !line.trim().is_empty()).map(|line| format!("{line}\n")).collect()
}

/// `html` without all that runs from `from` to the next `to` after it.
fn without(html: &str, from: &str, to: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(from) {
        out.push_str(&rest[..at]);
        let after = &rest[at + from.len()..];
        rest = after.find(to).map_or("", |end| &after[end + to.len()..]);
    }
    out + rest
}

#[test]
fn the_inside_of_an_element_is_found() {
    let html = "<div class=\"a text\"><div>x</div>y</div><p id=\"n1\">z</p><p>w</p>";
    assert_eq!(piece(html, ".text"), "<div>x</div>y\n");
    assert_eq!(piece(html, "#n1"), "z\n");
    assert_eq!(piece(html, "p"), "z\nw\n");
    assert_eq!(piece(html, ".none"), "");
}
