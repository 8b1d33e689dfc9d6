//! `unknown-reference`: a cross-reference to what is not there.

use super::Context;
use crate::annotation::kind_of;
use crate::diagnostic::{Diagnostic, Sink, UNKNOWN_REFERENCE, nearest};
use crate::source::Span;
use std::cell::OnceCell;

/// Looks at every cross-reference.
pub fn check(context: &Context, sink: &mut Sink) {
    // Collected when the first is found that leads nowhere.
    let known = OnceCell::new();
    for (id, chapter) in context.report.chapters.iter().enumerate() {
        for (label, span) in &chapter.unit.outward.references {
            if context.report.target_of(id, label).is_none() {
                let known = known.get_or_init(|| context.report.labels());
                sink.push(unknown(known, label, *span));
            }
        }
    }
}

fn unknown(known: &[(String, Span)], label: &str, span: Span) -> Diagnostic {
    let kind = kind_of(label).map_or("target", |kind| kind.name());
    let found = Diagnostic::new(
        &UNKNOWN_REFERENCE,
        span,
        format!("there is no {kind} with the label `{label}`"),
    );
    let names = known.iter().map(|(name, _)| name.as_str());
    let near = nearest(label, names).and_then(|near| known.iter().find(|(name, _)| name == near));
    match near {
        Some((near, given)) => {
            found.help(format!("did you mean `@{near}`?")).label(*given, "a similar label")
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
