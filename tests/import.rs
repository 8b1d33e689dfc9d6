//! `rapporteur import` end to end: files in, `citations.yaml` out, nothing overwritten.

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// What a run said and did.
struct Run {
    status: i32,
    out: String,
    err: String,
}

/// A report in a folder of its own.
struct Project(TempDir);

impl Project {
    fn new(citations: Option<&[u8]>) -> Project {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("book.toml"), "[book]\ntitle = \"T\"\n").expect("written");
        fs::create_dir(folder.path().join("content")).expect("made");
        if let Some(bytes) = citations {
            fs::write(folder.path().join("citations.yaml"), bytes).expect("written");
        }
        Project(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn citations(&self) -> String {
        let bytes = fs::read(self.path().join("citations.yaml")).expect("citations.yaml is there");
        String::from_utf8(bytes).expect("it is UTF-8")
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let mut command = Command::cargo_bin("rapporteur").expect("the program is built");
        let output = command.current_dir(self.path()).args(arguments).output().expect("it runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it speaks UTF-8");
        Run {
            status: output.status.code().expect("it ends by itself"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    fn import(&self, name: &str, bytes: impl AsRef<[u8]>) -> Run {
        fs::write(self.path().join(name), bytes).expect("written");
        self.run(&["import", name])
    }
}

const BIB: &str = r#"@string{jhr = "Journal of Human Rights"}
@article{smith2019,
  author = {Smith, John and {Adil Soz} and Ludwig van Beethoven and King, Jr., Martin Luther},
  title = {The {NASA} {\'E}tudes: a \emph{passim} story},
  journal = jhr, volume = 12, number = 3, pages = {21--45}, month = may, year = 2019,
  doi = {https://doi.org/10.1080/abc_def}, weird = {kept}, abstract = {One line
  and another}
}
@incollection{part, crossref = {whole}, title = {Part}, author = {Doe, Jane}}
@book{whole, title = {The Whole}, editor = {Roe, R.}, publisher = {P}, date = {2019-05/2020~}}
"#;

#[test]
fn a_bibliography_becomes_entries_that_check_reads() {
    let project = Project::new(None);
    let run = project.import("refs.bib", BIB);
    assert_eq!((run.status, run.out.as_str()), (0, ""), "{}", run.err);
    assert!(
        run.err.ends_with("3 sources added to citations.yaml, 0 there already\n"),
        "{}",
        run.err
    );
    let expected = r#"smith2019:
  type: article-journal
  authors: ["Smith, John", {org: Adil Soz}, "van Beethoven, Ludwig", "King, Martin Luther, Jr."]
  title: "The NASA Études: a *passim* story"
  container-title: Journal of Human Rights
  volume: 12
  issue: 3
  pages: 21–45
  issued: 2019-05
  doi: 10.1080/abc_def
  abstract: One line and another
  csl:
    weird: kept
part:
  type: chapter
  authors: ["Doe, Jane"]
  title: Part
  editors: ["Roe, R."]
  container-title: The Whole
  publisher: P
  issued: 2019-05/2020~
whole:
  type: book
  title: The Whole
  editors: ["Roe, R."]
  publisher: P
  issued: 2019-05/2020~
"#;
    assert_eq!(project.citations(), expected);
    let check = project.run(&["check", "--format", "short"]);
    assert!(!check.out.contains("error["), "{}", check.out);
}

#[test]
fn a_second_import_changes_nothing() {
    let project = Project::new(None);
    project.import("refs.bib", BIB);
    let once = project.citations();
    let run = project.import("refs.bib", BIB);
    assert_eq!((run.status, project.citations()), (0, once));
    assert_eq!(run.err, "0 sources added to citations.yaml, 3 there already\n");
}

#[test]
fn what_is_there_stays_byte_for_byte() {
    let old = "\u{FEFF}# ours\r\n\r\nsmith2019:   # the first\r\n    title:  'Mine'\r\n    type: book\r\n# the end";
    let project = Project::new(Some(old.as_bytes()));
    let run = project.import("refs.bib", BIB);
    assert_eq!(run.status, 0, "{}", run.out);
    let text = project.citations();
    let rest = text.strip_prefix(old).expect("the old text is untouched");
    assert!(rest.starts_with("\r\n\r\nsmith2019-2:\r\n  type: article-journal\r\n"), "{rest}");
    assert!(!rest.replace("\r\n", "").contains('\n'));
    let words = "refs.bib:2:1: warning[changed-key]: another source has the key `smith2019`: this one is cited as `smith2019-2`\n";
    assert_eq!(run.out, words);
}

#[test]
fn a_work_that_is_there_is_not_changed_and_not_doubled() {
    let old = "mine: {type: news, title: Page, url: \"https://www.example.org/a/\", title-translated: x}\n\
               b: {type: book, title: Same, issued: 2001}\n";
    let project = Project::new(Some(old.as_bytes()));
    let json = r#"[{"id": "theirs", "type": "webpage", "title": "Page", "URL": "http://example.org/a"},
        {"id": "b", "type": "book", "title": "Same", "issued": {"date-parts": [[2002]]}, "publisher": "P"}]"#;
    let run = project.import("refs.json", json);
    assert_eq!((run.status, project.citations().as_str()), (0, old));
    let expected = "refs.json:1:2: warning[differing-source]: `theirs` is there already as `mine`, with other words or none in `type`, `URL`: it stays as it is\n\
        refs.json:2:9: warning[differing-source]: `b` is there already, with other words or none in `publisher`, `issued`: it stays as it is\n";
    assert_eq!(run.out, expected);
}

#[test]
fn what_is_broken_is_named_at_its_place_and_the_rest_is_read() {
    let project = Project::new(None);
    let bib =
        "@book{a, title = {A}}\n@book{b, title {B}}\n@book{c, title = {C\n@book{d, title = {D}}\n";
    let run = project.import("refs.bib", bib);
    assert_eq!(run.status, 1);
    assert!(run.out.contains("refs.bib:2:16: error[unreadable-record]"), "{}", run.out);
    assert!(run.out.contains("refs.bib:3:1: error[unreadable-record]"), "{}", run.out);
    assert!(project.citations().contains("\nd:\n"), "{}", project.citations());
    let json = "[{\"id\": \"e\", \"type\": \"book\", \"title\": \"E\"},\n {\"id\": \"f\" \"type\": 1},\n {\"id\": \"g\", \"title\": \"G\"}]";
    let run = project.import("refs.json", json);
    assert!(run.out.starts_with("refs.json:2:13: error[unreadable-record]"), "{}", run.out);
    assert!(project.citations().contains("\ne:\n") && project.citations().contains("\ng:\n"));
}

#[test]
fn other_encodings_are_read_or_named() {
    let project = Project::new(None);
    let ris = "TY  - BOOK\r\nID  - a\r\nTI  - Ünal\r\nER  - \r\n";
    let wide: Vec<u8> =
        std::iter::once(0xFEFF).chain(ris.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let run = project.import("wide.ris", wide);
    assert_eq!(
        (run.status, project.citations().as_str()),
        (0, "a:\n  type: book\n  title: Ünal\n"),
        "{}",
        run.out
    );
    let narrow = b"TY  - BOOK\r\nID  - b\r\nTI  - Caf\xE9\r\nER  - \r\nTY  - BOOK\r\nID  - c\r\nTI  - Tea\r\nER  - \r\n";
    let run = project.import("narrow.ris", narrow);
    assert_eq!(run.status, 1);
    assert!(run.out.contains("narrow.ris:3:10: error[bad-encoding]"), "{}", run.out);
    assert!(!project.citations().contains("Caf") && project.citations().contains("Tea"));
}

#[test]
fn a_bibliography_that_cannot_be_added_to_is_left_alone() {
    let old = "{a: {type: book, title: A}}\n";
    let project = Project::new(Some(old.as_bytes()));
    let run = project.import("refs.bib", BIB);
    assert_eq!((run.status, project.citations().as_str()), (2, old));
    assert!(run.err.starts_with("error: cannot add to citations.yaml: "), "{}", run.err);
}

#[test]
fn a_dry_run_writes_nothing_and_quiet_says_nothing() {
    let project = Project::new(None);
    fs::write(project.path().join("refs.bib"), BIB).expect("written");
    let run = project.run(&["import", "refs.bib", "--dry-run"]);
    assert!(run.err.contains("3 sources would be added to citations.yaml"), "{}", run.err);
    assert!(!project.path().join("citations.yaml").exists());
    let run = project.run(&["import", "refs.bib", "--quiet"]);
    assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (0, "", ""));
}

#[test]
fn a_file_of_no_known_kind_and_a_missing_one_are_misuse() {
    let project = Project::new(None);
    let run = project.import("refs.xyz", "");
    assert_eq!(run.status, 2);
    assert!(run.err.contains("neither a bibliography nor a manuscript"), "{}", run.err);
    assert_eq!(project.run(&["import", "none.bib"]).status, 2);
}

#[test]
fn the_list_of_a_site_is_read_back_without_a_change() {
    let project = Project::new(None);
    project.import("refs.bib", BIB);
    let before = project.citations();
    fs::write(project.path().join("content/a.md"), "# A\n\nX [@smith2019; @part; @whole].\n")
        .expect("written");
    assert_eq!(project.run(&["build"]).status, 0);
    for ending in ["bib", "ris", "json"] {
        let run = project.run(&["import", &format!("site/data/sources.{ending}")]);
        assert_eq!((run.out.as_str(), project.citations()), ("", before.clone()), "{ending}");
    }
}
