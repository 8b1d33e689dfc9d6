//! Pages as several programs write them.

use crate::manuscript::{Changes, Form, Known, Manuscript, Options, nothing_beside};

fn read(page: &str) -> Manuscript {
    let known = Known::default();
    let options = Options {
        changes: Changes::Accept,
        folder: "images",
        beside: &nothing_beside,
        known: &known,
    };
    crate::manuscript::read(page.as_bytes(), Form::Html, &options).expect("a page can be read")
}

fn tells(read: &Manuscript, words: &str) -> bool {
    read.guesses.iter().any(|guess| guess.words.contains(words))
}

/// What every page below says.
const CHAPTER: &str = "---\ntitle: Ports\n---\n\nThe port was closed.[^1] The guards left.[^2]\n\n[^1]: Order of *March*.\n\n[^2]: Register.\n";

#[test]
fn pandoc() {
    let page = r##"<h1 id="ports">Ports</h1><p>The port was closed.<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a> The guards left.<a href="#fn2" class="footnote-ref" id="fnref2"><sup>2</sup></a></p>
<section class="footnotes" role="doc-endnotes"><hr /><ol><li id="fn1"><p>Order of <em>March</em>.<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li><li id="fn2"><p>Register.<a href="#fnref2">↩︎</a></p></li></ol></section>"##;
    assert_eq!(read(page).text, CHAPTER);
}

#[test]
fn word() {
    let page = r##"<body><h1>Ports</h1><p class=MsoNormal>The port was closed.<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference>[1]</span></a> The guards left.<a href="#_edn1" name="_ednref1"><span>[i]</span></a><o:p></o:p></p>
<div><br clear=all><hr align=left size=1 width="33%"><div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> Order of <i>March</i>.</p></div></div>
<div><hr><div id=edn1><p><a href="#_ednref1" name="_edn1"><span>[i]</span></a> Register.</p></div></div></body>"##;
    assert_eq!(read(page).text, CHAPTER);
}

#[test]
fn libreoffice_and_google_docs() {
    let office = r##"<h1 class="western">
Ports</h1><p>The port was closed.<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>
The guards left.<a class="sdfootnoteanc" name="sdfootnote2anc" href="#sdfootnote2sym"><sup>2</sup></a></p>
<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>
	Order of <i>March</i>.</p></div><div id="sdfootnote2"><p><a name="sdfootnote2sym" href="#sdfootnote2anc">2</a> Register.</p></div>"##;
    assert_eq!(read(office).text, CHAPTER);
    let docs = r##"<h1><span>Ports</span></h1><p><span>The port was closed.</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><span> The guards left.</span><sup><a href="#ftnt2" id="ftnt_ref2">[2]</a></sup></p><hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;Order of </span><span style="font-style: italic">March</span><span>.</span></p></div><div><p><a href="#ftnt_ref2" id="ftnt2">[2]</a><span>&nbsp;Register.</span></p></div>"##;
    assert_eq!(read(docs).text, CHAPTER);
}

#[test]
fn wordpress() {
    let page = r##"<html><head><title>Ports | Blog</title><script>track()</script></head><body><nav><a href="/">Home</a></nav><article><h1>Ports</h1>
<p>The port was closed.<sup data-fn="a" class="fn"><a href="#a" id="a-link">1</a></sup> The guards left.<sup class="fn"><a id="b-link" href="#b">2</a></sup></p>
<ol class="wp-block-footnotes"><li id="a">Order of <em>March</em>. <a href="#a-link" aria-label="Jump">↩︎</a></li><li id="b">Register. <a href="#b-link">↩︎</a></li></ol></article><footer>© 2019</footer></body></html>"##;
    let read = read(page);
    assert_eq!(read.text, CHAPTER);
    assert!(tells(&read, "Home") && tells(&read, "© 2019"), "{:?}", read.guesses);
}

#[test]
fn mediawiki() {
    let page = r##"<h1>Ports</h1><p>The port was closed.<sup id="cite_ref-x_1-0" class="reference"><a href="#cite_note-x-1"><span>[</span>1<span>]</span></a></sup> The guards left.<sup id="cite_ref-2"><a href="#cite_note-2">[2]</a></sup> Again.<sup id="cite_ref-x_1-1"><a href="#cite_note-x-1">[1]</a></sup></p>
<h2>After<span class="mw-editsection">[edit]</span></h2><p>See <a href="#x">above</a>.</p><h2>References</h2><ol class="references"><li id="cite_note-x-1"><span class="mw-cite-backlink">^ <a href="#cite_ref-x_1-0"><sup>a</sup></a> <a href="#cite_ref-x_1-1"><sup>b</sup></a></span> <span class="reference-text">Order.</span></li><li id="cite_note-2"><span class="mw-cite-backlink"><b><a href="#cite_ref-2">^</a></b></span> <span>Register.</span></li></ol>"##;
    let read = read(page);
    assert_eq!(
        read.text,
        "---\ntitle: Ports\n---\n\nThe port was closed.[^1] The guards left.[^2] Again.[^1]\n\n## After\n\nSee above.\n\n[^1]: Order.\n\n[^2]: Register.\n"
    );
    assert!(tells(&read, "“References”") && tells(&read, "[edit]"), "{:?}", read.guesses);
}

#[test]
fn a_page_number_in_brackets_is_no_note() {
    let read = read(
        "<p>See <a href=\"#t\">1</a> and <a href=\"https://example.org/\">2</a>.</p><p id=\"t\">Text.</p>",
    );
    assert_eq!(read.text, "See 1 and [2](https://example.org/).\n\nText.\n");
}

#[test]
fn lists_tables_and_code() {
    let read = read(
        "<ul><li>one<ul><li>deep</li></ul></li><li>two</li></ul><ol start=3><li>three</li></ol><table><tr><th>A<th>B<tr><td>1<td>2</table><pre>x = 1\n  y</pre><p>a<br>b <code>c`d</code></p>",
    );
    assert_eq!(
        read.text,
        "- one\n\n  - deep\n\n- two\n\n3. three\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\n```\nx = 1\n  y\n```\n\na\\\nb ``c`d``\n"
    );
}

#[test]
fn deep_and_broken_pages_are_read() {
    let deep = format!("{}deep{}", "<div>".repeat(900), "</div>".repeat(900));
    assert!(read(&deep).text.contains("deep"));
    let known = Known::default();
    let options = Options {
        changes: Changes::Accept,
        folder: "images",
        beside: &nothing_beside,
        known: &known,
    };
    let deeper = "<div>".repeat(1_000_000);
    assert!(crate::manuscript::read(deeper.as_bytes(), Form::Html, &options).is_err());
    for page in ["", "<", "<p", "<table><td><a href=#x>1</a><p id=x>", "</p></div>", "\u{0}"] {
        let page = format!("Text.{page}");
        assert!(read(&page).text.contains("Text"), "{page}");
    }
}

#[test]
fn a_page_of_windows_is_read_as_it_says() {
    let known = Known::default();
    let options = Options {
        changes: Changes::Accept,
        folder: "images",
        beside: &nothing_beside,
        known: &known,
    };
    let bytes = b"<meta charset=windows-1251><p>\xcf\xee\xf0\xf2</p>";
    let read = crate::manuscript::read(bytes, Form::Html, &options).expect("a page can be read");
    assert_eq!(read.text, "Порт\n");
    assert!(tells(&read, "windows-1251"), "{:?}", read.guesses);
}

#[test]
fn images_beside_the_page_come_along() {
    let page = r#"<h1>Ports</h1><p>Text.</p>
<img src="page_files/Map%20of%20it.PNG?v=2" alt="Map"><img src="./page_files/Map%20of%20it.PNG?v=2" alt="Again">
<img src="other/map-of-it.png" alt="Other"><img src="../secret.png" alt="Up"><img src="/etc/x.png" alt="Root">
<img src="lost.png" alt="Lost"><img src="notes.txt" alt="No image"><img src="https://a.org/b.png" alt="Far">"#;
    let known = Known::default();
    let beside = |path: &str| match path {
        "page_files/Map of it.PNG" => Some(b"one".to_vec()),
        "other/map-of-it.png" => Some(b"two".to_vec()),
        "lost.png" => None,
        path => panic!("{path} is not asked for"),
    };
    let options =
        Options { changes: Changes::Accept, folder: "ports", beside: &beside, known: &known };
    let read = crate::manuscript::read(page.as_bytes(), Form::Html, &options).expect("it reads");
    let images: Vec<(&str, &[u8])> =
        read.images.iter().map(|image| (image.name.as_str(), image.bytes.as_slice())).collect();
    assert_eq!(images, [("map-of-it.png", &b"one"[..]), ("map-of-it-2.png", b"two")]);
    for words in [
        "![Map](ports/map-of-it.png)",
        "![Other](ports/map-of-it-2.png)",
        "![Far](https://a.org/b.png)",
        "![Lost](lost.png)",
    ] {
        assert!(read.text.contains(words), "{words}\n{}", read.text);
    }
    assert!(tells(&read, "the image lost.png is only named"));
    assert!(tells(&read, "other/map-of-it.png is copied to ports/map-of-it-2.png"));
}

#[test]
fn what_has_no_text_is_refused() {
    let known = Known::default();
    let options =
        Options { changes: Changes::Accept, folder: "x", beside: &nothing_beside, known: &known };
    for (form, bytes) in [
        (Form::Text, &b" \n\x0c\n"[..]),
        (Form::Markdown, b""),
        (Form::Html, b"<p> </p>"),
        (Form::Html, b""),
        (Form::Json, br#"{"pandoc-api-version":[1],"meta":{},"blocks":[]}"#),
    ] {
        let refusal = crate::manuscript::read(bytes, form, &options).expect_err("it is empty");
        assert!(refusal.0.starts_with("there is no text in it"), "{form:?} {}", refusal.0);
    }
}
