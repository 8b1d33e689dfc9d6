//! Set citations into HTML.

use super::escape;
use crate::csl::{Piece, Rich};
use crate::document::{Cite, Cluster};
use crate::output::edition::Edition;

/// Where a set citation stands.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The report.
    pub edition: &'a Edition<'a>,
    /// The page on which it is shown.
    pub page: &'a str,
}

/// Appends the citation `rich` of `cluster`; each source's words lead to its entry. Sources that
/// are not known come last, as written.
pub fn push(out: &mut String, rich: &Rich, cluster: &Cluster, place: Place) {
    let is_known = |cite: &&Cite| place.edition.is_source(&cite.key.text);
    let known: Vec<&Cite> = cluster.cites.iter().filter(is_known).collect();
    for piece in rich {
        let Piece::Cite { index, content } = piece else {
            push_piece(out, piece, place);
            continue;
        };
        let key = known.get(*index).map_or("", |cite| cite.key.text.as_str());
        let split = content.iter().position(has_link).unwrap_or(content.len());
        let url = place.edition.url(place.page, &place.edition.source_address(key));
        out.push_str("<a role=\"doc-biblioref\"");
        escape::attribute(out, "href", &url);
        if let Some(name) = unnamed(content).then(|| place.edition.source_name(key)).flatten() {
            escape::attribute(out, "data-of", &name);
        }
        out.push('>');
        let (words, between) = before_link(&content[..split], split < content.len());
        push_all(out, words, place);
        let between = between.map(|(own, rest)| {
            escape::push(out, own);
            rest
        });
        out.push_str("</a>");
        escape::push(out, between.unwrap_or_default());
        push_all(out, &content[split..], place);
    }
    if known.len() == cluster.cites.len() {
        return;
    }
    for cite in cluster.cites.iter().filter(|cite| !is_known(cite)) {
        out.push_str("; <span class=\"unresolved\">@");
        escape::push(out, &cite.key.text);
        out.push_str("</span>");
    }
}

/// How a citation begins that names no source but points at the one before. A note that is shown
/// alone has none before it.
const AS_BEFORE: &[&str] =
    &["ibid", "id.", "idem", "там же", "ibíd", "المرجع نفسه", "المرجع السابق"];

fn unnamed(content: &Rich) -> bool {
    fn first(rich: &Rich) -> Option<&str> {
        rich.iter().find_map(|piece| match piece {
            Piece::Text(text) => Some(text.as_str()),
            Piece::Emph(content)
            | Piece::Strong(content)
            | Piece::Sup(content)
            | Piece::Sub(content)
            | Piece::SmallCaps(content)
            | Piece::Cite { content, .. }
            | Piece::Link { content, .. }
            | Piece::NoteLink { content, .. } => first(content),
        })
    }
    let words = first(content).unwrap_or_default().trim_start();
    let begins = |known: &&str| {
        let mut letters = words.chars().flat_map(char::to_lowercase);
        known.chars().all(|letter| letters.next() == Some(letter))
    };
    AS_BEFORE.iter().any(begins)
}

/// The words that lead to the entry, and the text before a link of their own that is cut in two:
/// the “(n ” of “(n 12)” belongs to that link.
fn before_link(words: &[Piece], has_link: bool) -> (&[Piece], Option<(&str, &str)>) {
    if let Some((Piece::Text(text), rest)) = words.split_last()
        && has_link
    {
        let cut = text.rfind(" (").unwrap_or(text.trim_end_matches([' ', ',', '،']).len());
        return (rest, Some(text.split_at(cut)));
    }
    (words, None)
}

/// Appends rich text that is no citation: an entry of the bibliography.
pub fn push_all(out: &mut String, rich: &[Piece], place: Place) {
    for piece in rich {
        push_piece(out, piece, place);
    }
}

fn push_piece(out: &mut String, piece: &Piece, place: Place) {
    // The mark “n” and its number stay on one line.
    if matches!(piece, Piece::NoteLink { .. }) && out.ends_with(' ') {
        out.pop();
        out.push('\u{a0}');
    }
    let tagged = |out: &mut String, open: &str, content: &Rich, close: &str| {
        out.push_str(open);
        push_all(out, content, place);
        out.push_str(close);
    };
    let linked = |out: &mut String, url: &str, content: &Rich| {
        out.push_str("<a");
        escape::attribute(out, "href", url);
        tagged(out, ">", content, "</a>");
    };
    match piece {
        Piece::Text(text) => escape::push(out, text),
        Piece::Emph(content) => tagged(out, "<em>", content, "</em>"),
        Piece::Strong(content) => tagged(out, "<strong>", content, "</strong>"),
        Piece::Sup(content) => tagged(out, "<sup>", content, "</sup>"),
        Piece::Sub(content) => tagged(out, "<sub>", content, "</sub>"),
        Piece::SmallCaps(content) => tagged(out, "<span class=\"sc\">", content, "</span>"),
        Piece::Cite { content, .. } => push_all(out, content, place),
        Piece::Link { url, content } => linked(out, url, content),
        Piece::NoteLink { address, content } => {
            linked(out, &place.edition.url(place.page, address), content);
        }
    }
}

fn has_link(piece: &Piece) -> bool {
    match piece {
        Piece::Link { .. } | Piece::NoteLink { .. } => true,
        Piece::Text(_) => false,
        Piece::Emph(content)
        | Piece::Strong(content)
        | Piece::Sup(content)
        | Piece::Sub(content)
        | Piece::SmallCaps(content)
        | Piece::Cite { content, .. } => content.iter().any(has_link),
    }
}
