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
use crate::theme::Theme;
use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

/// Where the files of a site go as they are made, in no order and from many threads.
pub trait Shelf: Sync {
    /// Takes a file.
    fn put(&self, path: String, bytes: Arc<[u8]>);
}

/// A site: paths below its root, with forward slashes, and what stands there.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// The files.
    pub files: BTreeMap<String, Arc<[u8]>>,
}

impl Site {
    /// Adds a file; the first at a path stays.
    pub fn add(&mut self, path: String, bytes: impl Into<Arc<[u8]>>) {
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
    fn put(&self, path: String, bytes: Arc<[u8]>) {
        self.lock().unwrap_or_else(PoisonError::into_inner).add(path, bytes);
    }
}

/// A file of the site that is yet to be made: its memory is needed while it is, and no longer.
pub struct Draft<'e> {
    path: String,
    make: Box<dyn FnOnce() -> Made + Send + 'e>,
}

/// The bytes of a file, or the fault of a template of the project's.
type Made = Result<Arc<[u8]>, Box<Diagnostic>>;

impl<'e> Draft<'e> {
    /// A file that cannot fail.
    fn new<B: Into<Arc<[u8]>>>(path: String, make: impl FnOnce() -> B + Send + 'e) -> Draft<'e> {
        Draft { path, make: Box::new(|| Ok(make().into())) }
    }

    /// A file that is made already.
    pub fn ready(path: String, bytes: impl Into<Arc<[u8]>>) -> Draft<'e> {
        let bytes = bytes.into();
        Draft::new(path, || bytes)
    }
}

/// One kind of output: a function from the edition to files.
type Output = for<'e> fn(&'e Edition<'e>, &mut Vec<Draft<'e>>);

/// Everything but the pages; a new output is a file and a row.
const OUTPUTS: &[Output] = &[data::files, own_entry::files, feed::files, assets];

/// The file at `path`; nothing where there is none, or a template of the project's has a fault.
pub fn file(edition: &Edition, theme: &Theme, path: &str) -> Option<Arc<[u8]>> {
    let press = html::Press::new(edition, theme);
    let draft = drafts(edition, &press).into_iter().find(|draft| draft.path == path)?;
    (draft.make)().ok()
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
    let mut seen = HashSet::new();
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
