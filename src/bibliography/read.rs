//! `citations.yaml` into entries.

use super::fields::{CSL_TYPES, Field, TYPE_ALIASES, csl_type, field, field_names};
use super::name::read_names;
use super::variables::Variables;
use super::{Bibliography, Entry, check};
use crate::config::Placed;
use crate::diagnostic::{BAD_VALUE, DUPLICATE_SOURCE, Diagnostic, Severity, UNKNOWN_KEY, nearest};
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
        let before = diagnostics.len();
        let Some(entry) = Reader { diagnostics }.entry(key, value) else { continue };
        report_cut_texts(sources, value, diagnostics);
        let has_slips = diagnostics.len() > before;
        let end = pairs.get(index + 1).map_or(length, |(next, _)| next.span.start);
        let damaged = broken.iter().any(|span| (key.span.start..end).contains(&span.start));
        let known = bibliography.get(&entry.key).is_some();
        // What a mistake has cost an entry is not held against it a second time.
        if !damaged && !known {
            check::entry(&entry, language, has_slips, diagnostics);
        }
        bibliography.add(entry);
    }
    bibliography.entries.shrink_to_fit();
    check::duplicate_works(&bibliography, diagnostics);
    bibliography
}

fn not_a_map(root: &Node) -> Diagnostic {
    let words = format!("a bibliography holds a key for each source, but this is {}", root.kind());
    Diagnostic::new(&BAD_VALUE, root.span, words)
        .help("write `key:` for each source and its fields indented below, or `rapporteur import` a bibliography of another form")
}

/// Reports texts without quotes that YAML cuts at ` #`: “Report #5” would be “Report”.
fn report_cut_texts(sources: &Sources, entry: &Node, diagnostics: &mut Vec<Diagnostic>) {
    for (_, value) in entry.pairs() {
        let Value::Scalar { quoted: false, .. } = &value.value else { continue };
        let text = &sources.file(value.span.file).text[value.span.end..];
        let rest = text.lines().next().unwrap_or_default().trim_end();
        let cut = rest.trim_start_matches([' ', '\t']);
        let follows =
            cut.strip_prefix('#').is_some_and(|word| word.starts_with(char::is_alphanumeric));
        if follows && cut.len() < rest.len() {
            let from = value.span.end + rest.len() - cut.len();
            let span = Span::new(value.span.file, from..from + cut.len());
            let words = "what follows ` #` is a comment to YAML: the text ends before it";
            let mut found = Diagnostic::new(&BAD_VALUE, span, words)
                .help("put the whole text in quotes, or a space behind `#` if it is a remark");
            found.severity = Severity::Warning;
            diagnostics.push(found);
        }
    }
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

pub(super) struct Reader<'d> {
    pub diagnostics: &'d mut Vec<Diagnostic>,
}

impl Reader<'_> {
    pub(super) fn bad(&mut self, span: Span, words: impl Into<String>, help: impl Into<String>) {
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
        given: &mut BTreeMap<Field, (&'n str, Span)>,
        field: Field,
        key: &'n Node,
        name: &'n str,
    ) -> bool {
        let Some((first, span)) = given.get(&field) else {
            given.insert(field, (name, key.span));
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
}

fn empty_entry(key: &str, key_span: Span, value: &Node) -> Entry {
    Entry {
        key: key.to_string(),
        key_span,
        span: key_span.to(value.span),
        kind: "",
        written_kind: String::new(),
        texts: Variables::default(),
        names: Variables::default(),
        dates: Variables::default(),
        title_translated: None,
        archived: None,
        extra: serde_json::Map::new(),
    }
}

/// Whether Pandoc's syntax can cite `key`.
pub(crate) fn is_key(key: &str) -> bool {
    let edge = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    edge(key.chars().next())
        && edge(key.chars().next_back())
        && key.chars().all(|c| c.is_alphanumeric() || "_-.:#$%&+?<>~/".contains(c))
}
