//! What may go wrong round a build, from without: disks that are full, folders that vanish,
//! programs that are ended, several at once. Nothing is lost and nothing is half-written.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_rapporteur");

/// The files of a site with their bytes.
type Files = BTreeMap<PathBuf, Vec<u8>>;

/// A report of a few chapters in a folder of its own.
struct Report(tempfile::TempDir);

impl Report {
    fn new() -> Report {
        let report = Report(tempfile::tempdir().unwrap());
        fs::create_dir(report.path("content")).unwrap();
        fs::write(report.path("book.toml"), "[book]\ntitle = \"Report\"\n").unwrap();
        report.write("first");
        report
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    /// Writes chapters in which `word` stands often.
    fn write(&self, word: &str) {
        for chapter in 0..4 {
            let text =
                format!("# {word} {chapter}\n\n{}\n", format!("The {word} text.\n\n").repeat(400));
            fs::write(self.path(&format!("content/0{chapter}-chapter.md")), text).unwrap();
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).arg(self.0.path()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn start(&self) -> Child {
        self.command(&["build"]).spawn().unwrap()
    }

    /// Builds, as nothing is in the way.
    fn build(&self) -> Files {
        assert!(self.command(&["build"]).status().unwrap().success());
        self.site()
    }

    fn site(&self) -> Files {
        let mut files = Files::new();
        gather(&self.path("site"), &mut files);
        files
    }
}

fn gather(folder: &Path, files: &mut Files) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path().is_dir() {
            true => gather(&entry.path(), files),
            false => drop(files.insert(entry.path(), fs::read(entry.path()).unwrap_or_default())),
        }
    }
}

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_disk_that_fills_leaves_the_old_site() {
    let report = Report::new();
    let old = report.build();
    report.write("second");
    // A limit to the size of files stands for the limit of a disk: the signal is not waited for.
    let limited = format!("trap '' XFSZ; ulimit -f 16; exec '{PROGRAM}' build .");
    let output =
        Command::new("sh").args(["-c", &limited]).current_dir(report.0.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", words(&output));
    assert!(words(&output).contains("error: cannot write "), "{}", words(&output));
    assert!(report.site() == old, "the old site stands, with nothing beside it");
    let new = report.build();
    assert!(new != old);
}

#[test]
fn a_build_that_is_ended_at_any_moment_leaves_each_file_old_or_new() {
    let report = Report::new();
    let mut sites = vec![report.build()];
    report.write("second");
    let begun = Instant::now();
    sites.push(report.build());
    let longest = begun.elapsed();
    // By hand: KILLS=100 cargo test --test faults.
    let kills = std::env::var("KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(10);
    let mut dice = 7u64;
    let mut ended = 0;
    for round in 0..kills {
        report.write(["first", "second"][round % 2]);
        let mut build = report.start();
        dice = dice * 48271 % 2147483647;
        // The last part of a build is the writing.
        std::thread::sleep(longest.mul_f64(0.3 + 0.9 * (dice % 1000) as f64 / 1000.0));
        let _ = build.kill();
        ended += u32::from(!build.wait().unwrap().success());
        for (path, bytes) in report.site() {
            // The list of files has those of both; what waits is whole or goes.
            if path.to_string_lossy().contains("/.rapporteur-") {
                continue;
            }
            let is_whole = sites.iter().any(|site| site.get(&path) == Some(&bytes));
            assert!(is_whole, "{round} {}", path.display());
        }
    }
    assert!(report.build() == sites[(kills + 1) % 2], "the next build mends all");
    eprintln!("{ended} of {kills} builds were ended before their end");
}

#[test]
fn several_builds_at_once_write_one_site() {
    let report = Report::new();
    let alone = report.build();
    fs::remove_dir_all(report.path("site")).unwrap();
    let mut builds: Vec<Child> = (0..4).map(|_| report.start()).collect();
    assert!(builds.iter_mut().all(|build| build.wait().unwrap().success()));
    assert!(report.site() == alone);
}

#[test]
fn a_build_folder_that_vanishes_is_made_again_or_told_of() {
    let report = Report::new();
    let whole = report.build();
    for _ in 0..4 {
        report.write("first");
        let mut build = report.start();
        let status = loop {
            let _ = fs::remove_dir_all(report.path("site"));
            if let Some(status) = build.try_wait().unwrap() {
                break status;
            }
            std::thread::sleep(Duration::from_millis(30));
        };
        assert!(matches!(status.code(), Some(0 | 2)), "{status}");
        assert!(report.build() == whole, "the next build mends all");
    }
}

#[test]
fn what_stands_in_the_way_is_said_kindly() {
    let report = Report::new();
    let says = |arguments: &[&str], words: &str| {
        let output = Command::new(PROGRAM).args(arguments).current_dir(report.0.path()).output();
        let output = output.unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(words) && !said.contains("os error"), "{said}");
    };
    fs::write(report.path("site"), "mine").unwrap();
    says(&["build"], "a file is in its place");
    assert_eq!(fs::read(report.path("site")).unwrap(), b"mine");
    says(&["new", "site"], "a file is in its place");
    says(&["check", "site"], "a report is a folder");
    says(&["import", "content"], "it is a folder, not a file");
    says(&["check", "nowhere"], "there is no such file or folder");
    for (from, to) in [("x.md", "content/y.md"), ("y.md", "content/x.md")] {
        std::os::unix::fs::symlink(from, report.path(to)).unwrap();
    }
    says(&["check"], "it is a link that leads to itself");
}

#[test]
fn folders_that_hold_themselves_and_odd_names_do_no_harm() {
    let report = Report::new();
    let link = |from: &str, to: &str| std::os::unix::fs::symlink(from, report.path(to)).unwrap();
    link(".", "content/round");
    link("../content", "content/about");
    link("nowhere.md", "content/dangling.md");
    let content = report.path("content");
    for name in [&b"\xff\xfe.md"[..], b"two\nlines.png"] {
        fs::write(content.join(OsStr::from_bytes(name)), "text").unwrap();
    }
    for name in ["глава 5.md", "a#b?.md", "%2e%2e.md", "'\"<.md", "-x.md", "..md"] {
        fs::write(content.join(name), format!("# {name}\n")).unwrap();
    }
    let mut command = Command::new(PROGRAM);
    let output =
        command.args(["build", "--format", "short"]).arg(report.0.path()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.matches("error[bad-encoding]: the name of the file").count(), 2, "{said}");
    assert!(said.contains("two\\nlines.png"), "{said}");
    assert!(report.path("site/глава-5/index.html").is_file());
    let manifest = fs::read_to_string(report.path("site/.rapporteur-files")).unwrap();
    assert!(manifest.lines().skip(1).all(|path| report.path("site").join(path).is_file()));
}
