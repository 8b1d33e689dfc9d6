//! Notes in a style whose cites depend on nothing but their place → the engine's output, each form
//! of a cite rendered once.
//!
//! The engine renders a run as a whole, every cite twice, in case one must be told apart from
//! another. Where a style never asks for that, a cite is a source, a locator and a place: first or
//! not, behind itself or not, near or not. The places are found here.

use super::engine::{RequestNote, cited, engine_request, guarded, steps};
use super::fold::{Folded, Folds, Ibid, Known, Place, Task};
use super::library::Source;
use super::marker;
use super::style::Style;
use crate::quick::QuickMap;
use hayagriva::citationberg::taxonomy::{Kind, Locator};
use hayagriva::{Elem, ElemChild, ElemChildren, ElemMeta, standalone_citation};
use std::str::FromStr;
use std::sync::Arc;

/// A locator as the engine takes it.
type Pinpoint<'a> = Option<&'a (Locator, String)>;

/// All that the text of a cite depends on, but for the number of an earlier note.
type Form<'a> = (&'a str, Place, Pinpoint<'a>);

/// Where a source has been cited.
struct Past {
    /// The note of its first cite.
    first: u32,
    /// The last step that cites it, and the one before.
    last: usize,
    before: Option<usize>,
}

/// Renders notes; returns a tree for every request that has cites, in order, as
/// [`engine::run`](super::engine::run) does.
pub(super) fn run(
    style: &Style,
    folds: &Folds,
    notes: &[RequestNote<'_>],
) -> Result<Vec<ElemChildren>, String> {
    let steps = steps(style, notes);
    let near = style.forms.citing.citation.near_note_distance as usize;
    let mut run = Run { near, pasts: QuickMap::default(), last: None };
    // A form that comes back is kept from its second time on: most are cited once, each at a place
    // of its own in the source.
    let mut rendered: QuickMap<Form<'_>, Option<ElemChildren>> = QuickMap::default();
    let mut trees = Vec::with_capacity(steps.len());
    for (at, step) in steps.iter().enumerate() {
        let Some(request) = step.request else {
            run.last = None;
            continue;
        };
        let mut tree = Vec::with_capacity(request.cites.len());
        for (index, (source, locator)) in request.cites.iter().enumerate() {
            let (place, note) = run.place(source, *locator, at, step.number);
            let form = (source.key.as_str(), place, *locator);
            let mut children = match rendered.get(&form) {
                Some(Some(children)) => children.clone(),
                seen => {
                    let comes_back = seen.is_some();
                    let children = set(style, folds, source, Task::Cite(place), *locator)?;
                    rendered.insert(form, comes_back.then(|| children.clone()));
                    children
                }
            };
            write_note(&mut children, note);
            let meta = Some(ElemMeta::Entry(index));
            tree.push(ElemChild::Elem(Elem { children, display: None, meta }));
        }
        trees.push(ElemChildren(tree));
    }
    Ok(trees)
}

/// Renders a cite, an entry or what is sorted by.
pub(super) fn set(
    style: &Style,
    folds: &Folds,
    source: &Source,
    task: Task,
    locator: Pinpoint<'_>,
) -> Result<ElemChildren, String> {
    let form = folded(style, folds, source, task, locator);
    let planned = form.plan.as_ref();
    match planned.and_then(|plan| plan.set(style, source, locator)) {
        Some(tree) => Ok(tree),
        None => by_engine(style, &form, source, locator),
    }
}

/// The style folded for all that is known of what is set.
pub(super) fn folded(
    style: &Style,
    folds: &Folds,
    source: &Source,
    task: Task,
    locator: Pinpoint<'_>,
) -> Arc<Folded> {
    let kind = source.item.0.get("type").and_then(|kind| kind.to_str());
    let kind = kind.and_then(|kind| Kind::from_str(&kind).ok());
    let names = &source.item.0;
    let mut fields = String::with_capacity(NAME * (names.len() + 1));
    fields.push(',');
    for name in names.keys() {
        fields.extend([name, ","]);
    }
    let known = Known { kind, task, locator: locator.is_some(), fields: Some(fields) };
    folds.style(known, &style.lookup())
}

/// About as long as the name of a field is, with its comma.
const NAME: usize = 16;

/// Has the engine render a cite in a style folded for it.
pub(super) fn by_engine(
    style: &Style,
    form: &Folded,
    source: &Source,
    locator: Pinpoint<'_>,
) -> Result<ElemChildren, String> {
    guarded(|| {
        let items = vec![cited(source, locator, false)];
        standalone_citation(engine_request(style, &form.style, items, None))
    })
}

/// What has been cited so far.
struct Run<'a> {
    /// How many steps back is near.
    near: usize,
    pasts: QuickMap<&'a str, Past>,
    /// The cite before, if “ibid.” may look back to it.
    last: Option<(&'a str, Pinpoint<'a>)>,
}

impl<'a> Run<'a> {
    /// Returns the place of the next cite, in a step of this note, with the note of the source's
    /// first cite.
    fn place(
        &mut self,
        source: &'a Source,
        locator: Pinpoint<'a>,
        at: usize,
        note: u32,
    ) -> (Place, u32) {
        let key = source.key.as_str();
        let ibid = match self.last.replace((key, locator)) {
            Some((last, pinpoint)) if last == key => match (pinpoint == locator, locator) {
                (true, _) => Ibid::Yes,
                (false, None) => Ibid::No,
                (false, Some(_)) => Ibid::WithLocator,
            },
            _ => Ibid::No,
        };
        let Some(past) = self.pasts.get_mut(key) else {
            self.pasts.insert(key, Past { first: note, last: at, before: None });
            return (Place { first: true, ibid, near: false }, note);
        };
        if past.last != at {
            past.before = Some(past.last);
            past.last = at;
        }
        let near = past.before.is_some_and(|before| at - before <= self.near);
        (Place { first: false, ibid, near }, past.first)
    }
}

/// Writes the number of a note where a key stands in for it.
fn write_note(tree: &mut ElemChildren, note: u32) {
    for child in &mut tree.0 {
        match child {
            ElemChild::Elem(elem) => write_note(&mut elem.children, note),
            ElemChild::Text(text) => {
                if let Some((before, rest)) = text.text.split_once(marker::NOTE_OPEN)
                    && let Some((_, behind)) = rest.split_once(marker::NOTE_CLOSE)
                {
                    let (open, close) = (marker::NOTE_OPEN, marker::NOTE_CLOSE);
                    text.text = format!("{before}{open}{note}{close}{behind}");
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::csl::{Cite, Cluster, Library, Note, Style, StyleSource};
    use proptest::prelude::*;
    use serde_json::{Map, Value, json};

    const KINDS: [&str; 12] = [
        "book",
        "report",
        "legislation",
        "webpage",
        "legal_case",
        "chapter",
        "interview",
        "treaty",
        "article-newspaper",
        "hearing",
        "dataset",
        "no-kind-of-csl",
    ];

    /// A source with some of these fields.
    fn source(kind: usize, fields: u32) -> Map<String, Value> {
        let person = json!([{"family": "Ng", "given": "Ada"}]);
        let day = json!({"date-parts": [[2019, 5, 2]]});
        let all = [
            ("title", json!("A title")),
            ("title-short", json!("Short")),
            ("author", person.clone()),
            ("editor", person.clone()),
            ("translator", person.clone()),
            ("interviewer", person),
            ("issued", day.clone()),
            ("accessed", day),
            ("container-title", json!("Place")),
            ("publisher", json!("Press")),
            ("publisher-place", json!("Almaty")),
            ("number", json!("226-05")),
            ("volume", json!("4")),
            ("issue", json!("2")),
            ("page", json!("3-9")),
            ("URL", json!("https://example.org/")),
            ("DOI", json!("10.1/x")),
            ("edition", json!("2")),
            ("genre", json!("Report")),
            ("archive", json!("Archive")),
            ("authority", json!("Court")),
            ("collection-title", json!("Series")),
            ("event-title", json!("Congress")),
            ("medium", json!("tape")),
        ];
        let kept = all.into_iter().enumerate().filter(|(at, _)| fields & (1 << at) != 0);
        let fields = kept.map(|(_, (name, value))| (name.to_owned(), value));
        fields.chain([("type".to_owned(), json!(KINDS[kind]))]).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn sources_of_any_fields_are_set_as_in_a_run(
            sources in proptest::collection::vec((0..KINDS.len(), 0u32..1 << 24), 1..6),
            cites in proptest::collection::vec((0usize..6, any::<bool>()), 1..12),
        ) {
            let keyed = sources.iter().enumerate();
            let library = Library::new(keyed.map(|(at, (kind, fields))| {
                (format!("k{at}"), source(*kind, *fields))
            }));
            let cite = |(source, located): &(usize, bool)| Cite {
                key: format!("k{}", source % sources.len()),
                locator: if *located { "7".to_owned() } else { String::new() },
                ..Cite::default()
            };
            let cluster = |cite| Cluster { cites: vec![cite], ..Cluster::default() };
            let note = |(number, of)| {
                Note { number, clusters: vec![cluster(cite(of))], ..Note::default() }
            };
            let notes: Vec<Note> = (1..).zip(&cites).map(note).collect();
            let keys: Vec<String> = (0..sources.len()).map(|at| format!("k{at}")).collect();
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            for name in ["policy-report-notes", "oscola", "mhra"] {
                let style = Style::load(StyleSource::Builtin(name), "en-GB").expect(name);
                let run = style.cite_by(&library, &notes, Some(usize::MAX)).expect("a run");
                prop_assert_eq!(style.cite(&library, &notes).expect("apart"), run, "{}", name);
                let list = style.bibliography_by(&library, &keys, Some(100)).expect("a list");
                prop_assert_eq!(style.bibliography(&library, &keys).expect("apart"), list, "{}", name);
            }
        }
    }
}
