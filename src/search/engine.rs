//! Records into an index, by Pagefind and in memory.

use super::{FOLDER, Record};
use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;
use std::collections::BTreeMap;
use std::error::Error;

/// Files that hold the texts of results; more results share a file.
const FRAGMENTS: u32 = 400;

/// What the engine brings along and our page does not use.
const UNUSED: [&str; 5] = [
    "pagefind-highlight.js",
    "pagefind-worker.js",
    "pagefind-ui.",
    "pagefind-modular-ui.",
    "pagefind-component-ui.",
];

/// The programs that search begin with this.
const PROGRAM: &str = "pagefind/wasm.";

/// The one of them that knows no language.
const ANY_LANGUAGE: &str = "pagefind/wasm.unknown.pagefind";

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
    let is_used = |path: &str| !UNUSED.iter().any(|unused| path.starts_with(unused));
    let named = files.into_iter().filter_map(|file| {
        let path = file.filename.to_str()?.replace('\\', "/");
        is_used(&path).then(|| (format!("{FOLDER}{path}"), file.contents))
    });
    let mut files: BTreeMap<String, Vec<u8>> = named.collect();
    // The program for languages without stems comes along even where it is not asked for.
    if files.keys().any(|path| path.starts_with(PROGRAM) && path != ANY_LANGUAGE) {
        files.remove(ANY_LANGUAGE);
    }
    Ok(files.into_iter().collect())
}

/// The text without the marks by which the engine splits and weighs text.
fn without_marks(text: &str) -> String {
    text.replace("_PAGEFIND_", "_pagefind_")
}
