//! A Word document into a [`Draft`]: footnotes and endnotes, headings, tables, lists, images,
//! links, emphasis, tracked changes.
//!
//! The invariant: text is in the draft or told of. It must not know where the images will be
//! written beyond the folder that it is given for their addresses.

mod body;
mod package;
mod runs;
mod styles;
#[cfg(test)]
mod tests;
mod xml;

pub use body::{in_line, trim};

use super::draft::{Block, Draft, Note};
use super::{Guess, Image, Refusal, Taken, title};
use package::Package;
use runs::Field;
use std::collections::{HashMap, HashSet};
use styles::{Numberings, Styles};
use xml::Element;

/// What is done with tracked changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Changes {
    /// They are made.
    #[default]
    Accept,
    /// The text is as it was before them.
    Refuse,
}

/// The two kinds of notes; here they are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum NoteKind {
    Foot,
    End,
}

struct Reader<'a> {
    package: &'a Package,
    styles: Styles,
    numberings: Numberings,
    changes: Changes,
    /// Targets by id, of the part that is being read.
    relations: HashMap<String, String>,
    title: Option<String>,
    /// Notes in the order in which they are called.
    called: Vec<(NoteKind, String)>,
    labels: HashMap<(NoteKind, String), String>,
    images: Vec<Image>,
    /// Addresses in the chapter by path in the package.
    addresses: HashMap<String, String>,
    folder: &'a str,
    links: Vec<String>,
    fields: Vec<Field>,
    /// Text boxes of the paragraph that is being read.
    boxes: Vec<Vec<Block>>,
    insertions: usize,
    deletions: usize,
    guesses: Vec<Guess>,
}

/// Reads a document; `folder` is where its images will be, as seen from the chapter.
pub fn read(bytes: &[u8], changes: Changes, folder: &str) -> Result<Taken, Refusal> {
    let package = Package::open(bytes).map_err(Refusal)?;
    let main = main_part(&package);
    let file = package
        .file(&main)
        .ok_or_else(|| Refusal("it has no text of a document in it".to_owned()))?;
    let root = xml::parse(file).map_err(Refusal)?;
    let part = |name: &str| package.file(&beside(&main, name)).and_then(|f| xml::parse(f).ok());
    let mut reader = Reader {
        package: &package,
        styles: part("styles.xml").map(|root| Styles::of(&root)).unwrap_or_default(),
        numberings: part("numbering.xml").map(|root| Numberings::of(&root)).unwrap_or_default(),
        changes,
        relations: relations(&package, &main),
        title: None,
        called: Vec::new(),
        labels: HashMap::new(),
        images: Vec::new(),
        addresses: HashMap::new(),
        folder,
        links: Vec::new(),
        fields: Vec::new(),
        boxes: Vec::new(),
        insertions: 0,
        deletions: 0,
        guesses: Vec::new(),
    };
    let blocks = root.child("body").map(|body| reader.blocks(body)).unwrap_or_default();
    let notes = reader.notes(&main, part("footnotes.xml"), part("endnotes.xml"));
    reader.tell_of_changes();
    reader.tell_of_comments(part("comments.xml"));
    reader.tell_of_margins();
    let mut draft = Draft { title: reader.title.take(), blocks, notes, ..Draft::default() };
    draft.first_note = first_number(&root).filter(|number| *number > 1);
    title::take(&mut draft, &mut reader.guesses);
    Ok(Taken { draft, images: reader.images, guesses: reader.guesses })
}

/// The path of the part that is the document.
fn main_part(package: &Package) -> String {
    let root = package.file("_rels/.rels").and_then(|file| xml::parse(file).ok());
    let target = root.and_then(|root| {
        let is_main =
            |e: &&Element| e.attribute("Type").is_some_and(|t| t.ends_with("/officeDocument"));
        let main = root.elements().find(is_main)?;
        main.attribute("Target").map(|target| target.trim_start_matches('/').to_owned())
    });
    target.unwrap_or_else(|| "word/document.xml".to_owned())
}

/// The path of `name` in the folder of `part`.
fn beside(part: &str, name: &str) -> String {
    if let Some(whole) = name.strip_prefix('/') {
        return whole.to_owned();
    }
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in name.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

/// The targets that a part refers to, by id.
fn relations(package: &Package, part: &str) -> HashMap<String, String> {
    let name = part.rsplit('/').next().unwrap_or(part);
    let path = beside(part, &format!("_rels/{name}.rels"));
    let root = package.file(&path).and_then(|file| xml::parse(file).ok()).unwrap_or_default();
    let pairs = root.elements().filter_map(|relation| {
        let (id, target) = (relation.attribute("Id")?, relation.attribute("Target")?);
        let is_outside = relation.attribute("TargetMode") == Some("External");
        let target = if is_outside { target.to_owned() } else { beside(part, target) };
        Some((id.to_owned(), target))
    });
    pairs.collect()
}

/// The number of the first footnote, where the document sets one.
fn first_number(root: &Element) -> Option<u32> {
    root.find("sectPr")?.value(&["footnotePr", "numStart"])?.parse().ok()
}

impl Reader<'_> {
    fn tell(&mut self, words: String) {
        self.guesses.push(Guess::whole(words));
    }

    /// The label of a note; notes are counted in the order in which they are called.
    fn note_label(&mut self, kind: NoteKind, id: &str) -> String {
        let key = (kind, id.to_owned());
        if let Some(label) = self.labels.get(&key) {
            return label.clone();
        }
        self.called.push(key.clone());
        let label = self.called.len().to_string();
        self.labels.insert(key, label.clone());
        label
    }

    /// The address of an image; its bytes are kept.
    fn image(&mut self, target: &str) -> String {
        if let Some(address) = self.addresses.get(target) {
            return address.clone();
        }
        let Some(bytes) = self.package.file(target) else {
            self.tell(format!("an image is not in the document, only its address: {target}"));
            return target.to_owned();
        };
        let ending = target.rsplit_once('.').map_or("bin", |(_, ending)| ending).to_lowercase();
        let name = format!("image-{}.{ending}", self.addresses.len() + 1);
        if matches!(ending.as_str(), "emf" | "wmf" | "tif" | "tiff" | "bmp") {
            self.guesses.push(Guess::whole(format!(
                "{name} is a kind of image that browsers do not show; save it as PNG or SVG"
            )));
        }
        let address = format!("{}/{name}", self.folder);
        self.images.push(Image { name, bytes: bytes.to_vec() });
        self.addresses.insert(target.to_owned(), address.clone());
        address
    }

    /// The texts of the notes that are called.
    fn notes(&mut self, main: &str, foot: Option<Element>, end: Option<Element>) -> Vec<Note> {
        let mut texts: HashMap<(NoteKind, String), Vec<Block>> = HashMap::new();
        let parts = [(NoteKind::Foot, foot, "footnotes.xml"), (NoteKind::End, end, "endnotes.xml")];
        for (kind, root, name) in parts {
            let Some(root) = root else { continue };
            self.relations = relations(self.package, &beside(main, name));
            for note in root.elements().filter(|element| element.attribute("type").is_none()) {
                let Some(id) = note.attribute("id") else { continue };
                let key = (kind, id.to_owned());
                if self.labels.contains_key(&key) {
                    texts.insert(key, self.blocks(note));
                } else if !note.text().trim().is_empty() {
                    self.tell(format!(
                        "a note that the text does not call is left out: “{}”",
                        note.text().trim()
                    ));
                }
            }
        }
        let called = std::mem::take(&mut self.called);
        let labelled = called.into_iter().enumerate();
        labelled
            .map(|(index, key)| Note {
                label: (index + 1).to_string(),
                blocks: texts.remove(&key).unwrap_or_default(),
            })
            .collect()
    }

    fn tell_of_changes(&mut self) {
        let (insertions, deletions) = (self.insertions, self.deletions);
        if insertions > 0 {
            self.tell(format!(
                "{insertions} tracked insertions accepted; `--changes refuse` leaves them out"
            ));
        }
        if deletions > 0 {
            self.tell(format!(
                "{deletions} tracked deletions refused; their words are in the chapter"
            ));
        }
    }

    fn tell_of_comments(&mut self, comments: Option<Element>) {
        let Some(root) = comments else { return };
        for comment in root.elements().filter(|element| element.name == "comment") {
            let by = comment.attribute("author").unwrap_or("somebody");
            let words = comment.text();
            if !words.trim().is_empty() {
                self.tell(format!("comment by {by}, left out: “{}”", words.trim()));
            }
        }
    }

    /// Tells of page headers and footers.
    fn tell_of_margins(&mut self) {
        let paths = self.package.paths("word/").filter(|path| {
            let name = path.rsplit('/').next().unwrap_or_default();
            (name.starts_with("header") || name.starts_with("footer")) && name.ends_with(".xml")
        });
        let mut seen = HashSet::new();
        let roots = paths.filter_map(|path| self.package.file(path));
        let texts: Vec<String> = roots
            .filter_map(|file| xml::parse(file).ok())
            .map(|root| root.text().trim().to_owned())
            .filter(|text| text.chars().any(char::is_alphabetic) && seen.insert(text.clone()))
            .collect();
        for text in texts {
            self.tell(format!("a page header or footer is left out: “{text}”"));
        }
    }
}
