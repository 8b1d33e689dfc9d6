//! The text of a style that does not read → the place of the mistake.
//!
//! The engine's parser tells what is wrong but not where. A file that is not well formed is
//! searched for the tag at fault; in one that is, the parser's path (`macro[9].choose.if`) is
//! followed to its element.

/// An element in the text.
#[derive(Debug)]
struct Node {
    name: String,
    /// The byte at which its tag opens.
    at: usize,
    children: Vec<usize>,
}

/// A mistake in the shape of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) message: String,
    /// Line and column, counted from 1, the column in characters.
    pub(super) place: (usize, usize),
}

/// Finds what keeps a file from being well formed.
pub(super) fn ill_formed(xml: &str) -> Option<Fault> {
    read(xml).err()
}

/// The name of the element that holds all others, if it is not a style's.
pub(super) fn other_root(xml: &str) -> Option<String> {
    let root = read(xml).ok()?.into_iter().next()?.name;
    (root != "style").then_some(root)
}

/// Finds the element a parser's path leads to, as far as it leads.
pub(super) fn place(xml: &str, path: &str) -> Option<(usize, usize)> {
    let nodes = read(xml).ok()?;
    let mut node = nodes.first()?;
    for step in path.split('.').filter(|step| !step.is_empty()) {
        let (name, index) = match step.strip_suffix(']').and_then(|step| step.split_once('[')) {
            Some((name, index)) => (name, index.parse().unwrap_or(0)),
            None => (step, 0),
        };
        let named = |child: &&usize| name == "$value" || nodes[**child].name == name;
        match node.children.iter().filter(named).nth(index) {
            Some(child) => node = &nodes[*child],
            // The name of an element reached by its number stands once more.
            None if node.name == name => {}
            None => break,
        }
    }
    Some(line_and_column(xml, node.at))
}

pub(super) fn line_and_column(xml: &str, at: usize) -> (usize, usize) {
    let before = &xml[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

/// Reads the elements of a file, the root first.
fn read(xml: &str) -> Result<Vec<Node>, Fault> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(found) = xml[at..].find('<') {
        at += found;
        let fault = |message: String| Fault { message, place: line_and_column(xml, at) };
        let rest = &xml[at..];
        let Some(end) = tag_end(rest) else {
            return Err(fault("this tag is not closed: there is no `>` behind it".to_owned()));
        };
        let tag = &rest[1..end];
        if let Some(name) = tag.strip_prefix('/') {
            close(xml, &nodes, &mut open, name.trim(), at)?;
        } else if !tag.starts_with(['!', '?']) {
            let name: String =
                tag.chars().take_while(|c| !c.is_whitespace() && *c != '/').collect();
            if let Some(parent) = open.last() {
                let child = nodes.len();
                nodes[*parent].children.push(child);
            }
            if !tag.ends_with('/') {
                open.push(nodes.len());
            }
            nodes.push(Node { name, at, children: Vec::new() });
        }
        at += end + 1;
    }
    match (open.last(), nodes.is_empty()) {
        (Some(last), _) => Err(Fault {
            message: format!("`<{}>` is never closed", nodes[*last].name),
            place: line_and_column(xml, nodes[*last].at),
        }),
        (None, true) => Err(Fault { message: "this is not XML".to_owned(), place: (1, 1) }),
        (None, false) => Ok(nodes),
    }
}

fn close(
    xml: &str,
    nodes: &[Node],
    open: &mut Vec<usize>,
    name: &str,
    at: usize,
) -> Result<(), Fault> {
    let place = || line_and_column(xml, at);
    let Some(last) = open.pop() else {
        return Err(Fault { message: format!("`</{name}>` closes nothing"), place: place() });
    };
    if nodes[last].name == name {
        return Ok(());
    }
    let opened = line_and_column(xml, nodes[last].at).0;
    let message =
        format!("`</{name}>` stands where `<{}>` of line {opened} must close", nodes[last].name);
    Err(Fault { message, place: place() })
}

/// Finds the end of a tag, a comment or a section; `>` inside quotation marks does not count.
pub(super) fn tag_end(rest: &str) -> Option<usize> {
    for (start, end) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
        if rest.starts_with(start) {
            return Some(rest.find(end)? + end.len() - 1);
        }
    }
    let mut quote = None;
    for (at, c) in rest.char_indices().skip(1) {
        match (quote, c) {
            (None, '>') => return Some(at),
            // A tag inside a tag: the quotation mark before it was not closed.
            (_, '<') => return None,
            (None, '"' | '\'') => quote = Some(c),
            (Some(mark), c) if mark == c => quote = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_tag_at_fault_is_found() {
        let fault = |xml: &str| ill_formed(xml).map(|fault| (fault.place, fault.message));
        assert_eq!(fault("<a>\n <b c='>'/>\n</a>"), None);
        let (place, message) = fault("<a>\n  <b>\n</a>").expect("a fault");
        assert_eq!(place, (3, 1));
        assert_eq!(message, "`</a>` stands where `<b>` of line 2 must close");
        assert_eq!(fault("<a><b></b>").expect("a fault").0, (1, 1));
        assert_eq!(fault("<a>\n<b c=\"x>\n</b></a>").expect("a fault").0, (2, 1));
        assert_eq!(fault("text").expect("a fault").0, (1, 1));
    }

    #[test]
    fn a_path_leads_to_its_element() {
        let xml =
            "<style>\n<macro/>\n<macro>\n <choose>\n  <if><text/></if></choose></macro></style>";
        assert_eq!(place(xml, "macro[1].$value[0].choose.if.$value[0].text"), Some((5, 7)));
        assert_eq!(place(xml, "macro[1].$value[0].choose.if.@variable[3]"), Some((5, 3)));
        assert_eq!(place(xml, "."), Some((1, 1)));
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(xml in "[<>/!?a-c \"'\n\\-\\[\\]]{0,60}", path in "[a-c$.\\[\\]0-9]{0,20}") {
            let _ = (ill_formed(&xml), place(&xml, &path));
        }
    }
}
