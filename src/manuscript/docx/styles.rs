//! What a document's styles and numberings say of a paragraph.

use super::xml::Element;
use std::collections::HashMap;

/// A style.
#[derive(Debug, Clone, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    numbering: Option<(String, usize)>,
    bold: Option<bool>,
    italic: Option<bool>,
}

/// What a paragraph is by its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Plain text.
    Text,
    /// The title of the document.
    Title,
    /// A heading; 1 is the highest.
    Heading(u8),
    /// A quotation.
    Quote,
    /// Code.
    Code,
    /// A line of a table of contents.
    Contents,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub struct Styles {
    by_id: HashMap<String, Style>,
}

/// How many styles may be based on each other.
const LONGEST_CHAIN: usize = 20;

impl Styles {
    /// Reads `styles.xml`.
    pub fn of(root: &Element) -> Styles {
        let styles = root.elements().filter(|element| element.name == "style");
        let by_id = styles.filter_map(|style| {
            let id = style.attribute("styleId")?.to_owned();
            let outline = style.value(&["pPr", "outlineLvl"]).and_then(|v| v.parse().ok());
            Some((
                id,
                Style {
                    name: style.value(&["name"]).unwrap_or_default().to_lowercase(),
                    based_on: style.value(&["basedOn"]).map(str::to_owned),
                    outline: outline.filter(|level| *level < 9),
                    numbering: style.at(&["pPr"]).and_then(numbering),
                    bold: style.at(&["rPr", "b"]).map(is_on),
                    italic: style.at(&["rPr", "i"]).map(is_on),
                },
            ))
        });
        Styles { by_id: by_id.collect() }
    }

    /// The style with this id and those that it is based on.
    fn chain<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Style> {
        let mut next = self.by_id.get(id);
        let mut left = LONGEST_CHAIN;
        std::iter::from_fn(move || {
            let style = next?;
            left -= 1;
            let base = style.based_on.as_ref().filter(|_| left > 0);
            next = base.and_then(|base| self.by_id.get(base));
            Some(style)
        })
    }

    /// What a paragraph with style `id` and properties of its own is.
    pub fn role(&self, id: Option<&str>, properties: Option<&Element>) -> Role {
        let own = properties.and_then(|p| p.value(&["outlineLvl"])).and_then(|v| v.parse().ok());
        if let Some(level) = own.filter(|level: &u8| *level < 9) {
            return Role::Heading(level + 1);
        }
        let Some(id) = id else { return Role::Text };
        for style in self.chain(id) {
            if let Some(role) = role_by_name(&style.name) {
                return role;
            }
            if let Some(level) = style.outline {
                return Role::Heading(level + 1);
            }
        }
        role_by_name(&spaced(id)).unwrap_or(Role::Text)
    }

    /// The numbering that a style gives: its id and the level.
    pub fn numbering(&self, id: &str) -> Option<(String, usize)> {
        self.chain(id).find_map(|style| style.numbering.clone())
    }

    /// Whether a character style is bold and italic.
    pub fn emphasis(&self, id: &str) -> (bool, bool) {
        let find = |of: fn(&Style) -> Option<bool>| self.chain(id).find_map(of).unwrap_or(false);
        (find(|style| style.bold), find(|style| style.italic))
    }

    /// The name of a style in lower case; its id where it has no name.
    pub fn name(&self, id: &str) -> String {
        self.by_id.get(id).map_or_else(|| id.to_lowercase(), |style| style.name.clone())
    }
}

/// `Heading1` as `heading 1`.
fn spaced(id: &str) -> String {
    let words = id.trim_end_matches(|c: char| c.is_ascii_digit());
    format!("{} {}", words.to_lowercase(), &id[words.len()..]).trim().to_owned()
}

fn role_by_name(name: &str) -> Option<Role> {
    let number = |prefix: &str| {
        let rest = name.strip_prefix(prefix)?.trim();
        rest.parse::<u8>().ok().filter(|level| (1..=9).contains(level))
    };
    let heading =
        number("heading").or_else(|| number("überschrift")).or_else(|| number("заголовок"));
    match name {
        _ if heading.is_some() => heading.map(Role::Heading),
        "title" => Some(Role::Title),
        "quote" | "intense quote" | "block text" | "quotations" | "block quotation" => {
            Some(Role::Quote)
        }
        "source code" | "preformatted text" | "html preformatted" | "macro" | "code" => {
            Some(Role::Code)
        }
        "toc heading" | "contents heading" => Some(Role::Contents),
        _ if number("toc").is_some() || number("contents").is_some() => Some(Role::Contents),
        _ => None,
    }
}

/// The numbering in the properties of a paragraph: its id and the level.
pub fn numbering(properties: &Element) -> Option<(String, usize)> {
    let numbered = properties.child("numPr")?;
    let level = numbered.value(&["ilvl"]).and_then(|v| v.parse().ok()).unwrap_or(0);
    Some((numbered.value(&["numId"])?.to_owned(), level))
}

/// Whether a property is on: `<b/>`, `<b val="1"/>`.
pub fn is_on(element: &Element) -> bool {
    !matches!(element.attribute("val"), Some("0" | "false" | "none" | "off"))
}

/// The numberings of a document.
#[derive(Debug, Default)]
pub struct Numberings {
    /// By numbering and level: whether it counts, and from what.
    levels: HashMap<(String, usize), (bool, u64)>,
}

impl Numberings {
    /// Reads `numbering.xml`.
    pub fn of(root: &Element) -> Numberings {
        let abstracts: HashMap<&str, &Element> = root
            .elements()
            .filter(|element| element.name == "abstractNum")
            .filter_map(|element| Some((element.attribute("abstractNumId")?, element)))
            .collect();
        let mut levels = HashMap::new();
        for number in root.elements().filter(|element| element.name == "num") {
            let Some(id) = number.attribute("numId") else { continue };
            let Some(form) = number.value(&["abstractNumId"]).and_then(|id| abstracts.get(id))
            else {
                continue;
            };
            for level in form.elements().filter(|element| element.name == "lvl") {
                let Some(place) = level.attribute("ilvl").and_then(|v| v.parse().ok()) else {
                    continue;
                };
                let counts = !matches!(level.value(&["numFmt"]), Some("bullet" | "none") | None);
                let start = level.value(&["start"]).and_then(|v| v.parse().ok()).unwrap_or(1);
                levels.insert((id.to_owned(), place), (counts, start));
            }
        }
        Numberings { levels }
    }

    /// Whether the items of a numbering at a level are counted, and from what.
    pub fn level(&self, numbering: &(String, usize)) -> (bool, u64) {
        self.levels.get(numbering).copied().unwrap_or((false, 1))
    }
}
