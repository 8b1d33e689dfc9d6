//! `state-not-bound`: a claim on an instrument that did not bind the State, or binds nobody.

use super::Context;
use crate::annotation::Finding;
use crate::diagnostic::{Diagnostic, STATE_NOT_BOUND, Sink};
use crate::law::{Bound, Instrument, NotBinding, bound, claim_verb, state_name};
use crate::quick::QuickSet;
use crate::report::{Chapter, Claim, ClaimArticle, NamedLaw};
use std::ops::Range;

/// Looks at the articles of every claim, and at words that only fit a treaty.
pub fn check(context: &Context, chapter: &Chapter, sink: &mut Sink) {
    if let Some(state) = context.law.state() {
        for claim in &chapter.claims {
            claims(context, state, claim, sink);
        }
    }
    let mut told = QuickSet::default();
    for name in &chapter.names {
        if let Some((sentence, found)) = signatory(context, chapter, name)
            && told.insert((name.passage, sentence, name.instrument.clone()))
        {
            sink.push(found);
        }
        if let Some(found) = breach(context, chapter, name) {
            sink.push(found);
        }
    }
}

/// “Kazakhstan violated the ECHR”, said without a claim of a State that is not a party.
fn breach(context: &Context, chapter: &Chapter, name: &NamedLaw) -> Option<Diagnostic> {
    let state = context.law.state()?;
    let instrument = context.law.instrument(&name.instrument)?;
    let day = context.law.date();
    let status = bound(instrument, state, day);
    if !matches!(status, Bound::JoinedLater { .. } | Bound::NotParty { .. }) {
        return None;
    }
    let passage = &chapter.passages[name.passage];
    let sentence = passage.prose.sentences().get(passage.sentence_of(name.range.start))?;
    let from = name.range.start.saturating_sub(AROUND).max(sentence.range.start);
    let before = String::from_utf8_lossy(&passage.prose.text.as_bytes()[from..name.range.start]);
    let (_, said) = before.rsplit_once(state_name(state)?)?;
    let is_own_words = !said.split_whitespace().any(|word| REPORTED.contains(&word));
    let breaches = is_own_words && claim_verb(said) == Some(Finding::Violated);
    let message = message(context, state, instrument, &status, day).filter(|_| breaches)?;
    // A claim says it of its own articles.
    if chapter.claims.iter().any(|claim| claim.span.contains(name.span)) {
        return None;
    }
    Some(Diagnostic::new(&STATE_NOT_BOUND, name.span, message).help(remedy(&status)))
}

/// Words after which somebody else is speaking, or of somebody else.
const REPORTED: &[&str] =
    &["that", "said", "says", "accused", "whether", "not", "without", "which", "who", "how"];

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

/// The word `before` or `after` a law's name that says that the law was signed or ratified.
fn treaty_word(before: &str, after: &str) -> Option<&'static str> {
    let leads = |word: &&&str| {
        before.rsplit_once(**word).is_some_and(|(_, between)| is_link(between, BETWEEN))
    };
    let follows = |word: &&&str| {
        let (between, _) = after.split_once(**word).unwrap_or(("x", ""));
        between.starts_with(", ") && is_link(between, BETWEEN)
    };
    TREATY_WORDS.iter().find(|word| leads(word) || follows(word)).copied()
}

/// Words that may stand between a law's name and a word that is said of it, names apart.
const BETWEEN: &str = "to of the both and or a an its it is was has have been which that also such as \
    including namely under like treaties instruments agreements conventions international human rights";

/// Whether `between` holds nothing but names and the words of `links`.
fn is_link(between: &str, links: &str) -> bool {
    let is_plain = |word: &str| {
        word.starts_with(|c: char| !c.is_lowercase()) || links.split(' ').any(|link| link == word)
    };
    let parts = between.split(|c: char| !c.is_alphanumeric());
    parts.filter(|word| !word.is_empty()).all(is_plain)
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
fn signatory(context: &Context, chapter: &Chapter, name: &NamedLaw) -> Option<(usize, Diagnostic)> {
    let instrument = context.law.instrument(&name.instrument)?;
    let state = context.law.state().unwrap_or("XX");
    let kind = match bound(instrument, state, context.law.date()) {
        Bound::NotBinding(NotBinding::Declaration) => "a declaration",
        Bound::NotBinding(NotBinding::PoliticalCommitment) => "a political commitment",
        _ => return None,
    };
    let passage = &chapter.passages[name.passage];
    let place = passage.sentence_of(name.range.start);
    let sentence = passage.prose.sentences().get(place)?;
    let text = &passage.prose.text;
    let from = name.range.start.saturating_sub(AROUND).max(sentence.range.start);
    let to = (name.range.end + AROUND).min(sentence.range.end).max(from);
    let words = |range: Range<usize>| String::from_utf8_lossy(&text.as_bytes()[range]);
    let treaty_word = treaty_word(&words(from..name.range.start), &words(name.range.end..to))?;
    let short = &instrument.short_name;
    let message = format!("check this: {short} is {kind}, which no State signs or ratifies");
    let found = Diagnostic::new(&STATE_NOT_BOUND, name.span, message)
        .note(format!("the sentence says “{treaty_word}”"))
        .help("say that the State voted for it, endorsed it or committed itself to it");
    Some((place, found))
}
