//! Documents written here, part by part, as Word and LibreOffice write them.

use super::Changes;
use crate::manuscript::{Form, Known, Manuscript, Options, Refusal, nothing_beside};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const NAMESPACES: &str =
    "xmlns:w=\"w\" xmlns:r=\"r\" xmlns:a=\"a\" xmlns:wp=\"wp\" xmlns:mc=\"mc\" xmlns:wps=\"wps\"";

/// A package of `parts`: paths below `word/`, and what is in their roots.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in parts {
        zip.start_file(format!("word/{path}"), SimpleFileOptions::default())
            .expect("it can be begun");
        let whole = match path.ends_with(".xml") {
            true => format!("<?xml version=\"1.0\"?><w:root {NAMESPACES}>{content}</w:root>"),
            false => (*content).to_owned(),
        };
        zip.write_all(whole.as_bytes()).expect("it can be written");
    }
    zip.finish().expect("it can be finished").into_inner()
}

fn read(bytes: &[u8], changes: Changes) -> Result<Manuscript, Refusal> {
    let known = Known::default();
    crate::manuscript::read(
        bytes,
        Form::Docx,
        &Options { changes, folder: "ports", beside: &nothing_beside, known: &known },
    )
}

/// The chapter of a document with this body and these other parts.
fn chapter(body: &str, parts: &[(&str, &str)]) -> Manuscript {
    let body = format!("<w:body>{body}</w:body>");
    let all: Vec<(&str, &str)> =
        [("document.xml", body.as_str())].into_iter().chain(parts.iter().copied()).collect();
    read(&package(&all), Changes::Accept).expect("it can be read")
}

fn paragraph(words: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>")
}

#[test]
fn footnotes_and_endnotes_stand_in_their_places() {
    let mut body = String::new();
    let (mut foot, mut end) = (String::new(), String::new());
    for number in 1..=50 {
        let (kind, notes) =
            if number % 7 == 0 { ("endnote", &mut end) } else { ("footnote", &mut foot) };
        // Ids are in any order.
        let id = 1000 - number;
        body.push_str(&format!(
            "<w:p><w:r><w:t>Word{number}</w:t></w:r><w:r><w:{kind}Reference w:id=\"{id}\"/></w:r><w:r><w:t> after.</w:t></w:r></w:p>"
        ));
        notes.push_str(&format!(
            "<w:{kind} w:id=\"{id}\"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t xml:space=\"preserve\"> Text {number}</w:t></w:r></w:p><w:p><w:r><w:t>More.</w:t></w:r></w:p></w:{kind}>"
        ));
    }
    let separator = "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p><w:r><w:t>–––</w:t></w:r></w:p></w:footnote>";
    let foot = format!("{separator}{foot}");
    let read = chapter(&body, &[("footnotes.xml", &foot), ("endnotes.xml", &end)]);
    for number in 1..=50 {
        let mark = format!("Word{number}[^{number}] after.\n");
        let text = format!("\n[^{number}]: Text {number}\n\n    More.\n");
        assert!(read.text.contains(&mark) && read.text.contains(&text), "{number}\n{}", read.text);
    }
    assert!(!read.text.contains("–––"));
}

/// A paragraph with tracked changes in it, and one whose end is inserted.
const TRACKED: &str = "\
<w:p><w:r><w:t xml:space=\"preserve\">The port was </w:t></w:r><w:del w:author=\"Ann\"><w:r><w:delText>open</w:delText></w:r></w:del><w:ins w:author=\"Ann\"><w:r><w:t>closed</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>\
<w:p><w:pPr><w:rPr><w:ins w:author=\"Ann\"/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">One </w:t></w:r></w:p><w:p><w:r><w:t>paragraph.</w:t></w:r></w:p>\
<w:p><w:r><w:rPr><w:b/><w:rPrChange><w:rPr/></w:rPrChange></w:rPr><w:t>Bold now</w:t></w:r></w:p>";

#[test]
fn tracked_changes_are_accepted_or_refused() {
    let bytes = package(&[("document.xml", &format!("<w:body>{TRACKED}</w:body>"))]);
    let read = |changes| read(&bytes, changes).expect("it can be read");
    let accepted = read(Changes::Accept);
    assert_eq!(accepted.text, "The port was closed.\n\nOne\n\nparagraph.\n\n**Bold now**\n");
    let told: Vec<&str> = accepted.guesses.iter().map(|guess| guess.words.as_str()).collect();
    assert!(
        told.iter().any(|words| words.contains("by Ann accepted") && words.contains("“open”")),
        "{told:?}"
    );
    assert!(told.iter().any(|words| words.contains("1 tracked insertion")), "{told:?}");
    let refused = read(Changes::Refuse);
    assert_eq!(refused.text, "The port was open.\n\nOne paragraph.\n\nBold now\n");
    let told: Vec<&str> = refused.guesses.iter().map(|guess| guess.words.as_str()).collect();
    assert!(
        told.iter().any(|words| words.contains("by Ann refused") && words.contains("“closed”")),
        "{told:?}"
    );
}

#[test]
fn headings_lists_tables_and_emphasis() {
    let heading = |style: &str, words: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
        )
    };
    let item = |id: u8, level: u8, words: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{id}\"/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
        )
    };
    let cell = |words: &str| format!("<w:tc>{}</w:tc>", paragraph(words));
    let body = [
        heading("T", "4. The ports"),
        heading("Berschrift1", "First"),
        "<w:p><w:r><w:t xml:space=\"preserve\">Plain </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">bo</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">ld </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>leaning</w:t></w:r><w:r><w:t>, m</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>2</w:t></w:r></w:p>".to_owned(),
        heading("Berschrift2", "Under"),
        item(1, 0, "one"),
        item(1, 1, "deeper"),
        item(1, 0, "two"),
        item(2, 0, "third"),
        item(2, 0, "fourth"),
        format!("<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>", cell("Year"), cell("Boats | nets"), cell("2018"), cell("36")),
        heading("Zitat", "Nobody asked."),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>The box</w:t></w:r></w:p><w:p><w:r><w:t>Its words.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>".to_owned(),
    ]
    .concat();
    let styles = "\
<w:style w:styleId=\"T\"><w:name w:val=\"Title\"/></w:style>\
<w:style w:styleId=\"Berschrift1\"><w:name w:val=\"heading 1\"/></w:style>\
<w:style w:styleId=\"Berschrift2\"><w:name w:val=\"Eigene\"/><w:basedOn w:val=\"B2\"/></w:style>\
<w:style w:styleId=\"B2\"><w:name w:val=\"X\"/><w:basedOn w:val=\"B2\"/><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style>\
<w:style w:styleId=\"Zitat\"><w:name w:val=\"Quote\"/></w:style>";
    let numbering = "\
<w:abstractNum w:abstractNumId=\"7\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"bullet\"/></w:lvl></w:abstractNum>\
<w:abstractNum w:abstractNumId=\"8\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"3\"/><w:numFmt w:val=\"decimal\"/></w:lvl></w:abstractNum>\
<w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"8\"/></w:num>";
    let read = chapter(&body, &[("styles.xml", styles), ("numbering.xml", numbering)]);
    assert_eq!(
        read.text,
        "---\ntitle: The ports\nnumber: 4\n---\n\n## First\n\nPlain **bold** *leaning*, m<sup>2</sup>\n\n### Under\n\n\
         - one\n\n  - deeper\n\n- two\n\n3. third\n4. fourth\n\n| Year | Boats \\| nets |\n| --- | --- |\n| 2018 | 36 |\n\n\
         > Nobody asked.\n\n> [!box] The box\n> Its words.\n"
    );
}

#[test]
fn links_images_comments_and_fields() {
    let body = "\
<w:p><w:hyperlink r:id=\"l\"><w:r><w:t>a link</w:t></w:r></w:hyperlink><w:r><w:t xml:space=\"preserve\"> and </w:t></w:r>\
<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> HYPERLINK \"https://b.example/\" </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>a field</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t>.</w:t></w:r></w:p>\
<w:p><w:r><w:drawing><wp:inline><wp:docPr id=\"1\" descr=\"The port\"/><a:graphic><a:blip r:embed=\"p\"/></a:graphic></wp:inline></w:drawing></w:r></w:p>\
<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>In a box of its own</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>In a box of its own</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>\
<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>";
    let relations = "<Relationship Id=\"l\" Target=\"https://a.example/\" TargetMode=\"External\"/><Relationship Id=\"p\" Target=\"media/x.PNG\"/>";
    let comments =
        "<w:comment w:author=\"Bo\"><w:p><w:r><w:t>Is that so?</w:t></w:r></w:p></w:comment>";
    let parts = [
        ("_rels/document.xml.rels", format!("<r>{relations}</r>")),
        ("media/x.PNG", "bytes".to_owned()),
        ("comments.xml", comments.to_owned()),
        ("header1.xml", paragraph("Draft of May")),
    ];
    let parts: Vec<(&str, &str)> =
        parts.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let read = chapter(body, &parts);
    assert_eq!(
        read.text,
        "[a link](https://a.example/) and [a field](https://b.example/).\n\n![The port](ports/image-1.png)\n\n> [!box]\n> In a box of its own\n"
    );
    assert_eq!(read.images.len(), 1);
    assert_eq!(
        (read.images[0].name.as_str(), read.images[0].bytes.as_slice()),
        ("image-1.png", &b"bytes"[..])
    );
    for words in [
        "comment by Bo, left out: “Is that so?”",
        "Draft of May",
        "hidden text is left out: “secret”",
        "a text box",
    ] {
        assert!(
            read.guesses.iter().any(|guess| guess.words.contains(words)),
            "{words}: {:?}",
            read.guesses
        );
    }
}

#[test]
fn what_is_no_document_is_refused() {
    for bytes in [&b""[..], b"PK\x03\x04", b"text", &package(&[("other.xml", "")])] {
        assert!(read(bytes, Changes::Accept).is_err());
    }
    let broken = package(&[("document.xml", "<w:body><w:p></w:body>")]);
    assert!(read(&broken, Changes::Accept).is_err(), "tags that do not match");
    // Any cut of a good document is refused or read, but never a panic.
    let good = package(&[("document.xml", &format!("<w:body>{TRACKED}</w:body>"))]);
    for end in 0..good.len() {
        let _ = read(&good[..end], Changes::Accept);
    }
}

#[test]
fn deep_elements_are_refused() {
    let deep = |n: usize| {
        let (open, close) = ("<w:x>".repeat(n), "</w:x>".repeat(n));
        format!("<w:body><w:p><w:r><w:t>Text</w:t></w:r></w:p>{open}{close}</w:body>")
    };
    let bytes = |n| package(&[("document.xml", &deep(n))]);
    assert!(read(&bytes(100), Changes::Accept).is_ok());
    assert!(read(&bytes(100_000), Changes::Accept).is_err());
}
