use super::*;
use crate::diagnostic::{Diagnostic, is_inside};
use crate::source::Sources;
use proptest::prelude::*;
use serde_json::json;

fn load(text: &str) -> (Sources, Bibliography, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let file = sources.add_text("citations.yaml", text);
    let mut found = Vec::new();
    let bibliography = read(&sources, file, "en-GB", &mut found);
    (sources, bibliography, found)
}

fn findings(text: &str) -> Vec<String> {
    let (sources, _, found) = load(text);
    let line = |d: &Diagnostic| {
        let place = sources.file(d.span.file).place(d.span.start);
        let fix = d.fix.as_ref().map(|fix| format!(" -> {}", fix.edits[0].1)).unwrap_or_default();
        format!("{}:{} {} {}{fix}", place.line, place.column, d.code.name, d.message)
    };
    found.iter().map(line).collect()
}

fn entry(text: &str) -> Entry {
    load(text).1.entries.remove(0)
}

const LAW: &str = "\
law-assembly:
  type: law
  title: О порядке организации мирных собраний
  title-translated: On the procedure for peaceful assemblies
  authors: [{org: Парламент}]
  editors: \"van der Berg, Piet\"
  number: 333-VI
  volume: 012
  issued: 2020-05-25
  url: https://adilet.zan.kz/rus/docs/Z2000000333
  accessed: 2023-02-11
  archived: {url: \"https://web.archive.org/x\", date: 2023-02-12}
  language: ru
  keywords: [a, b]
  csl: {available-date: 1991~, volume: 9, custom: {n: 1}, curator: 'B, A'}
";

#[test]
fn an_entry_is_read_and_given_out_as_csl_json() {
    let (_, bibliography, found) = load(LAW);
    assert!(found.is_empty(), "{found:?}");
    let entry = bibliography.get("law-assembly").unwrap();
    assert_eq!((entry.kind, entry.written_kind.as_str()), ("legislation", "law"));
    let expected = json!({
        "id": "law-assembly",
        "type": "legislation",
        "author": [{"literal": "Парламент"}],
        "editor": [{"family": "Berg", "given": "Piet", "non-dropping-particle": "van der"}],
        "URL": "https://adilet.zan.kz/rus/docs/Z2000000333",
        "keyword": "a, b",
        "language": "ru",
        "number": "333-VI",
        "title": "О порядке организации мирных собраний",
        "volume": "012",
        "accessed": {"date-parts": [[2023, 2, 11]]},
        "issued": {"date-parts": [[2020, 5, 25]]},
        "title-translated": "On the procedure for peaceful assemblies",
        "archived-url": "https://web.archive.org/x",
        "archived-date": "2023-02-12",
        "available-date": {"date-parts": [[1991]], "circa": true},
        "custom": {"n": 1},
        "curator": [{"family": "B", "given": "A"}],
    });
    assert_eq!(serde_json::Value::Object(entry.to_csl_json()), expected);
}

#[test]
fn dates_in_all_forms() {
    for text in ["2019", "2019-11", "2019-11-22", "1991~", "2020/2022", "2019-11/2020-01", "-0044"]
    {
        assert_eq!(EntryDate::parse(text).unwrap().to_string(), text);
    }
    for text in
        ["19", "2019-13", "2019-02-30", "2022/2020", "2020/", "~", "", "2019-1", "2019-11-22-1"]
    {
        assert_eq!(EntryDate::parse(text), None, "{text}");
    }
    let range = entry("a: {issued: 2020/2022}\n").to_csl_json();
    assert_eq!(range["issued"], json!({"date-parts": [[2020], [2022]]}));
}

#[test]
fn bad_dates_offer_what_they_mean() {
    let date = |text: &str| findings(&format!("a:\n  type: map\n  title: x\n  issued: {text}\n"));
    for (text, fix) in [
        ("16 June 2015", "2015-06-16"),
        ("June 16, 2015", "2015-06-16"),
        ("Sept. 2015", "2015-09"),
        ("16.06.2015", "2015-06-16"),
        ("2015-6-1", "2015-06-01"),
        ("2015/06/16", "2015-06-16"),
        ("c. 1991", "1991~"),
        ("2020–2022", "2020/2022"),
    ] {
        assert_eq!(date(text), [format!("4:11 bad-date `{text}` is not a date -> {fix}")]);
    }
    assert_eq!(date("06/07/2015"), ["4:11 bad-date `06/07/2015` is not a date"]);
    assert_eq!(date("n.d."), ["4:11 bad-date `n.d.` is not a date"]);
    assert_eq!(date("[2019]"), ["4:11 bad-date a date is a text, but this is a list"]);
}

#[test]
fn names() {
    let names = |text: &str| entry(&format!("a: {{authors: {text}}}\n")).names("author").to_vec();
    assert_eq!(names("[Human Rights Watch]"), [Name::Literal("Human Rights Watch".into())]);
    assert_eq!(names("['King, Martin Luther, Jr.']")[0].sorted(), "King, Martin Luther, Jr.");
    assert_eq!(
        names("[{family: Berg, given: P, particle: van der}]"),
        names("['van der Berg, P']")
    );
    assert_eq!(
        names("['boyd, danah']")[0].to_csl_json(),
        json!({"family": "boyd", "given": "danah"})
    );
    let ludwig = json!({"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"});
    assert_eq!(names("['Beethoven, Ludwig van']")[0].to_csl_json(), ludwig);
    assert_eq!(
        findings("a: {type: map, title: x, authors: [{famly: X}, [y]]}\n"),
        [
            "1:37 unknown-key there is no part `famly` of a name -> family",
            "1:36 bad-value this name has neither `family` nor `org`",
            "1:48 bad-value a name is a text, but this is a list",
        ]
    );
}

#[test]
fn unknown_fields_and_types() {
    assert_eq!(
        findings("a:\n  type: newz\n  tittle: x\n  titel: y\n  xyzzy: [1]\n  colour: blue\n"),
        [
            "2:9 bad-value there is no type `newz` -> news",
            "3:3 unknown-key there is no field `tittle` of a source -> title",
            "4:3 unknown-key there is no field `titel` of a source -> title",
            "5:3 unknown-key there is no field `xyzzy` of a source",
            "6:3 unknown-key there is no field `colour` of a source",
        ]
    );
    assert_eq!(
        findings("a: {type: map, title: x, date: 2019, issued: 2020}\n"),
        ["1:38 bad-value `issued` and `date` are the same field",]
    );
    for (alias, _) in TYPE_ALIASES {
        assert!(CSL_TYPES.contains(&csl_type(alias).unwrap()), "{alias}");
    }
}

#[test]
fn duplicates() {
    assert_eq!(
        findings("a: {type: map, title: x}\na: {type: map, title: y, title: z}\n"),
        [
            "2:1 duplicate-source the key `a` names two sources",
            "2:26 bad-yaml the key `title` is given twice",
        ]
    );
    let (_, bibliography, _) = load("a: {title: x}\na: {title: y}\n");
    assert_eq!(bibliography.entries.len(), 1);
    assert_eq!(bibliography.get("a").unwrap().title(), Some("x"));
    let text = "a: {type: map, title: x, doi: 10.1080/ABC}\nb: {type: map, title: y, url: 'https://doi.org/10.1080/abc'}\n\
                c: {type: map, title: z, url: 'http://www.E.org/p/', accessed: 2019}\n\
                d: {type: map, title: z, url: 'https://e.org/p#x', accessed: 2019}\n";
    assert_eq!(
        findings(text),
        [
            "2:31 duplicate-work the sources `a` and `b` have the same DOI",
            "4:31 duplicate-work the sources `c` and `d` have the same address",
        ]
    );
}

#[test]
fn incomplete_sources() {
    assert_eq!(
        findings("a:\nb: {type: article-journal, title: x}\nc: text\n"),
        [
            "1:1 incomplete-source the source `a` lacks `type`, `title`",
            "2:1 incomplete-source the source `b` (article-journal) lacks `authors`, `container-title`, `issued`",
            "3:4 bad-value a source holds fields, but this is text",
        ]
    );
    let title = "a: {type: map, title: Закон о собраниях}\n";
    assert_eq!(findings(title).len(), 1);
    assert!(
        findings(title)[0].starts_with("1:23 incomplete-source the title of `a` is in Cyrillic")
    );
    assert!(findings("a: {type: map, title: Закон, language: ru}\n").is_empty());
    let mut found = Vec::new();
    let mut sources = Sources::default();
    let file = sources.add_text("c.yaml", title);
    read(&sources, file, "kk-KZ", &mut found);
    assert!(found.is_empty(), "a Cyrillic title in a Kazakh report");
}

#[test]
fn a_mistake_in_yaml_is_not_held_against_the_entry_twice() {
    let text = "a:\n  type: report\n  authors: [x\n  issued: 2019\n  title: A: b\nb: {type: map}\n";
    let found = findings(text);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[2].starts_with("6:1 incomplete-source the source `b`"));
    assert_eq!(load(text).1.get("a").unwrap().title(), Some("A: b"));
}

#[test]
fn addresses() {
    let url = |text: &str| {
        findings(&format!("a: {{type: map, title: x, accessed: 2019, url: '{text}'}}\n"))
    };
    let unsafe_words = |scheme: &str| {
        vec![format!(
            "1:47 unsafe-url an address that begins with `{scheme}:` is not safe to follow"
        )]
    };
    assert_eq!(url("javascript:alert(1)"), unsafe_words("javascript"));
    assert_eq!(url("JavaScript:alert(1)"), unsafe_words("JavaScript"));
    assert_eq!(url("file:///etc/passwd"), unsafe_words("file"));
    assert_eq!(url("data:text/html,x"), unsafe_words("data"));
    let fixed = "1:47 bad-value the address has no `https://` before it -> https://www.e.org/x";
    assert_eq!(url("www.e.org/x"), [fixed]);
    assert_eq!(url("https://e.org/a b"), ["1:47 bad-value this is not an address"]);
    assert!(url("HTTPS://e.org/x").is_empty() && url("doi:10.1080/x").is_empty());
    assert_eq!(entry("a: {url: 'javascript:x'}\n").url(), None);
    assert_eq!(
        entry("a: {archived: 'javascript:x', csl: {URL: 'data:x'}}\n").to_csl_json().len(),
        2
    );
    assert_eq!(entry("a: {doi: 'https://dx.doi.org/10.1080/x'}\n").doi(), Some("10.1080/x"));
    assert_eq!(
        findings("a: {type: map, title: x, doi: abc}\n"),
        ["1:31 bad-value `abc` is not a DOI"]
    );
}

#[test]
fn a_page_needs_the_day_on_which_it_was_read() {
    let found =
        |fields: &str| findings(&format!("a: {{title: x, url: 'https://e.org/', {fields}}}\n"));
    let words = "the source `a` has an address, but not the day on which it was read";
    assert_eq!(found("type: map"), [format!("1:20 url-without-accessed {words}")]);
    assert!(found("type: map, accessed: 2019-01-01").is_empty());
    assert!(found("type: map, archived: 'https://web.archive.org/'").is_empty());
    assert!(found("type: law, issued: 1999").is_empty());
    assert!(found("type: map, doi: 10.1234/x").is_empty());
}

#[test]
fn languages() {
    let found = |tag: &str| findings(&format!("a: {{type: map, title: x, language: {tag}}}\n"));
    assert!(found("kk-Cyrl").is_empty());
    assert_eq!(found("ru_RU"), ["1:36 bad-value `ru_RU` is not a language tag -> ru-RU"]);
    assert_eq!(found("Russian"), ["1:36 bad-value `Russian` is not a language tag -> ru"]);
}

#[test]
fn foreign_shapes() {
    assert_eq!(
        findings("- id: a\n"),
        ["1:1 bad-value a bibliography holds a key for each source, but this is a list",]
    );
    assert_eq!(
        findings("a b: {type: map, title: x}\n"),
        ["1:1 bad-value this key cannot be cited"]
    );
    assert!(findings("").is_empty() && findings("# nothing yet\n").is_empty());
}

#[test]
fn bibtex() {
    let text = export::bibtex(&[&entry(LAW)]);
    let expected = r#"@legislation{law-assembly,
  author = {{Парламент}},
  editor = {van der Berg, Piet},
  urldate = {2023-02-11},
  date = {2020-05-25},
  url = {https://adilet.zan.kz/rus/docs/Z2000000333},
  keywords = {a, b},
  language = {ru},
  number = {333-VI},
  title = {О порядке организации мирных собраний},
  volume = {012},
  langid = {russian},
  options = {useprefix=true},
  usere = {On the procedure for peaceful assemblies},
  archived-url = {https://web.archive.org/x},
  archived-date = {2023-02-12},
  csl-json = {{"available-date":{"date-parts":[[1991]],"circa":true},"custom":{"n":1},"curator":[{"family":"B","given":"A"}]}},
}
"#;
    assert!(text.starts_with(expected), "{text}");
    let hard =
        entry("a: {type: news, title: 'A & B {50%} _x_ \\ #1', authors: ['Fish and Chips, A']}\n");
    let text = export::bibtex(&[&hard]);
    let title =
        r"title = {{A \& B \textbraceleft{}50\%\textbraceright{} \_x\_ \textbackslash{} \#1}}";
    assert!(text.contains(title), "{text}");
    assert!(text.contains("author = {{Fish and Chips}, A}"), "{text}");
    assert!(text.contains("entrysubtype = {newspaper}"), "{text}");
}

#[test]
fn ris() {
    let text = export::ris(&[&entry(LAW)]);
    for line in [
        "TY  - STAT",
        "ID  - law-assembly",
        "AU  - Парламент",
        "DA  - 2020/05/25/",
        "PY  - 2020",
        "Y2  - 2023/02/11/",
        "KW  - a",
        "KW  - b",
        "TT  - On the procedure for peaceful assemblies",
        "N1  - archived-url: https://web.archive.org/x",
        "N1  - archived-date: 2023-02-12",
        "ED  - van der Berg, Piet",
    ] {
        assert!(text.contains(&format!("{line}\r\n")), "{line} in {text}");
    }
    assert!(text.ends_with("ER  - \r\n\r\n"));
    let book = export::ris(&[&entry("a: {type: book, pages: 21–45, title: \"x\\nTY  - y\"}\n")]);
    assert!(
        book.contains("SP  - 21\r\nEP  - 45\r\n") && book.contains("TI  - x TY - y\r\n"),
        "{book}"
    );
}

#[test]
fn csl_json_export_is_an_array() {
    let (_, bibliography, _) = load("a: {title: x}\nb: {title: y}\n");
    let entries: Vec<&Entry> = bibliography.entries.iter().collect();
    let value: serde_json::Value = serde_json::from_str(&export::csl_json(&entries)).unwrap();
    assert_eq!(value[1]["id"], "b");
    assert_eq!(export::csl_json(&[]), "[]\n");
}

#[test]
fn every_variable_is_known_once() {
    let all: Vec<&str> = [fields::TEXTS, fields::NAMES, fields::DATES].concat();
    for name in &all {
        assert!(fields::field(name).is_some(), "{name}");
        assert_eq!(all.iter().filter(|other| *other == name).count(), 1, "{name}");
    }
    for name in fields::field_names() {
        assert!(fields::field(&name).is_some(), "{name}");
    }
}

proptest! {
    #[test]
    fn any_file_is_read(text in "([a-c]:|  (type|title|authors|issued|url|archived|csl|doi|language):|\\n|[ \\n'\"{}\\[\\],:~/0-9a-cж.-]){0,60}") {
        let (sources, bibliography, found) = load(&text);
        prop_assert!(found.iter().all(|d| is_inside(&sources, d.span)));
        let entries: Vec<&Entry> = bibliography.entries.iter().collect();
        export::bibtex(&entries);
        export::ris(&entries);
        prop_assert!(serde_json::from_str::<serde_json::Value>(&export::csl_json(&entries)).is_ok());
    }

    #[test]
    fn any_date_is_read(text in "[0-9/~. a-zA-Z–-]{0,24}") {
        if let Some(date) = EntryDate::parse(&text).or_else(|| date::guess(&text)) {
            prop_assert_eq!(EntryDate::parse(&date.to_string()), Some(date));
        }
    }
}

#[test]
fn every_type_belongs_to_a_group() {
    for kind in super::CSL_TYPES {
        let group = super::fields::group(kind);
        assert!(crate::config::SOURCE_GROUPS.contains(&group), "{kind}: {group}");
    }
}

#[test]
fn slips_that_yaml_and_browsers_forgive_are_told() {
    let with = |line: &str| findings(&format!("a:\n  type: map\n  title: x\n  {line}\n"));
    assert_eq!(
        with("note: Report #5 of x"),
        ["4:16 bad-value what follows ` #` is a comment to YAML: the text ends before it"]
    );
    assert_eq!(with("note: Report # a remark"), [""; 0]);
    assert_eq!(with("note: 'Report #5'"), [""; 0]);
    for url in ["\"java\\tscript:x\"", "\"&#106;avascript:x\"", "javascript&colon;x"] {
        let found = with(&format!("url: {url}"));
        let words = "4:8 unsafe-url this address hides a scheme that is not safe to follow";
        assert_eq!(found, [words], "{url}");
    }
    assert_eq!(with("language: kz"), ["4:13 bad-value `kz` names a State, not a language -> kk"]);
    assert_eq!(
        with("csl: {volum: 3, custom: 4}"),
        ["4:9 unknown-key CSL has no variable `volum` -> volume"]
    );
    assert_eq!(
        with("issued: 2019-13"),
        ["4:11 bad-date `2019-13` is not a date: there is no month 13"]
    );
    assert_eq!(
        with("issued: 2019-02-30"),
        ["4:11 bad-date `2019-02-30` is not a date: 2019-02 has no day 30"]
    );
    assert_eq!(
        with("issued: 2020/2019"),
        ["4:11 bad-date `2020/2019` is not a date: the range ends before it begins"]
    );
    for (text, fix) in [("~1991", "1991~"), ("20190503", "2019-05-03")] {
        assert!(with(&format!("issued: {text}"))[0].ends_with(&format!("-> {fix}")));
    }
    assert_eq!(
        with("issued: 2020-05\n  accessed: 2020-04-30"),
        ["5:13 bad-date the source `a` was read before it appeared"]
    );
    assert_eq!(with("issued: 2020-05\n  accessed: 2020-05-01"), [""; 0]);
}
