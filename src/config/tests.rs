use super::*;
use crate::diagnostic::{Diagnostic, Level, Severity, is_inside};
use crate::source::Sources;
use proptest::prelude::*;

fn toml(text: &str) -> (Sources, Config, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let file = sources.add_text("book.toml", text);
    let mut found = Vec::new();
    let config = read(&sources, Some(file), &mut found);
    (sources, config, found)
}

fn show(sources: &Sources, found: &[Diagnostic]) -> Vec<String> {
    let line = |d: &Diagnostic| {
        let place = sources.file(d.span.file).place(d.span.start);
        let fix = d.fix.as_ref().map(|fix| format!(" -> {}", fix.edits[0].1)).unwrap_or_default();
        let text = sources.text(d.span);
        format!("{}:{} {} {text}: {}{fix}", place.line, place.column, d.code.name, d.message)
    };
    found.iter().map(line).collect()
}

/// Asserts the findings of a `book.toml`.
#[track_caller]
fn finds(text: &str, expected: &[&str]) {
    let (sources, _, found) = toml(text);
    assert_eq!(show(&sources, &found), expected, "{text}");
}

#[test]
fn all_keys_are_read() {
    let (sources, config, found) = toml(
        "[book]\ntitle = \"T\"\nauthors = [\"A\", \"B\"]\nlanguage = \"kk\"\nsrc = \"./text/\"\n\
         date = 2019-11-22\ndoi = \"https://doi.org/10.1/x\"\n[build]\nbuild-dir = \"out\"\n\
         [notes]\nnumbering = \"chapter\"\n[citations]\nfile = \"refs/c.yaml\"\nstyle = \"oscola\"\n\
         scope = \"report\"\ngroup = [\"web\", \"laws\"]\n[law]\nstate = \"KZ\"\nrecognise = false\n[markdown]\nhtml = \"trust\"\n\
         [checks]\nunused-source = \"off\"\nempty-note = \"error\"\n\
         [output.html]\nbase-url = \"https://example.org/r\"\nsearch = false\n",
    );
    assert_eq!(show(&sources, &found), [""; 0]);
    assert_eq!(
        (&*config.book.title, &*config.book.language, &*config.book.src),
        ("T", "kk", "text")
    );
    assert_eq!(config.book.authors, ["A", "B"]);
    assert_eq!(config.book.doi.as_deref(), Some("10.1/x"));
    assert_eq!(config.law_date().unwrap().to_string(), "2019-11-22");
    assert_eq!((config.notes.numbering, config.citations.scope), (Scope::Chapter, Scope::Report));
    assert_eq!(config.citations.groups, ["web", "laws"]);
    assert_eq!((config.build.build_dir.as_str(), config.markdown.html), ("out", RawHtml::Trust));
    assert_eq!((config.law.state.as_deref(), config.law.recognise), (Some("KZ"), false));
    assert_eq!(config.checks["unused-source"], Level::Off);
    assert_eq!(config.checks["empty-note"], Level::At(Severity::Error));
    assert_eq!(config.html.base_url.as_deref(), Some("https://example.org/r/"));
    assert!(!config.html.search);
    assert_eq!(sources.text(config.span("citations.style").unwrap()), "\"oscola\"");
}

#[test]
fn defaults_stand_without_a_file_and_with_a_broken_one() {
    let mut found = Vec::new();
    assert_eq!(read(&Sources::default(), None, &mut found), Config::default());
    let (_, mut config, found) = toml("[[[\n= 5\n\"");
    assert!(!found.is_empty() && found.iter().all(|d| d.code.name == "bad-toml"), "{found:?}");
    config.file = None;
    assert_eq!(config, Config::default());
}

#[test]
fn groups_of_sources_are_all_none_or_a_list() {
    let groups = |text: &str| toml(&format!("[citations]\ngroup = {text}\n")).1.citations.groups;
    assert_eq!(groups("true"), crate::config::SOURCE_GROUPS);
    assert_eq!(groups("false"), [""; 0]);
    assert_eq!(groups("[\"press\", \"nonsense\", \"press\"]"), ["press"]);
    finds(
        "[citations]\ngroup = \"press\"\n",
        &["2:9 bad-value \"press\": `citations.group` is `true`, `false` or a list of texts in \
           quotes, but this is a text"],
    );
}

#[test]
fn unknown_keys_name_the_nearest() {
    finds(
        "[book]\ntitel = 1\n",
        &["2:1 unknown-key titel: there is no key `titel` in `[book]` -> title"],
    );
    finds("[bok]\n", &["1:2 unknown-key bok: there is no key `bok` in book.toml -> book"]);
    finds(
        "[checks]\nunused-sorce = \"off\"\n",
        &["2:1 unknown-key unused-sorce: there is no check `unused-sorce` -> unused-source"],
    );
    let (_, _, found) = toml("title = \"x\"\n");
    assert_eq!(found[0].help.as_deref(), Some("`title` belongs in `[book]`"));
}

#[test]
fn keys_of_mdbook_are_hints() {
    let (_, _, found) = toml(
        "[book]\nmultilingual = false\n[build]\ncreate-missing = true\n[preprocessor.links]\n\
         [output.html]\nsite-url = \"/\"\n[output.linkcheck]\n[rust]\nedition = \"2021\"\n",
    );
    assert_eq!(found.len(), 6, "{found:?}");
    assert!(found.iter().all(|d| d.severity == Severity::Hint && d.fix.is_none()));
    assert!(found.iter().all(|d| d.help.as_ref().unwrap().contains("mdBook")), "{found:?}");
}

#[test]
fn wrong_values_say_what_is_allowed() {
    finds(
        "[notes]\nnumbering = \"chapters\"\n",
        &["2:13 bad-value \"chapters\": `notes.numbering` cannot be `chapters` -> \"chapter\""],
    );
    finds(
        "[law]\nstate = \"kz\"\nrecognise = \"yes\"\n",
        &[
            "2:9 bad-value \"kz\": `law.state` cannot be `kz` -> \"KZ\"",
            "3:13 bad-value \"yes\": `law.recognise` is `true` or `false`, but this is a text",
        ],
    );
    finds(
        "[book]\nlanguage = \"en_GB\"\ndate = \"2019-02-29\"\nauthors = [1]\ntitle = 5\n",
        &[
            "5:9 bad-value 5: `book.title` is a text in quotes, but this is a number",
            "4:12 bad-value 1: `book.authors` is a list of texts in quotes, but this is a number",
            "3:8 bad-value \"2019-02-29\": `2019-02-29` is not a day",
            "2:12 bad-value \"en_GB\": `book.language` cannot be `en_GB` -> \"en-GB\"",
        ],
    );
    finds(
        "[checks]\nempty-note = \"warn\"\n",
        &["2:14 bad-value \"warn\": the level of `empty-note` is one of four words -> \"warning\""],
    );
    finds("book = 3\n", &["1:8 bad-value 3: `book` is a table of settings, but this is a number"]);
    finds(
        "[output.html]\nbase-url = \"example.org\"\n",
        &["2:12 bad-value \"example.org\": `output.html.base-url` cannot be `example.org`"],
    );
}

#[test]
fn paths_stay_inside_the_project_and_apart() {
    finds(
        "[book]\nsrc = \"../x\"\n[citations]\nfile = \"/etc/x\"\nstyle = 'a\\b'\n",
        &[
            "2:7 bad-value \"../x\": `book.src`: the path leaves the project through `..`",
            "4:8 bad-value \"/etc/x\": `citations.file`: the path leaves the project",
            "5:9 bad-value 'a\\b': `citations.style`: the path holds a backslash",
        ],
    );
    for dir in [".", "content", "content/site", "themes"] {
        let (_, config, found) = toml(&format!("[build]\nbuild-dir = \"{dir}\"\n"));
        assert_eq!((found.len(), config.build.build_dir.as_str()), (1, "site"), "{dir}");
    }
    assert!(path_fault("C:/x").is_some() && path_fault("a..b/c").is_none());
}

#[test]
fn syntax_errors_are_all_reported_and_the_rest_is_read() {
    let text =
        "[book]\ntitle = My report\nlanguage = \"ru\"\nlanguage = \"en\"\n[law]\nstate = \"KZ\"\n";
    let (sources, config, found) = toml(text);
    let shown = show(&sources, &found);
    assert!(shown[0].starts_with("2:9 bad-toml My report: a text stands in quotes"), "{shown:?}");
    assert!(shown[1].starts_with("4:1 bad-toml language: this key is given twice"), "{shown:?}");
    assert_eq!(shown.len(), 2, "{shown:?}");
    assert_eq!(config.law.state.as_deref(), Some("KZ"));
}

#[test]
fn language_tags() {
    for tag in ["en", "en-GB", "kk-Cyrl-KZ", "sr-Latn", "zh-Hant-TW", "x-own", "de-1901"] {
        assert!(is_language_tag(tag), "{tag}");
    }
    for tag in [
        "",
        "e",
        "en_GB",
        "english language",
        "English",
        "kazakh",
        "en-",
        "-en",
        "en-toolongsubtag",
        "12",
        "рус",
    ] {
        assert!(!is_language_tag(tag), "{tag}");
    }
}

fn chapter(text: &str) -> (Sources, FrontMatter, usize, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let file = sources.add_text("a.md", text);
    let mut found = Vec::new();
    let (fields, body) = front_matter(&sources, file, &mut found);
    (sources, fields, body, found)
}

#[test]
fn front_matter_is_read() {
    let text = "---\r\ntitle: Civil: not\r\nnumber: 04\r\nauthors: [\"A\", B]\r\ndate: 2019-11-22\r\n\
                order: -3\r\nslug: civil-liberties\r\nlang: ru\r\ndraft: true\r\naliases: /old/\r\n\
                start:\r\n  note: 97\r\n  box: 2\r\n---\r\n\r\nText\r\n";
    let (sources, fields, body, found) = chapter(text);
    assert_eq!(show(&sources, &found).len(), 1, "only the colon in the title");
    assert_eq!(fields.title.unwrap().value, "Civil: not");
    assert_eq!(fields.number.as_ref().unwrap().value, "04");
    assert_eq!(fields.authors, ["A", "B"]);
    assert_eq!(fields.date.unwrap().value, Date::new(2019, 11, 22).unwrap());
    assert_eq!((fields.order.unwrap().value, fields.draft), (-3, true));
    assert_eq!(fields.aliases[0].value, "old/");
    assert_eq!((fields.start["note"].value, fields.start["box"].value), (97, 2));
    assert_eq!(&sources.file(crate::source::FileId(0)).text[body..], "\r\nText\r\n");
}

#[test]
fn front_matter_mistakes() {
    let (sources, fields, _, found) = chapter(
        "---\ntitel: x\ndate: 22.11.2019\nslug: Big Slug\nlang: ru_RU\ndraft: yes\norder: first\n\
         start: {notes: 1, box: 0}\ntitle: [a]\n---\n",
    );
    let mut found = show(&sources, &found);
    found.sort();
    assert_eq!(
        found,
        [
            "2:1 unknown-key titel: there is no field `titel` here",
            "3:7 bad-value 22.11.2019: `22.11.2019` is not a day",
            "4:7 bad-value Big Slug: `Big Slug` cannot be part of an address",
            "5:7 bad-value ru_RU: `ru_RU` is not a language tag -> ru-RU",
            "6:8 bad-value yes: `draft` is `true` or `false`",
            "7:8 bad-value first: `order` is a whole number, not `first`",
            "8:24 bad-value 0: the first number of `box` is a whole number from 1",
            "8:9 unknown-key notes: there is no field `notes` here -> note",
            "9:8 bad-value [a]: `title` is a text, but this is a list",
        ]
    );
    assert!(fields.draft && fields.start.is_empty());
}

#[test]
fn rules_are_not_front_matter() {
    for text in [
        "---\n\nText\n",
        "---\nTwo words: text\n",
        "----\ntitle: x\n",
        " ---\ntitle: x\n---\n",
        "---",
        "---\n# Heading\n\ntext\n",
        "Text\n---\ntitle: x\n---\n",
        "---\nNote: text\n",
    ] {
        assert_eq!(split(text), Split { yaml: None, body: 0, unclosed: None }, "{text}");
    }
    assert_eq!(split("---\n---\nx").yaml, Some(4..4));
    assert_eq!(
        split("---\n# c\n\ntitle: x\n...\ny"),
        Split { yaml: Some(4..18), body: 22, unclosed: None }
    );
    let (sources, fields, body, found) = chapter("---\ntitle: x\norder: 2\n\nText\n");
    assert_eq!(
        show(&sources, &found),
        ["1:1 bad-yaml ---: the front matter that opens here is never closed"]
    );
    assert_eq!((fields.title.unwrap().value.as_str(), body), ("x", 22));
}

#[test]
fn days() {
    assert_eq!(Date::parse("2020-02-29").unwrap().to_string(), "2020-02-29");
    for text in [
        "2019-02-29",
        "1900-02-29",
        "2019-13-01",
        "2019-1-1",
        "2019-11",
        "+019-11-11",
        "२०१९-01-01",
        "",
    ] {
        assert_eq!(Date::parse(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn any_book_toml_is_read(text in "(\\[?(book|law|checks|output|html|citations)\\]?|[a-z.=\"'\\[\\]{},0-9ж \\n-]){0,30}") {
        let (sources, _, found) = toml(&text);
        prop_assert!(found.iter().all(|d| is_inside(&sources, d.span)));
    }

    #[test]
    fn any_front_matter_is_read(text in "---\n(title|start|aliases|[a-z:{}\\[\\]\"' \\n0-9ж-]){0,30}(---\n)?") {
        let (sources, _, body, found) = chapter(&text);
        prop_assert!(body <= text.len() && text.is_char_boundary(body));
        prop_assert!(found.iter().all(|d| is_inside(&sources, d.span)));
    }
}
