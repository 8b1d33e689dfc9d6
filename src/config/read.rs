//! `book.toml` into [`Config`].

use super::section::{Reading, Section, bad_choice};
use super::values::{is_language_tag, language_by_name};
use super::{
    Book, Build, Citations, Config, Html, Law, Markdown, Notes, RawHtml, SOURCE_GROUPS, Scope,
};
use crate::diagnostic::{
    BAD_TOML, CODES, Diagnostic, Level, Levels, Severity, UNKNOWN_KEY, nearest,
};
use crate::source::{FileId, Sources, Span};
use std::collections::HashSet;
use toml::de::DeTable;

/// Reads `book.toml`; without a file all settings stand at their defaults.
pub fn read(sources: &Sources, file: Option<FileId>, diagnostics: &mut Vec<Diagnostic>) -> Config {
    let Some(file) = file else { return Config::default() };
    let text = &*sources.file(file).text;
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut reading = Reading { file, diagnostics: Vec::new(), spans: Default::default() };
    let mut config = settings(&mut reading, root.get_ref());
    config.file = Some(file);
    let syntax: Vec<Diagnostic> =
        errors.iter().map(|error| syntax_error(error, file, text)).collect();
    // What the parser made up for a broken line is not the author's: its line is reported once.
    let line = |span: Span| sources.file(file).place(span.start).line;
    let broken: HashSet<usize> = syntax.iter().map(|d| line(d.span)).collect();
    diagnostics.extend(syntax);
    diagnostics.extend(reading.diagnostics.into_iter().filter(|d| !broken.contains(&line(d.span))));
    config.spans = reading.spans;
    config
}

fn settings(reading: &mut Reading, root: &DeTable<'_>) -> Config {
    Section { name: "", table: Some(root) }.report_unknown(reading);
    let mut open = |key: &str, name: &'static str| {
        let section = Section::open(reading, root, key, name);
        if name != "checks" {
            section.report_unknown(reading);
        }
        section
    };
    let (book_, build_, notes_) =
        (open("book", "book"), open("build", "build"), open("notes", "notes"));
    let (citations_, law_) = (open("citations", "citations"), open("law", "law"));
    let (markdown_, checks_) = (open("markdown", "markdown"), open("checks", "checks"));
    let output = open("output", "output");
    let mut config = Config {
        book: book(reading, &book_),
        notes: notes(reading, &notes_),
        citations: citations(reading, &citations_),
        law: law(reading, &law_),
        markdown: markdown(reading, &markdown_),
        checks: checks(reading, &checks_),
        html: output.table.map(|table| html(reading, table)).unwrap_or_default(),
        ..Config::default()
    };
    config.build = build(reading, &build_, &config);
    config
}

fn book(reading: &mut Reading, section: &Section<'_>) -> Book {
    let default = Book::default();
    Book {
        title: section.text(reading, "title").unwrap_or(default.title),
        subtitle: section.text(reading, "subtitle"),
        authors: section.texts(reading, "authors").unwrap_or_default(),
        publisher: section.text(reading, "publisher"),
        date: section.date(reading, "date"),
        edition: section.text(reading, "edition"),
        description: section.text(reading, "description"),
        doi: section.text(reading, "doi").map(|doi| bare_doi(&doi)),
        isbn: section.text(reading, "isbn"),
        license: section.text(reading, "license"),
        language: language(reading, section).unwrap_or(default.language),
        src: section.path(reading, "src").unwrap_or(default.src),
    }
}

fn language(reading: &mut Reading, section: &Section<'_>) -> Option<String> {
    let allowed = "write a BCP 47 language tag: \"en-GB\", \"ru\", \"kk\"";
    section.text_that(reading, "language", is_language_tag, allowed, language_by_name)
}

/// A DOI without `doi:` or the address of a resolver before it.
fn bare_doi(doi: &str) -> String {
    let at = doi.find("10.").filter(|at| {
        let before = doi[..*at].to_ascii_lowercase();
        before.ends_with("doi.org/") || before.trim_end() == "doi:"
    });
    doi[at.unwrap_or(0)..].to_string()
}

/// The site may not be written over what it is made from.
fn build(reading: &mut Reading, section: &Section<'_>, config: &Config) -> Build {
    let Some(path) = section.path(reading, "build-dir") else { return Build::default() };
    let within =
        |inner: &str, outer: &str| inner == outer || inner.starts_with(&format!("{outer}/"));
    let inputs = [&config.book.src, &config.law.instruments, "themes"];
    let taken = inputs.iter().find(|input| within(&path, input) || within(input, &path));
    let words = match taken {
        _ if path == "." => "the site cannot be written into the project's own folder".to_string(),
        Some(input) => format!("the site cannot be written where `{input}` is read"),
        None => return Build { build_dir: path },
    };
    let span = reading.spans.get("build.build-dir").copied();
    if let Some(span) = span {
        reading.bad(span, words, "give the site a folder of its own: \"site\"");
    }
    Build::default()
}

const SCOPES: &[(&str, Scope)] = &[("report", Scope::Report), ("chapter", Scope::Chapter)];

fn notes(reading: &mut Reading, section: &Section<'_>) -> Notes {
    Notes { numbering: section.choice(reading, "numbering", SCOPES).unwrap_or_default() }
}

fn citations(reading: &mut Reading, section: &Section<'_>) -> Citations {
    let default = Citations::default();
    Citations {
        file: section.path(reading, "file").unwrap_or(default.file),
        style: section.path(reading, "style").unwrap_or(default.style),
        scope: section.choice(reading, "scope", SCOPES).unwrap_or(default.scope),
        groups: groups(reading, section),
    }
}

/// `group = true`, or the groups that the author wants, in order.
fn groups(reading: &mut Reading, section: &Section<'_>) -> Vec<&'static str> {
    if let Some(all) = section.truth_unless_list(reading, "group") {
        return if all { SOURCE_GROUPS.to_vec() } else { Vec::new() };
    }
    let mut groups: Vec<&'static str> = Vec::new();
    for (name, span) in section.list(reading, "group") {
        let Some(group) = SOURCE_GROUPS.iter().copied().find(|group| *group == name) else {
            let words = format!("there is no group of sources `{name}`");
            reading.diagnostics.push(bad_choice(span, words, &name, SOURCE_GROUPS));
            continue;
        };
        if groups.contains(&group) {
            reading.bad(
                span,
                format!("the group `{group}` stands here twice"),
                "remove one of them",
            );
        } else {
            groups.push(group);
        }
    }
    groups
}

fn law(reading: &mut Reading, section: &Section<'_>) -> Law {
    let default = Law::default();
    let is_state = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
    let allowed = "write the two capital letters of the State in ISO 3166: \"KZ\"";
    Law {
        instruments: section.path(reading, "instruments").unwrap_or(default.instruments),
        state: section
            .text_that(reading, "state", is_state, allowed, |text| Some(text.to_uppercase())),
        date: section.date(reading, "date"),
        recognise: section.truth(reading, "recognise").unwrap_or(default.recognise),
    }
}

fn markdown(reading: &mut Reading, section: &Section<'_>) -> Markdown {
    let choices =
        [("sanitise", RawHtml::Sanitise), ("trust", RawHtml::Trust), ("escape", RawHtml::Escape)];
    Markdown { html: section.choice(reading, "html", &choices).unwrap_or_default() }
}

fn html(reading: &mut Reading, output: &DeTable<'_>) -> Html {
    let section = Section::open(reading, output, "html", "output.html");
    section.report_unknown(reading);
    let default = Html::default();
    let allowed = "write the whole address of the site: \"https://example.org/report/\"";
    let base_url = section.text_that(reading, "base-url", is_base_url, allowed, |_| None);
    Html {
        base_url: base_url.map(|url| format!("{}/", url.trim_end_matches('/'))),
        look: section.text(reading, "look").unwrap_or(default.look),
        print: section.truth(reading, "print"),
        search: section.truth(reading, "search").unwrap_or(default.search),
    }
}

fn is_base_url(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.starts_with(['/', ':'])
            && !rest.is_empty()
            && !url.contains(|c: char| c.is_whitespace() || "?#\"<>\\".contains(c))
    })
}

const LEVELS: &[(&str, Level)] = &[
    ("error", Level::At(Severity::Error)),
    ("warning", Level::At(Severity::Warning)),
    ("hint", Level::At(Severity::Hint)),
    ("off", Level::Off),
];

fn checks(reading: &mut Reading, section: &Section<'_>) -> Levels {
    let mut levels = Levels::new();
    for (key, range, value) in section.entries() {
        let span = Span::new(reading.file, range);
        if !CODES.iter().any(|code| code.name == key) {
            reading.diagnostics.push(unknown_code(key, span));
            continue;
        }
        let text = value.get_ref().as_str().unwrap_or_default();
        match LEVELS.iter().find(|(name, _)| *name == text) {
            Some((_, level)) => {
                levels.insert(key.to_string(), *level);
            }
            None => {
                let names: Vec<&str> = LEVELS.iter().map(|(name, _)| *name).collect();
                let span = Span::new(reading.file, value.span());
                let words = format!("the level of `{key}` is one of four words");
                reading.diagnostics.push(bad_choice(span, words, text, &names));
            }
        }
    }
    levels
}

fn unknown_code(key: &str, span: Span) -> Diagnostic {
    let diagnostic = Diagnostic::new(&UNKNOWN_KEY, span, format!("there is no check `{key}`"));
    match nearest(key, CODES.iter().map(|code| code.name)) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).fix(span, near),
        None => diagnostic.help("the name of a check is the code in brackets after its level"),
    }
}

/// The parser's error in words for an author.
fn syntax_error(error: &toml::de::Error, file: FileId, text: &str) -> Diagnostic {
    let range = error.span().unwrap_or(0..0);
    let end = text.len();
    let mut range = range.start.min(end)..range.end.min(end);
    range.end = range.end.max(range.start);
    let span = Span::new(file, range.clone());
    let message = error.message();
    let (words, help) = match message.split(',').next().unwrap_or(message) {
        "string values must be quoted" => {
            ("a text stands in quotes", "put the text in quotes: title = \"My report\"")
        }
        "duplicate key" => ("this key is given twice", "keep one of the two"),
        "invalid value" | "missing value" | "missing value for key" => (
            "this key has no value that can be read",
            "write the value after the `=`; a text stands in quotes",
        ),
        "key with no value" | "missing assignment between key-value pairs" => {
            ("a key is followed by `=` and its value", "write `key = \"value\"`")
        }
        "unclosed table" | "unclosed array table" => (
            "the bracket of this table is not closed",
            "write the name of a table in brackets: [book]",
        ),
        "unclosed array" => ("the list that opens here is not closed", "write `]` at its end"),
        "invalid unquoted key" => {
            ("a key holds only letters, digits, `-` and `_`", "put another key in quotes")
        }
        _ => return generic(span, message),
    };
    Diagnostic::new(&BAD_TOML, span, words).help(help)
}

fn generic(span: Span, message: &str) -> Diagnostic {
    Diagnostic::new(&BAD_TOML, span, format!("this is not TOML: {message}"))
        .help("a line is `key = \"value\"`, `[table]` or `# comment`")
}
