//! The rich text a citation is set in: a tree of pieces any output can write.

use serde::{Deserialize, Serialize};

/// One piece of set text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    Text(String),
    Emph(Rich),
    Strong(Rich),
    Sup(Rich),
    Sub(Rich),
    SmallCaps(Rich),
    /// A link; the address is always `http` or `https`.
    Link {
        url: String,
        content: Rich,
    },
    /// All words of one cite; `index` is its place in the cluster as given.
    Cite {
        index: usize,
        content: Rich,
    },
    /// A back-reference such as the `12` of “(n 12)”.
    NoteLink {
        /// The address of the note as the caller gave it.
        address: String,
        content: Rich,
    },
}

/// A run of pieces.
pub type Rich = Vec<Piece>;

/// Returns the words of a rich text without any markup.
pub fn plain(rich: &Rich) -> String {
    let mut text = String::new();
    write_plain(rich, &mut text);
    text
}

fn write_plain(rich: &Rich, text: &mut String) {
    for piece in rich {
        match piece {
            Piece::Text(words) => text.push_str(words),
            Piece::Emph(content)
            | Piece::Strong(content)
            | Piece::Sup(content)
            | Piece::Sub(content)
            | Piece::SmallCaps(content)
            | Piece::Link { content, .. }
            | Piece::Cite { content, .. }
            | Piece::NoteLink { content, .. } => write_plain(content, text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_keeps_the_words_of_every_piece() {
        let rich = vec![
            Piece::Text("See ".into()),
            Piece::Cite {
                index: 0,
                content: vec![
                    Piece::Emph(vec![Piece::Text("Nomad".into())]),
                    Piece::NoteLink {
                        address: "#n3".into(),
                        content: vec![Piece::Text(" (n 3)".into())],
                    },
                ],
            },
        ];
        assert_eq!(plain(&rich), "See Nomad (n 3)");
    }
}
