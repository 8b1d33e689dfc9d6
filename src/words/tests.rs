use super::*;
use std::collections::{BTreeMap, BTreeSet};

fn tables() -> BTreeMap<&'static str, toml::Table> {
    FILES.iter().map(|(tag, text)| (*tag, text.parse().expect("TOML"))).collect()
}

/// `{names}` of a pattern.
fn names(pattern: &str) -> BTreeSet<&str> {
    pattern.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(n, _)| n).collect()
}

#[test]
fn every_language_has_every_key_with_the_same_values_in_it() {
    let tables = tables();
    let english = &tables["en"];
    for (tag, table) in &tables {
        let keys: Vec<_> = table.keys().collect();
        assert_eq!(keys, english.keys().collect::<Vec<_>>(), "{tag}");
        for (key, text) in table.iter().filter_map(|(k, v)| Some((k, v.as_str()?))) {
            let wanted = english[key].as_str().expect("a string");
            assert_eq!(names(text), names(wanted), "{tag}: {key}");
            assert!(!text.is_empty(), "{tag}: {key}");
        }
        for part in
            ["findings", "verdicts", "kinds", "source_groups", "levels", "instruments", "count"]
        {
            let keys = |table: &toml::Table| -> Vec<String> {
                table[part].as_table().expect("a table").keys().cloned().collect()
            };
            assert_eq!(keys(table), keys(english), "{tag}: {part}");
        }
    }
}

#[test]
fn every_language_parses_and_is_found_by_its_tag() {
    for words in Words::all() {
        assert_eq!(Words::of(&words.tag).expect("found").language_name, words.language_name);
        assert_eq!(words.date.months.len(), 12, "{}", words.tag);
        assert_eq!(words.date.months_alone.len(), 12, "{}", words.tag);
    }
    assert_eq!(Words::of("en-GB").expect("English").tag, "en");
    assert_eq!(Words::of("ru_KZ").expect("Russian").tag, "ru");
    assert!(Words::of("eo").is_none());
    assert!(Words::of("").is_none());
    assert_eq!(Words::of_or_english("eo").tag, "en");
}

#[test]
fn dates_are_written_in_words() {
    let date = |language, iso| Words::of_or_english(language).date(iso);
    assert_eq!(date("en", "2019-11-22"), "22 November 2019");
    assert_eq!(date("en", "2019-11"), "November 2019");
    assert_eq!(date("en", "2019"), "2019");
    assert_eq!(date("ru", "2019-11-02"), "2 ноября 2019 года");
    assert_eq!(date("ru", "2019-11"), "ноябрь 2019 года");
    assert_eq!(date("kk", "2019-11-22"), "2019 жылғы 22 қараша");
    assert_eq!(date("fr", "2019-10-01"), "1er octobre 2019");
    assert_eq!(date("es", "2019-11-22"), "22 de noviembre de 2019");
    for odd in ["", "c. 1991", "2019-13-01", "2019-00", "2019-1-1-1", "--"] {
        assert_eq!(date("en", odd), odd);
    }
}

#[test]
fn numbers_take_the_plural_of_their_language() {
    let count = |language, n| {
        let words = Words::of_or_english(language);
        words.count(&words.count.notes, n)
    };
    let english: Vec<String> = [0, 1, 2].map(|n| count("en", n)).into();
    assert_eq!(english, ["0 notes", "1 note", "2 notes"]);
    assert_eq!(count("fr", 0), "0 note");
    let russian = [1, 2, 5, 11, 12, 21, 22, 111, 172].map(|n| count("ru", n));
    let endings: Vec<&str> = russian.iter().map(|text| &text[text.len() - 2..]).collect();
    assert_eq!(endings, ["е", "я", "й", "й", "й", "е", "я", "й", "я"]);
    assert_eq!(count("kk", 1), "1 ескертпе");
    assert_eq!(count("ar", 2), "حاشيتان");
    assert_eq!(count("ar", 103), "103 حواشٍ");
    assert_eq!(count("ar", 100), "100 حاشية");
}

#[test]
fn lists_and_patterns() {
    let words = Words::of_or_english("en");
    assert_eq!(words.list::<&str>(&[]), "");
    assert_eq!(words.list(&["a"]), "a");
    assert_eq!(words.list(&["a", "b"]), "a and b");
    assert_eq!(words.list(&["a", "b", "c"]), "a, b and c");
    assert_eq!(fill("{n} of {m} {n} {x} {", &[("n", "{m}"), ("m", "2")]), "{m} of 2 {m} {x} {");
    assert_eq!(words.finding("violated"), "Violated");
    assert_eq!(words.finding("odd"), "odd");
}
