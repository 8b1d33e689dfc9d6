//! A note becomes text with its citations typed out, as authors do for tools that know none.
//!
//! Full where a chapter cites a work first, then short with a pointer back: about the letters that
//! Rapporteur's own style prints, so that peers carry as much text as it does.

use crate::corpus::{Chapter, Citation, Note};
use crate::sources::{ACCESSED, Author, Kind, Source};
use std::collections::BTreeMap;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The notes of a chapter in Markdown, without their labels.
pub fn notes(chapter: &Chapter) -> Vec<String> {
    let mut first_cited = BTreeMap::new();
    let notes = chapter.notes.iter().zip(1..);
    notes.map(|(note, number)| text(chapter, note, number, &mut first_cited)).collect()
}

fn text(
    chapter: &Chapter,
    note: &Note,
    number: usize,
    first_cited: &mut BTreeMap<usize, usize>,
) -> String {
    let mut citation = |citation: &Citation| {
        let source = &chapter.sources[citation.source];
        let first = *first_cited.entry(citation.source).or_insert(number);
        let pages = pages(citation.pages);
        match first == number {
            true => full(source, &pages),
            false => format!("{} (n {first}){pages}", short(source)),
        }
    };
    let citations: Vec<String> = note.citations.iter().map(&mut citation).collect();
    format!("{}{}.{}", note.before, citations.join("; "), note.after)
}

fn full(source: &Source, pages: &str) -> String {
    let Source { kind, publisher, year, url, .. } = source;
    let date = match kind {
        Kind::News | Kind::Page => day((*year, source.month, source.day)),
        Kind::Report | Kind::Book | Kind::Article => year.to_string(),
    };
    let (authors, title) = (authors(&source.author, true), title(source));
    match kind {
        Kind::Book => format!("{authors} ({date}), {title}, {publisher}{pages}"),
        _ => {
            let accessed = day(ACCESSED);
            format!(
                "{authors} ({date}), {title}, {publisher}{pages}, <{url}> (accessed {accessed})"
            )
        }
    }
}

fn short(source: &Source) -> String {
    format!("{} ({}), {}", authors(&source.author, false), source.year, title(source))
}

fn authors(author: &Author, initials: bool) -> String {
    let name = |(family, given): &(String, &'static str)| match initials {
        true => format!("{family}, {}.", &given[..1]),
        false => family.clone(),
    };
    match author {
        Author::Organisation(name) => name.clone(),
        Author::People(people) => people.iter().map(name).collect::<Vec<_>>().join(" and "),
    }
}

fn title(source: &Source) -> String {
    match source.kind {
        Kind::Report | Kind::Book => format!("*{}*", source.title),
        Kind::News | Kind::Article | Kind::Page => format!("‘{}’", source.title),
    }
}

fn pages(pages: Option<(usize, usize)>) -> String {
    match pages {
        None => String::new(),
        Some((first, last)) if first == last => format!(", p. {first}"),
        Some((first, last)) => format!(", pp. {first}–{last}"),
    }
}

fn day((year, month, day): (usize, usize, usize)) -> String {
    format!("{day} {} {year}", MONTHS[month - 1])
}
