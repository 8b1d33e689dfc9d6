//! What browsers are shown: the last good site, what is wrong now, and what changed when.

use crate::session::Proof;
use crate::source::Asset;
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
    /// The last good site, once there is one; its pages are made when they are asked for.
    pub(super) site: Option<Arc<Proof>>,
    /// Where the site will be published, if that is known.
    pub(super) base_url: Option<String>,
    /// What is wrong, as JSON for the overlay.
    pub(super) problems: Arc<str>,
    /// The latest generations, each with the paths of assets that changed in it. Whether a page
    /// changed, whoever shows it finds out.
    log: VecDeque<Arc<[String]>>,
}

/// What changed since a page was sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Changes {
    /// These assets.
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
    pub(super) fn next(&self, site: Option<Proof>, problems: Arc<str>) -> Shown {
        let mut next = self.clone();
        let changed = match (&self.site, &site) {
            (Some(old), Some(new)) => changed(old, new),
            _ => Vec::new(),
        };
        next.generation += 1;
        next.log.push_back(changed.into());
        if next.log.len() > MEMORY {
            next.log.pop_front();
        }
        next.site = site.map(Arc::new).or(next.site);
        next.problems = problems;
        next
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

/// The paths of assets that came, went or changed, sorted.
fn changed(old: &Proof, new: &Proof) -> Vec<String> {
    let (old, new) = (old.assets(), new.assets());
    let is_same = |path: &String, bytes: &Asset| {
        old.get(path).is_some_and(|old| Arc::ptr_eq(old, bytes) || old == bytes)
    };
    let came = new.iter().filter(|(path, bytes)| !is_same(path, bytes)).map(|(path, _)| path);
    let went = old.keys().filter(|path| !new.contains_key(*path));
    let mut paths: Vec<String> = came.chain(went).cloned().collect();
    paths.sort();
    paths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Session;
    use crate::source::Sources;

    fn site(files: &[(&str, &str)]) -> Option<Proof> {
        let mut sources = Sources::default();
        sources.add_text("book.toml", "[book]\ntitle = \"T\"\n");
        sources.add_text("content/01-a.md", "# A\n");
        for (path, text) in files {
            sources.assets.insert(format!("content/{path}"), text.as_bytes().into());
        }
        Some(Session::default().proof(&sources))
    }

    fn files(paths: &[&str]) -> Changes {
        Changes::Files(paths.iter().map(|path| (*path).to_owned()).collect())
    }

    #[test]
    fn remembers_what_changed_since_a_page_was_sent() {
        let none: Arc<str> = Arc::from("[]");
        let first = Shown::new(7).next(site(&[("a", "1"), ("b", "1"), ("c", "1")]), none.clone());
        let second = first.next(site(&[("a", "2"), ("b", "1"), ("d", "1")]), none.clone());
        let third = second.next(site(&[("a", "2"), ("b", "2"), ("d", "1")]), none.clone());
        assert_eq!(third.since(&first.version()), files(&["a", "b", "c", "d"]));
        assert_eq!(third.since(&second.version()), files(&["b"]));
        assert_eq!(third.since(&third.version()), files(&[]));
        for version in ["6-2", "7-9", "", "x", "7-", "-1"] {
            assert_eq!(third.since(version), Changes::Everything, "{version}");
        }
        let broken = third.next(None, Arc::from("[1]"));
        assert_eq!(&*broken.problems, "[1]");
        let stands = broken.site.as_ref().and_then(|site| site.file("b"));
        assert!(stands.is_some_and(|bytes| &*bytes == b"2"), "the last good one stands");
    }

    #[test]
    fn its_memory_has_an_end() {
        let none: Arc<str> = Arc::from("[]");
        let mut shown = Shown::new(7);
        for step in 0..100 {
            shown = shown.next(site(&[("a", &step.to_string())]), none.clone());
        }
        assert_eq!(shown.log.len(), MEMORY);
        assert_eq!(shown.since("7-1"), Changes::Everything);
        assert_eq!(shown.since("7-90"), files(&["a"]));
    }
}
