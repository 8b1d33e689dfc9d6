//! A site onto disk, file by file as it is made.
//!
//! Writing is safe: only what differs is written; all of it waits, whole, beside the site until
//! nothing can fail any more but the moving (a full disk leaves the old site, a killed build each
//! file old or new), only files that an earlier build wrote are removed, and no folder is ever
//! emptied.

use super::DiskError;
use super::waiting::Waiting;
use crate::config::Config;
use crate::output::{Bytes, Shelf};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path};
use std::sync::{Mutex, MutexGuard, PoisonError};
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

/// Writes the site that `fill` puts on a shelf into `build_dir` of the project in `root`; gives
/// what `fill` gave. It is asked again where the folder was taken away meanwhile.
pub fn write<R>(
    root: &Path,
    config: &Config,
    mut fill: impl FnMut(&dyn Shelf) -> R,
) -> Result<(Written, R), DiskError> {
    let folder = root.join(&config.build.build_dir);
    refuse_sources(root, config, &folder)?;
    let mut tries = 0;
    loop {
        fs::create_dir_all(&folder).map_err(|e| DiskError::io("make the folder", &folder, &e))?;
        let real = fs::canonicalize(&folder).map_err(|e| DiskError::io("open", &folder, &e))?;
        refuse_sources(root, config, &real)?;
        let lock = lock(&real)?;
        let writing = Writing::new(&real);
        let result = fill(&writing);
        let written = writing.finish();
        tries += 1;
        if stands(&real, &lock) || tries == TRIES {
            return Ok((written?, result));
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

/// A build folder that is being written.
struct Writing<'a> {
    folder: &'a Path,
    /// What earlier builds have written.
    known: BTreeSet<String>,
    waiting: Waiting<'a>,
    progress: Mutex<Progress>,
}

#[derive(Default)]
struct Progress {
    /// Files of the site that are as they should be, or wait to be.
    there: BTreeSet<String>,
    /// Those of them that differed.
    written: Vec<String>,
    /// What went wrong first: nothing is written after it.
    error: Option<DiskError>,
}

impl Shelf for Writing<'_> {
    fn put(&self, path: String, bytes: Bytes) {
        if self.progress().error.is_some() {
            return;
        }
        let full = self.folder.join(&path);
        let differs = !is_there(&full, &bytes);
        let done = match differs {
            true if self.is_foreign(&path, &full) => Err(foreign(&full)),
            true => self.waiting.add(&full, &bytes),
            false => Ok(()),
        };
        let mut progress = self.progress();
        match done {
            Ok(()) => {
                progress.written.extend(differs.then(|| path.clone()));
                progress.there.insert(path);
            }
            Err(error) => drop(progress.error.get_or_insert(error)),
        }
    }
}

impl<'a> Writing<'a> {
    fn new(folder: &'a Path) -> Writing<'a> {
        let known = read_manifest(&folder.join(MANIFEST));
        Writing { folder, known, waiting: Waiting::begin(folder), progress: Mutex::default() }
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a file that no build has written is in the place of one of ours.
    fn is_foreign(&self, path: &str, full: &Path) -> bool {
        !self.known.contains(path) && fs::symlink_metadata(full).is_ok_and(|there| !there.is_dir())
    }

    /// Moves what waits to its places, and removes what earlier builds wrote and this one did not.
    fn finish(self) -> Result<Written, DiskError> {
        let progress = self.progress.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = progress.error {
            return Err(error);
        }
        let Progress { there, mut written, .. } = progress;
        let manifest = self.folder.join(MANIFEST);
        let all: BTreeSet<&str> = there.iter().chain(&self.known).map(String::as_str).collect();
        // Moved before all else: whatever happens next, the next build knows what is ours.
        if all.len() != self.known.len() {
            self.waiting.add(&manifest, list(&all).as_bytes())?;
        }
        self.waiting.place()?;
        let stale = self.known.iter().filter(|path| !there.contains(*path));
        let removed: Vec<String> =
            stale.filter(|path| remove(self.folder, path)).cloned().collect();
        if all.len() != there.len() {
            let there = there.iter().map(String::as_str).collect();
            self.waiting.add(&manifest, list(&there).as_bytes())?;
            self.waiting.place()?;
        }
        written.sort_unstable();
        Ok(Written { unchanged: there.len() - written.len(), written, removed })
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

/// Whether the file at `path` holds `bytes`.
fn is_there(path: &Path, bytes: &[u8]) -> bool {
    let same_length =
        fs::metadata(path).is_ok_and(|m| m.is_file() && m.len() == bytes.len() as u64);
    same_length && fs::read(path).is_ok_and(|there| there == bytes)
}

fn foreign(path: &Path) -> DiskError {
    DiskError::refused(
        format!("cannot write {}", path.display()),
        "a file that no build has written is in its place",
        "move it away, or set `build-dir` under [build] in book.toml to another folder",
    )
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
pub(super) fn inside(folder: &Path, parent: &Path, path: &Path) -> Result<(), DiskError> {
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
pub(super) fn readable(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
pub(super) fn readable(_: &fs::File) -> io::Result<()> {
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
