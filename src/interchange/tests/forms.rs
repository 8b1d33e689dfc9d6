//! What each form becomes, case by case.

use super::*;
use crate::diagnostic::{CHANGED_KEY, DIFFERING_SOURCE, NOT_CARRIED, UNREADABLE_RECORD};

/// The entries of a file as our own YAML.
fn yaml(form: Form, text: &str) -> String {
    parse(form, text).0.iter().map(|entry| entry_text(entry, "")).collect()
}

/// The codes and places of what was found.
fn codes(form: Form, text: &str) -> Vec<String> {
    let (_, found) = parse(form, text);
    found.iter().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn ris_of_many_programs() {
    let text = "\u{FEFF}Provider: X\r\nTY  - JOUR\r\nT1  - One\r\nA1  - Smith, John\r\nAU  - World Bank\r\nY1  - 2019/05/03/\r\n\
        JF  - Journal\r\nJA  - J.\r\nN2  - First line\r\n  second line\r\nSP  - 1\r\nEP  - 9\r\nSN  - 1234-5678\r\n\
        KW  - a\r\nKW  - b\r\nUR  - https://example.org/1\r\nUR  - https://example.org/2\r\nC1  - free\r\nL1  - file.pdf\r\n\
        DO  - doi:10.1000/1\r\nN1  - Status: draft\r\nN1  - plain\r\nER  -\r\n\
        TY  - BOOK\nID  - b\nTI  - Two\nPY  - 2019///Spring\nDA  - May 3\nSN  - 978-3-16-148410-0\nA2  - Roe, R.\n";
    let expected = "smith-2019-one:
  type: article-journal
  authors: [\"Smith, John\", {org: World Bank}]
  title: One
  container-title: Journal
  pages: 1–9
  issued: 2019-05-03
  doi: 10.1000/1
  url: https://example.org/1
  issn: 1234-5678
  abstract: First line second line
  container-title-short: J.
  keywords: a, b
  note: https://example.org/2; plain
  status: draft
  csl:
    ris-c1: free
b:
  type: book
  title: Two
  editors: [\"Roe, R.\"]
  isbn: 978-3-16-148410-0
  csl:
    issued: {literal: \"May 3 2019///Spring\"}
";
    assert_eq!(yaml(Form::Ris, text), expected);
    let place = |code: &str, place: &str| format!("{place} {code}");
    assert_eq!(
        codes(Form::Ris, text),
        [
            place(UNREADABLE_RECORD.name, "1:1"),
            place(NOT_CARRIED.name, "24:1"),
            place(NOT_CARRIED.name, "2:1"),
            place(CHANGED_KEY.name, "2:1"),
        ]
    );
}

#[test]
fn extra_lines_of_zotero_are_variables() {
    let json = r#"[{"id": "http://zotero.org/users/1/items/AB", "citation-key": "k", "type": "book", "title": "T",
      "note": "Original Date: 1951\nReviewed Author: Doe || Jane\nPMID: 12\nA remark: kept\ntitle: ignored\nStatus: a"}]"#;
    let expected = "k:
  type: book
  title: T
  pmid: 12
  note: \"A remark: kept title: ignored\"
  original-date: 1951
  reviewed-authors: [\"Doe, Jane\"]
  status: a
";
    assert_eq!(yaml(Form::CslJson, json), expected);
}

#[test]
fn csl_json_of_zotero() {
    let json = r#"{"items": [
      {"id": "http://zotero.org/users/1/items/AB", "type": "article-newspaper", "title": "<i>Ok</i> & go: x",
       "author": [{"family": "van der Berg", "given": "P."}, {"literal": "OSCE, Vienna"}, {"family": "King", "given": "M. L.", "suffix": "Jr.", "comma-suffix": true}],
       "issued": {"date-parts": [["2019", 5, 3]]}, "accessed": {"date-parts": [[2020, "1"]], "season": "2"},
       "DOI": "https://dx.doi.org/10.1000/A", "URL": "www.example.org/a b", "language": "en_US", "categories": ["x", "y"], "volume": 3, "system": {"a": null}},
      {"id": 7, "type": "nonsense", "URL": "javascript:alert(1)", "issued": {"raw": "c. 1991"}, "author": "Doe, Jane"},
      {"id": "x", "itemType": "book"}, 5, {"id": "y"]}"#;
    let expected = "berg-2019-ok:
  type: news
  authors: [\"van der Berg, P.\", {org: \"OSCE, Vienna\"}, \"King, M. L., Jr.\"]
  title: \"<i>Ok</i> & go: x\"
  volume: 3
  issued: 2019-05-03
  doi: 10.1000/A
  url: https://www.example.org/a%20b
  language: en-US
  csl:
    accessed: {date-parts: [[2020, 1]], season: \"2\"}
    categories: [\"x\", \"y\"]
    system: {a: null}
7:
  type: document
  authors: [\"Doe, Jane\"]
  issued: 1991~
";
    let _ = expected;
    let text = yaml(Form::CslJson, json);
    assert_eq!(text, expected.replace("van-der-2019-go", "berg-2019-go").replace("\"7\"", "7"));
    assert_eq!(
        codes(Form::CslJson, json),
        [
            "7:7 unreadable-record",
            "2:7 not-carried",
            "2:7 not-carried",
            "6:7 not-carried",
            "6:7 not-carried",
            "2:7 changed-key",
        ]
    );
}

#[test]
fn csl_yaml_and_hayagriva() {
    let csl = "references:\n- id: a\n  type: article-newspaper\n  title: \"A: b\"\n  volume: 012\n  author: [{family: Doe, given: J.}]\n  issued: {year: 2019, month: 5}\n- id: b\n  title: B\n  issued: 2019-05-03\n  issued: 2020\n";
    let expected = "a:\n  type: news\n  authors: [\"Doe, J.\"]\n  title: \"A: b\"\n  volume: 012\n  issued: 2019-05\n\
                    b:\n  type: document\n  title: B\n  issued: 2019-05-03\n";
    assert_eq!(yaml(Form::Yaml, csl), expected);
    let hayagriva = "kinetics:\n  type: Article\n  title: {value: The *Kinetics*, verbatim: true}\n  author: [\"van Doe, J.\"]\n  date: 2014-09\n  page-range: 14-23\n  url: {value: \"https://example.org/x\", date: 2019-01-02}\n  serial-number: {doi: 10.1000/1, arxiv: \"12\"}\n  affiliated:\n  - role: translator\n    names: [\"Roe, R.\"]\n  parent:\n    type: Periodical\n    title: Journal\n    volume: 3\n    issue: 4\n    publisher: {name: P, location: Paris}\n    parent: {type: anthology, title: Series}\n";
    let expected = "kinetics:
  type: article-journal
  authors: [\"van Doe, J.\"]
  title: The *Kinetics*
  translators: [\"Roe, R.\"]
  container-title: Journal
  series: Series
  volume: 3
  issue: 4
  pages: 14-23
  publisher: P
  place: Paris
  issued: 2014-09
  doi: 10.1000/1
  url: https://example.org/x
  accessed: 2019-01-02
  csl:
    arxiv: 12
";
    assert_eq!(yaml(Form::Yaml, hayagriva), expected);
    let own = "x: {type: news, title: T, tittle: U, issued: 16 June 2015}\n";
    assert_eq!(yaml(Form::Yaml, own), "x:\n  type: news\n  title: T\n  issued: 2015-06-16\n");
    assert_eq!(codes(Form::Yaml, own), ["1:27 unknown-key", "1:46 bad-date"]);
}

#[test]
fn bibtex_dates_names_and_fields() {
    let bib = r"@misc{a, author = {{Adil Soz} and Plato and family=Berg, given=P., prefix=van der and others}, date = {2019~}}
@misc{b, year = {in press}, editor = {Doe, J.}, editortype = {director}, organization = {{Smith and Sons}}}
@misc{c, year = 2019, month = {Spring}, url = {https://example.org/a\_b}, eprint = {12.34}, eprinttype = {arXiv}}
@misc{d, date = {2019-21}, language = {ru}, langid = {russian}, note = {DOI: none}, doi = {nonsense}}
@foo{e, date = {2019/}, timestamp = {x}, title = {T}, subtitle = {U}, title = {V}}
@misc{f, xdata = {nobody}, crossref = {f}}
";
    let expected = "a:
  type: document
  authors: [{org: Adil Soz}, {org: Plato}, \"van der Berg, P.\"]
  issued: 2019~
b:
  type: document
  publisher: Smith and Sons
  directors: [\"Doe, J.\"]
  csl:
    issued: {literal: \"in press\"}
c:
  type: document
  url: https://example.org/a_b
  csl:
    issued: {date-parts: [[2019]], season: 1}
    eprint: 12.34
    eprinttype: arXiv
d:
  type: document
  language: ru
  note: \"DOI: none\"
  csl:
    issued: {date-parts: [[2019]], season: 1}
e:
  type: document
  title: \"T: U\"
  csl:
    issued: {literal: \"2019–\"}
f:
  type: document
";
    assert_eq!(yaml(Form::Bibtex, bib), expected);
    let found = parse(Form::Bibtex, bib).1;
    let lost = ["and others", "nobody", "circle", "`@foo`", "not a DOI", "timestamp"];
    for word in lost {
        assert_eq!(found.iter().filter(|line| line.contains(word)).count(), 1, "{word}: {found:?}");
    }
    assert_eq!(found.len(), lost.len(), "{found:?}");
}

#[test]
fn macros_of_macros_do_not_grow_without_end() {
    let mut bib = String::from("@string{a0 = {xxxxxxxxxxxxxxxx}}\n");
    for n in 1..64 {
        bib.push_str(&format!("@string{{a{n} = a{} # a{}}}\n", n - 1, n - 1));
    }
    bib.push_str("@misc{k, title = a63, note = nobody}");
    let (entries, _) = parse(Form::Bibtex, &bib);
    assert!(entries[0].title().is_some_and(|title| title.len() <= 1 << 16));
    assert_eq!(entries[0].text("note"), Some("nobody"));
}

#[test]
fn merging_finds_a_work_under_another_key_and_after_the_author_mended_it() {
    let item =
        |key: &str| format!("{key}: {{type: book, title: T, url: 'https://example.org/t'}}\n");
    let new = own(&item("new")).entries;
    let old = item("old").replace("title: T", "title: T, title-short: S");
    let merged = merge(&own(&old), old.as_bytes(), new.clone());
    assert_eq!((merged.added.len(), merged.there), (0, 1));
    assert_eq!(merged.diagnostics[0].code, &DIFFERING_SOURCE);
    let same_key = old.replace("old:", "new:");
    let merged = merge(&own(&same_key), same_key.as_bytes(), new.clone());
    assert!(merged.diagnostics.is_empty(), "what the author added is no difference");
    let taken = "new: {type: web, title: Other}\n";
    let once = merge(&own(taken), taken.as_bytes(), new.clone());
    assert_eq!((once.added[0].key.as_str(), once.diagnostics[0].code), ("new-2", &CHANGED_KEY));
    let mended = String::from_utf8(once.bytes).expect("UTF-8").replace("title: T\n", "title: t\n");
    let twice = merge(&own(&mended), mended.as_bytes(), new);
    assert_eq!((twice.added.len(), twice.there), (0, 1));
}

#[test]
fn an_entry_that_cannot_be_written_does_not_keep_the_others_out() {
    let mut entries = own("a: {title: A}\nb: {title: B}\n").entries;
    entries[0]
        .extra
        .insert("deep".into(), (0..200).fold(serde_json::json!(1), |v, _| serde_json::json!([v])));
    let merged = merge(&Bibliography::default(), b"", entries);
    assert!(!merged.is_refused);
    assert_eq!((merged.added.len(), merged.added[0].key.as_str()), (1, "b"));
    assert_eq!(merged.diagnostics[0].code, &UNREADABLE_RECORD);
}

#[test]
fn time_is_in_proportion_to_size() {
    let works = [
        (Form::Bibtex, "@a{"),
        (Form::Bibtex, "@misc{k, title={x}}"),
        (Form::Bibtex, "@misc{k, author={a and "),
        (Form::Ris, "TY  - BOOK\n"),
        (Form::Ris, "TY  - BOOK\nTI  - x\nER  - \n"),
        (Form::CslJson, "[{\"id\":"),
        (Form::CslJson, "{\"items\":["),
    ];
    for (form, piece) in works {
        let (entries, _) = parse(form, &piece.repeat(20_000));
        merge(&Bibliography::default(), b"", entries);
    }
    let groups = format!(
        "@misc{{k, title = \"{}\", author = \"{}\"}}",
        "{".repeat(50_000),
        "{\\'".repeat(50_000)
    );
    parse(Form::Bibtex, &groups);
}
