//! The one build path: sources in, a report and its site out. Build, check and serve all call it.
//!
//! Knows nothing of disks, clocks or terminals: the same sources give the same bytes.

use crate::bibliography::{self, Bibliography};
use crate::check;
use crate::config::{self, Config};
use crate::csl::{EngineFailure, Library, Style, StyleError, StyleSource};
use crate::diagnostic::{
    BAD_VALUE, Diagnostic, Sink, UNKNOWN_LANGUAGE, UNKNOWN_STYLE, UNRENDERED_CITATION, nearest,
};
use crate::law::{Instrument, Law};
use crate::memo::{Key, Memo};
use crate::output::{self, Edition, SetCitations, Site};
use crate::parallel;
use crate::parse;
use crate::report::Report;
use crate::resolve::{self, Readings, resolve};
use crate::search;
use crate::source::{File, FileId, Sources, Span};
use crate::theme::{self, Template, Theme};
use crate::unit::Unit;
use crate::words::Words;
use std::collections::HashMap;
use std::sync::Arc;

/// Everything known of a report before it is printed.
pub struct Analysis {
    /// `book.toml`.
    pub config: Config,
    /// The law in force.
    pub law: Arc<Law>,
    /// The bibliography.
    pub bibliography: Bibliography,
    /// The citation style.
    pub style: Style,
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

/// Builds again and again, keeping what has not changed.
#[derive(Default)]
pub struct Session {
    units: Memo<Arc<Unit>>,
    /// With the automata of its recogniser, which are made when it first reads.
    laws: Memo<Arc<Law>>,
    readings: Readings,
    citations: Memo<Result<Arc<SetCitations>, EngineFailure>>,
    /// Whether sites are made with an index to search in, which takes longer than all the rest.
    indexes: bool,
}

impl Session {
    /// A session that makes sites to be published, with an index to search in.
    pub fn publishing() -> Session {
        Session { indexes: true, ..Session::default() }
    }

    /// Reads and checks a report.
    pub fn check(&mut self, sources: &Sources) -> Analysis {
        let mut sink = Sink::default();
        let analysis = self.analyse(sources, &mut sink);
        finish(analysis, sink, sources)
    }

    /// Reads and checks a report and makes its site.
    pub fn build(&mut self, sources: &Sources) -> Built {
        let mut sink = Sink::default();
        let analysis = self.analyse(sources, &mut sink);
        let theme = load_theme(sources, &mut sink);
        sink.extend(unknown_look(&theme, &analysis.config));
        let mut edition = self.edition(sources, &analysis, &mut sink);
        let index = self.index(&edition);
        edition.searches = index.is_some();
        let (mut site, faults) = output::publish(&edition, &theme);
        sink.extend(faults);
        index.into_iter().flatten().for_each(|(path, bytes)| site.add(path, bytes));
        Built { site, analysis: finish(analysis, sink, sources) }
    }

    fn analyse(&mut self, sources: &Sources, sink: &mut Sink) -> Analysis {
        self.turn();
        let mut found = Vec::new();
        let config = config::read(sources, sources.find("book.toml"), &mut found);
        let bibliography = match sources.find(&config.citations.file) {
            Some(file) => bibliography::read(sources, file, &config.book.language, &mut found),
            None => Bibliography::default(),
        };
        let law = self.law(sources, &config, &mut found);
        let style = load_style(sources, &config, &mut found);
        let units = self.units(sources, &config);
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
        Analysis { config, law, bibliography, style, report, diagnostics: Vec::new() }
    }

    /// Begins a build.
    fn turn(&mut self) {
        self.units.turn();
        self.laws.turn();
        self.readings.chapters.turn();
        self.citations.turn();
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

    /// The index to search in, where there is to be one.
    fn index(&self, edition: &Edition) -> Option<Vec<(String, Vec<u8>)>> {
        let is_wanted = self.indexes && edition.config.html.search;
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
        let keys: HashMap<String, Key> =
            items.iter().map(|(key, item)| (key.clone(), Key::of(&format!("{item:?}")))).collect();
        let library = Library::new(items);
        let chapters: Vec<usize> = (0..report.chapters.len()).collect();
        let style = style_key(sources, config);
        let set = parallel::map(&chapters, |id| {
            let run = output::run(report, *id, &analysis.style, &library);
            let cited: Vec<Option<&Key>> = run.keys().map(|key| keys.get(key)).collect();
            let key = Key::of(&(style, &run, cited));
            self.citations.get(key, || run.set(&analysis.style, &library).map(Arc::new))
        });
        let mut fault = |(id, set): (usize, Result<Arc<SetCitations>, EngineFailure>)| {
            set.unwrap_or_else(|failure| {
                let span = Span::new(report.chapters[id].unit.file, 0..0);
                let key = failure.key.as_deref();
                sink.push(engine_fault(bibliography, key, &failure.message, span));
                Arc::default()
            })
        };
        let citations = set.into_iter().enumerate().map(&mut fault).collect();
        Edition {
            sources,
            config,
            law,
            bibliography,
            report,
            words: Words::of_or_english(&config.book.language),
            citations,
            entries: entries(analysis, &library, sink),
            within: output::whole(report),
            searches: false,
        }
    }
}

/// The key of all that the citation style is made from.
fn style_key(sources: &Sources, config: &Config) -> Key {
    let name = config.citations.style.as_str();
    let text = sources.find(name).map(|file| &sources.file(file).text);
    Key::of(&(name, text, &config.book.language))
}

/// Puts the author's levels on what was found, in reading order: what is no chapter first, by path.
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

/// The place that a setting is blamed at: its value, else the head of `book.toml`.
fn setting(sources: &Sources, config: &Config, key: &str) -> Span {
    let file = config.file.or_else(|| sources.files().next().map(|(id, _)| id));
    config.span(key).unwrap_or(Span::new(file.unwrap_or(FileId(0)), 0..0))
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

/// The style that is set, else the default one; a style that cannot be used is an error.
fn load_style(sources: &Sources, config: &Config, found: &mut Vec<Diagnostic>) -> Style {
    let name = config.citations.style.as_str();
    let file = sources.find(name);
    let source = match file {
        Some(file) => StyleSource::Xml(&sources.file(file).text),
        None => StyleSource::Builtin(name),
    };
    match Style::load(source, &config.book.language) {
        Ok(style) => return style,
        Err(error) => found.push(style_fault(sources, config, &error, file)),
    }
    for language in [config.book.language.as_str(), "en-GB"] {
        if let Ok(style) = Style::load(StyleSource::Builtin("policy-report-notes"), language) {
            return style;
        }
    }
    unreachable!("the default style is built in and loads: a test reads it")
}

fn style_fault(
    sources: &Sources,
    config: &Config,
    error: &StyleError,
    file: Option<FileId>,
) -> Diagnostic {
    if let StyleError::UnknownLocale { known, .. } = error {
        let span = setting(sources, config, "book.language");
        return Diagnostic::new(&UNKNOWN_LANGUAGE, span, error.to_string())
            .help(format!("set `language` to one of {}", known.join(", ")));
    }
    let span = match (error, file) {
        (StyleError::Xml { place: Some((line, column)), .. }, Some(file)) => {
            let range = sources.file(file).line_range(*line);
            let at = (range.start + column - 1).min(range.end);
            Span::new(file, at..at)
        }
        _ => setting(sources, config, "citations.style"),
    };
    let names = Style::builtin_names().join(", ");
    Diagnostic::new(&UNKNOWN_STYLE, span, error.to_string())
        .help(format!("set `style` to one of {names}, or to the path of a .csl file"))
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

fn entries(
    analysis: &Analysis,
    library: &Library,
    sink: &mut Sink,
) -> Vec<(String, crate::csl::Rich)> {
    let keys: Vec<&str> = analysis.report.sources.iter().map(|s| s.key.as_str()).collect();
    match analysis.style.bibliography(library, &keys) {
        Ok(entries) => entries,
        Err(failure) => {
            let span = Span::new(analysis.config.file.unwrap_or(FileId(0)), 0..0);
            let key = failure.key.as_deref();
            sink.push(engine_fault(&analysis.bibliography, key, &failure.message, span));
            Vec::new()
        }
    }
}

/// A fault of the citation engine, at the entry that it stumbled over.
fn engine_fault(
    bibliography: &Bibliography,
    key: Option<&str>,
    message: &str,
    span: Span,
) -> Diagnostic {
    let entry = key.and_then(|key| bibliography.get(key));
    let span = entry.map_or(span, |entry| entry.key_span);
    Diagnostic::new(&UNRENDERED_CITATION, span, format!("the citation engine failed: {message}"))
        .help("simplify the entry, or choose another style; the rest of the report is not affected")
}
