//! Notes in order, or keys → rich text, by way of the engine.

use super::cite::{Cite, Cluster, Mode, Note};
use super::glyph::{Glyph, Line, gather};
use super::library::{Library, Source};
use super::locator::engine_locator;
use super::markup;
use super::polish::{Seams, polish};
use super::rich::Rich;
use super::set;
use super::style::Style;
use hayagriva::citationberg::IndependentStyle;
use hayagriva::citationberg::json::{Item as EngineItem, Value as EngineValue};
use hayagriva::citationberg::taxonomy::Locator as EngineLocator;
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, LocatorPayload,
    Rendered, SpecificLocator,
};
use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The engine could not set a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineFailure {
    /// The source at fault, where it can be told.
    pub key: Option<String>,
    pub message: String,
}

impl fmt::Display for EngineFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.key {
            Some(key) => write!(f, "the source `{key}` cannot be set: {}", self.message),
            None => write!(f, "the citations cannot be set: {}", self.message),
        }
    }
}

impl std::error::Error for EngineFailure {}

/// A cite ready for the engine.
struct Prepared<'a> {
    cite: &'a Cite,
    source: &'a Source,
    locator: Option<(EngineLocator, String)>,
}

impl Style {
    /// Sets the citations of one run, a chapter or a report, in document order: a list per note
    /// with the rich text of each of its clusters.
    ///
    /// Every key must be in the library; one that is not is an [`EngineFailure`] with that key.
    pub fn cite(&self, library: &Library, notes: &[Note]) -> Result<Vec<Vec<Rich>>, EngineFailure> {
        let prepared = prepare(library, notes)?;
        let order = self.letters_order(library, notes)?;
        let breaker = breaker();
        let rendered = guarded(|| {
            let mut driver = BibliographyDriver::new();
            for source in &order {
                let hidden = CitationItem::new(&source.item, None, None, true, None);
                driver.citation(self.request(&self.citing, vec![hidden], None));
            }
            for (note, clusters) in notes.iter().zip(&prepared) {
                self.feed(&mut driver, note, clusters, &breaker);
            }
            driver.finish(self.bibliography_request(&self.citing))
        });
        let rendered = rendered.map_err(|message| self.blame(library, notes, message))?;
        Ok(self.collect(notes, &prepared, &rendered, order.len()))
    }

    /// Sets the entries of these sources in the style's order; keys not in the library are an
    /// [`EngineFailure`].
    pub fn bibliography(
        &self,
        library: &Library,
        keys: &[&str],
    ) -> Result<Vec<(String, Rich)>, EngineFailure> {
        let sources = find_all(library, keys.iter().copied())?;
        let sorted = if self.has_letters() { self.sorted(&sources)? } else { sources };
        let rendered = guarded(|| self.render_hidden(&self.listing, &sorted));
        let rendered = rendered.map_err(|message| EngineFailure { key: None, message })?;
        let items = rendered.bibliography.map(|b| b.items).unwrap_or_default();
        let set = |item: hayagriva::BibliographyItem| {
            let source = &library.sources[library.place(&item.key)?];
            let body = set::entry(self, source, item.first_field.as_ref(), &item.content);
            let (prefix, suffix) = &self.around_entry;
            let line = surround(prefix, body, suffix);
            Some((item.key, self.finish(&line, Seams::default())))
        };
        Ok(items.into_iter().filter_map(set).collect())
    }

    /// Whether years may take letters that depend on the order of the bibliography.
    fn has_letters(&self) -> bool {
        self.citing.citation.disambiguate_add_year_suffix && self.citing.bibliography.is_some()
    }

    /// The sources to announce to the engine before the first cite. It gives letters to years in
    /// the order it meets the sources, and CSL asks for the bibliography's order.
    fn letters_order<'a>(
        &self,
        library: &'a Library,
        notes: &[Note],
    ) -> Result<Vec<&'a Source>, EngineFailure> {
        if self.note || !self.has_letters() {
            return Ok(Vec::new());
        }
        let cites = notes.iter().flat_map(|n| &n.clusters).flat_map(|c| &c.cites);
        let sources = find_all(library, cites.map(|cite| cite.key.as_str()))?;
        self.sorted(&sources)
    }

    /// Sorts sources as the bibliography does.
    fn sorted<'a>(&self, sources: &[&'a Source]) -> Result<Vec<&'a Source>, EngineFailure> {
        let rendered = guarded(|| self.render_hidden(&self.citing, sources))
            .map_err(|message| EngineFailure { key: None, message })?;
        let by_key: BTreeMap<&str, &Source> =
            sources.iter().map(|source| (source.key.as_str(), *source)).collect();
        let items = rendered.bibliography.map(|b| b.items).unwrap_or_default();
        Ok(items.iter().filter_map(|item| by_key.get(item.key.as_str()).copied()).collect())
    }

    fn render_hidden(&self, style: &IndependentStyle, sources: &[&Source]) -> Rendered {
        let mut driver = BibliographyDriver::new();
        for source in sources {
            let hidden = CitationItem::new(&source.item, None, None, true, None);
            driver.citation(self.request(style, vec![hidden], None));
        }
        driver.finish(self.bibliography_request(style))
    }

    fn request<'a>(
        &'a self,
        style: &'a IndependentStyle,
        items: Vec<CitationItem<'a, EngineItem>>,
        note: Option<u32>,
    ) -> CitationRequest<'a, EngineItem> {
        let note = note.map(|number| number as usize);
        CitationRequest::new(items, style, Some(self.code.clone()), &self.locales, note)
    }

    fn bibliography_request<'a>(&'a self, style: &'a IndependentStyle) -> BibliographyRequest<'a> {
        BibliographyRequest { style, locale: Some(self.code.clone()), locale_files: &self.locales }
    }

    /// Hands one note to the engine. After a note that “ibid.” must not look back to, one without
    /// a source or with several, a hidden cite stands in the way.
    fn feed<'a>(
        &'a self,
        driver: &mut BibliographyDriver<'a, EngineItem>,
        note: &Note,
        clusters: &'a [Vec<Prepared<'a>>],
        breaker: &'a EngineItem,
    ) {
        for cites in clusters.iter().filter(|cites| !cites.is_empty()) {
            let items = cites.iter().map(Prepared::item).collect();
            driver.citation(self.request(self.cluster_style(cites), items, Some(note.number)));
        }
        let keys: HashSet<&str> =
            clusters.iter().flatten().map(|cite| cite.source.key.as_str()).collect();
        if self.note && keys.len() != 1 {
            let hidden = CitationItem::new(breaker, None, None, true, None);
            driver.citation(self.request(&self.citing, vec![hidden], Some(note.number)));
        }
    }

    /// Cites with words of their own keep their order and their names.
    fn cluster_style(&self, cites: &[Prepared<'_>]) -> &IndependentStyle {
        let plain = |cite: &Cite| {
            cite.prefix.is_empty() && cite.suffix.is_empty() && cite.mode == Mode::Normal
        };
        if cites.iter().all(|prepared| plain(prepared.cite)) { &self.citing } else { &self.loose }
    }

    /// Sets what the engine rendered, cluster by cluster.
    fn collect(
        &self,
        notes: &[Note],
        prepared: &[Vec<Vec<Prepared<'_>>>],
        rendered: &Rendered,
        announced: usize,
    ) -> Vec<Vec<Rich>> {
        // Hidden requests come out empty; all others come out in the order they went in.
        let mut trees = rendered.citations[announced.min(rendered.citations.len())..].iter();
        let mut set = Vec::with_capacity(notes.len());
        for (note, clusters) in notes.iter().zip(prepared) {
            let mut of_note = Vec::with_capacity(clusters.len());
            for (cluster, cites) in note.clusters.iter().zip(clusters) {
                if cites.is_empty() {
                    of_note.push(Rich::new());
                    continue;
                }
                let Some(tree) = trees.next() else { break };
                let cites: Vec<(&Cite, &Source)> =
                    cites.iter().map(|p| (p.cite, p.source)).collect();
                let (line, author) = set::cluster(self, &cites, &tree.citation);
                of_note.push(self.seat(cluster, line, author));
            }
            let keys: HashSet<&str> =
                clusters.iter().flatten().map(|cite| cite.source.key.as_str()).collect();
            if self.note && keys.len() != 1 {
                trees.next();
            }
            set.push(of_note);
        }
        set
    }

    /// Seats a cluster in its surroundings: brackets or full stop, capital, author before it.
    fn seat(&self, cluster: &Cluster, line: Line, author: Vec<Glyph>) -> Rich {
        if line.glyphs.is_empty() && author.is_empty() {
            return Rich::new();
        }
        let (prefix, suffix) = &self.around_cluster;
        let starts = cluster.before.is_none_or(|c| matches!(c, '.' | '?' | '!' | '…'));
        if !self.note {
            let mut line = surround(prefix, line, suffix);
            if !author.is_empty() {
                line.glyphs = self.with_author(author, line.glyphs);
            }
            return self.finish(&line, Seams::default());
        }
        let small = self.small_ibid && self.begins_with_ibid(&line);
        let seams = Seams {
            starts_sentence: starts && !small,
            drop_final_stop: cluster.after == Some('.'),
        };
        let prefix = if cluster.before.is_none() { prefix.as_str() } else { "" };
        let suffix = if cluster.after.is_none() { suffix.as_str() } else { "" };
        self.finish(&surround(prefix, line, suffix), seams)
    }

    fn begins_with_ibid(&self, line: &Line) -> bool {
        line.glyphs.iter().map(|g| g.c).take(4).eq("ibid".chars())
    }

    /// In a sentence names are joined by the word, not by “&”.
    fn with_author(&self, author: Vec<Glyph>, rest: Vec<Glyph>) -> Vec<Glyph> {
        let mut out = Vec::with_capacity(author.len() + rest.len() + 4);
        for glyph in author {
            match glyph.c {
                '&' => out.extend(self.words.and.chars().map(|c| glyph.with(c))),
                _ => out.push(glyph),
            }
        }
        out.extend(out.last().map(|last| last.with(' ')));
        out.extend(rest);
        out
    }

    fn finish(&self, line: &Line, seams: Seams) -> Rich {
        let glyphs = polish(&line.glyphs, &self.quotes, seams);
        gather(&Line { glyphs, targets: line.targets.clone() })
    }

    /// Finds the source the engine fails on by setting each one alone.
    fn blame(&self, library: &Library, notes: &[Note], message: String) -> EngineFailure {
        let cites = notes.iter().flat_map(|n| &n.clusters).flat_map(|c| &c.cites);
        let mut tried = HashSet::new();
        for cite in cites.filter(|cite| tried.insert(cite.key.as_str())) {
            let Some(place) = library.place(&cite.key) else { continue };
            let source = &library.sources[place];
            if guarded(|| self.render_hidden(&self.citing, &[source])).is_err() {
                return EngineFailure { key: Some(cite.key.clone()), message };
            }
        }
        EngineFailure { key: None, message }
    }
}

impl<'a> Prepared<'a> {
    fn item(&'a self) -> CitationItem<'a, EngineItem> {
        let locator = self
            .locator
            .as_ref()
            .map(|(kind, text)| SpecificLocator(*kind, LocatorPayload::Str(text)));
        CitationItem::new(&self.source.item, locator, None, false, None)
    }
}

fn prepare<'a>(
    library: &'a Library,
    notes: &'a [Note],
) -> Result<Vec<Vec<Vec<Prepared<'a>>>>, EngineFailure> {
    let cite = |cite: &'a Cite| {
        let source = find(library, &cite.key)?;
        Ok(Prepared { cite, source, locator: engine_locator(cite) })
    };
    let cluster = |cluster: &'a Cluster| cluster.cites.iter().map(cite).collect();
    notes.iter().map(|note| note.clusters.iter().map(cluster).collect()).collect()
}

fn find<'a>(library: &'a Library, key: &str) -> Result<&'a Source, EngineFailure> {
    let unknown = || EngineFailure {
        key: Some(key.to_owned()),
        message: "there is no such source".to_owned(),
    };
    Ok(&library.sources[library.place(key).ok_or_else(unknown)?])
}

/// Finds each source once, in the order given.
fn find_all<'a, 'k>(
    library: &'a Library,
    keys: impl Iterator<Item = &'k str>,
) -> Result<Vec<&'a Source>, EngineFailure> {
    let mut seen = HashSet::new();
    keys.filter(|key| seen.insert(*key)).map(|key| find(library, key)).collect()
}

/// An entry no report has.
fn breaker() -> EngineItem {
    let text = |text: &str| EngineValue::String(text.to_owned());
    let fields = [("\u{1}", "breaker"), ("id", "\u{0}"), ("type", "document"), ("title", "\u{0}")];
    EngineItem(fields.into_iter().map(|(name, value)| (name.to_owned(), text(value))).collect())
}

fn surround(prefix: &str, body: Line, suffix: &str) -> Line {
    let mut line =
        Line { glyphs: Vec::with_capacity(body.glyphs.len() + 4), targets: body.targets };
    line.write(&markup::curl(prefix), Glyph::bare(' '));
    line.glyphs.extend(body.glyphs);
    line.write(&markup::curl(suffix), Glyph::bare(' '));
    line
}

/// Runs the engine; a panic inside it becomes its message.
fn guarded<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("unknown").to_owned()
    })
}
