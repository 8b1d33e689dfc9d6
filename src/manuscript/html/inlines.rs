//! Inlines of a page.

use super::Page;
use crate::manuscript::draft::Inline;

impl Page<'_> {
    /// The inlines of `nodes`, blanks as one space.
    pub fn inlines(&mut self, nodes: &[usize]) -> Vec<Inline> {
        let mut out = Vec::new();
        for node in nodes {
            self.inline(*node, &mut out);
        }
        let mut after_blank = false;
        collapse(&mut out, &mut after_blank);
        crate::manuscript::docx::trim(&mut out);
        out
    }

    fn inline(&mut self, index: usize, out: &mut Vec<Inline>) {
        if self.leave_out(index) {
            return;
        }
        if let Some(number) = self.notes.marks.get(&index) {
            let label = (number + 1).to_string();
            // The brackets of a mark may stand outside of its link.
            out.push(Inline::Note(label));
            return;
        }
        let dom = self.dom;
        let name = dom.name(index);
        let content = |page: &mut Page| {
            let mut inner = Vec::new();
            for child in &dom.nodes[index].children {
                page.inline(*child, &mut inner);
            }
            inner
        };
        match name {
            "" => out.push(Inline::Text(dom.nodes[index].text.clone())),
            "br" => out.push(Inline::Break),
            "img" => self.image(index, out),
            "em" | "i" | "cite" | "dfn" | "var" => wrap(content(self), Inline::Emphasis, out),
            "strong" | "b" => wrap(content(self), Inline::Strong, out),
            "s" | "del" | "strike" => wrap(content(self), Inline::Struck, out),
            "sup" => raised(content(self), out),
            "sub" => wrap(content(self), Inline::Lowered, out),
            "code" | "kbd" | "samp" | "tt" => out.push(Inline::Code(dom.text(index))),
            "q" => {
                out.push(Inline::Text("“".to_owned()));
                out.extend(content(self));
                out.push(Inline::Text("”".to_owned()));
            }
            "a" => {
                let content = content(self);
                match self.address(index) {
                    Some(target) => {
                        wrap(content, |content| Inline::Link { target, content }, out);
                    }
                    None => out.extend(content),
                }
            }
            "span" | "font" => {
                let style = dom.attribute(index, "style").unwrap_or_default();
                styled(style, content(self), out);
            }
            _ => out.extend(content(self)),
        }
    }

    /// Where a link leads, if it leads out of the page.
    fn address(&self, index: usize) -> Option<String> {
        let href = self.dom.attribute(index, "href")?.trim();
        let scheme = href.split(':').next().unwrap_or_default().to_ascii_lowercase();
        let is_safe = !matches!(scheme.as_str(), "javascript" | "vbscript" | "data" | "file");
        (!href.is_empty() && !href.starts_with('#') && is_safe).then(|| href.to_owned())
    }

    fn image(&mut self, index: usize, out: &mut Vec<Inline>) {
        let alt = self.dom.attribute(index, "alt").unwrap_or_default().to_owned();
        let target = self.dom.attribute(index, "src").unwrap_or_default().trim().to_owned();
        let is_data = target.starts_with("data:");
        if target.is_empty() || is_data {
            let what = if is_data {
                "an image inside the page is left out; save it as a file"
            } else {
                "an image without an address is left out"
            };
            self.tell(format!("{what}: “{alt}”"));
            out.push(Inline::Text(alt));
            return;
        }
        let target = self.gallery.place(&target, &mut self.guesses);
        out.push(Inline::Image { target, alt });
    }
}

/// Words whose style says that they are bold or italic.
fn styled(style: &str, content: Vec<Inline>, out: &mut Vec<Inline>) {
    let style = style.replace(' ', "");
    let bold = style.contains("font-weight:700") || style.contains("font-weight:bold");
    match (bold, style.contains("font-style:italic")) {
        (true, true) => wrap(content, |c| Inline::Strong(vec![Inline::Emphasis(c)]), out),
        (true, false) => wrap(content, Inline::Strong, out),
        (false, true) => wrap(content, Inline::Emphasis, out),
        (false, false) => out.extend(content),
    }
}

/// Raised words, unless they are the mark of a note.
fn raised(content: Vec<Inline>, out: &mut Vec<Inline>) {
    let is_mark = content.iter().any(|inline| matches!(inline, Inline::Note(_)));
    match is_mark {
        // Commas and brackets between marks are signs of the marks.
        true => out.extend(content.into_iter().filter(|inline| match inline {
            Inline::Text(text) => text.chars().any(char::is_alphanumeric),
            _ => true,
        })),
        false => wrap(content, Inline::Raised, out),
    }
}

fn wrap(content: Vec<Inline>, as_one: impl FnOnce(Vec<Inline>) -> Inline, out: &mut Vec<Inline>) {
    let has_words = content.iter().any(|inline| match inline {
        Inline::Text(text) => !text.trim().is_empty(),
        _ => true,
    });
    match has_words {
        true => out.push(as_one(content)),
        false => out.extend(content),
    }
}

/// Blanks in a row become one space, across the borders of inlines.
fn collapse(inlines: &mut [Inline], after_blank: &mut bool) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => {
                let mut out = String::with_capacity(text.len());
                for c in text.chars() {
                    let is_blank = c.is_ascii_whitespace();
                    if !is_blank || !*after_blank {
                        out.push(if is_blank { ' ' } else { c });
                    }
                    *after_blank = is_blank;
                }
                *text = out;
            }
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::Struck(content)
            | Inline::Raised(content)
            | Inline::Lowered(content)
            | Inline::Link { content, .. } => collapse(content, after_blank),
            Inline::Break => *after_blank = true,
            _ => *after_blank = false,
        }
    }
}
