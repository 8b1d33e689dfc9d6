//! How long an author waits for a page after saving its chapter, as figures to read and not as a
//! test: `cargo bench --bench serve`.
//!
//! `-- --report DIR` takes a copy of a report that is there, else one of a thousand chapters is
//! made; `RAPPORTEUR=FILE` measures another binary, `SAVES=30` is the number of saves.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let given = arguments.iter().position(|word| word == "--report").map(|at| &arguments[at + 1]);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("report");
    match given {
        Some(given) => copy_folder(Path::new(given), &root),
        None => make(&root, 1000),
    }
    let start = Instant::now();
    let mut desk = Desk::open(&root);
    println!("first page after                          {:>8.0} ms", ms(start.elapsed()));
    println!("memory then                               {:>8} kB", desk.memory());
    let chapters = chapters(&root);
    let saves = std::env::var("SAVES").ok().and_then(|n| n.parse().ok()).unwrap_or(30);
    let (mut told, mut served) = (Vec::new(), Vec::new());
    for save in 0..saves {
        let (event, page) = desk.save(&chapters[save * 37 % chapters.len()], save);
        told.push(event);
        served.push(page);
    }
    print("from the save to the event", &mut told);
    print("from the save to the page", &mut served);
    println!("memory then                               {:>8} kB", desk.memory());
}

fn print(what: &str, times: &mut [Duration]) {
    times.sort();
    let at = |share: usize| ms(times[(times.len() - 1) * share / 100]);
    println!("{what:<34} median {:>8.0} ms ({:.0} to {:.0})", at(50), at(0), at(100));
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// A server and one browser at it.
struct Desk {
    child: Child,
    address: String,
    events: BufReader<TcpStream>,
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Desk {
    fn open(root: &Path) -> Desk {
        let binary = std::env::var("RAPPORTEUR");
        let binary = binary.unwrap_or_else(|_| env!("CARGO_BIN_EXE_rapporteur").to_owned());
        let mut child = Command::new(binary)
            .args(["serve", "--quiet", "--port", "0"])
            .arg(root)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let address = lines.find_map(|line| {
            line.ok()?.strip_prefix("http://").map(|a| a.trim_end_matches('/').to_owned())
        });
        let address = address.expect("the address is printed");
        std::thread::spawn(move || lines.for_each(drop));
        let page = get(&address, "/");
        let at = page.find("data-version=\"").expect("pages say their version") + 14;
        let version = &page[at..at + page[at..].find('"').expect("the attribute ends")];
        let mut stream = TcpStream::connect(&address).expect("it answers");
        let path = format!("/__rapporteur/events?since={version}");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("it listens");
        let mut desk = Desk { child, address, events: BufReader::new(stream) };
        desk.event();
        desk
    }

    /// Adds a sentence to a chapter; gives the times until the event and until the page is here.
    fn save(&mut self, chapter: &Path, count: usize) -> (Duration, Duration) {
        // What was saved a moment ago is read with every save: most saves come later than that.
        std::thread::sleep(Duration::from_millis(2500));
        let text = fs::read_to_string(chapter).expect("the chapter can be read");
        let sentence = format!("This is sentence number {count} of the clerk.");
        let text = text.replacen("\n\n", &format!("\n\n{sentence}\n\n"), 2);
        let start = Instant::now();
        fs::write(chapter, text).expect("the chapter can be written");
        let event = self.event();
        let told = start.elapsed();
        let name = chapter.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        let name = name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
        let changed = event["changed"].as_array().into_iter().flatten();
        let pages: Vec<&str> = changed.filter_map(|path| path.as_str()).collect();
        let page =
            pages.iter().find(|path| path.starts_with(name) && path.ends_with("/index.html"));
        let pages = pages.iter().filter(|path| path.ends_with("index.html"));
        let found = page
            .into_iter()
            .chain(pages)
            .any(|path| get(&self.address, &format!("/{path}")).contains(&sentence));
        assert!(found, "the page with the sentence is among those that changed");
        (told, start.elapsed())
    }

    /// The next event.
    fn event(&mut self) -> serde_json::Value {
        loop {
            let mut line = String::new();
            let count = self.events.read_line(&mut line).expect("the stream goes on");
            assert!(count > 0, "the stream goes on");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).expect("an event is JSON");
            }
        }
    }

    /// The memory of the server in kB, where the system tells.
    fn memory(&self) -> String {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.map_or("?", |line| line.trim().trim_end_matches(" kB")).to_owned()
    }
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it answers");
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("it listens");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("it answers");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The chapters of a report.
fn chapters(root: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(root.join("content")).expect("there are chapters");
    let paths = entries.flatten().map(|entry| entry.path());
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|e| e == "md")).collect();
    paths.retain(|path| path.file_name().is_some_and(|name| name != "index.md"));
    paths.sort();
    paths
}

/// A report of `count` chapters, each of 2,000 words, 40 notes, 12 sources and a claim.
fn make(root: &Path, count: usize) {
    fs::create_dir_all(root.join("content")).expect("the folder can be made");
    let book = "[book]\ntitle = \"Thousand\"\nlanguage = \"en-GB\"\n\n[law]\nstate = \"KZ\"\n";
    fs::write(root.join("book.toml"), book).expect("it can be written");
    let mut sources = String::new();
    for chapter in 0..count {
        let text = chapter_text(chapter);
        let path = root.join(format!("content/{chapter:04}-chapter-{chapter}.md"));
        fs::write(path, text).expect("it can be written");
        for source in 0..12 {
            let _ = write!(
                sources,
                "s{chapter}-{source}:\n  type: report\n  title: Paper {source} on district {chapter}\n  \
                 authors: [\"Clerk {}, Ann\"]\n  issued: {}\n",
                chapter * 4 + source / 3,
                1990 + (source * 7 + chapter) % 30,
            );
        }
    }
    fs::write(root.join("citations.yaml"), sources).expect("it can be written");
}

const WORDS: [&str; 24] = [
    "the",
    "clerk",
    "of",
    "court",
    "read",
    "a",
    "letter",
    "that",
    "named",
    "nobody",
    "and",
    "filed",
    "it",
    "under",
    "rivers",
    "before",
    "noon",
    "while",
    "witnesses",
    "waited",
    "in",
    "long",
    "quiet",
    "rooms",
];

fn chapter_text(chapter: usize) -> String {
    let mut text = format!("---\ntitle: Chapter {chapter}\n---\n\n");
    let mut notes = String::new();
    let mut state = chapter as u64 + 1;
    let mut word = move || {
        // A generator of Lehmer's, so that every chapter is another and every run the same.
        state = state * 48271 % 2147483647;
        WORDS[(state >> 8) as usize % WORDS.len()]
    };
    for paragraph in 0..40 {
        if paragraph % 8 == 0 {
            let _ = write!(text, "## Section {paragraph}\n\n");
        }
        if paragraph == 5 {
            text.push_str(
                "[The police ended a peaceful meeting[^c]]{claim=assembly finding=violated \
                 by=KZ law=\"iccpr:21\"}. ",
            );
        }
        for _ in 0..4 {
            let sentence: Vec<&str> = (0..12).map(|_| word()).collect();
            let _ = write!(text, "So {}. ", sentence.join(" "));
        }
        let _ = write!(text, "It was noted.[^{paragraph}]\n\n");
        let _ = write!(notes, "[^{paragraph}]: [@s{chapter}-{}, p. 3].\n\n", paragraph % 12);
    }
    let _ = writeln!(notes, "[^c]: [@s{chapter}-0].");
    text + &notes
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder can be made");
    for entry in fs::read_dir(from).expect("the folder is there").flatten() {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy_folder(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).expect("the file can be copied")),
        }
    }
}
