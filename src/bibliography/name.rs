//! Names of persons and of organisations.

use crate::diagnostic::{BAD_VALUE, Diagnostic, Severity, UNKNOWN_KEY, nearest};
use crate::source::Span;
use crate::yaml::{Node, Value};
use serde_json::{Map, Value as Json, json};

/// A person or an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Name {
    /// An organisation, or a person with one name: printed as typed.
    Literal(String),
    /// A person.
    Person {
        /// Family name without particles.
        family: String,
        /// Given names; empty if there are none.
        given: String,
        /// A particle that stays with the family name: `van der`; else empty.
        particle: String,
        /// A particle that is dropped where the family name stands alone: `von`; else empty.
        dropping: String,
        /// `Jr.`, `III`; else empty.
        suffix: String,
    },
}

/// The keys of a name that is written as a map.
const KEYS: &[&str] = &[
    "org",
    "name",
    "literal",
    "family",
    "given",
    "suffix",
    "particle",
    "non-dropping-particle",
    "dropping-particle",
];

impl Name {
    /// Reads `"Family, Given"`, `"Family, Given, Jr."`, or a name without a comma as it stands.
    pub fn parse(text: &str) -> Name {
        let mut parts = text.splitn(3, ',').map(str::trim);
        let family = parts.next().unwrap_or_default();
        match parts.next() {
            None => Name::Literal(family.to_string()),
            Some(given) => Name::person(family, given, parts.next().unwrap_or_default()),
        }
    }

    /// A person; words in small letters before the family name become its particle.
    pub fn person(family: &str, given: &str, suffix: &str) -> Name {
        let (particle, family) = split_particle(family);
        let (given, dropping) = split_dropping(given);
        Name::Person { family, given, particle, dropping, suffix: suffix.to_string() }
    }

    /// A person from parts; particles that are given stay as they are given.
    pub fn assembled(
        family: &str,
        given: &str,
        suffix: &str,
        particle: &str,
        dropping: &str,
    ) -> Name {
        let mut name = Name::person(family, given, suffix);
        if let Name::Person { particle: own, dropping: own_dropping, .. } = &mut name {
            *own = joined(&[particle, own]);
            *own_dropping = joined(&[own_dropping, dropping]);
        }
        name
    }

    /// `Family, Given` with particles in front, or the name as it stands.
    pub fn sorted(&self) -> String {
        match self {
            Name::Literal(name) => name.clone(),
            Name::Person { family, given, particle, dropping, suffix } => {
                let family = joined(&[particle, family]);
                let given = joined(&[given, dropping]);
                let parts = [family, given, suffix.clone()];
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// The name as CSL-JSON.
    pub fn to_csl_json(&self) -> Json {
        let (family, given, particle, dropping, suffix) = match self {
            Name::Literal(name) => return json!({ "literal": name }),
            Name::Person { family, given, particle, dropping, suffix } => {
                (family, given, particle, dropping, suffix)
            }
        };
        let parts = [
            ("family", family),
            ("given", given),
            ("non-dropping-particle", particle),
            ("dropping-particle", dropping),
            ("suffix", suffix),
        ];
        let present = parts.into_iter().filter(|(_, value)| !value.is_empty());
        Json::Object(
            present.map(|(key, value)| (key.to_string(), json!(value))).collect::<Map<_, _>>(),
        )
    }
}

/// Words with single spaces between them, empty ones left out.
pub(super) fn joined(words: &[&str]) -> String {
    words.iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

fn is_small(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_lowercase)
}

/// `van der Berg` into `van der` and `Berg`; a name of small letters only stays whole.
fn split_particle(family: &str) -> (String, String) {
    let words: Vec<&str> = family.split_whitespace().collect();
    let small = words.iter().take_while(|word| is_small(word)).count();
    let small = if small == words.len() { 0 } else { small };
    (words[..small].join(" "), words[small..].join(" "))
}

/// `Ludwig van` into `Ludwig` and `van`.
fn split_dropping(given: &str) -> (String, String) {
    let words: Vec<&str> = given.split_whitespace().collect();
    let small = words.iter().rev().take_while(|word| is_small(word)).count();
    let split = if small == words.len() { words.len() } else { words.len() - small };
    (words[..split].join(" "), words[split..].join(" "))
}

/// Reads a list of names, or one name for a list of one.
pub(super) fn read_names(value: &Node, diagnostics: &mut Vec<Diagnostic>) -> Vec<Name> {
    diagnostics.extend(perhaps_one(value));
    value.items().iter().filter_map(|item| read_name(item, diagnostics)).collect()
}

/// `[Abdul, Aigerim]`, which YAML reads as two names: a question.
fn perhaps_one(value: &Node) -> Option<Diagnostic> {
    let [first, second] = value.items() else { return None };
    let is_word = |node: &Node| {
        let Value::Scalar { text, quoted: false } = &node.value else { return false };
        let mut chars = text.chars();
        chars.next().is_some_and(char::is_uppercase) && {
            let rest = chars.as_str();
            rest.len() > 1 && rest.chars().all(|c| c.is_lowercase() || c == '-' || c == '’')
        }
    };
    let beside = second.span.start.saturating_sub(first.span.end) <= 2;
    if !beside || !is_word(first) || !is_word(second) {
        return None;
    }
    let (a, b) = (first.as_text()?, second.as_text()?);
    let span = Span { end: second.span.end, ..first.span };
    let words = format!("check this: `{a}` and `{b}` are read as two authors with one name each");
    let mut diagnostic = Diagnostic::new(&BAD_VALUE, span, words).help(format!(
        "for one person write \"{a}, {b}\" in quotation marks; for two organisations a line each"
    ));
    diagnostic.severity = Severity::Warning;
    Some(diagnostic)
}

fn read_name(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Name> {
    match &node.value {
        Value::Scalar { text, .. } if !text.trim().is_empty() => Some(Name::parse(text.trim())),
        Value::Map(_) => read_map(node, diagnostics),
        _ => {
            diagnostics
                .push(not_a_name(node, format!("a name is a text, but this is {}", node.kind())));
            None
        }
    }
}

fn not_a_name(node: &Node, words: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&BAD_VALUE, node.span, words)
        .help("write \"Family, Given\" for a person, {org: Name} for an organisation")
}

fn read_map(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Name> {
    for (key, value) in node.pairs() {
        let name = key.as_text().unwrap_or_default();
        if !KEYS.contains(&name) {
            let words = format!("there is no part `{name}` of a name");
            let diagnostic = Diagnostic::new(&UNKNOWN_KEY, key.span, words);
            diagnostics.push(match nearest(name, KEYS.iter().copied()) {
                Some(near) => {
                    diagnostic.help(format!("did you mean `{near}`?")).fix(key.span, near)
                }
                None => diagnostic.help(format!("the parts of a name are {}", KEYS.join(", "))),
            });
        } else if value.as_text().is_none() {
            diagnostics.push(not_a_name(
                value,
                format!("`{name}` is a text, but this is {}", value.kind()),
            ));
        }
    }
    let part = |key: &str| node.get(key).and_then(Node::as_text).unwrap_or_default().trim();
    let literal = ["org", "name", "literal"].into_iter().map(part).find(|text| !text.is_empty());
    if let Some(name) = literal {
        return Some(Name::Literal(name.to_string()));
    }
    if part("family").is_empty() {
        diagnostics.push(not_a_name(node, "this name has neither `family` nor `org`"));
        return None;
    }
    let particle = joined(&[part("non-dropping-particle"), part("particle")]);
    let dropping = part("dropping-particle");
    Some(Name::assembled(part("family"), part("given"), part("suffix"), &particle, dropping))
}
