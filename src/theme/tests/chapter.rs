//! A long invented chapter in the markup that the writer of pages emits.

use crate::theme::view::*;

const SENTENCES: &[&str] = &[
    "Organisers must now give notice thirty days ahead, name every speaker, and pay for the police who attend.",
    "Of the 212 notices filed in the first year, nine were accepted.",
    "Refusals rarely gave a reason beyond a reference to public calm.",
    "The appeal lies to the office that issued the refusal, and no time limit binds it.",
    "A teacher in Sarov was held for eleven days because she shared a map of the route.",
    "Lawyers described waiting in corridors while their clients signed papers in another room.",
    "The ombudsperson has asked for the file twice and has received neither a copy nor a refusal.",
    "Regional practice differs: in the north, notices are waved through if the march is short and leaves the main road clear.",
    "Money is a further barrier, since the fee for barriers and medics exceeds a monthly wage.",
    "In two districts the fee was dropped after a local paper printed it.",
    "None of the seventeen decisions that we read weighs the aim of the limit against its cost.",
    "The ministry answered our letter in August and disputed three of the forty findings.",
];

const COMMENTS: &[&str] = &[
    "Interviews were held in three towns between March and June; two people later withdrew consent and their accounts were removed.",
    "The ministry gave a different figure in May. We use the lower of the two, because only that one comes with a breakdown by district.",
    "Not every refusal was recorded. In at least nine cases the applicant was told by telephone and received no paper.",
];

const SECTIONS: &[(&str, &str)] = &[
    ("notice", "From notice to permission"),
    ("refusals", "What a refusal looks like"),
    ("detention", "Held for a map"),
    ("counsel", "Lawyers in the corridor"),
    ("unions", "Unlike cases"),
    ("remedies", "A remedy after the day"),
    ("findings", "Findings"),
];

/// Text, rights and provisions of the claims that the chapter repeats.
pub const CLAIMS: &[(&str, &str, &[&str])] = &[
    (
        "A notice rule that lets officials refuse without a stated reason is not a limit set out in law.",
        "violated",
        &["iccpr-19-3", "iccpr-21", "udhr-20-1"],
    ),
    (
        "Holding a person for sharing a map of a planned march is arbitrary detention.",
        "violated",
        &["iccpr-9-1"],
    ),
    (
        "Defence lawyers were kept from their clients during the first questioning in 31 of 40 files.",
        "restricted",
        &["iccpr-14-3-b"],
    ),
    (
        "Union branches were refused the use of squares that other groups could use freely.",
        "gap",
        &["icescr-8-1"],
    ),
];

/// Id, instrument, article, short words, subject.
pub const PROVISIONS: &[(&str, &str, &str, &str, &str)] = &[
    ("iccpr-9-1", "ICCPR", "iccpr/article-9/#p1", "9(1)", "Liberty and security of person"),
    (
        "iccpr-14-3-b",
        "ICCPR",
        "iccpr/article-14/#p3-b",
        "14(3)(b)",
        "Time and means to prepare a defence",
    ),
    ("iccpr-19-3", "ICCPR", "iccpr/article-19/#p3", "19(3)", "Limits on freedom of expression"),
    ("iccpr-21", "ICCPR", "iccpr/article-21/", "21", "Peaceful assembly"),
    ("icescr-8-1", "ICESCR", "icescr/article-8/#p1", "8(1)", "Trade unions"),
    ("udhr-20-1", "UDHR", "udhr/article-20/#p1", "20(1)", "Peaceful assembly and association"),
];

pub fn shape(finding: &str) -> (&'static str, &'static str) {
    match finding {
        "violated" => ("■", "Violated"),
        "restricted" => ("▲", "Restricted"),
        _ => ("○", "Gap in law"),
    }
}

/// Writes body and notes as it goes.
#[derive(Default)]
struct Writer {
    body: String,
    notes: Vec<NoteView>,
    paragraphs: usize,
    claims: usize,
}

impl Writer {
    fn note(&mut self) -> String {
        let n = 97 + self.notes.len() as u32;
        let is_comment = n % 8 == 2;
        let source = format!(
            "Orlova, <cite>The permit state</cite> (Vessaria Law Centre, 20{}), p. {}, \
             <a href=\"https://law.example/{n}\">https://law.example/papers/{n}/the-permit-state</a>.",
            10 + n % 15,
            3 + n % 200
        );
        let comment = if is_comment { COMMENTS[n as usize % COMMENTS.len()] } else { "" };
        let twice = n == 99;
        let backlink = |letter: &str| Backlink {
            url: format!("#r{n}{}", if letter == "b" { "b" } else { "" }),
            letter: letter.to_owned(),
            label: format!("Back to use {letter} of note {n} in the text"),
        };
        self.notes.push(NoteView {
            number: n,
            id: format!("n{n}"),
            html: format!("<p>{comment} {source}</p>"),
            backlinks: if twice { vec![backlink("a"), backlink("b")] } else { vec![backlink("")] },
        });
        let kind = if is_comment { " data-k=\"c\"" } else { "" };
        let marker = |id: &str| {
            format!(
                "<sup><a class=\"nr\" id=\"{id}\" href=\"#n{n}\" role=\"doc-noteref\" \
                 aria-label=\"Note {n}\"{kind}>{n}</a></sup>"
            )
        };
        let again = if twice { marker("r99b") } else { String::new() };
        marker(&format!("r{n}")) + &again
    }

    fn claim(&mut self, badges: &mut String) -> String {
        let (text, finding, articles) = CLAIMS[self.claims % CLAIMS.len()];
        self.claims += 1;
        let n = self.claims;
        let mut pills = String::new();
        for (i, id) in articles.iter().enumerate() {
            let (_, instrument, page, number, title) =
                PROVISIONS.iter().find(|p| p.0 == *id).expect("a known provision");
            let short = if i == 1 { "" } else { instrument };
            pills += &format!(
                "{}<a class=\"art\" href=\"../law/{page}\" data-src=\"auth-{id}\" \
                 data-title=\"{instrument} art. {number}: {title}\">{short} art. <bdi dir=\"ltr\">{number}</bdi></a>{}",
                ["<span class=\"pill\">", ", ", " <span class=\"pill\">"][i.min(2)],
                if i == 0 && articles.len() > 1 { "" } else { "</span>" }
            );
        }
        let (sign, word) = shape(finding);
        *badges += &format!(
            "<span class=\"cb\"><a class=\"cid\" href=\"../claims/#c2-{n:02}\">Claim 2.{n}</a> \
             <span class=\"mark {finding}\">{sign} {word}</span> {pills}</span> "
        );
        let note = self.note();
        format!("<mark class=\"claim\" id=\"c2-{n:02}\">{text}{note}</mark>")
    }

    fn paragraph(&mut self, claims: usize) {
        self.paragraphs += 1;
        let p = self.paragraphs;
        let mut badges = String::new();
        let mut text = String::new();
        for i in 0..5 {
            let sentence = SENTENCES[(p * 5 + i * 7) % SENTENCES.len()];
            text += sentence;
            if i < 3 {
                text += &self.note();
            }
            text.push(' ');
            if i < claims * 2 && i % 2 == 1 {
                text += &self.claim(&mut badges);
                text.push(' ');
            }
        }
        let inner = format!(
            "<p id=\"p{p}\"><a class=\"pn\" href=\"#p{p}\" tabindex=\"-1\" aria-label=\"Paragraph {p}\">{p}</a>{}</p>\n",
            text.trim_end()
        );
        if badges.is_empty() {
            self.body += &inner;
        } else {
            self.body += &format!(
                "<div class=\"pc\">{inner}<div class=\"cbs\">{}</div></div>\n",
                badges.trim_end()
            );
        }
    }

    fn extras(&mut self, section: usize) {
        let text = match section {
            0 => include_str!("extras-0.html"),
            1 => include_str!("extras-1.html"),
            2 => include_str!("extras-2.html"),
            3 => include_str!("extras-3.html"),
            _ => return,
        };
        self.body += text;
    }
}

/// The chapter: 170 notes, 14 claims.
pub fn chapter() -> ChapterView {
    let mut writer = Writer::default();
    let mut toc = Vec::new();
    for (i, (id, title)) in SECTIONS.iter().enumerate() {
        let number = format!("2.{}", i + 1);
        writer.body += &format!(
            "<section aria-labelledby=\"{id}\"><h2 id=\"{id}\">{number} {title} <a class=\"hl\" href=\"#{id}\" \
             aria-label=\"Link to section: {title}\">#</a></h2>\n"
        );
        toc.push(TocItem {
            level: 2,
            id: (*id).into(),
            number: Some(number),
            title: (*title).into(),
        });
        for k in 0..7 {
            writer.paragraph([1, 0, 2, 0][k % 4]);
            if k == 1 {
                writer.extras(i);
            }
        }
        writer.body += "</section>\n";
    }
    toc.insert(
        1,
        TocItem {
            level: 3,
            id: "p2".into(),
            number: None,
            title: "The smallest gatherings".into(),
        },
    );
    ChapterView {
        kicker: Some("Chapter 2".into()),
        number: Some("2".into()),
        title: "Permission to speak".into(),
        summary_html: Some(
            "<p>A rule that asked citizens to tell the town hall about a march has become a rule that asks the \
             town hall whether there may be one.</p>"
                .into(),
        ),
        authors: vec!["Aigerim Nurlanova".into(), "Karin Lindqvist".into()],
        date: Some("2026-10-01".into()),
        date_words: Some("1 October 2026".into()),
        counts: Counts { notes: writer.notes.len(), claims: writer.claims, provisions: 6, ..Counts::default() },
        toc,
        provisions: provisions(writer.claims),
        cite: Some(cite()),
        body_html: writer.body,
        notes: writer.notes,
        has_code: true,
        prev: Some(Neighbour { kicker: "Chapter 1".into(), title: "The square before the decree".into(), url: "../before/".into(), ..Neighbour::default() }),
        next: Some(Neighbour { kicker: "Chapter 3".into(), title: "Counting the detained, and who counts them".into(), url: "../counting/".into(), ..Neighbour::default() }),
        ..ChapterView::default()
    }
}

fn provisions(claims: usize) -> Vec<Provision> {
    let link = |n: usize| Link { label: format!("2.{n}"), url: format!("#c2-{n:02}") };
    PROVISIONS
        .iter()
        .map(|(id, instrument, page, number, title)| Provision {
            id: format!("auth-{id}"),
            label: format!("{instrument} art. {number}"),
            title: (*title).into(),
            url: format!("../law/{page}"),
            claims: (1..=claims).filter(|n| CLAIMS[(n - 1) % 4].2.contains(id)).map(link).collect(),
            mentions: vec![Link { label: "para. 12".into(), url: "#p12".into() }],
        })
        .collect()
}

pub fn cite() -> CiteBlock {
    let file = |label: &str, url: &str| Download {
        label: label.into(),
        url: url.into(),
        size: "1 kB".into(),
    };
    CiteBlock {
        note_html: "Aigerim Nurlanova and Karin Lindqvist, “Permission to speak”, in <cite>Vessaria: the permit \
                    state</cite> (Vessaria Law Centre, 2026), ch. 2."
            .into(),
        bibliography_html: "Nurlanova, Aigerim, and Karin Lindqvist. “Permission to speak.” In <cite>Vessaria: the \
                            permit state</cite>. Vessaria Law Centre, 1 October 2026."
            .into(),
        permalink: Some("https://reports.example/vessaria/permission/".into()),
        downloads: vec![file("BibTeX", "cite.bib"), file("RIS", "cite.ris"), file("CSL-JSON", "cite.json")],
    }
}
