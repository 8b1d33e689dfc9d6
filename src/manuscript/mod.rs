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
mod images;
mod markdown;
mod pandoc;
mod reference;
mod sources;
mod title;
mod write;

pub use docx::Changes;
pub use images::{Beside, nothing_beside};
pub use sources::{Known, NewSource};

use draft::Draft;
use images::Gallery;

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
    /// The sources that its notes name by their addresses.
    pub sources: Vec<NewSource>,
    /// What was guessed, by line.
    pub guesses: Vec<Guess>,
}

/// The form of a manuscript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A flattened text.
    Text,
    /// A Word document.
    Docx,
    /// A web page.
    Html,
    /// Pandoc's Markdown.
    Markdown,
    /// Pandoc's JSON.
    Json,
}

/// How a manuscript is read.
pub struct Options<'a> {
    /// What is done with tracked changes.
    pub changes: Changes,
    /// Where its images will be, as seen from the chapter.
    pub folder: &'a str,
    /// What gives the bytes of files that stand beside it.
    pub beside: Beside<'a>,
    /// What the report has already.
    pub known: &'a Known,
}

const EMPTY: &str = "there is no text in it; look whether it was saved";

/// Reads a manuscript; fails where the bytes are not what `form` says.
pub fn read(bytes: &[u8], form: Form, options: &Options) -> Result<Manuscript, Refusal> {
    let mut guesses = Vec::new();
    let is_binary = |text: &str| text.contains('\0') || text.starts_with("PK\u{3}\u{4}");
    let gallery = || Gallery::new(options.folder, options.beside);
    let taken = match form {
        Form::Docx => docx::read(bytes, options.changes, options.folder)?,
        Form::Json => pandoc::read(bytes, gallery())?,
        Form::Html => html::read(&encoding::page(bytes, &mut guesses), gallery())?,
        Form::Text | Form::Markdown => {
            let text = encoding::text(bytes, &mut guesses);
            if is_binary(&text) {
                return Err(Refusal(
                    "it is no text: save it as plain text, or as .docx".to_owned(),
                ));
            }
            if text.trim().is_empty() {
                return Err(Refusal(EMPTY.to_owned()));
            }
            if form == Form::Markdown {
                let text = markdown::read(&text, &mut guesses);
                let (text, sources) = sources::bind_markdown(&text, options.known, &mut guesses);
                let guesses = by_line(guesses);
                return Ok(Manuscript { text, images: Vec::new(), sources, guesses });
            }
            let draft = flat::read(&text, &mut guesses);
            Taken { draft, images: Vec::new(), guesses: Vec::new() }
        }
    };
    let Taken { mut draft, images, guesses: told } = taken;
    guesses.extend(told);
    if draft.blocks.is_empty() && draft.notes.is_empty() && draft.title.is_none() {
        return Err(Refusal(EMPTY.to_owned()));
    }
    let sources = sources::bind(&mut draft.notes, options.known, &mut guesses);
    Ok(Manuscript { text: write::write(&draft), images, sources, guesses: by_line(guesses) })
}

/// Guesses by line; those about the whole come last, for they are read last.
fn by_line(mut guesses: Vec<Guess>) -> Vec<Guess> {
    guesses.sort_by_key(|guess| (guess.line == 0, guess.line));
    guesses
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
