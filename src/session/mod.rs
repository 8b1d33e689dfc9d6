//! The one build path: sources in, a report and its site out. Build, check and serve all call it.
//!
//! Knows nothing of disks, clocks or terminals: the same sources give the same bytes.

mod styles;

use crate::bibliography::{self, Bibliography};
use crate::check;
use crate::config::{self, Config};
use crate::csl::{EngineFailure, Item, Library, Style};
use crate::diagnostic::{BAD_VALUE, Diagnostic, Sink, UNRENDERED_CITATION, nearest};
use crate::law::{Instrument, Law};
use crate::memo::{Key, Memo};
use crate::output::{self, Draft, Edition, Run, SetEntries, SetRun, Shelf, Site};
use crate::parallel;
use crate::parse;
use crate::report::Report;
use crate::resolve::{self, Readings, resolve};
use crate::search;
use crate::source::{File, FileId, Sources, Span};
use crate::theme::{self, Template, Theme};
use crate::unit::Unit;
use crate::words::Words;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Everything known of a report before it is printed.
pub struct Analysis {
    /// `book.toml`.
    pub config: Config,
    /// The law in force.
    pub law: Arc<Law>,
    /// The bibliography.
    pub bibliography: Arc<Bibliography>,
    /// The citation style.
    pub style: Style,
    /// The same for chapters in other languages, by language.
    pub styles: BTreeMap<String, Style>,
    /// The report, placed and bound.
    pub report: Report,
    /// What is wrong with it, in reading order, with the author's levels.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a build gives.
pub struct Built {
    /// The site.
    pub site: Site,
    /// Everything that the site was made from.
    pub analysis: Analysis,
}

/// What a session leaves to the next, as bytes. It may be lost or damaged without loss.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Keepsake {
    /// Citations by chapter.
    pub citations: Vec<u8>,
    /// The bibliography.
    pub entries: Vec<u8>,
}

/// The author's sources, and what is wrong with them.
type ReadSources = (Arc<Bibliography>, Arc<[Diagnostic]>);

/// Builds again and again, keeping what has not changed.
#[derive(Default)]
pub struct Session {
    units: Memo<Arc<Unit>>,
    /// With the automata of its recogniser, which are made when it first reads.
    laws: Memo<Arc<Law>>,
    bibliographies: Memo<ReadSources>,
    readings: Readings,
    citations: Memo<Arc<SetRun>>,
    /// The bibliography as the style sets it.
    entries: Memo<Arc<SetEntries>>,
    /// Whether sites are made with an index to search in and with smaller pictures, which takes
    /// longer than all the rest.
    publishes: bool,
}

impl Session {
    /// A session that makes sites to be published, with an index to search in and
    /// smaller pictures.
    pub fn publishing() -> Session {
        Session { publishes: true, ..Session::default() }
    }

    /// Takes what an earlier session of this program gave as its [`keepsake`](Session::keepsake).
    pub fn recall(&mut self, keepsake: &Keepsake) {
        let program = program();
        self.citations.unpack(program, &keepsake.citations, |kept| Arc::new(SetRun::of_kept(kept)));
        self.entries.unpack(program, &keepsake.entries, |entries| {
            Arc::new(SetEntries { entries, failure: None })
        });
    }

    /// What the last build made that took long.
    pub fn keepsake(&self) -> Keepsake {
        let program = program();
        Keepsake {
            citations: self.citations.packed(program, |set| set.kept()),
            entries: self.entries.packed(program, |set| set.kept().cloned()),
        }
    }

    /// Reads and checks a report.
    pub fn check(&mut self, sources: &Sources) -> Analysis {
        let mut sink = Sink::default();
        let analysis = self.analyse(sources, &mut sink);
        finish(analysis, sink, sources)
    }

    /// Reads and checks a report and makes its site.
    pub fn build(&mut self, sources: &Sources) -> Built {
        let (site, analysis) = Site::collect(|shelf| self.build_onto(sources, shelf));
        Built { site, analysis }
    }

    /// The same, the files of the site put on `shelf` as they are made.
    pub fn build_onto(&mut self, sources: &Sources, shelf: &dyn Shelf) -> Analysis {
        let mut sink = Sink::default();
        let analysis = self.analyse(sources, &mut sink);
        let theme = load_theme(sources, &mut sink);
        sink.extend(unknown_look(&theme, &analysis.config));
        let mut edition = self.edition(sources, &analysis, &mut sink);
        let index = self.index(&edition);
        edition.searches = index.is_some();
        if self.publishes {
            edition.pictures = output::pictures(&edition);
        }
        let pictures = std::mem::take(&mut edition.pictures.files);
        let files = index.into_iter().flatten().chain(pictures);
        let files = files.map(|(path, bytes)| Draft::ready(path, bytes)).collect();
        sink.extend(output::publish(&edition, &theme, files, shelf));
        drop(edition);
        finish(analysis, sink, sources)
    }

    fn analyse(&mut self, sources: &Sources, sink: &mut Sink) -> Analysis {
        self.turn();
        let mut found = Vec::new();
        let config = config::read(sources, sources.find("book.toml"), &mut found);
        let law = self.law(sources, &config, &mut found);
        let style = styles::load(sources, &config, &mut found);
        let ((bibliography, faults), units) =
            parallel::both(|| self.bibliography(sources, &config), || self.units(sources, &config));
        found.extend(faults.iter().cloned());
        found.extend(units.iter().flat_map(|unit| unit.diagnostics.iter().cloned()));
        let input = resolve::Input {
            sources,
            config: &config,
            bibliography: &bibliography,
            law: &law,
            cites_in_notes: style.is_note(),
            readings: &self.readings,
        };
        let report = resolve(input, &units);
        sink.extend(found);
        let context = check::Context {
            sources,
            config: &config,
            bibliography: &bibliography,
            law: &law,
            report: &report,
        };
        check::run(&context, sink);
        let styles = styles::of_chapters(sources, &config, &style, &report, sink);
        Analysis { config, law, bibliography, style, styles, report, diagnostics: Vec::new() }
    }

    /// Begins a build.
    fn turn(&mut self) {
        self.units.turn();
        self.laws.turn();
        self.bibliographies.turn();
        self.readings.chapters.turn();
        self.citations.turn();
        self.entries.turn();
    }

    /// The author's sources.
    fn bibliography(&self, sources: &Sources, config: &Config) -> ReadSources {
        let Some(file) = sources.find(&config.citations.file) else { return Default::default() };
        let language = &config.book.language;
        let text = sources.file(file);
        self.bibliographies.get(Key::of(&(file, &text.path, &text.text, language)), || {
            let mut faults = Vec::new();
            let bibliography = bibliography::read(sources, file, language, &mut faults);
            (Arc::new(bibliography), Arc::from(faults))
        })
    }

    /// The law: the built-in instruments and the report's own.
    fn law(&mut self, sources: &Sources, config: &Config, found: &mut Vec<Diagnostic>) -> Arc<Law> {
        let own = own_instruments(sources, config, found);
        let date = config.law_date().map(|date| date.to_string());
        let state = config.law.state.as_deref();
        // Instruments know their places, and places the ids of files.
        let files: Vec<_> =
            own_files(sources, config).map(|(id, file)| (id, &file.path, &file.text)).collect();
        let key = Key::of(&(files, &date, state));
        self.readings.law = Some(key);
        self.laws.get(key, || Arc::new(Law::new(own, date.as_deref(), state)))
    }

    /// The chapters, parsed.
    fn units(&self, sources: &Sources, config: &Config) -> Vec<Arc<Unit>> {
        let folder = format!("{}/", config.book.src);
        let files: Vec<(FileId, &File)> = sources
            .files()
            .filter(|(_, file)| file.path.starts_with(&folder) && file.path.ends_with(".md"))
            .collect();
        parallel::map(&files, |(id, file)| {
            let key = Key::of(&(id, &file.path, &file.text));
            self.units.get(key, || Arc::new(parse::parse(sources, *id)))
        })
    }

    /// The entries of the bibliography, `keys` in the order of citing.
    fn entries(
        &self,
        analysis: &Analysis,
        library: &Library,
        keys: &[&str],
        (style, known): (Key, &HashMap<String, Key>),
    ) -> Arc<SetEntries> {
        let is_grouped = !analysis.config.citations.groups.is_empty();
        let items: Vec<Option<&Key>> = keys.iter().map(|key| known.get(*key)).collect();
        self.entries.get(Key::of(&(style, is_grouped, keys, items)), || {
            let style = match is_grouped {
                false => Cow::Borrowed(&analysis.style),
                true => Cow::Owned(analysis.style.clone().grouped()),
            };
            Arc::new(SetEntries::set(&style, library, keys))
        })
    }

    /// The index to search in, where there is to be one.
    fn index(&self, edition: &Edition) -> Option<Vec<(String, Vec<u8>)>> {
        let is_wanted = self.publishes && edition.config.html.search;
        is_wanted.then(|| search::index(&edition.config.book.language, output::records(edition)))?
    }

    /// Sets all citations.
    fn edition<'a>(
        &self,
        sources: &'a Sources,
        analysis: &'a Analysis,
        sink: &mut Sink,
    ) -> Edition<'a> {
        let Analysis { config, law, bibliography, report, .. } = analysis;
        let items = output::items(report, bibliography, law);
        let keys = item_keys(&items);
        let library = Library::new(items);
        let style = style_key(sources, config);
        let runs = output::runs(report, &analysis.style, config.citations.scope, &library);
        let set = parallel::map(&runs, |run| {
            let cited: Vec<Option<&Key>> = run.keys().map(|key| keys.get(key)).collect();
            let key = Key::of(&(style, run, cited));
            let own = run.language().and_then(|language| analysis.styles.get(language));
            let style = own.unwrap_or(&analysis.style);
            self.citations.get(key, || Arc::new(run.set(style, &library)))
        });
        let failures = set.iter().flat_map(|set| &set.failures);
        sink.extend(failures.map(|failure| engine_fault(analysis, failure)));
        let citations = set.iter().flat_map(|set| set.chapters.iter().cloned()).collect();
        let entries = self.entries(analysis, &library, &cited_keys(report, &runs), (style, &keys));
        sink.extend(entries.failure.iter().map(|failure| engine_fault(analysis, failure)));
        Edition {
            sources,
            config,
            law,
            bibliography,
            report,
            words: Words::of_or_english(&config.book.language),
            citations,
            entries,
            within: output::whole(report),
            prints: output::prints(config, report),
            cited_in: output::cited_in(report),
            searches: false,
            pictures: output::Pictures::default(),
        }
    }
}

/// The key of what sets citations in this program.
fn program() -> Key {
    Key::of(env!("RAPPORTEUR_CITATIONS"))
}

/// The key of all that the citation style is made from.
fn style_key(sources: &Sources, config: &Config) -> Key {
    let name = config.citations.style.as_str();
    let text = sources.find(name).map(|file| &sources.file(file).text);
    Key::of(&(name, text, &config.book.language))
}

/// Puts the author's levels on what was found, in reading order: what is no chapter first, by path.
/// The analysis with diagnostics that were found outside, under the author's levels.
pub fn with(mut analysis: Analysis, found: Vec<Diagnostic>, sources: &Sources) -> Analysis {
    let mut sink = Sink::default();
    sink.extend(std::mem::take(&mut analysis.diagnostics));
    sink.extend(found);
    finish(analysis, sink, sources)
}

fn finish(mut analysis: Analysis, sink: Sink, sources: &Sources) -> Analysis {
    let mut places: HashMap<FileId, usize> =
        sources.files().enumerate().map(|(place, (file, _))| (file, place)).collect();
    let count = places.len();
    for (place, chapter) in analysis.report.chapters.iter().enumerate() {
        places.insert(chapter.unit.file, count + place);
    }
    let order = |file: FileId| places.get(&file).copied().unwrap_or_default();
    analysis.diagnostics = sink.finish(&analysis.config.checks, order);
    analysis
}

/// The files of the report's own instruments.
fn own_files<'a>(
    sources: &'a Sources,
    config: &Config,
) -> impl Iterator<Item = (FileId, &'a File)> {
    let folder = format!("{}/", config.law.instruments);
    sources.files().filter(move |(_, file)| {
        let path = &file.path;
        path.starts_with(&folder) && (path.ends_with(".yaml") || path.ends_with(".yml"))
    })
}

fn own_instruments(
    sources: &Sources,
    config: &Config,
    found: &mut Vec<Diagnostic>,
) -> Vec<Instrument> {
    let mut own = Vec::new();
    for (file, text) in own_files(sources, config) {
        let (node, syntax) = crate::yaml::parse(sources, file, 0..text.text.len());
        found.extend(syntax);
        let Some(node) = node else { continue };
        crate::yaml::report_duplicates(&node, found);
        let (instrument, faults) = Instrument::read(&node);
        own.extend(instrument);
        found.extend(faults);
    }
    own
}

fn load_theme(sources: &Sources, sink: &mut Sink) -> Theme {
    let own = sources
        .files()
        .filter_map(|(id, file)| Some((id, file, file.path.strip_prefix("themes/")?)));
    let templates: Vec<Template> = own
        .filter(|(_, _, path)| theme::is_template(path))
        .map(|(file, text, path)| Template { path: path.to_owned(), file, text: text.text.clone() })
        .collect();
    let assets: Vec<_> = sources
        .assets
        .iter()
        .filter_map(|(path, bytes)| Some((path.strip_prefix("themes/")?.to_owned(), bytes.clone())))
        .collect();
    Theme::load(&templates, &assets).unwrap_or_else(|faults| {
        sink.extend(faults);
        Theme::builtin()
    })
}

/// A look that the theme does not have.
fn unknown_look(theme: &Theme, config: &Config) -> Option<Diagnostic> {
    let name = config.html.look.as_str();
    let span = config.span("output.html.look")?;
    let looks: Vec<&str> = theme.looks().collect();
    if looks.contains(&name) {
        return None;
    }
    let list = looks.iter().map(|look| format!("\"{look}\"")).collect::<Vec<_>>().join(", ");
    let words = format!("the theme has no look `{name}`");
    let diagnostic = Diagnostic::new(&BAD_VALUE, span, words)
        .help(format!("write one of {list}, or add `themes/assets/look-{name}.css`"));
    Some(match nearest(name, looks) {
        Some(near) => diagnostic.fix(span, format!("\"{near}\"")),
        None => diagnostic,
    })
}

/// The keys of the sources as the engine takes them, by the names that the author gave them.
fn item_keys(items: &[(String, Item)]) -> HashMap<String, Key> {
    let keys = parallel::map(items, |(name, item)| (name.clone(), Key::of(&item_text(item))));
    keys.into_iter().collect()
}

fn item_text(item: &Item) -> String {
    serde_json::to_string(item).expect("a map of JSON values is JSON")
}

/// The sources of the bibliography. Where the style keeps the order of citing, that of the runs
/// counts: its numbers are theirs.
fn cited_keys<'a>(report: &'a Report, runs: &'a [Run]) -> Vec<&'a str> {
    let cited = runs.iter().flat_map(Run::keys);
    let all = cited.chain(report.sources.iter().map(|source| source.key.as_str()));
    let mut seen = HashSet::new();
    all.filter(|key| seen.insert(*key)).collect()
}

/// A fault of the citation engine, at the entry that it stumbled over.
fn engine_fault(analysis: &Analysis, failure: &EngineFailure) -> Diagnostic {
    let head = Span::new(analysis.config.file.unwrap_or(FileId(0)), 0..0);
    let entry = failure.key.as_deref().and_then(|key| analysis.bibliography.get(key));
    let span = entry.map_or(head, |entry| entry.key_span);
    let message = match &failure.key {
        Some(key) => format!("the citation engine failed on `{key}`: {}", failure.message),
        None => format!("the citation engine failed: {}", failure.message),
    };
    Diagnostic::new(&UNRENDERED_CITATION, span, message)
        .help("simplify the entry, or choose another style; the rest of the report is not affected")
}
