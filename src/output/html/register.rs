//! The register of claims in its three orders, with the matrix of rights by chapters.

use super::row::{right_chip, row};
use super::{Press, Sheet, View, head};
use crate::annotation::Finding;
use crate::law;
use crate::output::edition::Edition;
use crate::output::{Draft, address};
use crate::quick::QuickSet;
use crate::report::{ClaimId, Id};
use crate::theme::view::{
    ClaimRow, Download, FilterItem, Link, Matrix, MatrixCell, MatrixColumn, MatrixRow,
    RegisterGroup, RegisterOrder, RegisterView,
};
use std::collections::BTreeMap;

/// The orders: id, page.
const ORDERS: [(&str, &str); 3] =
    [("chapter", "claims/"), ("article", "claims/by-article/"), ("right", "claims/by-right/")];

/// The three pages of the register.
pub fn pages<'e>(press: &'e Press<'e>) -> impl Iterator<Item = Draft<'e>> {
    let file = |page: &str| format!("{page}index.html");
    ORDERS.iter().map(move |(order, page)| {
        press.page(file(page), move || sheet(press.edition, order, page, file(page)))
    })
}

fn sheet(edition: &Edition, order: &str, page: &str, path: String) -> Sheet {
    let title = &edition.words.register;
    let trail = [(title.as_str(), "claims/".to_owned())];
    let head = match order {
        "chapter" => head::head(edition, page, title, &[]),
        _ => head::head(edition, page, &label(edition, order), &trail),
    };
    Sheet { path, head, view: View::Register(view(edition, order, page)) }
}

fn label(edition: &Edition, order: &str) -> String {
    match order {
        "chapter" => edition.words.by_chapter.clone(),
        "article" => edition.words.by_article.clone(),
        _ => edition.words.by_right.clone(),
    }
}

fn view(edition: &Edition, order: &str, page: &str) -> RegisterView {
    let orders = ORDERS.iter().map(|(id, target)| RegisterOrder {
        id: (*id).to_owned(),
        label: label(edition, id),
        url: address::relative(page, target),
    });
    let (rights, instruments, findings) = filter_ids(edition);
    RegisterView {
        order: order.to_owned(),
        orders: orders.collect(),
        rights,
        instruments,
        findings,
        groups: match order {
            "chapter" => by_chapter(edition, page),
            "article" => by_article(edition, page),
            _ => by_right(edition, page),
        },
        count: edition.report.total(|chapter| chapter.claims.len()),
        matrix: (order == "chapter").then(|| matrix(edition, page)).flatten(),
        downloads: downloads(page),
    }
}

fn downloads(page: &str) -> Vec<Download> {
    ["csv", "json"]
        .iter()
        .map(|ending| Download {
            label: ending.to_uppercase(),
            url: address::relative(page, &format!("data/claims.{ending}")),
            size: String::new(),
        })
        .collect()
}

/// The rights, instruments and findings that occur, each with the number of claims.
pub fn filter_ids(edition: &Edition) -> (Vec<FilterItem>, Vec<FilterItem>, Vec<FilterItem>) {
    let (mut rights, mut instruments, mut findings) =
        (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (_, claim) in edition.report.claims() {
        let count = |counts: &mut BTreeMap<String, usize>, ids: QuickSet<&str>| {
            for id in ids {
                *counts.entry(id.to_owned()).or_default() += 1;
            }
        };
        count(&mut rights, claim.rights.iter().map(String::as_str).collect());
        let named = claim.articles.iter().map(|a| a.reference.instrument.as_str());
        count(&mut instruments, named.collect());
        count(&mut findings, claim.finding.iter().map(|finding| finding.name()).collect());
    }
    let items = |counts: BTreeMap<String, usize>, label: &dyn Fn(&str) -> String| {
        let mut items: Vec<FilterItem> = counts
            .into_iter()
            .map(|(id, count)| FilterItem { label: label(&id), id, count })
            .collect();
        items.sort_by(|a, b| a.label.cmp(&b.label));
        items
    };
    let right = |id: &str| law::right(id).map_or(id, |right| &right.label).to_owned();
    let instrument = |id: &str| {
        edition.law.instrument(id).map_or(id, |instrument| &instrument.short_name).to_owned()
    };
    let mut found = items(findings, &|id| edition.words.finding(id).to_owned());
    let rank = |item: &FilterItem| Finding::ALL.iter().position(|f| f.name() == item.id);
    found.sort_by_key(rank);
    (items(rights, &right), items(instruments, &instrument), found)
}

fn by_chapter(edition: &Edition, page: &str) -> Vec<RegisterGroup> {
    let chapters = edition.report.chapters.iter().enumerate();
    let groups = chapters.filter(|(_, chapter)| !chapter.claims.is_empty());
    groups
        .map(|(id, chapter)| RegisterGroup {
            id: format!("ch-{}", chapter.slug),
            title: match &chapter.number {
                Some(_) => format!("{}. {}", edition.chapter_words(id), chapter.title),
                None => chapter.title.clone(),
            },
            url: Some(address::relative(page, &chapter.path)),
            rows: (0..chapter.claims.len())
                .map(|index| row(edition, Id { chapter: id, index }, page))
                .collect(),
        })
        .collect()
}

fn by_article(edition: &Edition, page: &str) -> Vec<RegisterGroup> {
    let mut groups: BTreeMap<(String, Vec<u64>), (String, Vec<ClaimId>)> = BTreeMap::new();
    let mut without = Vec::new();
    for (id, claim) in edition.report.claims() {
        if claim.articles.is_empty() {
            without.push(id);
        }
        for article in &claim.articles {
            let reference = &article.reference;
            let key = (reference.instrument.clone(), address::numeric(&reference.article));
            let group =
                groups.entry(key).or_insert_with(|| (reference.article.clone(), Vec::new()));
            if group.1.last() != Some(&id) {
                group.1.push(id);
            }
        }
    }
    let mut seen = QuickSet::default();
    let mut out: Vec<RegisterGroup> = groups
        .into_iter()
        .map(|((instrument, _), (article, claims))| {
            let reference = law::Reference { instrument, article, pinpoint: String::new() };
            RegisterGroup {
                id: address::authority(&reference),
                title: edition.provision_title(&reference),
                url: Some(address::relative(page, &address::provision(&reference))),
                rows: rows(edition, &claims, page, &mut seen),
            }
        })
        .collect();
    if !without.is_empty() {
        out.push(RegisterGroup {
            id: "without-article".to_owned(),
            title: edition.words.without_article.clone(),
            url: None,
            rows: rows(edition, &without, page, &mut seen),
        });
    }
    out
}

fn by_right(edition: &Edition, page: &str) -> Vec<RegisterGroup> {
    let (rights, _, _) = filter_ids(edition);
    let mut seen = QuickSet::default();
    rights
        .into_iter()
        .map(|right| {
            let all = edition.report.claims().map(|(id, _)| id);
            let claims: Vec<ClaimId> = all.filter(|id| is_about(edition, *id, &right.id)).collect();
            RegisterGroup {
                id: format!("right-{}", right.id),
                title: right.label,
                url: None,
                rows: rows(edition, &claims, page, &mut seen),
            }
        })
        .collect()
}

/// The rows of `claims`; one that stands above already is marked as repeated.
fn rows(
    edition: &Edition,
    claims: &[ClaimId],
    page: &str,
    seen: &mut QuickSet<ClaimId>,
) -> Vec<ClaimRow> {
    let row = |id: &ClaimId| ClaimRow { repeated: !seen.insert(*id), ..row(edition, *id, page) };
    claims.iter().map(row).collect()
}

fn is_about(edition: &Edition, claim: ClaimId, right: &str) -> bool {
    edition.report.claim(claim).rights.iter().any(|id| id == right)
}

fn matrix(edition: &Edition, page: &str) -> Option<Matrix> {
    let chapters: Vec<usize> = (0..edition.report.chapters.len())
        .filter(|id| !edition.report.chapters[*id].claims.is_empty())
        .collect();
    if chapters.len() < 2 {
        return None;
    }
    let columns = chapters.iter().map(|&id| {
        let chapter = &edition.report.chapters[id];
        MatrixColumn {
            label: chapter.number.clone().unwrap_or_else(|| chapter.title.clone()),
            title: match &chapter.number {
                Some(number) => edition.numbered_titled(number, &chapter.title),
                None => chapter.title.clone(),
            },
            url: address::relative(page, &chapter.path),
        }
    });
    let (rights, _, _) = filter_ids(edition);
    let rows = rights.into_iter().map(|right| {
        let chip = right_chip(&right.id, page);
        MatrixRow {
            right: Link { label: chip.label, url: chip.url.unwrap_or_default() },
            cells: chapters.iter().map(|&id| cell(edition, &right.id, id, page)).collect(),
            total: right.count,
        }
    });
    Some(Matrix { columns: columns.collect(), rows: rows.collect() })
}

fn cell(edition: &Edition, right: &str, chapter: usize, page: &str) -> MatrixCell {
    let count = edition.report.chapters[chapter].claims.len();
    let own = (0..count).map(|index| Id { chapter, index });
    let claims: Vec<ClaimId> = own.filter(|id| is_about(edition, *id, right)).collect();
    let url = claims.first().map(|&id| {
        let claim = edition.report.claim(id);
        let path = &edition.report.chapters[claim.chapter].path;
        address::relative(page, &format!("{path}#{}", claim.id))
    });
    MatrixCell { count: claims.len(), url, level: claims.len().min(4) as u8 }
}
