//! One rule a file: what can be wrong with a report as a whole.
//!
//! A rule looks at the report and its units and gives diagnostics; it changes nothing and does not
//! know the other rules.

mod alt_text;
mod article_citation;
mod article_verdict;
mod charts;
mod claim_declaration;
mod claim_support;
mod encoding;
mod heading_level;
mod ibid;
mod identifiers;
mod links;
mod lost_address;
mod note_definitions;
mod note_references;
mod project;
mod provision;
mod pull_quote;
mod raw_html;
mod references;
mod source_keys;
mod state_bound;
mod undeclared_claim;
mod unused_source;
mod unwritten_note;

use crate::bibliography::Bibliography;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Sink};
use crate::document::{Block, Inline, walk_blocks, walk_inlines};
use crate::law::Law;
use crate::parallel;
use crate::report::{Chapter, Report};
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

/// A rule about the report as a whole.
type Rule = fn(&Context, &mut Sink);

/// A rule about a chapter, which looks at no other.
type ChapterRule = fn(&Context, &Chapter, &mut Sink);

/// Every rule about the whole; a new one is a file and a row.
const RULES: &[Rule] = &[
    project::check,
    encoding::check,
    note_references::check,
    unused_source::check,
    references::check,
    identifiers::check,
    links::check,
    lost_address::check,
    charts::check,
];

/// Every rule about a chapter; a new one is a file and a row.
const CHAPTER_RULES: &[ChapterRule] = &[
    note_references::swallowed,
    note_definitions::check,
    unwritten_note::check,
    ibid::check,
    source_keys::check,
    alt_text::check,
    heading_level::check,
    pull_quote::check,
    raw_html::check,
    article_citation::check,
    article_citation::cited,
    claim_declaration::check,
    article_verdict::check,
    claim_support::check,
    state_bound::check,
    undeclared_claim::check,
];

/// Runs every rule about the report as a whole.
pub fn whole(context: &Context, sink: &mut Sink) {
    let found = parallel::map(RULES, |rule| {
        let mut sink = Sink::default();
        rule(context, &mut sink);
        sink
    });
    found.into_iter().for_each(|found| sink.append(found));
}

/// What the rules about a chapter say of one.
pub fn chapter(context: &Context, chapter: &Chapter) -> Vec<Diagnostic> {
    let mut sink = Sink::default();
    CHAPTER_RULES.iter().for_each(|rule| rule(context, chapter, &mut sink));
    sink.into_found()
}

/// The blocks of a chapter, those of its notes after its own, each with the blocks inside it.
fn each_block<'a>(chapter: &'a Chapter, visit: &mut impl FnMut(&'a Block)) {
    walk_blocks(&chapter.unit.blocks, visit);
    for note in &chapter.unit.notes {
        walk_blocks(&note.blocks, visit);
    }
}

/// The inlines of a chapter and of its notes.
fn each_inline<'a>(chapter: &'a Chapter, visit: &mut impl FnMut(&'a Inline)) {
    each_block(chapter, &mut |block| {
        for list in block.inline_lists() {
            walk_inlines(list, visit);
        }
    });
}
