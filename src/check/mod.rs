//! One rule a file: what can be wrong with a report as a whole.
//!
//! A rule looks at the report and its units and gives diagnostics; it changes nothing and does not
//! know the other rules.

use crate::bibliography::Bibliography;
use crate::config::Config;
use crate::diagnostic::Sink;
use crate::law::Law;
use crate::report::Report;
use crate::source::Sources;

/// What a rule may look at.
pub struct Context<'a> {
    /// The files.
    pub sources: &'a Sources,
    /// `book.toml`.
    pub config: &'a Config,
    /// The bibliography.
    pub bibliography: &'a Bibliography,
    /// The law in force.
    pub law: &'a Law,
    /// The report.
    pub report: &'a Report,
}

/// One rule.
type Rule = fn(&Context, &mut Sink);

/// Every rule; a new one is a file and a row.
const RULES: &[Rule] = &[];

/// Runs every rule.
pub fn run(context: &Context, sink: &mut Sink) {
    for rule in RULES {
        rule(context, sink);
    }
}
