//! Set citations into HTML.

use super::escape;
use crate::csl::{Piece, Rich};
use crate::document::{Cite, Cluster};
use crate::output::address;
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
    let (known, unknown): (Vec<&Cite>, Vec<&Cite>) =
        cluster.cites.iter().partition(|cite| place.edition.is_source(&cite.key.text));
    for piece in rich {
        let Piece::Cite { index, content } = piece else {
            push_piece(out, piece, place);
            continue;
        };
        let key = known.get(*index).map_or("", |cite| cite.key.text.as_str());
        let split = content.iter().position(has_link).unwrap_or(content.len());
        let entry = format!("{}#{}", address::SOURCES, place.edition.source_anchor(key));
        let url = place.edition.url(place.page, &entry);
        out.push_str(&format!("<a role=\"doc-biblioref\" href=\"{}\"", escape::escaped(&url)));
        if let Some(name) = unnamed(content).then(|| place.edition.source_name(key)).flatten() {
            out.push_str(&format!(" data-of=\"{}\"", escape::escaped(&name)));
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
    for cite in unknown {
        let key = escape::escaped(&cite.key.text);
        out.push_str(&format!("; <span class=\"unresolved\">@{key}</span>"));
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
    let words: String = first(content).unwrap_or_default().trim_start().chars().take(16).collect();
    let words = words.to_lowercase();
    AS_BEFORE.iter().any(|known| words.starts_with(known))
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
    let mut tagged = |open: &str, content: &Rich, close: &str| {
        out.push_str(open);
        push_all(out, content, place);
        out.push_str(close);
    };
    match piece {
        Piece::Text(text) => escape::push(out, text),
        Piece::Emph(content) => tagged("<em>", content, "</em>"),
        Piece::Strong(content) => tagged("<strong>", content, "</strong>"),
        Piece::Sup(content) => tagged("<sup>", content, "</sup>"),
        Piece::Sub(content) => tagged("<sub>", content, "</sub>"),
        Piece::SmallCaps(content) => tagged("<span class=\"sc\">", content, "</span>"),
        Piece::Cite { content, .. } => tagged("", content, ""),
        Piece::Link { url, content } => {
            let open = format!("<a href=\"{}\">", escape::escaped(url));
            tagged(&open, content, "</a>");
        }
        Piece::NoteLink { address, content } => {
            let url = place.edition.url(place.page, address);
            let open = format!("<a href=\"{}\">", escape::escaped(&url));
            tagged(&open, content, "</a>");
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
