//! What commands on a report share: finding it, and saying what is wrong with it.

use super::Status;
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::{self, DiskError};
use crate::session::Analysis;
use crate::source::Sources;
use crate::terminal;
use clap::{Args, ValueEnum};
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
pub fn print(diagnostics: &[Diagnostic], sources: &Sources, format: Format) {
    let text = match format {
        Format::Human => {
            // Colours are taken out again where standard output is no terminal.
            terminal::render_human(diagnostics, sources, terminal::width(), true)
        }
        Format::Short => terminal::render_short(diagnostics, sources),
        Format::Json => terminal::render_json(diagnostics, sources),
    };
    // A reader that closed the pipe has seen enough.
    let _ = terminal::print(&text);
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

/// What the report holds, in a line.
pub fn contents(analysis: &Analysis) -> String {
    let report = &analysis.report;
    let count =
        |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let chapters = report.chapters.iter().filter(|chapter| !chapter.is_front).count();
    [
        count(chapters, "chapter", "chapters"),
        count(report.notes.len(), "note", "notes"),
        count(report.sources.len(), "source", "sources"),
        count(report.claims.len(), "claim", "claims"),
        count(report.mentions.len(), "article citation", "article citations"),
    ]
    .join(", ")
}
