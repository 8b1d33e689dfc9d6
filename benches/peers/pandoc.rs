//! A corpus becomes documents for pandoc with citeproc: citations by key, sources in CSL-JSON.
//!
//! pandoc reads one document at a time: each chapter is a process of its own with its own sources,
//! set in the style that Rapporteur uses.

use crate::corpus::{self, Chapter};
use crate::markdown::{self, Claims};
use crate::sources::{ACCESSED, Author, Kind, Source};
use crate::tool::{Tool, chapter_file, write_all};
use serde_json::{Value, json};
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub struct Pandoc;

const FILES: &[(&str, &str)] = &[
    ("style.csl", include_str!("../../csl/policy-report-notes.csl")),
    // pandoc makes no folder for what it writes.
    ("src/.keep", ""),
];

impl Tool for Pandoc {
    fn name(&self) -> &'static str {
        "pandoc"
    }

    fn title(&self) -> &'static str {
        "pandoc with citeproc"
    }

    fn write(&self, chapters: usize, folder: &Path) -> io::Result<()> {
        write_all(folder, FILES)?;
        for chapter in corpus::chapters(chapters) {
            fs::write(folder.join(self.source(chapter.number)), text(&chapter))?;
            let entries: Vec<Value> = chapter.sources.iter().map(entry).collect();
            let file = Path::new("src").join(chapter_file(chapter.number, "json"));
            fs::write(folder.join(file), Value::from(entries).to_string())?;
        }
        Ok(())
    }

    fn source(&self, number: usize) -> PathBuf {
        Path::new("src").join(chapter_file(number, "md"))
    }

    fn commands(&self, chapters: usize) -> Vec<Vec<OsString>> {
        (1..=chapters).map(|number| self.command(number)).collect()
    }

    fn output(&self) -> &'static str {
        "out"
    }

    fn page(&self, number: usize) -> PathBuf {
        chapter_file(number, "html").into()
    }

    fn note_mark(&self) -> &'static str {
        "<li id=\"fn"
    }

    fn is_one_process_a_chapter(&self) -> bool {
        true
    }
}

impl Pandoc {
    fn command(&self, number: usize) -> Vec<OsString> {
        let sources = Path::new("src").join(chapter_file(number, "json"));
        let page = Path::new(self.output()).join(self.page(number));
        let mut command: Vec<OsString> =
            ["--standalone", "--toc", "--to", "html5", "--citeproc", "--csl", "style.csl"]
                .map(OsString::from)
                .to_vec();
        command.extend(["--bibliography".into(), sources.into()]);
        command.extend(["--output".into(), page.into(), self.source(number).into()]);
        command
    }
}

fn text(chapter: &Chapter) -> String {
    let notes = chapter.notes.iter().map(|note| markdown::keyed_note(chapter, note));
    let body = markdown::body(chapter, &notes.collect::<Vec<_>>(), Claims::Unmarked);
    format!("---\ntitle: \"{}\"\nlang: en-GB\n---\n\n{body}", chapter.title)
}

/// A work in CSL-JSON.
fn entry(source: &Source) -> Value {
    let (kind, within) = match source.kind {
        Kind::Report => ("report", "publisher"),
        Kind::Book => ("book", "publisher"),
        Kind::News => ("article-newspaper", "container-title"),
        Kind::Article => ("article-journal", "container-title"),
        Kind::Page => ("webpage", "container-title"),
    };
    let authors: Vec<Value> = match &source.author {
        Author::Organisation(name) => vec![json!({"literal": name})],
        Author::People(people) => {
            people.iter().map(|(family, given)| json!({"family": family, "given": given})).collect()
        }
    };
    let mut entry = json!({
        "id": source.key,
        "type": kind,
        "title": source.title,
        "author": authors,
        "issued": {"date-parts": [[source.year, source.month, source.day]]},
        within: source.publisher,
    });
    if source.kind != Kind::Book {
        let (year, month, day) = ACCESSED;
        entry["URL"] = json!(source.url);
        entry["accessed"] = json!({"date-parts": [[year, month, day]]});
    }
    entry
}
