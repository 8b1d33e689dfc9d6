//! The values of fields: texts, addresses, languages, dates, archived copies, free CSL.

use super::date::{EntryDate, FORMS, guess};
use super::fields::{Field, field, field_names};
use super::name::read_names;
use super::read::Reader;
use super::url::{Fault, bare_doi, safe};
use super::{Archived, Entry, Name, csl_json};
use crate::config::{is_language_tag, language_by_name};
use crate::diagnostic::{
    BAD_DATE, BAD_VALUE, Diagnostic, Severity, UNKNOWN_KEY, UNSAFE_URL, nearest,
};
use crate::yaml::Node;

impl Reader<'_> {
    /// One text; numbers are taken as they are typed.
    pub(super) fn text(&mut self, name: &str, value: &Node) -> Option<String> {
        match value.as_text() {
            Some(text) => Some(one_line(text)).filter(|text| !text.is_empty()),
            None => {
                let words = format!("`{name}` is a text, but this is {}", value.kind());
                self.bad(value.span, words, "put a text that begins with `[` or `{` in quotes");
                None
            }
        }
    }

    pub(super) fn variable(&mut self, variable: &str, name: &str, value: &Node) -> Option<String> {
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
        match safe(text) {
            Ok(url) => Some(url),
            Err(fault) => {
                self.diagnostics.push(bad_url(fault, text, value));
                None
            }
        }
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
        let tag = language_of_state(text);
        if tag.is_none() && is_language_tag(text) {
            return Some(text.to_string());
        }
        let words = match tag {
            Some(_) => format!("`{text}` names a State, not a language"),
            None => format!("`{text}` is not a language tag"),
        };
        let diagnostic = Diagnostic::new(&BAD_VALUE, value.span, words)
            .help("write a BCP 47 language tag: en, ru, kk, fr");
        let tag = tag.map(str::to_string).or_else(|| language_by_name(text));
        self.diagnostics.push(match &tag {
            Some(tag) => diagnostic.fix(value.span, tag.clone()),
            None => diagnostic,
        });
        tag
    }

    pub(super) fn date(&mut self, value: &Node) -> Option<EntryDate> {
        let text = value.as_text().unwrap_or_default().trim();
        let date = EntryDate::parse(text);
        if date.is_some() {
            return date;
        }
        let words = match value.as_text() {
            Some(_) => match date_fault(text) {
                Some(fault) => format!("`{text}` is not a date: {fault}"),
                None => format!("`{text}` is not a date"),
            },
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
    pub(super) fn archived(&mut self, value: &Node) -> Option<Archived> {
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

    /// Reports a name under `csl` that looks like a slip; what an import could not place stays there
    /// under names of its own.
    fn known_variable(&mut self, key: &Node, name: &str) {
        const FURTHER: [&str; 6] =
            ["id", "type", "citation-key", "year-suffix", "citation-label", "event"];
        if FURTHER.contains(&name) || field(name).is_some() {
            return;
        }
        let names = field_names();
        let near = nearest(&name.replace('_', "-"), names.iter().map(String::as_str));
        let Some(near) = near else { return };
        let words = format!("CSL has no variable `{name}`");
        let mut found = Diagnostic::new(&UNKNOWN_KEY, key.span, words)
            .help(format!("did you mean `{near}`?"))
            .fix(key.span, near);
        found.severity = Severity::Warning;
        self.diagnostics.push(found);
    }

    /// Whatever stands under `csl`, in the form of CSL-JSON.
    pub(super) fn csl(&mut self, entry: &mut Entry, value: &Node) {
        if value.as_map().is_none() {
            let words = format!("`csl` holds CSL variables, but this is {}", value.kind());
            self.bad(value.span, words, "write `csl: {variable: value}`");
        }
        for (key, value) in value.pairs() {
            let Some(name) = key.as_text() else { continue };
            self.known_variable(key, name);
            let json = match field(name).filter(|_| value.as_map().is_none()) {
                Some(Field::Date(_)) if value.as_text().is_some() => {
                    self.date(value).map(|date| csl_json::date(&date))
                }
                Some(Field::Names(_)) => {
                    let names = read_names(value, self.diagnostics);
                    Some(names.iter().map(Name::to_csl_json).collect())
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

/// The tag of a language that is written as a tag, as a State's code or by its name.
pub(crate) fn language_tag(text: &str) -> Option<String> {
    let state = language_of_state(text).map(str::to_string);
    let tag = || is_language_tag(text).then(|| text.to_string());
    state.or_else(tag).or_else(|| language_by_name(text))
}

/// The language of a State whose code is no language's, but looks like one.
fn language_of_state(tag: &str) -> Option<&'static str> {
    let states = [("kz", "kk"), ("ua", "uk"), ("jp", "ja"), ("cn", "zh"), ("en-uk", "en-GB")];
    let tag = tag.to_ascii_lowercase().replace('_', "-");
    states.iter().find(|(state, _)| *state == tag).map(|(_, language)| *language)
}

/// What cannot be a date, in words, where that can be told.
fn date_fault(text: &str) -> Option<String> {
    if let Some((start, end)) = text.split_once('/') {
        let (start, end) = (EntryDate::parse(start)?, EntryDate::parse(end)?);
        return (start >= end).then(|| "the range ends before it begins".to_owned());
    }
    let number = |part: &str| (part.len() % 2 == 0).then(|| part.parse().ok())?;
    let parts: Option<Vec<u32>> = text.split('-').map(number).collect();
    match parts?[..] {
        [_, month] | [_, month, _] if !(1..=12).contains(&month) => {
            Some(format!("there is no month {month}"))
        }
        [year, month, day] if year > 999 => Some(format!("{year}-{month:02} has no day {day}")),
        _ => None,
    }
}

/// A text on one line with single spaces.
pub(crate) fn one_line(text: &str) -> String {
    match text.contains(['\n', '\r', '\t']) {
        true => text.split_whitespace().collect::<Vec<_>>().join(" "),
        false => text.trim().to_string(),
    }
}

fn bad_url(fault: Fault, text: &str, value: &Node) -> Diagnostic {
    match fault {
        Fault::Scheme => {
            let scheme: String = text.chars().take_while(|c| *c != ':').collect();
            let plain = scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
            let words = match plain {
                true => format!("an address that begins with `{scheme}:` is not safe to follow"),
                false => "this address hides a scheme that is not safe to follow".to_owned(),
            };
            Diagnostic::new(&UNSAFE_URL, value.span, words)
                .help("write an address that begins with https://, http:// or doi:")
        }
        Fault::NoScheme => {
            let words = "the address has no `https://` before it";
            let found = Diagnostic::new(&BAD_VALUE, value.span, words)
                .help("write the whole address, as a browser shows it");
            let whole = format!("https://{text}");
            let certain = text.contains('.') && safe(&whole).is_ok();
            if certain { found.fix(value.span, whole) } else { found }
        }
        Fault::Form => Diagnostic::new(&BAD_VALUE, value.span, "this is not an address")
            .help("write the whole address without spaces: https://example.org/page"),
    }
}
