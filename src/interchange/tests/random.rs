//! Entries as bad as authors can make them.

use crate::bibliography::{
    Archived, CSL_TYPES, DATES, Entry, EntryDate, NAMES, Name, TEXTS, one_line,
};
use crate::config::Placed;
use crate::source::{FileId, Span};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

const NOWHERE: Span = Span { file: FileId(0), start: 0, end: 0 };

/// Pieces of text that mean something to one of the forms.
const PIECES: &[&str] = &[
    "word",
    "Word",
    "NASA",
    "Ж",
    "қазақ",
    "é",
    "e\u{301}",
    "日本",
    "😀",
    "{",
    "}",
    "\\",
    "$",
    "&",
    "%",
    "#",
    "_",
    "~",
    "^",
    "\"",
    "'",
    "''",
    "`",
    "``",
    "-",
    "--",
    "---",
    "–",
    "—",
    "*x*",
    "*",
    "**",
    "<i>x</i>",
    "<i>",
    "</i>",
    "<b>a *x* b</b>",
    "<sc>A</sc>",
    " ",
    "  ",
    "\u{a0}",
    " and ",
    "and",
    ", ",
    ",",
    ": ",
    ":",
    " #",
    "- ",
    "[",
    "]",
    "(",
    ")",
    ".",
    "!",
    "?",
    "|",
    ">",
    "@",
    "null",
    "no",
    "2019",
    "012",
    "1-2",
    "1–2",
    "\u{2028}",
    "ER  - ",
    "TY  - x",
    "DOI: 10.1/x",
    "note: y",
    "status: z",
    "\\emph{x}",
    "\\'e",
    "{\\em x}",
    "$x$",
    "...",
    "“",
    "”",
    "‘",
    "’",
    "«",
    "=",
    "<",
    "/",
    ";",
    "csl-json: {}",
    "others",
    "jan",
    "\u{7}",
];

fn text() -> impl Strategy<Value = String> {
    vec(select(PIECES), 1..6).prop_map(|pieces| {
        let text = one_line(&pieces.concat());
        if text.is_empty() { "x".to_owned() } else { text }
    })
}

fn name() -> impl Strategy<Value = Name> {
    let particle = || select(&["", "", "", "van der", "al-", "Von", "d’"][..]);
    prop_oneof![
        text().prop_map(Name::Literal),
        (select(&["Smith", "Berg", "Нұр"][..]), select(&["John", "Ж.", "J. M."][..]))
            .prop_map(|(family, given)| Name::assembled(family, given, "", "", "")),
        (text(), option::of(text()), option::of(text()), particle(), particle()).prop_map(
            |(family, given, suffix, particle, dropping)| {
                let given = given.unwrap_or_default();
                Name::assembled(&family, &given, &suffix.unwrap_or_default(), particle, dropping)
            }
        ),
    ]
}

fn date() -> impl Strategy<Value = EntryDate> {
    let day = "(-)?[0-9]{4}(-(0[1-9]|1[0-2])(-([01][1-9]|2[0-8]))?)?";
    let text = (day, option::of(day), any::<bool>());
    text.prop_filter_map("a date", |(start, end, circa)| {
        let range = end.map_or(start.clone(), |end| format!("{start}/{end}"));
        EntryDate::parse(&if circa { format!("{range}~") } else { range })
    })
}

fn address() -> impl Strategy<Value = String> {
    "https?://[a-z]{1,5}\\.org/[a-z_%&=?~#.,;:/жA-Z0-9-]{0,12}"
}

fn value(variable: &'static str) -> BoxedStrategy<String> {
    match variable {
        "URL" => address().boxed(),
        "DOI" => "10\\.[0-9]{4}/[a-z0-9.()_<>;:/-]{1,12}".boxed(),
        "language" => select(&["en", "en-GB", "ru", "ru-RU", "kk", "de-AT", "zh-Hant", "qaa"][..])
            .prop_map(str::to_owned)
            .boxed(),
        _ => text().boxed(),
    }
}

fn variable() -> impl Strategy<Value = (&'static str, Placed<String>)> {
    select(TEXTS).prop_flat_map(|name| {
        value(name).prop_map(move |value| (name, Placed { value, span: NOWHERE }))
    })
}

fn free() -> impl Strategy<Value = (String, Value)> {
    let leaf = || {
        prop_oneof![
            text().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            Just(json!(1.5)),
        ]
    };
    let nested = prop_oneof![
        vec(leaf(), 1..4).prop_map(Value::from),
        (text(), leaf()).prop_map(|(key, value)| json!({ key: value })),
    ];
    let name =
        select(&["custom", "Custom", "eprint", "a b", "ключ", "x:y", "file", "true", "1"][..]);
    let value = prop_oneof![text().prop_map(Value::from), nested];
    (name.prop_map(str::to_owned), value)
}

/// An entry as reading would make it.
pub(super) fn entry() -> impl Strategy<Value = Entry> {
    let names = vec((select(NAMES), vec(name(), 1..4)), 0..4);
    let dates = vec((select(DATES), date()), 0..4);
    let archived = option::of((address(), option::of(date())));
    let literal = option::weighted(0.2, select(&["n.d.", "in press"][..]));
    let parts = (
        vec(variable(), 0..9),
        names,
        dates,
        option::of(text()),
        archived,
        vec(free(), 0..3),
        literal,
    );
    let key = "[a-zA-Zж0-9_]([a-z0-9:/._+-]{0,8}[a-z0-9])?";
    (key, select(CSL_TYPES), parts).prop_map(|(key, kind, parts)| {
        let (texts, names, dates, title_translated, archived, extra, literal) = parts;
        let placed = |(name, value)| (name, Placed { value, span: NOWHERE });
        let mut entry = Entry {
            key,
            key_span: NOWHERE,
            span: NOWHERE,
            kind,
            written_kind: kind.to_owned(),
            texts: texts.into_iter().collect(),
            names: names.into_iter().collect(),
            dates: dates.into_iter().map(placed).collect(),
            title_translated,
            archived: archived.map(|(url, date)| Archived { url, date, span: NOWHERE }),
            extra: extra.into_iter().collect::<Map<_, _>>(),
        };
        if let Some(literal) = literal.filter(|_| !entry.dates.contains_key("issued")) {
            entry.extra.insert("issued".into(), json!({ "literal": literal }));
        }
        entry
    })
}

/// An item as no program should write it.
pub(super) fn item() -> impl Strategy<Value = Value> {
    const PARTS: &[&str] = &[
        "family",
        "given",
        "literal",
        "suffix",
        "non-dropping-particle",
        "date-parts",
        "season",
        "raw",
        "year",
        "month",
        "circa",
        "name",
        "x",
    ];
    let leaf = prop_oneof![
        text().prop_map(Value::from),
        select(
            &["2019", "2019-13", "19~", "kz", "English", "http://x", "javascript:x", "10.1/x", ""]
                [..]
        )
        .prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (1..13_i64).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(4, 16, 4, |inner| {
        let pair = (select(PARTS).prop_map(str::to_owned), inner.clone());
        let object = vec(pair, 0..4).prop_map(|pairs| Value::Object(pairs.into_iter().collect()));
        prop_oneof![vec(inner, 0..4).prop_map(Value::from), object]
    });
    let own: &[&str] =
        &["type", "id", "csl", "archived", "archived-url", "archived-date", "title-translated"];
    let known = [TEXTS, NAMES, DATES, own, &["url", "date", "authors", "pages"]].concat();
    let name = prop_oneof![select(known).prop_map(str::to_owned), text()];
    vec((name, value), 0..8).prop_map(|pairs| Value::Object(pairs.into_iter().collect()))
}
