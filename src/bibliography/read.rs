//! `citations.yaml` into entries.

use super::date::{EntryDate, FORMS, guess};
use super::fields::{CSL_TYPES, Field, TYPE_ALIASES, csl_type, field, field_names};
use super::name::read_names;
use super::url::{Fault, bare_doi, safe};
use super::{Archived, Bibliography, Entry, check, csl_json};
use crate::config::{Placed, is_language_tag};
use crate::diagnostic::{
    BAD_DATE, BAD_VALUE, DUPLICATE_SOURCE, Diagnostic, UNKNOWN_KEY, UNSAFE_URL, nearest,
};
use crate::source::{FileId, Sources, Span};
use crate::yaml::{self, Node, Value};
use std::collections::BTreeMap;

/// Reads `citations.yaml`; `language` is the report's, in which titles need no `language`.
pub fn read(
    sources: &Sources,
    file: FileId,
    language: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Bibliography {
    let mut bibliography = Bibliography { file: Some(file), ..Bibliography::default() };
    let length = sources.file(file).text.len();
    let (root, syntax) = yaml::parse(sources, file, 0..length);
    let broken: Vec<Span> = syntax.iter().map(|found| found.span).collect();
    diagnostics.extend(syntax);
    let Some(root) = root.filter(|root| !root.is_null()) else { return bibliography };
    let Value::Map(pairs) = &root.value else {
        diagnostics.push(not_a_map(&root));
        return bibliography;
    };
    report_duplicates(&root, diagnostics);
    for (index, (key, value)) in pairs.iter().enumerate() {
        let mut reader = Reader { diagnostics };
        let Some(entry) = reader.entry(key, value) else { continue };
        // What a mistake in YAML has cost an entry is not held against it a second time.
        let end = pairs.get(index + 1).map_or(length, |(next, _)| next.span.start);
        let whole = !broken.iter().any(|span| (key.span.start..end).contains(&span.start));
        let (key, entry) = (entry.key.clone(), entry);
        if bibliography.add(entry)
            && whole
            && let Some(entry) = bibliography.get(&key)
        {
            check::entry(entry, language, diagnostics);
        }
    }
    check::duplicate_works(&bibliography, diagnostics);
    bibliography
}

fn not_a_map(root: &Node) -> Diagnostic {
    let words = format!("a bibliography holds a key for each source, but this is {}", root.kind());
    Diagnostic::new(&BAD_VALUE, root.span, words)
        .help("write `key:` for each source and its fields indented below, or `rapporteur import` a bibliography of another form")
}

fn report_duplicates(root: &Node, diagnostics: &mut Vec<Diagnostic>) {
    for (first, later) in root.duplicate_keys() {
        let key = later.as_text().unwrap_or_default();
        diagnostics.push(
            Diagnostic::new(
                &DUPLICATE_SOURCE,
                later.span,
                format!("the key `{key}` names two sources"),
            )
            .label(first.span, "first used here")
            .help("give one of them another key; until then the first is cited"),
        );
    }
    yaml::report_duplicates_below(root, diagnostics);
}

struct Reader<'d> {
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn bad(&mut self, span: Span, words: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(&BAD_VALUE, span, words).help(help));
    }

    /// Reads one entry; none where the key is no key.
    fn entry(&mut self, key: &Node, value: &Node) -> Option<Entry> {
        let Some(name) = key.as_text().filter(|name| is_key(name)) else {
            let help = "a key holds letters, digits, `-`, `_`, `.` and `:`, and begins with a letter or digit";
            self.bad(key.span, "this key cannot be cited", help);
            return None;
        };
        let mut entry = empty_entry(name, key.span, value);
        if value.as_map().is_none() && !value.is_null() {
            let words = format!("a source holds fields, but this is {}", value.kind());
            self.bad(
                value.span,
                words,
                "write `title: …` and the other fields indented below the key",
            );
        }
        let mut given = BTreeMap::new();
        for (key, value) in value.pairs() {
            let name = key.as_text().unwrap_or_default();
            let Some(field) = field(name) else {
                self.unknown(key, name, value);
                continue;
            };
            if !self.is_second(&mut given, field, key, name) && !value.is_null() {
                self.field(&mut entry, field, name, value);
            }
        }
        if entry.kind.is_empty() {
            entry.kind = "document";
        }
        Some(entry)
    }

    /// Reports a field that says the same as an earlier one under another name.
    fn is_second<'n>(
        &mut self,
        given: &mut BTreeMap<String, (&'n str, Span)>,
        field: Field,
        key: &'n Node,
        name: &'n str,
    ) -> bool {
        let variable = format!("{field:?}");
        let Some((first, span)) = given.get(&variable) else {
            given.insert(variable, (name, key.span));
            return false;
        };
        if *first != name {
            let words = format!("`{name}` and `{first}` are the same field");
            self.diagnostics.push(
                Diagnostic::new(&BAD_VALUE, key.span, words)
                    .label(*span, "given here already")
                    .help("keep one of the two"),
            );
        }
        true
    }

    fn unknown(&mut self, key: &Node, name: &str, value: &Node) {
        let names = field_names();
        let diagnostic = Diagnostic::new(
            &UNKNOWN_KEY,
            key.span,
            format!("there is no field `{name}` of a source"),
        );
        let near =
            nearest(&name.replace('_', "-").to_lowercase(), names.iter().map(String::as_str));
        self.diagnostics.push(match near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")).fix(key.span, near),
            None if value.as_text().is_some() => diagnostic
                .help("a CSL variable that has no field goes under `csl:`, a remark into `note:`"),
            None => diagnostic.help("a CSL variable that has no field goes under `csl:`"),
        });
    }

    fn field(&mut self, entry: &mut Entry, field: Field, name: &str, value: &Node) {
        match field {
            Field::Type => self.kind(entry, value),
            Field::TitleTranslated => entry.title_translated = self.text(name, value),
            Field::Archived => entry.archived = self.archived(value),
            Field::Csl => self.csl(entry, value),
            Field::Names(role) => {
                let names = read_names(value, self.diagnostics);
                entry.names.insert(role, names);
            }
            Field::Date(variable) => {
                if let Some(date) = self.date(value) {
                    entry.dates.insert(variable, Placed { value: date, span: value.span });
                }
            }
            Field::Text(variable) => {
                if let Some(text) = self.variable(variable, name, value) {
                    entry.texts.insert(variable, Placed { value: text, span: value.span });
                }
            }
        }
    }

    fn kind(&mut self, entry: &mut Entry, value: &Node) {
        let Some(written) = self.text("type", value) else { return };
        entry.kind = csl_type(&written).unwrap_or_default();
        if entry.kind.is_empty() {
            let names: Vec<&str> = TYPE_ALIASES
                .iter()
                .map(|(alias, _)| *alias)
                .chain(CSL_TYPES.iter().copied())
                .collect();
            let words = format!("there is no type `{written}`");
            let diagnostic = Diagnostic::new(&BAD_VALUE, value.span, words);
            self.diagnostics.push(match nearest(&written.to_lowercase(), names.iter().copied()) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")).fix(value.span, near),
                None => diagnostic
                    .help("write news, web, report, un-document, law, case, post, interview, book, chapter, article-journal or another CSL type"),
            });
        }
        entry.written_kind = written;
    }

    /// One text; numbers are taken as they are typed.
    fn text(&mut self, name: &str, value: &Node) -> Option<String> {
        match value.as_text() {
            Some(text) => Some(one_line(text)).filter(|text| !text.is_empty()),
            None => {
                let words = format!("`{name}` is a text, but this is {}", value.kind());
                self.bad(value.span, words, "put a text that begins with `[` or `{` in quotes");
                None
            }
        }
    }

    fn variable(&mut self, variable: &str, name: &str, value: &Node) -> Option<String> {
        if let ("keyword", Some(words)) = (variable, value.as_list()) {
            let words: Vec<String> =
                words.iter().filter_map(|word| self.text(name, word)).collect();
            return Some(words.join(", "));
        }
        let text = self.text(name, value)?;
        match variable {
            "URL" => self.url(&text, value),
            "DOI" => self.doi(&text, value),
            "language" => self.language(&text, value),
            _ => Some(text),
        }
    }

    fn url(&mut self, text: &str, value: &Node) -> Option<String> {
        let fault = match safe(text) {
            Ok(url) => return Some(url),
            Err(fault) => fault,
        };
        let diagnostic = match fault {
            Fault::Scheme => {
                let scheme = text.split(':').next().unwrap_or_default();
                let words =
                    format!("an address that begins with `{scheme}:` is not safe to follow");
                Diagnostic::new(&UNSAFE_URL, value.span, words)
                    .help("write an address that begins with https://, http:// or doi:")
            }
            Fault::NoScheme => {
                let found = Diagnostic::new(
                    &BAD_VALUE,
                    value.span,
                    "the address has no `https://` before it",
                )
                .help("write the whole address, as a browser shows it");
                let whole = format!("https://{text}");
                if safe(&whole).is_ok() && text.contains('.') {
                    found.fix(value.span, whole)
                } else {
                    found
                }
            }
            Fault::Form => Diagnostic::new(&BAD_VALUE, value.span, "this is not an address")
                .help("write the whole address without spaces: https://example.org/page"),
        };
        self.diagnostics.push(diagnostic);
        None
    }

    fn doi(&mut self, text: &str, value: &Node) -> Option<String> {
        let doi = bare_doi(text).map(str::to_string);
        if doi.is_none() {
            let help = "a DOI begins with 10. and has a slash: 10.1080/02634937.2019.1234567";
            self.bad(value.span, format!("`{text}` is not a DOI"), help);
        }
        doi
    }

    fn language(&mut self, text: &str, value: &Node) -> Option<String> {
        if is_language_tag(text) && text.split('-').next().is_some_and(|part| part.len() <= 3) {
            return Some(text.to_string());
        }
        let words = format!("`{text}` is not a language tag");
        let diagnostic = Diagnostic::new(&BAD_VALUE, value.span, words)
            .help("write a BCP 47 language tag: en, ru, kk, fr");
        let tag = language_by_name(text).or_else(|| {
            Some(text.replace('_', "-")).filter(|tag| text.contains('_') && is_language_tag(tag))
        });
        self.diagnostics.push(match &tag {
            Some(tag) => diagnostic.fix(value.span, tag.clone()),
            None => diagnostic,
        });
        tag
    }

    fn date(&mut self, value: &Node) -> Option<EntryDate> {
        let text = value.as_text().unwrap_or_default().trim();
        let date = EntryDate::parse(text);
        if date.is_some() {
            return date;
        }
        let words = match value.as_text() {
            Some(_) => format!("`{text}` is not a date"),
            None => format!("a date is a text, but this is {}", value.kind()),
        };
        let undated = matches!(
            text.to_lowercase().trim_end_matches('.'),
            "n.d" | "nd" | "undated" | "unknown"
        );
        let help = if undated { "leave the field out where no date is known" } else { FORMS };
        let diagnostic = Diagnostic::new(&BAD_DATE, value.span, words).help(help);
        let guess = guess(text);
        self.diagnostics.push(match guess {
            Some(date) => diagnostic.fix(value.span, date.to_string()),
            None => diagnostic,
        });
        guess
    }

    /// `archived: {url, date}`, or the address alone.
    fn archived(&mut self, value: &Node) -> Option<Archived> {
        if value.as_text().is_some() {
            let text = self.text("archived", value)?;
            let url = self.url(&text, value)?;
            return Some(Archived { url, date: None, span: value.span });
        }
        for (key, _) in value.pairs() {
            let name = key.as_text().unwrap_or_default();
            if !matches!(name, "url" | "date") {
                let words = format!("there is no field `{name}` of an archived copy");
                self.diagnostics.push(
                    Diagnostic::new(&UNKNOWN_KEY, key.span, words)
                        .help("its fields are `url` and `date`"),
                );
            }
        }
        let date = value.get("date").and_then(|date| self.date(date));
        let Some(node) = value.get("url").filter(|url| !url.is_null()) else {
            self.bad(
                value.span,
                "this archived copy has no address",
                "write `archived: {url: …, date: …}`",
            );
            return None;
        };
        let text = self.text("url", node)?;
        let url = self.url(&text, node)?;
        Some(Archived { url, date, span: value.span })
    }

    /// Whatever stands under `csl`, in the form of CSL-JSON.
    fn csl(&mut self, entry: &mut Entry, value: &Node) {
        if value.as_map().is_none() {
            let words = format!("`csl` holds CSL variables, but this is {}", value.kind());
            self.bad(value.span, words, "write `csl: {variable: value}`");
        }
        for (key, value) in value.pairs() {
            let Some(name) = key.as_text() else { continue };
            let json = match field(name).filter(|_| value.as_map().is_none()) {
                Some(Field::Date(_)) if value.as_text().is_some() => {
                    self.date(value).map(|date| csl_json::date(&date))
                }
                Some(Field::Names(_)) => {
                    let names = read_names(value, self.diagnostics);
                    Some(names.iter().map(super::Name::to_csl_json).collect())
                }
                Some(Field::Text("URL")) => {
                    let text = self.text(name, value);
                    text.and_then(|text| self.url(&text, value)).map(Into::into)
                }
                _ => Some(csl_json::any(value)),
            };
            if let Some(json) = json {
                entry.extra.insert(name.to_string(), json);
            }
        }
    }
}

fn empty_entry(key: &str, key_span: Span, value: &Node) -> Entry {
    Entry {
        key: key.to_string(),
        key_span,
        span: key_span.to(value.span),
        kind: "",
        written_kind: String::new(),
        texts: BTreeMap::new(),
        names: BTreeMap::new(),
        dates: BTreeMap::new(),
        title_translated: None,
        archived: None,
        extra: serde_json::Map::new(),
    }
}

/// Whether Pandoc's syntax can cite `key`.
fn is_key(key: &str) -> bool {
    let edge = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    edge(key.chars().next())
        && edge(key.chars().next_back())
        && key.chars().all(|c| c.is_alphanumeric() || "_-.:#$%&+?<>~/".contains(c))
}

/// A text on one line with single spaces.
fn one_line(text: &str) -> String {
    match text.contains(['\n', '\r', '\t']) {
        true => text.split_whitespace().collect::<Vec<_>>().join(" "),
        false => text.trim().to_string(),
    }
}

fn language_by_name(name: &str) -> Option<String> {
    let tag = match name.to_lowercase().as_str() {
        "arabic" => "ar",
        "chinese" => "zh",
        "english" => "en",
        "french" | "français" => "fr",
        "german" | "deutsch" => "de",
        "kazakh" | "қазақ" | "қазақша" => "kk",
        "kyrgyz" => "ky",
        "russian" | "русский" => "ru",
        "spanish" | "español" => "es",
        "turkish" => "tr",
        "ukrainian" => "uk",
        "uzbek" => "uz",
        _ => return None,
    };
    Some(tag.to_string())
}
