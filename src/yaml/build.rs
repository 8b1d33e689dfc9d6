//! Parser events into the tree: one pass that stops at the first thing that is not YAML.

use super::lines::floor;
use super::{DEPTH_LIMIT, Node, Origin, Value};
use crate::diagnostic::{BAD_YAML, Diagnostic};
use crate::quick::QuickMap;
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, StructureStyle, Tag};
use std::borrow::Cow;
use std::ops::Range;

/// Assumed bytes of a node beside its text.
pub(super) const NODE_COST: usize = 64;

/// Why and where a pass stopped; offsets count from the start of the parsed text.
#[derive(Debug)]
pub(super) struct Stop {
    pub kind: StopKind,
    /// The place of the mistake as the parser sees it.
    pub at: usize,
    /// End of the last piece that was read well.
    pub read_to: usize,
    /// The last scalar that was read, if it was the last piece.
    pub last_scalar: Option<Range<usize>>,
    /// Where the innermost `[` or `{` that is still open stands.
    pub open_bracket: Option<usize>,
}

/// The mistakes that stop a pass.
#[derive(Debug)]
pub(super) enum StopKind {
    /// The parser's own.
    Syntax(ErrorKind),
    /// A quoted text runs on into lines that are not indented under its key.
    SwallowedLines,
    /// A second `---`.
    SecondDocument,
    /// Lists and maps too deep, or copies of them by alias.
    TooDeep,
}

/// What one pass made.
pub(super) struct Pass {
    pub root: Option<Node>,
    pub diagnostics: Vec<Diagnostic>,
    pub stop: Option<Stop>,
}

/// Raw text by the offset after its key's colon, put in place of values that cannot be read.
pub(super) type Patches = QuickMap<usize, Range<usize>>;

/// Reads `text`; `patches` are values that recovery has blanked out of `text`, found in `raw`.
pub(super) fn pass(text: &str, raw: &str, origin: Origin, patches: &Patches) -> Pass {
    let mut options = granit_parser::options! {
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        flow_nesting_limit: DEPTH_LIMIT,
        block_nesting_limit: DEPTH_LIMIT,
        bom_inside_document_as_content: true,
    };
    options.set_emit_comments(false);
    let mut builder = Builder::new(text, raw, origin, patches);
    for next in Parser::new_from_str_with_options(text, options) {
        let step = match next {
            Ok((event, span)) => builder.event(event, span),
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
                Err((StopKind::Syntax(error.kind().clone()), at))
            }
        };
        if let Err((kind, at)) = step {
            return builder.stopped(kind, at);
        }
    }
    Pass { root: builder.root, diagnostics: builder.diagnostics, stop: None }
}

/// A list or map that is still open.
struct Open {
    start: usize,
    anchor: usize,
    flow: bool,
    /// Column of the last key, for a map in block style.
    indent: Option<usize>,
    body: Body,
    /// Depth of the deepest thing inside, and bytes of it all.
    size: Size,
}

enum Body {
    List(Vec<Node>),
    Map(Vec<(Node, Node)>, Option<Node>),
}

/// How much a tree holds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Size {
    pub depth: usize,
    pub cost: usize,
}

pub(super) struct Builder<'t> {
    pub text: &'t str,
    raw: &'t str,
    pub origin: Origin,
    patches: &'t Patches,
    stack: Vec<Open>,
    /// Finished nodes by anchor; none where the budget was spent.
    pub anchors: QuickMap<usize, Option<(Node, Size)>>,
    pub copied: usize,
    /// Whether a copy was left out.
    pub spent: bool,
    documents: usize,
    pub read_to: usize,
    pub last_scalar: Option<Range<usize>>,
    root: Option<Node>,
    pub diagnostics: Vec<Diagnostic>,
}

pub(super) type Step = Result<(), (StopKind, usize)>;

impl<'t> Builder<'t> {
    fn new(text: &'t str, raw: &'t str, origin: Origin, patches: &'t Patches) -> Builder<'t> {
        Builder {
            text,
            raw,
            origin,
            patches,
            stack: Vec::new(),
            anchors: QuickMap::default(),
            copied: 0,
            spent: false,
            documents: 0,
            read_to: 0,
            last_scalar: None,
            root: None,
            diagnostics: Vec::new(),
        }
    }

    fn event(&mut self, event: Event<'_>, span: granit_parser::Span) -> Step {
        let range = self.range(&span);
        let tag = span.tag_span().map(|tag| self.range(&tag));
        match event {
            Event::DocumentStart(..) => return self.document(range),
            Event::Scalar(text, style, anchor, kind) => {
                let core = self.check_tag(tag, kind.as_deref());
                self.scalar(text, style, anchor, core, range, span.indent)?;
            }
            Event::SequenceStart(style, anchor, kind) => {
                self.check_tag(tag, kind.as_deref());
                self.open(Body::List(Vec::new()), style, anchor, range)?;
            }
            Event::MappingStart(style, anchor, kind) => {
                self.check_tag(tag, kind.as_deref());
                self.open(Body::Map(Vec::new(), None), style, anchor, range)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range)?,
            Event::Alias(id) => self.alias(id, range)?,
            Event::UnresolvedAlias(name) => self.unresolved(&name, range)?,
            _ => {}
        }
        Ok(())
    }

    /// Bytes of a parser span, cut to what exists.
    fn range(&self, span: &granit_parser::Span) -> Range<usize> {
        let end = self.text.len();
        let range = span.byte_range().unwrap_or(end..end);
        let start = floor(self.text, range.start);
        start..floor(self.text, range.end).max(start)
    }

    fn document(&mut self, range: Range<usize>) -> Step {
        self.documents += 1;
        if self.documents > 1 { Err((StopKind::SecondDocument, range.start)) } else { Ok(()) }
    }

    /// Reports a tag that is not YAML's own; says whether the tag makes its scalar a text.
    fn check_tag(&mut self, range: Option<Range<usize>>, tag: Option<&Tag>) -> bool {
        let (Some(range), Some(tag)) = (range, tag) else { return false };
        if tag.is_custom() {
            let words =
                format!("`{}` is read as a YAML tag, not as text", &self.text[range.clone()]);
            let diagnostic = Diagnostic::new(&BAD_YAML, self.origin.span(range), words)
                .help("put the whole value in quotes");
            self.diagnostics.push(diagnostic);
        }
        tag.is_yaml_core_schema_tag("str")
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        anchor: usize,
        tagged: bool,
        range: Range<usize>,
        indent: Option<usize>,
    ) -> Step {
        let plain = style == ScalarStyle::Plain && !tagged;
        if let Some(raw) = self.patch(&range) {
            let text = unquoted(&self.raw[raw.clone()]).to_string();
            return self.add(self.node(raw, Value::Scalar { text, quoted: true }), Size::default());
        }
        self.check_lines(style, &range)?;
        self.note_indent(indent);
        let cost = text.len();
        let value = match plain && matches!(&*text, "" | "~" | "null") {
            true => Value::Null,
            false => Value::Scalar { text: text.into_owned(), quoted: !plain },
        };
        self.read_to = self.read_to.max(range.end);
        self.last_scalar = Some(range.clone());
        let node = self.node(range, value);
        self.add_anchored(node, Size { depth: 0, cost }, anchor)
    }

    /// The raw value that recovery blanked out after the colon of the key that was just read.
    fn patch(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let Body::Map(_, Some(key)) = &self.stack.last()?.body else { return None };
        if self.patches.is_empty() || !range.is_empty() {
            return None;
        }
        let end = key.span.end - self.origin.start;
        let colon = end + self.text.get(end..)?.find(':')?;
        self.patches.get(&(colon + 1)).cloned()
    }

    /// Stops where a quoted value of a block map runs on into lines that are not under its key.
    fn check_lines(&self, style: ScalarStyle, range: &Range<usize>) -> Step {
        let quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
        let Some(Open { flow: false, indent: Some(indent), body: Body::Map(_, Some(_)), .. }) =
            self.stack.last()
        else {
            return Ok(());
        };
        let shallow = |line: &str| {
            let content = line.trim_start_matches(' ');
            !content.trim().is_empty() && line.len() - content.len() <= *indent
        };
        if quoted && self.text[range.clone()].split('\n').skip(1).any(shallow) {
            return Err((StopKind::SwallowedLines, range.start));
        }
        Ok(())
    }

    /// Remembers the column of a key of the innermost map.
    fn note_indent(&mut self, indent: Option<usize>) {
        if let (Some(open), Some(indent)) = (self.stack.last_mut(), indent)
            && matches!(open.body, Body::Map(_, None))
        {
            open.indent = Some(indent);
        }
    }

    fn open(
        &mut self,
        body: Body,
        style: StructureStyle,
        anchor: usize,
        range: Range<usize>,
    ) -> Step {
        if self.stack.len() >= DEPTH_LIMIT {
            return Err((StopKind::TooDeep, range.start));
        }
        self.read_to = self.read_to.max(range.end);
        self.last_scalar = None;
        let flow = style == StructureStyle::Flow;
        let (start, size) = (range.start, Size { depth: 1, cost: NODE_COST });
        self.stack.push(Open { start, anchor, flow, indent: None, body, size });
        Ok(())
    }

    fn close(&mut self, range: Range<usize>) -> Step {
        let Some(open) = self.stack.pop() else { return Ok(()) };
        let anchor = open.anchor;
        if open.flow {
            self.read_to = self.read_to.max(range.end);
        }
        self.last_scalar = None;
        let (node, size) = self.finish(open, range.end);
        self.add_anchored(node, size, anchor)
    }

    /// Makes the node of a list or map that ends at `end`.
    fn finish(&mut self, open: Open, end: usize) -> (Node, Size) {
        let size = open.size;
        let value = match open.body {
            Body::List(items) => Value::List(items),
            Body::Map(pairs, dangling) => {
                let mut pairs = pairs;
                if let Some(key) = dangling {
                    let after = key.span.end - self.origin.start;
                    pairs.push((key, self.node(after..after, Value::Null)));
                }
                Value::Map(self.merge(pairs))
            }
        };
        // A block ends where the next thing begins; its own last byte is what an author sees.
        let end = match open.flow {
            true => end,
            false => last_end(&value, self.origin).unwrap_or(open.start).max(open.start),
        };
        (self.node(open.start..end, value), size)
    }

    pub(super) fn node(&self, range: Range<usize>, value: Value) -> Node {
        Node { span: self.origin.span(range), value }
    }

    fn add_anchored(&mut self, node: Node, size: Size, anchor: usize) -> Step {
        // Keeping a copy counts as well: anchors inside anchors would else cost depth times size.
        if anchor != 0 && self.afford(size) {
            self.anchors.insert(anchor, Some((node.clone(), size)));
        } else if anchor != 0 {
            self.anchors.insert(anchor, None);
        }
        self.add(node, size)
    }

    /// Puts a finished node where it belongs.
    pub(super) fn add(&mut self, node: Node, size: Size) -> Step {
        let at = node.span.start.saturating_sub(self.origin.start);
        if self.stack.len() + size.depth > DEPTH_LIMIT {
            return Err((StopKind::TooDeep, at));
        }
        let Some(open) = self.stack.last_mut() else {
            self.root.get_or_insert(node);
            return Ok(());
        };
        open.size.depth = open.size.depth.max(size.depth + 1);
        open.size.cost += size.cost + NODE_COST;
        match &mut open.body {
            Body::List(items) => items.push(node),
            Body::Map(pairs, key) => match key.take() {
                Some(key) => pairs.push((key, node)),
                None => *key = Some(node),
            },
        }
        Ok(())
    }

    /// Closes what is open and gives it out with the reason for stopping.
    fn stopped(mut self, kind: StopKind, at: usize) -> Pass {
        let open_bracket = self.stack.iter().rev().find(|open| open.flow).map(|open| open.start);
        let stop = Stop {
            kind,
            at: floor(self.text, at),
            read_to: self.read_to,
            last_scalar: self.last_scalar.take(),
            open_bracket,
        };
        while let Some(open) = self.stack.pop() {
            let end = self.read_to.max(open.start);
            let (node, size) = self.finish(open, end);
            // Too deep a copy is left out; what surrounds it is still given out.
            let _ = self.add(node, size);
        }
        Pass { root: self.root, diagnostics: self.diagnostics, stop: Some(stop) }
    }
}

/// Where the last thing of a block ends, counted from the start of the parsed text.
fn last_end(value: &Value, origin: Origin) -> Option<usize> {
    let end = match value {
        Value::List(items) => items.iter().map(|item| item.span.end).max(),
        Value::Map(pairs) => {
            pairs.iter().map(|(key, value)| key.span.end.max(value.span.end)).max()
        }
        Value::Null | Value::Scalar { .. } => None,
    };
    end.map(|end| end.saturating_sub(origin.start))
}

/// Raw text of a value without a quote that opens it and one that closes it.
fn unquoted(raw: &str) -> &str {
    match raw.chars().next() {
        Some(quote @ ('"' | '\'')) => raw[1..].strip_suffix(quote).unwrap_or(&raw[1..]),
        _ => raw,
    }
}
