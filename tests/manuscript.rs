//! `rapporteur import` of manuscripts, as an author runs it; and that escaped words stay words.

use assert_cmd::Command;
use proptest::prelude::*;
use rapporteur::document::{Block, plain_text, walk_blocks};
use rapporteur::manuscript::{Changes, Form, Known, Manuscript, Options, nothing_beside, read};
use rapporteur::parse::parse;
use rapporteur::source::Sources;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A report without chapters.
fn report() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::create_dir(folder.path().join("content")).expect("a folder can be made");
    let book = "[book]\ntitle = \"Test\"\n\n[law]\nstate = \"KZ\"\ndate = \"2019-11-22\"\n";
    fs::write(folder.path().join("book.toml"), book).expect("it can be written");
    fs::write(folder.path().join("content/index.md"), "A report.\n").expect("it can be written");
    folder
}

/// Runs a command in the report; gives its status, what it printed and what it said.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("rapporteur").expect("the program is built");
    let output = command.current_dir(folder).args(arguments).output().expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

fn put(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("it can be written");
}

fn get(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("it can be read")
}

const FLAT: &str = "\
Chapter 4: The ports
The northern ports were closed in a year of plenty, and nobody was asked.7 In 2019,8 4,000 families left.
Freedom of assembly
The ban on meetings violates the right to freedom of peaceful assembly enshrined in the ICCPR (Article 21).9 It was lifted in 2019.10

Notes
7 https://example.org/ports
8 Harbour Watch, ‘Four thousand’, 12 March 2019, https://watch.example/4000.
9 See https://example.org/ports, p. 4.
10 Interview, May 2019.
";

#[test]
fn a_text_becomes_a_chapter_with_its_sources() {
    let folder = report();
    let folder = folder.path();
    put(folder, "the ports (final).txt", FLAT);
    put(
        folder,
        "citations.yaml",
        "# Mine.\nold: {type: web, title: Old, url: \"https://old.example\", accessed: 2019-01-01}\n",
    );
    let (status, told, said) = run(folder, &["import", "the ports (final).txt"]);
    assert_eq!(status, 0, "{said}");
    let text = get(folder, "content/the-ports-final.md");
    for words in [
        "title: The ports\nnumber: 4\nstart:\n  note: 7\n",
        "nobody was asked.[^7] In 2019,[^8] 4,000 families left.",
        "## Freedom of assembly",
        "[^7]: [@example]\n",
        "[^8]: [@harbour-watch-2019].\n",
        "[^9]: See [@example], p. 4.\n",
        "[^10]: Interview, May 2019.\n",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(told.contains("the ports (final).txt:2: 4 note marks, 7 to 10"), "{told}");
    let citations = get(folder, "citations.yaml");
    assert!(citations.starts_with("# Mine.\nold: {type: web,"), "{citations}");
    for words in ["harbour-watch-2019:", "Four thousand", "2019-03-12", "https://example.org/ports"]
    {
        assert!(citations.contains(words), "{words}\n{citations}");
    }
    let (status, found, _) = run(folder, &["check", "--format", "short"]);
    assert!(status == 0 && !found.contains("error["), "{found}");
}

#[test]
fn the_second_run_writes_nothing_and_the_third_asks_for_a_name() {
    let folder = report();
    let folder = folder.path();
    put(folder, "a.txt", FLAT);
    assert_eq!(run(folder, &["import", "a.txt"]).0, 0);
    let first = (get(folder, "content/a.md"), get(folder, "citations.yaml"));
    let (status, _, said) = run(folder, &["import", "a.txt"]);
    assert!(status == 0 && said.contains("says the same"), "{said}");
    assert_eq!((get(folder, "content/a.md"), get(folder, "citations.yaml")), first);
    put(folder, "content/a.md", "Mine.\n");
    let (status, told, said) = run(folder, &["import", "a.txt"]);
    assert!(status == 1 && said.contains("`--to content/a-2.md`") && told.is_empty(), "{said}");
    assert_eq!(get(folder, "content/a.md"), "Mine.\n");
    assert_eq!(run(folder, &["import", "a.txt", "--to", "content/part/b.md"]).0, 0);
    assert_eq!(get(folder, "content/part/b.md"), first.0);
    for wrong in ["../b.md", "b.txt", "content/../../b.md"] {
        assert_eq!(run(folder, &["import", "a.txt", "--to", wrong]).0, 1, "{wrong}");
    }
}

#[test]
fn claims_are_declared_where_the_author_says_yes() {
    let folder = report();
    let folder = folder.path();
    put(folder, "a.txt", FLAT);
    let (status, told, _) = run(folder, &["import", "a.txt", "--declare-claims"]);
    assert!(status == 0 && told.contains("1 claim declared"), "{told}");
    let text = get(folder, "content/a.md");
    assert!(text.contains("{claim=assembly finding=violated}"), "{text}");
    let (_, claims, _) = run(folder, &["list", "claims"]);
    assert!(claims.contains("iccpr:21"), "{claims}");
    let (status, _, said) = run(folder, &["import", "a.txt", "--declare-claims"]);
    assert!(status == 0 && said.contains("says the same"), "{said}");
}

#[test]
fn nothing_is_written_on_trial() {
    let folder = report();
    put(folder.path(), "a.txt", FLAT);
    let (status, told, said) = run(folder.path(), &["import", "a.txt", "--dry-run"]);
    assert!(
        status == 0 && told.contains("4 note marks") && said.contains("2 files would be"),
        "{said}"
    );
    assert!(
        !folder.path().join("content/a.md").exists()
            && !folder.path().join("citations.yaml").exists()
    );
}

#[test]
fn other_forms_are_told_by_their_ending() {
    let folder = report();
    let folder = folder.path();
    put(
        folder,
        "a.html",
        "<h1>Ports</h1><p>Closed.<sup><a href=\"#n1\" id=\"r1\">1</a></sup></p><ol><li id=\"n1\">Order. <a href=\"#r1\">↩</a></li></ol>",
    );
    put(
        folder,
        "b.md",
        "---\ntitle: B\nbibliography: x.bib\n---\n\nText.^[In place.] And.[^a]\n\n::: box\n## Box\nIn it.\n:::\n\n[^a]: Note.\n",
    );
    let json = r#"{"pandoc-api-version":[1,22],"meta":{},"blocks":[{"t":"Para","c":[{"t":"Str","c":"Closed."},{"t":"Note","c":[{"t":"Para","c":[{"t":"Cite","c":[[{"citationId":"x","citationPrefix":[{"t":"Str","c":"see"}],"citationSuffix":[{"t":"Str","c":", p. 3"}],"citationMode":{"t":"NormalCitation"}}],[]]}]}]}]}]}"#;
    put(folder, "c.json", json);
    put(folder, "d.docx", "no document");
    for name in ["a.html", "b.md", "c.json"] {
        let (status, _, said) = run(folder, &["import", name]);
        assert_eq!(status, 0, "{name}: {said}");
    }
    assert!(get(folder, "content/a.md").contains("Closed.[^1]\n\n[^1]: Order.\n"));
    assert!(
        get(folder, "content/b.md")
            .contains("Text.^[In place.] And.[^a]\n\n> [!box] Box\n> In it.\n")
    );
    assert!(get(folder, "content/c.md").contains("Closed.[^1]\n\n[^1]: [see @x, p. 3]\n"));
    let (status, _, said) = run(folder, &["import", "d.docx"]);
    assert!(
        status == 1 && said.contains("d.docx cannot be read: it is no Word document"),
        "{said}"
    );
}

/// The seed, where `SEED` names its text; its sentences are not ours, so it is not here.
#[test]
fn the_seed_comes_in_whole() {
    let Some(path) = std::env::var_os("RAPPORTEUR_SEED") else { return };
    let read = as_read(&fs::read(path).expect("the seed can be read"), Form::Text);
    let count = |words: &str| read.guesses.iter().filter(|g| g.words.contains(words)).count();
    assert_eq!(count("172 note marks, 97 to 268"), 1);
    assert_eq!(
        [count("pull quote: "), count("box of "), count("heading of "), count("block quote: ")],
        [8, 2, 15, 1]
    );
    assert_eq!(count("out of order"), 0);
}

fn as_read(bytes: &[u8], form: Form) -> Manuscript {
    let known = Known::default();
    let options = Options {
        changes: Changes::Accept,
        folder: "images",
        beside: &nothing_beside,
        known: &known,
    };
    read(bytes, form, &options).expect("it can be read")
}

/// The words of a chapter as a reader sees them.
fn words(text: &str) -> String {
    let mut sources = Sources::default();
    let file = sources.add_text("content/a.md", text);
    let unit = parse(&sources, file);
    let mut out = Vec::new();
    let mut take = |block: &Block| {
        for list in block.inline_lists() {
            out.push(plain_text(list));
        }
    };
    walk_blocks(&unit.blocks, &mut take);
    out.join("\n")
}

#[test]
fn what_looks_like_markdown_stays_text() {
    let line = "The file a*b*c_d_ and _e_ [see] <b>it</b> & \\co &amp; `x` @someone, name@example.org ^[no] {curly} ~~no~~ ![no](no) [no](no) [^no] [no]: no it is.";
    let text = format!("<p>{}</p><p>Second</p>", line.replace('&', "&amp;").replace('<', "&lt;"));
    let read = as_read(text.as_bytes(), Form::Html);
    assert_eq!(words(&read.text), format!("{line}\nSecond"), "{}", read.text);
    for line in [
        "# one", "> two", "- three", "+ four", "12. five", "1) six", "***", "- - -", "===",
        ": seven", "| a |", "::: box", "[a]: b", "    code",
    ] {
        let page = format!("<p>before<br>{0}</p><p>{0}</p>", line.replace('>', "&gt;"));
        let read = as_read(page.as_bytes(), Form::Html);
        let found = words(&read.text).replace(['–', '—'], "-");
        let line = line.trim().to_owned();
        assert_eq!(found.matches(&line).count(), 2, "{line}: {found:?}\n{}", read.text);
    }
}

#[test]
fn emphasis_is_read_as_it_was_written() {
    for page in [
        "a<b>“b”</b>c",
        "a <i>b</i>, <b>c </b>d",
        "<b>a</b><i>b</i>",
        "<i>a<b>b</b></i>c",
        "<b><i>a</i> b</b>",
        "x<i>,</i>y",
        "(<b>a</b>)",
        "<s>a</s>b",
        "<b>a</b>b<b>c</b>",
        "<i>a</i><i>b</i>",
        "<i>‘a’ b</i>’s",
    ] {
        let plain: String =
            page.split('<').map(|part| part.rsplit('>').next().unwrap_or(part)).collect();
        let read = as_read(format!("<p>{page}</p>").as_bytes(), Form::Html);
        assert_eq!(words(&read.text), plain, "{page}: {}", read.text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Words of a page are the words of the chapter, whatever signs are among them.
    #[test]
    fn words_stay_words(text in "[a-c \\\\`*_~<>&\\[\\](){}@!#^|:;=+.1-]{1,40}") {
        let page = format!("<p>x {} x</p>", text.replace('&', "&amp;").replace('<', "&lt;"));
        let read = as_read(page.as_bytes(), Form::Html);
        // The parser makes typographic signs of dashes and dots.
        let plain = |text: &str| {
            let text = text.replace(['–', '—', '-'], "").replace(['…', '.'], "");
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        prop_assert_eq!(plain(&words(&read.text)), plain(&format!("x {text} x")), "{}", read.text);
    }

    /// No bytes of any form bring a reader down.
    #[test]
    fn no_bytes_bring_a_reader_down(text in "\\PC{0,200}", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let known = Known::default();
        let options = Options { changes: Changes::Refuse, folder: "images", beside: &nothing_beside, known: &known };
        for form in [Form::Text, Form::Docx, Form::Html, Form::Markdown, Form::Json] {
            let _ = read(text.as_bytes(), form, &options);
            let _ = read(&bytes, form, &options);
        }
    }
}
