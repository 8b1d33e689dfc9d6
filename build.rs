//! Turns `law/*.yaml` into compact JSON that `src/law` embeds, so that no YAML is read at run time.
//!
//! One file for the instruments, one for the rights, and one for the parties of each instrument,
//! with a table of the last: a report asks for the parties of the few instruments it cites.

use serde_yaml::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=law");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    write(
        &out.join("instruments.json"),
        &Value::Sequence(instruments(Path::new("law/instruments"))),
    );
    write(&out.join("rights.json"), &read(Path::new("law/rights.yaml"))["rights"]);
    println!("cargo:rustc-env=RAPPORTEUR_CITATIONS={:x}", hash(&["src/csl", "csl", "Cargo.lock"]));
    write_parties(&out, &read(Path::new("law/parties.yaml")));
}

/// The hash of all files below `paths`: what is kept of one program is nothing to another.
fn hash(paths: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut left: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    for path in paths {
        println!("cargo:rerun-if-changed={path}");
    }
    while let Some(path) = left.pop() {
        match fs::read_dir(&path) {
            Ok(entries) => {
                let start = left.len();
                left.extend(entries.map(|entry| entry.expect("readable").path()));
                left[start..].sort();
            }
            Err(_) => (&path, fs::read(&path).expect("readable")).hash(&mut hasher),
        }
    }
    hasher.finish()
}

/// Every instrument, sorted by file name.
fn instruments(folder: &Path) -> Vec<Value> {
    let entries = fs::read_dir(folder).expect("law/instruments is a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

/// Writes the rows of each instrument to `parties-ID.json` and a table of those files.
fn write_parties(out: &Path, parties: &Value) {
    let mut rows: BTreeMap<&str, BTreeMap<&str, &Value>> = BTreeMap::new();
    for (instrument, states) in map(&parties["states"]) {
        rows.entry(instrument).or_default().extend(map(states));
    }
    // What is written out for one State is fuller than its row in the table of all States.
    for (instrument, row) in map(&parties["kazakhstan"]) {
        rows.entry(instrument).or_default().insert("KZ", row);
    }
    let mut table = String::from("&[\n");
    for (instrument, states) in rows {
        let file = out.join(format!("parties-{instrument}.json"));
        fs::write(&file, serde_json::to_string(&states).expect("JSON"))
            .expect("OUT_DIR is writable");
        writeln!(table, "    ({instrument:?}, include_str!({file:?})),").expect("a string grows");
    }
    table.push(']');
    fs::write(out.join("parties.rs"), table).expect("OUT_DIR is writable");
    write(&out.join("state-names.json"), &parties["state_names"]);
}

fn map(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let pairs = value.as_mapping().expect("a map").iter();
    pairs.map(|(key, value)| (key.as_str().expect("a text key"), value))
}

fn read(path: &Path) -> Value {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn write(path: &Path, value: &Value) {
    fs::write(path, serde_json::to_string(value).expect("JSON")).expect("OUT_DIR is writable");
}
