//! `article-mismatch`, `article-loose`: an article that is about another right than the one claimed.
//!
//! The words are “check this”: what an article is about is our registry's reading of it.

use super::Context;
use crate::diagnostic::{ARTICLE_LOOSE, ARTICLE_MISMATCH, Diagnostic, Sink};
use crate::law::{Instrument, Reference, Verdict, fitting_articles, right};
use crate::report::Chapter;
use crate::source::Span;

/// Looks at the articles of every claim.
pub fn check(context: &Context, chapter: &Chapter, sink: &mut Sink) {
    for claim in &chapter.claims {
        for article in &claim.articles {
            let found =
                judged(context, &article.reference, article.verdict, &claim.rights, article.span);
            sink.extend(
                found.map(|found| found.label(claim.declared, "the right is claimed here")),
            );
        }
    }
}

/// The diagnostic for an article named beside `rights`, if its verdict deserves one.
pub fn judged(
    context: &Context,
    reference: &Reference,
    verdict: Verdict,
    rights: &[String],
    span: Span,
) -> Option<Diagnostic> {
    let instrument = context.law.instrument(&reference.instrument)?;
    let cited = instrument.cite_words(&reference.article, &reference.pinpoint);
    let subject = subject(instrument, reference);
    let claimed = labels(rights);
    let found = match verdict {
        Verdict::Fits | Verdict::Unverified => return None,
        Verdict::Mismatch => Diagnostic::new(
            &ARTICLE_MISMATCH,
            span,
            format!("check this: {cited} is about {subject}, not about {claimed}"),
        ),
        Verdict::Loose => Diagnostic::new(
            &ARTICLE_LOOSE,
            span,
            format!("check this: {cited} is about {subject} and only touches {claimed}"),
        ),
    };
    let fitting = fitting_articles(instrument, rights);
    let short = &instrument.short_name;
    Some(match fitting.is_empty() {
        true => found.help(format!("no article of {short} that is known here is about that right")),
        false => found.help(format!(
            "articles of {short} that fit: {}",
            fitting.iter().take(6).cloned().collect::<Vec<_>>().join(", ")
        )),
    })
}

/// What the article is about, in our words.
fn subject(instrument: &Instrument, reference: &Reference) -> String {
    let article = instrument.article(&reference.article);
    let title = article.map(|article| article.title.as_str()).unwrap_or_default();
    if title.is_empty() { "something else".to_owned() } else { format!("“{title}”") }
}

/// The labels of rights as words in a sentence.
fn labels(rights: &[String]) -> String {
    let labels: Vec<String> = rights
        .iter()
        .map(|id| right(id).map_or(id.as_str(), |right| &right.label))
        .map(|label| format!("“{label}”"))
        .collect();
    match labels.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => labels.concat(),
    }
}
