//! The engine's tree ↔ a flat run of glyphs ↔ rich text.
//!
//! Punctuation and quotation marks are mended across the seams of the tree, so the tree is first
//! laid flat: every character carries its face and the cite and link it belongs to. After the
//! mending, neighbours with the same properties become one piece again.

use super::marker::{FACES, is_marker};
use super::rich::{Piece, Rich};

/// Faces as bits, in the order of [`FACES`].
pub(super) type Face = u8;

/// One character with all that hangs on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph {
    pub(super) c: char,
    pub(super) face: Face,
    /// The cite's place in its cluster plus one; 0 outside cites.
    pub(super) cite: u32,
    /// The target's place in [`Line::targets`] plus one; 0 outside links.
    pub(super) link: u32,
    /// An address: punctuation inside is no punctuation.
    pub(super) verbatim: bool,
    /// Whether it belongs to a closing quotation mark that has been set: a typed apostrophe looks
    /// the same and is not.
    pub(super) closes: bool,
}

impl Glyph {
    pub(super) fn bare(c: char) -> Glyph {
        Glyph { c, face: 0, cite: 0, link: 0, verbatim: false, closes: false }
    }

    /// Another character in the same place.
    pub(super) fn with(self, c: char) -> Glyph {
        Glyph { c, closes: false, ..self }
    }
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Url(String),
    Note(String),
}

/// A set line: its glyphs and the targets of its links.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) targets: Vec<Target>,
}

impl Line {
    /// Notes a target and returns the number its glyphs carry.
    pub(super) fn target(&mut self, target: Target) -> u32 {
        self.targets.push(target);
        self.targets.len() as u32
    }

    /// Reports whether the line begins so.
    pub(super) fn begins_with(&self, text: &str) -> bool {
        let mut glyphs = self.glyphs.iter();
        text.chars().all(|c| glyphs.next().is_some_and(|glyph| glyph.c == c))
    }

    /// Adds marked text in the face and place of `like`; markup marks toggle, so that italics
    /// inside an italic title stand upright.
    pub(super) fn write(&mut self, text: &str, like: Glyph) {
        let mut face = like.face;
        self.glyphs.reserve(text.len());
        for c in text.chars() {
            match face_bit(c) {
                Some(bit) => face ^= bit,
                None => self.glyphs.push(Glyph { c, face, ..like }),
            }
        }
    }
}

/// Returns the bit a markup mark toggles.
fn face_bit(c: char) -> Option<Face> {
    if !is_marker(c) {
        return None;
    }
    FACES.iter().position(|(on, off)| c == *on || c == *off).map(|face| 1 << face)
}

/// Gathers mended glyphs into rich text.
pub(super) fn gather(line: &Line) -> Rich {
    let mut rich = Rich::new();
    for run in line.glyphs.chunk_by(|a, b| a.cite == b.cite) {
        match run[0].cite {
            0 => linked(run, &line.targets, &mut rich),
            cite => {
                let mut content = Rich::new();
                linked(run, &line.targets, &mut content);
                content.shrink_to_fit();
                rich.push(Piece::Cite { index: cite as usize - 1, content });
            }
        }
    }
    rich.shrink_to_fit();
    rich
}

fn linked(glyphs: &[Glyph], targets: &[Target], rich: &mut Rich) {
    for run in glyphs.chunk_by(|a, b| a.link == b.link) {
        let target = (run[0].link as usize).checked_sub(1).and_then(|i| targets.get(i));
        let Some(target) = target else {
            faced(run, rich);
            continue;
        };
        let mut content = Rich::with_capacity(1);
        faced(run, &mut content);
        rich.push(match target {
            Target::Url(url) => Piece::Link { url: url.clone(), content },
            Target::Note(address) => Piece::NoteLink { address: address.clone(), content },
        });
    }
}

fn faced(glyphs: &[Glyph], rich: &mut Rich) {
    for run in glyphs.chunk_by(|a, b| a.face == b.face) {
        let mut words = String::with_capacity(run.iter().map(|g| g.c.len_utf8()).sum());
        words.extend(run.iter().map(|g| g.c));
        let mut piece = Piece::Text(words);
        for face in (0..FACES.len()).rev().filter(|face| run[0].face & (1 << face) != 0) {
            piece = wrap(face, piece);
        }
        rich.push(piece);
    }
}

fn wrap(face: usize, piece: Piece) -> Piece {
    match face {
        0 => Piece::Emph(vec![piece]),
        1 => Piece::Strong(vec![piece]),
        2 => Piece::Sup(vec![piece]),
        3 => Piece::Sub(vec![piece]),
        _ => Piece::SmallCaps(vec![piece]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csl::markup::inline;

    #[test]
    fn italics_in_an_italic_title_stand_upright() {
        let mut line = Line::default();
        line.write(&inline("Reading *Nomad* now"), Glyph { face: 1, ..Glyph::bare(' ') });
        let text = |t: &str| Piece::Text(t.into());
        assert_eq!(
            gather(&line),
            vec![
                Piece::Emph(vec![text("Reading ")]),
                text("Nomad"),
                Piece::Emph(vec![text(" now")])
            ]
        );
    }

    #[test]
    fn links_stand_inside_their_cite() {
        let mut line = Line::default();
        let link = line.target(Target::Note("#n3".into()));
        line.write("see ", Glyph { cite: 2, ..Glyph::bare(' ') });
        line.write("3", Glyph { cite: 2, link, ..Glyph::bare(' ') });
        assert_eq!(
            gather(&line),
            vec![Piece::Cite {
                index: 1,
                content: vec![
                    Piece::Text("see ".into()),
                    Piece::NoteLink {
                        address: "#n3".into(),
                        content: vec![Piece::Text("3".into())]
                    }
                ]
            }]
        );
    }
}
