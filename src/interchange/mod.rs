//! Bibliographies of other programs into entries, and entries into `citations.yaml`.

/// The form in which a bibliography is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// BibTeX or BibLaTeX.
    Bibtex,
    /// RIS.
    Ris,
    /// CSL-JSON, as Zotero exports it.
    CslJson,
    /// CSL-YAML, hayagriva's YAML, or our own.
    Yaml,
}

impl Form {
    /// Whether a text of no known ending is RIS.
    pub fn of_ris(bytes: &[u8]) -> bool {
        let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
        start.starts_with(b"TY  - ")
    }
}
