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
mod pictures;

pub use citations::{Run, SetCitations, SetEntries, SetRun, instrument_item, items, runs};
pub use data::{csv_field, json_lines};
pub use edition::{Edition, cited_in, whole};
pub use found::records;
pub use pictures::{Pictures, pictures};

use crate::diagnostic::Diagnostic;
use crate::theme::Theme;
use std::collections::BTreeMap;
use std::sync::Arc;

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
}

/// One kind of output: a function from the edition to files.
type Output = fn(&Edition, &mut Site);

/// Everything but the pages; a new output is a file and a row.
const OUTPUTS: &[Output] = &[data::files, feed::files, assets];

/// Makes the whole site; gives the faults of the project's templates.
pub fn publish(edition: &Edition, theme: &Theme) -> (Site, Vec<Diagnostic>) {
    let mut site = Site::default();
    let diagnostics = html::pages(edition, theme, &mut site);
    for output in OUTPUTS {
        output(edition, &mut site);
    }
    (site, diagnostics)
}

/// Images and data files that stand beside the chapters.
fn assets(edition: &Edition, site: &mut Site) {
    for (path, bytes) in edition.assets() {
        site.add(path, bytes);
    }
}
