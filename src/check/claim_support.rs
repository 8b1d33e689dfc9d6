//! `claim-without-article`, `claim-without-evidence`: claims that nothing carries.

use super::Context;
use crate::diagnostic::{CLAIM_WITHOUT_ARTICLE, CLAIM_WITHOUT_EVIDENCE, Diagnostic, Sink};
use crate::law::right;
use crate::report::{Chapter, Claim};

/// Looks at every claim.
pub fn check(context: &Context, chapter: &Chapter, sink: &mut Sink) {
    for claim in &chapter.claims {
        if claim.articles.is_empty() {
            sink.push(without_article(context, claim));
        }
        if claim.notes.is_empty() {
            sink.push(
                Diagnostic::new(
                    &CLAIM_WITHOUT_EVIDENCE,
                    claim.span,
                    "no note stands in the words of the claim",
                )
                .label(claim.declared, "the claim is declared here")
                .help("put the mark of a note with the source inside the claim's words"),
            );
        }
    }
}

fn without_article(context: &Context, claim: &Claim) -> Diagnostic {
    let fitting: Vec<String> = claim
        .rights
        .iter()
        .filter_map(|id| right(id))
        .flat_map(|right| &right.articles)
        .filter(|(id, _)| matches!(id.as_str(), "iccpr" | "icescr" | "udhr"))
        .filter_map(|(id, articles)| Some(format!("{id}:{}", articles.first()?)))
        .filter(|reference| {
            let id = reference.split(':').next().unwrap_or_default();
            context.law.instrument(id).is_some()
        })
        .take(2)
        .collect();
    let found = Diagnostic::new(&CLAIM_WITHOUT_ARTICLE, claim.span, "the claim names no article")
        .label(claim.declared, "the claim is declared here");
    match fitting.is_empty() {
        true => {
            found.help("name the article in the sentence, or add `law=\"iccpr:19\"` to the claim")
        }
        false => found.help(format!(
            "name the article in the sentence, or add `law=\"{}\"` to the claim",
            fitting.join(", ")
        )),
    }
}
