//! A plan sets what the engine sets, tree for tree.

use crate::csl::apart::{by_engine, folded};
use crate::csl::fold::{Folds, Ibid, Place, Task};
use crate::csl::library::Source;
use crate::csl::{Library, Style, StyleSource};
use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::{ElemChild, ElemChildren, ElemMeta};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

const TASKS: [Task; 5] = [
    Task::Entry,
    Task::Cite(Place { first: true, ibid: Ibid::No, near: false }),
    Task::Cite(Place { first: false, ibid: Ibid::No, near: true }),
    Task::Cite(Place { first: false, ibid: Ibid::Yes, near: true }),
    Task::Cite(Place { first: false, ibid: Ibid::WithLocator, near: true }),
];

/// The note styles in languages that differ in their words, their dates and their numbers.
static STYLES: LazyLock<Vec<Style>> = LazyLock::new(|| {
    let names = ["policy-report-notes", "oscola", "mhra", "chicago-notes"];
    let languages = ["en-GB", "en-US", "ru", "kk", "fr", "es", "ar"];
    let all = names.iter().flat_map(|name| languages.map(|language| (*name, language)));
    all.map(|(name, language)| Style::load(StyleSource::Builtin(name), language).expect("a style"))
        .collect()
});

fn folds(style: &Style, task: Task) -> Option<&Folds> {
    match task {
        Task::Cite(_) => style.forms.cites.as_deref(),
        Task::Entry | Task::SortKey => style.forms.entries.as_deref(),
    }
}

/// The people behind names do not matter to this layer, and a plan leaves them out.
fn nameless(mut tree: ElemChildren) -> ElemChildren {
    for child in &mut tree.0 {
        if let ElemChild::Elem(elem) = child {
            if let Some(ElemMeta::Names(people)) = &mut elem.meta {
                people.clear();
            }
            elem.children = nameless(std::mem::take(&mut elem.children));
        }
    }
    tree
}

/// Values that end and begin in every way the engine has a rule for.
fn words() -> impl Strategy<Value = String> {
    let odd = ["Who’s who?", "Act 2022", "7", "x.", " a ", "«Закон»", "*Nomad* v. R.", "(b)", "…"];
    prop_oneof![
        3 => (0..odd.len()).prop_map(move |at| odd[at].to_owned()),
        1 => "[A-Za-zА-я0-9 .,;:()’-]{0,12}",
    ]
}

fn number() -> impl Strategy<Value = String> {
    let odd = ["1", "2nd", "226-05", "4-6", "No. 5", "12, 14 & 15", "A/HRC/4", "II", "007", "21"];
    (0..odd.len()).prop_map(move |at| odd[at].to_owned())
}

fn pages() -> impl Strategy<Value = String> {
    let odd = ["3", "3-9", "101–7", "3, 5-8", "e12-e15", "xi–xiv", "12 & 14", "7-", "p. 4", "3–3"];
    (0..odd.len()).prop_map(move |at| odd[at].to_owned())
}

fn person() -> impl Strategy<Value = Value> {
    let people = [
        json!({"family": "Ng", "given": "Ada"}),
        json!({"family": "van der Berg", "given": "Jean-Paul M."}),
        json!({"family": "King", "given": "Martin Luther, Jr."}),
        json!({"family": "d’Aubignac", "given": "F."}),
        json!({"family": "Әлі", "given": "Айгүл"}),
        json!({"family": "毛", "given": "泽东"}),
        json!({"literal": "Human Rights Watch"}),
        json!({"literal": "The Ministry (Astana)"}),
        json!({"family": "Plato"}),
        json!({"family": "Beauvoir", "given": "Simone", "non-dropping-particle": "de"}),
        json!({"family": "Humboldt", "given": "A. B.", "dropping-particle": "von"}),
    ];
    (0..people.len()).prop_map(move |at| people[at].clone())
}

fn date() -> impl Strategy<Value = Value> {
    let dates = [
        json!({"date-parts": [[2019]]}),
        json!({"date-parts": [[2019, 5]]}),
        json!({"date-parts": [[2019, 5, 1]]}),
        json!({"date-parts": [[1948, 12, 10]], "circa": true}),
        json!({"date-parts": [[2019, 5, 2], [2020, 1, 3]]}),
        json!({"date-parts": [[476]]}),
        json!({"date-parts": [[2020]], "season": 2}),
        json!({"literal": "spring 1917"}),
    ];
    (0..dates.len()).prop_map(move |at| dates[at].clone())
}

const KINDS: [&str; 14] = [
    "book",
    "report",
    "legislation",
    "webpage",
    "legal_case",
    "chapter",
    "interview",
    "treaty",
    "article-newspaper",
    "article-journal",
    "hearing",
    "dataset",
    "entry-encyclopedia",
    "thesis",
];
const WORDS: [&str; 14] = [
    "title",
    "title-short",
    "container-title",
    "publisher",
    "publisher-place",
    "genre",
    "archive",
    "authority",
    "collection-title",
    "event-title",
    "event-place",
    "medium",
    "title-translated",
    "archive_location",
];
const NUMBERS: [&str; 5] = ["number", "volume", "issue", "edition", "collection-number"];
const PEOPLE: [&str; 6] =
    ["author", "editor", "translator", "interviewer", "director", "container-author"];
const ADDRESSES: [(&str, &str); 3] =
    [("URL", "https://example.org/a.b"), ("DOI", "10.1/x-2"), ("language", "fr")];

prop_compose! {
    /// A source with some of these fields.
    fn source()(
        kind in 0..KINDS.len(),
        has in any::<u64>(),
        words in proptest::collection::vec(words(), WORDS.len()),
        numbers in proptest::collection::vec(number(), NUMBERS.len()),
        people in proptest::collection::vec(proptest::collection::vec(person(), 1..6), PEOPLE.len()),
        dates in (date(), date()),
        pages in pages(),
    ) -> Map<String, Value> {
        let mut fields: Vec<(&str, Value)> = Vec::new();
        fields.extend(WORDS.into_iter().zip(words.into_iter().map(Value::from)));
        fields.extend(NUMBERS.into_iter().zip(numbers.into_iter().map(Value::from)));
        fields.extend(PEOPLE.into_iter().zip(people.into_iter().map(Value::from)));
        fields.extend(ADDRESSES.map(|(name, text)| (name, Value::from(text))));
        fields.extend([("issued", dates.0), ("accessed", dates.1), ("page", Value::from(pages))]);
        let kept = fields.into_iter().enumerate().filter(|(at, _)| has & (1 << at) != 0);
        let kept = kept.map(|(_, (name, value))| (name.to_owned(), value));
        kept.chain([("type".to_owned(), json!(KINDS[kind]))]).collect()
    }
}

const PINPOINTS: [Option<(Locator, &str)>; 7] = [
    None,
    Some((Locator::Page, "7")),
    Some((Locator::Page, "48–9")),
    Some((Locator::ArticleLocator, "19(2), 21")),
    Some((Locator::Paragraph, "§ 5")),
    Some((Locator::Custom, "annex 2")),
    Some((Locator::Section, "5 & 6")),
];

/// Compares a plan with the engine. Returns whether there was something to compare.
fn compare(
    style: &Style,
    source: &Source,
    task: Task,
    locator: Option<&(Locator, String)>,
) -> Result<bool, TestCaseError> {
    let Some(folds) = folds(style, task) else { return Ok(false) };
    let form = folded(style, folds, source, task, locator);
    let planned = form.plan.as_ref();
    let Some(set) = planned.and_then(|plan| plan.set(style, source, locator)) else {
        return Ok(false);
    };
    let Ok(by_engine) = by_engine(style, &form, source, locator) else { return Ok(false) };
    prop_assert_eq!(set, nameless(by_engine), "{} {:?} {:?}", style.code, task, source);
    Ok(true)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(64)
    ))]

    #[test]
    fn a_plan_sets_what_the_engine_sets(source in source(), pinpoint in 0..PINPOINTS.len()) {
        let library = Library::new([("k".to_owned(), source)]);
        let locator = PINPOINTS[pinpoint].map(|(kind, text)| (kind, text.to_owned()));
        for (style, task) in STYLES.iter().flat_map(|style| TASKS.map(|task| (style, task))) {
            compare(style, &library.sources[0], task, locator.as_ref())?;
        }
    }
}

#[test]
fn the_default_style_has_a_plan_for_every_kind_and_place() {
    let all: Map<String, Value> = WORDS
        .into_iter()
        .chain(NUMBERS)
        .map(|name| (name, json!("4")))
        .chain(PEOPLE.map(|name| (name, json!([{"family": "Ng", "given": "Ada"}]))))
        .chain(ADDRESSES.map(|(name, text)| (name, json!(text))))
        .chain([("issued", json!({"date-parts": [[2019, 5, 2]]})), ("page", json!("3-9"))])
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let language = |tag| Style::load(StyleSource::Builtin("policy-report-notes"), tag).expect(tag);
    for style in ["en-GB", "ru", "kk", "fr", "es", "ar"].map(language) {
        for (kind, task) in KINDS.iter().flat_map(|kind| TASKS.map(|task| (kind, task))) {
            let mut fields = all.clone();
            fields.insert("type".to_owned(), json!(kind));
            let library = Library::new([("k".to_owned(), fields)]);
            let locator = (Locator::Page, "7".to_owned());
            let source = &library.sources[0];
            let locator = matches!(task, Task::Cite(_)).then_some(&locator);
            let compared = compare(&style, source, task, locator);
            assert!(matches!(compared, Ok(true)), "{kind} {task:?} {}", style.code);
        }
    }
}
