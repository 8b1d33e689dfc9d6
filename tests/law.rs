//! The recogniser over sentences, each with what must be found in it.

use rapporteur::law::{Finding, Law, Scope, Warning, recognise};
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
