//! The table of interface strings: one field a string, one file a language.
//!
//! A string with `{name}` in it is a pattern; [`super::fill`] puts values in.

use super::CountWords;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The interface words of one language.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// BCP 47 tag of the language.
    pub tag: String,
    /// The language's own name.
    pub language_name: String,
    /// `ltr` or `rtl`.
    pub dir: String,

    // Frame of every page.
    /// The front page in the breadcrumb.
    pub report: String,
    /// Contents of the report.
    pub contents: String,
    /// Chapters, as a heading.
    pub chapters: String,
    /// The register in the menu.
    pub claims: String,
    /// The index of law in the menu.
    pub law: String,
    /// The bibliography in the menu.
    pub sources: String,
    /// The search page and its button.
    pub search: String,
    /// The menu button on phones.
    pub menu: String,
    /// First link of a page.
    pub skip_to_text: String,
    /// Before the list of notes.
    pub skip_notes: String,
    /// After the heading of a long section.
    pub skip_to_section: String,
    /// Name of the breadcrumb.
    pub breadcrumb: String,
    /// Name of the menu for assistive technology.
    pub main_menu: String,
    /// Name of the list of translations.
    pub languages: String,
    /// Before the program’s name.
    pub made_with: String,
    /// Print button.
    pub print: String,

    // Settings.
    /// Name of the panel.
    pub settings: String,
    /// Theme.
    pub theme: String,
    /// Theme of the device.
    pub theme_auto: String,
    /// Light theme.
    pub theme_light: String,
    /// Dark theme.
    pub theme_dark: String,
    /// Text size.
    pub text_size: String,
    /// Small text.
    pub size_small: String,
    /// Normal text.
    pub size_normal: String,
    /// Large text.
    pub size_large: String,
    /// Whether claims are marked.
    pub claim_marks: String,
    /// Whether notes open on hover.
    pub previews: String,
    /// Shown.
    pub shown: String,
    /// Hidden.
    pub hidden: String,
    /// On.
    pub on: String,
    /// Off.
    pub off: String,
    /// Setting: whether the Tab key stops at the numbers of paragraphs.
    pub paragraph_stops: String,
    /// Where settings are kept.
    pub settings_note: String,

    // A chapter.
    /// Heading of its contents.
    pub in_this_chapter: String,
    /// Summary.
    pub summary: String,
    /// Table of authorities.
    pub provisions_cited: String,
    /// The same, short.
    pub provisions: String,
    /// Claims of the chapter on a provision.
    pub claims_here: String,
    /// Other mentions on a provision.
    pub mentions_here: String,
    /// Link to an article’s page.
    pub read_article: String,
    /// List of notes.
    pub notes: String,
    /// Link in a note’s preview.
    pub note_list: String,
    /// Close button.
    pub close: String,
    /// Previous page.
    pub previous: String,
    /// Next page.
    pub next: String,
    /// Name of the pager.
    pub chapters_nav: String,
    /// Name of a heading’s permalink.
    pub link_to_section: String,
    /// Name of a paragraph’s permalink.
    pub link_to_paragraph: String,
    /// Name of a back-link.
    pub back_to_note: String,
    /// Name of one of several back-links.
    pub back_to_use: String,
    /// Name of a note’s marker.
    pub note_marker: String,
    /// Data file of a figure or table.
    pub data: String,
    /// Source of a figure or table.
    pub source: String,
    /// Name of a table without caption.
    pub column_scroll: String,

    // Citing.
    /// Heading.
    pub cite_chapter: String,
    /// Heading.
    pub cite_report: String,
    /// Form of a note.
    pub as_note: String,
    /// Form of a bibliography.
    pub as_entry: String,
    /// Permanent address.
    pub permalink: String,
    /// Files.
    pub reference_files: String,
    /// Copy button.
    pub copy: String,
    /// After copying.
    pub copied: String,

    // Charts.
    /// What opens the table of a chart's numbers.
    pub data_table: String,
    /// Between the thousands of a number.
    pub thousands_mark: String,
    /// Before the decimals of a number.
    pub decimal_mark: String,

    // Front page.
    /// Link to the first chapter.
    pub start_reading: String,
    /// Link to the page of the whole report, and its title.
    pub whole_report: String,
    /// Heading.
    pub downloads: String,
    /// Authors.
    pub authors: String,
    /// Publisher.
    pub publisher: String,
    /// Date.
    pub published: String,
    /// Edition.
    pub edition: String,
    /// Licence of the text.
    pub license: String,
    /// Feed.
    pub feed: String,

    // Sources.
    /// Standfirst.
    pub sources_intro: String,
    /// Before the notes.
    pub cited_in: String,
    /// Instead of notes.
    pub not_cited: String,
    /// Link to a kept copy.
    pub archived_copy: String,
    /// Free-text filter.
    pub find_source: String,

    // Register.
    /// Title.
    pub register: String,
    /// Standfirst.
    pub register_intro: String,
    /// Before the three orders.
    pub order: String,
    /// Order.
    pub by_chapter: String,
    /// Order.
    pub by_article: String,
    /// Order.
    pub by_right: String,
    /// Name of the filters.
    pub filter: String,
    /// No filter.
    pub all: String,
    /// Column.
    pub right: String,
    /// Rights.
    pub rights: String,
    /// Filter.
    pub instrument: String,
    /// Free-text filter.
    pub find_claim: String,
    /// After a number: rows that are shown.
    pub of_shown: String,
    /// Column.
    pub number: String,
    /// Column.
    pub claim_column: String,
    /// Column.
    pub articles_column: String,
    /// Column.
    pub evidence: String,
    /// Column.
    pub finding: String,
    /// Column.
    pub place: String,
    /// Title of the matrix.
    pub matrix: String,
    /// Caption of the matrix.
    pub matrix_intro: String,
    /// Column of the matrix.
    pub total: String,
    /// Empty result.
    pub nothing_found: String,
    /// Empty register.
    pub no_claims: String,

    // Law.
    /// Standfirst.
    pub law_intro: String,
    /// Article, without number.
    pub article: String,
    /// Heading.
    pub articles: String,
    /// Heading.
    pub status: String,
    /// Heading.
    pub facts: String,
    /// Link.
    pub official_text: String,
    /// Claims without pinpoint.
    pub whole_article: String,
    /// Claims without article.
    pub whole_instrument: String,
    /// Heading.
    pub claims_citing: String,
    /// Heading.
    pub claims_citing_instrument: String,
    /// No claims.
    pub no_claim: String,
    /// Heading.
    pub other_mentions: String,
    /// Heading.
    pub paragraphs: String,
    /// Heading.
    pub parallels: String,
    /// About the labels.
    pub subject_note: String,
    /// Fact.
    pub adopted: String,
    /// Fact.
    pub in_force: String,
    /// Fact.
    pub un_document: String,
    /// Fact.
    pub unts: String,
    /// Fact.
    pub body: String,
    /// Name of the pager.
    pub articles_nav: String,
    /// Derogation.
    pub derogation_forbidden: String,
    /// Derogation.
    pub derogation_allowed: String,
    /// Derogation.
    pub derogation_partly: String,
    /// Absolute right.
    pub absolute: String,
    /// Confidence.
    pub low_confidence: String,
    /// Status.
    pub bound: String,
    /// Status, year only.
    pub bound_year: String,
    /// Status.
    pub not_bound: String,
    /// After the status: the day on which the State joined.
    pub joined_later: String,
    /// Group of claims that name no article.
    pub without_article: String,
    /// Status of a declaration.
    pub binds_nobody: String,
    /// Status.
    pub status_unknown: String,

    // Search and errors.
    /// Name of the field.
    pub search_label: String,
    /// Without JavaScript.
    pub search_no_script: String,
    /// Above the kinds of result.
    pub show_only: String,
    /// Shows the next results.
    pub more_results: String,
    /// When the index does not come.
    pub search_failed: String,
    /// Heading.
    pub search_indexes: String,
    /// Title.
    pub not_found: String,
    /// Text.
    pub not_found_text: String,
    /// Title.
    pub moved: String,
    /// Index.
    pub sections_index: String,

    // Cross-references; `{n}` is the number, `{title}` the title.
    /// Chapter.
    pub chapter_ref: String,
    /// Chapter with its title.
    pub chapter_titled: String,
    /// Appendix: a chapter whose number is a letter.
    pub appendix_ref: String,
    /// Appendix with its title.
    pub appendix_titled: String,
    /// Appendix, short.
    pub appendix_short: String,
    /// Part.
    pub part_ref: String,
    /// Section.
    pub section_ref: String,
    /// Section without number.
    pub section_titled: String,
    /// Box.
    pub box_ref: String,
    /// Figure.
    pub figure_ref: String,
    /// Table.
    pub table_ref: String,
    /// Note.
    pub note_ref: String,
    /// Claim.
    pub claim_ref: String,
    /// Article.
    pub article_ref: String,
    /// Paragraph.
    pub paragraph_ref: String,
    /// Chapter, short.
    pub chapter_short: String,
    /// Paragraph, short.
    pub paragraph_short: String,
    /// Note, short.
    pub note_short: String,
    /// Article with its instrument.
    pub article_short: String,
    /// Article after its instrument.
    pub article_bare: String,
    /// Heading of a note block.
    pub boxed_note: String,
    /// Heading of a warning block.
    pub boxed_warning: String,

    // Signs.
    /// Opening quotation mark.
    pub quote_open: String,
    /// Closing quotation mark.
    pub quote_close: String,
    /// Inner opening quotation mark.
    pub quote_open_inner: String,
    /// Inner closing quotation mark.
    pub quote_close_inner: String,
    /// Between items of a list.
    pub list_separator: String,
    /// Before the last item of a list.
    pub list_last: String,

    /// Words for dates.
    pub date: DateWords,
    /// Numbers with a noun, by what is counted.
    pub count: CountWords,
    /// Words for findings by id.
    pub findings: BTreeMap<String, String>,
    /// Words for verdicts on a claim's article by id.
    pub verdicts: BTreeMap<String, String>,
    /// Words for kinds of source by id.
    pub kinds: BTreeMap<String, String>,
    /// Headings of groups of sources by id.
    pub source_groups: BTreeMap<String, String>,
    /// Words for levels of law by id.
    pub levels: BTreeMap<String, String>,
    /// Words for kinds of instrument by id.
    pub instruments: BTreeMap<String, String>,
}

/// Words for dates.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DateWords {
    /// A day: `{day}`, `{month}`, `{year}`.
    pub day: String,
    /// A month: `{month}`, `{year}`.
    pub month: String,
    /// The first day of a month, where it is written otherwise (`1er`).
    pub first_day: String,
    /// Months as they stand beside a day.
    pub months: Vec<String>,
    /// Months as they stand alone.
    pub months_alone: Vec<String>,
}
