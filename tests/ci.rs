//! The workflows in `docs/ci/`: their steps are run here, as CI would run them.

#![cfg(unix)]

use serde_yaml::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const GITHUB: &str = include_str!("../docs/ci/github-pages.yml");
const GITLAB: &str = include_str!("../docs/ci/gitlab-pages.yml");

/// A new report in a folder that stands for the checkout.
fn checkout() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("checkout");
    assert!(shell(folder.path(), "rapporteur new checkout").status.success());
    assert!(dir.join("book.toml").is_file());
    folder
}

/// Runs `script` as CI does, with this build of Rapporteur installed.
fn shell(dir: &Path, script: &str) -> Output {
    let binary = assert_cmd::cargo::cargo_bin("rapporteur");
    let path = format!(
        "{}:{}",
        binary.parent().expect("it is in a folder").display(),
        std::env::var("PATH").expect("there is a path")
    );
    Command::new("sh")
        .args(["-eu", "-c", script])
        .current_dir(dir)
        .env("PATH", path)
        .env("RAPPORTEUR", "nowhere")
        .env("CARGO_HOME", dir.join(".cargo"))
        .env("GITHUB_STEP_SUMMARY", dir.join("summary.md"))
        .output()
        .expect("there is a shell")
}

/// The commands of GitHub's job `build`.
fn github() -> Vec<String> {
    let workflow: Value = serde_yaml::from_str(GITHUB).expect("the workflow is YAML");
    let steps = workflow["jobs"]["build"]["steps"].as_sequence().expect("there are steps");
    steps.iter().filter_map(|step| step["run"].as_str()).map(str::to_owned).collect()
}

/// The commands of GitLab's job `name`.
fn gitlab(name: &str) -> Vec<String> {
    let workflow: Value = serde_yaml::from_str(GITLAB).expect("the workflow is YAML");
    let list = |key: &str| workflow[name][key].as_sequence().expect("there are commands").clone();
    let commands = list("before_script").into_iter().chain(list("script"));
    commands.map(|command| command.as_str().expect("a command").to_owned()).collect()
}

#[test]
fn a_clean_commit_is_published() {
    let github = github();
    assert_eq!(github.len(), 2);
    for commands in [github, gitlab("check"), gitlab("pages")] {
        let folder = checkout();
        let dir = folder.path().join("checkout");
        let output = shell(&dir, &commands.join("\n"));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(dir.join("site/index.html").is_file());
    }
}

#[test]
fn a_faulty_commit_fails_and_leaves_its_site_and_its_summary() {
    for (commands, annotates) in [(github(), true), (gitlab("check"), false)] {
        let folder = checkout();
        let dir = folder.path().join("checkout");
        fs::write(dir.join("content/02-new.md"), "# New\n\nText.\n\n[^a]: never called\n").unwrap();
        let output = shell(&dir, &commands.join("\n"));
        assert_eq!(output.status.code(), Some(1));
        assert!(dir.join("site/new/index.html").is_file());
        let summary = fs::read_to_string(dir.join("summary.md")).expect("there is a summary");
        assert!(summary.contains("`unused-note`"), "{summary}");
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(said.contains("::warning file=content/02-new.md,line=5"), annotates, "{said}");
    }
}

#[test]
fn the_script_swaps_the_site_in_whole_or_not_at_all() {
    let folder = checkout();
    let dir = folder.path().join("checkout");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/ci/publish.sh");
    let publish = || shell(&dir, &format!("'{script}' ../www/report"));
    assert!(publish().status.success());
    let shown = folder.path().join("www/report/index.html");
    let first = fs::read(&shown).expect("the site is there");
    fs::write(dir.join("content/02-new.md"), "# New\n\nText.[^x]\n").unwrap();
    assert_eq!(publish().status.code(), Some(1));
    assert_eq!(fs::read(&shown).unwrap(), first);
    fs::write(dir.join("content/02-new.md"), "# New\n\nText.\n").unwrap();
    assert!(publish().status.success());
    assert!(folder.path().join("www/report/new/index.html").is_file());
    assert_eq!(fs::read(folder.path().join("www/report.before/index.html")).unwrap(), first);
}

#[test]
fn a_new_report_has_the_workflow() {
    let folder = checkout();
    let workflow = folder.path().join("checkout/.github/workflows/report.yml");
    assert_eq!(fs::read_to_string(workflow).expect("it is there"), GITHUB);
}
