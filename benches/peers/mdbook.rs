//! A corpus becomes a book of mdBook's: citations typed out, its own theme, its search switched off.

use crate::corpus;
use crate::markdown::{self, Claims};
use crate::tool::{Tool, chapter_file, create, write_all};
use crate::typed;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub struct MdBook;

const FILES: &[(&str, &str)] = &[(
    "book.toml",
    "[book]\ntitle = \"A Corpus of Chapters\"\nlanguage = \"en\"\n\n[output.html.search]\nenable = false\n",
)];

impl Tool for MdBook {
    fn name(&self) -> &'static str {
        "mdbook"
    }

    fn title(&self) -> &'static str {
        "mdBook"
    }

    fn write(&self, chapters: usize, folder: &Path) -> io::Result<()> {
        write_all(folder, FILES)?;
        fs::create_dir_all(folder.join("src"))?;
        let mut summary = create(&folder.join("src/SUMMARY.md"))?;
        writeln!(summary, "# Summary\n")?;
        for chapter in corpus::chapters(chapters) {
            let (title, file) = (&chapter.title, chapter_file(chapter.number, "md"));
            writeln!(summary, "- [{title}]({file})")?;
            let body = markdown::body(&chapter, &typed::notes(&chapter), Claims::Unmarked);
            fs::write(folder.join(self.source(chapter.number)), format!("# {title}\n\n{body}"))?;
        }
        summary.flush()
    }

    fn source(&self, number: usize) -> PathBuf {
        Path::new("src").join(chapter_file(number, "md"))
    }

    fn commands(&self, _chapters: usize) -> Vec<Vec<OsString>> {
        vec![vec!["build".into()]]
    }

    fn output(&self) -> &'static str {
        "book"
    }

    fn page(&self, number: usize) -> PathBuf {
        chapter_file(number, "html").into()
    }

    fn note_mark(&self) -> &'static str {
        "<li id=\"footnote-"
    }
}
