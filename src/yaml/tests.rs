use super::*;
use crate::diagnostic::is_inside;
use proptest::prelude::*;

fn read(text: &str) -> (Sources, Option<Node>, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let file = sources.add_text("a.yaml", text);
    let (node, found) = parse(&sources, file, 0..text.len());
    (sources, node, found)
}

/// Each diagnostic as `line:column text: message`.
fn findings(text: &str) -> Vec<String> {
    let (sources, _, found) = read(text);
    let show = |d: &Diagnostic| {
        let place = sources.file(d.span.file).place(d.span.start);
        format!("{}:{} {}: {}", place.line, place.column, sources.text(d.span), d.message)
    };
    found.iter().map(show).collect()
}

fn json(text: &str) -> String {
    read(text).1.map_or("-".into(), |node| serde_json::to_string(&to_serde(&node)).unwrap())
}

/// Asserts the one finding of `text` and what could be read all the same.
#[track_caller]
fn check(text: &str, finding: &str, value: &str) {
    assert_eq!(findings(text), [finding], "{text}");
    assert_eq!(json(text), value, "{text}");
}

/// The text after applying every fix.
fn mended(text: &str) -> String {
    let mut edits: Vec<_> =
        read(text).2.into_iter().filter_map(|d| d.fix).flat_map(|fix| fix.edits).collect();
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    edits.into_iter().fold(text.to_string(), |mut text, (span, new)| {
        text.replace_range(span.range(), &new);
        text
    })
}

#[test]
fn scalars_keep_their_text_and_places() {
    let text = "a: 1.10\nb: no\nc: 012\nd: 2019-11-22\ne: 'it''s' # c\nf:\ng: ~\nh: \"\"\n";
    let (sources, node, found) = read(text);
    let node = node.unwrap();
    assert!(found.is_empty());
    let texts: Vec<_> = node.pairs().iter().map(|(_, value)| value.as_text()).collect();
    let expected = ["1.10", "no", "012", "2019-11-22", "it's"].map(Some);
    assert_eq!(texts[..5], expected);
    assert_eq!(texts[5..], [None, None, Some("")]);
    assert_eq!(sources.text(node.get("e").unwrap().span), "'it''s'");
    assert_eq!(sources.text(node.pair("d").unwrap().0.span), "d");
}

#[test]
fn places_are_bytes_of_the_file_also_in_a_part_of_it() {
    let mut sources = Sources::default();
    let text = "\u{FEFF}---\r\nназва: Ж\r\nb: [x, y: z]\r\n---\r\nтекст";
    let file = sources.add_text("a.md", text);
    let body = sources.file(file).text.clone();
    let end = body.rfind("---").unwrap();
    let (node, found) = parse(&sources, file, 5..end);
    let node = node.unwrap();
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(sources.text(node.get("назва").unwrap().span), "Ж");
    assert_eq!(sources.text(node.get("b").unwrap().span), "[x, y: z]");
    assert_eq!(sources.text(node.span), "назва: Ж\r\nb: [x, y: z]");
}

#[test]
fn colon_in_text() {
    let text = "a:\n  title: Foo: the bar\n  issued: 2019\n";
    let value = r#"{"a":{"title":"Foo: the bar","issued":2019}}"#;
    check(text, "2:13 :: a text without quotes holds a colon and a space", value);
    assert_eq!(mended(text), "a:\n  title: 'Foo: the bar'\n  issued: 2019\n");
    assert_eq!(mended("a: It's: \"so\" \\ x\n"), "a: \"It's: \\\"so\\\" \\\\ x\"\n");
}

#[test]
fn quotes_that_never_close_are_shown_where_they_open() {
    let words = "2:10 \": the quote that opens here is never closed";
    let value = r#"{"a":{"title":"Foo","issued":2019}}"#;
    check("a:\n  title: \"Foo\n  issued: 2019\n", words, value);
    let text = "a:\n  title: \"Foo\n  issued: 2019\nb:\n  title: \"Bar\"\n";
    check(text, words, r#"{"a":{"title":"Foo","issued":2019},"b":{"title":"Bar"}}"#);
    let swallowed = "a:\n  title: 'Foo\n  issued: 2019\n  note: 'x\n";
    assert_eq!(findings(swallowed).len(), 2, "{:?}", findings(swallowed));
}

#[test]
fn quotes_inside_quotes() {
    let words = "1:8 s bad': the text in quotes ends before these words";
    check("a: 'It's bad'\n", words, r#"{"a":"It's bad"}"#);
    assert_eq!(mended("a: 'It's bad'\n"), "a: 'It''s bad'\n");
    assert_eq!(mended("a: \"a \"b\" c\"\n"), "a: \"a \\\"b\\\" c\"\n");
}

#[test]
fn tabs() {
    let text = "a:\n\ttitle: x\n\tb: 2\nc: 1\n";
    check(text, "2:1 \t: this line is indented with a tab", r#"{"a":{"title":"x","b":2},"c":1}"#);
    assert_eq!(mended(text), "a:\n  title: x\n  b: 2\nc: 1\n");
    let text = "a:\n  title: x y\n\turl: z\nb: 1\n";
    assert_eq!(findings(text), ["3:1 \t: this line is indented with a tab"]);
}

#[test]
fn indentation() {
    let shallow = "3:2 issued: 2019: the indentation of this line fits no line above it";
    let text = "a:\n  title: x\n issued: 2019\n  url: z\n";
    check(text, shallow, r#"{"a":{"title":"x","url":"z"}}"#);
    let deep = "3:5 issued: 2019: this line is indented deeper than the one it follows";
    let text = "a:\n  title: x\n    issued: 2019\n    b: 1\n  url: z\n";
    check(text, deep, r#"{"a":{"title":"x","url":"z"}}"#);
}

#[test]
fn special_characters_at_the_beginning() {
    check("a: @foo\n", "1:4 @: a text without quotes cannot begin with `@`", r#"{"a":"@foo"}"#);
    let words = "1:9 report: this follows a value that `[` has begun, so it cannot be read";
    check("a: [UN] report\nb: 1\n", words, r#"{"a":"[UN] report","b":1}"#);
    assert_eq!(mended("a: [UN] report\n"), "a: '[UN] report'\n");
    let words = "1:4 !New: `!New` is read as a YAML tag, not as text";
    check("a: !New law\n", words, r#"{"a":"law"}"#);
    let words = "1:4 *b: `*b` repeats a value, but no value is marked `&b` above it";
    check("a: *b\n", words, r#"{"a":"*b"}"#);
    check(
        "a: \"x\\qy\"\n",
        "1:6 \\q: this backslash means nothing in double quotes",
        r#"{"a":"x\\qy"}"#,
    );
}

#[test]
fn brackets() {
    let words = "2:12 [: the bracket `[` that opens here is never closed";
    let text = "a:\n  authors: [x, y\n  issued: 2019\nb: 1\n";
    check(text, words, r#"{"a":{"authors":"[x, y","issued":2019},"b":1}"#);
    let words = "1:7 ]: `]` closes a bracket that was never opened";
    check("a: [x]]\nb: 1\n", words, r#"{"a":"[x]]","b":1}"#);
    assert_eq!(json("a: [\n  x,\n  y\n]\nb: 1\n"), r#"{"a":["x","y"],"b":1}"#);
}

#[test]
fn structure() {
    let words = "2:8 :: a space is missing after the colon";
    check("a:\n  title:x\n  b: 2\n", words, r#"{"a":{"b":2}}"#);
    let words = "2:1 foo: this line is neither `key: value` nor an item of a list";
    check("a: 1\nfoo\nb: 2\n", words, r#"{"a":1,"b":2}"#);
    check("a: 1\n---\nb: 2\n", "2:1 ---: a second document begins here", r#"{"a":1,"b":2}"#);
}

#[test]
fn every_mistake_is_found_in_one_run() {
    let text = "a:\n  title: A: b\n  x: 'It's'\nb:\n  t: @c\nc:\n  d: [e\nf: 1\n";
    let lines: Vec<_> =
        findings(text).iter().map(|f| f.split(' ').next().unwrap().to_string()).collect();
    assert_eq!(lines, ["2:11", "3:10", "5:6", "7:6"]);
    assert!(json(text).ends_with(r#""f":1}"#));
}

#[test]
fn anchors_and_merge_keys() {
    let text = "x: &x {org: UN, n: 1}\ny: {<<: *x, n: 2}\nz: [*x]\n";
    let value = r#"{"x":{"org":"UN","n":1},"y":{"n":2,"org":"UN"},"z":[{"org":"UN","n":1}]}"#;
    assert_eq!(json(text), value);
    assert!(findings(text).is_empty());
    let (sources, node, _) = read(text);
    let node = node.unwrap();
    assert_eq!(sources.text(node.get("z").unwrap().items()[0].span), "*x");
    let words = "1:9 1: `<<` takes in the fields of another entry, but this is text";
    check("a: {<<: 1}\n", words, r#"{"a":{}}"#);
    check(
        "x: &a [*a]\n",
        "1:8 *a: `*a` stands inside the value that it repeats",
        r#"{"x":[null]}"#,
    );
}

#[test]
fn billion_laughs_stop() {
    let mut text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_string();
    for i in 1..30 {
        let item = format!("*a{}", i - 1);
        text += &format!("a{i}: &a{i} [{}]\n", [item.as_str(); 9].join(", "));
    }
    let begun = std::time::Instant::now();
    assert!(findings(&text)[0].contains("grow too large"), "{:?}", findings(&text));
    assert_eq!(findings(&text).len(), 1);
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    let mut deep = "a0: &a0 [x]\n".to_string();
    for i in 1..3000 {
        deep += &format!("a{i}: &a{i} [*a{}]\n", i - 1);
    }
    assert!(findings(&deep).iter().any(|f| f.contains("nested more than 100 deep")));
}

#[test]
fn depth_is_limited() {
    let flow = format!("a: {}\nb: 1\n", "[".repeat(5000));
    assert!(!findings(&flow).is_empty());
    let block: String = (0..300).map(|i| format!("{}a:\n", " ".repeat(i))).collect();
    assert_eq!(findings(&block).len(), 1, "{:?}", findings(&block));
    let fits = format!("a: {}{}\n", "[".repeat(98), "]".repeat(98));
    assert!(findings(&fits).is_empty(), "{:?}", findings(&fits));
}

#[test]
fn duplicate_keys_are_data_first_and_a_diagnostic_on_demand() {
    let (_, node, found) = read("a: {x: 1, x: 2}\na: 3\n");
    assert!(found.is_empty());
    let node = node.unwrap();
    assert_eq!(node.duplicate_keys().len(), 1);
    let mut below = Vec::new();
    report_duplicates_below(&node, &mut below);
    assert_eq!(below.len(), 1);
    assert_eq!((below[0].span.start, below[0].labels[0].span.start), (10, 4));
    let mut all = Vec::new();
    report_duplicates(&node, &mut all);
    assert_eq!(all.len(), 2);
}

#[test]
fn decode_gives_values_or_the_place_of_the_misfit() {
    #[derive(serde::Deserialize, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Entry {
        number: String,
        #[serde(default)]
        binding: bool,
        years: Vec<u32>,
        level: Option<Level>,
    }
    #[derive(serde::Deserialize, Debug, PartialEq)]
    #[serde(rename_all = "kebab-case")]
    enum Level {
        National,
    }
    let entry = |text: &str| decode::<Entry>(&read(text).1.unwrap());
    let good = entry("number: 012\nbinding: true\nyears: [1999]\nlevel: national\n").unwrap();
    assert_eq!(good.number, "012");
    assert_eq!((good.binding, good.years, good.level), (true, vec![1999], Some(Level::National)));
    let (span, words) = entry("number: 1\nyears: [1, x]\n").unwrap_err();
    assert_eq!(span.range(), 21..22, "{words}");
    let (span, words) = entry("number: 1\nyears: []\ntitel: x\n").unwrap_err();
    assert!(span.range() == (20..25) && words.contains("titel"), "{span:?} {words}");
    assert_eq!(entry("years: []\n").unwrap_err().0.range(), 0..9);
}

#[test]
fn time_is_not_quadratic_in_mistakes() {
    let text = "k: @x: [\n".repeat(1_000);
    let begun = std::time::Instant::now();
    assert!(!findings(&text).is_empty());
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}

#[test]
fn places_are_borders_of_letters_that_were_blanked_out() {
    survives("a: [x, y: [МПh z:\n  ru: [МПh:ГПП, ");
}

/// Whether every span is real, and the tree's own spans nest.
fn sound(sources: &Sources, node: &Node) -> bool {
    is_inside(sources, node.span)
        && match &node.value {
            Value::List(items) => items.iter().all(|item| sound(sources, item)),
            Value::Map(pairs) => pairs.iter().all(|(k, v)| sound(sources, k) && sound(sources, v)),
            _ => true,
        }
}

#[track_caller]
fn survives(text: &str) {
    let (sources, node, found) = read(text);
    assert!(node.as_ref().is_none_or(|node| sound(&sources, node)), "{text:?}");
    for d in &found {
        let spans = d.labels.iter().map(|label| label.span).chain([d.span]);
        let edits = d.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.0));
        assert!(spans.chain(edits).all(|span| is_inside(&sources, span)), "{text:?} {d:?}");
    }
    if let Some(node) = node {
        to_serde(&node);
    }
}

#[test]
fn mutated_files_never_panic() {
    let seed = "# c\niccpr: &a\n  type: treaty\n  title: \"Ковенант: о 'правах'\"\n  authors: [{org: UN}, 'X, Y']\n  issued: 1966-12-16\n  csl: {volume: 999}\nb:\n  <<: *a\n  note: |\n    two\n    lines\n  tags:\n  - x\n  - y\n";
    let pieces = [
        "\"", "'", ": ", "\t", "[", "}", "*a", "&b ", "\n", "  ", "- ", "---\n", "|", ">", "\u{0}",
        "ж", "\r\n", "#", "!x", "\\", "?", "@", ",", "\u{FEFF}", "%", "<<: ",
    ];
    let chars: Vec<char> = seed.chars().collect();
    let mut state = 12345_u64;
    let mut random = |n: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    for _ in 0..3000 {
        let mut text = chars.clone();
        for _ in 0..=random(4) {
            let at = random(text.len());
            match random(3) {
                0 => drop(text.drain(at..(at + 1 + random(6)).min(text.len()))),
                1 => text.splice(at..at, pieces[random(pieces.len())].chars()).for_each(drop),
                _ => text[at] = chars[random(chars.len())],
            }
            if text.is_empty() {
                break;
            }
        }
        survives(&text.into_iter().collect::<String>());
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in "[a-c:\\- \\n\\t\"'\\[\\]{}&*!|>#%@,ж?<~0-2]{0,80}") {
        survives(&text);
    }
}
