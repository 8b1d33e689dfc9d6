//! `rapporteur build`: a report into a site on disk.

use super::Done;
use super::report::{self, ReportArguments};
use super::summary::summary;
use crate::disk;
use crate::session::Session;
use crate::terminal;
use std::path::PathBuf;

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
    let built = Session::publishing().build(&sources);
    let written = disk::write(&root, &built.analysis.config, &built.site)?;
    report::print(&built.analysis.diagnostics, &sources, &root, arguments.format);
    if let Some(file) = &command.summary {
        disk::append(file, &summary(&built.analysis, &sources, &written))?;
    }
    if !arguments.quiet {
        let folder = &built.analysis.config.build.build_dir;
        let _ = terminal::print_error(&format!(
            "{}\n{folder}/: {} written, {} unchanged, {} removed\n",
            report::contents(&built.analysis),
            written.written.len(),
            written.unchanged,
            written.removed.len(),
        ));
    }
    Ok(report::status(&built.analysis.diagnostics, arguments.deny))
}
