//! Full text search: what can be found into the files of an index, through Pagefind.
//!
//! The same records give the same bytes. Knows nothing of chapters or pages, and reads no file. The
//! one door to `pagefind`, which is there with the feature `search`; it wants a runtime of `tokio`,
//! on which nothing waits.

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

#[cfg(feature = "search")]
mod engine {
    use super::{FOLDER, Record};
    use pagefind::api::PagefindIndex;
    use pagefind::options::PagefindServiceConfig;
    use std::collections::BTreeMap;
    use std::error::Error;

    /// Files that hold the texts of results; more results share a file.
    const FRAGMENTS: u32 = 400;

    /// What the engine brings along and our page does not use.
    const UNUSED: [&str; 4] =
        ["pagefind-highlight.js", "pagefind-worker.js", "pagefind-ui.", "pagefind-modular-ui."];

    pub(super) async fn index(
        language: &str,
        records: Vec<Record>,
    ) -> Result<Vec<(String, Vec<u8>)>, Box<dyn Error>> {
        // One index: a reader looks through the whole report, whatever the chapter's language.
        let language = language.split('-').next().unwrap_or_default().to_lowercase();
        let options = PagefindServiceConfig::builder();
        let options = options.force_language(language.clone()).max_fragments(FRAGMENTS).build();
        let mut index = PagefindIndex::new(Some(options))?;
        for record in records {
            let mut meta = BTreeMap::from([("place".to_owned(), record.place)]);
            if !record.title.is_empty() {
                meta.insert("title".to_owned(), record.title);
            }
            let text = without_marks(&record.text);
            let filters = Some(record.filters);
            let language = language.clone();
            index.add_custom_record(record.url, text, language, Some(meta), filters, None).await?;
        }
        let files = index.get_files().await?;
        let is_used = |path: &str| {
            !UNUSED.iter().any(|unused| path.starts_with(unused))
                && !path.starts_with("pagefind-component-ui.")
        };
        let named = files.into_iter().filter_map(|file| {
            let path = file.filename.to_str()?.replace('\\', "/");
            is_used(&path).then(|| (format!("{FOLDER}{path}"), file.contents))
        });
        Ok(named.collect())
    }

    /// The text without the marks by which the engine splits and weighs text.
    fn without_marks(text: &str) -> String {
        text.replace("___PAGEFIND_", "___pagefind_")
    }
}

#[cfg(all(test, feature = "search"))]
mod tests {
    use super::*;

    #[test]
    fn the_same_records_give_the_same_bytes() {
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
