//! The style rules by which radio buttons filter the register without JavaScript.

use super::view::FilterItem;

/// The rules of `assets/register.css`: for each filter, hide the rows that it does not keep.
///
/// An id that is not made of ASCII letters, digits and `-` is left out, so that no rule breaks.
pub fn register_css(
    rights: &[FilterItem],
    instruments: &[FilterItem],
    findings: &[FilterItem],
) -> String {
    let mut css = String::new();
    for (kind, items) in [("right", rights), ("instrument", instruments), ("finding", findings)] {
        for item in items.iter().filter(|item| is_plain(&item.id)) {
            let id = &item.id;
            css.push_str(&format!(
                "main:has(#by-{kind}-{id}:checked) .reg .row:not([data-{kind}~={id:?}])\
                 {{display:none}}\n"
            ));
        }
    }
    css
}

fn is_plain(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}
