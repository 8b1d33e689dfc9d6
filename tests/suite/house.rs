//! House rules, checked on the text of the source: order of modules, one package one door, a core
//! without a machine, short functions and files, and a case for every diagnostic.

use rapporteur::diagnostic::CODES;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Functions longer than [`LONGEST_FUNCTION`], with the lines that they may have. The list shrinks.
const LONG_FUNCTIONS: &[(&str, usize)] = &[
    ("src/theme/tests/law.rs: article", 73),
    ("src/theme/tests/samples.rs: register", 67),
    ("src/theme/tests/samples.rs: sources", 62),
];

/// Files longer than [`LONGEST_FILE`], with the lines that they may have. The list shrinks.
const LONG_FILES: &[(&str, usize)] = &[];

/// Codes that no case and no test raises yet. The list shrinks.
const UNRAISED: &[&str] = &["engine-failure", "outside-project", "unrendered-citation"];

/// Lines of a function, its head among them.
const LONGEST_FUNCTION: usize = 60;

/// Lines of a file.
const LONGEST_FILE: usize = 500;

/// The places that may name each package; everything else goes through them.
const DOORS: &[(&str, &[&str])] = &[
    ("aho_corasick", &["src/law/"]),
    ("annotate_snippets", &["src/terminal/"]),
    ("anstream", &["src/terminal/"]),
    ("axum", &["src/serve/"]),
    ("biblatex", &["src/interchange/bibtex/"]),
    ("blake3", &["src/memo.rs"]),
    ("clap", &["src/cli/"]),
    ("clap_complete", &["src/cli/completions.rs"]),
    ("clap_mangen", &["src/cli/completions.rs"]),
    ("csv", &["src/chart/"]),
    ("encoding_rs", &["src/manuscript/encoding.rs"]),
    ("granit_parser", &["src/yaml/"]),
    ("hayagriva", &["src/csl/"]),
    ("icu_collator", &["src/csl/sort.rs"]),
    ("icu_locale", &["src/csl/sort.rs"]),
    ("image", &["src/raster.rs"]),
    ("include_dir", &["src/theme/"]),
    ("mimalloc", &["src/main.rs"]),
    ("notify", &["src/watch.rs"]),
    ("pagefind", &["src/search/"]),
    ("plotters", &["src/chart/"]),
    ("plotters_backend", &["src/chart/"]),
    ("postcard", &["src/memo.rs"]),
    ("pulldown_cmark", &["src/parse/markdown.rs"]),
    // One reads, one writes.
    ("quick_xml", &["src/manuscript/docx/xml.rs", "src/output/feed.rs"]),
    ("rayon", &["src/parallel.rs"]),
    ("rustc_hash", &["src/quick.rs"]),
    ("scraper", &["src/manuscript/html/dom.rs"]),
    ("serde_yaml", &["src/yaml/"]),
    ("strsim", &["src/diagnostic/"]),
    ("syntect", &["src/output/highlight.rs"]),
    ("tempfile", &["src/disk/"]),
    ("tera", &["src/theme/"]),
    ("terminal_size", &["src/terminal/"]),
    ("tokio", &["src/search/", "src/serve/"]),
    ("tokio_stream", &["src/serve/"]),
    ("toml", &["src/config/", "src/words/"]),
    ("two_face", &["src/output/highlight.rs"]),
    ("ureq", &["src/online/"]),
    ("unicode_segmentation", &["src/document/"]),
    ("unicode_normalization", &["src/interchange/bibtex/"]),
    ("walkdir", &["src/disk/"]),
    ("zip", &["src/manuscript/docx/package.rs"]),
];

/// Packages of the language more than of a task: derive and values.
const EVERYWHERE: &[&str] = &["serde", "serde_json"];

/// What only the edges may say.
const MACHINE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::time",
    "std::net",
    "std::process",
    "io::std",
    "println!",
    "eprintln!",
    "Instant::",
    "SystemTime",
];

/// Names of modules that say nothing of what is in them.
const DRAWERS: &[&str] =
    &["utils", "util", "types", "helpers", "helper", "common", "model", "models", "misc"];

/// A source file: its path from the project root and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The code that is built into the program: no comments, no tests.
    fn code(&self) -> String {
        if self.is_test() {
            return String::new();
        }
        let text = self.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        text.lines().filter(is_code).map(|line| format!("{line}\n")).collect()
    }

    /// What is built for tests alone.
    fn tests(&self) -> &str {
        match self.text.split_once("#[cfg(test)]\nmod tests {") {
            _ if self.is_test() => &self.text,
            Some((_, tests)) => tests,
            None => "",
        }
    }

    fn is_test(&self) -> bool {
        self.path.starts_with("tests/")
            || self.path.ends_with("/tests.rs")
            || self.path.contains("/tests/")
    }

    /// The names of the modules that hold it, the outermost first.
    fn modules(&self) -> Vec<&str> {
        let path = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        path.trim_end_matches("/mod").split('/').collect()
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources can be listed") {
        let path = entry.expect("it can be listed").path();
        match path.is_dir() {
            true => files_below(&path, found),
            false => found.push(path),
        }
    }
}

fn sources(folders: &[&str]) -> Vec<Source> {
    let mut paths = Vec::new();
    folders.iter().for_each(|folder| files_below(&root().join(folder), &mut paths));
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "rs"));
    paths.sort();
    let read = |path: PathBuf| Source {
        text: fs::read_to_string(&path).expect("a source can be read"),
        path: path.strip_prefix(root()).expect("it is below the root").display().to_string(),
    };
    paths.into_iter().map(read).collect()
}

/// The top-level modules in their order, and how many of them are the core.
fn order() -> (Vec<String>, usize) {
    let text = fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs can be read");
    let (core, edges) =
        text.split_once("// Only what follows touches the machine.").expect("the line is there");
    let names = |text: &str| -> Vec<String> {
        let names = text.lines().filter_map(|line| line.strip_prefix("pub mod "));
        names.map(|name| name.trim_end_matches(';').to_owned()).collect()
    };
    let (mut all, edges) = (names(core), names(edges));
    let count = all.len();
    all.extend(edges);
    (all, count)
}

/// The names after `prefix` in `code`: `prefix` `name`, where `prefix` begins a word.
fn named_after<'a>(code: &'a str, prefix: &str) -> Vec<&'a str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(prefix)
        .filter(|(at, _)| !code[..*at].ends_with(is_word))
        .map(|(at, _)| {
            let rest = &code[at + prefix.len()..];
            &rest[..rest.find(|c| !is_word(c)).unwrap_or(rest.len())]
        })
        .collect()
}

#[track_caller]
fn assert_none(faults: Vec<String>, rule: &str) {
    assert!(faults.is_empty(), "{rule}:\n{}", faults.join("\n"));
}

#[test]
fn a_module_names_only_modules_above_it() {
    let (order, _) = order();
    let place = |name: &str| order.iter().position(|known| known == name);
    let mut faults = Vec::new();
    for source in sources(&["src"]) {
        let Some(own) = place(source.modules()[0]) else { continue };
        let code = source.code();
        for name in named_after(&code, "crate::") {
            if place(name).is_none_or(|named| named > own) {
                faults.push(format!("{} names crate::{name}", source.path));
            }
        }
        // `super` may not lead up to the crate, or the order could be walked round.
        let climb = "super::".repeat(source.modules().len());
        if code.contains(&climb) {
            faults.push(format!("{} climbs out of its module by {climb}", source.path));
        }
        if code.contains("use crate::{") {
            faults.push(format!("{} names several modules in one use", source.path));
        }
    }
    assert_none(faults, "the order of the modules in lib.rs is the architecture");
}

#[test]
fn every_module_stands_in_the_order() {
    let (order, core) = order();
    assert!(core > 10 && core < order.len(), "lib.rs is read wrongly");
    let named: BTreeSet<String> = order.into_iter().collect();
    let there: BTreeSet<String> = sources(&["src"])
        .iter()
        .map(|source| source.modules()[0].to_owned())
        .filter(|name| !matches!(name.as_str(), "lib" | "main"))
        .collect();
    assert_eq!(named, there);
}

#[test]
fn each_package_has_one_door() {
    let mut faults = Vec::new();
    let sources = sources(&["src"]);
    for (package, doors) in DOORS {
        let names = |source: &&Source| {
            let code = source.code();
            let with_path = named_after(&code, package);
            !with_path.is_empty()
                && code.match_indices(package).any(|(at, _)| is_path(&code, at, package))
        };
        let naming: Vec<&Source> = sources.iter().filter(names).collect();
        for source in &naming {
            if !doors.iter().any(|door| source.path.starts_with(door)) {
                faults.push(format!("{} names {package}", source.path));
            }
        }
        for door in *doors {
            if !naming.iter().any(|source| source.path.starts_with(door)) {
                faults.push(format!("{door} is a door of {package} and does not name it"));
            }
        }
    }
    assert_none(faults, "one package, one door");
}

/// Whether the word at byte `at` of `code` is a package in a path: `toml::`, `use toml;`.
fn is_path(code: &str, at: usize, package: &str) -> bool {
    let (before, after) = (&code[..at], &code[at + package.len()..]);
    let inside =
        before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':' || c == '.');
    let begins = before.ends_with("use ") || before.ends_with("use ::");
    !inside && (after.starts_with("::") || begins && after.starts_with([';', ' ']))
}

#[test]
fn every_dependency_stands_in_the_table_of_doors() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml can be read");
    let section = manifest.split("[dependencies]\n").nth(1).expect("it has dependencies");
    let section = section.split("\n[").next().unwrap_or_default();
    let keys = section.lines().filter_map(|line| line.split_once(" = "));
    let named: BTreeSet<String> = keys.map(|(key, _)| key.replace('-', "_")).collect();
    let doors = DOORS.iter().map(|(package, _)| *package).chain(EVERYWHERE.iter().copied());
    assert_eq!(named, doors.map(str::to_owned).collect());
}

#[test]
fn the_core_touches_no_machine() {
    let (order, core) = order();
    let mut faults = Vec::new();
    for source in sources(&["src"]) {
        let place = order.iter().position(|name| name == source.modules()[0]);
        if place.is_none_or(|place| place >= core) {
            continue;
        }
        let code = source.code();
        for word in MACHINE.iter().filter(|word| code.contains(**word)) {
            faults.push(format!("{} says {word}", source.path));
        }
    }
    assert_none(faults, "no clock, no disk, no environment in the core");
}

#[test]
fn no_module_is_a_drawer() {
    let mut faults = Vec::new();
    for source in sources(&["src", "tests", "benches"]) {
        let names = source.path.split(['/', '.']);
        faults.extend(names.filter(|n| DRAWERS.contains(n)).map(|_| source.path.clone()));
    }
    assert_none(faults, "a name says what is in it");
}

#[test]
fn functions_are_short() {
    let mut long = BTreeMap::new();
    for source in sources(&["src", "tests", "benches"]) {
        for (name, lines) in functions(&source.text) {
            if lines > LONGEST_FUNCTION {
                long.insert(format!("{}: {name}", source.path), lines);
            }
        }
    }
    compare_with_exceptions(&long, LONG_FUNCTIONS, "functions are short");
}

/// The functions of a file with the number of their lines; relies on the layout of `cargo fmt`.
fn functions(text: &str) -> Vec<(&str, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let head = line.trim_start();
        let indent = &line[..line.len() - head.len()];
        let Some(name) = function_name(head) else { continue };
        let end = format!("{indent}}}");
        let ends = |line: &&str| **line == end || line.ends_with(';') && line.starts_with(indent);
        let length = match head.ends_with('{') {
            true => lines[start..].iter().position(|line| *line == end),
            false => lines[start..].iter().position(ends),
        };
        found.extend(length.map(|length| (name, length + 1)));
    }
    found
}

fn function_name(head: &str) -> Option<&str> {
    let mut rest = head;
    for word in ["pub(super) ", "pub(crate) ", "pub ", "const ", "async ", "unsafe "] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let name = rest.strip_prefix("fn ")?;
    name.split(['(', '<']).next()
}

#[test]
fn files_are_short() {
    let sources = sources(&["src", "tests", "benches"]);
    let lengths = sources.iter().map(|source| (source.path.clone(), source.text.lines().count()));
    let long = lengths.filter(|(_, lines)| *lines > LONGEST_FILE).collect();
    compare_with_exceptions(&long, LONG_FILES, "files are short");
}

#[track_caller]
fn compare_with_exceptions(
    long: &BTreeMap<String, usize>,
    exceptions: &[(&str, usize)],
    rule: &str,
) {
    let allowed: BTreeMap<&str, usize> = exceptions.iter().copied().collect();
    let mut faults = Vec::new();
    for (name, lines) in long {
        if allowed.get(name.as_str()).is_none_or(|allowed| lines > allowed) {
            faults.push(format!("{name} has {lines} lines"));
        }
    }
    for (name, allowed) in allowed {
        match long.get(name) {
            None => faults.push(format!("{name} needs no exception any more")),
            Some(lines) if *lines + 20 < allowed => {
                faults.push(format!("{name} has {lines} lines now: lower its exception"));
            }
            Some(_) => {}
        }
    }
    assert_none(faults, rule);
}

#[test]
fn every_code_is_raised_by_a_case_or_a_test() {
    let mut cases = Vec::new();
    files_below(&root().join("tests/cases"), &mut cases);
    let mut text = String::new();
    for path in cases {
        text.push_str(&fs::read_to_string(path).expect("a case file can be read"));
    }
    let sources = sources(&["src", "tests"]);
    let tests: String = sources
        .iter()
        .filter(|source| !source.path.ends_with("house.rs"))
        .map(Source::tests)
        .collect();
    let mut faults = Vec::new();
    for code in CODES {
        let constant = code.name.to_uppercase().replace('-', "_");
        let raised = text.contains(&format!("[{}]: ", code.name))
            || tests.contains(&format!("\"{}\"", code.name))
            || !named_after(&tests, &constant).is_empty();
        match (raised, UNRAISED.contains(&code.name)) {
            (false, false) => faults.push(format!("nothing raises {}", code.name)),
            (true, true) => faults.push(format!("{} is raised: take it off the list", code.name)),
            _ => {}
        }
    }
    assert_none(faults, "every diagnostic is raised by a case");
}

#[test]
fn every_code_is_explained() {
    let mut faults = Vec::new();
    for code in CODES {
        let (name, words) = (code.name, code.page.split_whitespace().count());
        if words <= 60 || !code.page.starts_with(&format!("# {name}\n")) {
            faults.push(format!("{name}: {words} words"));
        }
        if name.chars().any(|c| !(c.is_ascii_lowercase() || c == '-')) {
            faults.push(format!("{name} is not in kebab case"));
        }
    }
    let names: BTreeSet<&str> = CODES.iter().map(|code| code.name).collect();
    assert_eq!(names.len(), CODES.len(), "two codes have one name");
    assert_none(faults, "explain has a page for every code");
}

#[test]
fn the_rules_see_what_they_look_for() {
    let text = "fn one() {\n    x();\n}\n\npub fn two(\n    a: u8,\n) -> u8 {\n    a\n}\n\ntrait T {\n    fn three(&self);\n    fn four(&self) {}\n}\n";
    assert_eq!(functions(text), [("one", 3), ("two", 5), ("three", 1)]);
    assert_eq!(named_after("crate::a::b mycrate::c use crate::d;", "crate::"), ["a", "d"]);
    assert!(is_path("use toml;", 4, "toml") && is_path("toml::from_str", 0, "toml"));
    assert!(!is_path("book.toml::", 5, "toml") && !is_path("\"toml\"", 1, "toml"));
    let source = Source {
        path: "src/a/b.rs".into(),
        text: "// crate::z\nlet x;\n#[cfg(test)]\nmod tests {\n    y\n}\n".into(),
    };
    assert_eq!((source.code().as_str(), source.modules()), ("let x;\n", vec!["a", "b"]));
    assert!(source.tests().contains('y'));
}
