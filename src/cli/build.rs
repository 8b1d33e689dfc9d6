//! `rapporteur build`: a report into a site on disk.

use super::Done;
use super::report::{self, ReportArguments};
use super::summary::summary;
use crate::config;
use crate::disk;
use crate::session::{Keepsake, Session};
use crate::terminal;
use std::path::{Path, PathBuf};

/// Build the site
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    report: ReportArguments,

    /// Add what the build came to, in Markdown, to the end of this file
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
}

/// Builds and writes, even where chapters have errors: an author wants to see the page.
pub fn run(command: &Arguments) -> Done {
    let arguments = &command.report;
    let (root, sources) = report::open(arguments.dir.as_deref())?;
    let config = config::read(&sources, sources.find(disk::PROJECT_FILE), &mut Vec::new());
    let mut session = Session::publishing();
    let kept = recalled(&root);
    session.recall(&kept);
    let (written, analysis) =
        disk::write(&root, &config, |shelf| session.build_onto(&sources, shelf))?;
    report::print(&analysis.diagnostics, &sources, &root, arguments.format);
    if let Some(file) = &command.summary {
        disk::append(file, &summary(&analysis, &sources, &written))?;
    }
    if !arguments.quiet {
        let folder = &analysis.config.build.build_dir;
        let _ = terminal::print_error(&format!(
            "{}\n{folder}/: {} written, {} unchanged, {} removed\n",
            report::contents(&analysis),
            written.written.len(),
            written.unchanged,
            written.removed.len(),
        ));
    }
    keep(&root, &kept, &session.keepsake());
    let status = report::status(&analysis.diagnostics, arguments.deny);
    // The process is at its end, which gives all memory back at once.
    std::mem::forget((session, analysis, sources));
    Ok(status)
}

/// The files in which is kept what took long to make.
const KEPT: [&str; 2] = ["citations", "bibliography"];

/// What the last build kept; what cannot be read is made anew.
fn recalled(root: &Path) -> Keepsake {
    let [citations, entries] = KEPT.map(|name| disk::read_kept(root, name).unwrap_or_default());
    Keepsake { citations, entries }
}

/// Keeps what is new for the next build, which does without where it cannot be kept.
fn keep(root: &Path, old: &Keepsake, new: &Keepsake) {
    let files = [(&old.citations, &new.citations), (&old.entries, &new.entries)];
    for (name, (old, new)) in KEPT.into_iter().zip(files) {
        if old != new {
            let _ = disk::keep(root, name, new);
        }
    }
}
