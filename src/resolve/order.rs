//! Puts the chapters in order and gives each its slug, number, part and path.

use super::Input;
use crate::document::{BlockKind, plain_text};
use crate::quick::{QuickMap, QuickSet};
use crate::report::{Bindings, Chapter, Part};
use crate::unit::Unit;
use std::sync::Arc;

/// Names that the site itself uses for pages and folders.
pub const RESERVED_SLUGS: &[&str] =
    &["assets", "claims", "data", "law", "print", "search", "sources", "404", "pagefind"];

/// Chapters without their content, and the parts. Drafts are left out.
pub fn place(input: Input, units: &[Arc<Unit>]) -> (Vec<Chapter>, Vec<Part>) {
    let mut places: Vec<Place> =
        units.iter().filter(|unit| !unit.front.draft).map(|unit| Place::of(input, unit)).collect();
    let folder_orders = folder_orders(&places);
    for place in &mut places {
        place.weigh(&folder_orders);
    }
    places.sort_by(|a, b| a.key.cmp(&b.key));
    let mut placing = Placing::new(input);
    places.into_iter().for_each(|place| placing.add(place));
    (placing.chapters, placing.parts)
}

/// Chapters as they are placed.
struct Placing<'a> {
    input: Input<'a>,
    chapters: Vec<Chapter>,
    parts: Vec<Part>,
    /// The place of the last chapter that is not the front page.
    position: usize,
    numbers: Numbers,
    slugs: Slugs,
}

/// A chapter's place among the files.
struct Place<'a> {
    unit: &'a Arc<Unit>,
    /// Folders below the content folder, outermost first.
    folders: Vec<String>,
    /// File name without `.md`.
    stem: String,
    /// One weight and name for each folder, then for the file.
    key: Vec<(i64, String)>,
}

impl<'a> Place<'a> {
    fn of(input: Input, unit: &'a Arc<Unit>) -> Place<'a> {
        let path = &input.sources.file(unit.file).path;
        let below = path.strip_prefix(&format!("{}/", input.config.book.src)).unwrap_or(path);
        let mut folders: Vec<String> = below.split('/').map(str::to_owned).collect();
        let name = folders.pop().unwrap_or_default();
        let stem = name.strip_suffix(".md").unwrap_or(&name).to_owned();
        Place { unit, folders, stem, key: Vec::new() }
    }

    fn is_index(&self) -> bool {
        self.stem == "index" || self.stem == "README"
    }

    fn is_front(&self) -> bool {
        self.is_index() && self.folders.is_empty()
    }

    /// Sets the key: `order:` counts before the number at the head of a name, and that before the
    /// name itself; an index stands before its folder's chapters.
    fn weigh(&mut self, folder_orders: &QuickMap<String, i64>) {
        let mut path = String::new();
        for folder in &self.folders {
            path = if path.is_empty() { folder.clone() } else { format!("{path}/{folder}") };
            let order = folder_orders.get(&path).copied();
            self.key.push((order.unwrap_or_else(|| leading_number(folder)), folder.clone()));
        }
        let weight = match &self.unit.front.order {
            _ if self.is_index() => i64::MIN,
            Some(order) => order.value,
            None => leading_number(&self.stem),
        };
        self.key.push((weight, self.stem.clone()));
    }
}

/// `order:` of folders, as their index files set it.
fn folder_orders(places: &[Place]) -> QuickMap<String, i64> {
    let indexes = places.iter().filter(|place| place.is_index());
    indexes
        .filter_map(|place| Some((place.folders.join("/"), place.unit.front.order.as_ref()?.value)))
        .collect()
}

/// The number at the head of a name; names without one come after all that have one.
fn leading_number(name: &str) -> i64 {
    let digits = name.find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len());
    name[..digits].parse().unwrap_or(i64::MAX - 1)
}

/// The next chapter number.
#[derive(Default)]
struct Numbers {
    last: u32,
}

impl Numbers {
    /// The author's number, or the one after the last; an index has none unless it is given one.
    fn next(&mut self, place: &Place) -> Option<String> {
        if let Some(number) = &place.unit.front.number {
            if let Ok(number) = number.value.parse() {
                self.last = number;
            }
            return Some(number.value.clone()).filter(|number| !number.is_empty());
        }
        if place.is_index() {
            return None;
        }
        self.last = self.last.saturating_add(1);
        Some(self.last.to_string())
    }
}

impl<'a> Placing<'a> {
    fn new(input: Input<'a>) -> Placing<'a> {
        Placing {
            input,
            chapters: Vec::new(),
            parts: Vec::new(),
            position: 0,
            numbers: Numbers::default(),
            slugs: Slugs::default(),
        }
    }

    fn add(&mut self, place: Place) {
        let is_front = place.is_front();
        let title = title(&place);
        let slug = if is_front { String::new() } else { self.slugs.next(&place) };
        let part = (!is_front).then(|| self.part(&place, &title)).flatten();
        let language = place.unit.front.lang.as_ref().map(|lang| lang.value.clone());
        self.position += usize::from(!is_front);
        self.chapters.push(Chapter {
            unit: Arc::clone(place.unit),
            is_front,
            path: if is_front { String::new() } else { format!("{slug}/") },
            slug,
            number: self.numbers.next(&place),
            part,
            title,
            language: language.unwrap_or_else(|| self.input.config.book.language.clone()),
            position: if is_front { 0 } else { self.position },
            notes: Vec::new(),
            cited: Vec::new(),
            entries: Vec::new(),
            targets: Vec::new(),
            claims: Vec::new(),
            mentions: Vec::new(),
            names: Vec::new(),
            doubts: Vec::new(),
            passages: Vec::new(),
            words: 0,
            bindings: Bindings::default(),
        });
    }

    /// The part of a chapter: its outermost folder.
    fn part(&mut self, place: &Place, title: &str) -> Option<usize> {
        let folder = place.folders.first()?;
        if let Some(known) = self.parts.iter().position(|part| part.folder == *folder) {
            return Some(known);
        }
        let title = if place.is_index() { title.to_owned() } else { humanised(folder) };
        self.parts.push(Part { folder: folder.clone(), title });
        Some(self.parts.len() - 1)
    }
}

/// The title: that of the front matter, else the first heading of level 1, else the file's name.
fn title(place: &Place) -> String {
    let front = Some(plain_text(&place.unit.title));
    let heading = || {
        place.unit.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Heading(heading) if heading.level == 1 => Some(plain_text(&heading.content)),
            _ => None,
        })
    };
    let named = |text: &String| !text.trim().is_empty();
    front.filter(named).or_else(|| heading().filter(named)).unwrap_or_else(|| {
        let name = if place.is_index() { place.folders.last() } else { Some(&place.stem) };
        humanised(name.map_or("Report", String::as_str))
    })
}

/// The slugs that are given.
#[derive(Default)]
struct Slugs {
    taken: QuickSet<String>,
    /// The number after the last that was added to a slug to make it another.
    counts: QuickMap<String, u32>,
}

impl Slugs {
    /// The author's, else made from the file's name; made unique where two would share one.
    fn next(&mut self, place: &Place) -> String {
        let own = place.unit.front.slug.as_ref().map(|slug| slugify(&slug.value));
        let name = if place.is_index() { place.folders.last() } else { Some(&place.stem) };
        let base = own
            .filter(|slug| !slug.is_empty())
            .unwrap_or_else(|| chapter_slug(name.map_or("chapter", String::as_str)));
        let mut slug = base.clone();
        while RESERVED_SLUGS.contains(&slug.as_str()) || !self.taken.insert(slug.clone()) {
            let count = self.counts.entry(base.clone()).or_insert(2);
            slug = format!("{base}-{count}");
            *count += 1;
        }
        slug
    }
}

/// The slug of a file's or a folder's name: `04-muzzled-media` gives `muzzled-media`.
pub fn chapter_slug(name: &str) -> String {
    let slug = slugify(unnumbered(name));
    if slug.is_empty() { format!("chapter-{}", slugify(name)) } else { slug }
}

fn unnumbered(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.trim_start_matches(['-', '_', '.', ' ']);
    if rest.is_empty() { name } else { rest }
}

/// A name as a title: `04-muzzled-media` gives `Muzzled media`.
fn humanised(name: &str) -> String {
    let words = unnumbered(name).replace(['-', '_'], " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => name.to_owned(),
    }
}

/// Letters and digits of any script in lower case, with hyphens between words.
pub fn slugify(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !matches!(c, '’' | '\'') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_slugs_and_titles() {
        assert_eq!(chapter_slug("04-muzzled-media"), "muzzled-media");
        assert_eq!(chapter_slug("2019"), "2019");
        assert_eq!(humanised("04-muzzled_media"), "Muzzled media");
        assert_eq!(slugify("Kazakhstan’s  «свобода» – 2"), "kazakhstans-свобода-2");
        assert!(leading_number("02-b") < leading_number("10-a"));
        assert!(leading_number("10-a") < leading_number("about"));
    }
}
