//! Hayagriva's YAML: a work stands in its `parent`, and the parent's type says much of its own.

use super::item::Item;
use super::yaml::json;
use crate::yaml::{Node, Value};
use serde_json::{Map, Value as Json, json};

/// Fields that only hayagriva has.
const OWN_FIELDS: &[&str] = &[
    "parent",
    "affiliated",
    "serial-number",
    "page-range",
    "page-total",
    "volume-total",
    "time-range",
    "runtime",
];

/// Types that only hayagriva has.
const OWN_TYPES: &[&str] = &[
    "anthos",
    "anthology",
    "artwork",
    "audio",
    "exhibition",
    "misc",
    "newspaper",
    "original",
    "proceedings",
    "reference",
    "repository",
    "scene",
    "thread",
];

/// Whether the map of keys and entries is hayagriva's.
pub(super) fn is_so(root: &Node) -> bool {
    root.pairs().iter().any(|(_, entry)| {
        let kind = kind(entry);
        entry
            .pairs()
            .iter()
            .any(|(key, _)| key.as_text().is_some_and(|key| OWN_FIELDS.contains(&key)))
            || entry.get("url").is_some_and(|url| url.get("value").is_some())
            || OWN_TYPES.contains(&kind.as_str()) && kind != "newspaper"
            || entry
                .get("type")
                .and_then(Node::as_text)
                .is_some_and(|kind| kind.starts_with(char::is_uppercase))
    })
}

fn kind(entry: &Node) -> String {
    entry.get("type").and_then(Node::as_text).unwrap_or_default().to_lowercase()
}

/// One entry as an item.
pub(super) fn item(key: &Node, entry: &Node) -> Item {
    let parents: Vec<&Node> =
        entry.get("parent").map(Node::items).unwrap_or_default().iter().collect();
    let mut fields = Map::new();
    let own = kind(entry);
    let parent = parents.first().map(|parent| kind(parent)).unwrap_or_default();
    fields.insert("type".into(), json!(csl_type(&own, &parent)));
    for (name, value) in entry.pairs() {
        field(&mut fields, name.as_text().unwrap_or_default(), value, &own);
    }
    for (depth, parent) in parents.into_iter().enumerate() {
        whole(&mut fields, parent, depth);
    }
    Item {
        key: key.as_text().unwrap_or_default().to_owned(),
        fields,
        span: key.span.to(entry.span),
    }
}

fn csl_type(own: &str, parent: &str) -> &'static str {
    match (own, parent) {
        ("article", "newspaper") => "article-newspaper",
        ("article", "blog") => "post-weblog",
        ("article" | "web" | "post", "web") => "webpage",
        ("article", "proceedings" | "conference") => "paper-conference",
        ("article", "") => "article",
        ("article", _) => "article-journal",
        ("entry", _) => "entry-encyclopedia",
        ("chapter" | "anthos", _) => "chapter",
        ("book" | "anthology" | "proceedings", _) => "book",
        ("report", _) => "report",
        ("thesis", _) => "thesis",
        ("web", _) => "webpage",
        ("post", _) => "post",
        ("thread", _) => "post",
        ("blog", _) => "post-weblog",
        ("patent", _) => "patent",
        ("case", _) => "legal_case",
        ("legislation", _) => "legislation",
        ("manuscript", _) => "manuscript",
        ("newspaper" | "periodical", _) => "periodical",
        ("artwork" | "exhibition", _) => "graphic",
        ("video", _) => "motion_picture",
        ("scene", _) => "motion_picture",
        ("audio", _) => "song",
        ("performance", _) => "performance",
        ("repository", _) => "software",
        ("reference", _) => "book",
        ("conference", _) => "event",
        _ => "document",
    }
}

/// What hayagriva calls a variable.
fn variable(name: &str, kind: &str) -> Option<&'static str> {
    Some(match name {
        "author" => "author",
        "title" => "title",
        "date" => "issued",
        "editor" => "editor",
        "volume" => "volume",
        "issue" => "issue",
        "volume-total" => "number-of-volumes",
        "page-range" => "page",
        "page-total" => "number-of-pages",
        "time-range" | "runtime" => "dimensions",
        "archive" => "archive",
        "archive-location" => "archive-place",
        "call-number" => "call-number",
        "note" => "note",
        "abstract" => "abstract",
        "genre" => "genre",
        "edition" => "edition",
        "language" => "language",
        "organization" if matches!(kind, "report" | "thesis" | "web") => "publisher",
        "chapter" => "chapter-number",
        "url" => "URL",
        _ => return None,
    })
}

fn set(fields: &mut Map<String, Json>, name: &str, value: Json) {
    if !value.is_null() {
        fields.entry(name).or_insert(value);
    }
}

fn field(fields: &mut Map<String, Json>, name: &str, value: &Node, kind: &str) {
    match name {
        "type" | "parent" => {}
        "url" => url(fields, value),
        "title" => title(fields, value, "title"),
        "publisher" => publisher(fields, value),
        "location" => set(fields, "publisher-place", text(value)),
        "serial-number" => serial(fields, value),
        "affiliated" => affiliated(fields, value),
        _ => match variable(name, kind) {
            Some(variable) => {
                set(fields, variable, if is_names(name) { names(value) } else { text(value) })
            }
            None => set(fields, &free_name(name), json(value)),
        },
    }
}

/// The name under `csl`; one that a variable of ours has means something else here.
fn free_name(name: &str) -> String {
    match crate::bibliography::field(name) {
        Some(_) => format!("hayagriva-{name}"),
        None => name.to_owned(),
    }
}

fn is_names(name: &str) -> bool {
    matches!(name, "author" | "editor")
}

/// A text; `{value, verbatim}` is one too.
fn text(value: &Node) -> Json {
    value.get("value").map_or_else(|| json(value), json)
}

fn url(fields: &mut Map<String, Json>, value: &Node) {
    set(fields, "URL", text(value));
    if let Some(date) = value.get("date") {
        set(fields, "accessed", json(date));
    }
}

fn title(fields: &mut Map<String, Json>, value: &Node, variable: &str) {
    set(fields, variable, text(value));
    if let Some(short) = value.get("short") {
        set(fields, &format!("{variable}-short"), json(short));
    }
    if let Some(translated) = value.get("translation").filter(|_| variable == "title") {
        set(fields, "title-translated", json(translated));
    }
}

fn publisher(fields: &mut Map<String, Json>, value: &Node) {
    match value.get("name") {
        Some(name) => {
            set(fields, "publisher", text(name));
            if let Some(place) = value.get("location") {
                set(fields, "publisher-place", text(place));
            }
        }
        None => set(fields, "publisher", text(value)),
    }
}

/// A number, or a map of them by kind.
fn serial(fields: &mut Map<String, Json>, value: &Node) {
    if value.as_map().is_none() {
        return set(fields, "number", json(value));
    }
    for (name, value) in value.pairs() {
        let variable = match name.as_text().unwrap_or_default() {
            "doi" => "DOI",
            "isbn" => "ISBN",
            "issn" => "ISSN",
            "pmid" => "PMID",
            "pmcid" => "PMCID",
            "serial" => "number",
            other => other,
        };
        set(fields, variable, json(value));
    }
}

/// Names, each a text or a map of parts.
fn names(value: &Node) -> Json {
    let name = |node: &Node| {
        let Some(family) = node.get("name") else { return json(node) };
        let part = |name: &str| node.get(name).map(json).unwrap_or_default();
        json!({
            "family": json(family),
            "given": part("given-name"),
            "suffix": part("suffix"),
            "non-dropping-particle": part("prefix"),
        })
    };
    value.items().iter().map(name).collect()
}

/// People by role.
fn affiliated(fields: &mut Map<String, Json>, value: &Node) {
    for group in value.items() {
        let role = group.get("role").and_then(Node::as_text).unwrap_or("contributor");
        let variable = match role {
            "writer" => "script-writer",
            "executive-producer" => "executive-producer",
            "cinematography" | "cast-member" | "foreword" | "afterword" | "introduction"
            | "commentator" | "annotator" | "founder" | "collaborator" => "contributor",
            "holder" => "author",
            "organizer" => "organizer",
            other => other,
        };
        let people = group.get("names").map(names).unwrap_or_default();
        match (fields.get_mut(variable), people) {
            (Some(Json::Array(there)), Json::Array(more)) => there.extend(more),
            (_, people) => set(fields, variable, people),
        }
    }
}

/// What the whole says of a part that stands in it: its title and all that the part has not.
fn whole(fields: &mut Map<String, Json>, parent: &Node, depth: usize) {
    for (name, value) in parent.pairs() {
        let name = name.as_text().unwrap_or_default();
        match (name, &value.value) {
            ("type", _) => {}
            ("parent", _) => {
                value.items().iter().for_each(|parent| whole(fields, parent, depth + 1))
            }
            ("title", _) if depth == 0 => title(fields, value, "container-title"),
            ("title", _) => title(fields, value, "collection-title"),
            ("author", _) => set(fields, "container-author", names(value)),
            ("volume", _) if depth > 0 => set(fields, "collection-number", text(value)),
            (_, Value::Null) => {}
            _ => field(fields, name, value, &kind(parent)),
        }
    }
}
