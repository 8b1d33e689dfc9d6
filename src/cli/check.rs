//! `rapporteur check`: finds what `build` finds, and writes nothing.

use super::Done;
use super::report::{self, ReportArguments};
use crate::law::Verdict;
use crate::session::{Analysis, Session};
use crate::terminal;
use std::collections::BTreeMap;

/// Check the report and write nothing
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    report: ReportArguments,
}

/// Checks, templates included: they are rendered into memory.
pub fn run(arguments: &Arguments) -> Done {
    let arguments = &arguments.report;
    let (_, sources) = report::open(arguments.dir.as_deref())?;
    let built = Session::default().build(&sources);
    report::print(&built.analysis.diagnostics, &sources, arguments.format);
    if !arguments.quiet {
        let _ = terminal::print_error(&coverage(&built.analysis));
    }
    Ok(report::status(&built.analysis.diagnostics, arguments.deny))
}

/// What the report holds and how far its claims are carried.
fn coverage(analysis: &Analysis) -> String {
    let mut lines = format!("{}\n", report::contents(analysis));
    let claims = &analysis.report.claims;
    if !claims.is_empty() {
        let count = |test: &dyn Fn(&crate::report::Claim) -> bool| {
            claims.iter().filter(|claim| test(claim)).count()
        };
        let fits = count(&|claim| claim.articles.iter().any(|a| a.verdict == Verdict::Fits));
        lines.push_str(&format!(
            "claims: {} of {} name an article ({fits} one that fits), {} have evidence, {} rest on one source only\n",
            count(&|claim| !claim.articles.is_empty()),
            claims.len(),
            count(&|claim| !claim.notes.is_empty()),
            count(&|claim| claim.sources.len() == 1),
        ));
    }
    let mut articles: BTreeMap<&str, usize> = BTreeMap::new();
    for mention in &analysis.report.mentions {
        *articles.entry(&mention.reference.instrument).or_default() += 1;
    }
    if !articles.is_empty() {
        let list: Vec<String> = articles.iter().map(|(id, n)| format!("{id} {n}")).collect();
        lines.push_str(&format!("articles: {}\n", list.join(", ")));
    }
    lines
}
