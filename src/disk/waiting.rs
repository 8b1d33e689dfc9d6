//! The folder in a build folder in which new files wait, whole, until they are moved.

use super::DiskError;
use super::write::{inside, readable};
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Its name.
const WAITING: &str = ".rapporteur-new";

/// New files that wait beside the site until they are moved to their places. They go where they
/// are not moved; what a killed build has left goes with the next.
pub(super) struct Waiting<'a> {
    folder: &'a Path,
    room: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The places of the files that wait; a file is named by its number.
    places: Vec<PathBuf>,
    /// Folders that are there and lie in the build folder.
    sound: HashSet<PathBuf>,
}

impl<'a> Waiting<'a> {
    /// A room without files; it is made with the first.
    pub fn begin(folder: &'a Path) -> Waiting<'a> {
        let room = folder.join(WAITING);
        let waiting = Waiting { folder, room, state: Mutex::default() };
        waiting.sweep();
        waiting
    }

    /// Writes a file that will stand at `place`.
    pub fn add(&self, place: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        self.prepare(&self.name(0))?;
        self.prepare(place)?;
        let number = {
            let mut state = self.state();
            state.places.push(place.to_owned());
            state.places.len() - 1
        };
        fs::File::create(self.name(number))
            .and_then(|mut file| file.write_all(bytes).and_then(|()| readable(&file)))
            .map_err(|e| DiskError::io("write", place, &e))
    }

    /// Moves the files to their places, the one that was added last before all others.
    pub fn place(&self) -> Result<(), DiskError> {
        let places = std::mem::take(&mut self.state().places);
        for (number, place) in places.iter().enumerate().rev() {
            fs::rename(self.name(number), place).map_err(|e| DiskError::io("write", place, &e))?;
        }
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn name(&self, number: usize) -> PathBuf {
        self.room.join(number.to_string())
    }

    /// Makes the folder of a file, and sees that no link leads out of the build folder.
    fn prepare(&self, place: &Path) -> Result<(), DiskError> {
        let parent = place.parent().unwrap_or(self.folder);
        if !self.state().sound.contains(parent) {
            inside(self.folder, parent, place)?;
            self.state().sound.insert(parent.to_owned());
        }
        Ok(())
    }

    /// Removes files that wait, by their names: what anybody else put there stays.
    fn sweep(&self) {
        let entries = fs::read_dir(&self.room).into_iter().flatten().flatten();
        let is_ours = |name: &OsStr| {
            name.to_str().is_some_and(|name| name.bytes().all(|b| b.is_ascii_digit()))
        };
        for entry in entries.filter(|entry| is_ours(&entry.file_name())) {
            let _ = fs::remove_file(entry.path());
        }
        // Fails, as it should, where anything is left in it.
        let _ = fs::remove_dir(&self.room);
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.sweep();
    }
}
