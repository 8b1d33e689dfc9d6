//! XML into a tree of elements by local name. Reads foreign files with `quick_xml`.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// How deep elements may lie; documents do not come near it.
const MAX_DEPTH: usize = 200;

/// Elements of Word whose text is for programs.
const SILENT: &[&str] = &["instrText", "delInstrText", "posOffset", "align"];

/// An element without its namespace.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Element {
    /// The local name.
    pub name: String,
    /// Local names and values of its attributes.
    pub attributes: Vec<(String, String)>,
    /// What is in it.
    pub children: Vec<Node>,
}

/// What is in an element.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text.
    Text(String),
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The elements in it.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element in it that is called `name`.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// The element at the end of a path of names.
    pub fn at(&self, path: &[&str]) -> Option<&Element> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// The `val` of the element at the end of a path of names.
    pub fn value(&self, path: &[&str]) -> Option<&str> {
        self.at(path)?.attribute("val")
    }

    /// The first element below it, at any depth, that is called `name`.
    pub fn find(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|element| {
            if element.name == name { Some(element) } else { element.find(name) }
        })
    }

    /// All text below it.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.text_into(&mut out);
        out
    }

    fn text_into(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) if SILENT.contains(&element.name.as_str()) => {}
                Node::Element(element) => element.text_into(out),
            }
        }
    }
}

/// The root element of `bytes`; tells in a sentence why that cannot be.
pub fn parse(bytes: &[u8]) -> Result<Element, String> {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(text.strip_prefix('\u{feff}').unwrap_or(&text));
    let mut open: Vec<Element> = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| format!("its XML is damaged: {error}"))?;
        match event {
            Event::Start(_) if open.len() > MAX_DEPTH => {
                return Err("its elements lie too deep in each other".to_owned());
            }
            Event::Start(start) => open.push(element(&start)),
            Event::Empty(start) => push(&mut open, Node::Element(element(&start))),
            Event::End(_) => {
                if let Some(closed) = open.pop() {
                    push(&mut open, Node::Element(closed));
                }
            }
            Event::Text(text) => {
                push(&mut open, Node::Text(text.xml_content(XmlVersion::Implicit1_0).into_owned()));
            }
            Event::CData(text) => {
                push(&mut open, Node::Text(text.xml_content(XmlVersion::Implicit1_0).into_owned()));
            }
            Event::GeneralRef(name) => {
                let character = name.resolve_char_ref().ok().flatten();
                let known = quick_xml::escape::resolve_predefined_entity(&name);
                let text = character.map(String::from).or(known.map(str::to_owned));
                push(&mut open, Node::Text(text.unwrap_or_else(|| "\u{fffd}".to_owned())));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    while open.len() > 1 {
        let Some(closed) = open.pop() else { break };
        push(&mut open, Node::Element(closed));
    }
    let root = open.pop().and_then(|root| root.elements().next().cloned());
    root.ok_or_else(|| "a part of it is empty".to_owned())
}

fn push(open: &mut [Element], node: Node) {
    let Some(last) = open.last_mut() else { return };
    match (last.children.last_mut(), node) {
        (Some(Node::Text(text)), Node::Text(more)) => text.push_str(&more),
        (_, node) => last.children.push(node),
    }
}

fn element(start: &BytesStart) -> Element {
    let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_owned();
    let attributes = start.attributes().flatten().map(|attribute| {
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        (local(attribute.key.as_ref()), value.map(|v| v.into_owned()).unwrap_or_default())
    });
    Element {
        name: local(start.name().as_ref()),
        attributes: attributes.collect(),
        children: Vec::new(),
    }
}
