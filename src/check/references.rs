//! `unknown-reference`: a cross-reference to what is not there.

use super::{Context, each_inline};
use crate::annotation::kind_of;
use crate::diagnostic::{Diagnostic, Sink, UNKNOWN_REFERENCE, nearest};
use crate::document::InlineKind;
use crate::report::Binding;
use crate::source::Span;

/// Looks at every cross-reference that was not bound.
pub fn check(context: &Context, sink: &mut Sink) {
    let known = context.report.labels.keys().map(String::as_str);
    let mut known: Vec<&str> = known.filter(|known| !known.contains('@')).collect();
    known.sort_unstable();
    for chapter in &context.report.chapters {
        each_inline(chapter, &mut |inline| {
            let InlineKind::CrossReference(label) = &inline.kind else { return };
            let bound = chapter.bindings.mentions.get(&inline.span.start);
            if !matches!(bound, Some(Binding::Reference(_))) {
                sink.push(unknown(context, &known, label, inline.span));
            }
        });
    }
}

fn unknown(context: &Context, known: &[&str], label: &str, span: Span) -> Diagnostic {
    let kind = kind_of(label).map_or("target", |kind| kind.name());
    let found = Diagnostic::new(
        &UNKNOWN_REFERENCE,
        span,
        format!("there is no {kind} with the label `{label}`"),
    );
    match nearest(label, known.iter().copied()) {
        Some(near) => {
            let target = &context.report.targets[context.report.labels[near]];
            found.help(format!("did you mean `@{near}`?")).label(target.span, "a similar label")
        }
        None => found.help(how(label)),
    }
}

/// How a target of the kind is given a label.
fn how(label: &str) -> String {
    let prefix = label.split('-').next().unwrap_or_default();
    match prefix {
        "sec" => format!("write `{{#{label}}}` after the heading that is meant"),
        "box" => format!("write `{{#{label}}}` after the title of the box"),
        "fig" => format!("write `{{#{label}}}` right after the image"),
        "tbl" => format!("write `: Caption {{#{label}}}` on a line of its own under the table"),
        "ch" => {
            "a chapter's label is `ch-` and its slug: the file's name without its number".into()
        }
        "note" => "a note's label is `note-` and the label in `[^…]`".into(),
        _ => "a claim's label is `claim-` and the id in its braces, `{#id claim=…}`".into(),
    }
}
