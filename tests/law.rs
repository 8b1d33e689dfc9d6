//! The recogniser over sentences, each with what must be found in it.

use rapporteur::law::{Finding, Instrument, Law, Scope, Warning, read, recognise, rights_claimed};
use serde::Deserialize;
use std::ops::Range;

#[derive(Deserialize)]
struct Cases {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    text: String,
    #[serde(default)]
    given: Vec<String>,
    expect: Vec<String>,
    /// Words that a warning is asked for; what it says is for people.
    #[serde(default)]
    warn: Option<String>,
    /// Whether the text is a note's or a table's.
    #[serde(default)]
    note_text: bool,
}

/// Takes the markup out as a Markdown parser would: emphasis and links leave their words, code is
/// masked.
fn prose(markdown: &str) -> (String, Vec<Range<usize>>) {
    let (mut text, mut masked) = (String::new(), Vec::new());
    let mut rest = markdown;
    while let Some(c) = rest.chars().next() {
        if let Some((words, after)) =
            rest.strip_prefix('[').and_then(|inner| inner.split_once("]("))
        {
            text.push_str(words);
            rest = after.split_once(')').expect("the address ends").1;
        } else if let Some((code, after)) =
            rest.strip_prefix('`').and_then(|inner| inner.split_once('`'))
        {
            masked.push(text.len()..text.len() + code.len());
            text.push_str(code);
            rest = after;
        } else {
            if c != '*' {
                text.push(c);
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    (text, masked)
}

fn run(law: &Law, case: &Case) -> (Vec<String>, Vec<Finding>) {
    let mut scope = Scope::new();
    for id in &case.given {
        scope.introduce(law, id);
    }
    scope.allow_bare_numbers(case.note_text);
    let mut found = Vec::new();
    for paragraph in case.text.split("\n\n") {
        let (text, masked) = prose(paragraph);
        scope.start_paragraph();
        let findings = recognise(law, &mut scope, &text, &masked);
        for finding in &findings {
            assert!(text.get(finding.number_span.clone()).is_some(), "{}: a span is torn", case.id);
            assert!(text.get(finding.group_span.clone()).is_some(), "{}: a span is torn", case.id);
        }
        found.extend(findings);
    }
    let words = found.iter().map(|finding| {
        let id = finding.instrument.as_deref().unwrap_or("?");
        format!("{id}:{}{}", finding.article, finding.pinpoint)
    });
    (words.collect(), found)
}

fn check(file: &str) {
    let law = Law::new(Vec::new(), Some("2019-11-22"), Some("KZ"));
    let cases: Cases = serde_yaml::from_str(file).expect("the cases are YAML");
    let mut wrong = Vec::new();
    for case in &cases.cases {
        let (found, findings) = run(&law, case);
        if found != case.expect {
            wrong.push(format!(
                "{}: {}\n  wanted {:?}\n  found  {found:?}",
                case.id, case.text, case.expect
            ));
        }
        let warned = findings.iter().any(|finding| !finding.warnings.is_empty());
        if case.warn.is_some() && !warned && !findings.is_empty() && !needs_rights(&case.id) {
            wrong.push(format!("{}: {}\n  no warning", case.id, case.text));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} are wrong\n{}",
        wrong.len(),
        cases.cases.len(),
        wrong.join("\n")
    );
}

/// A warning that comes from the rights of the sentence, not from the recogniser.
fn needs_rights(id: &str) -> bool {
    id == "T19"
}

#[test]
fn the_given_cases() {
    check(include_str!("law/prose-cases.yaml"));
}

#[test]
fn our_own_cases() {
    check(include_str!("law/more-cases.yaml"));
}

/// Tries sentences of anybody's: `LAW_CASES=file.yaml cargo test --test law -- --ignored`.
#[test]
#[ignore]
fn sentences_of_your_own() {
    let file = std::env::var("LAW_CASES").expect("LAW_CASES names a file of cases");
    check(&std::fs::read_to_string(file).expect("the file can be read"));
}

#[test]
fn slips_say_what_they_are() {
    let law = Law::new(Vec::new(), None, None);
    let warnings = |text: &str| {
        let found = recognise(&law, &mut Scope::new(), text, &[]);
        found.into_iter().flat_map(|finding| finding.warnings).collect::<Vec<_>>()
    };
    assert_eq!(warnings("the ICCPR (Articles 9)"), [Warning::PluralSlip { word: 11..19 }]);
    let out = |written: &str, count, read_as: Option<&str>| Warning::OutOfRange {
        written: written.into(),
        count,
        read_as: read_as.map(str::to_string),
    };
    assert_eq!(warnings("the UDHR (Article 45)"), [out("45", 30, None)]);
    assert_eq!(warnings("UDHR at Article 193"), [out("193", 30, Some("19"))]);
    assert_eq!(warnings("ICCPR Article 19(4)"), [Warning::UnknownPinpoint]);
    assert_eq!(warnings("ICCPR Article 19(3)"), []);
}

/// A law of the report's own, with one article.
fn own(id: &str, jurisdiction: &str, aliases: &str, more: &str) -> Instrument {
    let yaml = format!(
        "{{id: {id}, name: {id}, short_name: {id}, aliases: [{aliases}], kind: constitution, \
         contextual_aliases: [the constitution], jurisdiction: {jurisdiction}, {more} \
         articles: [{{number: '1', title: One}}, {{number: '2', title: Two}}]}}"
    );
    serde_yaml::from_str(&yaml).expect(&yaml)
}

fn found(law: &Law, text: &str) -> Vec<String> {
    let findings = recognise(law, &mut Scope::new(), text, &[]);
    let id = |finding: &Finding| finding.instrument.as_deref().unwrap_or("?").to_owned();
    findings.iter().map(|finding| format!("{}:{}", id(finding), finding.article)).collect()
}

#[test]
fn the_state_under_review_decides_whose_law_a_bare_name_means() {
    let uzbek = || own("uz-constitution", "UZ", "Constitution of Uzbekistan, electoral law", "");
    let text = "The Constitution of Uzbekistan is new. Article 2 of the constitution and Article 1 of \
        the electoral law apply, unlike Article 1 of Kazakhstan’s constitution.";
    let law = Law::new(vec![uzbek()], None, Some("UZ"));
    let expected = ["uz-constitution:2", "uz-constitution:1", "kz-constitution:1"];
    assert_eq!(found(&law, text), expected);
    let law = Law::new(Vec::new(), None, Some("UZ"));
    assert_eq!(found(&law, "the electoral law (Article 1)"), ["?:1"], "not Kazakhstan’s");
}

#[test]
fn the_day_of_the_report_decides_which_text_a_name_means() {
    let aliases = "Constitution of Kazakhstan, Kazakhstan’s constitution";
    let new = || own("kz-constitution-2026", "KZ", aliases, "valid_for: {from: '2026-07-01'},");
    let text = "Article 1 of the Constitution of Kazakhstan; the constitution (Article 2)";
    let on = |date| found(&Law::new(vec![new()], Some(date), Some("KZ")), text);
    assert_eq!(on("2026-08-01"), ["kz-constitution-2026:1", "kz-constitution-2026:2"]);
    assert_eq!(on("2019-11-22"), ["kz-constitution:1", "kz-constitution:2"]);
    let between = Law::new(vec![new()], Some("2024-01-01"), Some("KZ"));
    let findings = recognise(&between, &mut Scope::new(), text, &[]);
    assert!(findings.iter().all(|finding| finding.instrument.is_none()));
    let warned = |finding: &Finding| matches!(finding.warnings[..], [Warning::OtherVersion { .. }]);
    assert!(warned(&findings[0]), "{findings:?}");
}

/// Pieces of which garbage is made: the words that start a search, and what may stand around them.
const PIECES: [&str; 44] = [
    "Article",
    "Articles",
    "art.",
    "arts",
    "§",
    "paragraph",
    "section",
    "point",
    "(",
    ")",
    "[",
    "“",
    "”",
    "’s",
    ",",
    ";",
    "-",
    "–",
    ".",
    "of",
    "of the",
    "and",
    "to",
    "read with",
    "ICCPR",
    "UDHR",
    "P1",
    "P1-1",
    "A1P1",
    "the Convention",
    "Protocol No. 4 to the",
    "the Criminal Code",
    "Kazakhstan’s constitution",
    "Law “",
    "9",
    "14(3)(d)",
    "193",
    "2019",
    "ст.",
    "статьи",
    "п. 3",
    "20-бап",
    "тармағы",
    "Ibid.,",
];

proptest::proptest! {
    /// Whatever stands around the words that start a search: no panic, and spans that are real.
    #[test]
    fn garbage_is_read_without_harm(
        places in proptest::collection::vec(0..PIECES.len() + 12, 0..60),
        filling in "\\PC{0,24}",
        joined in proptest::bool::ANY,
    ) {
        let law = law();
        let pieces: Vec<&str> =
            places.iter().map(|&place| PIECES.get(place).copied().unwrap_or(&filling)).collect();
        let text = pieces.join(if joined { "" } else { " " });
        let mut scope = Scope::new();
        scope.allow_bare_numbers(joined);
        let masked = text.len() / 3..text.len() / 2;
        for masked in [&[][..], &[masked]] {
            let read = read(law, &mut scope, &text, masked);
            for finding in &read.findings {
                let spans = [&finding.number_span, &finding.group_span];
                for span in spans.into_iter().chain(&finding.name_span) {
                    proptest::prop_assert!(text.get(span.clone()).is_some(), "{text}: {finding:?}");
                }
            }
            let names: Vec<Range<usize>> = read.names.into_iter().map(|name| name.span).collect();
            rights_claimed(&text, &names);
        }
    }
}

fn law() -> &'static Law {
    static LAW: std::sync::LazyLock<Law> =
        std::sync::LazyLock::new(|| Law::new(Vec::new(), Some("2019-11-22"), Some("KZ")));
    &LAW
}

/// Time grows with the length of a text and not with its square: with the square, the last of
/// these would take minutes.
#[test]
fn long_repetitions_are_read_in_time() {
    let start = std::time::Instant::now();
    let pairs =
        PIECES.iter().flat_map(|a| PIECES.iter().step_by(11).map(move |b| format!("{a} {b} 9 ")));
    for piece in pairs {
        read(law(), &mut Scope::new(), &piece.repeat(4_000 / piece.len()), &[]);
    }
    for piece in [
        "(1)",
        "1.",
        "ст.",
        "п.",
        "\" ",
        "1, ",
        "the ",
        "ICCPR, ",
        ", section 9 ",
        "(“the Convention”) ",
    ] {
        for start in ["Article 9", "ICCPR", "ст", "paragraphs", "Law "] {
            let text = format!("{start}{}", piece.repeat(20_000 / piece.len()));
            read(law(), &mut Scope::new(), &text, &[]);
        }
    }
    let text = format!("Article 9{}", ", 1".repeat(100_000));
    read(law(), &mut Scope::new(), &text, &[]);
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn a_note_goes_on_from_its_sentence_and_says_nothing_to_the_text() {
    let mut scope = Scope::new();
    recognise(law(), &mut scope, "The ICCPR protects liberty.", &[]);
    let id = |findings: Vec<Finding>| -> Vec<String> {
        findings.iter().map(|one| one.instrument.as_deref().unwrap_or("?").to_owned()).collect()
    };
    let mut note = scope.fork_for_note();
    assert_eq!(id(recognise(law(), &mut note, "Article 9(1); UDHR 9.", &[])), ["iccpr", "udhr"]);
    assert_eq!(id(recognise(law(), &mut scope, "Article 10 adds more.", &[])), ["iccpr"]);
    recognise(law(), &mut scope, "The UDHR is older.", &[]);
    scope.start_paragraph();
    let bare = id(recognise(law(), &mut scope, "Article 7 is absolute.", &[]));
    assert_eq!(bare, ["?"], "of two instruments a new paragraph takes neither");
}
