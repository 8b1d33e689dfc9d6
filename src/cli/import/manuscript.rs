//! A manuscript into a chapter in `content/`.
//!
//! Never overwrites: where the chapter is there already and says something else, it is left as it
//! is and another name is asked for. The same manuscript gives the same bytes.

use super::Import;
use crate::cli::{Done, Status};
use crate::disk;
use crate::manuscript::{self, Manuscript};
use crate::terminal;
use std::path::Path;

/// Brings a manuscript in.
pub fn run(import: &Import) -> Done {
    let name = import.file.display().to_string();
    let read = manuscript::from_text(&import.bytes);
    let to = target(import);
    let _ = terminal::print_error(&report(&name, &read));
    if import.dry_run {
        return Ok(Status::Clean);
    }
    write(&import.root, &to, read.text.as_bytes())
}

/// The path of the chapter below the root.
fn target(import: &Import) -> String {
    let stem = import.file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let stem = stem.unwrap_or_else(|| "chapter".to_owned());
    format!("content/{}.md", manuscript::file_name(&stem))
}

/// Writes one file unless another one is in its place.
fn write(root: &Path, path: &str, bytes: &[u8]) -> Done {
    let full = root.join(path);
    if full.exists() {
        let is_same = disk::read_file(&full)? == bytes;
        let words = match is_same {
            true => format!("{path} is there already and says the same\n"),
            false => format!(
                "error: {path} is there already and says something else; it is left as it is\n  \
                 give another name with `--to content/NAME.md`\n"
            ),
        };
        let _ = terminal::print_error(&words);
        return Ok(if is_same { Status::Clean } else { Status::Faulty });
    }
    disk::replace(root, path, None, bytes)?;
    let _ = terminal::print_error(&format!("written: {path}\n"));
    Ok(Status::Clean)
}

/// What was guessed, by line.
fn report(name: &str, read: &Manuscript) -> String {
    let mut out = String::new();
    for guess in &read.guesses {
        match guess.line {
            0 => out.push_str(&format!("{name}: {}\n", guess.words)),
            line => out.push_str(&format!("{name}:{line}: {}\n", guess.words)),
        }
    }
    out
}
