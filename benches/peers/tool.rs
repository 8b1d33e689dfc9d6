//! What the benchmark knows of a tool; one row a tool.

use crate::hugo::Hugo;
use crate::mdbook::MdBook;
use crate::pandoc::Pandoc;
use crate::rapporteur_report::Rapporteur;
use crate::zola::Zola;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

/// All tools, Rapporteur first: the others are compared with it.
pub const TOOLS: [&dyn Tool; 5] = [&Rapporteur, &Hugo, &Zola, &MdBook, &Pandoc];

pub trait Tool {
    /// The name of its program, by which `--tools` names it.
    fn name(&self) -> &'static str;

    /// The name by which people know it.
    fn title(&self) -> &'static str;

    /// What makes it print its version.
    fn version_argument(&self) -> &'static str {
        "--version"
    }

    /// Writes the first `chapters` chapters of the corpus as this tool wants them.
    fn write(&self, chapters: usize, folder: &Path) -> io::Result<()>;

    /// The file of a chapter that an author edits, within the folder.
    fn source(&self, number: usize) -> PathBuf;

    /// The arguments of each process that builds the whole, run in the folder.
    fn commands(&self, chapters: usize) -> Vec<Vec<OsString>>;

    /// The folder within the folder that it writes to.
    fn output(&self) -> &'static str;

    /// The page of a chapter, within the output.
    fn page(&self, number: usize) -> PathBuf;

    /// What stands in a page once for every note, and for nothing else.
    fn note_mark(&self) -> &'static str;

    /// Whether it is measured on a sample of the chapters, whose figures are scaled.
    fn is_one_process_a_chapter(&self) -> bool {
        false
    }
}

/// The name of a chapter's file, with this ending if it is not empty.
pub fn chapter_file(number: usize, ending: &str) -> String {
    match ending {
        "" => format!("chapter-{number:04}"),
        ending => format!("chapter-{number:04}.{ending}"),
    }
}

/// Writes files by their paths within `folder`.
pub fn write_all(folder: &Path, files: &[(&str, &str)]) -> io::Result<()> {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)?;
    }
    Ok(())
}

pub fn create(path: &Path) -> io::Result<BufWriter<File>> {
    Ok(BufWriter::new(File::create(path)?))
}
