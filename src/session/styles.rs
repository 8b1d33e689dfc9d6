//! The citation styles that a report asks for, and what is said where they cannot be used.

use crate::config::{Config, Scope};
use crate::csl::{Style, StyleError, StyleSource};
use crate::diagnostic::{Diagnostic, Severity, Sink, UNKNOWN_LANGUAGE, UNKNOWN_STYLE};
use crate::report::Report;
use crate::source::{FileId, Sources, Span};
use std::collections::BTreeMap;

/// The style that is set, else the default one; a style that cannot be used is an error.
pub(super) fn load(sources: &Sources, config: &Config, found: &mut Vec<Diagnostic>) -> Style {
    let name = config.citations.style.as_str();
    let file = sources.find(name);
    let source = match file {
        Some(file) => StyleSource::Xml(&sources.file(file).text),
        None => StyleSource::Builtin(name),
    };
    match Style::load(source, &config.book.language) {
        Ok(style) => return style,
        Err(error) => found.push(fault(sources, config, &error, file)),
    }
    for language in [config.book.language.as_str(), "en-GB"] {
        if let Ok(style) = Style::load(StyleSource::Builtin("policy-report-notes"), language) {
            return style;
        }
    }
    unreachable!("the default style is built in and loads: a test reads it")
}

/// The style in the languages of chapters that are in another one than the report, where each
/// chapter is set by itself. A language without words and terms is told of at its chapter.
pub(super) fn of_chapters(
    sources: &Sources,
    config: &Config,
    style: &Style,
    report: &Report,
    sink: &mut Sink,
) -> BTreeMap<String, Style> {
    let alone = style.is_note() && config.citations.scope == Scope::Chapter;
    let name = config.citations.style.as_str();
    let source = match sources.find(name) {
        Some(file) => StyleSource::Xml(&sources.file(file).text),
        None => StyleSource::Builtin(name),
    };
    let mut styles = BTreeMap::new();
    for chapter in &report.chapters {
        let language = &chapter.language;
        let Some(lang) = &chapter.unit.front.lang else { continue };
        if !Style::speaks(language) {
            let words = format!("there are no citation terms for `{language}` yet");
            let mut fault = Diagnostic::new(&UNKNOWN_LANGUAGE, lang.span, words)
                .help("the notes of this chapter are set in the language of the report");
            fault.severity = Severity::Warning;
            sink.push(fault);
        } else if alone && !style.is_in(language) && !styles.contains_key(language) {
            let loaded = Style::load(source, language);
            styles.extend(loaded.ok().map(|style| (language.clone(), style)));
        }
    }
    styles
}

fn fault(
    sources: &Sources,
    config: &Config,
    error: &StyleError,
    file: Option<FileId>,
) -> Diagnostic {
    if let StyleError::UnknownLocale { known, .. } = error {
        let span = setting(sources, config, "book.language");
        return Diagnostic::new(&UNKNOWN_LANGUAGE, span, error.to_string())
            .help(format!("set `language` to one of {}", known.join(", ")));
    }
    let span = match (error, file) {
        (StyleError::Xml { place: Some((line, column)), .. }, Some(file)) => {
            let range = sources.file(file).line_range(*line);
            let at = (range.start + column - 1).min(range.end);
            Span::new(file, at..at)
        }
        _ => setting(sources, config, "citations.style"),
    };
    let name = &config.citations.style;
    let names = Style::builtin_names().join(", ");
    let (message, help) = match error {
        StyleError::Dependent { parent, .. } if Style::builtin_names().contains(&&**parent) => {
            (error.to_string(), format!("set `style` to \"{parent}\", which is built in"))
        }
        StyleError::Dependent { link, .. } => (
            error.to_string(),
            format!("save the style from {link} into the project and set `style` to its path"),
        ),
        StyleError::UnknownStyle { .. } if name.starts_with("http") => (
            "a style cannot be fetched from an address".to_owned(),
            "save the file into the project and set `style` to its path".to_owned(),
        ),
        StyleError::UnknownStyle { .. } if name.ends_with(".csl") => (
            format!("there is no style file `{name}` in the project"),
            format!("put the file there, or set `style` to one of {names}"),
        ),
        StyleError::Xml { .. } if file.is_some() => (
            error.to_string(),
            format!("mend the style or save it anew from its source, or take one of {names}"),
        ),
        _ => (
            error.to_string(),
            format!("set `style` to one of {names}, or to the path of a .csl file"),
        ),
    };
    Diagnostic::new(&UNKNOWN_STYLE, span, message).help(help)
}

/// The place that a setting is blamed at: its value, else the head of `book.toml`.
fn setting(sources: &Sources, config: &Config, key: &str) -> Span {
    let file = config.file.or_else(|| sources.files().next().map(|(id, _)| id));
    config.span(key).unwrap_or(Span::new(file.unwrap_or(FileId(0)), 0..0))
}
