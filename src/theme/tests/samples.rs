//! One filled view of each kind, all invented.

use super::chapter::{CLAIMS, PROVISIONS, cite, shape};
use crate::theme::view::*;

pub fn site() -> Site {
    let item = |title: &str, number: &str, url: &str, part: &str| NavItem {
        title: title.into(),
        number: Some(number.into()),
        url: url.into(),
        part: Some(part.into()),
    };
    Site {
        title: "Vessaria: the permit state".into(),
        subtitle: Some("How a notice rule for marches became a rule of permission".into()),
        language: "en-GB".into(),
        dir: "ltr".into(),
        description: Some("An invented report with invented facts.".into()),
        authors: vec!["Aigerim Nurlanova".into(), "Karin Lindqvist".into()],
        publisher: Some("Vessaria Law Centre".into()),
        date: Some("2026-10-01".into()),
        date_words: Some("1 October 2026".into()),
        edition: Some("1.0".into()),
        license: Some(License {
            name: "CC BY 4.0".into(),
            url: Some("https://license.example/by/".into()),
        }),
        base_url: Some("https://reports.example/vessaria/".into()),
        nav: vec![item("Permission to speak", "2", "permission/", "The rule")],
        generator: "0.1.0".into(),
        has_claims: true,
        has_law: true,
        has_sources: true,
        has_search: true,
        has_feed: true,
        ..Site::default()
    }
}

pub fn head(url: &str, title: &str) -> Head {
    let depth = url.matches('/').count();
    let root = if depth == 0 { "./".to_owned() } else { "../".repeat(depth) };
    let crumb = |label: &str, url: Option<String>| Crumb { label: label.into(), url };
    let mut breadcrumbs = vec![crumb("Report", Some(root.clone())), crumb(title, None)];
    if url.is_empty() {
        breadcrumbs.clear();
    }
    Head {
        breadcrumbs,
        url: url.into(),
        canonical: Some(format!("https://reports.example/vessaria/{url}")),
        title: title.into(),
        description: Some(format!("{title}, a page of an invented report.")),
        meta: vec![
            Meta { name: "citation_title".into(), content: title.into() },
            Meta { name: "og:title".into(), content: title.into() },
        ],
        links: vec![HeadLink {
            rel: "license".into(),
            href: "https://license.example/by/".into(),
            ..HeadLink::default()
        }],
        json_ld: r#"{"@context":"https://schema.org","@type":"Report"}"#.into(),
        root,
        ..Head::default()
    }
}

fn link(label: &str, url: &str) -> Link {
    Link { label: label.into(), url: url.into() }
}

fn file(label: &str, url: &str, size: &str) -> Download {
    Download { label: label.into(), url: url.into(), size: size.into() }
}

pub fn home() -> HomeView {
    let item = |n: usize, title: &str, url: &str, summary: &str| ContentsItem {
        number: Some(n.to_string()),
        title: title.into(),
        url: url.into(),
        summary: Some(summary.into()),
        authors: Vec::new(),
        counts: Counts { notes: 60 * n, claims: 7 * n - 6, ..Counts::default() },
        ..ContentsItem::default()
    };
    HomeView {
        summary_html: Some(
            "<p>In 2024 a decree turned the duty to announce a march into a duty to ask leave for one. We read every \
             notice of its first year. Nine in two hundred and twelve were accepted.</p><p>The report shows how the rule \
             works, whom it stops, and which promises of law it breaks.</p>"
                .into(),
        ),
        parts: vec![
            PartView {
                title: Some("The rule".into()),
                chapters: vec![
                    item(1, "The square before the decree", "before/", "What a letter to the mayor was worth, and what came of it."),
                    item(2, "Permission to speak", "permission/", "A rule that asked citizens to tell the town hall has become a rule that asks the town hall."),
                ],
            },
            PartView {
                title: Some("The people".into()),
                chapters: vec![item(3, "Counting the detained, and who counts them", "counting/", "Four registers, four totals.")],
            },
        ],
        counts: Counts { notes: 360, claims: 24, provisions: 6, sources: 118, words: 48_000 },
        cite: Some(cite()),
        downloads: vec![
            file("claims.csv", "data/claims.csv", "12 kB"),
            file("claims.json", "data/claims.json", "31 kB"),
            file("sources.bib", "data/sources.bib", "40 kB"),
        ],
        first: Some(link("Chapter 1, The square before the decree", "before/")),
        ..HomeView::default()
    }
}

pub fn sources() -> SourcesView {
    let entry = |id: &str, html: &str, kind: &str, notes: &[u32]| SourceEntry {
        id: id.into(),
        html: html.into(),
        kind: kind.into(),
        cited: if notes.is_empty() {
            Vec::new()
        } else {
            vec![CitedIn {
                chapter: link("ch. 2", "../permission/"),
                notes: notes
                    .iter()
                    .map(|n| NoteLink { number: *n, url: format!("../permission/#n{n}") })
                    .collect(),
            }]
        },
        archived: (notes.len() == 1).then(|| Archived {
            url: "https://archive.example/1".into(),
            date_words: "3 May 2026".into(),
        }),
    };
    SourcesView {
        groups: vec![
            SourceGroup {
                id: "books".into(),
                title: Some("Books and papers".into()),
                entries: vec![
                    entry(
                        "bekov-2019",
                        "Bekov, A. <cite>Closed courts and open questions</cite>. Sarov: Law Press, 2019.",
                        "Book",
                        &[98, 101, 122],
                    ),
                    entry(
                        "orlova-2022",
                        "Orlova, V. <cite>The permit state</cite>. Vessaria Law Centre, 2022.",
                        "Report",
                        &[97, 99, 100, 104, 105],
                    ),
                ],
            },
            SourceGroup {
                id: "web".into(),
                title: Some("News and web pages".into()),
                entries: vec![
                    entry(
                        "sato-2025",
                        "Sato, K. “Nine in two hundred.” <cite>The Sarov Courier</cite>, 2 April 2025. <a href=\"https://courier.example/a/very/long/address/that/has/to/break/somewhere\">https://courier.example/a/very/long/address/that/has/to/break/somewhere</a>.",
                        "News",
                        &[140],
                    ),
                    entry("unused-2024", "Tulegen, M. “After the decree.” 2024.", "Web page", &[]),
                ],
            },
        ],
        count: 4,
        downloads: vec![
            file("BibTeX", "../data/sources.bib", "40 kB"),
            file("RIS", "../data/sources.ris", "44 kB"),
        ],
    }
}

pub fn claim(n: usize, repeated: bool) -> ClaimRow {
    let (text, finding, articles) = CLAIMS[(n - 1) % CLAIMS.len()];
    let (sign, word) = shape(finding);
    let right = ["assembly", "liberty", "fair-trial", "trade-unions"][(n - 1) % 4];
    let right_words =
        ["Freedom of peaceful assembly", "Liberty and security", "Fair trial", "Trade unions"]
            [(n - 1) % 4];
    let chips = articles.iter().filter_map(|id| PROVISIONS.iter().find(|p| p.0 == *id));
    ClaimRow {
        id: format!("c2-{n:02}"),
        number: format!("2.{n}"),
        url: format!("../permission/#c2-{n:02}"),
        text_html: text.into(),
        rights: vec![RightChip {
            id: right.into(),
            label: right_words.into(),
            url: Some(format!("../claims/by-right/#right-{right}")),
        }],
        articles: chips
            .map(|p| ArticleChip {
                label: format!("{} art. {}", p.1, p.3),
                reference: format!("iccpr:{}", p.3),
                url: format!("../law/{}", p.2),
                verdict: (p.3 == "20(1)").then(|| Mark {
                    id: "mismatch".into(),
                    word: "Another right".into(),
                    shape: "≠".into(),
                }),
            })
            .collect(),
        instruments: vec![if n.is_multiple_of(4) { "icescr".into() } else { "iccpr".into() }],
        finding: Some(Mark { id: finding.into(), word: word.into(), shape: sign.into() }),
        by: Some("Vessaria".into()),
        period: Some("2014–".into()),
        notes: vec![NoteLink { number: 96 + n as u32, url: format!("../permission/#n{}", 96 + n) }],
        place: format!("Chapter 2, para. {}", n * 3),
        repeated,
    }
}

pub fn register() -> RegisterView {
    let order = |id: &str, label: &str, url: &str| RegisterOrder {
        id: id.into(),
        label: label.into(),
        url: url.into(),
    };
    let filter =
        |id: &str, label: &str, count| FilterItem { id: id.into(), label: label.into(), count };
    let cell = |count: usize| MatrixCell {
        count,
        url: (count > 0).then(|| "../permission/#c2-01".into()),
        level: count.min(4) as u8,
    };
    let column = |label: &str, title: &str| MatrixColumn {
        label: label.into(),
        title: title.into(),
        url: "../permission/".into(),
    };
    let row = |label: &str, counts: [usize; 3]| MatrixRow {
        right: link(label, "by-right/#right-assembly"),
        cells: counts.iter().map(|n| cell(*n)).collect(),
        total: counts.iter().sum(),
    };
    RegisterView {
        order: "chapter".into(),
        orders: vec![
            order("chapter", "by chapter", "./"),
            order("article", "by article", "by-article/"),
            order("right", "by right", "by-right/"),
        ],
        rights: vec![
            filter("assembly", "Freedom of peaceful assembly", 4),
            filter("liberty", "Liberty and security", 4),
            filter("fair-trial", "Fair trial", 3),
            filter("trade-unions", "Trade unions", 3),
        ],
        instruments: vec![filter("iccpr", "ICCPR", 11), filter("icescr", "ICESCR", 3)],
        findings: vec![
            filter("violated", "Violated", 8),
            filter("restricted", "Restricted", 3),
            filter("gap", "Gap in law", 3),
        ],
        groups: vec![RegisterGroup {
            id: "ch-2".into(),
            title: "Chapter 2: Permission to speak".into(),
            url: Some("../permission/".into()),
            rows: (1..=14).map(|n| claim(n, false)).collect(),
        }],
        count: 14,
        matrix: Some(Matrix {
            columns: vec![
                column("1", "Chapter 1: The square before the decree"),
                column("2", "Chapter 2: Permission to speak"),
                column("3", "Chapter 3: Counting the detained"),
            ],
            rows: vec![
                row("Freedom of peaceful assembly", [0, 4, 1]),
                row("Liberty and security", [1, 4, 9]),
                row("Trade unions", [0, 3, 0]),
            ],
        }),
        downloads: vec![
            file("CSV", "../data/claims.csv", "12 kB"),
            file("JSON", "../data/claims.json", "31 kB"),
        ],
    }
}

pub fn search() -> SearchView {
    SearchView {
        chapters: vec![IndexChapter {
            chapter: link("2. Permission to speak", "../permission/"),
            sections: vec![
                link("2.1 From notice to permission", "../permission/#notice"),
                link("2.2 What a refusal looks like", "../permission/#refusals"),
            ],
        }],
        rights: vec![IndexCount {
            label: "Freedom of peaceful assembly".into(),
            url: "../claims/by-right/#right-assembly".into(),
            count: 5,
        }],
        articles: vec![IndexCount {
            label: "ICCPR art. 21".into(),
            url: "../law/iccpr/article-21/".into(),
            count: 9,
        }],
        ..SearchView::default()
    }
}

pub fn not_found() -> NotFoundView {
    NotFoundView { links: vec![link("Contents", "./"), link("Sources", "./sources/")] }
}

pub fn redirect() -> RedirectView {
    RedirectView { url: "../permission/".into(), title: "Permission to speak".into() }
}
