//! How fast the main job is, as figures to read and not as a test: `cargo bench`.
//!
//! Each line is the best of several runs in this process or of the built binary, and where there is
//! something to compare with, the ratio to it in the same run.

use rapporteur::law::{Law, Scope, recognise};
use rapporteur::session::Session;
use rapporteur::source::Sources;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = rapporteur::disk::read(root).expect("the own report is there");
    whole_process(root);
    in_process(&sources);
    recogniser(&sources);
}

/// The shortest of `count` runs of `work`.
fn best(count: usize, mut work: impl FnMut()) -> Duration {
    let time = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..count).map(|_| time(&mut work)).min().unwrap_or_default()
}

/// A cold `build` of the own report: a new process, an empty build folder.
fn whole_process(root: &Path) {
    let copy = tempfile::tempdir().expect("a temporary folder");
    for part in ["content", "instruments"] {
        copy_folder(&root.join(part), &copy.path().join(part));
    }
    for file in ["book.toml", "citations.yaml"] {
        std::fs::copy(root.join(file), copy.path().join(file)).expect("the file can be copied");
    }
    let build = || {
        let status = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
            .args(["build", "--quiet"])
            .arg(copy.path())
            .stdout(Stdio::null())
            .status();
        assert!(status.is_ok_and(|status| status.success()));
    };
    let cold = best(10, || {
        let _ = std::fs::remove_dir_all(copy.path().join("site"));
        build();
    });
    let warm = best(10, build);
    println!("own report, whole process, empty folder   {:>8.1} ms", ms(cold));
    println!(
        "own report, whole process, nothing to do  {:>8.1} ms ({:.2} of that)",
        ms(warm),
        ratio(warm, cold)
    );
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("the folder can be made");
    for entry in std::fs::read_dir(from).expect("the folder is there").flatten() {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy_folder(&entry.path(), &target),
            false => drop(std::fs::copy(entry.path(), target).expect("the file can be copied")),
        }
    }
}

/// The same in memory, anew and again, beside Markdown alone.
fn in_process(sources: &Sources) {
    let markdown = best(20, || {
        for (_, file) in sources.files().filter(|(_, file)| file.path.ends_with(".md")) {
            let events =
                pulldown_cmark::Parser::new_ext(&file.text, pulldown_cmark::Options::all());
            black_box(events.count());
        }
    });
    let anew = best(20, || drop(black_box(Session::default().build(sources))));
    let mut session = Session::default();
    session.build(sources);
    let again = best(20, || drop(black_box(session.build(sources))));
    println!(
        "own report, in memory, anew               {:>8.1} ms ({:.0} times the bare Markdown)",
        ms(anew),
        ratio(anew, markdown)
    );
    println!(
        "own report, in memory, again              {:>8.1} ms ({:.2} of that)",
        ms(again),
        ratio(again, anew)
    );
}

/// The recogniser on prose without and with articles.
fn recogniser(sources: &Sources) {
    let law = Law::new(Vec::new(), Some("2019-11-22"), Some("KZ"));
    let text: String =
        sources.files().filter(|(_, f)| f.path.ends_with(".md")).map(|(_, f)| &*f.text).collect();
    let is_plain =
        |line: &&str| !line.contains("rticle") && !line.contains("art.") && !line.contains('§');
    let plain: Vec<&str> = text.lines().filter(is_plain).collect();
    let bytes: usize = plain.iter().map(|line| line.len()).sum();
    let time = best(20, || {
        let mut scope = Scope::new();
        for line in &plain {
            black_box(recognise(&law, &mut scope, line, &[]));
        }
    });
    println!(
        "recogniser, prose without articles        {:>8.0} MB/s",
        bytes as f64 / time.as_secs_f64() / 1e6
    );
    let time = best(20, || {
        let mut scope = Scope::new();
        for line in text.lines() {
            black_box(recognise(&law, &mut scope, line, &[]));
        }
    });
    println!(
        "recogniser, the own report                {:>8.0} MB/s",
        text.len() as f64 / time.as_secs_f64() / 1e6
    );
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}
