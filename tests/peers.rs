//! The corpus of the benchmark is what it says: its size, its notes, and nothing to complain of.

#[path = "../benches/peers/corpus.rs"]
mod corpus;
#[path = "../benches/peers/hugo.rs"]
mod hugo;
#[path = "../benches/peers/markdown.rs"]
mod markdown;
#[path = "../benches/peers/mdbook.rs"]
mod mdbook;
#[path = "../benches/peers/pandoc.rs"]
mod pandoc;
#[path = "../benches/peers/prose.rs"]
mod prose;
#[path = "../benches/peers/rapporteur_report.rs"]
mod rapporteur_report;
#[path = "../benches/peers/sources.rs"]
mod sources;
#[path = "../benches/peers/tool.rs"]
#[allow(dead_code, reason = "the benchmark runs what is only written here")]
mod tool;
#[path = "../benches/peers/typed.rs"]
mod typed;
#[path = "../benches/peers/zola.rs"]
mod zola;

use corpus::{Block, CLAIMS, Chapter, NOTES, SOURCES, WORDS};
use std::collections::BTreeSet;
use std::fs;

/// The words of a chapter as a reader counts them, without its notes.
fn words(chapter: &Chapter) -> usize {
    let texts = chapter.sections.iter().flat_map(|section| {
        let sentences = section.blocks.iter().flat_map(|block| match block {
            Block::Paragraph(sentences) | Block::List(sentences) => sentences,
        });
        std::iter::once(&section.heading).chain(sentences.map(|sentence| &sentence.words))
    });
    texts.map(|text| text.split_whitespace().count()).sum()
}

#[test]
fn a_chapter_has_its_size() {
    for chapter in corpus::chapters(12) {
        let (number, words) = (chapter.number, words(&chapter));
        assert!(words.abs_diff(WORDS) * 100 <= WORDS, "chapter {number} has {words} words");
        assert_eq!(chapter.notes.len(), NOTES, "chapter {number}");
        let citations = chapter.notes.iter().flat_map(|note| &note.citations);
        let cited: BTreeSet<usize> = citations.map(|citation| citation.source).collect();
        assert_eq!((chapter.sources.len(), cited.len()), (SOURCES, SOURCES), "chapter {number}");
    }
}

#[test]
fn chapters_share_no_source_and_are_the_same_in_every_corpus() {
    let chapters: Vec<Chapter> = corpus::chapters(5).collect();
    let sources = || chapters.iter().flat_map(|chapter| &chapter.sources);
    let keys: BTreeSet<&str> = sources().map(|source| source.key.as_str()).collect();
    let addresses: BTreeSet<&str> = sources().map(|source| source.url.as_str()).collect();
    assert_eq!((keys.len(), addresses.len()), (5 * SOURCES, 5 * SOURCES));
    let text = |chapter: &Chapter| {
        markdown::body(chapter, &typed::notes(chapter), markdown::Claims::Unmarked)
    };
    assert_eq!(text(&chapters[3]), text(&corpus::chapter(4)));
    assert_ne!(text(&chapters[3]), text(&chapters[4]));
}

#[test]
fn rapporteur_finds_all_of_it_and_nothing_wrong() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let [tool, ..] = tool::TOOLS;
    tool.write(2, folder.path()).expect("a corpus is written");
    let sources = rapporteur::disk::read(folder.path()).expect("it is a report");
    let analysis = rapporteur::session::Session::default().check(&sources);
    let found: Vec<&str> = analysis.diagnostics.iter().map(|found| found.code.name).collect();
    assert_eq!(found, [""; 0]);
    let report = &analysis.report;
    let cited = report.sources.iter().filter(|source| !source.is_instrument).count();
    let counts = (report.notes().count(), cited, report.claims().count());
    assert_eq!(counts, (2 * NOTES, 2 * SOURCES, 2 * CLAIMS.len()));
    assert!(report.claims().all(|(_, claim)| !claim.articles.is_empty()));
}

#[test]
fn every_tool_gets_every_note() {
    for tool in tool::TOOLS {
        let folder = tempfile::tempdir().expect("a temporary folder");
        tool.write(2, folder.path()).expect("a corpus is written");
        let text = fs::read_to_string(folder.path().join(tool.source(2))).expect("a chapter");
        let definitions = text.lines().filter(|line| line.starts_with("[^")).count();
        let calls = text.matches("[^").count() - definitions;
        assert_eq!((definitions, calls), (NOTES, NOTES), "{}", tool.name());
        let keyed = text.matches("[@").count() > 0;
        assert_eq!(keyed, ["rapporteur", "pandoc"].contains(&tool.name()), "{}", tool.name());
    }
}

/// Typed out in full where a chapter cites a work first, and only there.
#[test]
fn typed_notes_give_each_work_in_full_once() {
    let chapter = corpus::chapter(1);
    let notes = typed::notes(&chapter).concat();
    for source in chapter.sources.iter().filter(|source| source.kind != sources::Kind::Book) {
        assert_eq!(notes.matches(&format!("<{}>", source.url)).count(), 1, "{}", source.key);
    }
}
