//! What BibLaTeX calls types and variables: one table for writing and for reading.

use crate::bibliography::fields::{DATES, NAMES, TEXTS};

/// Entry types, each with the CSL type that it says. The first of several is written.
const KINDS: &[(&str, &str)] = &[
    ("article", "article-journal"),
    ("book", "book"),
    ("incollection", "chapter"),
    ("dataset", "dataset"),
    ("misc", "document"),
    ("inreference", "entry-encyclopedia"),
    ("image", "graphic"),
    ("jurisdiction", "legal_case"),
    ("legislation", "legislation"),
    ("unpublished", "manuscript"),
    ("video", "motion_picture"),
    ("booklet", "pamphlet"),
    ("inproceedings", "paper-conference"),
    ("patent", "patent"),
    ("performance", "performance"),
    ("periodical", "periodical"),
    ("letter", "personal_communication"),
    ("report", "report"),
    ("review", "review"),
    ("software", "software"),
    ("audio", "song"),
    ("standard", "standard"),
    ("thesis", "thesis"),
    ("legal", "treaty"),
    ("online", "webpage"),
    // What other programs, and BibTeX, write for the same.
    ("artwork", "graphic"),
    ("bookinbook", "chapter"),
    ("collection", "book"),
    ("commentary", "book"),
    ("conference", "paper-conference"),
    ("electronic", "webpage"),
    ("inbook", "chapter"),
    ("manual", "book"),
    ("mastersthesis", "thesis"),
    ("movie", "motion_picture"),
    ("music", "song"),
    ("mvbook", "book"),
    ("mvcollection", "book"),
    ("mvproceedings", "book"),
    ("mvreference", "book"),
    ("phdthesis", "thesis"),
    ("proceedings", "book"),
    ("reference", "book"),
    ("suppbook", "chapter"),
    ("suppcollection", "chapter"),
    ("suppperiodical", "article-journal"),
    ("techreport", "report"),
    ("www", "webpage"),
];

/// The CSL type that an entry type in small letters says.
pub fn bibtex_kind(entry_type: &str) -> Option<&'static str> {
    KINDS.iter().find(|(known, _)| *known == entry_type).map(|(_, kind)| *kind)
}

/// The entry type that comes nearest to a CSL type.
pub(super) fn entry_type(kind: &str) -> &'static str {
    match kind {
        "article" | "article-magazine" | "article-newspaper" | "review-book" => "article",
        "bill" | "regulation" => "legislation",
        "broadcast" | "musical_score" => "audio",
        "collection" => "collection",
        "entry" | "entry-dictionary" => "inreference",
        "figure" | "map" => "image",
        "post" | "post-weblog" => "online",
        "speech" => "unpublished",
        kind => KINDS.iter().find(|(_, known)| *known == kind).map_or("misc", |(name, _)| name),
    }
}

fn is_article(kind: &str) -> bool {
    kind.starts_with("article") || kind.starts_with("review") || kind == "periodical"
}

/// Kinds whose `number` is the one in a series.
fn is_book(kind: &str) -> bool {
    matches!(kind, "book" | "chapter" | "collection" | "paper-conference" | "pamphlet")
        || kind.starts_with("entry")
}

fn is_web(kind: &str) -> bool {
    matches!(kind, "webpage" | "post" | "post-weblog")
}

/// Kinds that a court or a parliament gives.
fn is_legal(kind: &str) -> bool {
    matches!(kind, "bill" | "hearing" | "legal_case" | "legislation" | "regulation" | "treaty")
}

/// The field for a variable of an entry of a CSL type. A variable for which BibLaTeX has none keeps
/// its CSL name.
pub(super) fn field(variable: &'static str, kind: &str) -> &'static str {
    match variable {
        "accessed" => "urldate",
        "authority" if is_legal(kind) => "institution",
        "annote" => "annotation",
        "chapter-number" => "chapter",
        "collection-editor" => "serieseditor",
        "collection-number" if is_book(kind) => "number",
        "collection-title" => "series",
        "container-author" => "bookauthor",
        "container-title" if is_article(kind) => "journaltitle",
        "container-title" if is_web(kind) => "organization",
        "container-title" => "booktitle",
        "container-title-short" if is_article(kind) => "shortjournal",
        "event-date" => "eventdate",
        "event-place" => "venue",
        "event-title" => "eventtitle",
        "genre" => "type",
        "issue" if is_article(kind) => "number",
        "issued" => "date",
        "keyword" => "keywords",
        "medium" => "howpublished",
        "number" if is_article(kind) || is_book(kind) => "csl-number",
        "number-of-pages" => "pagetotal",
        "number-of-volumes" => "volumes",
        "original-date" => "origdate",
        "original-publisher" => "origpublisher",
        "original-publisher-place" => "origlocation",
        "original-title" => "origtitle",
        "page" => "pages",
        "part-number" => "part",
        "publisher" if matches!(kind, "report" | "thesis") => "institution",
        "publisher-place" => "location",
        "references" => "csl-references",
        "status" => "pubstate",
        "title-short" => "shorttitle",
        "DOI" => "doi",
        "ISBN" => "isbn",
        "ISSN" => "issn",
        "PMCID" => "pmcid",
        "PMID" => "pmid",
        "URL" => "url",
        other => other,
    }
}

/// The variable that a field (in small letters) of an entry of a CSL type says; none where the
/// field is none of those that are written for it.
pub fn bibtex_variable(name: &str, kind: &str) -> Option<&'static str> {
    let all = TEXTS.iter().chain(DATES).chain(NAMES);
    all.copied().find(|variable| field(variable, kind) == name)
}

/// Names of languages as LaTeX knows them, with their tags.
const LANGUAGES: &[(&str, &str)] = &[
    ("american", "en-US"),
    ("arabic", "ar"),
    ("brazilian", "pt-BR"),
    ("british", "en-GB"),
    ("bulgarian", "bg"),
    ("chinese", "zh"),
    ("czech", "cs"),
    ("danish", "da"),
    ("dutch", "nl"),
    ("english", "en"),
    ("finnish", "fi"),
    ("french", "fr"),
    ("german", "de-DE"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("hungarian", "hu"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("kazakh", "kk"),
    ("kyrgyz", "ky"),
    ("ngerman", "de"),
    ("norwegian", "no"),
    ("persian", "fa"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("romanian", "ro"),
    ("russian", "ru"),
    ("serbian", "sr"),
    ("spanish", "es"),
    ("swedish", "sv"),
    ("tajik", "tg"),
    ("turkish", "tr"),
    ("turkmen", "tk"),
    ("ukrainian", "uk"),
    ("uzbek", "uz"),
    // Other names of the same.
    ("francais", "fr"),
    ("mexican", "es-MX"),
    ("naustrian", "de-AT"),
    ("nswissgerman", "de-CH"),
    ("uk", "en-GB"),
    ("ukenglish", "en-GB"),
    ("us", "en-US"),
    ("usenglish", "en-US"),
];

/// The tag of a language that LaTeX calls `name`.
pub fn bibtex_language(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    LANGUAGES.iter().find(|(known, _)| *known == name).map(|(_, tag)| *tag)
}

/// What LaTeX calls the language of a tag.
pub(super) fn language_name(tag: &str) -> Option<&'static str> {
    let whole = LANGUAGES.iter().find(|(_, known)| known.eq_ignore_ascii_case(tag));
    let primary = tag.split('-').next().unwrap_or_default();
    let near = LANGUAGES.iter().find(|(_, known)| *known == primary);
    whole.or(near).map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::CSL_TYPES;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_variables_share_a_field() {
        let own = [
            "entrysubtype",
            "usere",
            "archived-url",
            "archived-date",
            "csl-json",
            "langid",
            "options",
        ];
        for kind in CSL_TYPES {
            let all = TEXTS.iter().chain(DATES).chain(NAMES);
            let mut seen: BTreeSet<&str> = own.into_iter().collect();
            for variable in all {
                let name = field(variable, kind);
                assert!(seen.insert(name), "{kind}: {variable} is {name} like another");
                assert_eq!(bibtex_variable(&name.to_lowercase(), kind), Some(*variable), "{kind}");
            }
        }
    }
}
