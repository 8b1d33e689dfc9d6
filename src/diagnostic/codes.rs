//! The table of codes: one row and one page (`docs/guide/content/diagnostics/CODE.md`) each.

use super::{Code, Severity};

macro_rules! codes {
    ($($constant:ident = $name:literal $severity:ident;)*) => {
        $(
            #[doc = concat!("`", $name, "`: see `docs/guide/content/diagnostics/", $name, ".md`.")]
            pub static $constant: Code = Code {
                name: $name,
                severity: Severity::$severity,
                page: include_str!(concat!("../../docs/guide/content/diagnostics/", $name, ".md")),
            };
        )*
        /// Every code, in the order of the table.
        pub static CODES: &[&Code] = &[$(&$constant),*];
    };
}

codes! {
    UNDEFINED_NOTE = "undefined-note" Error;
    UNUSED_NOTE = "unused-note" Warning;
    DUPLICATE_NOTE = "duplicate-note" Error;
    EMPTY_NOTE = "empty-note" Warning;
    UNWRITTEN_NOTE = "unwritten-note" Warning;
    IBID_IN_NOTE = "ibid-in-note" Warning;
    SWALLOWED_NOTE = "swallowed-note" Warning;
    UNKNOWN_SOURCE = "unknown-source" Error;
    UNUSED_SOURCE = "unused-source" Warning;
    DUPLICATE_SOURCE = "duplicate-source" Error;
    DUPLICATE_WORK = "duplicate-work" Warning;
    INCOMPLETE_SOURCE = "incomplete-source" Warning;
    BAD_DATE = "bad-date" Error;
    URL_WITHOUT_ACCESSED = "url-without-accessed" Warning;
    UNSAFE_URL = "unsafe-url" Error;
    UNREADABLE_RECORD = "unreadable-record" Error;
    NOT_CARRIED = "not-carried" Warning;
    DIFFERING_SOURCE = "differing-source" Warning;
    CHANGED_KEY = "changed-key" Warning;
    UNRENDERED_CITATION = "unrendered-citation" Error;
    UNKNOWN_INSTRUMENT = "unknown-instrument" Warning;
    UNKNOWN_ARTICLE = "unknown-article" Error;
    UNKNOWN_PINPOINT = "unknown-pinpoint" Error;
    AMBIGUOUS_INSTRUMENT = "ambiguous-instrument" Warning;
    ARTICLE_NUMBER_AGREEMENT = "article-number-agreement" Hint;
    ARTICLE_MISMATCH = "article-mismatch" Warning;
    ARTICLE_LOOSE = "article-loose" Hint;
    CLAIM_WITHOUT_ARTICLE = "claim-without-article" Warning;
    CLAIM_WITHOUT_EVIDENCE = "claim-without-evidence" Warning;
    UNDECLARED_CLAIM = "undeclared-claim" Hint;
    UNKNOWN_RIGHT = "unknown-right" Error;
    STATE_NOT_BOUND = "state-not-bound" Warning;
    UNKNOWN_REFERENCE = "unknown-reference" Error;
    DUPLICATE_ID = "duplicate-id" Error;
    BROKEN_LINK = "broken-link" Error;
    MISSING_FILE = "missing-file" Error;
    LOST_ADDRESS = "lost-address" Warning;
    DEAD_LINK = "dead-link" Warning;
    BAD_CHART = "bad-chart" Error;
    MISSING_ALT_TEXT = "missing-alt-text" Warning;
    SKIPPED_HEADING_LEVEL = "skipped-heading-level" Warning;
    UNFAITHFUL_PULL_QUOTE = "unfaithful-pull-quote" Warning;
    REMOVED_HTML = "removed-html" Warning;
    UNKNOWN_KEY = "unknown-key" Error;
    BAD_VALUE = "bad-value" Error;
    BAD_YAML = "bad-yaml" Error;
    BAD_TOML = "bad-toml" Error;
    BAD_ENCODING = "bad-encoding" Error;
    UNKNOWN_STYLE = "unknown-style" Error;
    UNKNOWN_LANGUAGE = "unknown-language" Error;
    TEMPLATE_ERROR = "template-error" Error;
    OUTSIDE_PROJECT = "outside-project" Error;
    RESERVED_NAME = "reserved-name" Error;
    EMPTY_REPORT = "empty-report" Warning;
    TOO_DEEP = "too-deep" Error;
    ENGINE_FAILURE = "engine-failure" Error;
}

/// The code called `name`.
pub fn code(name: &str) -> Option<&'static Code> {
    CODES.iter().copied().find(|code| code.name == name)
}
