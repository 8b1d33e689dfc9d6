//! Full text search: what can be found into the files of an index, through Pagefind.
//!
//! The same records give the same bytes. Knows nothing of chapters or pages, and reads no file. The
//! one door to `pagefind`, which is there with the feature `search`; it wants a runtime of `tokio`,
//! on which nothing waits.

#[cfg(feature = "search")]
mod engine;

use std::collections::BTreeMap;

/// Something that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its address below the site's root, with the fragment.
    pub url: String,
    /// Its title; empty where its words say it all.
    pub title: String,
    /// Where it stands, in words.
    pub place: String,
    /// Its words.
    pub text: String,
    /// What it can be filtered by: `kind`, `right`.
    pub filters: BTreeMap<String, Vec<String>>,
}

/// Where the files of the index stand.
pub const FOLDER: &str = "pagefind/";

/// The index of `records`, in `language`: files below [`FOLDER`]. None without the feature, without
/// records, or where the engine gives up.
#[cfg(not(feature = "search"))]
pub fn index(_: &str, _: Vec<Record>) -> Option<Vec<(String, Vec<u8>)>> {
    None
}

/// The index of `records`, in `language`: files below [`FOLDER`]. None without the feature, without
/// records, or where the engine gives up.
#[cfg(feature = "search")]
pub fn index(language: &str, records: Vec<Record>) -> Option<Vec<(String, Vec<u8>)>> {
    if records.is_empty() {
        return None;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().build().ok()?;
    runtime.block_on(engine::index(language, records)).ok()
}

#[cfg(test)]
mod tests {
    #[test]
    #[cfg(feature = "search")]
    fn the_same_records_give_the_same_bytes() {
        use super::{Record, index};
        use std::collections::BTreeMap;
        let record = |n: usize| Record {
            url: format!("a/#s{n}"),
            title: format!("Title {n}"),
            place: "Chapter 1".to_owned(),
            text: format!("words of the section {n} <b> & \u{1F600} rights righting {}", n * 7),
            filters: BTreeMap::from([("kind".to_owned(), vec!["section".to_owned()])]),
        };
        let made = || index("en-GB", (0..300).map(record).collect()).expect("an index");
        let mut first = made();
        first.sort();
        assert!(first.iter().any(|(path, _)| path == "pagefind/pagefind.js"));
        assert!(first.iter().all(|(path, _)| !path.contains("ui.")));
        for _ in 0..3 {
            let mut again = made();
            again.sort();
            assert!(first == again, "the index differs from run to run");
        }
    }
}
