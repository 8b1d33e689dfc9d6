//! A manuscript into a chapter in `content/`, its images and its sources.
//!
//! Never overwrites: where the chapter is there already and says something else, nothing is written
//! and another name is asked for. The same manuscript gives the same bytes.

use super::Import;
use super::claims;
use super::entries::{self, Sourced};
use crate::cli::{Done, Status};
use crate::config;
use crate::disk::{self, DiskError};
use crate::manuscript::{self, Changes, Form, Manuscript, Options};
use crate::terminal;
use std::path::Path;

/// How a manuscript is brought in
#[derive(Debug, Clone, clap::Args)]
pub struct Flags {
    /// The chapter to write, such as content/04-media.md [default: named after the manuscript]
    #[arg(long, value_name = "CHAPTER")]
    to: Option<String>,

    /// What to do with tracked changes of a .docx
    #[arg(long, value_enum, default_value_t = TrackedChanges::Accept)]
    changes: TrackedChanges,

    /// Declare the claims that the text makes, as `check` would propose them
    #[arg(long)]
    declare_claims: bool,
}

/// What is done with tracked changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum TrackedChanges {
    /// The text as it is with them
    Accept,
    /// The text as it was before them
    Refuse,
}

/// A file to write: its path from the root, and its bytes.
type Planned = (String, Vec<u8>);

/// Brings a manuscript in.
pub fn run(import: &Import, form: Form, flags: &Flags) -> Done {
    let sources = disk::read(&import.root)?;
    let config = config::read(&sources, sources.find("book.toml"), &mut Vec::new());
    let Some(chapter) = chapter_path(import, flags, &config.book.src) else {
        return refuse(&format!(
            "error: `--to` names no chapter: write a path below {}/ that ends in .md\n",
            config.book.src
        ));
    };
    let bibliography = entries::there(&sources, &config);
    let known = entries::known(&bibliography);
    let folder = stem(&chapter);
    let changes = match flags.changes {
        TrackedChanges::Accept => Changes::Accept,
        TrackedChanges::Refuse => Changes::Refuse,
    };
    let beside = |path: &str| disk::read_beside(&import.file, path);
    let options = Options { changes, folder, beside: &beside, known: &known };
    let mut read = match manuscript::read(&import.bytes, form, &options) {
        Ok(read) => read,
        Err(refusal) => {
            let file = import.file.display();
            return refuse(&format!("error: {file} cannot be read: {}\n", refusal.0));
        }
    };
    let old = there(&import.root, &config.citations.file)?;
    let Some(sourced) = entries::merged(&config, &bibliography, old, &read.sources) else {
        return refuse(&format!(
            "error: nothing can be added to {0} as it is; run `rapporteur check`, mend what it says of {0}, and import once more\n",
            config.citations.file
        ));
    };
    if flags.declare_claims {
        let texts = [(chapter.as_str(), read.text.as_str()), sourced.as_text()];
        let (text, count) = claims::declared(sources, &texts);
        read.text = text;
        let s = if count == 1 { "" } else { "s" };
        let words = format!(
            "{count} claim{s} declared; look at each, for a right may be named and not claimed"
        );
        read.guesses.push(manuscript::Guess { line: 0, words });
    }
    let planned = planned(&chapter, &read);
    settle(import, &chapter, &read, planned, sourced)
}

/// Writes what is not there yet, if nothing is in the way.
fn settle(
    import: &Import,
    chapter: &str,
    read: &Manuscript,
    planned: Vec<Planned>,
    sourced: Sourced,
) -> Done {
    let mut due = Vec::new();
    for (path, bytes) in planned {
        match there(&import.root, &path)? {
            Some(old) if old == bytes => {}
            Some(_) => return in_the_way(chapter, &path),
            None => due.push((path, bytes)),
        }
    }
    if !import.quiet {
        let _ = terminal::print(&guesses(import, read));
    }
    let count = due.len() + usize::from(sourced.adds());
    if import.dry_run {
        let _ = terminal::print_error(&format!("nothing is written; {} would be\n", files(count)));
        return Ok(Status::Clean);
    }
    if sourced.adds() {
        disk::replace(&import.root, &sourced.path, sourced.old.as_deref(), &sourced.bytes)?;
    }
    for (path, bytes) in &due {
        disk::replace(&import.root, path, None, bytes)?;
    }
    if !import.quiet {
        let words = match count {
            0 => format!("{chapter} is there already and says the same; nothing is written\n"),
            _ => format!(
                "{chapter} is written ({} in all); look at it with `rapporteur check`\n",
                files(count)
            ),
        };
        let _ = terminal::print_error(&words);
    }
    Ok(Status::Clean)
}

fn files(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}

fn refuse(words: &str) -> Done {
    let _ = terminal::print_error(words);
    Ok(Status::Faulty)
}

fn in_the_way(chapter: &str, path: &str) -> Done {
    let folder = chapter.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = format!("{folder}/{}-2.md", stem(chapter));
    refuse(&format!(
        "error: {path} is there already and says something else; it is left as it is\n  \
         give the chapter another name, such as `--to {name}`, or move the file away\n"
    ))
}

/// The bytes of a file; nothing where there is none.
fn there(root: &Path, path: &str) -> Result<Option<Vec<u8>>, DiskError> {
    let full = root.join(path);
    if std::fs::symlink_metadata(&full).is_err() {
        return Ok(None);
    }
    disk::read_file(&full).map(Some)
}

/// The path of the chapter from the root.
fn chapter_path(import: &Import, flags: &Flags, src: &str) -> Option<String> {
    let Some(to) = &flags.to else {
        let stem = import.file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        return Some(format!("{src}/{}.md", manuscript::file_name(&stem.unwrap_or_default())));
    };
    let to = to.replace('\\', "/");
    let to = to.trim_start_matches("./");
    let below = to.strip_prefix(&format!("{src}/")).unwrap_or(to);
    let is_plain = below.split('/').all(|step| !matches!(step, "" | "." | ".."));
    (is_plain && below.len() > 3 && below.ends_with(".md")).then(|| format!("{src}/{below}"))
}

/// The name of a chapter's file without its ending.
fn stem(chapter: &str) -> &str {
    let name = chapter.rsplit('/').next().unwrap_or(chapter);
    name.strip_suffix(".md").unwrap_or(name)
}

/// The chapter and its images.
fn planned(chapter: &str, read: &Manuscript) -> Vec<Planned> {
    let folder = chapter.strip_suffix(".md").unwrap_or(chapter);
    let images = read.images.iter().map(|i| (format!("{folder}/{}", i.name), i.bytes.clone()));
    let chapter = (chapter.to_owned(), read.text.clone().into_bytes());
    images.chain([chapter]).collect()
}

/// What was guessed, by line.
fn guesses(import: &Import, read: &Manuscript) -> String {
    let name = import.file.display();
    let mut out = String::new();
    for guess in &read.guesses {
        match guess.line {
            0 => out.push_str(&format!("{name}: {}\n", guess.words)),
            line => out.push_str(&format!("{name}:{line}: {}\n", guess.words)),
        }
    }
    out
}
