//! Images that a manuscript names: where they stand in files beside it, they come along.
//!
//! It must not ask the disk: whoever reads hands over what brings the bytes of a file.

use super::{Guess, Image, file_name};
use std::collections::BTreeMap;

/// What gives the bytes of a file that stands beside the manuscript or below it; the path has
/// forward slashes.
pub type Beside<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// Nothing stands beside the manuscript.
pub fn nothing_beside(_: &str) -> Option<Vec<u8>> {
    None
}

/// The images of a manuscript, as they come up.
pub(super) struct Gallery<'a> {
    /// Where they will be, as seen from the chapter.
    folder: &'a str,
    beside: Beside<'a>,
    images: Vec<Image>,
    /// The names of those that came along, by their addresses.
    names: BTreeMap<String, String>,
}

impl<'a> Gallery<'a> {
    pub(super) fn new(folder: &'a str, beside: Beside<'a>) -> Gallery<'a> {
        Gallery { folder, beside, images: Vec::new(), names: BTreeMap::new() }
    }

    /// The images that came along.
    pub(super) fn into_images(self) -> Vec<Image> {
        self.images
    }

    /// The address of the image at `target` in the chapter.
    pub(super) fn place(&mut self, target: &str, guesses: &mut Vec<Guess>) -> String {
        if target.contains("://") || target.starts_with("//") {
            return target.to_owned();
        }
        let target = target.strip_prefix("./").unwrap_or(target);
        if let Some(name) = self.names.get(target) {
            return format!("{}/{name}", self.folder);
        }
        let Some(image) = self.bring(target) else {
            guesses.push(Guess::whole(format!(
                "the image {target} is only named; put the file beside the chapter"
            )));
            return target.to_owned();
        };
        let address = format!("{}/{}", self.folder, image.name);
        guesses.push(Guess::whole(format!("the image {target} is copied to {address}")));
        self.names.insert(target.to_owned(), image.name.clone());
        self.images.push(image);
        address
    }

    fn bring(&self, target: &str) -> Option<Image> {
        const ENDINGS: &[&str] = &["png", "jpg", "jpeg", "gif", "svg", "webp", "avif"];
        let path = decoded(target.split(['?', '#']).next()?)?;
        let is_below =
            !path.contains('\\') && path.split('/').all(|s| !matches!(s, "" | "." | ".."));
        let (stem, ending) = path.rsplit('/').next()?.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        if !is_below || !ENDINGS.contains(&ending.as_str()) {
            return None;
        }
        let bytes = (self.beside)(&path)?;
        let stem = file_name(stem);
        let names = (1..).map(|count| match count {
            1 => format!("{stem}.{ending}"),
            _ => format!("{stem}-{count}.{ending}"),
        });
        let is_free = |name: &String| !self.images.iter().any(|image| image.name == *name);
        names.into_iter().find(is_free).map(|name| Image { name, bytes })
    }
}

/// A path with its codes (`%20`) resolved.
fn decoded(path: &str) -> Option<String> {
    let mut out = Vec::new();
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        out.push(match byte {
            b'%' => (digit(bytes.next())? * 16 + digit(bytes.next())?) as u8,
            byte => byte,
        });
    }
    String::from_utf8(out).ok()
}
