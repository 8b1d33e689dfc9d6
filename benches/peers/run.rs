//! A program and a corpus become figures: wall time, CPU time, peak memory.
//!
//! A cold run begins with nothing but the corpus in its folder: whatever a run left there is moved
//! out of it before the next, and caches are sent into the folder too. The kernel's file cache stays
//! warm for all alike.

use crate::corpus::NOTES;
use crate::tool::Tool;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use wait4::Wait4;

/// A tool that is installed.
pub struct Program {
    pub tool: &'static dyn Tool,
    path: PathBuf,
    /// Name and version, as the tables say it.
    pub version: String,
}

/// What a build cost: the process and the processes that it waited for.
#[derive(Clone, Copy, Default)]
pub struct Cost {
    pub wall: Duration,
    /// In the program and, for it, in the kernel.
    pub cpu: Duration,
    /// The largest resident set, in bytes.
    pub peak: u64,
}

/// What a program needed for one size of corpus.
pub struct Figures {
    pub version: String,
    /// How many chapters were built, where it was a sample and the costs are scaled.
    pub sample: Option<usize>,
    pub cold: Vec<Cost>,
    /// A new process after one chapter was edited, all else left as the cold build left it.
    pub after_edit: Vec<Cost>,
    pub bytes: u64,
    pub files: usize,
}

/// All programs on one size of corpus.
pub struct Size {
    pub chapters: usize,
    /// Rapporteur's first.
    pub results: Vec<Figures>,
    pub load_before: Option<f64>,
    pub load_after: Option<f64>,
}

/// A program with its corpus.
pub struct Contender<'a> {
    program: &'a Program,
    folder: PathBuf,
    chapters: usize,
    /// How many of the chapters are built.
    sample: usize,
    /// What stands in the folder before the first build.
    corpus: BTreeSet<OsString>,
    /// Where the sites of earlier runs wait to be removed. Were they removed at once, the file system
    /// would take longer over the files that the next run writes.
    aside: TempDir,
    cold: Vec<Cost>,
    after_edit: Vec<Cost>,
}

impl Program {
    /// The program at `path` or of that name, if it is installed and tells its version.
    pub fn find(tool: &'static dyn Tool, path: &Path) -> Option<Self> {
        let said = Command::new(path).arg(tool.version_argument()).output().ok()?;
        let text = String::from_utf8_lossy(&said.stdout);
        let is_version = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
        let word = text.split([' ', '\n', '-', '+']).map(|word| word.trim_start_matches('v'));
        let number = word.into_iter().find(is_version).unwrap_or("of unknown version");
        let version = format!("{} {number}", tool.title());
        said.status.success().then(|| Self { tool, path: path.to_owned(), version })
    }
}

impl<'a> Contender<'a> {
    /// Writes `sample` of the chapters for `program` into `folder`, which it empties.
    pub fn new(
        program: &'a Program,
        chapters: usize,
        sample: usize,
        folder: &Path,
    ) -> Result<Self, String> {
        let folder = folder.to_owned();
        let prepare = || -> io::Result<(BTreeSet<OsString>, TempDir)> {
            take(&folder)?;
            program.tool.write(sample, &folder)?;
            let aside = tempfile::tempdir_in(folder.parent().unwrap_or(&folder))?;
            Ok((entries(&folder)?, aside))
        };
        let (corpus, aside) =
            prepare().map_err(|error| format!("{}: {error}", folder.display()))?;
        let (cold, after_edit) = (Vec::new(), Vec::new());
        Ok(Self { program, folder, chapters, sample, corpus, aside, cold, after_edit })
    }

    /// Builds all from nothing.
    pub fn build_cold(&mut self) -> Result<(), String> {
        self.clear().map_err(|error| format!("{}: {error}", self.folder.display()))?;
        let mut total = Cost::default();
        for arguments in self.program.tool.commands(self.sample) {
            let cost = self.run(&arguments)?;
            total.wall += cost.wall;
            total.cpu += cost.cpu;
            total.peak = total.peak.max(cost.peak);
        }
        let scale = self.chapters as f64 / self.sample as f64;
        total.wall = total.wall.mul_f64(scale);
        total.cpu = total.cpu.mul_f64(scale);
        eprintln!("  {:<28} {:>10.3} s", self.program.version, total.wall.as_secs_f64());
        self.cold.push(total);
        self.check()
    }

    /// Adds a sentence to a chapter in the middle and builds again over what is there.
    pub fn build_after_edit(&mut self, run: usize) -> Result<(), String> {
        if self.program.tool.is_one_process_a_chapter() {
            return Ok(());
        }
        let (tool, number) = (self.program.tool, self.sample / 2 + 1);
        let file = self.folder.join(tool.source(number));
        let sentence = format!("A sentence was added on day {}.", run + 1);
        edit(&file, &sentence).map_err(|error| format!("{}: {error}", file.display()))?;
        for arguments in tool.commands(self.sample) {
            self.after_edit.push(self.run(&arguments)?);
        }
        match self.page(number)?.contains(&sentence) {
            true => Ok(()),
            false => Err(format!("{} built, and not what was edited", self.program.version)),
        }
    }

    pub fn finish(self) -> Result<Figures, String> {
        let output = self.folder.join(self.program.tool.output());
        let (bytes, files) = measure_folder(&output).map_err(|error| error.to_string())?;
        let scale = self.chapters as f64 / self.sample as f64;
        Ok(Figures {
            version: self.program.version.clone(),
            sample: (self.sample < self.chapters).then_some(self.sample),
            cold: self.cold,
            after_edit: self.after_edit,
            bytes: (bytes as f64 * scale) as u64,
            files: (files as f64 * scale) as usize,
        })
    }

    /// Moves all that is not the corpus out of the folder.
    fn clear(&self) -> io::Result<()> {
        let aside = self.aside.path().join(self.cold.len().to_string());
        fs::create_dir(&aside)?;
        for name in entries(&self.folder)?.difference(&self.corpus) {
            fs::rename(self.folder.join(name), aside.join(name))?;
        }
        if self.program.tool.is_one_process_a_chapter() {
            fs::create_dir(self.folder.join(self.program.tool.output()))?;
        }
        Ok(())
    }

    /// Runs the program in its folder to the end.
    fn run(&self, arguments: &[OsString]) -> Result<Cost, String> {
        let said = self.folder.join(".said");
        let fail = |error: io::Error| format!("{}: {error}", self.program.version);
        let errors = File::create(&said).map_err(fail)?;
        let mut command = Command::new(&self.program.path);
        command.args(arguments).current_dir(&self.folder);
        command.env("XDG_CACHE_HOME", self.folder.join(".cache"));
        command.env("HUGO_CACHEDIR", self.folder.join(".cache/hugo"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(errors);
        let start = Instant::now();
        let used = command.spawn().and_then(|child| child.wait4()).map_err(fail)?;
        let wall = start.elapsed();
        if !used.status.success() {
            let said = fs::read_to_string(&said).unwrap_or_default();
            return Err(format!("{} failed: {}\n{said}", self.program.version, used.status));
        }
        let usage = used.rusage;
        Ok(Cost { wall, cpu: usage.utime + usage.stime, peak: usage.maxrss })
    }

    /// Every note of the first and the last chapter stands in its page: else the race is unfair.
    fn check(&self) -> Result<(), String> {
        for number in [1, self.sample] {
            let notes = self.page(number)?.matches(self.program.tool.note_mark()).count();
            if notes != NOTES {
                let version = &self.program.version;
                return Err(format!("{version}: chapter {number} came out with {notes} notes"));
            }
        }
        Ok(())
    }

    /// The page of a chapter, as it was built.
    fn page(&self, number: usize) -> Result<String, String> {
        let tool = self.program.tool;
        let page = self.folder.join(tool.output()).join(tool.page(number));
        fs::read_to_string(&page).map_err(|error| format!("{}: {error}", page.display()))
    }
}

/// Makes `folder`, new and empty; removes only one that an earlier benchmark made.
fn take(folder: &Path) -> io::Result<()> {
    let mark = folder.join(".peers");
    if mark.exists() {
        fs::remove_dir_all(folder)?;
    }
    if folder.exists() {
        return Err(io::Error::other("the folder is there, and no benchmark made it"));
    }
    fs::create_dir_all(folder)?;
    fs::write(mark, "")
}

/// Adds a sentence to the first paragraph.
fn edit(file: &Path, sentence: &str) -> io::Result<()> {
    let text = fs::read_to_string(file)?;
    let heading = text.find("## ").unwrap_or(0);
    let paragraph = text[heading..].find("\n\n").map_or(heading, |at| heading + at + 2);
    let end = text[paragraph..].find('\n').map_or(text.len(), |at| paragraph + at);
    let (before, after) = text.split_at(end);
    fs::write(file, format!("{before} {sentence}{after}"))
}

fn entries(folder: &Path) -> io::Result<BTreeSet<OsString>> {
    fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name())).collect()
}

/// The bytes and the number of the files in a folder and below.
fn measure_folder(folder: &Path) -> io::Result<(u64, usize)> {
    let (mut bytes, mut files) = (0, 0);
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (more, count) = match entry.file_type()?.is_dir() {
            true => measure_folder(&entry.path())?,
            false => (entry.metadata()?.len(), 1),
        };
        bytes += more;
        files += count;
    }
    Ok((bytes, files))
}
