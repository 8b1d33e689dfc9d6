//! The keys that exist: ours, and those of mdBook that a newcomer brings along.

/// Series that have numbers and can be given a first one. Claims begin anew in each chapter.
pub const SERIES: &[&str] = &["note", "box", "figure", "table"];

/// Groups of sources by kind, in the order in which a bibliography prints them.
pub const SOURCE_GROUPS: &[&str] = &[
    "treaties",
    "laws",
    "cases",
    "un-documents",
    "reports",
    "press",
    "literature",
    "interviews",
    "web",
    "other",
];

/// The tables of `book.toml` with their keys.
pub(super) const TABLES: &[(&str, &[&str])] = &[
    (
        "book",
        &[
            "title",
            "subtitle",
            "authors",
            "publisher",
            "date",
            "edition",
            "description",
            "doi",
            "isbn",
            "license",
            "language",
            "src",
        ],
    ),
    ("build", &["build-dir"]),
    ("notes", &["numbering"]),
    ("citations", &["file", "style", "scope", "group"]),
    ("law", &["instruments", "state", "date", "recognise"]),
    ("markdown", &["html"]),
    ("checks", &[]),
    ("output", &["html"]),
    ("output.html", &["base-url", "look", "print", "search"]),
];

/// Names of tables at the top of `book.toml`.
pub(super) const TOP: &[&str] =
    &["book", "build", "notes", "citations", "law", "markdown", "checks", "output"];

/// Keys of mdBook that have no effect here, by table; the empty table is the top.
const MDBOOK: &[(&str, &[&str])] = &[
    ("", &["preprocessor", "rust"]),
    ("book", &["multilingual", "text-direction"]),
    ("build", &["create-missing", "use-default-preprocessors", "extra-watch-dirs"]),
    ("output", &["markdown", "linkcheck", "epub", "pdf", "print", "latex", "mermaid"]),
    (
        "output.html",
        &[
            "additional-css",
            "additional-js",
            "cname",
            "code",
            "copy-fonts",
            "curly-quotes",
            "default-theme",
            "edit-url-template",
            "fold",
            "git-repository-icon",
            "git-repository-url",
            "google-analytics",
            "hash-files",
            "input-404",
            "mathjax-support",
            "no-section-label",
            "playground",
            "playpen",
            "preferred-dark-theme",
            "redirect",
            "sidebar-header-nav",
            "site-url",
            "smart-punctuation",
            "theme",
        ],
    ),
];

/// Keys of front matter.
pub(super) const FRONT_MATTER: &[&str] = &[
    "title", "number", "summary", "authors", "date", "order", "slug", "lang", "draft", "aliases",
    "start",
];

/// Words for an author who comes from mdBook; for a key of ours by another name, that name.
pub(super) fn mdbook(table: &str, key: &str) -> Option<String> {
    let (_, keys) = MDBOOK.iter().find(|(name, _)| *name == table)?;
    if !keys.contains(&key) {
        return None;
    }
    Some(match key {
        "site-url" => "this is a key of mdBook; here the address of the site is `base-url`".into(),
        "text-direction" => {
            "this is a key of mdBook; here the direction follows from `language`".into()
        }
        "theme" => {
            "this is a key of mdBook; here a file in `themes/` overlays the built-in one".into()
        }
        _ => "this is a key of mdBook and has no effect here".into(),
    })
}

/// The keys of a table of `book.toml`.
pub fn known_keys(table: &str) -> &'static [&'static str] {
    if table.is_empty() {
        return TOP;
    }
    TABLES.iter().find(|(name, _)| *name == table).map_or(&[], |(_, keys)| keys)
}

/// The table in which `key` belongs.
pub(super) fn home(key: &str) -> Option<&'static str> {
    TABLES.iter().find(|(_, keys)| keys.contains(&key)).map(|(name, _)| *name)
}
