//! A diagnostic is data: what is wrong, where, and what to do.
//!
//! Every stage gives diagnostics to a [`Sink`]; only the sink knows what the author set in
//! `[checks]`. Nothing here prints, and nothing here knows any rule.

mod codes;
mod fix;

pub use codes::*;
pub use fix::{Change, Fixed, fixed};

use crate::source::{Sources, Span};
use std::collections::{BTreeMap, HashSet};

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Must not be published.
    Error,
    /// Should be looked at before publishing.
    Warning,
    /// An offer.
    Hint,
}

impl Severity {
    /// The word that is printed and exported.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        }
    }
}

/// A kind of problem: a kebab-case statement of it, with a page that explains it.
#[derive(Debug)]
pub struct Code {
    /// The code, for example `undefined-note`.
    pub name: &'static str,
    /// The severity unless `[checks]` says otherwise.
    pub severity: Severity,
    /// The page that `rapporteur explain` prints, in Markdown.
    pub page: &'static str,
}

impl PartialEq for Code {
    fn eq(&self, other: &Code) -> bool {
        self.name == other.name
    }
}

/// Words at a second place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is to be seen there, in a few words; may be empty.
    pub message: String,
}

/// A change that is certain to mend the problem: replacements in source order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Replacements: these bytes by this text. An empty span inserts.
    pub edits: Vec<(Span, String)>,
}

/// One problem at one place.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The kind of problem.
    pub code: &'static Code,
    /// The severity in force; the sink may change it.
    pub severity: Severity,
    /// One sentence without a full stop that says what is wrong.
    pub message: String,
    /// The smallest text that must change.
    pub span: Span,
    /// A few words under the span; may be empty.
    pub note: String,
    /// Other places: the other half of the problem.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
    /// The change that mends it, where one is certain.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// Starts a diagnostic of kind `code` at `span`.
    pub fn new(code: &'static Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: code.severity,
            message: message.into(),
            span,
            note: String::new(),
            labels: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Adds words under the primary span.
    pub fn note(mut self, words: impl Into<String>) -> Diagnostic {
        self.note = words.into();
        self
    }

    /// Adds a second place.
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// Adds the remedy.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Adds a certain fix: `span` is replaced by `text`.
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.fix = Some(Fix { edits: vec![(span, text.into())] });
        self
    }
}

/// What an author set for a code in `[checks]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// Report with this severity.
    At(Severity),
    /// Do not report.
    Off,
}

/// The author's settings: code name to level.
pub type Levels = BTreeMap<String, Level>;

/// Collects the diagnostics of all stages.
#[derive(Debug, Default)]
pub struct Sink {
    items: Vec<Diagnostic>,
}

impl Sink {
    /// Takes one diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.items.push(diagnostic);
    }

    /// Takes many.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.items.extend(diagnostics);
    }

    /// Takes what another sink took.
    pub fn append(&mut self, other: Sink) {
        self.items.extend(other.items);
    }

    /// What it took, in the order in which it took it.
    pub fn into_found(self) -> Vec<Diagnostic> {
        self.items
    }

    /// Applies `levels`, removes duplicates and sorts by reading order.
    ///
    /// `order` gives the rank of a file in the report (lower is read earlier).
    pub fn finish(
        self,
        levels: &Levels,
        order: impl Fn(crate::source::FileId) -> usize,
    ) -> Vec<Diagnostic> {
        let mut seen = HashSet::new();
        let mut kept: Vec<Diagnostic> = self
            .items
            .into_iter()
            .filter_map(|mut diagnostic| {
                match levels.get(diagnostic.code.name) {
                    Some(Level::Off) => return None,
                    Some(Level::At(severity)) => diagnostic.severity = *severity,
                    None => {}
                }
                let key = (diagnostic.code.name, diagnostic.span, diagnostic.message.clone());
                seen.insert(key).then_some(diagnostic)
            })
            .collect();
        kept.sort_by(|a, b| {
            let key = |d: &Diagnostic| (order(d.span.file), d.span.file, d.span.start, d.span.end);
            key(a).cmp(&key(b)).then(a.code.name.cmp(b.code.name))
        });
        kept
    }
}

/// Names that are compared with a slip of the pen; a report full of both must still end.
const LOOKED_AT: usize = 2000;

/// The nearest of `known` to `word`, if one is near enough to be a slip of the pen.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let limit = match length {
        0..=1 => return None,
        2..=4 => 1,
        5..=7 => 2,
        _ => 3,
    };
    known
        .into_iter()
        .take(LOOKED_AT)
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, candidate)| (*distance, *candidate))
        .map(|(_, candidate)| candidate)
}

/// Whether `sources` hold text at `span`; for tests that every span is real.
pub fn is_inside(sources: &Sources, span: Span) -> bool {
    let text = &sources.file(span.file).text;
    span.end <= text.len() && text.is_char_boundary(span.start) && text.is_char_boundary(span.end)
}
