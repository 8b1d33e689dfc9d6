//! A CSL style and a language → a style ready to set citations.

use super::delimiters::{Delimiters, collapses_years};
use super::fault::{self, Fault};
use super::forms::{Forms, forms, takes_letters};
use super::locale::{self, DateWriter, Labels, Lookup};
use super::macros::unsound;
use super::quotes::Quotes;
use super::repair::repair;
use crate::diagnostic;
use hayagriva::citationberg::taxonomy::{OtherTerm, Term};
use hayagriva::citationberg::{
    Collapse, DependentStyle, IndependentStyle, Layout, Locale, LocaleCode, StyleClass, TermForm,
};
use std::fmt;
use std::sync::Arc;

/// A style with its locale, repaired for the engine.
#[derive(Clone, Debug)]
pub struct Style {
    pub(super) forms: Forms,
    pub(super) manners: Manners,
    pub(super) locales: Vec<Locale>,
    pub(super) code: LocaleCode,
    pub(super) note: bool,
    /// What the citation layout sets before and behind a cluster.
    pub(super) around_cluster: (String, String),
    pub(super) around_entry: (String, String),
    pub(super) delimiters: Delimiters,
    /// What the locale sets between the ends of a range.
    pub(super) range_mark: String,
    pub(super) quotes: Quotes,
    pub(super) dates: DateWriter,
    pub(super) words: Words,
    /// The words before locators, as far as they have been looked up.
    pub(super) labels: Arc<Labels>,
    /// Whether the first name of a cite is turned round, as in a list.
    pub(super) inverts: bool,
}

/// What a style does in so many places of its tree that its text is the better witness.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manners {
    /// Whether cites are numbers or labels that depend on the whole run.
    pub(super) numbers: bool,
    /// Whether it sets more of a source where that could be taken for another.
    pub(super) disambiguates: bool,
    /// Whether given names shrink to initials.
    pub(super) initialises: bool,
    /// Whether all of them lose their full stops: `CH Knutsen`.
    pub(super) bare_initials: bool,
    /// Whether “ibid” keeps its small letter at the start of a note.
    pub(super) small_ibid: bool,
    /// Whether later cites differ from the first only by what the style asks of their place, and
    /// numbers of earlier notes are only printed.
    pub(super) apart: bool,
}

/// Words this layer adds in the style's language.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub(super) archived_copy: &'static str,
    pub(super) and: String,
}

/// Where a style comes from.
#[derive(Clone, Copy, Debug)]
pub enum StyleSource<'a> {
    /// The name of a style shipped with Rapporteur.
    Builtin(&'a str),
    /// The text of a `.csl` file.
    Xml(&'a str),
}

/// Why a style cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StyleError {
    /// No style of this name is built in; `nearest` is the closest name there is.
    UnknownStyle { name: String, nearest: Option<&'static str> },
    /// There is no locale for the language.
    UnknownLocale { language: String, known: Vec<&'static str> },
    /// The file is not a CSL style. Line and column count from 1, the column in characters.
    Xml { message: String, place: Option<(usize, usize)> },
    /// The file only names another style, its parent, which is the one to use.
    Dependent { parent: String, link: String },
}

impl fmt::Display for StyleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StyleError::UnknownStyle { name, nearest: Some(nearest) } => {
                write!(f, "no citation style is called `{name}`; did you mean `{nearest}`?")
            }
            StyleError::UnknownStyle { name, nearest: None } => {
                write!(f, "no citation style is called `{name}`")
            }
            StyleError::UnknownLocale { language, known } => {
                write!(f, "citations cannot be set in `{language}`; there are {}", known.join(", "))
            }
            StyleError::Xml { message, place: Some((line, column)) } => {
                write!(f, "line {line}, column {column}: {message}")
            }
            StyleError::Xml { message, place: None } => f.write_str(message),
            StyleError::Dependent { parent, .. } => {
                write!(
                    f,
                    "this style only points to another one, `{parent}`, which is the one to use"
                )
            }
        }
    }
}

impl std::error::Error for StyleError {}

macro_rules! styles {
    ($($name:literal => $file:literal,)*) => {
        const NAMES: &[&str] = &[$($name),*];
        const FILES: &[&str] = &[$(include_str!(concat!("../../csl/", $file))),*];
    };
}

styles! {
    "policy-report-notes" => "policy-report-notes.csl",
    "chicago-notes" => "styles/chicago-notes-bibliography.csl",
    "mhra" => "styles/mhra-notes.csl",
    "oscola" => "styles/oscola.csl",
    "apa" => "styles/apa.csl",
    "chicago-author-date" => "styles/chicago-author-date.csl",
    "ieee" => "styles/ieee.csl",
}

/// A style that sets nothing but a short name.
const NAMING: &str = r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>Name</title><id>name</id><updated>2026-11-22T00:00:00+00:00</updated></info>
<citation et-al-min="4" et-al-use-first="1"><layout><names variable="author">
<name form="short" and="text" delimiter=", " delimiter-precedes-last="never"/>
<substitute><names variable="editor"/><names variable="director"/>
<text variable="title" form="short"/><text variable="container-title"/></substitute>
</names></layout></citation></style>"#;

impl Style {
    /// Returns the names of the styles shipped, the default first.
    pub fn builtin_names() -> &'static [&'static str] {
        NAMES
    }

    /// Loads a style for a language given as a BCP 47 tag such as `en-GB`.
    pub fn load(source: StyleSource<'_>, language: &str) -> Result<Style, StyleError> {
        let xml = xml(source)?;
        let style = parse(xml)?;
        let Some(language) = locale::language(language) else {
            return Err(StyleError::UnknownLocale {
                language: language.to_owned(),
                known: locale::tags(),
            });
        };
        Style::prepare(style, language, manners(xml))
            .map_err(|message| StyleError::Xml { message, place: None })
    }

    /// Reports whether citations can be set in a language, given as a BCP 47 tag.
    pub fn speaks(language: &str) -> bool {
        locale::language(language).is_some()
    }

    /// Reports whether the style's own language is the one of this tag, or shares its locale.
    pub fn is_in(&self, language: &str) -> bool {
        locale::language(language).is_some_and(|language| language.tag == self.code.0)
    }

    /// Reports whether citations stand in notes; otherwise they stand in the text.
    pub fn is_note(&self) -> bool {
        self.note
    }

    /// The same style for a bibliography in groups: the author of the entry before may stand in
    /// another group, so no dash takes an author's place.
    pub fn grouped(mut self) -> Style {
        if let Some(bibliography) = &mut self.forms.listing.bibliography {
            bibliography.subsequent_author_substitute = None;
        }
        self
    }

    /// Whether years may take letters that are given here: 2019a.
    pub(super) fn letters(&self) -> bool {
        self.forms.lettering.is_some()
    }

    pub(super) fn lookup(&self) -> Lookup<'_> {
        Lookup { style: &self.forms.listing, locales: &self.locales, code: &self.code }
    }

    fn prepare(
        mut style: IndependentStyle,
        language: &locale::Language,
        manners: Manners,
    ) -> Result<Style, String> {
        let code = LocaleCode(language.tag.to_owned());
        let locales = language.locales()?;
        let lookup = Lookup { style: &style, locales: &locales, code: &code };
        let first_day = lookup.first_day_only();
        let range_mark = lookup.mark(OtherTerm::PageRangeDelimiter, "–");
        let (quotes, dates) = (lookup.quotes(language), lookup.date_form(language));
        let and = lookup.term(Term::Other(OtherTerm::And), TermForm::Long, false);
        let words =
            Words { archived_copy: language.archived_copy, and: and.unwrap_or("and").to_owned() };
        let mut naming = IndependentStyle::from_xml(NAMING).map_err(|error| error.to_string())?;
        repair(&mut naming, &code, first_day)?;
        repair(&mut style, &code, first_day)?;
        let around_cluster = take_affixes(&mut style.citation.layout);
        let around_entry =
            style.bibliography.as_mut().map(|b| take_affixes(&mut b.layout)).unwrap_or_default();
        let delimiters = take_delimiters(&mut style);
        Ok(Style {
            note: style.settings.class == StyleClass::Note,
            forms: forms(style, naming, manners)?,
            manners,
            locales,
            code,
            around_cluster,
            around_entry,
            delimiters,
            range_mark,
            quotes,
            dates,
            words,
            labels: Arc::default(),
            inverts: false,
        })
    }
}

fn manners(xml: &str) -> Manners {
    let initials = xml.matches("initialize-with=").count();
    let bare = xml.matches("initialize-with=\"\"").count();
    let first_notes = xml.matches("first-reference-note-number").count();
    let printed = xml.matches("<text variable=\"first-reference-note-number\"").count();
    Manners {
        numbers: xml.contains("citation-number") || xml.contains("citation-label"),
        disambiguates: xml.contains("disambiguate=\"true\""),
        initialises: initials > 0,
        bare_initials: initials > 0 && initials == bare,
        small_ibid: xml.contains("styles/oscola"),
        apart: !xml.contains("et-al-subsequent") && first_notes == printed,
    }
}

/// The engine drops a layout's affix where it repeats what stands there; this layer sets both.
fn take_affixes(layout: &mut Layout) -> (String, String) {
    (layout.prefix.take().unwrap_or_default(), layout.suffix.take().unwrap_or_default())
}

/// Takes the delimiters out of the style: they are set here, not by the engine. It still groups
/// where it is told of a delimiter, if an empty one.
fn take_delimiters(style: &mut IndependentStyle) -> Delimiters {
    let takes_letters = takes_letters(style);
    let citation = &mut style.citation;
    let delimiters = Delimiters {
        layout: citation.layout.delimiter.take().unwrap_or_default(),
        group: citation.cite_group_delimiter.take(),
        letters: citation.year_suffix_delimiter.take(),
        after: citation.after_collapse_delimiter.take(),
        shared_years: takes_letters
            && matches!(citation.collapse, Some(Collapse::YearSuffix | Collapse::YearSuffixRanged)),
    };
    if delimiters.shared_years {
        // The engine leaves out a year behind any letter, be it of another year.
        citation.collapse = Some(Collapse::Year);
    }
    if delimiters.group.is_some() || collapses_years(citation.collapse) {
        citation.cite_group_delimiter = Some(String::new());
    }
    delimiters
}

fn xml<'a>(source: StyleSource<'a>) -> Result<&'a str, StyleError> {
    match source {
        StyleSource::Xml(xml) => Ok(xml),
        StyleSource::Builtin(name) => match NAMES.iter().position(|known| *known == name) {
            Some(at) => Ok(FILES[at]),
            None => Err(StyleError::UnknownStyle { name: name.to_owned(), nearest: nearest(name) }),
        },
    }
}

fn nearest(name: &str) -> Option<&'static str> {
    let name: String = name.to_lowercase().chars().take(64).collect();
    diagnostic::nearest(&name, NAMES.iter().copied())
}

fn parse(xml: &str) -> Result<IndependentStyle, StyleError> {
    let xml = xml.trim_start_matches('\u{FEFF}');
    if xml.contains("rel=\"independent-parent\"")
        && let Ok(dependent) = DependentStyle::from_xml(xml)
    {
        let link = dependent.parent_link.href;
        let name = link.trim_end_matches('/').rsplit('/').next().unwrap_or(&link).to_owned();
        return Err(StyleError::Dependent { parent: name.to_owned(), link });
    }
    let unusable =
        |fault: Fault| StyleError::Xml { message: fault.message, place: Some(fault.place) };
    if let Some(fault) = unsound(xml) {
        return Err(unusable(fault));
    }
    IndependentStyle::from_xml(xml).map_err(|error| match fault::ill_formed(xml) {
        Some(fault) => unusable(fault),
        None => {
            let path = error.path.map(|path| path.to_string()).unwrap_or_default();
            let place = fault::place(xml, &path);
            let message = match fault::other_root(xml) {
                Some(root) => format!("this is not a CSL style: it begins with `<{root}>`"),
                None => plain_reason(&error.source.to_string()),
            };
            StyleError::Xml { message, place }
        }
    })
}

/// The parser's reason, in words about the style instead of about the parser.
fn plain_reason(reason: &str) -> String {
    if reason.contains("untagged enum TextTarget") {
        return "this text names no variable, macro, term or value that CSL knows".to_owned();
    }
    reason.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_style_loads() {
        for name in Style::builtin_names() {
            let style = Style::load(StyleSource::Builtin(name), "en-GB").expect(name);
            assert_eq!(style.is_note(), !["apa", "chicago-author-date", "ieee"].contains(name));
        }
    }

    #[test]
    fn what_is_unknown_is_an_error() {
        let error = |source, language| Style::load(source, language).expect_err("an error");
        assert_eq!(
            error(StyleSource::Builtin("chicago-note"), "en-GB"),
            StyleError::UnknownStyle {
                name: "chicago-note".into(),
                nearest: Some("chicago-notes")
            }
        );
        assert!(matches!(
            error(StyleSource::Builtin("ieee"), "tlh"),
            StyleError::UnknownLocale { .. }
        ));
        let broken = FILES[0].replacen("</macro>", "", 1);
        let StyleError::Xml { place: Some((line, _)), .. } =
            error(StyleSource::Xml(&broken), "en-GB")
        else {
            panic!("a place")
        };
        assert_eq!(line, broken.lines().count());
        let unknown = FILES[0].replacen("term=\"ibid\"", "term=\"ibd\"", 1);
        let at = FILES[0].lines().position(|line| line.contains("term=\"ibid\"")).map(|i| i + 1);
        let StyleError::Xml { place, message } = error(StyleSource::Xml(&unknown), "en-GB") else {
            panic!("an error of XML")
        };
        assert_eq!(place.map(|place| place.0), at, "{message}");
    }

    #[test]
    fn a_dependent_style_names_its_parent() {
        let xml = r#"<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0">
            <info><title>A journal</title><id>a-journal</id>
            <link href="http://www.zotero.org/styles/apa" rel="independent-parent"/>
            <updated>2026-01-01T00:00:00+00:00</updated></info></style>"#;
        let error = Style::load(StyleSource::Xml(xml), "en-GB").expect_err("dependent");
        let link = "http://www.zotero.org/styles/apa".to_owned();
        assert_eq!(error, StyleError::Dependent { parent: "apa".into(), link });
    }
}
