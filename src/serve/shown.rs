//! What browsers are shown: the last good site, what is wrong now, and what changed when.

use crate::output::Site;
use std::collections::VecDeque;
use std::sync::Arc;

/// How many generations back it is known what changed; a page older than that is loaded anew.
const MEMORY: usize = 64;

/// The state of the preview at one moment.
#[derive(Clone)]
pub(super) struct Shown {
    /// Names this run of the server.
    epoch: u64,
    /// Counts what was shown.
    generation: u64,
    /// The last good site, once there is one.
    pub(super) site: Option<Arc<Site>>,
    /// Where the site will be published, if that is known.
    pub(super) base_url: Option<String>,
    /// What is wrong, as JSON for the overlay.
    pub(super) problems: Arc<str>,
    /// The latest generations, each with the paths that changed in it.
    log: VecDeque<Arc<[String]>>,
}

/// What changed since a page was sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Changes {
    /// These files.
    Files(Vec<String>),
    /// Perhaps all: nobody remembers.
    Everything,
}

impl Shown {
    /// Nothing yet.
    pub(super) fn new(epoch: u64) -> Shown {
        Shown {
            epoch,
            generation: 0,
            site: None,
            base_url: None,
            problems: Arc::from("null"),
            log: VecDeque::new(),
        }
    }

    /// The state after a build: `site` takes the place of the one that stands, if it is given.
    /// Gives the number of files that differ too.
    pub(super) fn next(&self, site: Option<Site>, problems: Arc<str>) -> (Shown, usize) {
        let mut next = self.clone();
        let changed = match (&self.site, &site) {
            (Some(old), Some(new)) => changed(old, new),
            _ => Vec::new(),
        };
        let count = changed.len();
        next.generation += 1;
        next.log.push_back(changed.into());
        if next.log.len() > MEMORY {
            next.log.pop_front();
        }
        next.site = site.map(Arc::new).or(next.site);
        next.problems = problems;
        (next, count)
    }

    /// The name of this state.
    pub(super) fn version(&self) -> String {
        format!("{}-{}", self.epoch, self.generation)
    }

    /// What changed since the state that was called `version`.
    pub(super) fn since(&self, version: &str) -> Changes {
        let parts = version.split_once('-');
        let parts = parts.and_then(|(epoch, at)| Some((epoch.parse().ok()?, at.parse().ok()?)));
        let Some((epoch, at)): Option<(u64, u64)> = parts else { return Changes::Everything };
        let back = self.generation.checked_sub(at).map(|back| back as usize);
        match back {
            Some(back) if epoch == self.epoch && back <= self.log.len() => {
                let latest = self.log.iter().rev().take(back);
                let mut files: Vec<String> =
                    latest.flat_map(|files| files.iter().cloned()).collect();
                files.sort();
                files.dedup();
                Changes::Files(files)
            }
            _ => Changes::Everything,
        }
    }
}

/// The paths that came, went or changed, sorted.
fn changed(old: &Site, new: &Site) -> Vec<String> {
    let is_same = |path: &String, bytes: &Arc<[u8]>| {
        old.files.get(path).is_some_and(|old| Arc::ptr_eq(old, bytes) || old == bytes)
    };
    let came = new.files.iter().filter(|(path, bytes)| !is_same(path, bytes)).map(|(path, _)| path);
    let went = old.files.keys().filter(|path| !new.files.contains_key(*path));
    let mut paths: Vec<String> = came.chain(went).cloned().collect();
    paths.sort();
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> Option<Site> {
        let mut site = Site::default();
        for (path, text) in files {
            site.add((*path).to_owned(), text.as_bytes());
        }
        Some(site)
    }

    fn files(paths: &[&str]) -> Changes {
        Changes::Files(paths.iter().map(|path| (*path).to_owned()).collect())
    }

    #[test]
    fn remembers_what_changed_since_a_page_was_sent() {
        let none: Arc<str> = Arc::from("[]");
        let (first, _) =
            Shown::new(7).next(site(&[("a", "1"), ("b", "1"), ("c", "1")]), none.clone());
        let (second, count) = first.next(site(&[("a", "2"), ("b", "1"), ("d", "1")]), none.clone());
        assert_eq!(count, 3);
        let (third, count) = second.next(site(&[("a", "2"), ("b", "2"), ("d", "1")]), none.clone());
        assert_eq!(count, 1);
        assert_eq!(third.since(&first.version()), files(&["a", "b", "c", "d"]));
        assert_eq!(third.since(&second.version()), files(&["b"]));
        assert_eq!(third.since(&third.version()), files(&[]));
        for version in ["6-2", "7-9", "", "x", "7-", "-1"] {
            assert_eq!(third.since(version), Changes::Everything, "{version}");
        }
        let (broken, count) = third.next(None, Arc::from("[1]"));
        assert_eq!((count, &*broken.problems), (0, "[1]"));
        assert!(
            broken.site.is_some_and(|site| &*site.files["b"] == b"2"),
            "the last good one stands"
        );
    }

    #[test]
    fn its_memory_has_an_end() {
        let none: Arc<str> = Arc::from("[]");
        let mut shown = Shown::new(7);
        for step in 0..1000 {
            (shown, _) = shown.next(site(&[("a", &step.to_string())]), none.clone());
        }
        assert_eq!(shown.log.len(), MEMORY);
        assert_eq!(shown.since("7-1"), Changes::Everything);
        assert_eq!(shown.since("7-990"), files(&["a"]));
    }
}
