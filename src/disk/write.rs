//! A [`Site`] onto disk.
//!
//! Writing is safe: only what differs is written; all of it waits, whole, beside the site until
//! nothing can fail any more but the moving (a full disk leaves the old site, a killed build each
//! file old or new), only files that an earlier build wrote are removed, and no folder is ever
//! emptied.

use super::DiskError;
use crate::config::Config;
use crate::output::Site;
use std::collections::{BTreeSet, HashSet};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

/// The file in a build folder that lists what builds have written there.
const MANIFEST: &str = ".rapporteur-files";

/// What writing did.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Written {
    /// Files that differed and were written, by their path in the site.
    pub written: Vec<String>,
    /// How many files were as they should be.
    pub unchanged: usize,
    /// Files of an earlier build that were removed.
    pub removed: Vec<String>,
}

/// How often a build folder that was taken away while it was written to is made once more.
const TRIES: usize = 3;

/// How long whoever takes a folder away is given to come to an end.
const PAUSE: Duration = Duration::from_millis(50);

/// Writes `site` into `build_dir` of the project in `root`.
pub fn write(root: &Path, config: &Config, site: &Site) -> Result<Written, DiskError> {
    let folder = root.join(&config.build.build_dir);
    refuse_sources(root, config, &folder)?;
    let mut tries = 0;
    loop {
        fs::create_dir_all(&folder).map_err(|e| DiskError::io("make the folder", &folder, &e))?;
        let real = fs::canonicalize(&folder).map_err(|e| DiskError::io("open", &folder, &e))?;
        refuse_sources(root, config, &real)?;
        let lock = lock(&real)?;
        let written = write_locked(&real, site);
        tries += 1;
        if stands(&real, &lock) || tries == TRIES {
            return written;
        }
        std::thread::sleep(PAUSE);
    }
}

/// Waits until no other build writes into `folder`. The folder itself is locked, so that no lock
/// file is left in a published site.
#[cfg(unix)]
fn lock(folder: &Path) -> Result<fs::File, DiskError> {
    let fail = |e: &io::Error| DiskError::io("lock", folder, e);
    let handle = fs::File::open(folder).map_err(|e| fail(&e))?;
    match handle.lock() {
        // Some shared disks have no locks.
        Err(error) if error.kind() != io::ErrorKind::Unsupported => Err(fail(&error)),
        _ => Ok(handle),
    }
}

/// Whether the folder that was locked is still there.
#[cfg(unix)]
fn stands(folder: &Path, lock: &fs::File) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let locked = lock.metadata().map(identity).ok();
    fs::metadata(folder).map(identity).ok() == locked
}

#[cfg(not(unix))]
fn lock(_: &Path) -> Result<(), DiskError> {
    Ok(())
}

#[cfg(not(unix))]
fn stands(folder: &Path, _: &()) -> bool {
    folder.is_dir()
}

/// Refuses a build folder that is, holds or lies in what the author wrote.
fn refuse_sources(root: &Path, config: &Config, folder: &Path) -> Result<(), DiskError> {
    let own = [&config.book.src, &config.law.instruments, "themes"].map(|path| root.join(path));
    let clashes = own.iter().any(|source| {
        let source = fs::canonicalize(source).unwrap_or_else(|_| source.clone());
        source.starts_with(folder) || folder.starts_with(&source)
    });
    if !clashes && !root.starts_with(folder) && folder.starts_with(root) {
        return Ok(());
    }
    Err(DiskError::refused(
        format!("cannot build into {}", folder.display()),
        "this folder is, holds or lies in a folder of the report's own files, or outside the report",
        "set `build-dir` under [build] in book.toml to a folder of its own, such as \"site\"",
    ))
}

fn write_locked(folder: &Path, site: &Site) -> Result<Written, DiskError> {
    let known = read_manifest(&folder.join(MANIFEST));
    let planned: BTreeSet<&str> = site.files.keys().map(String::as_str).collect();
    let mut stale: Vec<&str> =
        known.iter().map(String::as_str).filter(|path| !planned.contains(path)).collect();
    let changed = changed(folder, site, &known)?;
    let mut all: BTreeSet<&str> = planned.clone();
    all.extend(known.iter().map(String::as_str));
    let mut waiting = Waiting::begin(folder)?;
    // Moved before all others: whatever happens next, the next build knows what is ours.
    if all.len() != known.len() {
        waiting.add(MANIFEST, list(&all).as_bytes())?;
    }
    for path in &changed {
        waiting.add(path, &site.files[*path])?;
    }
    waiting.place()?;
    stale.retain(|path| remove(folder, path));
    if known.len() != planned.len() || all.len() != planned.len() {
        waiting.add(MANIFEST, list(&planned).as_bytes())?;
        waiting.place()?;
    }
    let owned = |paths: Vec<&str>| paths.into_iter().map(str::to_owned).collect::<Vec<_>>();
    Ok(Written {
        unchanged: planned.len() - changed.len(),
        written: owned(changed),
        removed: owned(stale),
    })
}

/// The folder in a build folder in which new files wait.
const WAITING: &str = ".rapporteur-new";

/// New files, whole, that wait beside the site until they are moved to their places. They go where
/// they are not moved; what a killed build has left goes with the next.
struct Waiting<'a> {
    folder: &'a Path,
    room: PathBuf,
    /// The places of the files that wait; a file is named by its number.
    places: Vec<PathBuf>,
    /// Folders that are there and lie in the build folder.
    sound: HashSet<PathBuf>,
}

impl<'a> Waiting<'a> {
    fn begin(folder: &'a Path) -> Result<Waiting<'a>, DiskError> {
        let room = folder.join(WAITING);
        let mut waiting = Waiting { folder, room, places: Vec::new(), sound: HashSet::new() };
        waiting.sweep();
        waiting.prepare(&folder.join(WAITING).join("0"))?;
        Ok(waiting)
    }

    /// Writes a file that will stand at `path`.
    fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), DiskError> {
        let place = self.folder.join(path);
        self.prepare(&place)?;
        let written = fs::File::create(self.name(self.places.len()))
            .and_then(|mut file| file.write_all(bytes).and_then(|()| readable(&file)));
        self.places.push(place);
        written.map_err(|e| DiskError::io("write", &self.folder.join(path), &e))
    }

    fn name(&self, number: usize) -> PathBuf {
        self.room.join(number.to_string())
    }

    /// Makes the folder of a file, and sees that no link leads out of the build folder.
    fn prepare(&mut self, place: &Path) -> Result<(), DiskError> {
        let parent = place.parent().unwrap_or(self.folder);
        if !self.sound.contains(parent) {
            inside(self.folder, parent, place)?;
            self.sound.insert(parent.to_owned());
        }
        Ok(())
    }

    /// Moves the files to their places.
    fn place(&mut self) -> Result<(), DiskError> {
        for (number, place) in self.places.iter().enumerate() {
            fs::rename(self.name(number), place).map_err(|e| DiskError::io("write", place, &e))?;
        }
        self.places.clear();
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
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.sweep();
        // Fails, as it should, where anything is left in it.
        let _ = fs::remove_dir(&self.room);
    }
}

fn list(paths: &BTreeSet<&str>) -> String {
    let mut text = String::from("# Written by rapporteur; it removes only what is listed here.\n");
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}

fn read_manifest(path: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines()
        .filter(|line| !line.starts_with('#') && is_plain(line))
        .map(str::to_owned)
        .collect()
}

/// Whether a listed path stays below the folder.
fn is_plain(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|c| matches!(c, Component::Normal(_)))
}

/// The files that are not on disk as they should be. Fails before anything is written if one of
/// them would replace a file that no build has written.
fn changed<'a>(
    folder: &Path,
    site: &'a Site,
    known: &BTreeSet<String>,
) -> Result<Vec<&'a str>, DiskError> {
    let mut changed = Vec::new();
    for (path, bytes) in &site.files {
        let full = folder.join(path);
        let same_length =
            fs::metadata(&full).is_ok_and(|m| m.is_file() && m.len() == bytes.len() as u64);
        if same_length && fs::read(&full).is_ok_and(|there| there == **bytes) {
            continue;
        }
        if !known.contains(path) && fs::symlink_metadata(&full).is_ok_and(|m| !m.is_dir()) {
            return Err(DiskError::refused(
                format!("cannot write {}", full.display()),
                "a file that no build has written is in its place",
                "move it away, or set `build-dir` under [build] in book.toml to another folder",
            ));
        }
        changed.push(path.as_str());
    }
    Ok(changed)
}

/// Writes a file whole or not at all: beside its place first, then into it.
fn write_file(folder: &Path, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let parent = path.parent().unwrap_or(folder);
    let fail = |e: &io::Error| DiskError::io("write", path, e);
    inside(folder, parent, path)?;
    let mut file = tempfile::Builder::new()
        .prefix(".rapporteur-")
        .tempfile_in(parent)
        .map_err(|e| fail(&e))?;
    file.write_all(bytes).map_err(|e| fail(&e))?;
    readable(file.as_file()).map_err(|e| fail(&e))?;
    file.persist(path).map_err(|e| fail(&e.error))?;
    Ok(())
}

/// Makes the folder `parent` of `path`, and sees that it lies in `folder`.
fn inside(folder: &Path, parent: &Path, path: &Path) -> Result<(), DiskError> {
    let fail = |e: &io::Error| DiskError::io("write", path, e);
    fs::create_dir_all(parent).map_err(|e| fail(&e))?;
    let real = fs::canonicalize(parent).map_err(|e| fail(&e))?;
    if real.starts_with(folder) {
        return Ok(());
    }
    Err(DiskError::refused(
        format!("cannot write {}", path.display()),
        "a link there leads out of the folder",
        "remove the link",
    ))
}

/// Temporary files are made for their owner alone; a site is for everybody.
#[cfg(unix)]
fn readable(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &fs::File) -> io::Result<()> {
    Ok(())
}

/// Removes a file of an earlier build, and the folders that it leaves empty.
fn remove(folder: &Path, path: &str) -> bool {
    let full = folder.join(path);
    let parent = full.parent().unwrap_or(folder).to_owned();
    let inside = fs::canonicalize(&parent).is_ok_and(|real| real.starts_with(folder));
    if !inside || fs::remove_file(&full).is_err() {
        return false;
    }
    for empty in parent.ancestors().take_while(|a| *a != folder && a.starts_with(folder)) {
        // Fails, as it should, where anything is left in it.
        if fs::remove_dir(empty).is_err() {
            break;
        }
    }
    true
}

/// Writes new files for `rapporteur new`; fails before writing if one of them is there.
pub fn create(folder: &Path, files: &[(&str, &[u8])]) -> Result<(), DiskError> {
    for (path, _) in files {
        let full = folder.join(path);
        if full.exists() {
            return Err(DiskError::refused(
                format!("cannot start a report in {}", folder.display()),
                &format!("{path} is there already"),
                "name a folder that does not exist yet, or an empty one",
            ));
        }
    }
    fs::create_dir_all(folder).map_err(|e| DiskError::io("make the folder", folder, &e))?;
    let folder = fs::canonicalize(folder).map_err(|e| DiskError::io("open", folder, &e))?;
    files.iter().try_for_each(|(path, bytes)| write_file(&folder, &folder.join(path), bytes))
}

/// Writes the file at `path` (from the root of the project in `root`) anew, if it still is as it
/// was read: `old` are its bytes then, none where it was not there.
pub fn replace(root: &Path, path: &str, old: Option<&[u8]>, new: &[u8]) -> Result<(), DiskError> {
    let full = root.join(path);
    let full = fs::canonicalize(&full).unwrap_or(full);
    let there = match fs::read(&full) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(DiskError::io("read", &full, &error)),
    };
    if there.as_deref() != old {
        return Err(DiskError::refused(
            format!("cannot write {}", full.display()),
            "it was changed while it was being added to",
            "save it in your editor and import once more",
        ));
    }
    let permissions = fs::metadata(&full).ok().map(|metadata| metadata.permissions());
    write_file(root, &full, new)?;
    match permissions {
        Some(permissions) => {
            fs::set_permissions(&full, permissions).map_err(|e| DiskError::io("write", &full, &e))
        }
        None => Ok(()),
    }
}

/// Adds `text` to the end of the file at `path`, which need not be there.
pub fn append(path: &Path, text: &str) -> Result<(), DiskError> {
    let open = fs::OpenOptions::new().append(true).create(true).open(path);
    let written = open.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|e| DiskError::io("write", path, &e))
}

/// The folder of a project in which is kept what may be lost without loss.
const KEPT: &str = ".rapporteur";

/// Reads what [`keep`] wrote; nothing where it did not.
pub fn read_kept(root: &Path, name: &str) -> Result<Vec<u8>, DiskError> {
    let path = root.join(KEPT).join(name);
    match fs::read(&path) {
        Ok(bytes) => Ok(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(DiskError::io("read", &path, &error)),
    }
}

/// Keeps something for the next run in a folder of the project that no version control sees.
pub fn keep(root: &Path, name: &str, bytes: &[u8]) -> Result<(), DiskError> {
    let folder = root.join(KEPT);
    fs::create_dir_all(&folder).map_err(|e| DiskError::io("make the folder", &folder, &e))?;
    let ignored = folder.join(".gitignore");
    if !ignored.exists() {
        write_file(root, &ignored, b"*\n")?;
    }
    write_file(root, &folder.join(name), bytes)
}
