//! The files inside a `.docx`. The one door to `zip`.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The most bytes that a document may unpack to; real ones are far below it.
const LIMIT: u64 = 512 * 1024 * 1024;

/// The files of a package by path.
#[derive(Debug, Default)]
pub struct Package {
    files: BTreeMap<String, Vec<u8>>,
}

impl Package {
    /// Unpacks `bytes`; tells in a sentence why that cannot be.
    pub fn open(bytes: &[u8]) -> Result<Package, String> {
        let fault = |_| "it is no Word document (.docx), or it is damaged".to_owned();
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(fault)?;
        let mut files = BTreeMap::new();
        let mut left = LIMIT;
        for index in 0..archive.len() {
            let file = archive.by_index(index).map_err(fault)?;
            if file.is_dir() {
                continue;
            }
            let name = file.name().map_err(fault)?.trim_start_matches('/').replace('\\', "/");
            let mut content = Vec::new();
            let read = file.take(left + 1).read_to_end(&mut content);
            let read = read.map_err(|_| format!("its part {name} is damaged"))? as u64;
            left = left.checked_sub(read).ok_or("it unpacks to more than a document can hold")?;
            files.insert(name, content);
        }
        Ok(Package { files })
    }

    /// The file at `path`.
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// The paths that begin with `prefix`.
    pub fn paths(&self, prefix: &str) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str).filter(move |path| path.starts_with(prefix))
    }
}
