//! `rapporteur build`: a report into a site on disk.

use super::Done;
use super::report::{self, ReportArguments};
use crate::disk;
use crate::session::Session;
use crate::terminal;

/// Build the site
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    report: ReportArguments,
}

/// Builds and writes, even where chapters have errors: an author wants to see the page.
pub fn run(arguments: &Arguments) -> Done {
    let arguments = &arguments.report;
    let (root, sources) = report::open(arguments.dir.as_deref())?;
    let built = Session::publishing().build(&sources);
    let written = disk::write(&root, &built.analysis.config, &built.site)?;
    report::print(&built.analysis.diagnostics, &sources, arguments.format);
    if !arguments.quiet {
        let folder = &built.analysis.config.build.build_dir;
        let _ = terminal::print_error(&format!(
            "{}\n{folder}/: {} written, {} unchanged, {} removed\n",
            report::contents(&built.analysis),
            written.written,
            written.unchanged,
            written.removed,
        ));
    }
    Ok(report::status(&built.analysis.diagnostics, arguments.deny))
}
