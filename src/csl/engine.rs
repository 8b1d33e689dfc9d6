//! Prepared cites → the engine's output. With [`listing`](super::listing) the one place
//! that drives hayagriva.
//!
//! The engine looks back over all it has been given for every cite, which makes a long run slow.
//! So a run is rendered in parts; before each the engine is told, by hidden cites, what it must
//! know of the parts before: which sources were cited, where first, and what stood last.

use super::letters::mark;
use super::library::Source;
use super::likeness::Likeness;
use super::style::Style;
use crate::quick::{QuickMap, QuickSet};
use hayagriva::citationberg::IndependentStyle;
use hayagriva::citationberg::json::{DateValue, Item, Value, VecDate, VecDateRange};
use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChildren,
    LocatorPayload, SpecificLocator,
};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The clusters rendered in one part of a run.
pub(super) const PART: usize = 125;

/// A cluster for the engine.
pub(super) struct Request<'a> {
    pub(super) cites: Vec<(&'a Source, Option<&'a (Locator, String)>)>,
    /// Whether the engine may sort and collapse the cites.
    pub(super) free: bool,
}

/// A note for the engine.
pub(super) struct RequestNote<'a> {
    /// Its place in the run, from 1: numbers as printed may come again.
    pub(super) number: u32,
    pub(super) requests: Vec<Request<'a>>,
}

/// The key of the entry no report has.
pub(super) const BREAKER: &str = "\u{0}";

pub(super) type Driver<'a> = BibliographyDriver<'a, Item>;

/// One step of a run: a cluster, or a hidden cite that stands in the way of “ibid.” after a note
/// it must not look back to, one without a source or with several.
pub(super) struct Step<'a> {
    pub(super) number: u32,
    pub(super) request: Option<&'a Request<'a>>,
}

/// Runs notes through the engine in parts of so many steps; returns a tree for every request that
/// has cites, in order. A panic inside the engine comes back as its message.
pub(super) fn run(
    style: &Style,
    notes: &[RequestNote<'_>],
    part: usize,
) -> Result<Vec<ElemChildren>, String> {
    let steps = steps(style, notes);
    let part = if style.manners.numbers { usize::MAX } else { part.max(1) };
    let run = Run::new(style, &steps);
    let mut trees = Vec::with_capacity(steps.len());
    let mut start = 0;
    while start < steps.len() {
        let end = start.saturating_add(part).min(steps.len());
        trees.extend(run.part(start, end)?);
        start = end;
    }
    Ok(trees)
}

/// Lays notes out in steps.
pub(super) fn steps<'a>(style: &Style, notes: &'a [RequestNote<'a>]) -> Vec<Step<'a>> {
    let mut steps = Vec::new();
    for note in notes {
        let requests = note.requests.iter().filter(|request| !request.cites.is_empty());
        steps.extend(requests.map(|it| Step { number: note.number, request: Some(it) }));
        let mut keys = note.requests.iter().flat_map(|it| &it.cites).map(|(source, _)| &source.key);
        let first = keys.next();
        let is_one = first.is_some() && keys.all(|key| Some(key) == first);
        if style.note && !is_one {
            steps.push(Step { number: note.number, request: None });
        }
    }
    steps
}

impl Step<'_> {
    fn sources(&self) -> impl Iterator<Item = &Source> {
        self.request.into_iter().flat_map(|request| request.cites.iter().map(|(source, _)| *source))
    }
}

/// A run and what is known of it as a whole.
struct Run<'a> {
    style: &'a Style,
    steps: &'a [Step<'a>],
    /// The step of each source's first cite.
    first: QuickMap<&'a str, usize>,
    /// Sources whose cites could be taken for one another.
    works: Likeness<'a>,
    breakers: [Item; 2],
}

/// The steps `start..end`, with those from `tail` on that they look back to.
struct Part<'a> {
    tail: usize,
    start: usize,
    end: usize,
    /// The sources whose short forms the engine must compare.
    rivals: Vec<&'a Source>,
}

impl<'a> Run<'a> {
    fn new(style: &'a Style, steps: &'a [Step<'a>]) -> Run<'a> {
        let mut first = QuickMap::default();
        let mut cited = Vec::new();
        for (at, step) in steps.iter().enumerate() {
            for source in step.sources() {
                first.entry(source.key.as_str()).or_insert_with(|| {
                    cited.push(source);
                    at
                });
            }
        }
        let works = Likeness::of(if style.manners.disambiguates { &cited } else { &[] }, false);
        Run { style, steps, first, works, breakers: breakers() }
    }

    /// Renders the steps from `start` to `end`.
    fn part(&self, start: usize, end: usize) -> Result<Vec<ElemChildren>, String> {
        let part = self.bounds(start, end);
        let rendered = guarded(|| {
            let mut driver = Driver::new();
            let mut before = self.announce(&mut driver, start, end);
            before += self.remember(&mut driver, &part);
            for step in &self.steps[start..end] {
                self.feed(&mut driver, step);
            }
            self.echo(&mut driver, &part);
            (driver.finish(bibliography_request(self.style, &self.style.forms.citing)), before)
        });
        let (rendered, before) = rendered?;
        let trees = rendered.citations.into_iter().skip(before).zip(&self.steps[start..end]);
        let kept = trees.filter(|(_, step)| step.request.is_some());
        Ok(kept.map(|(tree, _)| tree.citation).collect())
    }

    fn feed(&'a self, driver: &mut Driver<'a>, step: &Step<'a>) {
        let Some(request) = step.request else {
            return driver.citation(self.hidden(
                &self.style.forms.silent,
                &self.breakers[0],
                step.number,
            ));
        };
        let items = request.cites.iter().map(|(source, locator)| cited(source, *locator, false));
        let form = if request.free { &self.style.forms.citing } else { &self.style.forms.loose };
        driver.citation(engine_request(self.style, form, items.collect(), Some(step.number)));
    }

    /// Has the engine keep places for letters behind years (2019a), by hidden cites before the first
    /// one. Returns their number.
    fn announce(&'a self, driver: &mut Driver<'a>, start: usize, end: usize) -> usize {
        let Some(form) = &self.style.forms.lettering else { return 0 };
        let mut seen = QuickSet::default();
        let lettered = self.sources(start, end).filter(|source| source.letter.is_some());
        let lettered: Vec<&Source> =
            lettered.filter(|source| seen.insert(source.key.as_str())).collect();
        if lettered.is_empty() {
            return 0;
        }
        for item in self.breakers.iter().chain(lettered.iter().map(|source| &source.item)) {
            driver.citation(self.hidden(form, item, 0));
        }
        lettered.len() + self.breakers.len()
    }

    /// Tells the engine what stood before this part: each source it will meet cited once, in the
    /// note of its first cite, and the last steps, which “ibid.” and nearness look back to.
    /// Returns the number of hidden requests.
    fn remember(&'a self, driver: &mut Driver<'a>, part: &Part<'a>) -> usize {
        let silent = &self.style.forms.silent;
        let tail = &self.steps[part.tail..part.start];
        let mut count = tail.len();
        let mut seen = QuickSet::default();
        let rivals = part.rivals.iter().copied();
        for source in self.sources(part.tail, part.end).chain(rivals) {
            let first = self.first[source.key.as_str()];
            let within = (part.start..part.end).contains(&first);
            if !within && seen.insert(source.key.as_str()) {
                driver.citation(self.hidden(silent, &source.item, self.steps[first].number));
                count += 1;
            }
        }
        for step in tail {
            match step.request {
                None => driver.citation(self.hidden(silent, &self.breakers[0], step.number)),
                Some(request) => {
                    let items = request.cites.iter().map(|(s, locator)| cited(s, *locator, true));
                    let number = Some(step.number);
                    driver.citation(engine_request(self.style, silent, items.collect(), number));
                }
            }
        }
        count
    }

    /// Cites, hidden and behind the last step, the sources that share an author. A short form is
    /// told apart only if the engine meets the other source in its short form too, and only from
    /// its second cite on.
    fn echo(&'a self, driver: &mut Driver<'a>, part: &Part<'a>) {
        let last = self.steps[part.end - 1].number;
        for source in &part.rivals {
            driver.citation(self.hidden(&self.style.forms.silent, &self.breakers[0], last));
            driver.citation(self.hidden(&self.style.forms.citing, &source.item, last));
        }
    }

    fn bounds(&self, start: usize, end: usize) -> Part<'a> {
        let near = self.style.forms.citing.citation.near_note_distance as usize;
        let number = |source: &Source| self.steps[self.place(source)].number;
        let rivals = match self.style.note {
            true => self.works.rivals(self.shortened(start, end), number),
            // Cites in the text name no note: one other source stands for all.
            false => {
                self.works.rivals(self.sources(start, end), |source| self.place(source) as u32)
            }
        };
        Part { tail: start.saturating_sub(near.max(1)), start, end, rivals }
    }

    /// The sources cited again in these steps.
    fn shortened(&self, start: usize, end: usize) -> impl Iterator<Item = &'a Source> {
        (start..end).flat_map(move |at| {
            let again = move |source: &&Source| self.first[source.key.as_str()] != at;
            self.steps[at].sources().filter(again)
        })
    }

    /// The step of a source's first cite.
    fn place(&self, source: &Source) -> usize {
        self.first[source.key.as_str()]
    }

    fn sources(&self, start: usize, end: usize) -> impl Iterator<Item = &'a Source> {
        self.steps[start..end].iter().flat_map(Step::sources)
    }

    fn hidden(
        &'a self,
        form: &'a IndependentStyle,
        item: &'a Item,
        note: u32,
    ) -> CitationRequest<'a, Item> {
        let item = CitationItem::new(item, None, None, true, None);
        engine_request(self.style, form, vec![item], Some(note))
    }
}

/// Renders the short name of a source.
pub(super) fn name(style: &Style, source: &Source) -> Result<Vec<ElemChildren>, String> {
    let rendered = guarded(|| {
        let item = CitationItem::new(&source.item, None, None, false, None);
        let mut driver = Driver::new();
        driver.citation(engine_request(style, &style.forms.naming, vec![item], None));
        driver.finish(bibliography_request(style, &style.forms.naming))
    })?;
    Ok(rendered.citations.into_iter().map(|citation| citation.citation).collect())
}

pub(super) fn cited<'a>(
    source: &'a Source,
    locator: Option<&'a (Locator, String)>,
    hidden: bool,
) -> CitationItem<'a, Item> {
    let locator = locator.map(|(kind, text)| SpecificLocator(*kind, LocatorPayload::Str(text)));
    CitationItem::new(&source.item, locator, None, hidden, None)
}

pub(super) fn engine_request<'a>(
    style: &'a Style,
    form: &'a IndependentStyle,
    items: Vec<CitationItem<'a, Item>>,
    note: Option<u32>,
) -> CitationRequest<'a, Item> {
    let note = note.map(|number| number as usize);
    CitationRequest::new(items, form, Some(style.code.clone()), &style.locales, note)
}

pub(super) fn bibliography_request<'a>(
    style: &'a Style,
    form: &'a IndependentStyle,
) -> BibliographyRequest<'a> {
    let locale = Some(style.code.clone());
    BibliographyRequest { style: form, locale, locale_files: &style.locales }
}

/// Renders each source as a cite of its own, told apart from the others by their names.
pub(super) fn cites(style: &Style, sources: &[&Source]) -> Result<Vec<String>, String> {
    let form = &style.forms.citing;
    let rendered = guarded(|| {
        let mut driver = Driver::new();
        for source in sources {
            let item = CitationItem::new(&source.item, None, None, false, None);
            driver.citation(engine_request(style, form, vec![item], None));
        }
        driver.finish(bibliography_request(style, &style.forms.silent))
    })?;
    Ok(rendered.citations.into_iter().map(|cite| format!("{:#}", cite.citation)).collect())
}

/// Two entries no report has. The first has a date, without which the engine gives no letters; the
/// second takes one, because the engine gives none to a single source.
pub(super) fn breakers() -> [Item; 2] {
    let breaker = |key: &str| {
        let fields = [("\u{1}", key), ("id", BREAKER), ("citation-key", key), ("type", "document")];
        let field = |(name, text): (&str, &str)| (name.to_owned(), Value::String(text.to_owned()));
        Item(fields.into_iter().map(field).collect())
    };
    let (mut dated, mut marked) = (breaker(BREAKER), breaker("\u{0}\u{0}"));
    let year = DateValue::DateParts {
        date_parts: VecDateRange(vec![VecDate(vec![1900])]),
        literal: None,
        season: None,
        circa: false,
    };
    dated.0.insert("issued".to_owned(), Value::Date(year));
    mark(&mut marked);
    [dated, marked]
}

/// Runs the engine; a panic inside it becomes its message. That the program's hook reports the panic
/// first is not for a library to change.
pub(super) fn guarded<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("unknown").to_owned()
    })
}
