//! Waits for changes below a project. Names `notify` alone.
//!
//! Folders are watched, never files: an editor that saves beside and renames would leave a watch
//! on a file blind. What is said is only *that* something changed; what it was, whoever reads the
//! files finds out. However many changes come in, what is remembered of them has one size.

use notify::event::ModifyKind;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// An editor's save is over when nothing has happened for this long.
const QUIET: Duration = Duration::from_millis(20);

/// A change is told after this long even if more keep coming.
const CAP: Duration = Duration::from_millis(200);

/// What is watched below the root of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Folders with all that is in them, by their path from the root; they need not be there yet.
    pub folders: Vec<String>,
    /// Files, by their path from the root; they need not be there yet.
    pub files: Vec<String>,
    /// The folder in which changes are our own.
    pub build_dir: String,
}

/// Watches the folders of a project.
pub struct Watcher {
    root: PathBuf,
    inner: RecommendedWatcher,
    watched: BTreeMap<PathBuf, RecursiveMode>,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    pending: Mutex<Pending>,
    wake: Condvar,
}

/// What happened since the last waiting came to its end.
#[derive(Default)]
struct Pending {
    /// When the first and the last change came.
    times: Option<(Instant, Instant)>,
    /// What the system said when it could not watch.
    failure: Option<String>,
    build_dir: PathBuf,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, event: notify::Result<Event>) {
        let mut pending = self.lock();
        match event {
            Ok(event) if !matters(&event, &pending.build_dir) => return,
            Ok(_) => {}
            Err(error) => pending.failure = Some(words(&error)),
        }
        let now = Instant::now();
        let first = pending.times.map_or(now, |(first, _)| first);
        pending.times = Some((first, now));
        self.wake.notify_all();
    }
}

/// Whether an event can mean that a file says something else. Reading raises events too: whoever
/// answered those by reading would never stop.
fn matters(event: &Event, build_dir: &Path) -> bool {
    let kind = match event.kind {
        EventKind::Access(_) => false,
        EventKind::Other => event.need_rescan(),
        EventKind::Modify(ModifyKind::Metadata(kind)) => {
            kind != notify::event::MetadataKind::AccessTime
        }
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) => true,
    };
    let is_ours =
        !event.paths.is_empty() && event.paths.iter().all(|path| path.starts_with(build_dir));
    kind && (event.need_rescan() || !is_ours)
}

fn words(error: &notify::Error) -> String {
    match error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "the system watches no more folders; raise fs.inotify.max_user_watches".to_owned()
        }
        _ => error.to_string(),
    }
}

impl Watcher {
    /// A watcher of the project in `root`, which must be canonical; nothing is watched yet.
    pub fn new(root: &Path) -> Result<Watcher, String> {
        let shared = Arc::new(Shared::default());
        let taker = shared.clone();
        let inner = notify::recommended_watcher(move |event| taker.take(event));
        let inner = inner.map_err(|error| words(&error))?;
        Ok(Watcher { root: root.to_owned(), inner, watched: BTreeMap::new(), shared })
    }

    /// Watches `scope` as it stands now: folders that came, went or were replaced are found.
    ///
    /// Call it before reading: then a change is either read, or told by [`Watcher::wait`].
    pub fn follow(&mut self, scope: &Scope) -> Result<(), String> {
        self.shared.lock().build_dir = self.root.join(&scope.build_dir);
        let wanted = self.wanted(scope);
        // A folder that was replaced has the same path and no watch: all are made anew.
        for path in std::mem::take(&mut self.watched).keys() {
            // It fails where the folder is gone, and with it the watch.
            let _ = self.inner.unwatch(path);
        }
        let mut failure = self.shared.lock().failure.take();
        for (path, mode) in wanted {
            match self.inner.watch(&path, mode) {
                Ok(()) => {
                    self.watched.insert(path, mode);
                }
                // A folder that has just gone is told by the watch on the folder above it.
                Err(_) if !path.is_dir() => {}
                Err(error) => failure = Some(words(&error)),
            }
        }
        failure.map_or(Ok(()), Err)
    }

    /// The folders of `scope` that are there, and those above them up to the root: there a folder
    /// is renamed or made.
    fn wanted(&self, scope: &Scope) -> BTreeMap<PathBuf, RecursiveMode> {
        let mut wanted = BTreeMap::new();
        let mut add_above = |path: &Path| {
            for folder in path.ancestors().skip(1).take_while(|a| a.starts_with(&self.root)) {
                wanted.entry(folder.to_owned()).or_insert(RecursiveMode::NonRecursive);
            }
        };
        for path in scope.folders.iter().chain(&scope.files) {
            add_above(&self.root.join(path));
        }
        for folder in &scope.folders {
            wanted.insert(self.root.join(folder), RecursiveMode::Recursive);
        }
        wanted.retain(|path, _| path.is_dir());
        wanted
    }

    /// Waits until something changed and then was quiet, but no longer than `limit`; tells whether
    /// anything changed.
    pub fn wait(&self, limit: Option<Duration>) -> bool {
        let end = limit.map(|limit| Instant::now() + limit);
        let mut pending = self.shared.lock();
        loop {
            let now = Instant::now();
            let until = match pending.times {
                Some((first, last)) => Some((first + CAP).min(last + QUIET)),
                None => end,
            };
            if until.is_some_and(|until| until <= now) {
                return pending.times.take().is_some();
            }
            let wake = &self.shared.wake;
            pending = match until {
                Some(until) => {
                    let waited = wake.wait_timeout(pending, until - now);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
                None => wake.wait(pending).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const LONG: Duration = Duration::from_secs(10);
    const SHORT: Duration = Duration::from_millis(300);

    fn scope() -> Scope {
        Scope {
            folders: vec!["content".to_owned(), "themes".to_owned()],
            files: vec!["book.toml".to_owned()],
            build_dir: "site".to_owned(),
        }
    }

    fn watched() -> (tempfile::TempDir, PathBuf, Watcher) {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        fs::create_dir_all(root.join("content/part")).unwrap();
        fs::create_dir_all(root.join("site")).unwrap();
        for path in ["book.toml", "content/a.md", "content/part/b.md"] {
            fs::write(root.join(path), "x").unwrap();
        }
        let mut watcher = Watcher::new(&root).unwrap();
        watcher.follow(&scope()).unwrap();
        watcher.wait(Some(SHORT));
        (folder, root, watcher)
    }

    #[test]
    fn tells_saves_of_all_kinds() {
        let (_folder, root, mut watcher) = watched();
        let at = |path: &str| root.join(path);
        let steps: [&dyn Fn(); 8] = [
            &|| fs::write(at("content/a.md"), "y").unwrap(),
            // Twice: a watch on the file would have died with the first.
            &|| fs::rename(at("content/part/b.md"), at("content/a.md")).unwrap(),
            &|| fs::write(at("content/a.md"), "z").unwrap(),
            &|| fs::write(at("book.toml"), "z").unwrap(),
            &|| fs::create_dir_all(at("themes/parts")).unwrap(),
            &|| fs::write(at("themes/parts/footer.html"), "z").unwrap(),
            &|| fs::rename(at("content"), at("old")).unwrap(),
            &|| fs::remove_dir_all(at("themes")).unwrap(),
        ];
        for (step, change) in steps.iter().enumerate() {
            change();
            assert!(watcher.wait(Some(LONG)), "step {step}");
            watcher.follow(&scope()).unwrap();
            watcher.wait(Some(SHORT));
        }
    }

    #[test]
    fn is_silent_where_nothing_was_written_and_in_the_build_folder() {
        let (_folder, root, watcher) = watched();
        fs::read(root.join("content/a.md")).unwrap();
        fs::read_dir(root.join("content")).unwrap().for_each(drop);
        fs::write(root.join("site/index.html"), "x").unwrap();
        assert!(!watcher.wait(Some(SHORT)));
    }

    #[test]
    fn many_changes_are_told_once_and_without_end_they_are_told_too() {
        let (_folder, root, watcher) = watched();
        for step in 0..50 {
            fs::write(root.join("content/a.md"), format!("{step}")).unwrap();
        }
        assert!(watcher.wait(Some(LONG)));
        // One, where the machine has nothing else to do.
        let more = (0..).take_while(|_| watcher.wait(Some(SHORT))).count();
        assert!(more < 10, "{more} tellings of one burst");
        let writer = std::thread::spawn(move || {
            for step in 0..200 {
                fs::write(root.join("content/a.md"), format!("{step}")).unwrap();
                std::thread::sleep(Duration::from_millis(5));
            }
        });
        let start = Instant::now();
        assert!(watcher.wait(Some(LONG)));
        assert!(start.elapsed() < Duration::from_millis(900), "{:?}", start.elapsed());
        writer.join().unwrap();
    }
}
