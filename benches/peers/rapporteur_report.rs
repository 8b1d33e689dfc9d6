//! A corpus becomes a report of Rapporteur's: citations by key, claims declared, sources in YAML.

use crate::corpus::{self, Chapter, Note};
use crate::markdown::{self, Claims};
use crate::sources::{ACCESSED, Author, Kind, Source};
use crate::tool::{Tool, chapter_file, create};
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub struct Rapporteur;

const CONFIGURATION: &str = r#"[book]
title = "A Corpus of Chapters"
language = "en-GB"
date = "2019-11-22"

[law]
state = "KZ"
date = "2019-11-22"

[output.html]
base-url = "https://example.org/report/"
search = false
"#;

impl Tool for Rapporteur {
    fn name(&self) -> &'static str {
        "rapporteur"
    }

    fn title(&self) -> &'static str {
        "Rapporteur"
    }

    fn write(&self, chapters: usize, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder.join("content"))?;
        fs::write(folder.join("book.toml"), CONFIGURATION)?;
        let mut sources = create(&folder.join("citations.yaml"))?;
        for chapter in corpus::chapters(chapters) {
            fs::write(folder.join(self.source(chapter.number)), text(&chapter))?;
            chapter.sources.iter().try_for_each(|source| entry(&mut sources, source))?;
        }
        sources.flush()
    }

    fn source(&self, number: usize) -> PathBuf {
        Path::new("content").join(chapter_file(number, "md"))
    }

    fn commands(&self, _chapters: usize) -> Vec<Vec<OsString>> {
        vec![["build", "--quiet"].map(OsString::from).to_vec()]
    }

    fn output(&self) -> &'static str {
        "site"
    }

    fn page(&self, number: usize) -> PathBuf {
        Path::new(&chapter_file(number, "")).join("index.html")
    }

    fn note_mark(&self) -> &'static str {
        "<li id=\"n"
    }
}

/// A chapter's file.
fn text(chapter: &Chapter) -> String {
    let notes: Vec<String> = chapter.notes.iter().map(|note| note_text(chapter, note)).collect();
    let body = markdown::body(chapter, &notes, Claims::Marked);
    format!("---\ntitle: \"{}\"\n---\n\n{body}", chapter.title)
}

fn note_text(chapter: &Chapter, note: &Note) -> String {
    let text = markdown::keyed_note(chapter, note);
    match note.declares {
        Some(right) => format!("{{claim={right} finding=violated by=KZ}} {text}"),
        None => text,
    }
}

/// A work in `citations.yaml`.
fn entry(out: &mut impl Write, source: &Source) -> io::Result<()> {
    let Source { key, title, publisher, year, month, day, url, .. } = source;
    let (kind, within) = match source.kind {
        Kind::Report => ("report", "publisher"),
        Kind::Book => ("book", "publisher"),
        Kind::News => ("news", "container-title"),
        Kind::Article => ("article-journal", "container-title"),
        Kind::Page => ("web", "container-title"),
    };
    writeln!(out, "{key}:\n  type: {kind}\n  title: \"{title}\"")?;
    match &source.author {
        Author::Organisation(name) => writeln!(out, "  authors: [{{org: \"{name}\"}}]")?,
        Author::People(people) => {
            let names = people.iter().map(|(family, given)| format!("\"{family}, {given}\""));
            writeln!(out, "  authors: [{}]", names.collect::<Vec<_>>().join(", "))?;
        }
    }
    writeln!(out, "  {within}: {publisher}\n  issued: {year}-{month:02}-{day:02}")?;
    if source.kind == Kind::Book {
        return Ok(());
    }
    let (year, month, day) = ACCESSED;
    writeln!(out, "  url: {url}\n  accessed: {year}-{month:02}-{day:02}")
}
