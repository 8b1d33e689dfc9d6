//! A report's own instrument from YAML: every mistake with its place, then the instrument.
//!
//! The schema is that of `law/instruments`. What cannot be read is a diagnostic; an instrument
//! comes out only if all of its values could be read, so that no check rests on half of one.

use super::article::Derogation;
use super::instrument::{Instrument, Kind};
use super::right::{right, rights};
use crate::diagnostic::{BAD_DATE, BAD_VALUE, Diagnostic, UNKNOWN_KEY, UNKNOWN_RIGHT, nearest};
use crate::quick::QuickMap;
use crate::yaml::{self, Node};

const INSTRUMENT: &str = "id name short_name aliases contextual_aliases other_languages kind binding \
    level adopted in_force symbols urls unit article_count derogation_clause limitation_clause parent \
    jurisdiction valid_for versions verified_against articles number supervisory_body \
    opened_for_signature related_instruments proclaimed_again non_restrictable_note alias_note \
    binding_note in_force_note numbering_note parties_note version_note source_warning";
const ADOPTED: &str = "date place by resolution";
const VALID_FOR: &str = "from to";
const ARTICLE: &str =
    "number range title rights related derogation absolute paragraphs partial note confidence";
const RANGE: &str = "first last";
const PARAGRAPH: &str = "ref label rights related derogation absolute confidence";

impl Instrument {
    /// Reads an instrument; `None` if a value of it cannot be read.
    pub fn read(node: &Node) -> (Option<Instrument>, Vec<Diagnostic>) {
        let mut reader = Reader { found: Vec::new() };
        yaml::report_duplicates(node, &mut reader.found);
        reader.instrument(node);
        let unreadable = |diagnostic: &Diagnostic| diagnostic.code == &BAD_VALUE;
        if reader.found.iter().any(unreadable) {
            return (None, reader.found);
        }
        match yaml::decode::<Instrument>(node) {
            Ok(instrument) => (Some(instrument), reader.found),
            Err((span, words)) => {
                reader.found.push(Diagnostic::new(&BAD_VALUE, span, words));
                (None, reader.found)
            }
        }
    }
}

struct Reader {
    found: Vec<Diagnostic>,
}

impl Reader {
    fn instrument(&mut self, node: &Node) {
        if node.as_map().is_none() {
            let words =
                format!("an instrument is a map of keys and values, but here is {}", node.kind());
            self.bad(node, words, "begin with `id`, `name`, `short_name` and `kind`");
            return;
        }
        self.keys(node, INSTRUMENT, "an instrument");
        for key in ["id", "name", "short_name", "kind"] {
            self.text(node, key);
        }
        if let Some(id) = node.get("id").filter(|id| !id.as_text().is_some_and(is_id)) {
            self.bad(
                id,
                "an id has only small letters, digits and hyphens".into(),
                "write it like `kz-media-law`",
            );
        }
        self.one_of(node, "kind", &Kind::ALL.map(Kind::name));
        self.one_of(node, "unit", &["article", "paragraph"]);
        for (key, keys, place) in
            [("adopted", ADOPTED, "`adopted`"), ("valid_for", VALID_FOR, "`valid_for`")]
        {
            if let Some(map) = node.get(key) {
                self.keys(map, keys, place);
                map.pairs()
                    .iter()
                    .filter(|(key, _)| is_day(key))
                    .for_each(|(_, day)| self.date(day));
            }
        }
        node.pairs().iter().filter(|(key, _)| is_day(key)).for_each(|(_, day)| self.date(day));
        self.articles(node);
    }

    fn articles(&mut self, node: &Node) {
        let count =
            node.get("article_count").and_then(Node::as_text).and_then(|text| text.parse().ok());
        let mut seen: QuickMap<&str, &Node> = QuickMap::default();
        for article in node.get("articles").map_or(&[][..], Node::items) {
            self.article(article, count);
            let Some((number, text)) =
                article.get("number").and_then(|one| Some((one, one.as_text()?)))
            else {
                continue;
            };
            if let Some(first) = seen.insert(text, number) {
                let words = format!("article {text} is listed twice");
                let diagnostic = Diagnostic::new(&BAD_VALUE, number.span, words)
                    .label(first.span, "first listed here")
                    .help("keep one of the two, or correct its number");
                self.found.push(diagnostic);
            }
        }
    }

    fn article(&mut self, article: &Node, count: Option<u32>) {
        self.keys(article, ARTICLE, "an article");
        self.tags(article);
        if article.get("number").is_some() == article.get("range").is_some() {
            self.bad(
                article,
                "an article has either a `number` or a `range`".into(),
                "write `number: '9'`, or `range: {first: '9', last: '12'}`",
            );
        }
        if let Some(range) = article.get("range") {
            self.keys(range, RANGE, "a range");
            self.text(range, "first");
            self.text(range, "last");
        }
        if let Some(number) = article.get("number")
            && let (Some(count), Some(Ok(value))) = (count, number.as_text().map(str::parse::<u32>))
            && value > count
        {
            let words = format!("there is no article {value} where `article_count` is {count}");
            self.bad(number, words, "correct the number or the count");
        }
        for paragraph in article.get("paragraphs").map_or(&[][..], Node::items) {
            self.keys(paragraph, PARAGRAPH, "a paragraph");
            self.text(paragraph, "ref");
            self.tags(paragraph);
        }
    }

    /// What articles and their paragraphs have in common.
    fn tags(&mut self, node: &Node) {
        self.one_of(node, "derogation", &Derogation::ALL.map(Derogation::name));
        self.one_of(node, "confidence", &["low", "sure"]);
        let lists = ["rights", "related"].into_iter().filter_map(|key| node.get(key));
        for tag in lists.flat_map(Node::items) {
            let Some(id) = tag.as_text().filter(|id| right(id).is_none()) else { continue };
            let words = format!("there is no right `{id}` in the vocabulary");
            let known = nearest(id, rights().iter().map(|right| right.id.as_str()));
            let help = known.map_or_else(
                || "`rapporteur explain unknown-right` lists the rights".to_owned(),
                |known| format!("did you mean `{known}`?"),
            );
            self.found.push(Diagnostic::new(&UNKNOWN_RIGHT, tag.span, words).help(help));
        }
    }

    fn keys(&mut self, node: &Node, known: &str, place: &str) {
        if node.as_map().is_none() {
            self.bad(
                node,
                format!("{place} is a map of keys and values, but here is {}", node.kind()),
                "write it as `key: value`",
            );
        }
        for (key, _) in node.pairs() {
            let Some(name) = key.as_text().filter(|name| !known.split(' ').any(|key| key == *name))
            else {
                continue;
            };
            let diagnostic =
                Diagnostic::new(&UNKNOWN_KEY, key.span, format!("{place} has no key `{name}`"));
            let near = nearest(name, known.split(' '));
            self.found.push(match near {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help("leave it out, or say it in a note"),
            });
        }
    }

    /// Asks for a text under `key`.
    fn text(&mut self, node: &Node, key: &str) {
        match node.get(key) {
            Some(value) if value.as_text().is_some_and(|text| !text.trim().is_empty()) => {}
            Some(value) => self.bad(value, format!("`{key}` is a text"), "write a text here"),
            None => self.bad(
                node,
                format!("the key `{key}` is missing"),
                "add it: nothing can be cited without it",
            ),
        }
    }

    fn one_of(&mut self, node: &Node, key: &str, known: &[&str]) {
        let Some(value) = node.get(key) else { return };
        let text = value.as_text().unwrap_or_default();
        if !known.contains(&text) {
            self.bad(
                value,
                format!("`{key}` cannot be `{text}`"),
                &format!("it is one of {}", known.join(", ")),
            );
        }
    }

    fn date(&mut self, node: &Node) {
        if !node.as_text().is_some_and(is_date) {
            let words = "a day is written as year, month and day: 2019-11-22";
            let diagnostic = Diagnostic::new(&BAD_DATE, node.span, words);
            self.found.push(diagnostic.help("a year alone, or a year and a month, will do too"));
        }
    }

    fn bad(&mut self, node: &Node, words: String, help: &str) {
        self.found.push(Diagnostic::new(&BAD_VALUE, node.span, words).help(help));
    }
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Whether the value under `key` is a day.
fn is_day(key: &Node) -> bool {
    matches!(key.as_text(), Some("date" | "from" | "to" | "in_force" | "opened_for_signature"))
}

/// Whether `text` is `2019`, `2019-11` or `2019-11-22`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits =
        |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let within =
        |part: &str, most: u32| part.parse::<u32>().is_ok_and(|value| (1..=most).contains(&value));
    match parts[..] {
        [year] => digits(year, 4),
        [year, month] => digits(year, 4) && digits(month, 2) && within(month, 12),
        [year, month, day] => {
            digits(year, 4)
                && digits(month, 2)
                && within(month, 12)
                && digits(day, 2)
                && within(day, 31)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    const SOUND: &str = "id: xx-law\nname: Law of X\nshort_name: X law\nkind: statute\narticles:\n\
        - {number: '1', title: Speech, rights: [expression], derogation: n/a}\n";

    fn read(text: &str) -> (Option<Instrument>, Vec<(String, String)>) {
        let mut sources = Sources::default();
        let file = sources.add_text("instruments/x.yaml", text);
        let (node, syntax) = yaml::parse(&sources, file, 0..text.len());
        assert!(syntax.is_empty(), "{syntax:?}");
        let (instrument, found) = Instrument::read(&node.expect("a value"));
        let pair = |one: &Diagnostic| (one.code.name.to_owned(), sources.text(one.span).to_owned());
        (instrument, found.iter().map(pair).collect())
    }

    #[test]
    fn a_sound_instrument_has_nothing_to_report() {
        let (instrument, found) = read(SOUND);
        assert_eq!(found, []);
        assert_eq!(instrument.expect("read").articles[0].rights, ["expression"]);
    }

    #[test]
    fn the_built_in_instruments_are_sound() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("law/instruments");
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let text = std::fs::read_to_string(entry.expect("an entry").path()).expect("text");
            let (instrument, found) = read(&text);
            assert_eq!(found, []);
            assert!(instrument.is_some());
        }
    }

    #[test]
    fn mistakes_are_reported_where_they_are() {
        let cases = [
            ("kind: statute", "kind: stature", "bad-value", "stature", false),
            ("kind: statute\n", "", "bad-value", "", false),
            ("short_name:", "shortname: x\nshort_name:", "unknown-key", "shortname", true),
            ("[expression]", "[expresion]", "unknown-right", "expresion", true),
            ("number: '1'", "nummer: '1'", "unknown-key", "nummer", false),
            ("id: xx-law", "id: XX law", "bad-value", "XX law", false),
            ("articles:", "article_count: 0\narticles:", "bad-value", "'1'", false),
            ("kind:", "in_force: yesterday\nkind:", "bad-date", "yesterday", true),
            ("kind:", "unit: clause\nkind:", "bad-value", "clause", false),
            ("kind:", "binding: maybe\nkind:", "bad-value", "maybe", false),
        ];
        for (from, to, code, place, is_read) in cases {
            let (instrument, found) = read(&SOUND.replace(from, to));
            let hit = found
                .iter()
                .any(|(name, text)| name == code && (place.is_empty() || text == place));
            assert!(hit, "{to}: {found:?}");
            assert_eq!(instrument.is_some(), is_read, "{to}");
        }
    }

    #[test]
    fn an_article_listed_twice_is_reported() {
        let twice = format!("{SOUND}- {{number: '1', title: Again, rights: []}}\n");
        let (_, found) = read(&twice);
        assert_eq!(found, [("bad-value".to_owned(), "'1'".to_owned())]);
    }
}
