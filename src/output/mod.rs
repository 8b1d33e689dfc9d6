//! A report into a [`Site`]: pages, data files, feed. Knows not where the site will go.

pub mod address;
mod citations;
mod data;
mod edition;
mod feed;
mod found;
mod highlight;
mod html;
mod image;
mod own_entry;
mod pictures;

pub use citations::{Run, SetCitations, SetEntries, SetRun, instrument_item, item, run};
pub use data::{csv_field, json_lines};
pub use edition::{Edition, prints, whole};
pub use found::records;
pub use pictures::{Pictures, pictures};

use crate::diagnostic::Diagnostic;
use crate::parallel;
use crate::quick::QuickSet;
use crate::source::Asset;
use crate::theme::Theme;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Mutex, PoisonError};

/// Where the files of a site go as they are made, in no order and from many threads.
pub trait Shelf: Sync {
    /// Takes a file.
    fn put(&self, path: String, bytes: Bytes);
}

/// The bytes of a file: made for the site, or shared with what they come from.
pub enum Bytes {
    /// Made for the site.
    Made(Vec<u8>),
    /// Of an asset.
    Shared(Asset),
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Bytes::Made(bytes) => bytes,
            Bytes::Shared(asset) => asset,
        }
    }
}

impl From<Bytes> for Asset {
    fn from(bytes: Bytes) -> Asset {
        match bytes {
            Bytes::Made(bytes) => bytes.into(),
            Bytes::Shared(asset) => asset,
        }
    }
}

/// A site: paths below its root, with forward slashes, and what stands there.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// The files.
    pub files: BTreeMap<String, Asset>,
}

impl Site {
    /// Adds a file; the first at a path stays.
    pub fn add(&mut self, path: String, bytes: impl Into<Asset>) {
        self.files.entry(path).or_insert_with(|| bytes.into());
    }

    /// The site that `fill` puts on a shelf, with what it gives back.
    pub fn collect<R>(fill: impl FnOnce(&dyn Shelf) -> R) -> (Site, R) {
        let shelf = Mutex::new(Site::default());
        let result = fill(&shelf);
        (shelf.into_inner().unwrap_or_else(PoisonError::into_inner), result)
    }
}

impl Shelf for Mutex<Site> {
    fn put(&self, path: String, bytes: Bytes) {
        self.lock().unwrap_or_else(PoisonError::into_inner).add(path, bytes);
    }
}

/// A file of the site that is yet to be made: its memory is needed while it is, and no longer.
pub struct Draft<'e> {
    path: String,
    make: Box<dyn FnOnce() -> Made + Send + 'e>,
}

/// The bytes of a file, or the fault of a template of the project's.
type Made = Result<Bytes, Box<Diagnostic>>;

impl<'e> Draft<'e> {
    /// A file that cannot fail.
    fn new(path: String, make: impl FnOnce() -> Vec<u8> + Send + 'e) -> Draft<'e> {
        Draft { path, make: Box::new(|| Ok(Bytes::Made(make()))) }
    }

    /// A file that is made already.
    pub fn ready(path: String, bytes: impl Into<Asset>) -> Draft<'e> {
        let bytes = bytes.into();
        Draft { path, make: Box::new(|| Ok(Bytes::Shared(bytes))) }
    }
}

/// One kind of output: a function from the edition to files.
type Output = for<'e> fn(&'e Edition<'e>, &mut Vec<Draft<'e>>);

/// Everything but the pages; a new output is a file and a row.
const OUTPUTS: &[Output] = &[data::files, own_entry::files, feed::files, assets];

/// The file at `path`; nothing where there is none, or a template of the project's has a fault.
pub fn file(edition: &Edition, theme: &Theme, path: &str) -> Option<Asset> {
    let press = html::Press::new(edition, theme);
    let draft = drafts(edition, &press).into_iter().find(|draft| draft.path == path)?;
    (draft.make)().ok().map(Asset::from)
}

/// All files that are made from the edition.
fn drafts<'e>(edition: &'e Edition<'e>, press: &'e html::Press<'e>) -> Vec<Draft<'e>> {
    let mut drafts = html::pages(press);
    for output in OUTPUTS {
        output(edition, &mut drafts);
    }
    drafts
}

/// Makes the whole site, `more` files with it; gives the faults of the project's templates. Of two
/// files with one path the first is made.
pub fn publish(
    edition: &Edition,
    theme: &Theme,
    more: Vec<Draft>,
    shelf: &dyn Shelf,
) -> Vec<Diagnostic> {
    let press = html::Press::new(edition, theme);
    let mut drafts = drafts(edition, &press);
    drafts.extend(more);
    let mut seen = QuickSet::default();
    drafts.retain(|draft| seen.insert(draft.path.clone()));
    let faults = parallel::map_owned(drafts, |draft| match (draft.make)() {
        Ok(bytes) => {
            shelf.put(draft.path, bytes);
            None
        }
        Err(fault) => Some(*fault),
    });
    faults.into_iter().flatten().collect()
}

/// Images and data files that stand beside the chapters.
fn assets<'e>(edition: &'e Edition<'e>, drafts: &mut Vec<Draft<'e>>) {
    drafts.extend(edition.assets().into_iter().map(|(path, bytes)| Draft::ready(path, bytes)));
}
