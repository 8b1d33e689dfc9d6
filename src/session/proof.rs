//! A report that is set, before it is printed: every page and data file of its site can be made.

use super::Analysis;
use super::setting::SetReport;
use crate::diagnostic::Diagnostic;
use crate::output::{self, Bytes, Draft, Edition, Pictures, Shelf};
use crate::quick::QuickMap;
use crate::search;
use crate::source::{Asset, Sources};
use crate::theme::Theme;
use crate::words::Words;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// All that the files of a site are made from. A file that is asked for is made once.
pub struct Proof {
    /// Everything known of the report.
    pub analysis: Analysis,
    sources: Sources,
    theme: Arc<Theme>,
    set: SetReport,
    /// Pictures in fewer pixels.
    pictures: Pictures,
    /// The index to search in.
    index: Option<Vec<(String, Vec<u8>)>>,
    /// The files of the theme and those that stand beside the chapters.
    assets: BTreeMap<String, Asset>,
    /// Files that were asked for.
    made: Mutex<QuickMap<String, Asset>>,
}

impl Proof {
    pub(super) fn new(
        sources: Sources,
        analysis: Analysis,
        theme: Arc<Theme>,
        set: SetReport,
    ) -> Proof {
        let mut proof = Proof {
            analysis,
            sources,
            theme,
            set,
            pictures: Pictures::default(),
            index: None,
            assets: BTreeMap::new(),
            made: Mutex::default(),
        };
        let mut assets = proof.edition().assets();
        let own = proof.theme.assets().map(|(path, bytes)| (path.to_owned(), Arc::clone(bytes)));
        assets.extend(own);
        proof.assets = assets;
        proof
    }

    /// Makes what only a site that is published has: an index to search in, smaller pictures.
    pub(super) fn complete(&mut self) {
        let Analysis { config, .. } = &self.analysis;
        if config.html.search {
            let records = output::records(&self.edition());
            self.index = search::index(&config.book.language, records);
        }
        self.pictures = output::pictures(&self.edition());
    }

    /// Puts the whole site on `shelf`; gives the faults of the project's templates.
    pub(super) fn publish(&self, shelf: &dyn Shelf) -> Vec<Diagnostic> {
        let own = self.index.iter().flatten().chain(&self.pictures.files);
        let own = own.map(|(path, bytes)| Draft::ready(path.clone(), &bytes[..])).collect();
        output::publish(&self.edition(), &self.theme, own, shelf)
    }

    /// Makes everything where the project has templates of its own, each of which may have a fault.
    pub(super) fn try_templates(&self) -> Vec<Diagnostic> {
        match self.theme.is_own() {
            true => self.publish(self),
            false => Vec::new(),
        }
    }

    pub(super) fn into_analysis(self) -> Analysis {
        self.analysis
    }

    /// The files of the theme and those that stand beside the chapters, by their path.
    pub fn assets(&self) -> &BTreeMap<String, Asset> {
        &self.assets
    }

    /// The file at `path` of the site; nothing where there is none.
    pub fn file(&self, path: &str) -> Option<Asset> {
        if let Some(asset) = self.assets.get(path) {
            return Some(Arc::clone(asset));
        }
        if let Some(known) = self.made().get(path) {
            return Some(Arc::clone(known));
        }
        let made = output::file(&self.edition(), &self.theme, path)?;
        self.made().insert(path.to_owned(), Arc::clone(&made));
        Some(made)
    }

    fn made(&self) -> MutexGuard<'_, QuickMap<String, Asset>> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn edition(&self) -> Edition<'_> {
        let Analysis { config, law, bibliography, report, .. } = &self.analysis;
        Edition {
            sources: &self.sources,
            config,
            law,
            bibliography,
            report,
            words: Words::of_or_english(&config.book.language),
            citations: &self.set.citations,
            entries: &self.set.entries,
            within: output::whole(report),
            prints: output::prints(config, report),
            searches: self.index.is_some(),
            pictures: &self.pictures,
        }
    }
}

impl Shelf for Proof {
    fn put(&self, path: String, bytes: Bytes) {
        self.made().entry(path).or_insert_with(|| bytes.into());
    }
}
