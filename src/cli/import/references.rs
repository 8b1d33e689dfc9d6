//! A bibliography into `citations.yaml`.

use super::Import;
use crate::bibliography::{self, Bibliography, Entry};
use crate::cli::Done;
use crate::cli::report;
use crate::config;
use crate::diagnostic::{Diagnostic, Sink};
use crate::disk::{self, DiskError};
use crate::interchange::{self, Form, Merged};
use crate::source::{File, Sources};
use crate::terminal;

/// Brings a bibliography in.
pub fn run(import: &Import, form: Form) -> Done {
    let mut sources = disk::read(&import.root)?;
    let config = config::read(&sources, sources.find("book.toml"), &mut Vec::new());
    let path = config.citations.file.clone();
    let full = import.root.join(&path);
    let old = if full.is_file() { Some(disk::read_file(&full)?) } else { None };
    let there = match sources.find(&path) {
        Some(file) => bibliography::read(&sources, file, &config.book.language, &mut Vec::new()),
        None => Bibliography::default(),
    };
    let bytes = interchange::to_utf8(&import.bytes);
    let file = sources.add(File::decode(import.file.display().to_string(), &bytes));
    let (entries, mut diagnostics) = interchange::read(&sources, file, form);
    let old_bytes = old.as_deref().unwrap_or_default();
    let mut merged = interchange::merge(&there, old_bytes, entries);
    diagnostics.append(&mut merged.diagnostics);
    let mut sink = Sink::default();
    sink.extend(diagnostics);
    let diagnostics = sink.finish(&config.checks, |_| 0);
    if merged.is_refused {
        return Err(refused(&path));
    }
    if !import.dry_run && !merged.added.is_empty() {
        disk::replace(&import.root, &path, old.as_deref(), &merged.bytes)?;
    }
    say(import, &path, &merged, &diagnostics, &sources);
    Ok(report::status(&diagnostics, None))
}

fn refused(path: &str) -> DiskError {
    DiskError {
        doing: format!("cannot add to {path}"),
        cause: "nothing can be written after it without changing what it says".to_owned(),
        help: Some(
            "run `rapporteur check`, mend what it says of this file, and import once more"
                .to_owned(),
        ),
    }
}

/// What was added, what was there, what was not carried.
fn say(
    import: &Import,
    path: &str,
    merged: &Merged,
    diagnostics: &[Diagnostic],
    sources: &Sources,
) {
    let _ = terminal::print(&terminal::render_short(diagnostics, sources));
    if import.quiet {
        return;
    }
    let mut text = String::new();
    for entry in &merged.added {
        text.push_str(&format!("added `{}`{}\n", entry.key, title(entry)));
    }
    let count = |n: usize| if n == 1 { "1 source".to_owned() } else { format!("{n} sources") };
    let verb = if import.dry_run { "would be added" } else { "added" };
    text.push_str(&format!(
        "{} {verb} to {path}, {} there already\n",
        count(merged.added.len()),
        merged.there
    ));
    let _ = terminal::print_error(&text);
}

fn title(entry: &Entry) -> String {
    entry.title().map(|title| format!(": {title}")).unwrap_or_default()
}
