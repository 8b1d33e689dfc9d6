//! The built-in registry against itself, and the facts that reports rest on.

use super::*;
use std::collections::{BTreeMap, BTreeSet};

type Derived = BTreeMap<String, BTreeMap<String, Vec<String>>>;

#[test]
fn numbers_have_no_holes_and_agree_with_the_count() {
    for instrument in built_in() {
        let mut seen = Vec::new();
        for article in &instrument.articles {
            match (&article.number, &article.range) {
                (Some(number), None) => seen.push(leading_number(number)),
                (None, Some(range)) => {
                    seen.extend(leading_number(&range.first)..=leading_number(&range.last));
                }
                _ => panic!("{}: an entry needs a number or a range", instrument.id),
            }
        }
        let unique: BTreeSet<u32> = seen.iter().copied().collect();
        assert_eq!(unique.len(), seen.len(), "{}: a number is there twice", instrument.id);
        if let Some(count) = instrument.article_count {
            assert!(unique.into_iter().eq(1..=count), "{}: not every number", instrument.id);
        }
    }
}

fn leading_number(number: &str) -> u32 {
    number.split('-').next().and_then(|digits| digits.parse().ok()).expect(number)
}

#[test]
fn every_tag_is_in_the_vocabulary_and_the_vocabulary_is_derived() {
    let known: BTreeSet<&str> = rights().iter().map(|right| right.id.as_str()).collect();
    let (mut full, mut touched) = (Derived::new(), Derived::new());
    for instrument in built_in() {
        for article in &instrument.articles {
            let parts =
                article.paragraphs.iter().flat_map(|part| part.rights.iter().chain(&part.related));
            let mut related = Vec::new();
            for tag in article.related.iter().chain(parts) {
                if !article.rights.contains(tag) && !related.contains(tag) {
                    related.push(tag.clone());
                }
            }
            for tag in article.rights.iter().chain(&related) {
                assert!(
                    known.contains(tag.as_str()),
                    "{} {}: {tag}",
                    instrument.id,
                    article.label()
                );
            }
            note(&mut full, &article.rights, instrument, article);
            note(&mut touched, &related, instrument, article);
        }
    }
    for right in rights() {
        assert_eq!(right.articles, full.remove(&right.id).unwrap_or_default(), "{}", right.id);
        assert_eq!(
            right.related_articles,
            touched.remove(&right.id).unwrap_or_default(),
            "{}",
            right.id
        );
    }
}

fn note(into: &mut Derived, tags: &[String], instrument: &Instrument, article: &Article) {
    for tag in tags {
        let by_instrument = into.entry(tag.clone()).or_default();
        let label = article.label().replace('–', "-");
        by_instrument.entry(instrument.id.to_string()).or_default().push(label);
    }
}

#[test]
fn no_alias_stands_for_two_instruments() {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for instrument in built_in() {
        for alias in &instrument.aliases {
            if let Some(other) = seen.insert(alias, &instrument.id) {
                panic!("{alias} is an alias of {other} and of {}", instrument.id);
            }
        }
        assert!(!instrument.aliases.is_empty() && !instrument.verified_against.is_empty());
    }
    assert_eq!(built_in().len(), 33);
}

#[test]
fn the_parties_are_of_known_instruments() {
    let law = Law::new(Vec::new(), None, None);
    for instrument in law.instruments() {
        for (state, _) in states() {
            bound(instrument, state, None);
        }
    }
    for id in party_tables() {
        assert!(law.instrument(id).is_some(), "parties of {id}");
    }
    let national = |id: &str| id.starts_with("kz-");
    let covered = law.instruments().iter().filter(|one| !national(&one.id)).count();
    assert_eq!(party_tables().count(), covered, "every international instrument has a row");
}

#[test]
fn kazakhstan_on_the_day_of_the_seed() {
    let law = Law::new(Vec::new(), Some("2019-11-22"), Some("KZ"));
    let on = |id: &str, date| bound(law.instrument(id).expect(id), "KZ", Some(date));
    let day = "2019-11-22";
    assert_eq!(
        on("iccpr", day),
        Bound::Party { since: "2006-01-24".into(), by: "ratification".into(), unsure: false }
    );
    assert_eq!(
        on("iccpr-op2", day),
        Bound::JoinedLater { date: "2022-03-24".into(), unsure: false }
    );
    assert!(matches!(on("iccpr-op2", "2022-03-24"), Bound::Party { .. }));
    assert!(matches!(on("crpd", day), Bound::Party { unsure: true, .. }));
    assert!(matches!(on("echr", "2030-01-01"), Bound::NotParty { .. }));
    assert!(matches!(on("cmw", day), Bound::NotParty { .. }));
    assert_eq!(on("cmw", "2030-01-01"), Bound::Unknown, "nothing is known of 2030");
    assert_eq!(on("udhr", day), Bound::NotBinding(NotBinding::Declaration));
    assert_eq!(on("osce-copenhagen-1990", day), Bound::NotBinding(NotBinding::PoliticalCommitment));
    assert_eq!(on("kz-constitution", day), Bound::National);
}

#[test]
fn other_states_are_judged_with_care() {
    let law = Law::new(Vec::new(), None, None);
    let of = |id: &str, state, date| bound(law.instrument(id).expect(id), state, Some(date));
    assert_eq!(of("kz-constitution", "RU", "2019-01-01"), Bound::Foreign);
    assert_eq!(of("echr", "GB", "2019-01-01"), Bound::Unknown);
    // Angola's accession to ICERD is known by its year alone.
    assert!(matches!(of("icerd", "AO", "2018-12-31"), Bound::JoinedLater { .. }));
    assert!(matches!(of("icerd", "AO", "2019-01-01"), Bound::Party { unsure: true, .. }));
    assert!(matches!(of("icerd", "AO", "2020-01-01"), Bound::Party { unsure: false, .. }));
    let bhutan = of("icerd", "BT", "2019-01-01");
    assert!(matches!(bhutan, Bound::NotParty { signed: Some(_), .. }), "{bhutan:?}");
    assert_eq!(of("icerd", "XX", "2019-01-01"), Bound::Unknown);
}

#[test]
fn verdicts_of_the_seed() {
    let law = Law::new(Vec::new(), Some("2019-11-22"), Some("KZ"));
    let claims: &[(&[&str], &[&str])] = &[
        (
            &["political-participation", "elections"],
            &[
                "udhr:21",
                "iccpr:25",
                "kz-constitution:3",
                "kz-electoral-law:1",
                "kz-electoral-law:3",
                "kz-electoral-law:8",
            ],
        ),
        (&["expression"], &["udhr:19", "iccpr:19", "kz-constitution:20", "kz-media-law:2"]),
        (&["assembly"], &["udhr:20", "iccpr:21", "kz-constitution:32"]),
        (
            &["liberty-and-security", "arbitrary-detention"],
            &["udhr:20", "iccpr:9", "kz-constitution:16"],
        ),
        (&["torture"], &["udhr:5", "iccpr:7", "kz-constitution:17"]),
        (
            &["labour-unions", "association"],
            &[
                "udhr:20",
                "udhr:23",
                "iccpr:22",
                "kz-constitution:23",
                "kz-trade-union-law:4",
                "kz-trade-union-law:7",
            ],
        ),
        (&["religion-or-belief"], &["udhr:18", "iccpr:18", "kz-constitution:22"]),
    ];
    let mut count: BTreeMap<Verdict, Vec<String>> = BTreeMap::new();
    for (rights, articles) in claims {
        for text in *articles {
            let cited = Reference::parse(text).expect(text);
            let instrument = law.instrument(&cited.instrument).expect(text);
            let found = verdict(instrument, &cited.article, &cited.pinpoint, rights);
            count.entry(found).or_default().push(format!("{text} {}", rights[0]));
        }
    }
    assert_eq!(count[&Verdict::Fits].len(), 24);
    assert_eq!(count[&Verdict::Loose], ["kz-electoral-law:1 political-participation"]);
    assert_eq!(
        count[&Verdict::Unverified],
        ["kz-trade-union-law:4 labour-unions", "kz-trade-union-law:7 labour-unions"]
    );
    assert_eq!(count[&Verdict::Mismatch], ["udhr:20 liberty-and-security"]);
    let udhr = law.instrument("udhr").expect("built in");
    let fitting = fitting_articles(udhr, &["liberty-and-security", "arbitrary-detention"]);
    assert_eq!(fitting, ["9", "3"]);
}

#[test]
fn a_pinpoint_can_make_a_loose_article_fit_and_an_unsure_one_nothing() {
    let law = Law::new(Vec::new(), None, None);
    let check = |id: &str, number, pinpoint, right| {
        verdict(law.instrument(id).expect(id), number, pinpoint, &[right])
    };
    assert_eq!(check("iccpr", "6", "", "women"), Verdict::Loose);
    assert_eq!(check("iccpr", "6", "(5)", "death-penalty"), Verdict::Fits);
    assert_eq!(check("iccpr", "99", "", "life"), Verdict::Unverified);
    assert_eq!(check("osce-copenhagen-1990", "5", "(5.4)", "torture"), Verdict::Unverified);
    assert_eq!(check("osce-copenhagen-1990", "5", "(5.1)", "torture"), Verdict::Mismatch);
    assert_eq!(check("iccpr", "7", "", "elections"), Verdict::Mismatch);
}

#[test]
fn articles_and_pinpoints_are_looked_up() {
    let law = Law::new(Vec::new(), None, None);
    let has = |id: &str, number| law.instrument(id).expect(id).existence(number);
    assert_eq!(has("udhr", "30"), Existence::Known);
    assert_eq!(has("udhr", "31"), Existence::Unknown);
    assert_eq!(has("udhr", "0"), Existence::Unknown);
    assert_eq!(has("kz-electoral-law", "60"), Existence::NotListed);
    assert_eq!(has("kz-constitution", "94-1"), Existence::NotListed);
    assert_eq!(has("crc", "50"), Existence::Known, "inside a range");
    let part = |id: &str, number, path| law.instrument(id).expect(id).pinpoint(number, path);
    assert_eq!(part("iccpr", "14", "(3)(d)"), Existence::Known);
    assert_eq!(part("iccpr", "14", "(3)"), Existence::Known);
    assert_eq!(part("iccpr", "14", "(3)(h)"), Existence::Unknown);
    assert_eq!(part("iccpr", "19", "(4)"), Existence::Unknown);
    assert_eq!(part("iccpr", "19", "(2)(a)"), Existence::NotListed);
    assert_eq!(part("icescr", "15", "(2)"), Existence::NotListed, "the list has a gap");
    assert_eq!(part("cmw", "16", "(9)"), Existence::NotListed, "the list is partial");
    assert_eq!(part("iccpr", "7", "(1)"), Existence::NotListed, "nothing is listed");
    assert_eq!(part("osce-copenhagen-1990", "7", "(7.5)"), Existence::Known);
    assert_eq!(part("osce-copenhagen-1990", "7", "(7.12)"), Existence::Unknown);
}

#[test]
fn citations_are_put_into_words() {
    let law = Law::new(Vec::new(), None, None);
    let words = |id: &str, number, path| law.instrument(id).expect(id).cite_words(number, path);
    assert_eq!(words("iccpr", "19", "(3)"), "ICCPR art. 19(3)");
    assert_eq!(words("osce-copenhagen-1990", "7", "(7.5)"), "Copenhagen Document para. 7.5");
    assert_eq!(words("osce-copenhagen-1990", "9", ""), "Copenhagen Document para. 9");
}

#[test]
fn the_day_of_the_report_decides_which_text_is_meant() {
    let built =
        |id: &str| Instrument::clone(built_in().iter().find(|one| &*one.id == id).expect(id));
    let mut own = built("kz-constitution");
    own.short_name = "Own".into();
    let name = |own: &Instrument, date| {
        let law = Law::new(vec![own.clone()], date, Some("KZ"));
        law.instrument("kz-constitution").expect("there").short_name.clone()
    };
    assert_eq!(name(&own, Some("2019-11-22")), "Own", "it shadows");
    own.valid_for = Some(ValidFor { from: Some("2026-07-01".into()), to: None });
    assert_eq!(name(&own, Some("2026-08-01")), "Own");
    assert_eq!(name(&own, Some("2019-11-22")), "Constitution of Kazakhstan", "not yet in force");
    assert_eq!(name(&own, None), "Own");
}
