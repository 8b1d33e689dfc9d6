//! `lost-address`: an address of `anchors.lock` at which nothing stands any more.

use super::Context;
use crate::diagnostic::{Diagnostic, LOST_ADDRESS, Sink};
use crate::quick::QuickSet;
use crate::report::{ADDRESS_FILE, published};
use crate::source::Span;

/// Looks at every address that was published.
pub fn check(context: &Context, sink: &mut Sink) {
    let Some(file) = context.sources.find(ADDRESS_FILE) else { return };
    let addresses = context.report.addresses();
    let mut lost_pages = QuickSet::default();
    for (start, address) in published(&context.sources.file(file).text) {
        if addresses.stands(address) {
            continue;
        }
        let (page, anchor) = address.split_once('#').unwrap_or((address, ""));
        let page_stands = addresses.stands(page);
        // Of a page that is gone, one remark is enough.
        if !page_stands && !lost_pages.insert(page) {
            continue;
        }
        let (message, help) = if page_stands { part(address, anchor) } else { whole(page) };
        let span = Span::new(file, start..start + address.len());
        sink.push(
            Diagnostic::new(&LOST_ADDRESS, span, message)
                .help(format!("{help}; to let the address go, run `rapporteur lock --forget`")),
        );
    }
}

/// What is wrong with a page that is gone, and what to do.
fn whole(page: &str) -> (String, String) {
    let help = format!(
        "write `aliases: [{page}]` into the front matter of the chapter that took its place"
    );
    (format!("no page stands at `{page}` any more"), help)
}

/// What is wrong with a part that is gone from a page, and what to do.
fn part(address: &str, anchor: &str) -> (String, String) {
    let digits = |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
    let (what, help) = match anchor {
        _ if anchor.strip_prefix('n').is_some_and(digits) => {
            ("note", "keep the note, even if it only says that it was withdrawn")
        }
        _ if anchor.strip_prefix('p').is_some_and(digits) => {
            ("paragraph", "keep the paragraph, even if it only says that it was withdrawn")
        }
        _ => ("claim, section or figure", "give what took its place the id that it had"),
    };
    (format!("the {what} at `{address}` was published and is gone"), help.to_owned())
}
