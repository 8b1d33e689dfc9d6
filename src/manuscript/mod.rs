//! Foreign manuscripts into chapters: bytes in, the text of a chapter and what was guessed out.
//!
//! A reader for each format gives a [`draft::Draft`]; one writer makes Markdown of it. The
//! invariant: nothing of a manuscript is lost; what does not come into the chapter is told of. This
//! module must not know where a chapter is written, nor ask the disk.

mod docx;
mod draft;
mod encoding;
mod escape;
mod flat;
mod html;
mod title;
mod write;

pub use docx::Changes;

use draft::Draft;

/// Something that the author should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// The line of the manuscript; 0 where it is about the whole.
    pub line: usize,
    /// What was taken for what.
    pub words: String,
}

impl Guess {
    fn at(line: usize, words: impl Into<String>) -> Guess {
        Guess { line, words: words.into() }
    }

    fn whole(words: impl Into<String>) -> Guess {
        Guess::at(0, words)
    }
}

/// Why a manuscript cannot be read, in a sentence that goes on after the name of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub String);

/// An image of a manuscript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The name of its file.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a reader gives.
struct Taken {
    draft: Draft,
    images: Vec<Image>,
    guesses: Vec<Guess>,
}

/// What came of a manuscript.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Manuscript {
    /// The text of the chapter, front matter and all.
    pub text: String,
    /// Its images, for a folder beside the chapter.
    pub images: Vec<Image>,
    /// What was guessed, by line.
    pub guesses: Vec<Guess>,
}

/// Reads a flattened text.
pub fn from_text(bytes: &[u8]) -> Manuscript {
    let mut guesses = Vec::new();
    let text = encoding::text(bytes, &mut guesses);
    let draft = flat::read(&text, &mut guesses);
    finish(Taken { draft, images: Vec::new(), guesses })
}

/// Reads a web page.
pub fn from_html(bytes: &[u8]) -> Manuscript {
    let mut guesses = Vec::new();
    let text = encoding::page(bytes, &mut guesses);
    let mut taken = html::read(&text);
    taken.guesses.extend(guesses);
    finish(taken)
}

/// Reads a Word document; `folder` is where its images will be, as seen from the chapter.
pub fn from_docx(bytes: &[u8], changes: Changes, folder: &str) -> Result<Manuscript, Refusal> {
    docx::read(bytes, changes, folder).map(finish)
}

fn finish(taken: Taken) -> Manuscript {
    let Taken { draft, images, mut guesses } = taken;
    guesses.sort_by_key(|guess| guess.line);
    Manuscript { text: write::write(&draft), images, guesses }
}

/// A name for a chapter's file: `Chapter 4 (final)` is `chapter-4-final`.
pub fn file_name(stem: &str) -> String {
    let words: Vec<String> = stem
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.is_empty() { "chapter".to_owned() } else { words.join("-") }
}
