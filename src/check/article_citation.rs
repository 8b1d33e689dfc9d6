//! `unknown-article`, `unknown-pinpoint`, `unknown-instrument`, `ambiguous-instrument`,
//! `article-number-agreement`: what the recogniser doubts of an article named in prose.

use super::{Context, provision};
use crate::diagnostic::{
    AMBIGUOUS_INSTRUMENT, ARTICLE_NUMBER_AGREEMENT, Diagnostic, Sink, UNKNOWN_ARTICLE,
    UNKNOWN_INSTRUMENT, UNKNOWN_PINPOINT,
};
use crate::law::{Existence, InstrumentId, Warning};
use crate::report::{Chapter, Doubt};

/// Looks at every doubt of the recogniser.
pub fn check(context: &Context, chapter: &Chapter, sink: &mut Sink) {
    for doubt in &chapter.doubts {
        for warning in &doubt.finding.warnings {
            sink.extend(diagnostic(context, chapter, doubt, warning));
        }
    }
}

/// Looks at every provision of a law that is cited as a source.
pub fn cited(context: &Context, chapter: &Chapter, sink: &mut Sink) {
    for mention in chapter.mentions.iter().filter(|mention| mention.is_citation) {
        let reference = &mention.reference;
        let instrument = context.law.instrument(&reference.instrument);
        // A list that is not whole says nothing of what is not on it.
        let is_told = instrument.is_some_and(|instrument| {
            instrument.existence(&reference.article) != Existence::NotListed
        });
        if is_told {
            sink.extend(provision::unknown(context, reference, mention.span));
        }
    }
}

fn diagnostic(
    context: &Context,
    chapter: &Chapter,
    doubt: &Doubt,
    warning: &Warning,
) -> Option<Diagnostic> {
    let article = &doubt.finding.article;
    let instruments = &context.config.law.instruments;
    let blame = |code, message: String| Diagnostic::new(code, doubt.span, message);
    let found = match warning {
        Warning::PluralSlip { word } => agreement(chapter, doubt, word.clone(), true)?,
        Warning::SingularSlip { word } => agreement(chapter, doubt, word.clone(), false)?,
        Warning::OutOfRange { written, count, read_as } => {
            let short = short(context, doubt.finding.instrument.as_ref());
            let found = blame(&UNKNOWN_ARTICLE, format!("{short} has no article {written}"));
            let help = match read_as {
                Some(number) => format!("it has {count}; perhaps article {number} and a note number were run together"),
                None => format!("it has {count}"),
            };
            found.help(help)
        }
        Warning::Ambiguous { candidates } => ambiguous(context, doubt, candidates),
        Warning::NoInstrument => {
            blame(&AMBIGUOUS_INSTRUMENT, format!("it is not said of which law article {article} is"))
                .note("it is not linked")
                .help("name the law beside it, `Article 9 of the ICCPR`; or `[Article 9](law:none)` where none is meant")
        }
        Warning::UnknownInstrument => {
            blame(&UNKNOWN_INSTRUMENT, format!("the law of which article {article} is named is not known here"))
                .note("it is not linked")
                .help(format!("add the law to {instruments}/, or write `[…](law:none)` around the words"))
        }
        Warning::OtherVersion { instrument } => {
            let short = short(context, Some(instrument));
            let date = context.law.date().unwrap_or_default();
            blame(&UNKNOWN_INSTRUMENT, format!("the articles known of {short} were not the text in force on {date}"))
                .note("it is not linked")
                .help(format!("add the text of that day to {instruments}/, or mend `date` under [law]"))
        }
        Warning::UnknownPinpoint => {
            let short = short(context, doubt.finding.instrument.as_ref());
            let pinpoint = &doubt.finding.pinpoint;
            blame(&UNKNOWN_PINPOINT, format!("{short} article {article} has no part {pinpoint}"))
                .help(parts(context, doubt))
        }
    };
    Some(found)
}

fn short(context: &Context, instrument: Option<&InstrumentId>) -> String {
    let known = instrument.and_then(|id| context.law.instrument(id));
    known.map_or_else(|| "the law".to_owned(), |instrument| instrument.short_name.clone())
}

/// The first parts of the article, as a remedy.
fn parts(context: &Context, doubt: &Doubt) -> String {
    let finding = &doubt.finding;
    let known = finding.instrument.as_ref().and_then(|id| context.law.instrument(id));
    let article = known.and_then(|instrument| instrument.article(&finding.article));
    let paths = article.map(|a| a.paragraphs.iter().map(|p| p.path.as_str()).collect::<Vec<_>>());
    match paths {
        Some(paths) if !paths.is_empty() => format!("it has {}", paths.join(", ")),
        _ => "look the article up and name a part that it has".to_owned(),
    }
}

/// “Articles 9”, “Article 18, 26”.
fn agreement(
    chapter: &Chapter,
    doubt: &Doubt,
    word: std::ops::Range<usize>,
    is_plural: bool,
) -> Option<Diagnostic> {
    let prose = &chapter.passages[doubt.passage].prose;
    let written = &prose.text[word.clone()];
    let span = prose.span(word.clone())?;
    let message = match is_plural {
        true => format!("`{written}` stands before one number"),
        false => format!("`{written}` stands before several numbers"),
    };
    let found = Diagnostic::new(&ARTICLE_NUMBER_AGREEMENT, span, message);
    Some(match mended(written, is_plural) {
        Some(right) => found.help(format!("write `{right}`")).fix(span, right),
        None => found.help("let the word and the numbers agree"),
    })
}

/// The word in the other number, for the words of English.
fn mended(word: &str, is_plural: bool) -> Option<String> {
    let lower = word.to_lowercase();
    match (lower.as_str(), is_plural) {
        ("articles" | "sections" | "paragraphs" | "arts", true) => {
            Some(word[..word.len() - 1].to_owned())
        }
        ("arts." | "paras.", true) => Some(format!("{}.", &word[..word.len() - 2])),
        ("article" | "section" | "paragraph" | "art", false) => Some(format!("{word}s")),
        ("art." | "para.", false) => Some(format!("{}s.", &word[..word.len() - 1])),
        _ => None,
    }
}

fn ambiguous(context: &Context, doubt: &Doubt, candidates: &[InstrumentId]) -> Diagnostic {
    let article = &doubt.finding.article;
    let names: Vec<String> = candidates.iter().map(|id| short(context, Some(id))).collect();
    let message = format!("article {article} may be of more than one law");
    let found =
        Diagnostic::new(&AMBIGUOUS_INSTRUMENT, doubt.span, message).note("it is not linked");
    match names.is_empty() {
        true => found.help("name the law beside it"),
        false => found.help(format!("name the one that is meant: {}", names.join(", "))),
    }
}
