//! The pictures of figures in fewer pixels, for whoever reads on a narrow page.

use super::edition::Edition;
use crate::document::{BlockKind, walk_blocks};
use crate::parallel;
use crate::raster;
use std::collections::{BTreeMap, BTreeSet};

/// Widths that are made: a column of text, and the same on a screen with two pixels for one.
const WIDTHS: [u32; 2] = [608, 1216];

/// Smaller versions of assets.
#[derive(Debug, Default)]
pub struct Pictures {
    /// Width and path on the site of each version, by the path of the whole picture there.
    pub versions: BTreeMap<String, Vec<(u32, String)>>,
    /// The files.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Makes the smaller versions of all pictures that figures show.
pub fn pictures(edition: &Edition) -> Pictures {
    let mut shown: BTreeSet<String> = BTreeSet::new();
    for (id, chapter) in edition.report.chapters.iter().enumerate() {
        walk_blocks(&chapter.unit.blocks, &mut |block| {
            if let BlockKind::Figure(figure) = &block.kind {
                shown.extend(edition.asset(id, &figure.image.target));
            }
        });
    }
    let assets = edition.assets();
    let shown: Vec<String> = shown.into_iter().filter(|path| assets.contains_key(path)).collect();
    let made = parallel::map(&shown, |path| raster::smaller(&assets[path], &WIDTHS));
    let mut pictures = Pictures::default();
    for (path, versions) in shown.into_iter().zip(made) {
        for (width, bytes) in versions {
            let Some((stem, ending)) = path.rsplit_once('.') else { continue };
            let name = format!("{stem}.{width}w.{ending}");
            if !assets.contains_key(&name) {
                pictures.versions.entry(path.clone()).or_default().push((width, name.clone()));
                pictures.files.push((name, bytes));
            }
        }
    }
    pictures
}
