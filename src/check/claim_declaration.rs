//! `unknown-right`, `unknown-key`, `bad-value`: slips in what declares a claim, and in other braces.

use super::{Context, each_inline};
use crate::annotation::{CLAIM_KEYS, ClaimDeclaration, Finding};
use crate::diagnostic::{BAD_VALUE, Diagnostic, Sink, UNKNOWN_KEY, UNKNOWN_RIGHT, nearest};
use crate::document::{Attributes, InlineKind, Named};
use crate::law::{Reference, right, rights};
use crate::report::Chapter;

/// Looks at the attributes of every note and span.
pub fn check(context: &Context, chapter: &Chapter, sink: &mut Sink) {
    for note in &chapter.unit.notes {
        attributes(context, &note.attributes, true, sink);
    }
    each_inline(chapter, &mut |inline| {
        if let InlineKind::Span { attributes: found, .. } = &inline.kind {
            attributes(context, found, false, sink);
        }
    });
}

fn attributes(context: &Context, attributes: &Attributes, is_note: bool, sink: &mut Sink) {
    let claim = ClaimDeclaration::of(attributes);
    if is_note || claim.is_some() {
        for pair in &attributes.pairs {
            if !CLAIM_KEYS.contains(&pair.key.text.as_str()) {
                sink.push(unknown_key(&pair.key));
            }
        }
    }
    let Some(claim) = claim else { return };
    for named in &claim.rights {
        if right(&named.text).is_none() {
            sink.push(unknown_right(named));
        }
    }
    if claim.rights.is_empty() {
        let found = Diagnostic::new(&UNKNOWN_RIGHT, claim.span, "the claim names no right");
        sink.push(found.help("write `claim=` and a right, such as `claim=expression`"));
    }
    if let Some(finding) = claim.finding.as_ref().filter(|f| Finding::of(&f.text).is_none()) {
        sink.push(bad_finding(finding));
    }
    for reference in &claim.law {
        sink.extend(bad_reference(context, reference));
    }
}

fn unknown_key(key: &Named) -> Diagnostic {
    let message = format!("a claim has no `{}=`", key.text);
    let found = Diagnostic::new(&UNKNOWN_KEY, key.span, message);
    match nearest(&key.text, CLAIM_KEYS) {
        Some(near) => found.help(format!("did you mean `{near}=`?")).fix(key.span, near),
        None => {
            found.help(format!("it has {}", CLAIM_KEYS.map(|key| format!("`{key}`")).join(", ")))
        }
    }
}

fn unknown_right(named: &Named) -> Diagnostic {
    let message = format!("no right is called `{}`", named.text);
    let found = Diagnostic::new(&UNKNOWN_RIGHT, named.span, message);
    let word = named.text.to_lowercase();
    let by_label = rights().iter().find(|right| right.label.to_lowercase().contains(&word));
    let near = nearest(&named.text, rights().iter().map(|right| right.id.as_str()));
    let by_part = || rights().iter().find(|r| nearest(&word, r.id.split('-')).is_some());
    let near = near.or_else(|| by_label.or_else(by_part).map(|right| right.id.as_str()));
    match near {
        Some(near) => found.help(format!("did you mean `{near}`?")).fix(named.span, near),
        None => {
            let ids: Vec<&str> = rights().iter().map(|right| right.id.as_str()).collect();
            found.help(format!("the rights are {}", ids.join(", ")))
        }
    }
}

fn bad_finding(finding: &Named) -> Diagnostic {
    let names = Finding::ALL.map(Finding::name);
    let message = format!("`{}` is no finding", finding.text);
    let found = Diagnostic::new(&BAD_VALUE, finding.span, message);
    match nearest(&finding.text, names) {
        Some(near) => found.help(format!("did you mean `{near}`?")).fix(finding.span, near),
        None => found.help(format!("write one of {}", names.join(", "))),
    }
}

fn bad_reference(context: &Context, written: &Named) -> Option<Diagnostic> {
    let text = &written.text;
    match Reference::parse(text).filter(|reference| !reference.article.is_empty()) {
        Some(reference) => super::provision::unknown(context, &reference, written.span),
        None => {
            let message = format!("`{text}` names no provision");
            let found = Diagnostic::new(&BAD_VALUE, written.span, message);
            Some(found.help("write the instrument, a colon and the article: `law=\"iccpr:19(3)\"`"))
        }
    }
}
