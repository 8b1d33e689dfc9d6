//! A web page as a list of nodes in their order. The one door to `scraper`.

use scraper::{Html, Node as Parsed};
use std::collections::HashMap;

/// How deep elements may lie; what lies deeper is moved up.
const MAX_DEPTH: usize = 200;

/// A node: an element, or text.
#[derive(Debug, Clone, Default)]
pub struct Node {
    /// The name in lower case; empty for text.
    pub name: String,
    /// The text, if it is text.
    pub text: String,
    /// Its attributes.
    pub attributes: Vec<(String, String)>,
    /// The node that holds it.
    pub parent: Option<usize>,
    /// The nodes in it.
    pub children: Vec<usize>,
}

/// A page.
#[derive(Debug, Default)]
pub struct Dom {
    /// Its nodes; each stands after the one that holds it.
    pub nodes: Vec<Node>,
}

/// How many elements may be open at once; browsers stop at fewer.
const MAX_OPEN: usize = 1000;

/// Elements that end only where they are closed.
const CLOSED: &[&str] = &[
    "div",
    "span",
    "font",
    "b",
    "i",
    "em",
    "strong",
    "u",
    "s",
    "a",
    "section",
    "article",
    "ul",
    "ol",
    "dl",
    "table",
    "blockquote",
    "center",
    "small",
    "big",
    "sup",
    "sub",
    "details",
    "aside",
    "main",
    "header",
    "footer",
    "form",
    "fieldset",
    "svg",
    "g",
    "math",
    "object",
    "template",
];

/// Whether so many elements are open at once that reading the page would take for ever.
fn is_too_deep(text: &str) -> bool {
    let mut open = 0_usize;
    for part in text.split('<').skip(1) {
        let name = part.strip_prefix('/').unwrap_or(part);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = name.get(..end.min(12)).unwrap_or_default().to_ascii_lowercase();
        if CLOSED.contains(&name.as_str()) {
            open = if part.starts_with('/') { open.saturating_sub(1) } else { open + 1 };
        }
        if open > MAX_OPEN {
            return true;
        }
    }
    false
}

impl Dom {
    /// Reads a page as browsers do; fails only where elements lie far too deep in each other.
    pub fn parse(text: &str) -> Result<Dom, String> {
        if is_too_deep(text) {
            return Err("its elements lie too deep in each other".to_owned());
        }
        let html = Html::parse_document(text);
        let mut dom = Dom { nodes: vec![Node::default()] };
        let root = html.tree.root();
        // For each node of the tree its own place and its depth.
        let mut places = HashMap::from([(root.id(), (0, 0))]);
        for found in root.descendants().skip(1) {
            let Some((parent, depth)) = found.parent().and_then(|p| places.get(&p.id())).copied()
            else {
                continue;
            };
            let node = match found.value() {
                Parsed::Element(element) => Node {
                    name: element.name().to_lowercase(),
                    attributes: element
                        .attrs()
                        .map(|(n, v)| (n.to_owned(), v.to_owned()))
                        .collect(),
                    ..Node::default()
                },
                Parsed::Text(text) => Node { text: text.to_string(), ..Node::default() },
                _ => continue,
            };
            // Children of what lies too deep become its neighbours.
            let index = dom.push(parent, node);
            let place = if depth < MAX_DEPTH { index } else { parent };
            places.insert(found.id(), (place, (depth + 1).min(MAX_DEPTH)));
        }
        Ok(dom)
    }

    fn push(&mut self, parent: usize, node: Node) -> usize {
        let index = self.nodes.len();
        self.nodes.push(Node { parent: Some(parent), ..node });
        self.nodes[parent].children.push(index);
        index
    }

    /// The value of an attribute.
    pub fn attribute(&self, index: usize, name: &str) -> Option<&str> {
        let attributes = &self.nodes[index].attributes;
        attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The name of an element; empty for text.
    pub fn name(&self, index: usize) -> &str {
        &self.nodes[index].name
    }

    /// Whether one of the classes of an element is `class`.
    pub fn has_class(&self, index: usize, class: &str) -> bool {
        let classes = self.attribute(index, "class").unwrap_or_default();
        classes.split_whitespace().any(|known| known == class)
    }

    /// The nodes that hold `index`, the innermost first.
    pub fn ancestors(&self, index: usize) -> impl Iterator<Item = usize> {
        let mut next = self.nodes[index].parent;
        std::iter::from_fn(move || {
            let found = next?;
            next = self.nodes[found].parent;
            Some(found)
        })
    }

    /// All text in a node.
    pub fn text(&self, index: usize) -> String {
        let mut out = String::new();
        self.text_into(index, &mut out);
        out
    }

    fn text_into(&self, index: usize, out: &mut String) {
        let node = &self.nodes[index];
        out.push_str(&node.text);
        for child in &node.children {
            self.text_into(*child, out);
        }
    }
}
