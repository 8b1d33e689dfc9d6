//! Filled views of the law.

use super::samples::claim;
use crate::theme::view::*;

fn link(label: &str, url: &str) -> Link {
    Link { label: label.into(), url: url.into() }
}

pub fn index() -> LawIndexView {
    let item = |short: &str, name: &str, status: &str, articles, claims| InstrumentItem {
        short_name: short.into(),
        name: name.into(),
        url: format!("{}/", short.to_lowercase()),
        status: status.into(),
        articles,
        claims,
        mentions: claims + 3,
    };
    LawIndexView {
        groups: vec![
            InstrumentGroup {
                title: "Universal".into(),
                instruments: vec![
                    item(
                        "ICCPR",
                        "International Covenant on Civil and Political Rights",
                        "Party since 24 January 2006",
                        4,
                        11,
                    ),
                    item(
                        "ICESCR",
                        "International Covenant on Economic, Social and Cultural Rights",
                        "Party since 24 January 2006",
                        1,
                        3,
                    ),
                    item("UDHR", "Universal Declaration of Human Rights", "", 1, 0),
                ],
            },
            InstrumentGroup {
                title: "National".into(),
                instruments: vec![item(
                    "Constitution",
                    "Constitution of Vessaria",
                    "In force",
                    3,
                    2,
                )],
            },
        ],
        state_line: Some("Vessaria, on 1 October 2026".into()),
    }
}

fn status() -> StateStatus {
    StateStatus {
        id: "bound".into(),
        sentence: "On 1 October 2026 Vessaria was bound by it, since 24 January 2006.".into(),
        reservations: Vec::new(),
    }
}

pub fn instrument() -> InstrumentView {
    let fact = |label: &str, value: &str, is_symbol| Fact {
        label: label.into(),
        value: value.into(),
        is_symbol,
    };
    let article = |n: usize, title: &str, claims, mentions| ArticleItem {
        label: format!("Article {n}"),
        title: title.into(),
        url: (claims + mentions > 0).then(|| format!("article-{n}/")),
        claims,
        mentions,
    };
    InstrumentView {
        short_name: "ICCPR".into(),
        name: "International Covenant on Civil and Political Rights".into(),
        kicker: "Treaty".into(),
        facts: vec![
            fact("Adopted", "16 December 1966, New York", false),
            fact("In force", "23 March 1976", false),
            fact("UN document", "A/RES/2200(XXI)", true),
            fact("UN Treaty Series", "vol. 999, p. 171", true),
            fact("Supervisory body", "Human Rights Committee", false),
        ],
        links: vec![
            link("OHCHR", "https://ohchr.example/iccpr"),
            link("UN Treaty Collection", "https://treaties.example/iccpr"),
        ],
        status: Some(status()),
        articles: vec![
            article(18, "Freedom of thought, conscience and religion", 0, 0),
            article(19, "Freedom of opinion and expression", 4, 2),
            article(20, "Propaganda for war and incitement to hatred", 0, 0),
            article(21, "Peaceful assembly", 4, 0),
        ],
        claims: vec![claim(3, false)],
        mentions: mentions(),
        provenance: "Compared with two public editions of the text.".into(),
    }
}

fn mentions() -> Vec<MentionItem> {
    vec![MentionItem {
        sentence_html: "The decree cites <b>Article 19(3) of the ICCPR</b> once, and then leaves out its last word.".into(),
        place: "Chapter 2, para. 3".into(),
        url: "../../../permission/#p3".into(),
        pinpoint: Some("19(3)".into()),
    }]
}

pub fn article() -> ArticleView {
    let right = |id: &str, label: &str| RightChip {
        id: id.into(),
        label: label.into(),
        url: Some(format!("../../../claims/by-right/#right-{id}")),
    };
    let pinpoint = |id: &str, label: &str, title: &str, level, claims| PinpointItem {
        id: id.into(),
        label: label.into(),
        title: title.into(),
        level,
        claims,
    };
    ArticleView {
        instrument: link("International Covenant on Civil and Political Rights", "../"),
        label: "Article 19".into(),
        title: "Freedom of opinion and expression".into(),
        reference: "iccpr:19".into(),
        links: vec![link("OHCHR", "https://ohchr.example/iccpr#19")],
        rights: vec![
            right("opinion", "Freedom of opinion"),
            right("expression", "Freedom of expression"),
        ],
        derogation: Some("Derogation is allowed in a public emergency, within limits.".into()),
        confidence: Some(
            "Our facts about this article have not been confirmed against the official text."
                .into(),
        ),
        status: Some(status()),
        pinpoints: vec![
            pinpoint("p1", "1", "opinions without interference", 1, 0),
            pinpoint("p2", "2", "seeking, receiving and imparting information", 1, 0),
            pinpoint("p3", "3", "limits: by law, for a listed aim, necessary", 1, 3),
            pinpoint("p3-b", "3(b)", "national security, public order, health or morals", 2, 1),
        ],
        groups: vec![
            PinpointGroup {
                id: "claims-all".into(),
                title: "The article as a whole".into(),
                claims: vec![claim(5, false)],
            },
            PinpointGroup {
                id: "claims-p3".into(),
                title: "Paragraph 3".into(),
                claims: vec![claim(1, false), claim(9, false)],
            },
        ],
        claim_count: 3,
        mentions: mentions(),
        parallels: vec![
            ParallelItem {
                label: "UDHR art. 19".into(),
                title: "Opinion and expression".into(),
                url: Some("../../udhr/article-19/".into()),
            },
            ParallelItem {
                label: "ECHR art. 10".into(),
                title: "Freedom of expression".into(),
                url: None,
            },
        ],
        prev: Some(neighbour("Article 14", "../article-14/")),
        next: Some(neighbour("Article 21", "../article-21/")),
    }
}

fn neighbour(title: &str, url: &str) -> Neighbour {
    Neighbour { title: title.into(), url: url.into(), ..Neighbour::default() }
}
