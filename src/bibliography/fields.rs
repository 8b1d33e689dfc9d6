//! What an entry may hold: the types and variables of CSL 1.0.2, and friendlier names for them.

/// The types of CSL.
pub const CSL_TYPES: &[&str] = &[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
];

/// Friendly names of types, each with the CSL type it stands for.
pub const TYPE_ALIASES: &[(&str, &str)] = &[
    ("blog", "post-weblog"),
    ("case", "legal_case"),
    ("conference-paper", "paper-conference"),
    ("dictionary", "entry-dictionary"),
    ("email", "personal_communication"),
    ("encyclopedia", "entry-encyclopedia"),
    ("film", "motion_picture"),
    ("journal-article", "article-journal"),
    ("law", "legislation"),
    ("legal-case", "legal_case"),
    ("letter", "personal_communication"),
    ("magazine", "article-magazine"),
    ("motion-picture", "motion_picture"),
    ("musical-score", "musical_score"),
    ("news", "article-newspaper"),
    ("newspaper", "article-newspaper"),
    ("personal-communication", "personal_communication"),
    ("un-document", "report"),
    ("video", "motion_picture"),
    ("web", "webpage"),
    ("website", "webpage"),
];

/// The CSL type that `written` names, as itself or as an alias.
pub fn csl_type(written: &str) -> Option<&'static str> {
    let alias = TYPE_ALIASES.iter().find(|(alias, _)| *alias == written).map(|(_, name)| *name);
    alias.or_else(|| CSL_TYPES.iter().copied().find(|name| *name == written))
}

/// The group of a bibliography to which sources of a CSL type belong.
pub(super) fn group(kind: &str) -> &'static str {
    match kind {
        "treaty" => "treaties",
        "bill" | "legislation" | "regulation" => "laws",
        "hearing" | "legal_case" => "cases",
        "dataset" | "report" | "standard" => "reports",
        "article-magazine" | "article-newspaper" | "broadcast" => "press",
        "article" | "article-journal" | "book" | "chapter" | "classic" | "collection" | "entry"
        | "entry-dictionary" | "entry-encyclopedia" | "manuscript" | "pamphlet"
        | "paper-conference" | "periodical" | "review" | "review-book" | "thesis" => "literature",
        "interview" | "personal_communication" | "speech" => "interviews",
        "post" | "post-weblog" | "webpage" => "web",
        _ => "other",
    }
}

/// Text and number variables.
pub(crate) const TEXTS: &[&str] = &[
    "abstract",
    "annote",
    "archive",
    "archive-place",
    "archive_collection",
    "archive_location",
    "authority",
    "call-number",
    "chapter-number",
    "collection-number",
    "collection-title",
    "collection-title-short",
    "container-title",
    "container-title-short",
    "dimensions",
    "division",
    "DOI",
    "edition",
    "event-place",
    "event-title",
    "genre",
    "ISBN",
    "ISSN",
    "issue",
    "jurisdiction",
    "keyword",
    "language",
    "license",
    "medium",
    "note",
    "number",
    "number-of-pages",
    "number-of-volumes",
    "original-publisher",
    "original-publisher-place",
    "original-title",
    "page",
    "page-first",
    "part-number",
    "part-title",
    "PMCID",
    "PMID",
    "printing-number",
    "publisher",
    "publisher-place",
    "references",
    "reviewed-genre",
    "reviewed-title",
    "scale",
    "section",
    "source",
    "status",
    "supplement-number",
    "title",
    "title-short",
    "URL",
    "version",
    "volume",
    "volume-title",
    "volume-title-short",
];

/// Name variables; each may be written in the plural too.
pub(crate) const NAMES: &[&str] = &[
    "author",
    "chair",
    "collection-editor",
    "compiler",
    "composer",
    "container-author",
    "contributor",
    "curator",
    "director",
    "editor",
    "editor-translator",
    "editorial-director",
    "executive-producer",
    "guest",
    "host",
    "illustrator",
    "interviewer",
    "narrator",
    "organizer",
    "original-author",
    "performer",
    "producer",
    "recipient",
    "reviewed-author",
    "script-writer",
    "series-creator",
    "translator",
];

/// Date variables.
pub(crate) const DATES: &[&str] =
    &["accessed", "available-date", "event-date", "issued", "original-date", "submitted"];

/// Friendly names of variables.
const FIELD_ALIASES: &[(&str, &str)] = &[
    ("court", "authority"),
    ("date", "issued"),
    ("doi", "DOI"),
    ("isbn", "ISBN"),
    ("issn", "ISSN"),
    ("journal", "container-title"),
    ("keywords", "keyword"),
    ("newspaper", "container-title"),
    ("pages", "page"),
    ("place", "publisher-place"),
    ("pmcid", "PMCID"),
    ("pmid", "PMID"),
    ("series", "collection-title"),
    ("short-title", "title-short"),
    ("symbol", "number"),
    ("url", "URL"),
    ("website", "container-title"),
];

/// Fields that are no CSL variable.
const OWN: &[&str] = &["type", "title-translated", "archived", "csl"];

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Type,
    TitleTranslated,
    Archived,
    Csl,
    Text(&'static str),
    Names(&'static str),
    Date(&'static str),
}

/// The field called `name`.
pub(crate) fn field(name: &str) -> Option<Field> {
    match name {
        "type" => return Some(Field::Type),
        "title-translated" => return Some(Field::TitleTranslated),
        "archived" => return Some(Field::Archived),
        "csl" => return Some(Field::Csl),
        _ => {}
    }
    let alias = FIELD_ALIASES.iter().find(|(alias, _)| *alias == name);
    let name = alias.map_or(name, |(_, variable)| variable);
    let among =
        |list: &'static [&'static str], name: &str| list.iter().copied().find(|v| *v == name);
    among(TEXTS, name)
        .map(Field::Text)
        .or_else(|| among(DATES, name).map(Field::Date))
        .or_else(|| among(NAMES, name).map(Field::Names))
        .or_else(|| among(NAMES, name.strip_suffix('s')?).map(Field::Names))
}

/// Every name that a field may have, friendly ones and plurals of roles included.
pub(super) fn field_names() -> Vec<String> {
    let plain = TEXTS.iter().chain(DATES).chain(OWN).map(|name| name.to_string());
    let plural = NAMES.iter().flat_map(|name| [name.to_string(), format!("{name}s")]);
    let aliases = FIELD_ALIASES.iter().map(|(alias, _)| alias.to_string());
    plain.chain(plural).chain(aliases).collect()
}

/// One thing that a type needs: any of these variables will do.
pub(super) type Need = &'static [&'static str];

/// What a reader needs to find a work of this type again.
pub(super) fn needs(kind: &str) -> &'static [Need] {
    const BY: Need = &["author", "editor", "director", "publisher", "authority"];
    match kind {
        "article-journal" => &[&["title"], &["author"], &["container-title"], &["issued"]],
        "article-newspaper" | "article-magazine" => {
            &[&["title"], &["container-title", "author", "publisher"], &["issued"]]
        }
        "book" | "report" | "collection" => &[&["title"], BY, &["issued"]],
        "chapter" | "paper-conference" => {
            &[&["title"], &["author"], &["container-title"], &["issued"]]
        }
        "entry" | "entry-dictionary" | "entry-encyclopedia" => &[&["title"], &["container-title"]],
        "legal_case" => &[&["title"], &["authority", "number", "container-title"], &["issued"]],
        "legislation" | "bill" | "regulation" | "treaty" => &[&["title"], &["issued"]],
        "interview" => &[&["author", "title"], &["issued"]],
        "personal_communication" => &[&["author"], &["issued"]],
        "post" | "post-weblog" => &[&["author", "container-title"], &["issued", "accessed"]],
        "thesis" => &[&["title"], &["author"], &["publisher"], &["issued"]],
        "webpage" => &[
            &["title"],
            &["URL", "DOI", "archived", "author"],
            &["issued", "accessed", "archived"],
        ],
        _ => &[&["title"]],
    }
}
