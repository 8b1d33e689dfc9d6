//! The law of the session: building again gives what building anew gives, byte for byte.

use proptest::prelude::*;
use rapporteur::session::{Built, Keepsake, Proof, Session};
use rapporteur::source::Sources;
use rapporteur::terminal;

/// What can stand in the files that an edit writes.
const CHAPTERS: &[&str] = &[
    "# One\n\nThe UDHR (Articles 19, 20) says so.[^a] See @sec-two.\n\n[^a]: [@key, p. 4].\n",
    "# Two {#sec-two}\n\nArticle 19(3) of the ICCPR.[^b]\n\n[^b]: {claim=expression finding=violated} [@iccpr, art. 19]; [@key].\n",
    "---\ntitle: Three\norder: 1\nslug: other\n---\n\nText[^x] and [^y].\n\n[^x]: One [@other].\n\n[^z]: Unused.\n",
    "# Four\n\n> [!box] A box {#box-a}\n> Words.\n\n@box-a and [a link](01.md#x). ![](map.png)\n",
    "---\nstart:\n  note: 97\n---\n\n# Six\n\n> [!box] Another {#box-b}\n> Words.[^a]\n\nSee @note-a, @box-a and @claim-c1-01.\n\n[^a]: {.to-do} Later [@other; @key].\n",
    "# Five\n\nThe Assembly Law (Article 3) and its Article 5.\n\nBroken [@unknown] *text\n",
    "",
];
const SETTINGS: &[&str] = &[
    "[book]\ntitle = \"R\"\n",
    "[book]\ntitle = \"R\"\n[notes]\nnumbering = \"chapter\"\n[law]\nstate = \"KZ\"\ndate = \"2019-11-22\"\n",
    "[book]\nlanguage = \"fr\"\n[law]\nrecognise = false\n",
    "[citations]\nstyle = \"apa\"\n[checks]\nunused-source = \"off\"\n",
    "[book\n",
];
const SOURCES: &[&str] = &[
    "key:\n  type: book\n  title: A Title\n  authors: [\"Doe, Ann\"]\n",
    "key:\n  type: news\n  title: Other Title\n  issued: 2019-11\nother:\n  title: Third\n",
    "key: [\n",
];
const LAWS: &[&str] = &[
    "id: kz-assembly\nname: Law on Assemblies\nshort_name: Assembly Law\naliases: [Assembly Law]\narticles: {}\n",
    "id: [\n",
];
const THEMES: &[&str] = &["<p>{{ site.title }}</p>", "{{ "];

/// The places of files, with what can stand there.
const PLACES: &[(&str, &[&str])] = &[
    ("content/01.md", CHAPTERS),
    ("content/02.md", CHAPTERS),
    ("content/part/03.md", CHAPTERS),
    ("content/index.md", CHAPTERS),
    ("content/part/index.md", CHAPTERS),
    ("book.toml", SETTINGS),
    ("citations.yaml", SOURCES),
    ("instruments/kz.yaml", LAWS),
    ("themes/404.html", THEMES),
];

/// Writes the file at a place, or removes it where there is no such text.
fn edit(sources: &mut Sources, place: usize, text: usize) {
    let (path, texts) = PLACES[place];
    match texts.get(text) {
        Some(text) => {
            sources.add_text(path, text);
        }
        None => {
            sources.retain(|other| other != path);
        }
    }
}

/// The same files, as a first reading finds them.
fn anew(sources: &Sources) -> Sources {
    let mut fresh = Sources::default();
    for (_, file) in sources.files() {
        fresh.add_text(&file.path, &file.text);
    }
    fresh
}

fn diagnostics(built: &Built, sources: &Sources) -> String {
    terminal::render_json(&built.analysis.diagnostics, sources)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..Default::default() })]

    #[test]
    fn incremental_equals_clean(
        edits in prop::collection::vec((0..PLACES.len(), 0..8usize), 1..10),
        damage in any::<usize>(),
    ) {
        let mut sources = Sources::default();
        let mut session = Session::default();
        let mut preview = Session::default();
        let mut kept = Keepsake::default();
        for (place, text) in [(5, 0), (0, 0), (1, 1), (6, 0)].into_iter().chain(edits) {
            edit(&mut sources, place, text);
            let built = session.build(&sources);
            let fresh = anew(&sources);
            let clean = Session::default().build(&fresh);
            prop_assert_eq!(diagnostics(&built, &sources), diagnostics(&clean, &fresh));
            same_site(&built, &clean)?;
            // Pages that are made when they are asked for.
            same_pages(&preview.proof(&sources), &clean)?;
            // Another process, which knows what the one before has kept.
            let mut next = Session::default();
            next.recall(&kept);
            let recalled = next.build(&fresh);
            prop_assert_eq!(diagnostics(&recalled, &fresh), diagnostics(&clean, &fresh));
            same_site(&recalled, &clean)?;
            kept = next.keepsake();
            prop_assert!(kept == session.keepsake(), "what is kept differs");
            if !kept.citations.is_empty() {
                let at = damage % kept.citations.len();
                kept.citations[at] ^= 1;
            }
        }
    }
}

fn same_pages(proof: &Proof, clean: &Built) -> Result<(), TestCaseError> {
    for (path, bytes) in &clean.site.files {
        prop_assert!(proof.file(path).as_ref() == Some(bytes), "{} differs", path);
    }
    prop_assert!(proof.file("no/such.html").is_none());
    Ok(())
}

fn same_site(built: &Built, clean: &Built) -> Result<(), TestCaseError> {
    let paths = |built: &Built| built.site.files.keys().cloned().collect::<Vec<_>>();
    prop_assert_eq!(paths(built), paths(clean));
    for (path, bytes) in &built.site.files {
        prop_assert!(bytes == &clean.site.files[path], "{} differs", path);
    }
    Ok(())
}
