//! Raw HTML written anew: what is harmless, balanced within its block.

use super::escape;
use crate::config::RawHtml;
use crate::document::html::{Token, tokens};

/// The tags that raw HTML has opened within one list of inlines or of blocks.
#[derive(Debug, Default)]
pub struct OpenTags(Vec<&'static str>);

impl OpenTags {
    /// Closes all that is open, so that a stray tag cannot swallow the rest of the page.
    pub fn close_all(&mut self, out: &mut String) {
        for name in self.0.drain(..).rev() {
            out.push_str(&format!("</{name}>"));
        }
    }
}

/// Appends `html` as `policy` says; `id` gives an id as it is on the page.
pub fn push(
    out: &mut String,
    html: &str,
    policy: RawHtml,
    open: &mut OpenTags,
    id: &dyn Fn(&str) -> String,
) {
    match policy {
        RawHtml::Trust => out.push_str(html),
        RawHtml::Escape => escape::push(out, html),
        RawHtml::Sanitise => {
            for token in tokens(html) {
                push_token(out, html, token, open, id);
            }
        }
    }
}

fn push_token(
    out: &mut String,
    html: &str,
    token: Token,
    open: &mut OpenTags,
    id: &dyn Fn(&str) -> String,
) {
    match token {
        Token::Text(range) => out.push_str(&html[range].replace('>', "&gt;")),
        Token::Open { name, attributes, is_void } => {
            out.push('<');
            out.push_str(name);
            for (key, value) in attributes {
                let value = match (key.as_str(), value.strip_prefix('#')) {
                    ("id", _) => id(&value),
                    ("href", Some(target)) => format!("#{}", id(target)),
                    _ => value,
                };
                out.push_str(&format!(
                    " {key}=\"{}\"",
                    value.replace('"', "&quot;").replace('<', "&lt;")
                ));
            }
            out.push('>');
            if !is_void {
                open.0.push(name);
            }
        }
        Token::Close(name) => {
            let Some(at) = open.0.iter().rposition(|known| *known == name) else { return };
            for name in open.0.drain(at..).rev() {
                out.push_str(&format!("</{name}>"));
            }
        }
        Token::Removed(..) | Token::Comment => {}
    }
}
