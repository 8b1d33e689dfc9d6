//! The thread that builds: it waits for a save, reads, builds, shows.
//!
//! A save that breaks what every page rests on, and a fault of our own, leave the last good site
//! standing. However fast saves come, one build runs, and the next takes the latest state.

use super::problems;
use super::shown::Shown;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::{DiskError, Reader};
use crate::report::ADDRESS_FILE;
use crate::session::{Proof, Session};
use crate::source::Sources;
use crate::terminal;
use crate::watch::{Scope, Watcher};
use std::any::Any;
use std::collections::HashSet;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch::Sender;

/// How often a project that cannot be read is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// With more problems than this, only new ones are printed after a save.
const PRINTED: usize = 20;

pub(super) struct Builder {
    reader: Reader,
    watcher: Watcher,
    scope: Scope,
    session: Session,
    sender: Sender<Arc<Shown>>,
    address: SocketAddr,
    quiet: bool,
    /// Whether the site that stands is a good one.
    has_good: bool,
    /// Whether the project could not be read last time.
    is_unread: bool,
    /// What kept us from building last time, as it was printed.
    trouble: Option<String>,
    /// The problems that were printed last.
    printed: HashSet<(String, String)>,
}

impl Builder {
    /// A builder that has read the project once.
    pub(super) fn new(
        reader: Reader,
        watcher: Watcher,
        sender: Sender<Arc<Shown>>,
        address: SocketAddr,
        quiet: bool,
    ) -> Result<Builder, DiskError> {
        let mut builder = Builder {
            reader,
            watcher,
            scope: Scope::default(),
            session: Session::default(),
            sender,
            address,
            quiet,
            has_good: false,
            is_unread: false,
            trouble: None,
            printed: HashSet::new(),
        };
        builder.read()?;
        Ok(builder)
    }

    /// Builds for ever.
    pub(super) fn run(mut self) {
        self.build();
        let _ = terminal::print(&format!("http://{}/\n", self.address));
        self.say("rebuilt at every save; Ctrl+C ends it");
        loop {
            // A folder that is gone cannot be watched: it is looked for.
            let limit = self.is_unread.then_some(RETRY);
            if self.watcher.wait(limit) || limit.is_some() {
                self.turn();
            }
        }
    }

    fn turn(&mut self) {
        let was_unread = self.is_unread;
        let read = self.read();
        self.is_unread = read.is_err();
        match read {
            Ok(false) if !was_unread => {}
            Ok(_) => self.build(),
            Err(error) => self.fail(&error.to_string()),
        }
    }

    /// Brings sources up to date, and the watch to where they are.
    fn read(&mut self) -> Result<bool, DiskError> {
        let mut changed = false;
        loop {
            if let Err(cause) = self.watcher.follow(&self.scope) {
                let _ = terminal::print_error(&format!(
                    "warning: not every folder is watched: {cause}\n"
                ));
            }
            changed |= self.reader.read()?;
            // What is watched is named in a file that is read: what changed before it was watched
            // is read in a second round.
            let scope = scope(self.reader.config());
            if scope == self.scope {
                return Ok(changed);
            }
            self.scope = scope;
        }
    }

    fn build(&mut self) {
        let start = Instant::now();
        let sources = self.reader.sources();
        let session = &mut self.session;
        match guarded(|| session.proof(sources)) {
            Ok(proof) => self.show(proof, start),
            Err(words) => {
                // Whatever it kept may be half made.
                self.session = Session::default();
                self.fail(&format!(
                    "rapporteur itself failed: {words}; this is a fault of the program, not of the report"
                ));
            }
        }
    }

    /// Shows what was built, or why it is not shown.
    fn show(&mut self, proof: Proof, start: Instant) {
        let analysis = &proof.analysis;
        let sources = self.reader.sources();
        let culprit = analysis.diagnostics.iter().find(|d| is_fatal(d, sources, &analysis.config));
        let standing = culprit.filter(|_| self.has_good).map(|culprit| {
            let path = &sources.file(culprit.span.file).path;
            format!("{path} has an error; the last good site is shown until it is mended")
        });
        let problems = problems::of(&analysis.diagnostics, sources, standing.as_deref());
        self.has_good |= culprit.is_none();
        self.trouble = None;
        let base_url = analysis.config.html.base_url.clone();
        // The browsers first, then the terminal.
        let diagnostics = analysis.diagnostics.clone();
        self.publish(standing.is_none().then_some(proof), problems, Some(base_url));
        let took = start.elapsed();
        self.print(&diagnostics);
        let summary = match terminal::summary(&diagnostics) {
            none if none.is_empty() => "no problems".to_owned(),
            some => some,
        };
        match standing {
            Some(words) => self.say(&words),
            None => self.say(&format!("built in {took:.0?}, {summary}")),
        }
    }

    /// Says why nothing could be built.
    fn fail(&mut self, words: &str) {
        let standing = format!("{words}; the last good site is shown");
        let problems = problems::of(&[], self.reader.sources(), Some(&standing));
        if self.trouble.as_deref() != Some(words) {
            self.publish(None, problems, None);
            let _ = terminal::print_error(&format!("error: {words}\n"));
            self.trouble = Some(words.to_owned());
        }
    }

    fn publish(&self, site: Option<Proof>, problems: Arc<str>, base_url: Option<Option<String>>) {
        let mut next = self.sender.borrow().next(site, problems);
        if let Some(base_url) = base_url {
            next.base_url = base_url;
        }
        self.sender.send_replace(Arc::new(next));
    }

    /// Prints problems that were not there before; all of them where they are few.
    fn print(&mut self, diagnostics: &[Diagnostic]) {
        let sources = self.reader.sources();
        let key = |d: &Diagnostic| {
            (format!("{} {}", d.code.name, sources.file(d.span.file).path), d.message.clone())
        };
        let now: HashSet<(String, String)> = diagnostics.iter().map(key).collect();
        if now == self.printed {
            return;
        }
        let is_first = self.printed.is_empty();
        let few = is_first || diagnostics.len() <= PRINTED;
        let news = diagnostics.iter().filter(|d| few || !self.printed.contains(&key(d)));
        let news: Vec<Diagnostic> = news.cloned().collect();
        let text = terminal::render_human(&news, sources, terminal::width(), true);
        let _ = terminal::print(&text);
        self.printed = now;
    }

    fn say(&self, words: &str) {
        if !self.quiet {
            let _ = terminal::print_error(&format!("{words}\n"));
        }
    }
}

/// What a project with `config` is made from.
fn scope(config: &Config) -> Scope {
    let folders = [&config.book.src, &config.law.instruments, "themes"];
    let files = ["book.toml", ADDRESS_FILE, &config.citations.file, &config.citations.style];
    Scope {
        folders: folders.map(str::to_owned).to_vec(),
        files: files.map(str::to_owned).to_vec(),
        build_dir: config.build.build_dir.clone(),
    }
}

/// Whether an error spoils every page: one in the settings, the theme or the citation style. One
/// in a chapter is shown with its page: the author wants to see it.
fn is_fatal(found: &Diagnostic, sources: &Sources, config: &Config) -> bool {
    let path = sources.file(found.span.file).path.as_str();
    let is_frame =
        path == "book.toml" || path.starts_with("themes/") || path == config.citations.style;
    found.severity == Severity::Error && is_frame
}

/// What `work` gives, or what it said when it panicked.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload: Box<dyn Any + Send>| {
        let words = payload.downcast_ref::<&str>().map(|words| (*words).to_owned());
        let words = words.or_else(|| payload.downcast_ref::<String>().cloned());
        words.unwrap_or_else(|| "it did not say why".to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_our_own_is_caught_with_its_words() {
        assert_eq!(guarded(|| 1), Ok(1));
        assert_eq!(guarded(|| -> i32 { panic!("no such row") }), Err("no such row".to_owned()));
        let row = 3;
        assert_eq!(guarded(|| -> i32 { panic!("row {row}") }), Err("row 3".to_owned()));
    }
}
