//! How the time for citations grows with their number: `cargo bench --bench citations`.
//!
//! A report with 500 and one with 5,000 citations of a third as many sources, three works to an
//! author, two of them of one year. Each figure is the best of several runs; ten times the
//! citations should take about ten times as long.

use rapporteur::csl::{Cite, Cluster, Item, Library, Note, Style, StyleSource};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    println!("{:<22}{:>12}{:>12}{:>9}", "", "500", "5,000", "growth");
    for name in ["policy-report-notes", "apa", "ieee"] {
        let style = Style::load(StyleSource::Builtin(name), "en-GB").expect(name);
        row(name, "notes", |report| drop(black_box(style.cite(&report.library, &report.notes))));
        row(name, "bibliography", |report| {
            let keys: Vec<&str> = report.keys.iter().map(String::as_str).collect();
            drop(black_box(style.bibliography(&report.library, &keys)));
        });
    }
}

struct Report {
    library: Library,
    keys: Vec<String>,
    notes: Vec<Note>,
}

fn row(name: &str, what: &str, work: impl Fn(&Report)) {
    let (few, many) = (report(500), report(5000));
    let (few, many) = (best(9, || work(&few)), best(3, || work(&many)));
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    let growth = many.as_secs_f64() / few.as_secs_f64();
    println!(
        "{:<36}{:>7.1} ms{:>9.1} ms{growth:>8.1}",
        format!("{name}, {what}"),
        ms(few),
        ms(many)
    );
}

/// The shortest of `count` runs.
fn best(count: usize, work: impl Fn()) -> Duration {
    let time = || {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..count).map(|_| time()).min().unwrap_or_default()
}

fn report(citations: usize) -> Report {
    let count = citations / 3 + 1;
    let items: Vec<(String, Item)> = (0..count).map(source).collect();
    let keys = items.iter().map(|(key, _)| key.clone()).collect();
    let note = |i: usize| {
        let locator = if i.is_multiple_of(3) { i.to_string() } else { String::new() };
        let cite = Cite { key: format!("key{}", i * 7919 % count), locator, ..Cite::default() };
        let cluster = Cluster { cites: vec![cite], ..Cluster::default() };
        Note { number: i as u32 + 1, clusters: vec![cluster], ..Note::default() }
    };
    Report { library: Library::new(items), keys, notes: (0..citations).map(note).collect() }
}

fn source(i: usize) -> (String, Item) {
    let item = serde_json::json!({
        "type": "report", "title": format!("Report number {i} on ‘assembly’"),
        "author": [{"family": format!("Author{}", i / 3), "given": "Jane"}],
        "issued": {"date-parts": [[1990 + i / 2 % 30]]}, "publisher": "Institute",
        "URL": format!("https://example.org/{i}"), "accessed": {"date-parts": [[2023, 1, 5]]},
    });
    (format!("key{i}"), item.as_object().expect("an object").clone())
}
