//! `rapporteur import FILE`: a bibliography into `citations.yaml`, a manuscript into `content/`.
//!
//! What a file is, its ending says; a `.json` is looked into. Nothing that is there is overwritten.

mod claims;
mod entries;
mod manuscript;
mod references;

use super::{Done, Status};
use crate::disk;
use crate::interchange::Form;
use crate::manuscript as foreign;
use crate::terminal;
use std::path::{Path, PathBuf};

/// Bring in a bibliography (.bib, .ris, .json, .yaml) or a manuscript (.docx, .html, .md, .txt)
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The file to bring in
    file: PathBuf,

    /// Folder of the report [default: the nearest folder from here up that has a book.toml]
    dir: Option<PathBuf>,

    /// Say what would be done, and write nothing
    #[arg(long)]
    dry_run: bool,

    /// Say nothing but what could not be brought in
    #[arg(long, short)]
    quiet: bool,

    #[command(flatten)]
    manuscript: manuscript::Flags,
}

/// One import: what is brought in, and whereto.
#[derive(Debug)]
pub struct Import {
    /// The file as it was named.
    pub file: PathBuf,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// The folder of the report.
    pub root: PathBuf,
    /// Whether nothing is to be written.
    pub dry_run: bool,
    /// Whether only what could not be brought in is to be said.
    pub quiet: bool,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A bibliography.
    References(Form),
    /// A text with notes.
    Manuscript(foreign::Form),
}

/// Reads the file and hands it to who knows its kind.
pub fn run(arguments: &Arguments) -> Done {
    let root = match &arguments.dir {
        Some(dir) => disk::project_in(dir)?,
        None => disk::find_project(Path::new("."))?,
    };
    let bytes = disk::read_file(&arguments.file)?;
    let Some(kind) = kind(&arguments.file, &bytes) else {
        let file = arguments.file.display();
        let _ = terminal::print_error(&format!(
            "error: {file} is neither a bibliography nor a manuscript that can be read\n  \
             a bibliography ends in .bib, .ris, .json or .yaml, a manuscript in .docx, .html, .md or .txt\n"
        ));
        return Ok(Status::Misused);
    };
    let import = Import {
        file: arguments.file.clone(),
        bytes,
        root,
        dry_run: arguments.dry_run,
        quiet: arguments.quiet,
    };
    match kind {
        Kind::References(form) => references::run(&import, form),
        Kind::Manuscript(form) => manuscript::run(&import, form, &arguments.manuscript),
    }
}

/// What the file is, by its ending and, where that leaves a question, by its content.
fn kind(path: &Path, bytes: &[u8]) -> Option<Kind> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    Some(match ending.as_str() {
        "bib" | "bibtex" => Kind::References(Form::Bibtex),
        "ris" => Kind::References(Form::Ris),
        "yaml" | "yml" => Kind::References(Form::Yaml),
        "json" if is_pandoc(bytes) => Kind::Manuscript(foreign::Form::Json),
        "json" => Kind::References(Form::CslJson),
        "txt" if Form::of_ris(bytes) => Kind::References(Form::Ris),
        "docx" => Kind::Manuscript(foreign::Form::Docx),
        "html" | "htm" | "xhtml" => Kind::Manuscript(foreign::Form::Html),
        "md" | "markdown" => Kind::Manuscript(foreign::Form::Markdown),
        "txt" | "text" => Kind::Manuscript(foreign::Form::Text),
        _ => return None,
    })
}

/// Whether a JSON file is a document as Pandoc writes it. Its version may stand at its end.
fn is_pandoc(bytes: &[u8]) -> bool {
    const MARK: &[u8] = b"\"pandoc-api-version\"";
    bytes.trim_ascii_start().starts_with(b"{") && bytes.windows(MARK.len()).any(|w| w == MARK)
}
