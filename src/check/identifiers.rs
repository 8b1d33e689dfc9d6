//! `duplicate-id`: two targets with one label.

use super::Context;
use crate::diagnostic::{DUPLICATE_ID, Diagnostic, Sink};
use crate::quick::QuickMap;
use crate::report::Target;

/// Looks at the labels that authors gave; notes are compared within their chapter, elsewhere.
pub fn check(context: &Context, sink: &mut Sink) {
    let mut first: QuickMap<&str, &Target> = QuickMap::default();
    let all = context.report.chapters.iter().flat_map(|chapter| &chapter.targets);
    for target in all.filter(|target| target.is_named) {
        if let Some(earlier) = first.get(target.label.as_str()) {
            sink.push(duplicate(context, target, earlier));
        } else {
            first.insert(&target.label, target);
        }
    }
}

fn duplicate(context: &Context, target: &Target, earlier: &Target) -> Diagnostic {
    let (label, kind) = (&target.label, target.kind.name());
    let path = &context.sources.file(earlier.span.file).path;
    Diagnostic::new(&DUPLICATE_ID, target.span, format!("the label `{label}` is given twice"))
        .note(format!("references lead to the {kind} in {path}"))
        .label(earlier.span, "given here first")
        .help("change one of the two; labels hold for the whole report")
}
