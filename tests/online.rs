//! `check --online` against a web server of our own.

use assert_cmd::Command;
use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;

/// What was asked, and how often.
type Asked = Arc<Mutex<HashMap<String, usize>>>;

/// A server that answers each path in its own way; its address, and what it was asked.
fn server() -> (String, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = Asked::default();
    let (count, own) = (asked.clone(), address.clone());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (count, own) = (count.clone(), own.clone());
            thread::spawn(move || answer(stream, &count, &own));
        }
    });
    (address, asked)
}

fn answer(mut stream: TcpStream, asked: &Asked, own: &str) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let request = lines.next()?.ok()?;
    while !lines.next()?.ok()?.is_empty() {}
    let mut words = request.split(' ');
    let (method, path) = (words.next()?, words.next()?);
    let times = {
        let mut asked = asked.lock().unwrap();
        let times = asked.entry(format!("{method} {path}")).or_default();
        *times += 1;
        *times
    };
    let copy = format!(
        r#"{{"archived_snapshots": {{"closest": {{"url": "{own}/copy", "timestamp": "20190612000000"}}}}}}"#
    );
    let (head, body) = match (method, path) {
        (_, "/stands" | "/copy") => ("200 OK", ""),
        ("HEAD", "/no-head") => ("405 Method Not Allowed", ""),
        ("GET", "/no-head") => ("200 OK", ""),
        (_, "/moved") => ("301 Moved Permanently\r\nLocation: /stands", ""),
        (_, "/shut") => ("403 Forbidden", ""),
        ("GET", "/busy") if times > 1 => ("200 OK", ""),
        (_, "/busy") => ("429 Too Many Requests\r\nRetry-After: 0", ""),
        (_, path) if path.starts_with("/archive?") => ("200 OK", copy.as_str()),
        _ => ("404 Not Found", ""),
    };
    let length = body.len();
    write!(stream, "HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
        .ok()
}

fn report(web: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: String| fs::write(folder.path().join(path), text).unwrap();
    fs::create_dir(folder.path().join("content")).unwrap();
    write("book.toml", "[book]\ntitle = \"x\"\n".to_owned());
    write(
        "content/01-a.md",
        format!(
            "# A\n\n[One]({web}/stands#part), [two]({web}/no-head), [three]({web}/moved), \
                 [four]({web}/shut), [five]({web}/busy), [six]({web}/lost).[^n]\n\n[^n]: [@gone]\n"
        ),
    );
    write(
        "citations.yaml",
        format!(
            "gone:\n  type: web\n  title: Gone\n  url: {web}/gone\n  accessed: 2019-06-12\n  issued: 2019\n"
        ),
    );
    folder
}

fn check(folder: &Path, web: &str) -> (String, String) {
    let output = Command::cargo_bin("rapporteur")
        .expect("the binary is built")
        .args(["check", "--online", "--format", "short", "--archive"])
        .arg(format!("{web}/archive"))
        .arg(folder)
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(0));
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr))
}

#[test]
fn dead_links_are_told_and_the_rest_is_let_be() {
    let (web, asked) = server();
    let folder = report(&web);
    let (found, told) = check(folder.path(), &web);
    let lines: Vec<&str> = found.lines().collect();
    assert_eq!(lines.len(), 2, "{found}{told}");
    assert!(
        lines[0].starts_with("citations.yaml:4:8: warning[dead-link]: nothing stands at"),
        "{found}"
    );
    assert!(lines[0].ends_with("/gone any more: 404 Not Found"), "{found}");
    assert!(lines[1].starts_with("content/01-a.md:3:") && lines[1].contains("/lost"), "{found}");
    assert!(told.contains("7 external addresses: 7 asked, 0 stood lately"), "{told}");
    assert!(told.contains(&format!("not checked: {web}/shut: 403 Forbidden")), "{told}");
    assert_eq!(asked.lock().unwrap().get("GET /stands"), None);
    // The day on which the author read the page goes to the archive.
    let query =
        |asked: &String| asked.contains("/archive?") && asked.ends_with("timestamp=20190612");
    assert!(asked.lock().unwrap().keys().any(query));
    // What stood is not asked again.
    let (again, told) = check(folder.path(), &web);
    assert_eq!(again, found);
    assert!(told.contains("7 external addresses: 3 asked, 4 stood lately"), "{told}");
    assert_eq!(asked.lock().unwrap()["HEAD /stands"], 2, "once itself, once by /moved");
    assert_eq!(fs::read_to_string(folder.path().join(".rapporteur/.gitignore")).unwrap(), "*\n");
}

#[test]
fn the_copy_in_an_archive_is_offered() {
    let (web, _) = server();
    let folder = report(&web);
    let output = Command::cargo_bin("rapporteur")
        .unwrap()
        .args(["check", "--online", "-q", "--format", "json", "--archive"])
        .arg(format!("{web}/archive"))
        .arg(folder.path())
        .output()
        .unwrap();
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found[0]["code"], "dead-link");
    let help = found[0]["help"].as_str().unwrap();
    assert_eq!(
        help,
        format!("add `archived: {{url: \"{web}/copy\", date: 2019-06-12}}` to the entry")
    );
}

#[test]
fn without_a_network_nothing_is_accused() {
    let folder = report("http://no-such-host.invalid");
    let (found, told) = check(folder.path(), "http://no-such-host.invalid");
    assert_eq!(found, "");
    assert!(told.contains("nothing was checked"), "{told}");
}
