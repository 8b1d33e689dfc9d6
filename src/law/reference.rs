//! A reference to a provision: `iccpr:14(3)(d)`, and the author's `law:iccpr/14(3)(d)`.
//!
//! Only the form is read here; whether the instrument has the article is the registry's matter.

use std::fmt;

/// An instrument, an article of it, and a place within the article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    /// Id of the instrument.
    pub instrument: String,
    /// Number of the article; empty for the instrument as a whole.
    pub article: String,
    /// Path below the article, `(3)(d)`, or empty.
    pub pinpoint: String,
}

impl Reference {
    /// Reads `iccpr:14(3)(d)`, `iccpr/14(3)(d)` or `iccpr`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Reference> {
        let (instrument, rest) = match text.find([':', '/']) {
            Some(at) => (&text[..at], Some(&text[at + 1..])),
            None => (text, None),
        };
        let letters = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        if instrument.is_empty() || !instrument.chars().all(letters) {
            return None;
        }
        let (article, pinpoint) = match rest {
            Some(rest) => provision(rest)?,
            None => (String::new(), String::new()),
        };
        Some(Reference { instrument: instrument.to_string(), article, pinpoint })
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.instrument)?;
        if !self.article.is_empty() {
            write!(f, ":{}{}", self.article, self.pinpoint)?;
        }
        Ok(())
    }
}

/// What an author's `law:` link says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LawLink {
    /// These words are no law: `law:none`.
    None,
    /// These words name this provision.
    To(Reference),
    /// The address cannot be read.
    Unreadable,
}

/// Reads the address of a link; `None` if it is no `law:` link.
pub fn law_link(address: &str) -> Option<LawLink> {
    let rest = address.strip_prefix("law:")?;
    Some(match rest {
        "none" => LawLink::None,
        _ => Reference::parse(rest).map_or(LawLink::Unreadable, LawLink::To),
    })
}

/// Splits `14(3)(d)` into number and path; `14.3` is not read, for `7.5` is a number of its own.
fn provision(text: &str) -> Option<(String, String)> {
    let end = text.find('(').unwrap_or(text.len());
    let (number, path) = text.split_at(end);
    let number = number.trim();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.');
    if number.is_empty() || !number.chars().all(plain) || !is_path(path) {
        return None;
    }
    Some((number.to_string(), path.split_whitespace().collect()))
}

/// Whether `path` is a run of bracketed components: `(3)(d)`.
fn is_path(path: &str) -> bool {
    let mut open = false;
    let mut held = 0;
    for c in path.chars() {
        match c {
            '(' if !open => (open, held) = (true, 0),
            ')' if open && held > 0 => open = false,
            c if open && (c.is_alphanumeric() || c == '.') => held += 1,
            c if !open && c.is_whitespace() => {}
            _ => return false,
        }
    }
    !open
}

/// The components of a path: `3`, `d` for `(3)(d)` as well as for `3(d)`.
pub fn path_of(path: &str) -> Vec<&str> {
    path.split(['(', ')']).map(str::trim).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_and_written() {
        for text in ["iccpr:14(3)(d)", "udhr:20", "kz-constitution:94-1", "iccpr"] {
            assert_eq!(Reference::parse(text).expect(text).to_string(), text);
        }
        let pinpoint = Reference::parse("osce-copenhagen-1990:7(7.5)").expect("decimal");
        assert_eq!((pinpoint.article.as_str(), pinpoint.pinpoint.as_str()), ("7", "(7.5)"));
        for text in
            ["", ":9", "iccpr:", "iccpr:9(", "iccpr:9()", "iccpr:9(3", "ic cpr:9", "iccpr:9)"]
        {
            assert_eq!(Reference::parse(text), None, "{text}");
        }
    }

    #[test]
    fn law_links_are_told_from_other_links() {
        assert_eq!(law_link("https://example.org"), None);
        assert_eq!(law_link("law:none"), Some(LawLink::None));
        assert_eq!(law_link("law:iccpr/"), Some(LawLink::Unreadable));
        let Some(LawLink::To(reference)) = law_link("law:iccpr/14(3)(d)") else { panic!("a link") };
        assert_eq!(reference.to_string(), "iccpr:14(3)(d)");
    }
}
