//! The whole site and the head of one page.

use serde::Serialize;

/// What every page of the site shares.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Site {
    /// Title of the report.
    pub title: String,
    /// Subtitle.
    pub subtitle: Option<String>,
    /// BCP 47 tag of the report's language.
    pub language: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// One or two sentences for search engines and link previews.
    pub description: Option<String>,
    /// Authors as they sign.
    pub authors: Vec<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Date in ISO 8601, as exact as it is known.
    pub date: Option<String>,
    /// The same date in words.
    pub date_words: Option<String>,
    /// Edition in words (`Edition 2`, `Second edition`).
    pub edition: Option<String>,
    /// Licence of the text.
    pub license: Option<License>,
    /// DOI without a resolver.
    pub doi: Option<String>,
    /// ISBN.
    pub isbn: Option<String>,
    /// Absolute address of the site, with a final slash, if it is known.
    pub base_url: Option<String>,
    /// Chapters and parts in reading order.
    pub nav: Vec<NavItem>,
    /// The look, where it is not the default one: its style sheet is `assets/look-<name>.css`.
    pub look: Option<String>,
    /// The program's version.
    pub generator: String,
    /// Whether the report makes claims.
    pub has_claims: bool,
    /// Whether the report cites law.
    pub has_law: bool,
    /// Whether the report cites sources.
    pub has_sources: bool,
    /// Whether the site has the whole report on one page.
    pub has_print: bool,
    /// Whether the site has a search page.
    pub has_search: bool,
    /// Whether the site has a feed.
    pub has_feed: bool,
    /// A line above every title: superseded, corrected or withdrawn; finished HTML.
    pub notice_html: Option<String>,
    /// The same report in other languages.
    pub translations: Vec<Translation>,
}

/// A licence.
#[derive(Debug, Clone, Default, Serialize)]
pub struct License {
    /// Its name (`CC BY 4.0`).
    pub name: String,
    /// Its address, absolute.
    pub url: Option<String>,
}

/// The same report in another language.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Translation {
    /// BCP 47 tag.
    pub language: String,
    /// The language's own name.
    pub name: String,
    /// Address, absolute or relative to the site's root.
    pub url: String,
}

/// A chapter in the contents; its URL is relative to the site's root.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NavItem {
    /// Title.
    pub title: String,
    /// Number as printed (`4`), if it has one.
    pub number: Option<String>,
    /// URL relative to the site's root (`chapter-4/`).
    pub url: String,
    /// Title of its part, if it has one; the same for all chapters of the part.
    pub part: Option<String>,
}

/// The head of one page: what browsers, indexes and reference managers read.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Head {
    /// Path from the page to the site's root: `./` or `../` repeated.
    pub root: String,
    /// URL of the page relative to the site's root (`chapter-4/`), empty for the front page.
    pub url: String,
    /// Absolute address of the page, if the site's is known.
    pub canonical: Option<String>,
    /// Title of the page, without the report's.
    pub title: String,
    /// Description for search engines and link previews.
    pub description: Option<String>,
    /// BCP 47 tag, if the page is in another language than the report.
    pub language: Option<String>,
    /// `ltr` or `rtl`, if it is not the report's.
    pub dir: Option<String>,
    /// The way from the front page, the page itself last.
    pub breadcrumbs: Vec<Crumb>,
    /// Highwire, Dublin Core and Open Graph tags.
    pub meta: Vec<Meta>,
    /// Alternative forms and neighbours: `link` elements of the head.
    pub links: Vec<HeadLink>,
    /// JSON-LD, already safe inside a `script` element; empty for none.
    pub json_ld: String,
    /// Whether indexes should leave the page out.
    pub no_index: bool,
}

/// One step of the breadcrumb.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Crumb {
    /// The words.
    pub label: String,
    /// The address relative to the page; none for the page itself.
    pub url: Option<String>,
}

/// A `meta` element.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Meta {
    /// The name; names that begin with `og:` are written as `property`.
    pub name: String,
    /// The content.
    pub content: String,
}

/// A `link` element of the head.
#[derive(Debug, Clone, Default, Serialize)]
pub struct HeadLink {
    /// `prev`, `next`, `license`, `alternate`, `cite-as` …
    pub rel: String,
    /// The address.
    pub href: String,
    /// Media type, if it matters.
    pub media_type: Option<String>,
    /// Language of the target, if it differs.
    pub hreflang: Option<String>,
    /// Title, if it has one.
    pub title: Option<String>,
}
