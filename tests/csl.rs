//! Golden files of the citation layer: the notes and sources of `tests/csl/` in every style.
//!
//! `UPDATE=1 cargo test --test csl` rewrites them; read every line that changes as an editor would.

use proptest::prelude::*;
use rapporteur::csl::{
    Cite, Cluster, Item, Library, Locator, Mode, Note, Piece, Rich, Style, StyleSource,
};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/csl").join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(data(name)).expect(name)
}

/// Reads CSL-JSON items with their keys.
fn items(name: &str) -> Vec<(String, Item)> {
    let items: Vec<Item> = serde_json::from_str(&read(name)).expect(name);
    let keyed = |item: Item| (item["id"].as_str().expect("id").to_owned(), item);
    items.into_iter().map(keyed).collect()
}

fn locator(label: &str) -> Locator {
    match label {
        "article-locator" => Locator::Article,
        "chapter" => Locator::Chapter,
        "paragraph" => Locator::Paragraph,
        "section" => Locator::Section,
        "timestamp" => Locator::Timestamp,
        "page" => Locator::Page,
        "custom" => Locator::Custom,
        other => panic!("no locator {other}"),
    }
}

fn cite(value: &Value) -> Cite {
    let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    Cite {
        key: text("id"),
        label: value["label"].as_str().map(locator),
        locator: text("locator"),
        prefix: text("prefix"),
        suffix: text("suffix"),
        mode: match value["mode"].as_str() {
            Some("suppress-author") => Mode::SuppressAuthor,
            Some("author-in-text") => Mode::AuthorInText,
            _ => Mode::Normal,
        },
    }
}

/// A note as segments: free text, or a cluster.
enum Segment {
    Text(String),
    Cluster(Cluster),
}

fn segments(note: &Value) -> Vec<Segment> {
    let segment = |value: &Value| match value["text"].as_str() {
        Some(text) => Segment::Text(text.to_owned()),
        None => {
            let cites = value["cites"].as_array().expect("cites").iter().map(cite).collect();
            Segment::Cluster(Cluster { cites, before: None, after: None })
        }
    };
    let mut segments: Vec<Segment> = note.as_array().expect("note").iter().map(segment).collect();
    for at in 0..segments.len() {
        let before = at.checked_sub(1).and_then(|i| edge(&segments[i], true));
        let after = segments.get(at + 1).and_then(|next| edge(next, false));
        if let Segment::Cluster(cluster) = &mut segments[at] {
            (cluster.before, cluster.after) = (before, after);
        }
    }
    segments
}

fn edge(segment: &Segment, last: bool) -> Option<char> {
    match segment {
        Segment::Text(text) if last => text.trim_end_matches([' ', '”', '’', '»']).chars().last(),
        Segment::Text(text) => text.trim().chars().next(),
        Segment::Cluster(_) => Some('x'),
    }
}

/// Writes rich text so that every property can be seen.
fn show(rich: &Rich) -> String {
    rich.iter().map(show_piece).collect()
}

fn show_piece(piece: &Piece) -> String {
    match piece {
        Piece::Text(text) => text.clone(),
        Piece::Emph(content) => format!("*{}*", show(content)),
        Piece::Strong(content) => format!("**{}**", show(content)),
        Piece::Sup(content) => format!("^{}^", show(content)),
        Piece::Sub(content) => format!("~{}~", show(content)),
        Piece::SmallCaps(content) => format!("SC({})", show(content)),
        Piece::Link { url, content } => {
            let words = show(content);
            if words == *url { format!("<{url}>") } else { format!("[{words}]({url})") }
        }
        Piece::Cite { content, .. } => show(content),
        Piece::NoteLink { address, content } => format!("[{}]({address})", show(content)),
    }
}

/// Sets the notes of a file and the bibliography of all its sources.
fn run(style: &Style, items_file: &str, notes_file: &str) -> String {
    let items = items(items_file);
    let keys: Vec<String> = items.iter().map(|(key, _)| key.clone()).collect();
    let library = Library::new(items);
    let notes: Vec<Value> = serde_yaml::from_str(&read(notes_file)).expect(notes_file);
    let segments: Vec<Vec<Segment>> = notes.iter().map(segments).collect();
    let notes: Vec<Note> = segments
        .iter()
        .zip(1..)
        .map(|(segments, number)| {
            let cluster = |segment: &Segment| match segment {
                Segment::Cluster(cluster) => Some(cluster.clone()),
                Segment::Text(_) => None,
            };
            Note {
                number,
                address: format!("#n{number}"),
                clusters: segments.iter().filter_map(cluster).collect(),
            }
        })
        .collect();
    let set = style.cite(&library, &notes).expect("notes");
    let mut out = String::new();
    for ((segments, clusters), number) in segments.iter().zip(&set).zip(1..) {
        let mut clusters = clusters.iter();
        let words: String = segments
            .iter()
            .map(|segment| match segment {
                Segment::Text(text) => text.clone(),
                Segment::Cluster(_) => show(clusters.next().expect("cluster")),
            })
            .collect();
        out += &format!("{number:>3}  {words}\n");
    }
    out += "\nBibliography\n\n";
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    for (key, entry) in style.bibliography(&library, &keys).expect("bibliography") {
        out += &format!("{key:>16}  {}\n", show(&entry));
    }
    out
}

fn golden(name: &str, set: &str) {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(data(name), set).expect(name);
    }
    let kept = fs::read_to_string(data(name)).unwrap_or_default();
    for (line, (set, kept)) in set.lines().zip(kept.lines()).enumerate() {
        assert_eq!(set, kept, "{name}, line {}", line + 1);
    }
    assert_eq!(set.lines().count(), kept.lines().count(), "{name}");
}

fn style(name: &str, language: &str) -> Style {
    Style::load(StyleSource::Builtin(name), language).expect(name)
}

#[test]
fn notes_and_bibliography_in_every_style() {
    for name in Style::builtin_names() {
        let language = if matches!(*name, "policy-report-notes" | "mhra" | "oscola") {
            "en-GB"
        } else {
            "en-US"
        };
        golden(&format!("{name}.txt"), &run(&style(name, language), "refs.json", "notes.yaml"));
    }
}

#[test]
fn the_rarer_forms_in_every_style() {
    for name in Style::builtin_names() {
        let set = run(&style(name, "en-GB"), "extra.json", "extra.yaml");
        golden(&format!("extra-{name}.txt"), &set);
    }
}

#[test]
fn the_default_style_in_every_language() {
    for language in ["ru", "kk", "fr", "es", "ar"] {
        let style = style("policy-report-notes", language);
        golden(&format!("extra-{language}.txt"), &run(&style, "extra.json", "extra.yaml"));
        golden(&format!("notes-{language}.txt"), &run(&style, "refs.json", "notes.yaml"));
    }
}

/// Sets one cite to a note, and the bibliography, of works by `(author, year)`.
fn works(style: &Style, works: &[(&str, u16)]) -> (Vec<String>, Vec<String>) {
    let item = |(i, (author, year)): (usize, &(&str, u16))| {
        let (family, given) = author.split_once(", ").expect("a family and a given name");
        let item = serde_json::json!({
            "type": "book", "title": format!("Title {i:03}"), "publisher": "Press", "issued": year,
            "author": [{ "family": family, "given": given }],
        });
        (format!("k{i:03}"), item.as_object().expect("an object").clone())
    };
    let items: Vec<(String, Item)> = works.iter().enumerate().map(item).collect();
    let keys: Vec<String> = items.iter().map(|(key, _)| key.clone()).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let library = Library::new(items);
    let note = |key: &&str| {
        let cite = Cite { key: (*key).to_owned(), ..Cite::default() };
        let cluster = Cluster { cites: vec![cite], ..Cluster::default() };
        Note { clusters: vec![cluster], ..Note::default() }
    };
    let notes: Vec<Note> = keys.iter().map(note).collect();
    let set = style.cite(&library, &notes).expect("notes");
    let entries = style.bibliography(&library, &keys).expect("a bibliography");
    let cites = set.iter().flatten().map(rapporteur::csl::plain).collect();
    (cites, entries.iter().map(|(_, entry)| rapporteur::csl::plain(entry)).collect())
}

/// The engine alone gives letters to three groups of sources and takes initials from entries.
#[test]
fn every_pair_of_works_takes_letters_and_every_entry_keeps_its_initials() {
    let authors = ["Abdul, A.", "Bek, B.", "Chokan, C.", "Duman, D.", "Erlan, E.", "Farida, F."];
    let mut list: Vec<(&str, u16)> =
        authors.iter().flat_map(|author| [(*author, 2019), (*author, 2019)]).collect();
    list.extend([("Ng, Ada", 2019), ("Ng, Cy", 2019), ("Ng, Cy", 2020)]);
    let (cites, entries) = works(&style("apa", "en-US"), &list);
    for (pair, author) in authors.iter().enumerate() {
        let family = author.split(',').next().expect("a family name");
        assert_eq!(cites[pair * 2], format!("({family}, 2019a)"));
        assert_eq!(cites[pair * 2 + 1], format!("({family}, 2019b)"));
        assert!(entries[pair * 2].starts_with(&format!("{author} (2019a).")), "{entries:?}");
        assert!(entries[pair * 2 + 1].starts_with(&format!("{author} (2019b).")), "{entries:?}");
    }
    assert_eq!(cites[12..], ["(A. Ng, 2019)", "(C. Ng, 2019)", "(C. Ng, 2020)"]);
    assert!(entries[12].starts_with("Ng, A. (2019)."), "{entries:?}");
}

#[test]
fn letters_go_on_behind_z() {
    let (cites, entries) = works(&style("apa", "en-US"), &[("Abdul, A.", 2019); 300]);
    assert_eq!((cites[25].as_str(), cites[26].as_str()), ("(Abdul, 2019z)", "(Abdul, 2019aa)"));
    assert_eq!(cites[299], "(Abdul, 2019kn)");
    assert!(entries[299].starts_with("Abdul, A. (2019kn)."), "{}", entries[299]);
}

/// Text of the kinds authors paste: words, numbers, marks, tags, other scripts, nothing.
fn odd_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-zА-я0-9 .,;:!?()'\"*<>/&–-]{0,24}",
        "[0-9]{1,12}",
        "[0-9]{1,3}[-–, &][0-9]{1,4}[a-z]?",
        "[IVXLCMivxlcm]{1,8}",
        "<i>[a-z ]{1,5}</[ib]>[\"'*^~]{0,3}",
        "\\PC{0,8}",
    ]
}

fn odd_date() -> impl Strategy<Value = Value> {
    let part = prop_oneof![-3000i64..3000, 0i64..14, Just(40_000i64)];
    let day = proptest::collection::vec(part, 0..5);
    prop_oneof![
        proptest::collection::vec(day, 0..4)
            .prop_map(|parts| serde_json::json!({ "date-parts": parts, "season": 2, "circa": 1 })),
        odd_text().prop_map(|text| serde_json::json!({ "literal": text })),
        odd_text().prop_map(|text| serde_json::json!({ "raw": text })),
        odd_text().prop_map(Value::String),
        Just(Value::Null),
    ]
}

fn odd_name() -> impl Strategy<Value = Value> {
    let texts = (odd_text(), odd_text(), odd_text(), any::<bool>());
    texts.prop_map(|(family, given, suffix, literal)| match literal {
        true => serde_json::json!({ "literal": family }),
        false => serde_json::json!({ "family": family, "given": given, "suffix": suffix }),
    })
}

fn odd_item() -> impl Strategy<Value = Item> {
    let kinds =
        ["book", "report", "legal_case", "webpage", "article-journal", "chapter", "nonsense"];
    let texts = [
        "title",
        "title-translated",
        "number",
        "volume",
        "issue",
        "page",
        "edition",
        "section",
        "container-title",
        "URL",
        "DOI",
        "archived-url",
        "chapter-number",
        "number-of-pages",
    ];
    let texts = proptest::collection::vec((0..texts.len()).prop_map(move |i| texts[i]), 0..9);
    let fields = texts.prop_flat_map(|names| {
        let values = proptest::collection::vec(odd_text(), names.len());
        values.prop_map(move |values| names.clone().into_iter().zip(values).collect::<Vec<_>>())
    });
    let names = proptest::collection::vec(odd_name(), 0..4);
    (0..kinds.len(), fields, names, odd_date(), odd_date()).prop_map(
        move |(kind, fields, names, issued, accessed)| {
            let mut item = Item::new();
            item.insert("type".into(), kinds[kind].into());
            for (name, value) in fields {
                item.insert(name.into(), value.into());
            }
            let role = if kind % 2 == 0 { "author" } else { "editor" };
            item.insert(role.into(), Value::Array(names));
            item.insert("issued".into(), issued);
            item.insert("accessed".into(), accessed);
            item
        },
    )
}

/// A title's letters and digits, as they must come out somewhere.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 16,
        max_shrink_iters: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn odd_sources_never_break_the_engine(
        items in proptest::collection::vec(odd_item(), 1..5),
        locators in proptest::collection::vec(odd_text(), 1..8),
    ) {
        let keys: Vec<String> = (0..items.len()).map(|i| format!("k{i}")).collect();
        let titles: Vec<String> = items.iter().map(|item| {
            let title = item.get("title").and_then(Value::as_str).unwrap_or_default();
            // The letters of tags are no words.
            if title.contains('<') { String::new() } else { letters(title) }
        }).collect();
        let library = Library::new(keys.iter().cloned().zip(items));
        let cite = |(i, locator): (usize, &String)| Cite {
            key: keys[i % keys.len()].clone(),
            locator: locator.clone(),
            suffix: locator.clone(),
            ..Cite::default()
        };
        let cites: Vec<Cite> = locators.iter().enumerate().map(cite).collect();
        let note = |(number, cites): (u32, &[Cite])| Note {
            number,
            address: format!("#n{number}"),
            clusters: vec![Cluster { cites: cites.to_vec(), before: Some('x'), after: None }],
        };
        let notes: Vec<Note> = (1..).zip(cites.chunks(2)).map(note).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        for name in Style::builtin_names() {
            let style = style(name, "en-GB");
            prop_assert!(style.cite(&library, &notes).is_ok(), "{}", name);
            let entries = style.bibliography(&library, &keys);
            prop_assert!(entries.is_ok(), "{}: {:?}", name, entries);
            if *name != "policy-report-notes" {
                continue;
            }
            for (key, entry) in entries.unwrap_or_default() {
                let title = &titles[key[1..].parse::<usize>().expect("a number")];
                let set = letters(&rapporteur::csl::plain(&entry));
                prop_assert!(set.contains(title.as_str()), "{} in {}", title, set);
            }
        }
    }
}
