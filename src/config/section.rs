//! One table of `book.toml`: typed look-ups that report what does not fit.

use super::keys;
use super::values::{Date, path_fault, tidy_path};
use crate::diagnostic::{BAD_VALUE, Diagnostic, Severity, UNKNOWN_KEY, nearest};
use crate::source::{FileId, Span};
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What is read and what is wrong with it.
pub(super) struct Reading {
    pub file: FileId,
    pub diagnostics: Vec<Diagnostic>,
    pub spans: BTreeMap<String, Span>,
}

impl Reading {
    fn span<T>(&self, spanned: &Spanned<T>) -> Span {
        Span::new(self.file, spanned.span())
    }

    /// Reports a value that is not allowed.
    pub fn bad(&mut self, span: Span, words: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(&BAD_VALUE, span, words).help(help));
    }
}

/// One table: its dotted name and its content.
pub(super) struct Section<'t> {
    pub name: &'static str,
    pub table: Option<&'t DeTable<'t>>,
}

impl<'t> Section<'t> {
    /// The table under `key` of `parent`, by its dotted `name`; reports a value that is no table.
    pub fn open(
        reading: &mut Reading,
        parent: &'t DeTable<'t>,
        key: &str,
        name: &'static str,
    ) -> Section<'t> {
        let value = find(parent, key);
        let table = value.and_then(|value| value.get_ref().as_table());
        if let (Some(value), None) = (value, table) {
            let words = format!("`{name}` is a table of settings, but this is {}", kind(value));
            let help = format!("write `[{name}]` on a line of its own, and its keys below it");
            reading.bad(reading.span(value), words, help);
        }
        Section { name, table }
    }

    /// The keys and values in source order.
    pub fn entries(&self) -> Vec<(&'t str, std::ops::Range<usize>, &'t Spanned<DeValue<'t>>)> {
        let mut entries: Vec<_> = self
            .table
            .iter()
            .flat_map(|table| table.iter())
            .map(|(key, value)| (key.get_ref().as_ref(), key.span(), value))
            .collect();
        entries.sort_by_key(|(_, span, _)| span.start);
        entries
    }

    fn value(&self, reading: &mut Reading, key: &str) -> Option<(&'t Spanned<DeValue<'t>>, Span)> {
        let value = find(self.table?, key)?;
        let span = reading.span(value);
        reading.spans.insert(format!("{}.{key}", self.name), span);
        Some((value, span))
    }

    /// Reports every key that is not of this table.
    pub fn report_unknown(&self, reading: &mut Reading) {
        let entries = self.entries();
        let present: Vec<&str> = entries.iter().map(|(key, ..)| *key).collect();
        for (key, range, _) in &entries {
            if !keys::known_keys(self.name).contains(key) {
                let span = Span::new(reading.file, range.clone());
                reading.diagnostics.push(unknown(self.name, key, span, &present));
            }
        }
    }

    /// A text; an empty one is reported.
    pub fn text(&self, reading: &mut Reading, key: &str) -> Option<String> {
        let (value, span) = self.value(reading, key)?;
        match value.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => Some(text.trim().to_string()),
            Some(_) => {
                let words = format!("`{}.{key}` is empty", self.name);
                reading.bad(span, words, "write the text, or remove the line");
                None
            }
            None => {
                self.misfit(reading, key, value, "a text in quotes");
                None
            }
        }
    }

    fn misfit(&self, reading: &mut Reading, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        let words = format!("`{}.{key}` is {wanted}, but this is {}", self.name, kind(value));
        let span = reading.span(value);
        reading.bad(span, words, format!("write {wanted}"));
    }

    /// A list of texts, or one text for a list of one.
    pub fn texts(&self, reading: &mut Reading, key: &str) -> Option<Vec<String>> {
        let (value, _) = self.value(reading, key)?;
        let Some(items) = value.get_ref().as_array() else {
            return self.text(reading, key).map(|text| vec![text]);
        };
        let mut texts = Vec::new();
        for item in items.iter() {
            match item.get_ref().as_str() {
                Some(text) => texts.push(text.trim().to_string()),
                None => self.misfit(reading, key, item, "a list of texts in quotes"),
            }
        }
        Some(texts)
    }

    /// `true` or `false`.
    pub fn truth(&self, reading: &mut Reading, key: &str) -> Option<bool> {
        let (value, _) = self.value(reading, key)?;
        let truth = value.get_ref().as_bool();
        if truth.is_none() {
            self.misfit(reading, key, value, "`true` or `false`");
        }
        truth
    }

    /// `true` or `false`; nothing where the value is a list.
    pub fn truth_unless_list(&self, reading: &mut Reading, key: &str) -> Option<bool> {
        let value = find(self.table?, key)?;
        match value.get_ref() {
            DeValue::Array(_) => None,
            DeValue::Boolean(_) => self.truth(reading, key),
            _ => {
                self.misfit(reading, key, value, "`true`, `false` or a list of texts in quotes");
                None
            }
        }
    }

    /// The texts of a list with their places; reports what is no text.
    pub fn list(&self, reading: &mut Reading, key: &str) -> Vec<(String, Span)> {
        let Some((value, _)) = self.value(reading, key) else { return Vec::new() };
        let mut texts = Vec::new();
        for item in value.get_ref().as_array().into_iter().flatten() {
            match item.get_ref().as_str() {
                Some(text) => texts.push((text.trim().to_string(), reading.span(item))),
                None => self.misfit(reading, key, item, "a list of texts in quotes"),
            }
        }
        texts
    }

    /// One of a few words.
    pub fn choice<T: Copy>(
        &self,
        reading: &mut Reading,
        key: &str,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        let (_, span) = self.value(reading, key)?;
        let text = self.text(reading, key)?;
        if let Some((_, choice)) = choices.iter().find(|(name, _)| *name == text) {
            return Some(*choice);
        }
        let words = format!("`{}.{key}` cannot be `{text}`", self.name);
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        reading.diagnostics.push(bad_choice(span, words, &text, &names));
        None
    }

    /// A day: `2019-11-22`, in quotes or without.
    pub fn date(&self, reading: &mut Reading, key: &str) -> Option<Date> {
        let (value, span) = self.value(reading, key)?;
        let text = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            _ => self.text(reading, key)?,
        };
        let date = Date::parse(&text);
        if date.is_none() {
            let words = format!("`{text}` is not a day");
            reading.bad(span, words, "write year, month and day: \"2019-11-22\"");
        }
        date
    }

    /// A path inside the project.
    pub fn path(&self, reading: &mut Reading, key: &str) -> Option<String> {
        let (_, span) = self.value(reading, key)?;
        let path = self.text(reading, key)?;
        let Some(fault) = path_fault(&path) else { return Some(tidy_path(&path)) };
        let help = "write a path from the folder of book.toml, with forward slashes";
        reading.bad(span, format!("`{}.{key}`: {fault}", self.name), help);
        None
    }

    /// A text that `fits`, else what is allowed.
    pub fn text_that(
        &self,
        reading: &mut Reading,
        key: &str,
        fits: impl Fn(&str) -> bool,
        allowed: &str,
        mended: impl Fn(&str) -> Option<String>,
    ) -> Option<String> {
        let (_, span) = self.value(reading, key)?;
        let text = self.text(reading, key)?;
        if fits(&text) {
            return Some(text);
        }
        let words = format!("`{}.{key}` cannot be `{text}`", self.name);
        let mut diagnostic = Diagnostic::new(&BAD_VALUE, span, words).help(allowed);
        if let Some(text) = mended(&text).filter(|text| fits(text)) {
            diagnostic = diagnostic.fix(span, format!("\"{text}\""));
        }
        reading.diagnostics.push(diagnostic);
        None
    }
}

/// The value under `key`.
pub(super) fn find<'t>(table: &'t DeTable<'t>, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
    table.iter().find(|(name, _)| name.get_ref().as_ref() == key).map(|(_, value)| value)
}

/// A word that is none of `names`, with the nearest one where it is near.
pub(super) fn bad_choice(span: Span, words: String, text: &str, names: &[&str]) -> Diagnostic {
    let list: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let help = format!("write one of {}", list.join(", "));
    let diagnostic = Diagnostic::new(&BAD_VALUE, span, words).help(help);
    let text = text.to_lowercase();
    let begun = names.iter().copied().find(|name| text.len() > 2 && name.starts_with(&text));
    match begun.or_else(|| nearest(&text, names.iter().copied())) {
        Some(near) => diagnostic.fix(span, format!("\"{near}\"")),
        None => diagnostic,
    }
}

/// A key that does not exist in `table`.
fn unknown(table: &str, key: &str, span: Span, present: &[&str]) -> Diagnostic {
    let place = if table.is_empty() { "book.toml".to_string() } else { format!("`[{table}]`") };
    let mut diagnostic =
        Diagnostic::new(&UNKNOWN_KEY, span, format!("there is no key `{key}` in {place}"));
    if let Some(words) = keys::mdbook(table, key) {
        diagnostic.severity = Severity::Hint;
        return diagnostic.help(words);
    }
    let known = keys::known_keys(table).iter().copied().filter(|known| !present.contains(known));
    if let Some(near) = nearest(&key.replace('_', "-").to_lowercase(), known) {
        return diagnostic.help(format!("did you mean `{near}`?")).fix(span, near);
    }
    if let Some(home) = keys::home(key) {
        return diagnostic.help(format!("`{key}` belongs in `[{home}]`"));
    }
    if table == "output" {
        // Another program may read this file too.
        diagnostic.severity = Severity::Hint;
    }
    let known: Vec<String> =
        keys::known_keys(table).iter().map(|known| format!("`{known}`")).collect();
    diagnostic.help(format!("the keys here are {}", known.join(", ")))
}

/// What a value is, in an author's words.
fn kind(value: &Spanned<DeValue<'_>>) -> &'static str {
    match value.get_ref() {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
