//! A corpus becomes a site of Zola's: citations typed out, small templates of our own.

use crate::corpus;
use crate::markdown::{self, Claims};
use crate::tool::{Tool, chapter_file, write_all};
use crate::typed;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub struct Zola;

const FILES: &[(&str, &str)] = &[
    (
        "config.toml",
        "base_url = \"https://example.org/report\"\ntitle = \"A Corpus of Chapters\"\ndefault_language = \"en\"\nbuild_search_index = false\n\n[markdown]\nbottom_footnotes = true\n",
    ),
    ("content/_index.md", "+++\ntitle = \"A Corpus of Chapters\"\n+++\n"),
    ("content/chapters/_index.md", "+++\ntitle = \"Chapters\"\nsort_by = \"weight\"\n+++\n"),
    (
        "templates/base.html",
        r#"<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{% block title %}{% endblock title %}</title>
</head>
<body>
<header><a href="{{ config.base_url }}">{{ config.title }}</a></header>
<main>{% block main %}{% endblock main %}</main>
</body>
</html>
"#,
    ),
    (
        "templates/page.html",
        r#"{% extends "base.html" %}
{% block title %}{{ page.title }}{% endblock title %}
{% block main %}<h1>{{ page.title }}</h1>
<ul>{% for heading in page.toc %}<li><a href="{{ heading.permalink }}">{{ heading.title }}</a></li>
{% endfor %}</ul>
{{ page.content | safe }}{% endblock main %}
"#,
    ),
    ("templates/section.html", LIST),
    ("templates/index.html", LIST),
];

const LIST: &str = r#"{% extends "base.html" %}
{% block title %}{{ section.title }}{% endblock title %}
{% block main %}<h1>{{ section.title }}</h1>
<ol>{% for page in section.pages %}<li><a href="{{ page.permalink }}">{{ page.title }}</a></li>
{% endfor %}</ol>{% endblock main %}
"#;

impl Tool for Zola {
    fn name(&self) -> &'static str {
        "zola"
    }

    fn title(&self) -> &'static str {
        "Zola"
    }

    fn write(&self, chapters: usize, folder: &Path) -> io::Result<()> {
        write_all(folder, FILES)?;
        for chapter in corpus::chapters(chapters) {
            let body = markdown::body(&chapter, &typed::notes(&chapter), Claims::Unmarked);
            let (title, weight) = (&chapter.title, chapter.number);
            let text = format!("+++\ntitle = \"{title}\"\nweight = {weight}\n+++\n\n{body}");
            fs::write(folder.join(self.source(weight)), text)?;
        }
        Ok(())
    }

    fn source(&self, number: usize) -> PathBuf {
        Path::new("content/chapters").join(chapter_file(number, "md"))
    }

    fn commands(&self, _chapters: usize) -> Vec<Vec<OsString>> {
        // With `--output-dir` it would not build over what is there.
        vec![vec!["build".into()]]
    }

    fn output(&self) -> &'static str {
        "public"
    }

    fn page(&self, number: usize) -> PathBuf {
        Path::new("chapters").join(chapter_file(number, "")).join("index.html")
    }

    fn note_mark(&self) -> &'static str {
        "<li id=\"fn-"
    }
}
