//! What is wrong with a provision that an author names by its reference, in a link or a claim.

use super::Context;
use crate::diagnostic::{
    Diagnostic, UNKNOWN_ARTICLE, UNKNOWN_INSTRUMENT, UNKNOWN_PINPOINT, nearest,
};
use crate::law::{Existence, Instrument, Reference};
use crate::source::Span;

/// The diagnostic for a reference at `span` that names what is not there.
pub fn unknown(context: &Context, reference: &Reference, span: Span) -> Option<Diagnostic> {
    let Some(instrument) = context.law.instrument(&reference.instrument) else {
        return Some(unknown_instrument(context, &reference.instrument, span));
    };
    if reference.article.is_empty() {
        return None;
    }
    match instrument.article(&reference.article) {
        None => Some(unknown_article(instrument, &reference.article, span)),
        Some(_) => unknown_pinpoint(instrument, reference, span),
    }
}

fn unknown_instrument(context: &Context, name: &str, span: Span) -> Diagnostic {
    let message = format!("no instrument is called `{name}`");
    let found = Diagnostic::new(&UNKNOWN_INSTRUMENT, span, message);
    match nearest(name, context.law.instruments().iter().map(|i| &*i.id)) {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found.help(format!("add it as {}/{name}.yaml", context.config.law.instruments)),
    }
}

fn unknown_article(instrument: &Instrument, article: &str, span: Span) -> Diagnostic {
    let short = &instrument.short_name;
    let message = format!("{short} has no article {article} that is known");
    let found = Diagnostic::new(&UNKNOWN_ARTICLE, span, message);
    match instrument.article_count {
        Some(count) => found.help(format!("{short} has {count} articles")),
        None => found.help("only some of its articles are listed; add this one to its file"),
    }
}

fn unknown_pinpoint(
    instrument: &Instrument,
    reference: &Reference,
    span: Span,
) -> Option<Diagnostic> {
    let Reference { article, pinpoint, .. } = reference;
    if pinpoint.is_empty() || instrument.pinpoint(article, pinpoint) != Existence::Unknown {
        return None;
    }
    let short = &instrument.short_name;
    let message = format!("{short} article {article} has no part {pinpoint}");
    Some(
        Diagnostic::new(&UNKNOWN_PINPOINT, span, message)
            .help("look the article up and name a part that it has"),
    )
}
