//! Front matter: the YAML between `---` lines at the head of a chapter.

use super::keys::{FRONT_MATTER, SERIES};
use super::values::{Date, is_language_tag, language_by_name, path_fault};
use crate::diagnostic::{BAD_VALUE, BAD_YAML, Diagnostic, UNKNOWN_KEY, nearest};
use crate::source::{FileId, Sources, Span};
use crate::yaml::{self, Node, Value};
use std::collections::BTreeMap;
use std::ops::Range;

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// What a chapter says of itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FrontMatter {
    /// The YAML between the lines of dashes; none where the chapter has no front matter.
    pub span: Option<Span>,
    /// Title; else the first heading of the chapter.
    pub title: Option<Placed<String>>,
    /// Number as printed: `4`, `A`.
    pub number: Option<Placed<String>>,
    /// Summary, in Markdown.
    pub summary: Option<Placed<String>>,
    /// Authors of the chapter.
    pub authors: Vec<String>,
    /// Day of the chapter.
    pub date: Option<Placed<Date>>,
    /// Place among the chapters of its folder; else the file name decides.
    pub order: Option<Placed<i64>>,
    /// Last part of the chapter's address, and its name for cross-references (`@ch-SLUG`).
    pub slug: Option<Placed<String>>,
    /// Language of the chapter where it is not the report's, a BCP 47 tag.
    pub lang: Option<Placed<String>>,
    /// Whether the chapter is left out of the site.
    pub draft: bool,
    /// Earlier addresses of the chapter, from the root of the site without a slash at the front.
    pub aliases: Vec<Placed<String>>,
    /// Next number of a series ([`SERIES`]).
    pub start: BTreeMap<String, Placed<u32>>,
}

/// Where the front matter of a text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The YAML, without the lines of dashes.
    pub yaml: Option<Range<usize>>,
    /// Where the chapter itself begins.
    pub body: usize,
    /// The line of dashes that opens a front matter which is never closed.
    pub unclosed: Option<Range<usize>>,
}

/// Finds the front matter of `text`: `---`, YAML, `---` (or `...`) on lines of their own.
///
/// A first line of dashes with prose under it is a rule, not front matter.
pub fn split(text: &str) -> Split {
    let none = Split { yaml: None, body: 0, unclosed: None };
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return none };
    let start = first.len();
    let Some(key) = first_key(&text[start..]) else { return none };
    let (mut at, mut blank) = (start, None);
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            return Split { yaml: Some(start..at), body: at + line.len(), unclosed: None };
        }
        if line.trim().is_empty() && blank.is_none() {
            blank = Some(at);
        }
        at += line.len();
    }
    if !FRONT_MATTER.contains(&key) {
        return none;
    }
    let end = blank.unwrap_or(text.len());
    Split { yaml: Some(start..end), body: end, unclosed: Some(0..3) }
}

/// The key of the first line that is no comment; empty where front matter ends at once.
fn first_key(text: &str) -> Option<&str> {
    let says = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    let line = text.lines().find(says)?;
    if matches!(line.trim_end(), "---" | "...") {
        return Some("");
    }
    let (key, _) = line.split_once(':')?;
    let key = key.trim_matches(['"', '\'']);
    let begins = key.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '_');
    (begins && !key.contains(char::is_whitespace)).then_some(key)
}

/// Reads the front matter of a chapter; gives it with the offset at which the chapter begins.
pub fn front_matter(
    sources: &Sources,
    file: FileId,
    diagnostics: &mut Vec<Diagnostic>,
) -> (FrontMatter, usize) {
    let parts = split(&sources.file(file).text);
    let Some(range) = parts.yaml else { return (FrontMatter::default(), parts.body) };
    if let Some(range) = parts.unclosed {
        let words = "the front matter that opens here is never closed";
        diagnostics.push(
            Diagnostic::new(&BAD_YAML, Span::new(file, range), words)
                .help("write `---` on a line of its own after its last field"),
        );
    }
    let (node, found) = yaml::parse(sources, file, range.clone());
    diagnostics.extend(found);
    let mut reading = Reading { diagnostics };
    let mut fields = node.map(|node| reading.fields(&node)).unwrap_or_default();
    fields.span = Some(Span::new(file, range));
    (fields, parts.body)
}

struct Reading<'d> {
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Reading<'_> {
    fn bad(&mut self, span: Span, words: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(&BAD_VALUE, span, words).help(help));
    }

    fn fields(&mut self, node: &Node) -> FrontMatter {
        let mut fields = FrontMatter::default();
        let Value::Map(pairs) = &node.value else {
            let words = format!("front matter holds keys and values, but this is {}", node.kind());
            self.bad(node.span, words, "write `key: value` on each line");
            return fields;
        };
        yaml::report_duplicates(node, self.diagnostics);
        for (key, value) in pairs.iter().rev() {
            // The first of two equal keys counts, so the last one is read first.
            let name = key.as_text().unwrap_or_default();
            if !self.field(&mut fields, name, value) {
                self.unknown(key, name, FRONT_MATTER, node);
            }
        }
        fields
    }

    /// Reads one field; says whether it exists.
    fn field(&mut self, fields: &mut FrontMatter, name: &str, value: &Node) -> bool {
        match name {
            _ if value.is_null() && FRONT_MATTER.contains(&name) => {}
            "title" => fields.title = self.text(name, value),
            "number" => fields.number = self.text(name, value),
            "summary" => fields.summary = self.text(name, value),
            "authors" => fields.authors = self.texts(name, value),
            "date" => fields.date = self.date(value),
            "order" => fields.order = self.order(value),
            "slug" => fields.slug = self.slug(value),
            "lang" => fields.lang = self.language(value),
            "draft" => fields.draft = self.truth(value),
            "aliases" => fields.aliases = self.aliases(value),
            "start" => fields.start = self.start(value),
            _ => return false,
        }
        true
    }

    fn unknown(&mut self, key: &Node, name: &str, known: &[&str], map: &Node) {
        let words = format!("there is no field `{name}` here");
        let diagnostic = Diagnostic::new(&UNKNOWN_KEY, key.span, words);
        let free = known.iter().copied().filter(|known| map.get(known).is_none());
        self.diagnostics.push(match nearest(&name.to_lowercase(), free) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")).fix(key.span, near),
            None => diagnostic.help(format!("the fields are {}", known.join(", "))),
        });
    }

    fn text(&mut self, name: &str, value: &Node) -> Option<Placed<String>> {
        let Some(text) = value.as_text() else {
            let words = format!("`{name}` is a text, but this is {}", value.kind());
            self.bad(value.span, words, "write one text, in quotes if it holds `[`, `{` or `: `");
            return None;
        };
        Some(Placed { value: text.trim().to_string(), span: value.span })
    }

    fn texts(&mut self, name: &str, value: &Node) -> Vec<String> {
        let texts = value.items().iter().filter_map(|item| self.text(name, item));
        texts.map(|text| text.value).collect()
    }

    fn date(&mut self, value: &Node) -> Option<Placed<Date>> {
        let text = self.text("date", value)?;
        let date = Date::parse(&text.value);
        if date.is_none() {
            let words = format!("`{}` is not a day", text.value);
            self.bad(value.span, words, "write year, month and day: 2019-11-22");
        }
        date.map(|value| Placed { value, span: text.span })
    }

    fn order(&mut self, value: &Node) -> Option<Placed<i64>> {
        let text = self.text("order", value)?;
        let order = text.value.parse().ok();
        if order.is_none() {
            let words = format!("`order` is a whole number, not `{}`", text.value);
            self.bad(
                value.span,
                words,
                "write a number: chapters stand in the order of their numbers",
            );
        }
        order.map(|value| Placed { value, span: text.span })
    }

    fn slug(&mut self, value: &Node) -> Option<Placed<String>> {
        let text = self.text("slug", value)?;
        let allowed = |c: char| c.is_alphanumeric() && !c.is_uppercase() || c == '-' || c == '_';
        if !text.value.is_empty() && text.value.chars().all(allowed) {
            return Some(text);
        }
        let words = format!("`{}` cannot be part of an address", text.value);
        self.bad(value.span, words, "write small letters, digits and hyphens only");
        None
    }

    fn language(&mut self, value: &Node) -> Option<Placed<String>> {
        let text = self.text("lang", value)?;
        if is_language_tag(&text.value) {
            return Some(text);
        }
        let words = format!("`{}` is not a language tag", text.value);
        let diagnostic = Diagnostic::new(&BAD_VALUE, value.span, words)
            .help("write a BCP 47 language tag: en-GB, ru, kk");
        self.diagnostics.push(match language_by_name(&text.value) {
            Some(tag) => diagnostic.fix(value.span, tag),
            None => diagnostic,
        });
        None
    }

    fn truth(&mut self, value: &Node) -> bool {
        match value.as_text() {
            Some("true") => true,
            Some("false") => false,
            _ => {
                self.bad(value.span, "`draft` is `true` or `false`", "write `draft: true`");
                // An author who wrote the field meant to hold the chapter back.
                true
            }
        }
    }

    fn aliases(&mut self, value: &Node) -> Vec<Placed<String>> {
        let mut aliases = Vec::new();
        for item in value.items() {
            let Some(mut text) = self.text("aliases", item) else { continue };
            text.value = text.value.trim_start_matches('/').to_string();
            match path_fault(&text.value) {
                Some(fault) => {
                    let help = "write an earlier address from the root of the site: old/chapter/";
                    self.bad(item.span, fault.replace("project", "site"), help);
                }
                None => aliases.push(text),
            }
        }
        aliases
    }

    fn start(&mut self, value: &Node) -> BTreeMap<String, Placed<u32>> {
        let mut start = BTreeMap::new();
        if value.as_map().is_none() {
            let words =
                format!("`start` holds a number for each series, but this is {}", value.kind());
            self.bad(value.span, words, "write `start: {note: 97, box: 2}`");
        }
        for (key, number) in value.pairs() {
            let series = key.as_text().unwrap_or_default();
            if !SERIES.contains(&series) {
                self.unknown(key, series, SERIES, value);
                continue;
            }
            match number
                .as_text()
                .and_then(|text| text.parse().ok())
                .filter(|n| (1..=1_000_000).contains(n))
            {
                Some(first) => {
                    let first = Placed { value: first, span: number.span };
                    start.entry(series.to_string()).or_insert(first);
                }
                None => {
                    let words = format!("the first number of `{series}` is a whole number from 1");
                    self.bad(number.span, words, "write the number that comes next: 97");
                }
            }
        }
        start
    }
}
