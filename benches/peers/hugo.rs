//! A corpus becomes a site of Hugo's: citations typed out, a small layout of our own.
//!
//! The layout gives a page what it needs to be read: its title, its contents, its text with the notes,
//! a way back. Hugo's own feeds and site map stay switched on, as Rapporteur writes both too.

use crate::corpus;
use crate::markdown::{self, Claims};
use crate::tool::{Tool, chapter_file, write_all};
use crate::typed;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub struct Hugo;

const FILES: &[(&str, &str)] = &[
    (
        "hugo.toml",
        "baseURL = \"https://example.org/report/\"\nlanguageCode = \"en-gb\"\ntitle = \"A Corpus of Chapters\"\n",
    ),
    ("content/chapters/_index.md", "---\ntitle: Chapters\n---\n"),
    (
        "layouts/_default/baseof.html",
        r#"<!doctype html>
<html lang="{{ .Site.LanguageCode }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }}</title>
</head>
<body>
<header><a href="{{ .Site.BaseURL }}">{{ .Site.Title }}</a></header>
<main>{{ block "main" . }}{{ end }}</main>
</body>
</html>
"#,
    ),
    (
        "layouts/_default/single.html",
        r#"{{ define "main" }}<h1>{{ .Title }}</h1>
{{ .TableOfContents }}
{{ .Content }}{{ end }}
"#,
    ),
    (
        "layouts/_default/list.html",
        r#"{{ define "main" }}<h1>{{ .Title }}</h1>
<ol>{{ range .RegularPagesRecursive }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ol>{{ end }}
"#,
    ),
];

impl Tool for Hugo {
    fn name(&self) -> &'static str {
        "hugo"
    }

    fn title(&self) -> &'static str {
        "Hugo"
    }

    fn version_argument(&self) -> &'static str {
        "version"
    }

    fn write(&self, chapters: usize, folder: &Path) -> io::Result<()> {
        write_all(folder, FILES)?;
        for chapter in corpus::chapters(chapters) {
            let body = markdown::body(&chapter, &typed::notes(&chapter), Claims::Unmarked);
            let (title, weight) = (&chapter.title, chapter.number);
            let text = format!("---\ntitle: \"{title}\"\nweight: {weight}\n---\n\n{body}");
            fs::write(folder.join(self.source(weight)), text)?;
        }
        Ok(())
    }

    fn source(&self, number: usize) -> PathBuf {
        Path::new("content/chapters").join(chapter_file(number, "md"))
    }

    fn commands(&self, _chapters: usize) -> Vec<Vec<OsString>> {
        vec![["--quiet", "--destination", "public"].map(OsString::from).to_vec()]
    }

    fn output(&self) -> &'static str {
        "public"
    }

    fn page(&self, number: usize) -> PathBuf {
        Path::new("chapters").join(chapter_file(number, "")).join("index.html")
    }

    fn note_mark(&self) -> &'static str {
        "<li id=\"fn:"
    }
}
