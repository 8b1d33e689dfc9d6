//! The key of each text, which is hashed once.

use crate::memo::Key;
use crate::parallel;
use crate::quick::QuickMap;
use crate::source::{File, FileId, Sources};
use std::sync::Arc;

/// The texts of the sources at hand, and their keys.
#[derive(Default)]
pub(super) struct Texts(QuickMap<FileId, (Arc<str>, Key)>);

impl Texts {
    /// Takes the texts of `sources`. One that is the very text of the time before keeps its key: a
    /// file that is read anew is a new text.
    pub(super) fn read(&mut self, sources: &Sources) {
        let files: Vec<(FileId, &File)> = sources.files().collect();
        let known = |id: &FileId, file: &File| {
            let (text, key) = self.0.get(id)?;
            Arc::ptr_eq(text, &file.text).then_some(*key)
        };
        let read = parallel::map(&files, |(id, file)| {
            let key = known(id, file).unwrap_or_else(|| Key::of(&(id, &file.path, &file.text)));
            (*id, (Arc::clone(&file.text), key))
        });
        self.0 = read.into_iter().collect();
    }

    /// The key of a file: of its id, which is part of every place in it, its path and its text.
    pub(super) fn key(&self, file: FileId) -> Key {
        self.0[&file].1
    }
}
