//! `undeclared-claim`: a sentence that names a right and an article and is not declared. Its
//! articles are compared with the right all the same, so that a wrong one is found before anybody
//! declares anything.

use super::Context;
use super::article_verdict::judged;
use crate::diagnostic::{Diagnostic, Fix, Sink, UNDECLARED_CLAIM};
use crate::law::{Right, claim_verb, rights_claimed, verdict};
use crate::report::{Chapter, Mention, NamedLaw, Passage};
use crate::source::Span;
use std::ops::Range;

/// Looks at every sentence that names an article outside a claim.
pub fn check(context: &Context, chapter: &Chapter, sink: &mut Sink) {
    let mut from = 0;
    let mut names_from = 0;
    for (id, passage) in chapter.passages.iter().enumerate() {
        // Mentions and names stand in the order of the passages.
        let names = taken(&chapter.names, &mut names_from, |name| name.passage == id);
        let mentions = taken(&chapter.mentions, &mut from, |mention| mention.passage == id);
        if !passage.is_heading && !mentions.is_empty() {
            sentences(context, passage, mentions, names, sink);
        }
    }
}

/// The run of `items` from `from` on of which `belongs` is true.
fn taken<'a, T>(items: &'a [T], from: &mut usize, belongs: impl Fn(&T) -> bool) -> &'a [T] {
    let count = items[*from..].iter().take_while(|item| belongs(item)).count();
    let run = &items[*from..*from + count];
    *from += count;
    run
}

fn sentences(
    context: &Context,
    passage: &Passage,
    mentions: &[Mention],
    names: &[NamedLaw],
    sink: &mut Sink,
) {
    let (mut mentions, mut names) = (mentions, names);
    for sentence in passage.prose.sentences().iter() {
        let range = sentence.range.clone();
        // Both stand in the order of the text; what is here is cut off their heads.
        let (inside, rest) = split(mentions, |mention| mention.at < range.end);
        mentions = rest;
        let (named, rest) = split(names, |name| name.range.end <= range.end);
        names = rest;
        // A source that is a law says where something stands, and claims nothing.
        let is_named = inside.iter().any(|mention| !mention.is_citation);
        if !is_named || inside.iter().any(|mention| mention.claim.is_some()) {
            continue;
        }
        let Some(span) = passage.extent(&range) else { continue };
        let text = &passage.prose.text[range.clone()];
        let rights = rights_claimed(text, &masked(named, &range));
        if rights.is_empty() || is_descriptive(passage, &range, inside, named) {
            continue;
        }
        sink.push(undeclared(span, text, &rights));
        sink.extend(inside.iter().filter_map(|mention| mismatch(context, mention, &rights)));
    }
}

/// The head of `items` for which `belongs` is true, and the rest.
fn split<T>(items: &[T], belongs: impl Fn(&T) -> bool) -> (&[T], &[T]) {
    items.split_at(items.iter().take_while(|item| belongs(item)).count())
}

/// The names of laws within a sentence, as bytes of it.
fn masked(names: &[NamedLaw], sentence: &Range<usize>) -> Vec<Range<usize>> {
    let inside = names
        .iter()
        .filter(|name| sentence.start <= name.range.start && name.range.end <= sentence.end);
    inside.map(|n| n.range.start - sentence.start..n.range.end - sentence.start).collect()
}

fn undeclared(span: Span, text: &str, rights: &[&Right]) -> Diagnostic {
    let ids: Vec<&str> = rights.iter().map(|right| right.id.as_str()).collect();
    let mut attributes = match ids.as_slice() {
        [one] => format!("claim={one}"),
        many => format!("claim=\"{}\"", many.join(", ")),
    };
    if let Some(stance) = claim_verb(text) {
        attributes.push_str(&format!(" finding={}", stance.name()));
    }
    let labels: Vec<&str> = rights.iter().map(|right| right.label.as_str()).collect();
    let close = format!("]{{{attributes}}}");
    let edits = vec![
        (Span::new(span.file, span.start..span.start), "[".to_owned()),
        (Span::new(span.file, span.end..span.end), close.clone()),
    ];
    let message = "this sentence names a right and an article, and is not declared as a claim";
    let mut found = Diagnostic::new(&UNDECLARED_CLAIM, span, message)
        .note(format!("it speaks of “{}”", labels.join("”, “")))
        .help(format!(
            "write `[` before it and `{close}` after it; or turn this hint off under [checks]"
        ));
    found.fix = Some(Fix { edits });
    found
}

fn mismatch(context: &Context, mention: &Mention, rights: &[&Right]) -> Option<Diagnostic> {
    let reference = &mention.reference;
    let instrument = context.law.instrument(&reference.instrument)?;
    let ids: Vec<String> = rights.iter().map(|right| right.id.clone()).collect();
    let verdict = verdict(instrument, &reference.article, &reference.pinpoint, &ids);
    judged(context, reference, verdict, &ids, mention.span)
}

/// What a law does. A sentence in which the law is the subject describes it and claims nothing.
const PROVISION_VERBS: &[&str] = &[
    "protect",
    "guarantee",
    "provide",
    "state",
    "require",
    "prohibit",
    "permit",
    "cover",
    "forbid",
    "allow",
    "recognise",
    "recognize",
    "define",
    "oblige",
    "say",
    "repeat",
    "list",
    "add",
    "set",
    "let",
    "give",
    "ask",
    "demand",
    "name",
    "enshrine",
    "contain",
    "declare",
    "promise",
    "mean",
    "speak",
    "rule",
    "bar",
    "ban",
    "concern",
    "deal",
    "lay",
    "apply",
    "extend",
    "include",
    "bind",
    "secure",
    "impose",
    "regulate",
    "make",
    "leave",
    "entitle",
    "treat",
    "call",
    "deny",
    "keep",
];

/// Words between a law and its verb.
const ADVERBS: &[&str] = &[
    "also",
    "itself",
    "expressly",
    "both",
    "then",
    "each",
    "alone",
    "likewise",
    "too",
    "further",
    "in",
    "turn",
    "all",
    "still",
];

/// Whether the sentence tells what a law says: its verb follows the law, or it begins with “Under
/// the …”.
fn is_descriptive(
    passage: &Passage,
    sentence: &Range<usize>,
    mentions: &[Mention],
    names: &[NamedLaw],
) -> bool {
    let text = &passage.prose.text[..sentence.end];
    let numbers = mentions.iter().map(|mention| (mention.at + mention.text.len()).min(text.len()));
    let named = names
        .iter()
        .filter(|name| sentence.start <= name.range.start && name.range.end <= sentence.end);
    let words = text[sentence.start..].trim_start_matches(['‘', '“', '"', ' ']);
    let begins = ["Under ", "According to ", "By "].iter().any(|word| words.starts_with(word));
    begins
        || numbers
            .chain(named.map(|name| name.range.end))
            .any(|end| text.get(end..).is_some_and(is_provision_verb))
}

fn is_provision_verb(after: &str) -> bool {
    // The verb stands near: a look at a few words is enough, however long the sentence.
    let near = after.char_indices().nth(80).map_or(after.len(), |(at, _)| at);
    let after = after[..near].trim_start_matches([')', ',', ' ', '’', '”', '*']);
    let words = after.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let verb = words.map(str::to_lowercase).find(|word| !ADVERBS.contains(&word.as_str()));
    verb.is_some_and(|verb| {
        let stems = ["", "s", "es", "d", "ed"].map(|end| verb.strip_suffix(end).unwrap_or(&verb));
        stems.iter().any(|stem| PROVISION_VERBS.contains(stem))
    })
}
