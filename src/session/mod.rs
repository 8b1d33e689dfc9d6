//! The one build path: sources in, a report and its site out. Build, check and serve all call it.
//!
//! Knows nothing of disks, clocks or terminals: the same sources give the same bytes.

mod proof;
mod setting;
mod styles;
mod texts;

pub use proof::Proof;

use crate::bibliography::{self, Bibliography};
use crate::check;
use crate::config::{self, Config};
use crate::csl::Style;
use crate::diagnostic::{BAD_VALUE, Diagnostic, Sink, nearest};
use crate::law::{Instrument, Law};
use crate::memo::{Key, Memo};
use crate::output::{Shelf, Site};
use crate::parallel;
use crate::parse;
use crate::quick::QuickMap;
use crate::report::Report;
use crate::resolve::{self, Resolution, resolve};
use crate::source::{File, FileId, Sources};
use crate::theme::{self, Template, Theme};
use crate::unit::Unit;
use setting::Setting;
use std::collections::BTreeMap;
use std::sync::Arc;
use texts::Texts;

/// Everything known of a report before it is printed.
pub struct Analysis {
    /// `book.toml`.
    pub config: Config,
    /// The law in force.
    pub law: Arc<Law>,
    /// The bibliography.
    pub bibliography: Arc<Bibliography>,
    /// The citation style.
    pub style: Arc<Style>,
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

/// A citation style, and what is wrong with it.
type ReadStyle = (Arc<Style>, Arc<[Diagnostic]>);

/// Builds again and again, keeping what has not changed.
#[derive(Default)]
pub struct Session {
    texts: Texts,
    units: Memo<Arc<Unit>>,
    /// With the automata of its recogniser, which are made when it first reads.
    laws: Memo<Arc<Law>>,
    bibliographies: Memo<ReadSources>,
    styles: Memo<ReadStyle>,
    themes: Memo<(Arc<Theme>, Arc<[Diagnostic]>)>,
    resolved: resolve::Kept,
    /// What the rules about a chapter said of each.
    remarks: Memo<Arc<[Diagnostic]>>,
    setting: Setting,
    /// Whether sites are made with an index to search in and with smaller pictures, which takes
    /// longer than all the rest.
    publishes: bool,
}

/// An analysis without its diagnostics, and the keys of what it was made from.
struct Analysed {
    analysis: Analysis,
    /// The key of each chapter.
    chapters: Vec<Key>,
    /// The key of the list of sources that are cited.
    cited: Key,
    /// The key of all sources that can be cited.
    sources: Key,
}

impl Session {
    /// A session that makes sites to be published, with an index to search in and
    /// smaller pictures.
    pub fn publishing() -> Session {
        Session { publishes: true, ..Session::default() }
    }

    /// Takes what an earlier session of this program gave as its [`keepsake`](Session::keepsake).
    pub fn recall(&mut self, keepsake: &Keepsake) {
        self.setting.recall(keepsake);
    }

    /// What the last build made that took long.
    pub fn keepsake(&self) -> Keepsake {
        self.setting.keepsake()
    }

    /// Reads and checks a report.
    pub fn check(&mut self, sources: &Sources) -> Analysis {
        let mut sink = Sink::default();
        let analysed = self.analyse(sources, &mut sink);
        finish(analysed.analysis, sink, sources)
    }

    /// Reads and checks a report and makes its site.
    pub fn build(&mut self, sources: &Sources) -> Built {
        let (site, analysis) = Site::collect(|shelf| self.build_onto(sources, shelf));
        Built { site, analysis }
    }

    /// The same, the files of the site put on `shelf` as they are made.
    pub fn build_onto(&mut self, sources: &Sources, shelf: &dyn Shelf) -> Analysis {
        let mut sink = Sink::default();
        let proof = self.set(sources, &mut sink);
        // Seldom is there another build, and pages and data want room.
        self.setting.forget_sources();
        sink.extend(proof.publish(shelf));
        finish(proof.into_analysis(), sink, sources)
    }

    /// Reads and checks a report and makes all of its site but the pages and data files, which are
    /// made when they are asked for.
    pub fn proof(&mut self, sources: &Sources) -> Proof {
        let mut sink = Sink::default();
        let mut proof = self.set(sources, &mut sink);
        sink.extend(proof.try_templates());
        proof.analysis = finish(proof.analysis, sink, sources);
        proof
    }

    /// Sets a report: all that its pages are made from.
    fn set(&mut self, sources: &Sources, sink: &mut Sink) -> Proof {
        let analysed = self.analyse(sources, sink);
        let (theme, faults) = self.theme(sources);
        sink.extend(faults.iter().cloned());
        sink.extend(unknown_look(&theme, &analysed.analysis.config));
        let set = self.setting.set(sources, &analysed, sink);
        let mut proof = Proof::new(sources.clone(), analysed.analysis, theme, set);
        if self.publishes {
            proof.complete();
        }
        proof
    }

    fn analyse(&mut self, sources: &Sources, sink: &mut Sink) -> Analysed {
        self.turn();
        self.texts.read(sources);
        let mut found = Vec::new();
        let config = config::read(sources, sources.find("book.toml"), &mut found);
        let law = self.law(sources, &config, &mut found);
        self.resolved.bibliography = self.bibliography_key(sources, &config);
        let read = || {
            parallel::both(|| self.bibliography(sources, &config), || self.units(sources, &config))
        };
        let prepare = || parallel::both(|| self.style(sources, &config), || law.prepare()).0;
        let ((style, slips), ((bibliography, faults), units)) = parallel::both(prepare, read);
        self.resolved.units = units.iter().map(|(key, unit)| (unit.file, *key)).collect();
        let units: Vec<Arc<Unit>> = units.into_iter().map(|(_, unit)| unit).collect();
        found.extend(slips.iter().chain(faults.iter()).cloned());
        found.extend(units.iter().flat_map(|unit| unit.diagnostics.iter().cloned()));
        let input = resolve::Input {
            sources,
            config: &config,
            bibliography: &bibliography,
            law: &law,
            cites_in_notes: style.is_note(),
            kept: &self.resolved,
        };
        let Resolution { report, chapters, cited } = resolve(input, &units);
        sink.extend(found);
        let context = check::Context {
            sources,
            config: &config,
            bibliography: &bibliography,
            law: &law,
            report: &report,
        };
        self.check_all(&context, &chapters, sink);
        let styles = styles::of_chapters(sources, &config, &style, &report, sink);
        let known = Key::of(&(self.resolved.bibliography, self.resolved.law));
        let diagnostics = Vec::new();
        let analysis = Analysis { config, law, bibliography, style, styles, report, diagnostics };
        Analysed { analysis, chapters, cited, sources: known }
    }

    /// Runs every rule; what is said of a chapter is kept as long as it is the same.
    fn check_all(&self, context: &check::Context, keys: &[Key], sink: &mut Sink) {
        let settings = context.config.file.map(|file| self.texts.key(file));
        let chapters: Vec<_> = keys.iter().zip(&context.report.chapters).collect();
        let of_chapters = || {
            parallel::map(&chapters, |(key, chapter)| {
                let remarks = || check::chapter(context, chapter).into();
                self.remarks.get(Key::of(&(key, settings)), remarks)
            })
        };
        let mut whole = Sink::default();
        let ((), remarks) = parallel::both(|| check::whole(context, &mut whole), of_chapters);
        sink.append(whole);
        sink.extend(remarks.iter().flat_map(|remarks| remarks.iter().cloned()));
    }

    /// Begins a build.
    fn turn(&mut self) {
        self.units.turn();
        self.laws.turn();
        self.bibliographies.turn();
        self.styles.turn();
        self.themes.turn();
        self.resolved.turn();
        self.remarks.turn();
        self.setting.turn();
    }

    fn bibliography_key(&self, sources: &Sources, config: &Config) -> Option<Key> {
        let file = sources.find(&config.citations.file)?;
        Some(Key::of(&(self.texts.key(file), &config.book.language)))
    }

    /// The author's sources.
    fn bibliography(&self, sources: &Sources, config: &Config) -> ReadSources {
        let (file, key) = (sources.find(&config.citations.file), self.resolved.bibliography);
        let (Some(file), Some(key)) = (file, key) else { return Default::default() };
        self.bibliographies.get(key, || {
            let mut faults = Vec::new();
            let language = &config.book.language;
            let bibliography = bibliography::read(sources, file, language, &mut faults);
            (Arc::new(bibliography), Arc::from(faults))
        })
    }

    /// The law: the built-in instruments and the report's own.
    fn law(&mut self, sources: &Sources, config: &Config, found: &mut Vec<Diagnostic>) -> Arc<Law> {
        let own = own_instruments(sources, config, found);
        let date = config.law_date().map(|date| date.to_string());
        let state = config.law.state.as_deref();
        let files: Vec<Key> =
            own_files(sources, config).map(|(file, _)| self.texts.key(file)).collect();
        let key = Key::of(&(files, &date, state));
        self.resolved.law = Some(key);
        self.laws.get(key, || Arc::new(Law::new(own, date.as_deref(), state)))
    }

    /// The citation style.
    fn style(&self, sources: &Sources, config: &Config) -> ReadStyle {
        let settings = config.file.map(|file| self.texts.key(file));
        let own = sources.find(&config.citations.style).map(|file| self.texts.key(file));
        self.styles.get(Key::of(&(settings, own)), || {
            let mut faults = Vec::new();
            let style = styles::load(sources, config, &mut faults);
            (Arc::new(style), faults.into())
        })
    }

    /// The theme, with the faults of the project's templates.
    fn theme(&self, sources: &Sources) -> (Arc<Theme>, Arc<[Diagnostic]>) {
        let is_own = |path: &str| path.starts_with("themes/");
        let files = sources.files().filter(|(_, file)| is_own(&file.path));
        let files: Vec<Key> = files.map(|(file, _)| self.texts.key(file)).collect();
        let assets: Vec<_> = sources.assets.iter().filter(|(path, _)| is_own(path)).collect();
        self.themes.get(Key::of(&(files, assets)), || {
            let mut faults = Vec::new();
            let theme = load_theme(sources, &mut faults);
            (Arc::new(theme), faults.into())
        })
    }

    /// The chapters, parsed, with their keys.
    fn units(&self, sources: &Sources, config: &Config) -> Vec<(Key, Arc<Unit>)> {
        let folder = format!("{}/", config.book.src);
        let files: Vec<FileId> = sources
            .files()
            .filter(|(_, file)| file.path.starts_with(&folder) && file.path.ends_with(".md"))
            .map(|(id, _)| id)
            .collect();
        parallel::map(&files, |id| {
            let key = self.texts.key(*id);
            (key, self.units.get(key, || Arc::new(parse::parse(sources, *id))))
        })
    }
}

/// The analysis with diagnostics that were found outside, under the author's levels.
pub fn with(mut analysis: Analysis, found: Vec<Diagnostic>, sources: &Sources) -> Analysis {
    let mut sink = Sink::default();
    sink.extend(std::mem::take(&mut analysis.diagnostics));
    sink.extend(found);
    finish(analysis, sink, sources)
}

/// Puts the author's levels on what was found, in reading order: what is no chapter first, by path.
fn finish(mut analysis: Analysis, sink: Sink, sources: &Sources) -> Analysis {
    let mut places: QuickMap<FileId, usize> =
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

fn load_theme(sources: &Sources, found: &mut Vec<Diagnostic>) -> Theme {
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
        found.extend(faults);
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
