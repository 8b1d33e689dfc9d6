//! `state-not-bound`: a claim on an instrument that did not bind the State, or binds nobody.

use super::Context;
use crate::annotation::Finding;
use crate::diagnostic::{Diagnostic, STATE_NOT_BOUND, Sink};
use crate::law::{Bound, Instrument, NotBinding, bound, state_name};
use crate::report::{Claim, ClaimArticle, NamedLaw};
use std::collections::HashSet;

/// Looks at the articles of every claim, and at words that only fit a treaty.
pub fn check(context: &Context, sink: &mut Sink) {
    if let Some(state) = context.law.state() {
        for claim in &context.report.claims {
            claims(context, state, claim, sink);
        }
    }
    let mut told = HashSet::new();
    for name in &context.report.names {
        if let Some((sentence, found)) = signatory(context, name)
            && told.insert((name.passage, sentence, name.instrument.clone()))
        {
            sink.push(found);
        }
    }
}

/// The day to which a claim speaks: when it happened or ended, else the report's own.
fn day<'a>(context: &'a Context, claim: &'a Claim) -> Option<&'a str> {
    claim.date.as_deref().or(claim.until.as_deref()).or(context.law.date())
}

fn claims(context: &Context, state: &str, claim: &Claim, sink: &mut Sink) {
    // What was kept or is disputed says nothing of a breach.
    if !matches!(
        claim.finding,
        None | Some(Finding::Violated | Finding::Restricted | Finding::AtRisk)
    ) {
        return;
    }
    let status = |article: &ClaimArticle| {
        let instrument = context.law.instrument(&article.reference.instrument)?;
        Some((instrument, bound(instrument, state, day(context, claim))))
    };
    let is_binding = |article: &ClaimArticle| {
        matches!(status(article), Some((_, Bound::Party { .. } | Bound::National | Bound::Unknown)))
    };
    let has_binding = claim.articles.iter().any(is_binding);
    for article in &claim.articles {
        let Some((instrument, status)) = status(article) else { continue };
        // A declaration beside a treaty that binds only adds weight.
        let is_beside = has_binding && matches!(status, Bound::NotBinding(_));
        if let Some(message) = message(context, state, instrument, &status, day(context, claim))
            && !is_beside
        {
            sink.push(
                Diagnostic::new(&STATE_NOT_BOUND, article.span, message)
                    .label(claim.declared, "the claim is declared here")
                    .help(remedy(&status)),
            );
        }
    }
}

fn message(
    _: &Context,
    state: &str,
    instrument: &Instrument,
    status: &Bound,
    day: Option<&str>,
) -> Option<String> {
    let name = state_name(state).unwrap_or(state);
    let short = &instrument.short_name;
    let on = day.map(|day| format!(" on {day}")).unwrap_or_default();
    Some(match status {
        Bound::Party { .. } | Bound::National | Bound::Unknown => return None,
        Bound::JoinedLater { date, .. } => {
            format!("check this: {name} was not bound by {short}{on}; it joined on {date}")
        }
        Bound::NotParty { signed: Some(day), .. } => {
            format!(
                "check this: {name} was not bound by {short}{on}; it had signed it on {day} without ratifying"
            )
        }
        Bound::NotParty { .. } => format!("check this: {name} was not bound by {short}{on}"),
        Bound::Foreign => format!("check this: {short} is the law of another State than {name}"),
        Bound::NotBinding(NotBinding::Declaration) => {
            format!("check this: {short} is a declaration, which binds no State by itself")
        }
        Bound::NotBinding(NotBinding::PoliticalCommitment) => {
            format!("check this: {short} is a political commitment, which binds no State in law")
        }
    })
}

fn remedy(status: &Bound) -> &'static str {
    match status {
        Bound::NotBinding(_) => {
            "rest the claim on a treaty or a law beside it, or say that it falls short of a commitment"
        }
        Bound::Foreign => "name the law of the State under review, or mend `state` under [law]",
        _ => "rest the claim on an instrument in force for the State, or give its day with `date=`",
    }
}

/// Words that only fit a treaty.
const TREATY_WORDS: &[&str] = &[
    "signatory",
    "signatories",
    "ratified",
    "ratification",
    "is party to",
    "a party to",
    "acceded",
];

/// How far from a law's name a word is looked for, in bytes.
const AROUND: usize = 400;

/// “signatory to the UDHR”: nobody signs or ratifies a declaration. Gives the place of the sentence
/// too, for one remark on a law in a sentence is enough.
fn signatory(context: &Context, name: &NamedLaw) -> Option<(usize, Diagnostic)> {
    let instrument = context.law.instrument(&name.instrument)?;
    let state = context.law.state().unwrap_or("XX");
    let kind = match bound(instrument, state, context.law.date()) {
        Bound::NotBinding(NotBinding::Declaration) => "a declaration",
        Bound::NotBinding(NotBinding::PoliticalCommitment) => "a political commitment",
        _ => return None,
    };
    let passage = &context.report.passages[name.passage];
    let place = passage.sentence_of(name.range.start);
    let sentence = passage.sentences.get(place)?;
    let text = &passage.prose.text;
    let from = name.range.start.saturating_sub(AROUND).max(sentence.range.start);
    let to = (name.range.end + AROUND).min(sentence.range.end).max(from);
    let words = String::from_utf8_lossy(&text.as_bytes()[from..to]).to_lowercase();
    let treaty_word = TREATY_WORDS.iter().find(|word| words.contains(**word))?;
    let short = &instrument.short_name;
    let message = format!("check this: {short} is {kind}, which no State signs or ratifies");
    let found = Diagnostic::new(&STATE_NOT_BOUND, name.span, message)
        .note(format!("the sentence says “{treaty_word}”"))
        .help("say that the State voted for it, endorsed it or committed itself to it");
    Some((place, found))
}
