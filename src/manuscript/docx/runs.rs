//! Runs of a paragraph into inlines: emphasis, links, marks of notes, images, tracked changes.

use super::styles::is_on;
use super::xml::{Element, Node};
use super::{Changes, NoteKind, Reader};
use crate::manuscript::draft::Inline;

/// How a run looks.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Format {
    bold: bool,
    italic: bool,
    struck: bool,
    code: bool,
    raised: bool,
    lowered: bool,
    /// The link that it is part of.
    link: Option<usize>,
}

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    format: Format,
    inline: Inline,
}

/// A field that is open: its instruction, and whether its result has begun.
#[derive(Debug, Clone, Default)]
pub struct Field {
    instruction: String,
    shows: bool,
}

impl Reader<'_> {
    /// The inlines of a paragraph.
    pub fn inlines(&mut self, paragraph: &Element) -> Vec<Inline> {
        let mut pieces = Vec::new();
        self.runs(paragraph, None, &mut pieces);
        nest(&pieces, &self.links, 0)
    }

    fn runs(&mut self, parent: &Element, link: Option<usize>, out: &mut Vec<Piece>) {
        for element in parent.elements() {
            match element.name.as_str() {
                "r" => self.run(element, link, out),
                "pPr" | "sdtPr" | "sdtEndPr" => {}
                "ins" | "moveTo" => match self.changes {
                    Changes::Accept => {
                        self.insertions += 1;
                        self.runs(element, link, out);
                    }
                    Changes::Refuse => self.tell_of_change("insertion", "refused", element),
                },
                "del" | "moveFrom" => match self.changes {
                    Changes::Refuse => {
                        self.deletions += 1;
                        self.runs(element, link, out);
                    }
                    Changes::Accept => self.tell_of_change("deletion", "accepted", element),
                },
                "hyperlink" => {
                    let link = self.hyperlink(element).or(link);
                    self.runs(element, link, out);
                }
                "fldSimple" => {
                    let instruction = element.attribute("instr").unwrap_or_default().to_owned();
                    let link = self.field_link(&instruction).or(link);
                    self.runs(element, link, out);
                }
                "oMath" | "oMathPara" => {
                    let text = element.text();
                    self.tell(format!("a formula stands as its letters: “{text}”"));
                    out.push(Piece { format: Format::default(), inline: Inline::Text(text) });
                }
                "AlternateContent" => {
                    if let Some(choice) = choice(element) {
                        self.runs(choice, link, out);
                    }
                }
                _ => self.runs(element, link, out),
            }
        }
    }

    fn tell_of_change(&mut self, what: &str, done: &str, element: &Element) {
        let by = element.attribute("author").map(|by| format!(" by {by}")).unwrap_or_default();
        let words = element.text();
        if !words.trim().is_empty() {
            self.tell(format!(
                "tracked {what}{by} {done}, so these words are not in the chapter: “{words}”"
            ));
        }
    }

    fn hyperlink(&mut self, element: &Element) -> Option<usize> {
        let id = element.attribute("id")?;
        let target = self.relations.get(id)?.clone();
        Some(self.link(target))
    }

    fn link(&mut self, target: String) -> usize {
        self.links.push(target);
        self.links.len() - 1
    }

    fn field_link(&mut self, instruction: &str) -> Option<usize> {
        let rest = instruction.trim().strip_prefix("HYPERLINK")?;
        let target = rest.split('"').nth(1)?;
        let is_inside = rest.trim_start().starts_with("\\l");
        (!is_inside && !target.is_empty()).then(|| self.link(target.to_owned()))
    }

    fn format(&self, run: &Element, link: Option<usize>) -> Format {
        let mut format = Format { link, ..Format::default() };
        let Some(mut properties) = run.child("rPr") else { return format };
        if self.changes == Changes::Refuse
            && let Some(old) = properties.at(&["rPrChange", "rPr"])
        {
            properties = old;
        }
        if let Some(style) = properties.value(&["rStyle"]) {
            (format.bold, format.italic) = self.styles.emphasis(style);
            let name = self.styles.name(style);
            format.code = matches!(
                name.as_str(),
                "verbatim char" | "source text" | "html code" | "teletype" | "macro text"
            );
        }
        let on = |name: &str| properties.child(name).map(is_on);
        format.bold = on("b").unwrap_or(format.bold);
        format.italic = on("i").unwrap_or(format.italic);
        format.struck = on("strike").or(on("dstrike")).unwrap_or(false);
        let raised = properties.value(&["vertAlign"]);
        (format.raised, format.lowered) =
            (raised == Some("superscript"), raised == Some("subscript"));
        format
    }

    fn run(&mut self, run: &Element, link: Option<usize>, out: &mut Vec<Piece>) {
        let hidden = run.at(&["rPr", "vanish"]).is_some_and(is_on);
        if hidden && !run.text().trim().is_empty() {
            self.tell(format!("hidden text is left out: “{}”", run.text()));
            return;
        }
        for element in run.elements() {
            let shown = self.fields.iter().all(|field| field.shows);
            let field_link = self.fields.last().filter(|field| field.shows);
            let instruction = field_link.map(|field| field.instruction.clone());
            let link = instruction.and_then(|words| self.field_link(&words)).or(link);
            let format = self.format(run, link);
            let mut push = |inline: Inline| out.push(Piece { format, inline });
            match element.name.as_str() {
                "t" | "delText" if shown => push(Inline::Text(element.text())),
                "tab" | "ptab" if shown => push(Inline::Text(" ".to_owned())),
                "noBreakHyphen" => push(Inline::Text("\u{2011}".to_owned())),
                "softHyphen" => push(Inline::Text("\u{ad}".to_owned())),
                "cr" => push(Inline::Break),
                "br" if !matches!(element.attribute("type"), Some("page" | "column")) => {
                    push(Inline::Break);
                }
                "sym" => push(Inline::Text(self.symbol(element))),
                "footnoteReference" | "endnoteReference" => {
                    let kind = match element.name.as_str() {
                        "footnoteReference" => NoteKind::Foot,
                        _ => NoteKind::End,
                    };
                    let label = element.attribute("id").map(|id| self.note_label(kind, id));
                    let plain = Format { link: None, ..Format::default() };
                    let inline = label.map(Inline::Note);
                    out.extend(inline.map(|inline| Piece { format: plain, inline }));
                }
                "fldChar" | "instrText" | "delInstrText" => self.field(element),
                "drawing" | "pict" | "object" => self.drawing(element, out),
                "AlternateContent" => {
                    if let Some(choice) = choice(element) {
                        self.drawing(choice, out);
                    }
                }
                _ => {}
            }
        }
    }

    fn field(&mut self, element: &Element) {
        match (element.name.as_str(), element.attribute("fldCharType")) {
            ("fldChar", Some("begin")) => self.fields.push(Field::default()),
            ("fldChar", Some("separate")) => {
                if let Some(field) = self.fields.last_mut() {
                    field.shows = true;
                }
            }
            ("fldChar", Some("end")) => {
                self.fields.pop();
            }
            ("instrText", _) => {
                if let Some(field) = self.fields.last_mut().filter(|field| !field.shows) {
                    field.instruction.push_str(&element.text());
                }
            }
            _ => {}
        }
    }

    fn symbol(&mut self, element: &Element) -> String {
        let code = element.attribute("char").and_then(|hex| u32::from_str_radix(hex, 16).ok());
        let font = element.attribute("font").unwrap_or_default().to_owned();
        let character = code.and_then(char::from_u32).unwrap_or('\u{fffd}');
        self.tell(format!("a sign of the font {font} may not be shown as meant: “{character}”"));
        character.to_string()
    }

    /// Images and text boxes.
    fn drawing(&mut self, drawing: &Element, out: &mut Vec<Piece>) {
        let described = drawing.find("docPr");
        let alt = described
            .and_then(|d| d.attribute("descr").filter(|words| !words.is_empty()))
            .unwrap_or_default()
            .to_owned();
        self.pictures(drawing, &alt, out);
    }

    fn pictures(&mut self, parent: &Element, alt: &str, out: &mut Vec<Piece>) {
        for element in parent.elements() {
            let id = match element.name.as_str() {
                "blip" => element.attribute("embed").or(element.attribute("link")),
                "imagedata" => element.attribute("id"),
                "txbxContent" => {
                    let content = self.blocks(element);
                    self.boxes.push(content);
                    continue;
                }
                "AlternateContent" => {
                    if let Some(choice) = choice(element) {
                        self.pictures(choice, alt, out);
                    }
                    continue;
                }
                _ => None,
            };
            if let Some(target) = id.and_then(|id| self.relations.get(id)).cloned() {
                let alt = element.attribute("title").filter(|_| alt.is_empty()).unwrap_or(alt);
                let target = self.image(&target);
                let inline = Inline::Image { target, alt: alt.to_owned() };
                out.push(Piece { format: Format::default(), inline });
            }
            self.pictures(element, alt, out);
        }
    }
}

/// The content that is to be read of several that say the same.
pub fn choice(element: &Element) -> Option<&Element> {
    let choice = element.child("Choice").filter(|choice| has_content(choice));
    choice.or_else(|| element.child("Fallback"))
}

fn has_content(element: &Element) -> bool {
    element.children.iter().any(|node| match node {
        Node::Text(text) => !text.trim().is_empty(),
        Node::Element(element) => {
            matches!(element.name.as_str(), "blip" | "imagedata" | "txbxContent" | "t" | "oMath")
                || has_content(element)
        }
    })
}

/// The looks of a run in the order in which they enclose each other.
const LAYERS: usize = 7;

/// Pieces into inlines: what looks alike and stands together is one.
fn nest(pieces: &[Piece], links: &[String], layer: usize) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    if layer == LAYERS {
        for piece in pieces {
            match (out.last_mut(), &piece.inline) {
                (Some(Inline::Text(text)), Inline::Text(more)) => text.push_str(more),
                (_, inline) => out.push(inline.clone()),
            }
        }
        return out;
    }
    let mut from = 0;
    while from < pieces.len() {
        let key = wears(&pieces[from].format, links, layer);
        let same = |piece: &Piece| wears(&piece.format, links, layer) == key;
        let end = from + pieces[from..].iter().take_while(|piece| same(piece)).count();
        let group = &pieces[from..end];
        from = end;
        let inner = nest(group, links, layer + 1);
        match key {
            Some(key) if !is_blank(&inner) => out.push(dressed(key, inner, layer)),
            _ => out.extend(inner),
        }
    }
    merged(out)
}

/// What a format has at a layer, as a key.
fn wears<'a>(format: &Format, links: &'a [String], layer: usize) -> Option<&'a str> {
    let flag = match layer {
        0 => return format.link.and_then(|index| links.get(index)).map(String::as_str),
        1 => format.bold,
        2 => format.italic,
        3 => format.struck,
        4 => format.raised,
        5 => format.lowered,
        _ => format.code,
    };
    flag.then_some("")
}

fn dressed(key: &str, content: Vec<Inline>, layer: usize) -> Inline {
    match layer {
        0 => Inline::Link { target: key.to_owned(), content },
        1 => Inline::Strong(content),
        2 => Inline::Emphasis(content),
        3 => Inline::Struck(content),
        4 => Inline::Raised(content),
        5 => Inline::Lowered(content),
        _ => Inline::Code(crate::manuscript::draft::plain(&content)),
    }
}

fn is_blank(inlines: &[Inline]) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Break => true,
        _ => false,
    })
}

fn merged(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match (out.last_mut(), inline) {
            (Some(Inline::Text(text)), Inline::Text(more)) => text.push_str(&more),
            (_, inline) => out.push(inline),
        }
    }
    out
}
