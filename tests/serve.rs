//! The preview from without: a browser's requests on one side, an editor's saves on the other.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// No wait in these tests is longer.
const LIMIT: Duration = Duration::from_secs(20);

/// A project in a folder of its own and a server that shows it; both go with the test.
struct Preview {
    folder: tempfile::TempDir,
    child: Child,
    address: SocketAddr,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const ONE: &str = "---\ntitle: One\n---\n\n# One\n\nFirst text.\n";
const TWO: &str = "---\ntitle: Two\n---\n\n# Two\n\nSecond text.\n";

fn preview() -> Preview {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "book.toml", "[book]\ntitle = \"Report\"\n");
    write(folder.path(), "content/01-one.md", ONE);
    write(folder.path(), "content/02-two.md", TWO);
    let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["serve", "--port", "0"])
        .arg(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let address = lines.find_map(|line| {
        line.unwrap().strip_prefix("http://").map(|a| a.trim_end_matches('/').parse().unwrap())
    });
    // What it prints later must go somewhere.
    std::thread::spawn(move || lines.for_each(drop));
    Preview { folder, child, address: address.expect("the address is printed") }
}

fn write(root: &Path, path: &str, text: &str) {
    let full = root.join(path);
    fs::create_dir_all(full.parent().unwrap()).unwrap();
    fs::write(full, text).unwrap();
}

struct Response {
    status: u16,
    head: String,
    body: String,
}

impl Preview {
    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn save(&self, path: &str, text: &str) {
        write(self.folder.path(), path, text);
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(LIMIT)).unwrap();
        stream
    }

    /// Sends a request as it is written and reads the answer.
    fn send(&self, request: &str) -> Response {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        let status = head[9..12].parse().unwrap();
        Response { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Response {
        self.request("GET", path, &format!("Host: {}", self.address))
    }

    fn request(&self, method: &str, path: &str, headers: &str) -> Response {
        self.send(&format!("{method} {path} HTTP/1.1\r\n{headers}\r\nConnection: close\r\n\r\n"))
    }

    /// The stream of events as the front page, sent now, would open it.
    fn events(&self) -> Events {
        self.events_of("/")
    }

    /// The stream of events as the page at `path`, sent now, would open it.
    fn events_of(&self, path: &str) -> Events {
        self.events_at(&self.opening(path))
    }

    /// The address at which a page sent now opens its stream.
    fn opening(&self, path: &str) -> String {
        let page = self.get(path).body;
        let said = |name: &str| {
            let at = page.find(&format!("data-{name}=\"")).expect("pages say it") + name.len() + 7;
            page[at..at + page[at..].find('"').unwrap()].to_owned()
        };
        let path = path.replace('/', "%2F");
        format!("since={}&print={}&path={path}", said("version"), said("print"))
    }

    fn events_at(&self, opening: &str) -> Events {
        let mut stream = self.connect();
        let path = format!("/__rapporteur/events?{opening}");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        Events { lines: BufReader::new(stream) }
    }
}

struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    /// The next event's data.
    fn next(&mut self) -> serde_json::Value {
        loop {
            let mut line = String::new();
            let count = self.lines.read_line(&mut line).expect("an event in time");
            assert!(count > 0, "the stream goes on");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
    }

    /// The first event that `test` accepts.
    fn until(&mut self, test: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        let start = Instant::now();
        while start.elapsed() < LIMIT {
            let event = self.next();
            if test(&event) {
                return event;
            }
        }
        panic!("no such event within {LIMIT:?}");
    }

    /// Waits until a file of the site has changed; gives the paths that changed with it.
    fn change(&mut self, path: &str) -> Vec<String> {
        paths(&self.until(|event| paths(event).iter().any(|changed| changed == path)))
    }
}

fn paths(event: &serde_json::Value) -> Vec<String> {
    let list = event["changed"].as_array().cloned().unwrap_or_default();
    list.iter().map(|path| path.as_str().unwrap().to_owned()).collect()
}

#[test]
fn pages_are_sent_with_their_type_and_reload_themselves() {
    let preview = preview();
    let home = preview.get("/");
    assert_eq!(home.status, 200);
    assert!(home.body.contains("Report") && home.body.contains("/__rapporteur/live.js"));
    for header in ["content-type: text/html; charset=utf-8", "cache-control: no-store", "nosniff"] {
        assert!(home.head.contains(header), "{header} in {}", home.head);
    }
    assert!(preview.get("/one/?x=1").body.contains("First text."));
    let moved = preview.get("/one?x=1");
    assert_eq!(moved.status, 302);
    assert!(moved.head.contains("location: /one/?x=1"), "{}", moved.head);
    assert!(preview.get("/assets/reader.css").head.contains("content-type: text/css"));
    assert!(preview.get("/data/notes.json").head.contains("content-type: application/json"));
    let script = preview.get("/__rapporteur/live.js");
    assert!(script.head.contains("content-type: text/javascript"), "{}", script.head);
    assert!(preview.get("/__rapporteur/live.css").head.contains("content-type: text/css"));
    let head = preview.request("HEAD", "/", "Host: localhost");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    let post = preview.request("POST", "/", "Host: localhost\r\nContent-Length: 0");
    assert!(post.status == 405 && post.head.contains("allow: get, head"), "{}", post.head);
}

#[test]
fn nothing_is_written() {
    let preview = preview();
    let mut events = preview.events_of("/one/");
    preview.save("content/01-one.md", &ONE.replace("First", "Other"));
    events.change("one/index.html");
    let mut names: Vec<_> =
        fs::read_dir(preview.path("")).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["book.toml", "content"]);
}

#[test]
fn what_is_not_there_has_a_page_whose_links_hold() {
    let preview = preview();
    let missing = preview.get("/no/such/page/");
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("href=\"/assets/reader.css"), "{}", missing.body);
    assert_eq!(preview.get("/__rapporteur/other").status, 404);
}

#[test]
fn foreign_hosts_are_refused() {
    let preview = preview();
    let port = preview.address.port();
    for host in ["localhost", &format!("127.0.0.1:{port}"), "[::1]:80"] {
        assert_eq!(preview.request("GET", "/", &format!("Host: {host}")).status, 200, "{host}");
    }
    for host in ["example.org", "192.168.0.1", "localhost.example.org", "0.0.0.0", ""] {
        for path in ["/", "/__rapporteur/events", "/__rapporteur/live.js"] {
            let status = preview.request("GET", path, &format!("Host: {host}")).status;
            assert_eq!(status, 403, "{host} {path}");
        }
    }
    assert_eq!(preview.request("GET", "/", "Host: localhost\r\nHost: example.org").status, 403);
    assert_eq!(preview.request("GET", "/", "X: y").status, 403);
    assert_eq!(preview.request("GET", "http://example.org/", "Host: localhost").status, 403);
}

#[test]
fn no_path_leaves_the_site() {
    let preview = preview();
    let long = format!("/{}", "a/".repeat(4500));
    for path in [
        "/../book.toml",
        "/book.toml",
        "/content/01-one.md",
        "/%2e%2e/book.toml",
        "/..%2fbook.toml",
        "/one/../../book.toml",
        "/one/%00",
        "/..\\book.toml",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/%",
        "/%ff",
        &long,
    ] {
        let status = preview.get(path).status;
        assert!(status == 404 || status == 400, "{path}: {status}");
    }
}

#[test]
fn a_save_reloads_the_pages_that_changed_and_no_others() {
    let preview = preview();
    let (mut events, mut others) = (preview.events_of("/one/"), preview.events_of("/two/"));
    for events in [&mut events, &mut others] {
        assert!(paths(&events.next()).is_empty(), "a page that was just sent is up to date");
    }
    preview.save("content/01-one.md", &ONE.replace("First", "Newest"));
    assert_eq!(events.change("one/index.html"), ["one/index.html"]);
    assert!(paths(&others.next()).is_empty());
    assert!(preview.get("/one/").body.contains("Newest text."));
}

#[test]
fn a_page_that_was_away_hears_what_it_missed() {
    let preview = preview();
    let pages = ["/one/", "/two/"];
    let openings = pages.map(|page| preview.opening(page));
    let mut events = preview.events_of("/two/");
    preview.save("content/01-one.md", &ONE.replace("First", "Newer"));
    preview.save("content/02-two.md", &TWO.replace("Second", "Newer"));
    events.change("two/index.html");
    preview.save("themes/assets/own.css", "p { margin: 0 }");
    events.change("assets/own.css");
    for (page, opening) in pages.iter().zip(openings) {
        let missed = paths(&preview.events_at(&opening).next());
        let own = format!("{}index.html", &page[1..]);
        assert!(missed.contains(&own) && missed.contains(&"assets/own.css".to_owned()));
    }
    let other_run = preview.events_at("since=1-1").next();
    assert!(other_run["changed"].is_null(), "a page of another run is loaded anew: {other_run}");
}

#[test]
fn files_and_folders_come_go_and_change_names() {
    let preview = preview();
    let mut events = preview.events_of("/three/");
    preview.save("content/03-three.md", "# Three\n\nThird text.\n");
    events.change("three/index.html");
    preview.save("content/4-part/deep/05-five.md", "# Five\n\nFifth text.\n");
    events.until(|_| preview.get("/five/").status == 200);
    fs::rename(preview.path("content/03-three.md"), preview.path("content/03-drei.md")).unwrap();
    events.until(|_| preview.get("/drei/").status == 200);
    assert_eq!(preview.get("/three/").status, 404);
    fs::remove_file(preview.path("content/03-drei.md")).unwrap();
    events.until(|_| preview.get("/drei/").status == 404);
    fs::rename(preview.path("content/4-part"), preview.path("content/6-part")).unwrap();
    preview.save("content/6-part/deep/05-five.md", "# Five\n\nMoved text.\n");
    events.until(|_| preview.get("/five/").body.contains("Moved text."));
    fs::remove_dir_all(preview.path("content/6-part")).unwrap();
    events.until(|_| preview.get("/five/").status == 404);
}

#[test]
fn savers_that_rename_are_seen_again_and_again() {
    let preview = preview();
    let mut events = preview.events();
    for step in 0..3 {
        // Vim with backups: the old file is renamed away, a new one is made.
        fs::rename(preview.path("content/01-one.md"), preview.path("content/01-one.md~")).unwrap();
        preview.save("content/01-one.md", &ONE.replace("First", &format!("Vim{step}")));
        events.until(|_| preview.get("/one/").body.contains(&format!("Vim{step} text.")));
        // Most others: written beside, renamed into place.
        preview.save("content/.one.tmp", &ONE.replace("First", &format!("Atomic{step}")));
        fs::rename(preview.path("content/.one.tmp"), preview.path("content/01-one.md")).unwrap();
        events.until(|_| preview.get("/one/").body.contains(&format!("Atomic{step} text.")));
        let title = format!("[book]\ntitle = \"Title {step}\"\n");
        preview.save("book.tmp", &title);
        fs::rename(preview.path("book.tmp"), preview.path("book.toml")).unwrap();
        events.until(|_| preview.get("/").body.contains(&format!("Title {step}")));
    }
}

#[test]
fn settings_sources_themes_and_laws_are_watched() {
    let preview = preview();
    let mut events = preview.events();
    preview.save("content/01-one.md", &format!("{ONE}\nCited.[^a]\n\n[^a]: [@key].\n"));
    events.until(|event| event["problems"].to_string().contains("unknown-source"));
    preview.save("citations.yaml", "key:\n  type: news\n  title: A Title\n");
    events.until(|event| !event["problems"].to_string().contains("unknown-source"));
    preview.save("themes/404.html", "<p>Own page</p>");
    events.until(|_| preview.get("/nowhere").body.contains("Own page"));
    // Another content folder, that was not watched before.
    preview.save("text/01-new.md", "# New\n\nNew text.\n");
    preview.save("book.toml", "[book]\nsrc = \"text\"\n");
    events.until(|_| preview.get("/new/").status == 200);
    assert_eq!(preview.get("/one/").status, 404);
    preview.save("text/01-new.md", "# New\n\nNewer text.\n");
    events.until(|_| preview.get("/new/").body.contains("Newer text."));
}

#[test]
fn a_problem_in_a_chapter_is_shown_with_its_page_and_goes_when_mended() {
    let preview = preview();
    let mut events = preview.events_of("/one/");
    preview.save("content/01-one.md", &ONE.replace("First text.", "Broken.[^none]"));
    let event = events.change("one/index.html");
    assert!(!event.is_empty());
    let mut late = preview.events();
    let problems = &late.next()["problems"];
    assert!(problems["standing"].is_null(), "{problems}");
    let item = &problems["items"][0];
    assert_eq!(item["code"], "undefined-note");
    assert_eq!(item["file"], "content/01-one.md");
    assert_eq!((item["line"].as_u64(), item["column"].as_u64()), (Some(7), Some(8)), "{item}");
    preview.save("content/01-one.md", ONE);
    late.until(|event| event["problems"]["items"].as_array().is_some_and(Vec::is_empty));
}

#[test]
fn a_broken_save_leaves_the_last_good_site() {
    let breaks = [
        ("book.toml", "[book]\ntitle = \"Report\"\n", "[book\ntitle = 3"),
        ("themes/404.html", "<p>Good</p>", "<p>{{ </p>"),
        ("themes/404.html", "<p>Good</p>", "<p>{{ nothing.there.at.all }}</p>"),
    ];
    let preview = preview();
    let mut events = preview.events();
    for (step, (path, good, bad)) in breaks.iter().enumerate() {
        preview.save(path, bad);
        let event = events.until(|event| event["problems"]["standing"].is_string());
        assert!(event["problems"]["standing"].to_string().contains(path), "{event}");
        assert_eq!(event["problems"]["items"][0]["file"], *path, "{event}");
        assert!(preview.get("/").body.contains("Report") && preview.get("/one/").status == 200);
        // What is written meanwhile is not lost.
        preview.save("content/02-two.md", &TWO.replace("Second", &format!("Meanwhile{step}")));
        preview.save(path, good);
        events.until(|event| event["problems"]["standing"].is_null());
        events.until_page(&preview, "/two/", &format!("Meanwhile{step} text."));
    }
}

impl Events {
    /// Waits until a page has `words`; it may have them already.
    fn until_page(&mut self, preview: &Preview, page: &str, words: &str) {
        if !preview.get(page).body.contains(words) {
            self.until(|_| preview.get(page).body.contains(words));
        }
    }
}

#[test]
fn a_folder_that_vanishes_and_comes_back_is_found() {
    let preview = preview();
    let mut events = preview.events();
    let away = preview.folder.path().with_extension("away");
    fs::rename(preview.path(""), &away).unwrap();
    let event = events.until(|event| event["problems"]["standing"].is_string());
    assert!(preview.get("/one/").body.contains("First text."), "{event}");
    fs::rename(&away, preview.path("")).unwrap();
    events.until(|event| event["problems"]["standing"].is_null());
    preview.save("content/01-one.md", &ONE.replace("First", "Back"));
    events.until_page(&preview, "/one/", "Back text.");
}

#[test]
fn of_quick_saves_the_last_is_shown() {
    let preview = preview();
    let mut events = preview.events();
    preview.save("content/01-one.md", &ONE.replace("First", "Quick"));
    preview.save("content/01-one.md", &ONE.replace("First", "Quicker"));
    events.until_page(&preview, "/one/", "Quicker text.");
    for step in 0..100 {
        preview.save("content/01-one.md", &ONE.replace("First", &format!("S{step:03}")));
        preview.save("content/02-two.md", &TWO.replace("Second", &format!("S{step:03}")));
        std::thread::sleep(Duration::from_millis(3));
    }
    events.until_page(&preview, "/one/", "S099 text.");
    events.until_page(&preview, "/two/", "S099 text.");
}

#[test]
fn a_port_that_is_taken_and_a_report_that_is_not_there_end_with_2() {
    let preview = preview();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        let output = command.arg("serve").args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let dir = preview.path("").to_string_lossy().into_owned();
    let (code, words) = run(&["--port", &preview.address.port().to_string(), &dir]);
    assert_eq!(code, Some(2));
    assert!(words.contains("--port 0"), "{words}");
    let (code, words) = run(&["--port", "0", &format!("{dir}/content")]);
    assert_eq!(code, Some(2));
    assert!(words.contains("book.toml"), "{words}");
}
