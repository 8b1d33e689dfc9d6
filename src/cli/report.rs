//! What commands on a report share: finding it, and saying what is wrong with it.

use super::Status;
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::{self, DiskError};
use crate::law::Verdict;
use crate::report::Claim;
use crate::session::Analysis;
use crate::source::Sources;
use crate::terminal;
use clap::{Args, ValueEnum};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The report and how its diagnostics are shown.
#[derive(Debug, Args)]
pub struct ReportArguments {
    /// Folder of the report [default: the nearest folder from here up that has a book.toml]
    pub dir: Option<PathBuf>,

    /// How diagnostics are written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,

    /// What else forbids publishing
    #[arg(long, value_enum)]
    pub deny: Option<Deny>,

    /// Say nothing but the diagnostics
    #[arg(long, short)]
    pub quiet: bool,
}

/// How diagnostics are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the lines they are about
    Human,
    /// One line each
    Short,
    /// One JSON array
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations on the lines of a pull request
    Github,
}

/// What forbids publishing besides errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings too
    Warnings,
}

/// The project's root and everything in it.
pub fn open(dir: Option<&Path>) -> Result<(PathBuf, Sources), DiskError> {
    let root = match dir {
        Some(dir) => disk::project_in(dir)?,
        None => disk::find_project(Path::new("."))?,
    };
    let sources = disk::read(&root)?;
    Ok((root, sources))
}

/// Prints the diagnostics on standard output.
pub fn print(diagnostics: &[Diagnostic], sources: &Sources, root: &Path, format: Format) {
    let folder = || below_repository(root);
    let text = match format {
        Format::Human => {
            // Colours are taken out again where standard output is no terminal.
            terminal::render_human(diagnostics, sources, terminal::width(), true)
        }
        Format::Short => terminal::render_short(diagnostics, sources),
        Format::Json => terminal::render_json(diagnostics, sources),
        Format::Sarif => terminal::render_sarif(diagnostics, sources, &folder()),
        Format::Github => terminal::render_github(diagnostics, sources, &folder()),
    };
    // A reader that closed the pipe has seen enough.
    let _ = terminal::print(&text);
}

/// The way from the root of the repository that holds `root` to it, ending in a slash; nothing
/// where the report is the whole repository, or lies in none.
fn below_repository(root: &Path) -> String {
    let repository = root.ancestors().find(|folder| folder.join(".git").exists());
    let below = repository.and_then(|repository| root.strip_prefix(repository).ok());
    let parts = below.into_iter().flat_map(Path::components);
    parts.map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect()
}

/// Whether `diagnostics` forbid publishing.
pub fn status(diagnostics: &[Diagnostic], deny: Option<Deny>) -> Status {
    let forbids = |d: &Diagnostic| match d.severity {
        Severity::Error => true,
        Severity::Warning => deny == Some(Deny::Warnings),
        Severity::Hint => false,
    };
    if diagnostics.iter().any(forbids) { Status::Faulty } else { Status::Clean }
}

/// How many there are of something, and what one and several are called.
pub struct Count {
    pub number: usize,
    pub one: &'static str,
    pub many: &'static str,
}

/// What the report holds: how many, and of what.
pub fn counts(analysis: &Analysis) -> [Count; 5] {
    let report = &analysis.report;
    let count = |number, one, many| Count { number, one, many };
    let chapters = report.chapters.iter().filter(|chapter| !chapter.is_front).count();
    [
        count(chapters, "chapter", "chapters"),
        count(report.total(|chapter| chapter.notes.len()), "note", "notes"),
        count(report.sources.len(), "source", "sources"),
        count(report.total(|chapter| chapter.claims.len()), "claim", "claims"),
        count(
            report.total(|chapter| chapter.mentions.len()),
            "article citation",
            "article citations",
        ),
    ]
}

/// What the report holds, in a line.
pub fn contents(analysis: &Analysis) -> String {
    let words = |count: Count| match count.number {
        1 => format!("1 {}", count.one),
        number => format!("{number} {}", count.many),
    };
    counts(analysis).map(words).join(", ")
}

/// How far the claims of a report are carried.
pub struct Coverage<'a> {
    /// All claims.
    pub claims: usize,
    /// Claims that name an article.
    pub with_article: usize,
    /// Claims of which at least one article fits.
    pub with_fit: usize,
    /// Claims with a note.
    pub with_evidence: usize,
    /// Claims whose notes cite one source and no more.
    pub on_one_source: usize,
    /// How often articles of each instrument are cited, by its id.
    pub articles: BTreeMap<&'a str, usize>,
}

/// Counts how far the claims are carried.
pub fn coverage(analysis: &Analysis) -> Coverage<'_> {
    let claims: Vec<&Claim> = analysis.report.claims().map(|(_, claim)| claim).collect();
    let count = |test: &dyn Fn(&Claim) -> bool| claims.iter().filter(|claim| test(claim)).count();
    let fits = |claim: &Claim| claim.articles.iter().any(|a| a.verdict == Verdict::Fits);
    let mut articles: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, mention) in analysis.report.mentions() {
        *articles.entry(&mention.reference.instrument).or_default() += 1;
    }
    Coverage {
        claims: claims.len(),
        with_article: count(&|claim| !claim.articles.is_empty()),
        with_fit: count(&fits),
        with_evidence: count(&|claim| !claim.notes.is_empty()),
        on_one_source: count(&|claim| claim.sources.len() == 1),
        articles,
    }
}
