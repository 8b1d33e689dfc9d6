//! A project on disk into [`Sources`], again and again: each time only what changed is read.
//!
//! Reading again gives the same sources as reading anew, but for the ids of files, which stay.

use super::{DiskError, PROJECT_FILE};
use crate::config::{self, Config};
use crate::parallel;
use crate::report::ADDRESS_FILE;
use crate::source::{File, Sources};
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use walkdir::WalkDir;

/// How often a project that changes while it is read is read once more.
const ROUNDS: usize = 5;

/// Reads everything that a build of the project in `root` needs.
pub fn read(root: &Path) -> Result<Sources, DiskError> {
    let mut reader = Reader::new(root);
    reader.read()?;
    // An editor may be in the midst of a save: what was read stood so, all of it, at one moment.
    for _ in 0..ROUNDS {
        if !reader.read()? {
            break;
        }
    }
    Ok(reader.sources)
}

/// Reads a file that need not belong to a project.
pub fn read_file(path: &Path) -> Result<Vec<u8>, DiskError> {
    fs::read(path).map_err(|e| DiskError::io("read", path, &e))
}

/// Reads the file at `path`, which stands beside `file` or in a folder below; nothing where it does
/// not, or a link leads out of there.
pub fn read_beside(file: &Path, path: &str) -> Option<Vec<u8>> {
    let folder = fs::canonicalize(file).ok()?.parent()?.to_owned();
    let full = folder.join(path);
    is_inside(&folder, &full).then(|| fs::read(full).ok())?
}

/// Reads a project again and again, each time only the files that changed.
pub struct Reader {
    root: PathBuf,
    sources: Sources,
    config: Config,
    stamps: HashMap<String, Stamp>,
    /// Whether anything changed since a reading last came to its end.
    has_changed: bool,
}

/// What tells, without reading it, that a file is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: SystemTime,
    /// Change time and inode: they tell what `cp -p` and `mv` hide from the time above.
    identity: (i64, i64, u64),
}

/// A file younger than this when it was read may change again within one tick of its clock: it is
/// not trusted, and read once more.
const TICK: Duration = Duration::from_secs(2);

impl Stamp {
    /// The stamp of a file, if it can be trusted.
    fn of(metadata: &fs::Metadata) -> Option<Stamp> {
        let modified = metadata.modified().ok()?;
        let is_settled = modified.elapsed().is_ok_and(|age| age > TICK);
        let stamp = Stamp { length: metadata.len(), modified, identity: identity(metadata) };
        is_settled.then_some(stamp)
    }
}

#[cfg(unix)]
fn identity(metadata: &fs::Metadata) -> (i64, i64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.ctime(), metadata.ctime_nsec(), metadata.ino())
}

#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> (i64, i64, u64) {
    (0, 0, 0)
}

/// A file that changed.
struct Seen {
    /// Its stamp, if that can be trusted.
    stamp: Option<Stamp>,
    content: Content,
}

enum Content {
    Text(File),
    Asset(Vec<u8>),
}

/// Files that are read before they are taken.
const AT_ONCE: usize = 256;

/// The files of a project, as one walk found them.
#[derive(Default)]
struct Walked {
    /// Paths from the root, and whether they are text whatever their ending.
    paths: BTreeMap<String, bool>,
    refused: Vec<String>,
    /// Files whose names no address can hold.
    misnamed: Vec<String>,
}

impl Reader {
    /// A reader of the project in `root`, which must be canonical; nothing is read yet.
    pub fn new(root: &Path) -> Reader {
        Reader {
            root: root.to_owned(),
            sources: Sources::default(),
            config: Config::default(),
            stamps: HashMap::new(),
            has_changed: false,
        }
    }

    /// What was read last.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The settings that were read last: they name what else is read.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Brings the sources up to date; tells whether anything changed.
    pub fn read(&mut self) -> Result<bool, DiskError> {
        self.take(PROJECT_FILE, self.look(PROJECT_FILE, true))?;
        if self.sources.find(PROJECT_FILE).is_none() {
            let path = self.root.join(PROJECT_FILE);
            return Err(DiskError::io("read", &path, &io::ErrorKind::NotFound.into()));
        }
        let file = self.sources.find(PROJECT_FILE);
        self.config = config::read(&self.sources, file, &mut Vec::new());
        let walked = self.walk(&self.config)?;
        let paths: Vec<(&String, &bool)> = walked.paths.iter().collect();
        for paths in paths.chunks(AT_ONCE) {
            let seen = parallel::map(paths, |(path, is_text)| self.look(path, **is_text));
            for ((path, _), seen) in paths.iter().zip(seen) {
                self.take(path, seen)?;
            }
        }
        self.has_changed |= self.sources.retain(|path| walked.paths.contains_key(path));
        self.stamps.retain(|path, _| walked.paths.contains_key(path));
        self.has_changed |= self.sources.refused != walked.refused;
        self.sources.refused = walked.refused;
        self.has_changed |= self.sources.misnamed != walked.misnamed;
        self.sources.misnamed = walked.misnamed;
        Ok(std::mem::take(&mut self.has_changed))
    }

    /// Finds the files that a build needs.
    fn walk(&self, config: &Config) -> Result<Walked, DiskError> {
        let mut walked = Walked::default();
        walked.paths.insert(PROJECT_FILE.to_owned(), true);
        if self.root.join(ADDRESS_FILE).is_file() {
            walked.paths.insert(ADDRESS_FILE.to_owned(), true);
        }
        for folder in [&config.book.src, &config.law.instruments, "themes"] {
            walk_folder(&self.root, folder, config, &mut walked)?;
        }
        for path in [&config.citations.file, &config.citations.style] {
            let full = self.root.join(path);
            if !full.is_file() || walked.paths.get(path) == Some(&true) {
                continue;
            }
            if is_inside(&self.root, &full) {
                walked.paths.insert(path.clone(), true);
            } else {
                walked.refused.push(path.clone());
            }
        }
        Ok(walked)
    }

    /// Reads the file at `path` if it changed.
    fn look(&self, path: &str, is_text: bool) -> io::Result<Option<Seen>> {
        let full = self.root.join(path);
        // The stamp is older than the bytes: what is written in between is read next time.
        let stamp = Stamp::of(&fs::metadata(&full)?);
        let is_same = stamp.is_some() && self.stamps.get(path) == stamp.as_ref();
        let is_there = match is_text {
            true => self.sources.find(path).is_some(),
            false => self.sources.assets.contains_key(path),
        };
        if is_same && is_there {
            return Ok(None);
        }
        let bytes = fs::read(&full)?;
        let content = match is_text {
            true => Content::Text(File::decode(path, &bytes)),
            false => Content::Asset(bytes),
        };
        Ok(Some(Seen { stamp, content }))
    }

    /// Takes what was seen of the file at `path`.
    fn take(&mut self, path: &str, seen: io::Result<Option<Seen>>) -> Result<(), DiskError> {
        match seen {
            Ok(None) => {}
            Ok(Some(Seen { stamp, content })) => {
                match stamp {
                    Some(stamp) => self.stamps.insert(path.to_owned(), stamp),
                    None => self.stamps.remove(path),
                };
                self.put(path, content);
            }
            // Editors rename and remove while we read: a file that is gone was not there.
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.lose(path),
            Err(error) => return Err(DiskError::io("read", &self.root.join(path), &error)),
        }
        Ok(())
    }

    fn put(&mut self, path: &str, content: Content) {
        let old_text = self.sources.find(path).map(|id| self.sources.file(id));
        let old_asset = self.sources.assets.get(path);
        match content {
            Content::Text(file) => {
                if old_asset.is_none() && old_text.is_some_and(|old| old.is_same(&file)) {
                    return;
                }
                self.sources.assets.remove(path);
                self.sources.add(file);
            }
            Content::Asset(bytes) if path.ends_with(".csv") => {
                if old_asset.is_some_and(|old| **old == *bytes) {
                    return;
                }
                self.sources.add_data(path, &bytes);
            }
            Content::Asset(bytes) => {
                if old_text.is_none() && old_asset.is_some_and(|old| **old == *bytes) {
                    return;
                }
                if old_text.is_some() {
                    self.sources.retain(|other| other != path);
                }
                self.sources.assets.insert(path.to_owned(), bytes.into());
            }
        }
        self.has_changed = true;
    }

    fn lose(&mut self, path: &str) {
        self.stamps.remove(path);
        self.has_changed |= self.sources.retain(|other| other != path);
    }
}

/// Whether `path`, its links followed, lies in `root`.
fn is_inside(root: &Path, path: &Path) -> bool {
    fs::canonicalize(path).is_ok_and(|real| real.starts_with(root))
}

/// Finds the files of a folder: text by their ending, all others assets. Hidden files are left
/// out.
fn walk_folder(
    root: &Path,
    folder: &str,
    config: &Config,
    walked: &mut Walked,
) -> Result<(), DiskError> {
    let full = root.join(folder);
    if !full.is_dir() {
        return Ok(());
    }
    let build_dir = root.join(&config.build.build_dir);
    let mut refused = Vec::new();
    let walk = WalkDir::new(&full).follow_links(true).into_iter();
    let walk = walk.filter_entry(|entry| {
        let name = entry.file_name().to_string_lossy();
        let is_hidden = entry.depth() > 0 && (name.starts_with('.') || name.ends_with('~'));
        let leaves = entry.path_is_symlink() && !is_inside(root, entry.path());
        if leaves {
            refused.push(relative(root, entry.path()));
        }
        !is_hidden && !leaves && entry.path() != build_dir
    });
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_misnamed(root, entry.path()) => {
                walked.misnamed.push(relative(root, entry.path()).escape_debug().to_string());
            }
            Ok(entry) if entry.file_type().is_file() => {
                let ending = entry.path().extension().and_then(|e| e.to_str());
                let is_text = matches!(ending, Some("md" | "yaml" | "yml" | "html" | "csl"));
                walked.paths.insert(relative(root, entry.path()), is_text);
            }
            Ok(_) => {}
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) => {
                let path = error.path().unwrap_or(&full).to_owned();
                let cause = error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into());
                if cause.kind() != io::ErrorKind::NotFound {
                    return Err(DiskError::io("read", &path, &cause));
                }
            }
        }
    }
    refused.sort();
    walked.refused.append(&mut refused);
    walked.misnamed.sort();
    Ok(())
}

/// Whether a path is no text, or has signs that cannot be printed.
fn is_misnamed(root: &Path, path: &Path) -> bool {
    let below = path.strip_prefix(root).unwrap_or(path);
    below.to_str().is_none_or(|text| text.contains(char::is_control))
}

/// The path of `path` from `root`, with forward slashes.
fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(files: &[(&str, &str)]) -> (tempfile::TempDir, Reader) {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        for (path, text) in files {
            write(&root, path, text);
        }
        let reader = Reader::new(&root);
        (folder, reader)
    }

    fn write(root: &Path, path: &str, text: &str) {
        let full = root.join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, text).unwrap();
    }

    /// Makes a file old enough for its stamp to be trusted.
    fn settle(root: &Path, path: &str) {
        let file = fs::File::options().write(true).open(root.join(path)).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(60)).unwrap();
    }

    /// All that is in the sources, by path.
    fn contents(sources: &Sources) -> Vec<(String, Vec<u8>)> {
        let texts =
            sources.files().map(|(_, file)| (file.path.clone(), file.text.as_bytes().to_vec()));
        let assets = sources.assets.iter().map(|(path, bytes)| (path.clone(), bytes.to_vec()));
        texts.chain(assets).collect()
    }

    #[test]
    fn reading_again_gives_what_reading_anew_gives() {
        let (_folder, mut reader) = project(&[
            ("book.toml", ""),
            ("content/a.md", "A"),
            ("content/b.md", "B"),
            ("content/map.png", "P"),
        ]);
        let root = reader.root.clone();
        let steps: [&dyn Fn(); 8] = [
            &|| {},
            &|| write(&root, "content/a.md", "a"),
            &|| fs::rename(root.join("content/b.md"), root.join("content/0.md")).unwrap(),
            &|| write(&root, "content/part/new/c.md", "C"),
            &|| fs::remove_dir_all(root.join("content/part")).unwrap(),
            &|| write(&root, "content/map.png", "Q"),
            &|| write(&root, "refs.yaml", "k: {}"),
            &|| write(&root, "book.toml", "[citations]\nfile = \"refs.yaml\"\n"),
        ];
        for (step, change) in steps.iter().enumerate() {
            change();
            // The bibliography is not read before it is named.
            assert_eq!(reader.read().unwrap(), step != 6, "step {step}");
            assert!(!reader.read().unwrap(), "step {step}: nothing has changed since");
            assert_eq!(contents(reader.sources()), contents(&read(&root).unwrap()), "step {step}");
        }
    }

    #[test]
    fn files_that_did_not_change_keep_their_ids_and_are_not_read() {
        let (_folder, mut reader) =
            project(&[("book.toml", ""), ("content/a.md", "A"), ("content/b.md", "B")]);
        let root = reader.root.clone();
        settle(&root, "content/b.md");
        reader.read().unwrap();
        let id = reader.sources().find("content/b.md");
        assert!(reader.stamps.contains_key("content/b.md"), "an old file is trusted");
        assert!(!reader.stamps.contains_key("content/a.md"), "a fresh one is not");
        write(&root, "content/0.md", "0");
        fs::remove_file(root.join("content/a.md")).unwrap();
        assert!(reader.read().unwrap());
        assert_eq!(reader.sources().find("content/b.md"), id);
    }

    #[test]
    #[cfg(unix)]
    fn a_file_with_the_old_length_and_time_is_read_again() {
        let (_folder, mut reader) = project(&[("book.toml", ""), ("content/a.md", "old")]);
        let root = reader.root.clone();
        settle(&root, "content/a.md");
        let time = fs::metadata(root.join("content/a.md")).unwrap().modified().unwrap();
        reader.read().unwrap();
        write(&root, "content/a.md", "new");
        let file = fs::File::options().write(true).open(root.join("content/a.md")).unwrap();
        file.set_modified(time).unwrap();
        assert!(reader.read().unwrap());
    }

    #[test]
    fn a_failed_reading_loses_no_change() {
        let (_folder, mut reader) = project(&[("book.toml", ""), ("content/a.md", "A")]);
        let root = reader.root.clone();
        reader.read().unwrap();
        write(&root, "content/a.md", "B");
        fs::remove_file(root.join("book.toml")).unwrap();
        assert!(reader.read().is_err());
        write(&root, "book.toml", "");
        assert!(reader.read().unwrap());
        assert!(contents(reader.sources()).iter().any(|(_, bytes)| bytes == b"B"));
    }

    #[test]
    fn a_text_that_becomes_an_asset_is_one_no_more() {
        let (_folder, mut reader) = project(&[
            ("book.toml", "[citations]\nfile = \"content/refs.json\"\n"),
            ("content/refs.json", "{}"),
        ]);
        let root = reader.root.clone();
        settle(&root, "content/refs.json");
        reader.read().unwrap();
        assert!(reader.sources().find("content/refs.json").is_some());
        write(&root, "book.toml", "");
        reader.read().unwrap();
        assert!(reader.sources().find("content/refs.json").is_none());
        assert!(reader.sources().assets.contains_key("content/refs.json"));
    }
}
