//! `{#id .class key=value key="two words"}`: read from source text, with the place of every part.

use super::Named;
use crate::source::{FileId, Span};

/// One `key=value`.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// The key.
    pub key: Named,
    /// The value, without quotation marks.
    pub value: Named,
}

/// What stands between braces.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attributes {
    /// `#id`.
    pub id: Option<Named>,
    /// `.class`.
    pub classes: Vec<Named>,
    /// `key=value`, in order.
    pub pairs: Vec<Attribute>,
    /// The braces and all between them; nothing when there are none.
    pub span: Option<Span>,
}

impl Attributes {
    /// The value of `key`, if it is set.
    pub fn get(&self, key: &str) -> Option<&Named> {
        self.pairs.iter().find(|pair| pair.key.text == key).map(|pair| &pair.value)
    }

    /// Whether nothing is set.
    pub fn is_empty(&self) -> bool {
        self.id.is_none() && self.classes.is_empty() && self.pairs.is_empty()
    }

    /// Reads attributes at byte `at` of `text`, which must be `{`.
    ///
    /// Returns them with the byte after `}`, or nothing if the braces hold anything else: then they
    /// are the author's text. An empty pair of braces is text too.
    pub fn read(text: &str, at: usize, file: FileId) -> Option<(Attributes, usize)> {
        if !text.get(at..)?.starts_with('{') {
            return None;
        }
        let mut reader = Reader { text: upto(text, at + LONGEST), at: at + 1, file };
        let mut found = Attributes::default();
        loop {
            reader.skip_space();
            match reader.peek()? {
                b'}' if found.is_empty() => return None,
                b'}' => break,
                b'#' if found.id.is_none() => found.id = Some(reader.word_after_sign()?),
                b'.' => found.classes.push(reader.word_after_sign()?),
                _ => found.pairs.push(reader.pair()?),
            }
        }
        found.span = Some(Span::new(file, at..reader.at + 1));
        Some((found, reader.at + 1))
    }
}

/// Bytes that attributes may be long; a brace that is never closed is not followed for ever.
const LONGEST: usize = 2000;

/// `text` as far as byte `end`, or the whole of it.
fn upto(text: &str, end: usize) -> &str {
    let mut end = end.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    file: FileId,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn named(&self, start: usize, end: usize) -> Named {
        Named { text: self.text[start..end].to_owned(), span: Span::new(self.file, start..end) }
    }

    fn word(&mut self) -> Option<Named> {
        let start = self.at;
        let rest = &self.text[start..];
        let length = rest.find(|c: char| !(c.is_alphanumeric() || "-_:.".contains(c)))?;
        self.at += length;
        (length > 0).then(|| self.named(start, self.at))
    }

    fn word_after_sign(&mut self) -> Option<Named> {
        self.at += 1;
        self.word()
    }

    fn pair(&mut self) -> Option<Attribute> {
        let key = self.word()?;
        if self.peek()? != b'=' {
            return None;
        }
        self.at += 1;
        let value = self.value()?;
        Some(Attribute { key, value })
    }

    fn value(&mut self) -> Option<Named> {
        let close = match self.text[self.at..].chars().next()? {
            quote @ ('"' | '\'') => quote,
            '“' | '”' => '”',
            _ => return self.bare_value(),
        };
        self.at += self.text[self.at..].chars().next()?.len_utf8();
        let start = self.at;
        let length = self.text[start..].find(close)?;
        self.at = start + length + close.len_utf8();
        Some(self.named(start, start + length))
    }

    fn bare_value(&mut self) -> Option<Named> {
        let start = self.at;
        let stop = |c: char| c.is_whitespace() || c == '}';
        let length = self.text[start..].find(stop)?;
        self.at += length;
        (length > 0).then(|| self.named(start, self.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Attributes, usize)> {
        Attributes::read(text, 0, FileId(0))
    }

    #[test]
    fn reads_ids_classes_and_pairs_with_places() {
        let (found, end) =
            read("{#a-b .c claim=expression law=\"iccpr:19(3), udhr:19\"} x").unwrap();
        assert_eq!(found.id.as_ref().unwrap().text, "a-b");
        assert_eq!(found.classes[0].text, "c");
        assert_eq!(found.get("claim").unwrap().text, "expression");
        assert_eq!(found.get("law").unwrap().text, "iccpr:19(3), udhr:19");
        assert_eq!(found.get("law").unwrap().span.range(), 31..51);
        assert_eq!(end, 53);
    }

    #[test]
    fn braces_that_hold_anything_else_are_text() {
        for text in
            ["{}", "{ }", "{braces in prose}", "{a=}", "{a=\"b}", "{#}", "{", "{x", "{a = b}"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
