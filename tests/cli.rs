//! The commands from without: what they print, write and answer.

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const BOOK: &str = "[book]\ntitle = \"A | Case\"\ndate = \"2019-11-22\"\n\n[law]\nstate = \"KZ\"\n";
const CHAPTER: &str = "\
# One

The ban violated the right to freedom of expression enshrined in the ICCPR (Articles 19).[^a] More.[^b]

[^a]: A note.
";

fn rapporteur() -> Command {
    let mut command = Command::cargo_bin("rapporteur").expect("the binary is built");
    command.env_remove("RUST_BACKTRACE");
    command
}

/// A report in a folder of its own.
fn report(chapter: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("book.toml"), BOOK).unwrap();
    fs::create_dir(folder.path().join("content")).unwrap();
    fs::write(folder.path().join("content/01-one.md"), chapter).unwrap();
    folder
}

/// Every file below `folder` with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => {
                    let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                    found.insert(name, fs::read(&path).unwrap());
                }
            }
        }
    }
    found
}

fn stdout(output: &std::process::Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("UTF-8")
}

#[test]
fn a_new_report_is_clean_and_builds() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("my report");
    rapporteur().arg("new").arg(&dir).assert().success();
    let checked = rapporteur().args(["check", "--deny", "warnings"]).arg(&dir).assert().success();
    assert_eq!(stdout(checked.get_output()), "");
    rapporteur().arg("build").current_dir(dir.join("content")).assert().success();
    assert!(dir.join("site/index.html").is_file());
    // What is there is never overwritten.
    let before = files(&dir);
    rapporteur().arg("new").arg(&dir).assert().code(2);
    assert_eq!(files(&dir), before);
}

#[test]
fn the_exit_status_says_who_must_act() {
    let faulty = report(CHAPTER);
    rapporteur().arg("check").arg(faulty.path()).assert().code(1);
    let warned = report("# One\n\nText.\n\n[^x]: never called\n");
    rapporteur().arg("check").arg(warned.path()).assert().code(0);
    rapporteur().args(["check", "--deny", "warnings"]).arg(warned.path()).assert().code(1);
    rapporteur().arg("check").arg(faulty.path().join("nowhere")).assert().code(2);
    rapporteur().arg("explain").arg("no-such-code").assert().code(2);
    // A faulty build leaves the site to look at.
    rapporteur().arg("build").arg(faulty.path()).assert().code(1);
    assert!(faulty.path().join("site/one/index.html").is_file());
}

#[test]
fn check_writes_nothing() {
    let folder = report(CHAPTER);
    let before = files(folder.path());
    rapporteur().arg("check").arg(folder.path()).assert().code(1);
    rapporteur().args(["check", "--fix", "--dry-run"]).arg(folder.path()).assert().code(1);
    assert_eq!(files(folder.path()), before);
}

#[test]
fn each_format_names_every_problem_at_its_place() {
    let folder = report(CHAPTER);
    let run = |format: &str| {
        let mut command = rapporteur();
        command.args(["check", "--quiet", "--format", format]).arg(folder.path());
        let output = command.output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let codes = ["undeclared-claim", "article-number-agreement", "undefined-note"];
    let short = run("short");
    assert!(
        short
            .lines()
            .any(|line| { line.starts_with("content/01-one.md:3:100: error[undefined-note]:") }),
        "{short}"
    );
    let json: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
    let found: Vec<&str> =
        json.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(found, codes);
    let github = run("github");
    assert_eq!(github.lines().count(), 3, "{github}");
    let undefined = "::error file=content/01-one.md,line=3,endLine=3,col=100,endColumn=104,title=undefined-note::";
    assert!(github.contains(undefined), "{github}");
    let sarif: serde_json::Value = serde_json::from_str(&run("sarif")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let ids: Vec<&str> = results.iter().map(|one| one["ruleId"].as_str().unwrap()).collect();
    assert_eq!(ids, codes);
    for (result, id) in results.iter().zip(ids) {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(sarif["runs"][0]["tool"]["driver"]["rules"][index]["id"], id);
    }
    let region = &results[2]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        region.to_string(),
        r#"{"startLine":3,"startColumn":100,"endLine":3,"endColumn":104}"#
    );
}

#[test]
fn annotations_name_files_from_the_repository_on() {
    let repository = tempfile::tempdir().unwrap();
    fs::create_dir(repository.path().join(".git")).unwrap();
    let inside = repository.path().join("a, b");
    rapporteur().arg("new").arg(&inside).assert().success();
    fs::write(inside.join("content/02 two.md"), "# Two\n\nText.[^x]\n").unwrap();
    let run = |format: &str| {
        let output =
            rapporteur().args(["check", "--format", format]).arg(&inside).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(run("github").starts_with("::error file=a%2C b/content/02 two.md,line=3"));
    assert!(run("sarif").contains(r#""uri": "a%2C%20b/content/02%20two.md""#));
}

#[test]
fn fixes_are_shown_and_made() {
    let folder = report(CHAPTER);
    let path = folder.path().join("content/01-one.md");
    // A byte-order mark and the line ends of another system stay.
    fs::write(&path, format!("\u{feff}{}", CHAPTER.replace('\n', "\r\n"))).unwrap();
    let run = rapporteur()
        .args(["check", "--format", "short", "--fix=article-number-agreement"])
        .arg(folder.path())
        .assert()
        .code(1);
    let told = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    assert!(told.contains("  - …m of expression enshrined in the ICCPR (Articles 19)"), "{told}");
    assert!(told.contains("1 fix made in 1 file"), "{told}");
    assert!(!stdout(run.get_output()).contains("article-number-agreement"));
    let expected = CHAPTER.replace("Articles 19", "Article 19").replace('\n', "\r\n");
    assert_eq!(fs::read_to_string(&path).unwrap(), format!("\u{feff}{expected}"));
    rapporteur().args(["check", "--fix"]).arg(folder.path()).assert().code(1);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("[The ban violated") && text.contains("]{claim=expression"), "{text}");
    rapporteur().args(["check", "--fix=undefind-note"]).arg(folder.path()).assert().code(2);
}

#[test]
fn a_summary_is_added_to_its_file() {
    let folder = report(CHAPTER);
    let file = folder.path().join("summary.md");
    fs::write(&file, "Before.\n").unwrap();
    let build = || {
        rapporteur()
            .args(["build", "-q", "--summary"])
            .arg(&file)
            .arg(folder.path())
            .assert()
            .code(1);
        fs::read_to_string(&file).unwrap()
    };
    let first = build();
    assert!(first.starts_with("Before.\n## A \\| Case\n"), "{first}");
    assert!(first.contains("| notes | 1 |"), "{first}");
    assert!(first.contains("| `undefined-note` | error | 1 | content/01-one.md:3 |"), "{first}");
    fs::write(folder.path().join("content/02-two.md"), "# Two\n").unwrap();
    let second = build();
    assert!(second[first.len()..].contains("- two/index.html"), "{second}");
}

#[test]
fn the_same_report_gives_the_same_bytes_anywhere() {
    let site = |dir: &Path, settings: &[(&str, &str)]| {
        rapporteur().arg("new").arg(dir).assert().success();
        rapporteur().arg("build").arg(dir).envs(settings.iter().copied()).assert().success();
        files(&dir.join("site"))
    };
    let folder = tempfile::tempdir().unwrap();
    let one = site(&folder.path().join("a"), &[("RAYON_NUM_THREADS", "1"), ("TZ", "UTC")]);
    let settings = [
        ("RAYON_NUM_THREADS", "7"),
        ("TZ", "Asia/Almaty"),
        ("LANG", "tr_TR.UTF-8"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("SOURCE_DATE_EPOCH", "1"),
    ];
    let other = site(&folder.path().join("deep/er place"), &settings);
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (path, bytes) in &one {
        assert!(other[path] == *bytes, "{path} differs");
    }
}

#[test]
fn two_builds_at_once_leave_one_whole_site() {
    let folder = report("# One\n\nText.\n");
    let mut children: Vec<_> = (0..4)
        .map(|_| {
            std::process::Command::new(assert_cmd::cargo::cargo_bin("rapporteur"))
                .args(["build", "-q"])
                .arg(folder.path())
                .spawn()
                .unwrap()
        })
        .collect();
    for child in &mut children {
        assert!(child.wait().unwrap().success());
    }
    let together = files(&folder.path().join("site"));
    fs::remove_dir_all(folder.path().join("site")).unwrap();
    rapporteur().args(["build", "-q"]).arg(folder.path()).assert().success();
    assert!(files(&folder.path().join("site")) == together);
}

#[test]
fn what_is_kept_between_builds_may_be_lost_or_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("report");
    rapporteur().arg("new").arg(&dir).assert().success();
    let build = || {
        rapporteur().args(["build", "-q"]).arg(&dir).assert().success();
        files(&dir.join("site"))
    };
    let first = build();
    let kept = dir.join(".rapporteur/citations");
    let whole = fs::read(&kept).unwrap();
    assert!(whole.len() > 100, "citations are kept");
    assert!(build() == first && fs::read(&kept).unwrap() == whole);
    for damaged in [&whole[..50], &whole[..whole.len() - 1], b"", b"not ours"] {
        fs::write(&kept, damaged).unwrap();
        assert!(build() == first, "{} bytes", damaged.len());
        assert!(fs::read(&kept).unwrap() == whole, "what is lost is made anew");
    }
    fs::remove_dir_all(dir.join(".rapporteur")).unwrap();
    fs::write(dir.join(".rapporteur"), "a file in its place").unwrap();
    assert!(build() == first);
}

#[test]
fn lists_come_as_tables_and_as_data() {
    let folder = report(CHAPTER);
    let run = |what: &str, format: &str| {
        let output = rapporteur()
            .args(["list", what, "--format", format])
            .arg(folder.path())
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let notes: serde_json::Value = serde_json::from_str(&run("notes", "json")).unwrap();
    assert_eq!(notes[0]["label"], "a");
    assert!(run("articles", "table").contains("19"));
    assert!(run("mentions", "csv").lines().nth(1).is_some_and(|line| line.contains("iccpr:19")));
}

#[test]
fn completions_and_manual_pages_name_every_command() {
    let run = |arguments: &[&str]| {
        let output = rapporteur().args(arguments).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    let manual = run(&["man"]);
    let commands = ["new", "build", "check", "serve", "import", "list", "explain"];
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let completions = run(&["completions", shell]);
        for command in commands {
            assert!(completions.contains(command), "{shell}: {command}");
        }
    }
    for command in commands {
        assert!(manual.contains(&format!("rapporteur\\-{command}(1)")), "{manual}");
        assert!(run(&["man", command]).contains(".SH SYNOPSIS"));
    }
    assert!(run(&["man", "check"]).contains("sarif"));
    rapporteur().args(["man", "nothing"]).assert().code(2);
}

#[test]
fn published_addresses_are_kept_until_they_are_let_go() {
    let folder = report("# One\n\nText.[^a]\n\nMore.\n\n[^a]: A note.\n");
    let lock = folder.path().join("anchors.lock");
    let list = || fs::read_to_string(&lock).unwrap();
    rapporteur().arg("lock").arg(folder.path()).assert().success();
    let first = list();
    assert!(first.contains("\n/one/\n/one/#n1\n/one/#one\n/one/#p1\n/one/#p2\n"), "{first}");
    rapporteur().arg("lock").arg(folder.path()).assert().success();
    assert_eq!(list(), first);
    fs::write(folder.path().join("content/01-one.md"), "# One\n\nText.\n").unwrap();
    let deny = || {
        let mut command = rapporteur();
        command.args(["check", "--deny", "warnings", "--format", "short"]).arg(folder.path());
        command
    };
    let checked = deny().assert().code(1);
    assert_eq!(stdout(checked.get_output()).matches("lost-address").count(), 2);
    rapporteur().arg("lock").arg(folder.path()).assert().code(1);
    assert_eq!(list(), first);
    rapporteur().args(["lock", "--forget"]).arg(folder.path()).assert().success();
    assert!(!list().contains("#n1"), "{}", list());
    deny().assert().success();
    // A page that has moved keeps its addresses by its alias.
    fs::write(
        folder.path().join("content/01-one.md"),
        "---\nslug: two\naliases: [one]\n---\n\n# One\n\nText.\n",
    )
    .unwrap();
    deny().assert().success();
    rapporteur().args(["lock", "--forget"]).arg(folder.path()).assert().success();
    assert!(list().contains("/one/#p1\n") && list().contains("/two/#p1\n"), "{}", list());
}
