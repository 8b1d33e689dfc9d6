//! Prepared cites → the engine's output. The one place that drives hayagriva.

use super::library::Source;
use super::likeness::alike;
use super::style::Style;
use hayagriva::citationberg::IndependentStyle;
use hayagriva::citationberg::json::{Item, Value};
use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChildren,
    LocatorPayload, Rendered, SpecificLocator,
};
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A cluster for the engine.
pub(super) struct Request<'a> {
    pub(super) cites: Vec<(&'a Source, Option<&'a (Locator, String)>)>,
    /// Whether the engine may sort and collapse the cites.
    pub(super) free: bool,
}

/// A note for the engine.
pub(super) struct RequestNote<'a> {
    pub(super) number: u32,
    pub(super) requests: Vec<Request<'a>>,
}

type Driver<'a> = BibliographyDriver<'a, Item>;

/// Runs notes through the engine; returns a tree for every request that has cites, in order.
/// A panic inside the engine comes back as its message.
pub(super) fn run(style: &Style, notes: &[RequestNote<'_>]) -> Result<Vec<ElemChildren>, String> {
    let breaker = breaker();
    let announced = announced(style, notes)?;
    let rendered = guarded(|| {
        let mut driver = Driver::new();
        // Twice: the engine leaves the first cite of an ambiguous set as it is.
        for source in announced.iter().chain(&announced) {
            driver.citation(hidden(style, &style.citing, &source.item, None));
        }
        let mut kept = vec![false; announced.len() * 2];
        for note in notes {
            feed(style, &mut driver, note, &breaker, &mut kept);
        }
        echo(style, &mut driver, notes, &breaker);
        (driver.finish(bibliography_request(style, &style.citing)), kept)
    });
    let (rendered, kept) = rendered?;
    let trees = rendered.citations.into_iter().zip(kept);
    Ok(trees.filter(|(_, kept)| *kept).map(|(tree, _)| tree.citation).collect())
}

/// Renders the bibliography of these sources in one of the style's forms.
pub(super) fn list(
    style: &Style,
    form: &IndependentStyle,
    sources: &[&Source],
) -> Result<Vec<hayagriva::BibliographyItem>, String> {
    let rendered: Rendered = guarded(|| {
        let mut driver = Driver::new();
        for source in sources {
            driver.citation(hidden(style, form, &source.item, None));
        }
        driver.finish(bibliography_request(style, form))
    })?;
    Ok(rendered.bibliography.map(|bibliography| bibliography.items).unwrap_or_default())
}

/// Renders the short name of a source.
pub(super) fn name(style: &Style, source: &Source) -> Result<Vec<ElemChildren>, String> {
    let rendered = guarded(|| {
        let item = CitationItem::new(&source.item, None, None, false, None);
        let mut driver = Driver::new();
        driver.citation(engine_request(style, &style.naming, vec![item], None));
        driver.finish(bibliography_request(style, &style.naming))
    })?;
    Ok(rendered.citations.into_iter().map(|citation| citation.citation).collect())
}

/// Sorts sources as the bibliography does; without a rule they stay as they are.
pub(super) fn sorted<'a>(style: &Style, sources: &[&'a Source]) -> Result<Vec<&'a Source>, String> {
    let has_rule = style.citing.bibliography.is_some();
    if !has_rule || sources.len() < 2 {
        return Ok(sources.to_vec());
    }
    let items = list(style, &style.citing, sources)?;
    let places: std::collections::HashMap<&str, &Source> =
        sources.iter().map(|source| (source.key.as_str(), *source)).collect();
    Ok(items.iter().filter_map(|item| places.get(item.key.as_str()).copied()).collect())
}

/// The sources to announce before the first cite. The engine gives letters to years (2019a) in
/// the order it meets the sources, and CSL asks for the bibliography's order.
fn announced<'a>(style: &Style, notes: &[RequestNote<'a>]) -> Result<Vec<&'a Source>, String> {
    let letters = style.citing.citation.disambiguate_add_year_suffix;
    if style.note || !(letters || style.disambiguates) {
        return Ok(Vec::new());
    }
    sorted(style, &alike(&cited(notes), true))
}

/// Cites once more, hidden and behind the last note, the sources that share an author. A short
/// form is told apart only if the engine meets the other source in its short form too.
fn echo<'a>(
    style: &'a Style,
    driver: &mut Driver<'a>,
    notes: &[RequestNote<'a>],
    breaker: &'a Item,
) {
    if !style.note || !style.disambiguates {
        return;
    }
    let alike = alike(&cited(notes), false);
    let number = notes.last().map(|note| note.number);
    for source in alike.iter().chain(&alike) {
        driver.citation(hidden(style, &style.citing, breaker, number));
        driver.citation(hidden(style, &style.citing, &source.item, number));
    }
}

/// All sources of a run, each once, in the order of their first cite.
fn cited<'a>(notes: &[RequestNote<'a>]) -> Vec<&'a Source> {
    let mut seen = HashSet::new();
    let requests = notes.iter().flat_map(|note| &note.requests);
    let sources = requests.flat_map(|request| request.cites.iter().map(|(source, _)| *source));
    sources.filter(|source| seen.insert(source.key.as_str())).collect()
}

/// Hands one note to the engine. After a note that “ibid.” must not look back to, one without a
/// source or with several, a hidden cite stands in the way.
fn feed<'a>(
    style: &'a Style,
    driver: &mut Driver<'a>,
    note: &RequestNote<'a>,
    breaker: &'a Item,
    kept: &mut Vec<bool>,
) {
    let mut keys = HashSet::new();
    for request in note.requests.iter().filter(|request| !request.cites.is_empty()) {
        keys.extend(request.cites.iter().map(|(source, _)| source.key.as_str()));
        let items = request.cites.iter().map(|(source, locator)| {
            let locator = locator
                .map(|(kind, text)| SpecificLocator(*kind, LocatorPayload::Str(text.as_str())));
            CitationItem::new(&source.item, locator, None, false, None)
        });
        let form = if request.free { &style.citing } else { &style.loose };
        driver.citation(engine_request(style, form, items.collect(), Some(note.number)));
        kept.push(true);
    }
    if style.note && keys.len() != 1 {
        driver.citation(hidden(style, &style.citing, breaker, Some(note.number)));
        kept.push(false);
    }
}

fn hidden<'a>(
    style: &'a Style,
    form: &'a IndependentStyle,
    item: &'a Item,
    note: Option<u32>,
) -> CitationRequest<'a, Item> {
    engine_request(style, form, vec![CitationItem::new(item, None, None, true, None)], note)
}

fn engine_request<'a>(
    style: &'a Style,
    form: &'a IndependentStyle,
    items: Vec<CitationItem<'a, Item>>,
    note: Option<u32>,
) -> CitationRequest<'a, Item> {
    let note = note.map(|number| number as usize);
    CitationRequest::new(items, form, Some(style.code.clone()), &style.locales, note)
}

fn bibliography_request<'a>(
    style: &'a Style,
    form: &'a IndependentStyle,
) -> BibliographyRequest<'a> {
    let locale = Some(style.code.clone());
    BibliographyRequest { style: form, locale, locale_files: &style.locales }
}

/// An entry no report has.
fn breaker() -> Item {
    let fields = [("\u{1}", "breaker"), ("id", "\u{0}"), ("type", "document"), ("title", "\u{0}")];
    let field = |(name, text): (&str, &str)| (name.to_owned(), Value::String(text.to_owned()));
    Item(fields.into_iter().map(field).collect())
}

/// Runs the engine; a panic inside it becomes its message.
fn guarded<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("unknown").to_owned()
    })
}
