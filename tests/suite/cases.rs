//! Runs `tests/cases/*.md` in memory. `UPDATE=1 cargo test` writes what comes out into them.

use crate::case_file::{self, Case};
use crate::page;
use rapporteur::session::{Built, Session};
use rapporteur::source::{File, Sources};
use rapporteur::terminal::{render_human, render_short};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The `book.toml` of a case that brings none.
const BOOK: &str = "[book]\ntitle = \"Case\"\n\n[law]\nstate = \"KZ\"\ndate = \"2019-11-22\"\n";

#[test]
fn every_case_gives_what_it_says() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut faults = Vec::new();
    let mut count = 0;
    for path in case_files() {
        let text = fs::read_to_string(&path).expect("a case file can be read");
        let cases = case_file::read(&text);
        count += cases.len();
        let mut changes = Vec::new();
        for case in &cases {
            compare(case, &path, &mut faults, &mut changes);
        }
        if update && !changes.is_empty() {
            fs::write(&path, case_file::rewritten(&text, changes)).expect("a case file is written");
        }
    }
    assert!(count > 60, "only {count} cases were found");
    let hint = "UPDATE=1 cargo test --test suite cases writes what came out; read the difference";
    assert!(update || faults.is_empty(), "{}\n{} faults; {hint}", faults.join("\n"), faults.len());
}

/// The promise of one run: every fault is told, each with its place and a remedy.
#[test]
fn twenty_faults_in_four_files_are_told_in_one_run() {
    let path = case_files().into_iter().find(|path| path.ends_with("twenty.md"));
    let text = fs::read_to_string(path.expect("there is such a file")).expect("it can be read");
    let sources = sources(&case_file::read(&text)[0]);
    let found = Session::default().build(&sources).analysis.diagnostics;
    assert_eq!(found.len(), 20);
    let files: BTreeSet<_> = found.iter().map(|diagnostic| diagnostic.span.file).collect();
    assert_eq!(files.len(), 4);
    let codes: BTreeSet<_> = found.iter().map(|diagnostic| diagnostic.code.name).collect();
    assert_eq!(codes.len(), 19, "only unknown-key stands twice");
    assert!(found.iter().all(|diagnostic| diagnostic.help.is_some()));
}

fn case_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("there is a folder of cases")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    files.sort();
    files
}

/// Runs one case; collects what differs and the changes that would mend it.
fn compare(
    case: &Case,
    path: &Path,
    faults: &mut Vec<String>,
    changes: &mut Vec<(std::ops::Range<usize>, String)>,
) {
    let sources = sources(case);
    let built = Session::default().build(&sources);
    let place =
        format!("{}:{}: {}", path.file_name().unwrap_or_default().display(), case.line, case.name);
    for expectation in &case.expectations {
        let outcome = outcome(&expectation.words, &sources, &built);
        if outcome != expectation.text {
            let what = expectation.words.join(" ");
            faults.push(format!("{place}: {what}\n{}", difference(&expectation.text, &outcome)));
            changes.push((expectation.range.clone(), outcome));
        }
    }
    let says = |word: &str| case.expectations.iter().any(|e| e.words[0] == word);
    let found = diagnostics(&sources, &built);
    if !says("diagnostics") && !says("human") && !found.is_empty() {
        faults.push(format!("{place}: diagnostics that the case does not speak of\n{found}"));
        changes.push((case.end..case.end, format!("\n```diagnostics\n{found}```\n")));
    }
    if case.expectations.is_empty() {
        faults.push(format!("{place}: the case expects nothing"));
    }
}

/// The files of a case, with the default `book.toml` where it brings none.
fn sources(case: &Case) -> Sources {
    let mut sources = Sources::default();
    if !case.files.iter().any(|(path, _)| path == "book.toml") {
        sources.add_text("book.toml", BOOK);
    }
    for (path, text) in &case.files {
        let bytes = unescaped(text);
        match path.rsplit('.').next() {
            Some("md" | "yaml" | "html" | "csl" | "toml" | "lock") => {
                sources.add(File::decode(path.clone(), &bytes));
            }
            Some("csv") => {
                sources.add_data(path, &bytes);
            }
            _ => {
                sources.assets.insert(path.clone(), bytes.into());
            }
        }
    }
    sources
}

/// Signs for what cannot be written in a Markdown file.
const SIGNS: &[(&str, &[u8])] =
    &[("␍", b"\r"), ("␀", b"\0"), ("␟", b"\xEF\xBB\xBF"), ("␞", b"\xFF"), ("␠", b" ")];

fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let (sign, rest_after) = rest.split_at(letter.len_utf8());
        let meant = SIGNS.iter().find(|(known, _)| *known == sign);
        bytes.extend_from_slice(meant.map_or(sign.as_bytes(), |(_, bytes)| bytes));
        rest = rest_after;
    }
    bytes
}

/// What came out, in the form that the words of an expectation ask for.
fn outcome(words: &[String], sources: &Sources, built: &Built) -> String {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["diagnostics"] => diagnostics(sources, built),
        ["human"] => {
            let text = render_human(&built.analysis.diagnostics, sources, 80, false);
            text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
        }
        ["page", path, selector] => page::piece(&file(built, path), selector),
        ["page", path] => file(built, path),
        ["data", path, keys @ ..] => records(&file(built, path), keys),
        _ => panic!("`{}` is no expectation", words.join(" ")),
    }
}

/// One line for each diagnostic, its remedy under it.
fn diagnostics(sources: &Sources, built: &Built) -> String {
    let found = &built.analysis.diagnostics;
    found
        .iter()
        .map(|diagnostic| {
            let line = render_short(std::slice::from_ref(diagnostic), sources);
            match &diagnostic.help {
                Some(help) => format!("{line}    help: {help}\n"),
                None => line,
            }
        })
        .collect()
}

fn file(built: &Built, path: &str) -> String {
    match built.site.files.get(path) {
        Some(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        None => format!("there is no {path}\n"),
    }
}

/// One line for each record, with the keys that are asked for.
fn records(text: &str, keys: &[&str]) -> String {
    let Ok(Value::Array(records)) = serde_json::from_str::<Value>(text) else {
        return text.to_owned();
    };
    let pick = |record: Value| match keys {
        [] => record,
        [key] => record[*key].clone(),
        keys => {
            let fields = keys.iter().map(|key| ((*key).to_owned(), record[*key].clone()));
            Value::Object(fields.collect::<Map<_, _>>())
        }
    };
    records.into_iter().map(|record| format!("{}\n", pick(record))).collect()
}

/// The lines in which two texts differ.
fn difference(expected: &str, outcome: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (expected.lines().collect(), outcome.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[same..], &new[same..]);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let minus = old[..old.len() - tail].iter().map(|line| format!("  - {line}\n"));
    let plus = new[..new.len() - tail].iter().map(|line| format!("  + {line}\n"));
    minus.chain(plus).collect()
}
