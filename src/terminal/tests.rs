use super::*;
use crate::diagnostic::{BAD_VALUE, DUPLICATE_NOTE, Fix, UNKNOWN_KEY};
use crate::source::FileId;
use proptest::prelude::*;

fn sources(text: &str) -> (Sources, FileId) {
    let mut sources = Sources::default();
    let file = sources.add_text("content/a.md", text);
    (sources, file)
}

/// A diagnostic at the first `words` in the text.
fn at(text: &str, words: &str) -> (Sources, Diagnostic) {
    let (sources, file) = sources(text);
    let start = text.find(words).unwrap();
    let span = Span::new(file, start..start + words.len());
    (sources, Diagnostic::new(&BAD_VALUE, span, "this is wrong").note("here"))
}

fn human(sources: &Sources, found: &[Diagnostic]) -> String {
    render_human(found, sources, 80, false)
}

#[test]
fn an_excerpt_with_all_its_parts() {
    let (mut sources, found) = at("[book]\r\ntitel = 1\r\n", "titel");
    let other = sources.add_text("b.md", "x\ny z\n");
    let found = found
        .label(Span::new(other, 2..3), "the other half")
        .help("did you mean `title`?")
        .fix(Span::new(FileId(0), 8..13), "title");
    let expected = "\
error[bad-value]: this is wrong
 --> content/a.md:2:1
  |
2 | titel = 1
  | ^^^^^ here
  |
 ::: b.md:2:1
  |
2 | y z
  | - the other half
  |
  = help: did you mean `title`?
  = fix: replace `titel` with `title`

1 error
";
    assert_eq!(human(&sources, &[found]), expected);
}

#[test]
fn carets_stand_under_wide_and_foreign_letters() {
    let (sources, found) = at("Казахстан 人权 право\n", "право");
    let text = human(&sources, &[found]);
    assert!(text.contains("a.md:1:14\n"), "{text}");
    assert!(text.contains("\n  |                ^^^^^ here"), "{text}");
}

#[test]
fn long_lines_are_trimmed_round_each_label() {
    let line =
        format!("{} wrong {} other {}", "a ".repeat(900), "ж ".repeat(900), "б ".repeat(9000));
    let (sources, found) = at(&line, "wrong");
    let other = line.find("other").unwrap();
    let found = found.label(Span::new(FileId(0), other..other + 5), "too");
    let text = human(&sources, &[found]);
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    assert!(text.contains("wrong") && text.contains("other"), "{text}");
    assert!(text.contains("a.md:1:1802\n") && text.contains("a.md:1:3609\n"), "{text}");
}

#[test]
fn ends_of_files_and_empty_files_can_be_shown() {
    for (text, start, end) in
        [("", 0, 0), ("a", 1, 1), ("a\n", 2, 2), ("a\r\n", 3, 9), ("ж", 1, 1), ("a\nb", 0, 99)]
    {
        let (sources, file) = sources(text);
        let found = Diagnostic::new(&BAD_VALUE, Span { file, start, end }, "x");
        assert!(
            human(&sources, std::slice::from_ref(&found)).contains("content/a.md:"),
            "{text:?}"
        );
        render_json(&[found], &sources);
    }
}

#[test]
fn a_span_of_many_lines_is_cut() {
    let text = "line\n".repeat(50);
    let (sources, file) = sources(&text);
    let found = Diagnostic::new(&BAD_VALUE, Span::new(file, 0..text.len()), "x");
    let shown = human(&sources, &[found]);
    assert!(shown.lines().count() < 14, "{shown}");
}

#[test]
fn colours_are_on_request() {
    let (sources, found) = at("x\n", "x");
    let found = [found];
    assert!(render_human(&found, &sources, 80, true).contains("\u{1b}["));
    assert!(!render_human(&found, &sources, 80, false).contains("\u{1b}["));
}

#[test]
fn the_summary_counts() {
    let (_, error) = at("x\n", "x");
    let mut hint = error.clone();
    hint.severity = Severity::Hint;
    let mut warning = error.clone();
    warning.severity = Severity::Warning;
    assert_eq!(
        summary(&[error.clone(), hint.clone(), error, warning]),
        "2 errors, 1 warning, 1 hint"
    );
    assert_eq!(summary(&[]), "");
}

#[test]
fn the_short_form() {
    let (sources, found) = at("ж x\n", "x");
    assert_eq!(
        render_short(&[found], &sources),
        "content/a.md:1:3: error[bad-value]: this is wrong\n"
    );
}

#[test]
fn json_has_every_key() {
    let (sources, file) = sources("ж [^a]\n\n[^a]: x\n");
    let plain = Diagnostic::new(&UNKNOWN_KEY, Span::new(file, 0..2), "m");
    let mut full = Diagnostic::new(&DUPLICATE_NOTE, Span::new(file, 3..7), "twice")
        .label(Span::new(file, 9..13), "first")
        .help("h");
    full.fix = Some(Fix { edits: vec![(Span::new(file, 3..7), String::new())] });
    let value: serde_json::Value =
        serde_json::from_str(&render_json(&[plain, full], &sources)).unwrap();
    let expected = serde_json::json!([
        {"code": "unknown-key", "severity": "error", "message": "m", "file": "content/a.md",
         "line": 1, "column": 1, "end_line": 1, "end_column": 2, "help": null, "labels": [], "fix": null},
        {"code": "duplicate-note", "severity": "error", "message": "twice", "file": "content/a.md",
         "line": 1, "column": 3, "end_line": 1, "end_column": 7, "help": "h",
         "labels": [{"message": "first", "file": "content/a.md", "line": 3, "column": 1,
                     "end_line": 3, "end_column": 5}],
         "fix": {"edits": [{"file": "content/a.md", "line": 1, "column": 3, "end_line": 1,
                            "end_column": 7, "text": ""}]}},
    ]);
    assert_eq!(value, expected);
    assert_eq!(render_json(&[], &sources), "[]\n");
}

#[test]
fn time_does_not_grow_with_the_file() {
    let text = "слово ".repeat(300_000);
    let (sources, file) = sources(&text);
    let found: Vec<_> = (0..100)
        .map(|i| Diagnostic::new(&BAD_VALUE, Span::new(file, i * 11..text.len() - i * 11), "x"))
        .collect();
    let begun = std::time::Instant::now();
    human(&sources, &found);
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

proptest! {
    #[test]
    fn any_span_can_be_shown(
        text in "[a-cж人\\t\\r\\n\u{300}\u{200d} ]{0,60}",
        start in 0_usize..200,
        length in 0_usize..200,
        width in 0_usize..200,
    ) {
        let (sources, file) = sources(&text);
        let span = Span { file, start, end: start + length };
        let found = Diagnostic::new(&BAD_VALUE, span, "x\ny").note("n").label(span, "").fix(span, "t\n");
        let found = [found];
        prop_assert!(!render_human(&found, &sources, width, true).is_empty());
        prop_assert_eq!(render_short(&found, &sources).lines().count(), 1);
        render_json(&found, &sources);
    }
}
