//! `rapporteur new DIR`: a small report that shows every feature once.

use super::{Done, Status};
use crate::disk;
use crate::terminal;
use std::path::PathBuf;

/// Start a report: a small one that shows every feature once
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder to make
    dir: PathBuf,
}

/// The files of a new report.
const FILES: &[(&str, &str)] = &[
    ("book.toml", include_str!("book.toml")),
    ("citations.yaml", include_str!("citations.yaml")),
    ("content/index.md", include_str!("index.md")),
    ("content/01-first-chapter.md", include_str!("first-chapter.md")),
    ("content/figures/notices.svg", include_str!("notices.svg")),
    ("content/figures/notices.csv", include_str!("notices.csv")),
    (".gitignore", "/site\n"),
    (".github/workflows/report.yml", include_str!("../../../docs/ci/github-pages.yml")),
];

/// Writes the files, unless one of them is there.
pub fn run(arguments: &Arguments) -> Done {
    let files: Vec<(&str, &[u8])> =
        FILES.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    disk::create(&arguments.dir, &files)?;
    let dir = arguments.dir.display();
    let _ = terminal::print_error(&format!(
        "A new report is in {dir}. Next:\n\n  cd {dir}\n  rapporteur serve\n\nThen open the address that it names, and write. CI publishes the report by\n.github/workflows/report.yml; docs/ci/ in Rapporteur's repository has other ways.\n"
    ));
    Ok(Status::Clean)
}
