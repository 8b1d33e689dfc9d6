//! Records into an index, by Pagefind and in memory.

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
