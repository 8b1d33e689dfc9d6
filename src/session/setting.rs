//! Citations and bibliography as the style sets them, kept from build to build.

use super::{Analysed, Analysis, Keepsake};
use crate::config::{Config, Scope};
use crate::csl::{EngineFailure, Item, Library, Mended};
use crate::diagnostic::{Diagnostic, Sink, UNRENDERED_CITATION};
use crate::memo::{Key, Memo};
use crate::output::{self, SetCitations, SetEntries, SetRun};
use crate::parallel;
use crate::quick::{QuickMap, QuickSet};
use crate::report::ChapterId;
use crate::source::{FileId, Sources, Span};
use std::borrow::Cow;
use std::sync::Arc;

/// What was set before.
#[derive(Default)]
pub(super) struct Setting {
    /// The sources as the engine takes them.
    catalogue: Option<Arc<Catalogue>>,
    /// By the keys of the chapters that are set together.
    runs: Memo<Arc<KeyedRun>>,
    /// By what is cited.
    citations: Memo<Arc<SetRun>>,
    /// By the keys of the lists of sources, with the key of what follows.
    lists: Memo<(Key, Arc<SetEntries>)>,
    /// By the sources themselves.
    entries: Memo<Arc<SetEntries>>,
}

/// Sources as the engine takes them, with a key for each.
struct Catalogue {
    /// The key of those that can be cited.
    known: Key,
    /// The key of the list of those that were cited when it was made.
    cited: Key,
    library: Library,
    keys: QuickMap<String, Key>,
}

/// Chapters that are set together.
struct KeyedRun {
    /// Its key among the citations.
    key: Key,
    set: Arc<SetRun>,
    /// The sources that they cite, in order, each once.
    cited: Vec<String>,
    /// The key of these.
    cited_key: Key,
}

/// All that the style has set.
pub(super) struct SetReport {
    /// The citations of each chapter.
    pub citations: Vec<Arc<SetCitations>>,
    /// The bibliography.
    pub entries: Arc<SetEntries>,
}

impl Setting {
    /// Takes what an earlier session kept.
    pub fn recall(&mut self, keepsake: &Keepsake) {
        let program = program();
        self.citations.unpack(program, &keepsake.citations, |kept| Arc::new(SetRun::of_kept(kept)));
        self.entries.unpack(program, &keepsake.entries, |entries| {
            Arc::new(SetEntries { entries, failure: None })
        });
    }

    /// What the last build set.
    pub fn keepsake(&self) -> Keepsake {
        let program = program();
        Keepsake {
            citations: self.citations.packed(program, |set| set.kept()),
            entries: self.entries.packed(program, |set| set.kept()),
        }
    }

    /// Gives up the sources as the engine takes them; a later build makes them again.
    pub fn forget_sources(&mut self) {
        self.catalogue = None;
    }

    /// Begins a build.
    pub fn turn(&mut self) {
        self.runs.turn();
        self.citations.turn();
        self.lists.turn();
        self.entries.turn();
    }

    /// Sets all citations and the bibliography.
    pub fn set(&mut self, sources: &Sources, analysed: &Analysed, sink: &mut Sink) -> SetReport {
        let analysis = &analysed.analysis;
        let catalogue = self.catalogue(analysed);
        let style = style_key(sources, &analysis.config);
        let groups = groups(analysis);
        let runs = parallel::map(&groups, |group| self.run(analysed, &catalogue, style, group));
        let failures = runs.iter().flat_map(|run| &run.set.failures);
        sink.extend(failures.map(|failure| engine_fault(analysis, failure)));
        let citations = runs.iter().flat_map(|run| run.set.chapters.iter().cloned()).collect();
        let entries = self.listed(analysed, &catalogue, style, &runs);
        sink.extend(entries.failure.iter().map(|failure| engine_fault(analysis, failure)));
        SetReport { citations, entries }
    }

    /// The sources that are cited, others perhaps among them.
    fn catalogue(&mut self, analysed: &Analysed) -> Arc<Catalogue> {
        let Analysis { report, bibliography, law, .. } = &analysed.analysis;
        let holds_all = |catalogue: &Catalogue| {
            report.sources.iter().all(|source| catalogue.library.contains(&source.key))
        };
        let (known, cited) = (analysed.sources, analysed.cited);
        if let Some(kept) = self.catalogue.as_ref().filter(|kept| kept.known == known)
            && (kept.cited == cited || holds_all(kept))
        {
            return Arc::clone(kept);
        }
        let mended = parallel::map(&report.sources, |source| {
            let item = output::item(source, bibliography, law)?;
            let key = Key::of(&item_text(&item));
            Some((source.key.to_string(), key, Mended::new(source.key.to_string(), item)))
        });
        let mut keys = QuickMap::default();
        let library = Library::of(mended.into_iter().flatten().map(|(name, key, mended)| {
            keys.insert(name, key);
            mended
        }));
        let catalogue = Arc::new(Catalogue { known, cited, library, keys });
        self.catalogue = Some(Arc::clone(&catalogue));
        catalogue
    }

    /// The citations of chapters that are set together.
    fn run(
        &self,
        analysed: &Analysed,
        catalogue: &Catalogue,
        style_key: Key,
        group: &[ChapterId],
    ) -> Arc<KeyedRun> {
        let chapters: Vec<Key> = group.iter().map(|id| analysed.chapters[*id]).collect();
        let run = self.runs.get(Key::of(&(style_key, chapters)), || {
            let Analysis { report, style, styles, .. } = &analysed.analysis;
            let run = output::run(report, group, style, &catalogue.library);
            let keys: Vec<Option<&Key>> = run.keys().map(|key| catalogue.keys.get(key)).collect();
            let key = Key::of(&(style_key, &run, keys));
            let own = run.language().and_then(|language| styles.get(language));
            let set = self
                .citations
                .get(key, || Arc::new(run.set(own.unwrap_or(style), &catalogue.library)));
            let mut seen = QuickSet::default();
            let cited: Vec<String> =
                run.keys().filter(|key| seen.insert(*key)).map(str::to_owned).collect();
            Arc::new(KeyedRun { key, set, cited_key: Key::of(&cited), cited })
        });
        // What is kept between programs is what the last build asked for.
        self.citations.get(run.key, || Arc::clone(&run.set));
        run
    }

    /// The bibliography.
    fn listed(
        &self,
        analysed: &Analysed,
        catalogue: &Catalogue,
        style: Key,
        runs: &[Arc<KeyedRun>],
    ) -> Arc<SetEntries> {
        let Analysed { analysis, cited, sources, .. } = analysed;
        let is_grouped = !analysis.config.citations.groups.is_empty();
        let of_runs: Vec<Key> = runs.iter().map(|run| run.cited_key).collect();
        let key = Key::of(&(style, is_grouped, sources, cited, of_runs));
        let (key, entries) = self.lists.get(key, || {
            let keys = cited_keys(analysis, runs);
            self.entries(analysis, catalogue, (style, is_grouped), &keys)
        });
        self.entries.get(key, || Arc::clone(&entries))
    }

    /// The entries of the sources `cited`, in the order of citing, with their key.
    fn entries(
        &self,
        analysis: &Analysis,
        catalogue: &Catalogue,
        (style, is_grouped): (Key, bool),
        cited: &[&str],
    ) -> (Key, Arc<SetEntries>) {
        let keys: Vec<Option<&Key>> = cited.iter().map(|key| catalogue.keys.get(*key)).collect();
        let key = Key::of(&(style, is_grouped, cited, keys));
        let entries = self.entries.get(key, || {
            let style = match is_grouped {
                false => Cow::Borrowed(&*analysis.style),
                true => Cow::Owned(analysis.style.as_ref().clone().grouped()),
            };
            Arc::new(SetEntries::set(&style, &catalogue.library, cited))
        });
        (key, entries)
    }
}

/// The chapters that are set together. Notes count per chapter or through the report, as `scope`
/// says; letters behind years and numbers of sources are the report's.
fn groups(analysis: &Analysis) -> Vec<Vec<ChapterId>> {
    let chapters: Vec<ChapterId> = (0..analysis.report.chapters.len()).collect();
    let size = match analysis.config.citations.scope {
        Scope::Chapter if analysis.style.is_note() => 1,
        _ => chapters.len().max(1),
    };
    chapters.chunks(size).map(<[ChapterId]>::to_vec).collect()
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

fn item_text(item: &Item) -> String {
    serde_json::to_string(item).expect("a map of JSON values is JSON")
}

/// The sources of the bibliography. Where the style keeps the order of citing, that of the runs
/// counts: its numbers are theirs.
fn cited_keys<'a>(analysis: &'a Analysis, runs: &'a [Arc<KeyedRun>]) -> Vec<&'a str> {
    let cited = runs.iter().flat_map(|run| run.cited.iter().map(String::as_str));
    let all = cited.chain(analysis.report.sources.iter().map(|source| &*source.key));
    let mut seen = QuickSet::default();
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
