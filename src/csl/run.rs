//! Notes in order, or keys → rich text, by way of the engine.

use super::apart;
use super::cite::{Cite, Cluster, Mode, Note};
use super::delimiters::{groups_by_author, misattributes};
use super::engine::{self, Request, RequestNote};
use super::glyph::{Glyph, Line, gather};
use super::letters::{Lettered, lettered};
use super::library::{Library, Source};
use super::likeness::authors;
use super::listing::{self, Entry};
use super::locator::engine_locator;
use super::markup;
use super::namesakes::told_apart;
use super::polish::{Seams, polish};
use super::rich::Rich;
use super::set::{self, Prepared};
use super::sort::sorted;
use super::style::{Style, StyleSource};
use crate::parallel;
use crate::quick::{QuickMap, QuickSet};
use hayagriva::ElemChildren;
use std::fmt;

/// The engine could not set a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineFailure {
    /// The source at fault, where it can be told.
    pub key: Option<String>,
    pub message: String,
}

impl fmt::Display for EngineFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.key {
            Some(key) => write!(f, "the source `{key}` cannot be set: {}", self.message),
            None => write!(f, "the citations cannot be set: {}", self.message),
        }
    }
}

impl std::error::Error for EngineFailure {}

impl Style {
    /// Sets the citations of one run, a chapter or a report, in document order: a list per note
    /// with the rich text of each of its clusters.
    ///
    /// Every key must be in the library; one that is not is an [`EngineFailure`] with that key.
    pub fn cite(&self, library: &Library, notes: &[Note]) -> Result<Vec<Vec<Rich>>, EngineFailure> {
        self.cite_by(library, notes, None)
    }

    /// With `part` the engine is made to render all as a run, in parts of so many.
    pub(super) fn cite_by(
        &self,
        library: &Library,
        notes: &[Note],
        part: Option<usize>,
    ) -> Result<Vec<Vec<Rich>>, EngineFailure> {
        let cites = notes.iter().flat_map(|note| &note.clusters).flat_map(|c| &c.cites);
        let sources = cites.filter_map(|cite| Some(&library.sources[library.place(&cite.key)?]));
        let fuller = told_apart(self, sources.clone());
        let sources = once(sources);
        let failed = |message| EngineFailure { key: None, message };
        let lettered = lettered(self, &sources, &fuller).map_err(failed)?;
        let lettered = in_cites(lettered, &fuller);
        let prepared = self.pair_up(library, &fuller, &lettered, notes)?;
        let trees = self.render(&prepared, part)?;
        let mut trees = trees.iter();
        let mut seat = |(cluster, cites): (&Cluster, &Vec<Prepared<'_>>)| {
            if cites.is_empty() {
                return Rich::new();
            }
            let Some(tree) = trees.next() else { return Rich::new() };
            let (line, author) = set::cluster(self, notes, cites, tree);
            let first = cites.iter().find(|prepared| prepared.index == 0);
            let author = match first.filter(|p| p.cite.mode == Mode::AuthorInText && !self.note) {
                Some(first) if author.is_empty() => self.named(first.source),
                _ => author,
            };
            self.seat(cluster, line, author)
        };
        let set = notes.iter().zip(&prepared);
        Ok(set.map(|(note, of)| note.clusters.iter().zip(of).map(&mut seat).collect()).collect())
    }

    /// Renders the clusters; those the engine collapsed wrongly once more, without collapsing.
    fn render(
        &self,
        prepared: &[Vec<Vec<Prepared<'_>>>],
        part: Option<usize>,
    ) -> Result<Vec<ElemChildren>, EngineFailure> {
        let mut requests: Vec<RequestNote<'_>> = prepared
            .iter()
            .zip(1..)
            .map(|(clusters, place)| RequestNote {
                number: place,
                requests: clusters.iter().map(|cites| request(cites)).collect(),
            })
            .collect();
        let run = |requests: &[RequestNote<'_>]| {
            let trees = match (&self.forms.cites, part) {
                (Some(folds), None) => apart::run(self, folds, requests),
                (_, part) => engine::run(self, requests, part.unwrap_or(engine::PART)),
            };
            trees.map_err(|message| self.blame(requests, message))
        };
        let trees = run(&requests)?;
        let clusters = prepared.iter().flatten().filter(|cites| !cites.is_empty());
        let wrong: Vec<bool> =
            clusters.zip(&trees).map(|(cites, tree)| misattributes(self, cites, tree)).collect();
        if !wrong.contains(&true) {
            return Ok(trees);
        }
        let all = requests.iter_mut().flat_map(|note| &mut note.requests);
        for (request, wrong) in all.filter(|request| !request.cites.is_empty()).zip(wrong) {
            request.free &= !wrong;
        }
        run(&requests)
    }

    /// Sets the short name of a source as a sentence uses it: its authors' family names, or what
    /// stands in for them. For a note style, where `@key` in the text leaves the source to a note.
    pub fn author(&self, library: &Library, key: &str) -> Result<Rich, EngineFailure> {
        let glyphs = self.named(find(library, key)?);
        Ok(self.finish(Line { glyphs, targets: Vec::new() }, Seams::default()))
    }

    fn named(&self, source: &Source) -> Vec<Glyph> {
        let trees = engine::name(self, source).unwrap_or_default();
        let mut line = Line::default();
        for tree in &trees {
            line = set::entry(self, source, None, tree);
        }
        line.glyphs
    }

    /// Sets the entries of these sources in the style's order. A source the style leaves out of
    /// its bibliography, such as a personal communication, is set as in its first note.
    ///
    /// A key that is not in the library is an [`EngineFailure`].
    pub fn bibliography(
        &self,
        library: &Library,
        keys: &[&str],
    ) -> Result<Vec<(String, Rich)>, EngineFailure> {
        self.bibliography_by(library, keys, None)
    }

    pub(super) fn bibliography_by(
        &self,
        library: &Library,
        keys: &[&str],
        part: Option<usize>,
    ) -> Result<Vec<(String, Rich)>, EngineFailure> {
        let mut seen = QuickSet::default();
        let keys = keys.iter().filter(|key| seen.insert(**key));
        let sources: Vec<&Source> = keys.map(|key| find(library, key)).collect::<Result<_, _>>()?;
        let failed = |message| EngineFailure { key: None, message };
        let fuller = told_apart(self, sources.iter().copied());
        let lettered = lettered(self, &sources, &fuller).map_err(failed)?;
        let sorted = sorted(self, &sources).map_err(failed)?;
        let marked: Vec<&Source> =
            sorted.iter().map(|source| lettered.get(&source.key).unwrap_or(source)).collect();
        let mut set = Vec::with_capacity(marked.len());
        for marked in listing::portions(self, &marked, part) {
            let items = listing::entries(self, marked, part).map_err(failed)?;
            if items.is_empty() {
                return self.lent(library, &sorted);
            }
            for entry in parallel::map(&items, |item| self.entry(library, &lettered, item)) {
                set.extend(entry?);
            }
        }
        Ok(set)
    }

    fn entry(
        &self,
        library: &Library,
        lettered: &Lettered,
        item: &Entry,
    ) -> Result<Vec<(String, Rich)>, EngineFailure> {
        let source = match lettered.get(&item.key) {
            Some(source) => source,
            None => find(library, &item.key)?,
        };
        let body = set::entry(self, source, item.first_field.as_ref(), &item.content);
        if !body.glyphs.iter().any(|glyph| glyph.c.is_alphanumeric()) {
            return self.lent(library, &[source]);
        }
        let (prefix, suffix) = &self.around_entry;
        let line = surround(prefix, body, suffix);
        Ok(vec![(item.key.clone(), self.finish(line, Seams::default()))])
    }

    /// Sets entries for sources the style has none for: as a note that cites each for the first
    /// time, with the name turned round. Styles for the text have no such form; the default style
    /// lends them its own.
    fn lent(
        &self,
        library: &Library,
        sources: &[&Source],
    ) -> Result<Vec<(String, Rich)>, EngineFailure> {
        if !self.note {
            let keys: Vec<&str> = sources.iter().map(|source| source.key.as_str()).collect();
            let default = StyleSource::Builtin(Style::builtin_names()[0]);
            let style = Style::load(default, &self.code.0)
                .map_err(|error| EngineFailure { key: None, message: error.to_string() })?;
            return style.bibliography(library, &keys);
        }
        let mut style = self.clone();
        style.inverts = true;
        style.around_cluster.clone_from(&self.around_entry);
        let entry = |source: &&Source| {
            let cite = Cite { key: source.key.clone(), ..Cite::default() };
            let cluster = Cluster { cites: vec![cite], ..Cluster::default() };
            let set =
                style.cite(library, &[Note { clusters: vec![cluster], ..Note::default() }])?;
            let rich = set.into_iter().flatten().next().unwrap_or_default();
            Ok((source.key.clone(), rich))
        };
        sources.iter().map(entry).collect()
    }

    fn pair_up<'a>(
        &self,
        library: &'a Library,
        fuller: &'a QuickMap<&str, Source>,
        lettered: &'a Lettered,
        notes: &'a [Note],
    ) -> Result<Vec<Vec<Vec<Prepared<'a>>>>, EngineFailure> {
        let cite = |(index, cite): (usize, &'a Cite)| {
            let key = cite.key.as_str();
            let source = match lettered.get(key).or_else(|| fuller.get(key)) {
                Some(source) => source,
                None => find(library, key)?,
            };
            Ok(Prepared { cite, source, locator: engine_locator(cite, &self.range_mark), index })
        };
        let groups = groups_by_author(self);
        let cluster = |cluster: &'a Cluster| {
            let cites: Result<Vec<_>, _> = cluster.cites.iter().enumerate().map(cite).collect();
            let together = |cites: Vec<_>| match groups && plain(&cites) {
                true => beside_their_like(cites),
                false => cites,
            };
            cites.map(together)
        };
        notes.iter().map(|note| note.clusters.iter().map(cluster).collect()).collect()
    }

    /// Seats a cluster in its surroundings: brackets or full stop, capital, author before it.
    fn seat(&self, cluster: &Cluster, line: Line, author: Vec<Glyph>) -> Rich {
        if line.glyphs.is_empty() && author.is_empty() {
            return Rich::new();
        }
        let (prefix, suffix) = &self.around_cluster;
        if !self.note {
            let mut line = surround(prefix, line, suffix);
            if !author.is_empty() {
                line.glyphs = self.with_author(author, line.glyphs);
            }
            return self.finish(line, Seams::default());
        }
        let starts = cluster.before.is_none_or(|c| matches!(c, '.' | '?' | '!' | '…'));
        let small = self.manners.small_ibid && line.begins_with("ibid");
        let seams = Seams {
            starts_sentence: starts && !small,
            drop_final_stop: cluster.after == Some('.'),
        };
        let prefix = if cluster.before.is_none() { prefix.as_str() } else { "" };
        let suffix = if cluster.after.is_none() { suffix.as_str() } else { "" };
        self.finish(surround(prefix, line, suffix), seams)
    }

    /// In a sentence names are joined by the word, not by “&”.
    fn with_author(&self, author: Vec<Glyph>, rest: Vec<Glyph>) -> Vec<Glyph> {
        let mut out = Vec::with_capacity(author.len() + rest.len() + 4);
        for glyph in author {
            match glyph.c {
                '&' => out.extend(self.words.and.chars().map(|c| glyph.with(c))),
                _ => out.push(glyph),
            }
        }
        out.extend(out.last().map(|last| last.with(' ')));
        out.extend(rest);
        out
    }

    fn finish(&self, mut line: Line, seams: Seams) -> Rich {
        line.glyphs = polish(&line.glyphs, &self.quotes, seams);
        gather(&line)
    }

    /// Finds the source the engine fails on by setting each one alone.
    fn blame(&self, notes: &[RequestNote<'_>], message: String) -> EngineFailure {
        let requests = notes.iter().flat_map(|note| &note.requests);
        let mut tried = QuickSet::default();
        for (source, _) in requests.flat_map(|request| &request.cites) {
            if tried.insert(source.key.as_str())
                && listing::list(self, &self.forms.citing, &[source], 0).is_err()
            {
                return EngineFailure { key: Some(source.key.clone()), message };
            }
        }
        EngineFailure { key: None, message }
    }
}

/// The sources, each once.
fn once<'a>(sources: impl Iterator<Item = &'a Source>) -> Vec<&'a Source> {
    let mut seen = QuickSet::default();
    sources.filter(|source| seen.insert(source.key.as_str())).collect()
}

/// Gives sources that take letters the names by which cites tell people apart.
fn in_cites(mut lettered: Lettered, fuller: &QuickMap<&str, Source>) -> Lettered {
    for (key, source) in &mut lettered {
        if let Some(named) = fuller.get(key.as_str()) {
            for variable in ["author", "editor"] {
                source.item.0.extend(
                    named.item.0.get_key_value(variable).map(|(k, v)| (k.clone(), v.clone())),
                );
            }
        }
    }
    lettered
}

/// Brings cites of one author together; where it collapses them, the engine would print the second
/// of two that stand apart without its name, behind the name of another.
fn beside_their_like(cites: Vec<Prepared<'_>>) -> Vec<Prepared<'_>> {
    let mut places: QuickMap<String, usize> = QuickMap::default();
    let mut groups: Vec<Vec<Prepared<'_>>> = Vec::new();
    for cite in cites {
        let next = groups.len();
        let place = *places.entry(authors(&cite.source.item)).or_insert(next);
        if place == next {
            groups.push(Vec::new());
        }
        groups[place].push(cite);
    }
    groups.into_iter().flatten().collect()
}

/// Reports whether the engine may sort and collapse these cites: none has words of its own.
fn plain(cites: &[Prepared<'_>]) -> bool {
    cites.iter().all(|prepared| {
        let cite = prepared.cite;
        cite.prefix.is_empty() && cite.suffix.is_empty() && cite.mode == Mode::Normal
    })
}

fn request<'a>(cites: &'a [Prepared<'a>]) -> Request<'a> {
    let free = plain(cites);
    let cites = cites.iter().map(|p| (p.source, p.locator.as_ref())).collect();
    Request { cites, free }
}

fn find<'a>(library: &'a Library, key: &str) -> Result<&'a Source, EngineFailure> {
    let unknown = || EngineFailure {
        key: Some(key.to_owned()),
        message: "there is no such source".to_owned(),
    };
    Ok(&library.sources[library.place(key).ok_or_else(unknown)?])
}

fn surround(prefix: &str, mut line: Line, suffix: &str) -> Line {
    if !prefix.is_empty() {
        let mut before = Line::default();
        before.write(&markup::curl(prefix), Glyph::bare(' '));
        line.glyphs.splice(..0, before.glyphs);
    }
    line.write(&markup::curl(suffix), Glyph::bare(' '));
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csl::{Locator, plain};
    use proptest::prelude::*;
    use serde_json::json;
    use std::sync::LazyLock;

    /// Twelve sources by three authors in two years.
    static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
        let kinds = ["book", "report", "legislation", "webpage"];
        let item = |i: usize| {
            let (family, given) = [("Ng", "Ada"), ("Li", "Bo"), ("Ng", "Cy")][i % 3];
            json!({
                "type": kinds[i % 4], "title": format!("Title {i}"),
                "author": [{"family": family, "given": given}],
                "issued": 2019 + i % 2, "container-title": "Place",
            })
        };
        let keyed = |i: usize| (format!("k{i}"), item(i).as_object().expect("object").clone());
        Library::new((0..12).map(keyed))
    });

    /// A style that asks for everything it can of a cite's place.
    const PLACES: &str = r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
<info><title>Places</title><id>places</id><updated>2026-11-23T00:00:00+00:00</updated></info>
<macro name="place"><group delimiter="+"><choose><if position="ibid near-note" match="any" variable="DOI">
<text value="i or n"/></if></choose><choose><if position="ibid-with-locator"><text value="il"/></if>
<else-if position="ibid"><text value="i"/></else-if><else-if match="none" position="first near-note">
<text value="far"/></else-if><else-if position="first subsequent"><text value="never"/></else-if></choose>
<choose><if position="near-note" type="book"><text value="near book"/></if></choose>
<text variable="first-reference-note-number" prefix="n "/></group></macro>
<citation near-note-distance="3"><layout delimiter="; "><group delimiter=", "><text variable="title"/>
<text macro="place"/><group><label variable="locator"/><text variable="locator"/></group></group></layout>
</citation><bibliography><layout><text macro="place"/><text variable="title"/></layout></bibliography>
</style>"#;

    static STYLES: LazyLock<Vec<Style>> = LazyLock::new(|| {
        let load = |source| Style::load(source, "en-GB").expect("a style");
        let builtin = Style::builtin_names().iter().map(|name| StyleSource::Builtin(name));
        builtin.chain([StyleSource::Xml(PLACES)]).map(load).collect()
    });

    #[test]
    fn only_styles_that_tell_cites_apart_need_the_run() {
        let apart = |style: &&Style| style.forms.cites.is_some();
        let ids = |style: &Style| style.forms.listing.info.id.clone();
        let found: Vec<String> = STYLES.iter().filter(apart).map(ids).collect();
        assert_eq!(found, ["policy-report-notes", "places"]);
    }

    fn clusters() -> impl Strategy<Value = Vec<Vec<(usize, u8)>>> {
        let cite = (0usize..12, 0u8..3);
        proptest::collection::vec(proptest::collection::vec(cite, 0..3), 1..25)
    }

    fn notes(clusters: &[Vec<(usize, u8)>]) -> Vec<Note> {
        let cite = |(source, locator): &(usize, u8)| Cite {
            key: format!("k{source}"),
            label: Some(Locator::Page),
            locator: ["", "4", "7-9"][usize::from(*locator)].to_owned(),
            ..Cite::default()
        };
        let note = |(number, cites): (u32, &Vec<(usize, u8)>)| {
            let cites = cites.iter().map(cite).collect();
            Note {
                number,
                clusters: vec![Cluster { cites, before: None, after: None }],
                ..Note::default()
            }
        };
        (1..).zip(clusters).map(note).collect()
    }

    fn keys(clusters: &[Vec<(usize, u8)>]) -> impl Iterator<Item = &'static str> {
        let sources = clusters.iter().flatten().map(|(source, _)| *source);
        sources.map(|source| LIBRARY.sources[source].key.as_str())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(6))]

        #[test]
        fn rendering_in_parts_changes_nothing(clusters in clusters(), part in 1usize..6) {
            let notes = notes(&clusters);
            for style in STYLES.iter() {
                let whole = style.cite_by(&LIBRARY, &notes, Some(usize::MAX)).expect("whole");
                let parts = style.cite_by(&LIBRARY, &notes, Some(part)).expect("parts");
                prop_assert_eq!(&whole, &parts, "{}", &style.forms.listing.info.id);
                let apart = style.cite(&LIBRARY, &notes).expect("apart");
                prop_assert_eq!(&whole, &apart, "{}", &style.forms.listing.info.id);
                let keys: Vec<&str> = keys(&clusters).collect();
                let whole = style.bibliography_by(&LIBRARY, &keys, Some(100)).expect("whole");
                let parts = style.bibliography_by(&LIBRARY, &keys, Some(part)).expect("parts");
                prop_assert_eq!(&whole, &parts, "{}", &style.forms.listing.info.id);
                let apart = style.bibliography(&LIBRARY, &keys).expect("apart");
                prop_assert_eq!(&whole, &apart, "{}", &style.forms.listing.info.id);
            }
        }
    }

    #[test]
    fn a_key_without_a_source_is_a_failure_that_names_it() {
        let notes = [Note {
            clusters: vec![Cluster {
                cites: vec![Cite { key: "nobody".into(), ..Cite::default() }],
                ..Cluster::default()
            }],
            ..Note::default()
        }];
        let failure = STYLES[0].cite(&LIBRARY, &notes).expect_err("no such source");
        assert_eq!(failure.key.as_deref(), Some("nobody"));
    }

    #[test]
    fn the_name_of_a_source_stands_alone() {
        let name = STYLES[0].author(&LIBRARY, "k1").expect("name");
        assert_eq!(plain(&name), "Li");
    }
}
