//! `rapporteur check`: finds what `build` finds, and writes nothing unless it is told to mend.

use super::report::{self, ReportArguments};
use super::{Done, Status, online};
use crate::diagnostic::{CODES, Diagnostic, Fixed, fixed, nearest};
use crate::disk::{self, DiskError};
use crate::online::Limits;
use crate::session::{self, Analysis, Session};
use crate::source::{File, Sources};
use crate::terminal;
use std::path::Path;

/// Check the report and write nothing
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    report: ReportArguments,

    /// Show what the certain fixes change, and make them; `--fix=CODE,CODE` takes only these
    #[arg(long, value_name = "CODES", num_args = 0..=1, require_equals = true)]
    #[arg(value_delimiter = ',', default_missing_value = "")]
    fix: Option<Vec<String>>,

    /// Ask whether anything stands at the external addresses, and look for archived copies
    #[arg(long)]
    online: bool,

    /// The address that tells of archived copies, as archive.org's does
    #[arg(long, value_name = "URL", requires = "online", hide_short_help = true)]
    archive: Option<String>,

    /// With --fix: only show what would change
    #[arg(long, requires = "fix")]
    dry_run: bool,
}

/// Checks, templates included: they are rendered into memory.
pub fn run(arguments: &Arguments) -> Done {
    let ReportArguments { dir, format, deny, quiet } = &arguments.report;
    let (root, mut sources) = report::open(dir.as_deref())?;
    let mut session = Session::default();
    let mut proof = session.proof(&sources);
    if let Some(codes) = &arguments.fix {
        if let Some(unknown) = unknown_code(codes) {
            let _ = terminal::print_error(&unknown);
            return Ok(Status::Misused);
        }
        if mend(&root, &sources, &proof.analysis.diagnostics, codes, arguments.dry_run)? {
            sources = disk::read(&root)?;
            proof = session.proof(&sources);
        }
    }
    if arguments.online {
        let mut limits = Limits::default();
        limits.archive = arguments.archive.clone().unwrap_or(limits.archive);
        let dead = online::check(&root, &proof.analysis, limits, *quiet)?;
        proof.analysis = session::with(proof.analysis, dead, &sources);
    }
    report::print(&proof.analysis.diagnostics, &sources, &root, *format);
    if !quiet {
        let _ = terminal::print_error(&coverage(&proof.analysis));
        let addresses = online::count(&proof.analysis);
        if addresses > 0 && !arguments.online {
            let plural = if addresses == 1 { "address" } else { "addresses" };
            let words = format!("{addresses} external {plural} not asked: --online does\n");
            let _ = terminal::print_error(&words);
        }
    }
    let status = report::status(&proof.analysis.diagnostics, *deny);
    // The process is at its end, which gives all memory back at once.
    std::mem::forget((session, proof, sources));
    Ok(status)
}

/// What to say of the first of `codes` that is none.
fn unknown_code(codes: &[String]) -> Option<String> {
    let is_known = |code: &str| CODES.iter().any(|known| known.name == code);
    let unknown = codes.iter().find(|code| !code.is_empty() && !is_known(code))?;
    let near = nearest(unknown, CODES.iter().map(|code| code.name));
    let help = near.map(|near| format!("\n  did you mean `{near}`?")).unwrap_or_default();
    Some(format!("error: there is no diagnostic `{unknown}`{help}\n"))
}

/// Shows and makes the fixes of `found`, those of `codes` if any are named; whether it wrote.
fn mend(
    root: &Path,
    sources: &Sources,
    found: &[Diagnostic],
    codes: &[String],
    dry_run: bool,
) -> Result<bool, DiskError> {
    let is_meant = |found: &&Diagnostic| {
        codes.iter().all(String::is_empty) || codes.iter().any(|code| code == found.code.name)
    };
    let fixed = fixed(found.iter().filter(is_meant), sources);
    let _ = terminal::print_error(&terminal::render_difference(&fixed, sources));
    if !dry_run {
        for (file, text) in &fixed.texts {
            let file = sources.file(*file);
            rewrite(root, file, text)?;
        }
    }
    let _ = terminal::print_error(&told(&fixed, dry_run));
    Ok(!dry_run && !fixed.texts.is_empty())
}

/// Writes `text` in the place of `file`'s, with the byte-order mark that it may have.
fn rewrite(root: &Path, file: &File, text: &str) -> Result<(), DiskError> {
    let path = root.join(&file.path);
    let old = disk::read_file(&path)?;
    let mark: &[u8] = if old.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK } else { b"" };
    let expected = [mark, file.text.as_bytes()].concat();
    disk::replace(root, &file.path, Some(&expected), &[mark, text.as_bytes()].concat())
}

/// The byte-order mark of UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// How many fixes were made, in a line.
fn told(fixed: &Fixed, dry_run: bool) -> String {
    let count = |n: usize, word: &str, more: &str| {
        if n == 1 { format!("1 {word}") } else { format!("{n} {word}{more}") }
    };
    let changes = count(fixed.changes.len(), "fix", "es");
    let files = count(fixed.texts.len(), "file", "s");
    let left = match fixed.left {
        0 => String::new(),
        n => format!("; {n} left, for they touch the same words: run it again"),
    };
    match (fixed.changes.len(), dry_run) {
        (0, _) => format!("nothing here has a certain fix{left}\n"),
        (_, true) => format!("{changes} in {files} would be made; nothing was written{left}\n"),
        (_, false) => format!("{changes} made in {files}{left}\n"),
    }
}

/// What the report holds and how far its claims are carried.
fn coverage(analysis: &Analysis) -> String {
    let mut lines = format!("{}\n", report::contents(analysis));
    let coverage = report::coverage(analysis);
    if coverage.claims > 0 {
        lines.push_str(&format!(
            "claims: {} of {} with an article ({} with one that fits), {} with evidence, {} on one source only\n",
            coverage.with_article,
            coverage.claims,
            coverage.with_fit,
            coverage.with_evidence,
            coverage.on_one_source,
        ));
    }
    if !coverage.articles.is_empty() {
        let list: Vec<String> =
            coverage.articles.iter().map(|(id, n)| format!("{id} {n}")).collect();
        lines.push_str(&format!("articles: {}\n", list.join(", ")));
    }
    lines
}
