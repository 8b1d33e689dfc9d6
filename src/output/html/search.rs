//! The search page with its indexes, and the page for what is not there.

use super::{Sheet, View, head};
use crate::law;
use crate::output::address;
use crate::output::edition::Edition;
use crate::theme::view::{IndexChapter, IndexCount, Link, NotFoundView, SearchView};
use std::collections::BTreeMap;

/// The page of indexes: what a reader without search goes by.
pub fn sheet(edition: &Edition) -> Option<Sheet> {
    if !edition.config.html.search {
        return None;
    }
    let page = "search/";
    let head = head::head(edition, page, &edition.words.search, &[]);
    let view = SearchView {
        scripts: edition.searches.then(|| "../assets/search.js".to_owned()).into_iter().collect(),
        styles: Vec::new(),
        // The engine is WebAssembly; no other page may run any.
        script_src: if edition.searches { "'wasm-unsafe-eval'" } else { "" }.to_owned(),
        chapters: chapters(edition, page),
        rights: rights(edition, page),
        articles: articles(edition, page),
    };
    Some(Sheet { path: format!("{page}index.html"), head, view: View::Search(view) })
}

fn chapters(edition: &Edition, page: &str) -> Vec<IndexChapter> {
    let mut chapters: Vec<IndexChapter> = Vec::new();
    let mut ids = Vec::new();
    for (id, chapter) in edition.report.chapters.iter().enumerate() {
        if chapter.is_front {
            continue;
        }
        let label = match &chapter.number {
            Some(number) => format!("{number}. {}", chapter.title),
            None => chapter.title.clone(),
        };
        let url = address::relative(page, &chapter.path);
        chapters.push(IndexChapter { chapter: Link { label, url }, sections: Vec::new() });
        ids.push(id);
    }
    let targets = edition.report.chapters.iter().flat_map(|chapter| &chapter.targets);
    for target in targets.filter(|target| target.kind.prefix() == "sec") {
        if let Some(at) = ids.iter().position(|id| *id == target.chapter) {
            let path = &edition.report.chapters[target.chapter].path;
            let url = address::relative(page, &format!("{path}#{}", target.anchor));
            chapters[at].sections.push(Link { label: target.title.clone(), url });
        }
    }
    chapters
}

fn rights(edition: &Edition, page: &str) -> Vec<IndexCount> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for right in edition.report.claims().flat_map(|(_, claim)| &claim.rights) {
        *counts.entry(right).or_default() += 1;
    }
    let mut items: Vec<IndexCount> = counts
        .into_iter()
        .map(|(id, count)| IndexCount {
            label: law::right(id).map_or(id, |right| &right.label).to_owned(),
            url: address::relative(page, &format!("claims/by-right/#right-{id}")),
            count,
        })
        .collect();
    items.sort_by(|a, b| a.label.cmp(&b.label));
    items
}

fn articles(edition: &Edition, page: &str) -> Vec<IndexCount> {
    let mut counts: BTreeMap<(&str, Vec<u64>, &str), usize> = BTreeMap::new();
    for (_, mention) in edition.report.mentions() {
        let reference = &mention.reference;
        let number = address::numeric(&reference.article);
        *counts.entry((&reference.instrument, number, &reference.article)).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|((instrument, _, article), count)| {
            let reference = law::Reference {
                instrument: instrument.to_owned(),
                article: article.to_owned(),
                pinpoint: String::new(),
            };
            IndexCount {
                label: edition.provision_title(&reference),
                url: address::relative(page, &address::provision(&reference)),
                count,
            }
        })
        .collect()
}

/// The page that a host shows for an address that is not there. It may stand at any depth, so its
/// links are absolute where the site's address is known.
pub fn not_found(edition: &Edition) -> Sheet {
    let mut head = head::head(edition, "404.html", &edition.words.not_found, &[]);
    head.no_index = true;
    head.breadcrumbs = Vec::new();
    head.root = edition.absolute("").unwrap_or_else(|| "./".to_owned());
    head.canonical = None;
    let root = head.root.clone();
    let mut links = vec![Link { label: edition.words.contents.clone(), url: root.clone() }];
    links.push(Link { label: edition.words.sources.clone(), url: format!("{root}sources/") });
    let view = View::NotFound(NotFoundView { links });
    Sheet { path: "404.html".to_owned(), head, view }
}
