//! The names of all instruments in a form that tokens can be compared with.
//!
//! A name is found by its first word. Acronyms are compared as they are written; Russian words by
//! their stems, and the last word of a Kazakh name may carry endings. Quotation marks in a name
//! and the State between “Law” and its subject (“Law of the Republic of X on Y”) do not count.

use super::hash::Quick;
use super::lexicon::determiner;
use super::token::{Case, Kind, Text};
use crate::law::{Instrument, Law, state_name};
use std::collections::{HashMap, HashSet};

/// How a name stands for its instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AliasKind {
    /// The name in full, or a usual short form of it.
    Full,
    /// An acronym.
    Short,
    /// A name that needs an introduction: “the Covenant”.
    Contextual,
    /// A name in another language than English.
    Foreign,
    /// A name that the author gave: (“the Covenant”).
    Defined,
}

impl AliasKind {
    /// The word that is exported.
    pub fn name(self) -> &'static str {
        match self {
            AliasKind::Full => "full",
            AliasKind::Short => "short",
            AliasKind::Contextual => "contextual",
            AliasKind::Foreign => "foreign",
            AliasKind::Defined => "defined",
        }
    }
}

/// A token of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    word: String,
    mark: Option<char>,
    exact: Option<String>,
    capital: bool,
    glued: bool,
}

/// A name and the instruments it may stand for.
#[derive(Debug, Clone)]
pub(super) struct Alias {
    pub pieces: Vec<Piece>,
    pub kind: AliasKind,
    /// Places in the law; one unless the name is contextual.
    pub instruments: Vec<usize>,
    kazakh: bool,
    /// Whether nothing in the name says which State's law it is.
    pub stateless: bool,
}

/// Heads that most names share, so that one word stands for many names in a first look.
const HEADS: [&str; 6] =
    ["convention", "covenant", "constitution", "charter", "declaration", "protocol"];

/// The names of a law.
#[derive(Debug, Default)]
pub(in crate::law) struct Names {
    pub(super) aliases: Vec<Alias>,
    by_first: HashMap<String, Vec<usize>, Quick>,
}

impl Names {
    /// Collects the names of every instrument of `law`.
    pub fn new(law: &Law) -> Names {
        let mut names = Names::default();
        let mut contextual: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, instrument) in law.instruments().iter().enumerate() {
            names.add_instrument(place, instrument, &mut contextual);
        }
        let mut heads: Vec<(String, Vec<usize>)> = contextual.into_iter().collect();
        heads.sort();
        for (head, places) in heads {
            for form in [head.as_str()].into_iter().chain(translations(&head).iter().copied()) {
                names.add(form, AliasKind::Contextual, places.clone(), true);
            }
        }
        names
    }

    fn add_instrument(
        &mut self,
        place: usize,
        instrument: &Instrument,
        contextual: &mut HashMap<String, Vec<usize>>,
    ) {
        let mut seen = HashSet::new();
        let cut = instrument.name.find([',', '(']).unwrap_or(instrument.name.len());
        let numbered = instrument.number.as_ref().map(|number| format!("Law {number}"));
        let own = [instrument.name[..cut].trim(), instrument.name.trim(), &instrument.short_name];
        let own = own.into_iter().chain(numbered.as_deref());
        for alias in instrument.aliases.iter().map(String::as_str).chain(own) {
            let alias = alias.trim();
            if alias.is_empty() || !seen.insert(alias) || is_shorthand(alias) {
                continue;
            }
            if is_bare_protocol(alias) {
                note_contextual(contextual, alias, place);
                continue;
            }
            self.add(alias, alias_kind(alias), vec![place], is_stateless(alias, instrument));
        }
        for (language, aliases) in &instrument.other_languages {
            for alias in aliases {
                let stateless = is_stateless(alias, instrument);
                self.add(alias, AliasKind::Foreign, vec![place], stateless);
                if let Some(last) = self.aliases.last_mut() {
                    last.kazakh = language == "kk";
                }
            }
        }
        for alias in &instrument.contextual_aliases {
            note_contextual(contextual, alias, place);
        }
    }

    fn add(&mut self, name: &str, kind: AliasKind, instruments: Vec<usize>, stateless: bool) {
        let pieces = pieces(name);
        let Some(first) = pieces.first() else { return };
        self.by_first.entry(first.key()).or_default().push(self.aliases.len());
        self.aliases.push(Alias { pieces, kind, instruments, kazakh: false, stateless });
    }

    /// What each name is told by.
    ///
    /// Names that are a letter and a number (`P1`) are left out: they count only beside an article.
    pub(super) fn telling(&self) -> impl Iterator<Item = Telling> + '_ {
        self.aliases.iter().filter_map(|alias| Telling::of(&alias.pieces))
    }

    /// The longest name that begins at token `i`, and the token after it.
    pub(super) fn longest(&self, text: &Text, i: usize) -> Option<(&Alias, usize)> {
        let word = text.word(i);
        if word.is_empty() {
            return None;
        }
        let candidates = self.by_first.get(key_of(word))?;
        candidates
            .iter()
            .filter_map(|&place| {
                let alias = &self.aliases[place];
                Some((alias, alias.ends(text, i)?))
            })
            .max_by_key(|(alias, end)| (*end, alias.kind != AliasKind::Contextual))
    }
}

/// A word without which a name is not there, and the words that stand beside it.
#[derive(Debug, Clone)]
pub(super) struct Telling {
    /// The word in the ways in which it may be written.
    pub forms: Vec<String>,
    /// The word before it in the name; anything goes if the name begins here, or is inflected.
    pub before: Option<String>,
    /// The word after it.
    pub after: Option<String>,
    /// Whether the word ends where the form does.
    pub whole: bool,
}

impl Telling {
    fn of(pieces: &[Piece]) -> Option<Telling> {
        let head = pieces.iter().position(|piece| HEADS.contains(&piece.word.as_str()));
        let longest = (0..pieces.len()).max_by_key(|&i| pieces[i].word.len())?;
        let place = head.unwrap_or(longest);
        let piece = &pieces[place];
        if piece.word.chars().count() < 2 {
            return None;
        }
        let ascii = piece.word.is_ascii();
        let beside = |i: usize| {
            let plain = |piece: &&Piece| piece.mark.is_none() && piece.word.is_ascii();
            pieces.get(i).filter(|_| ascii).filter(plain).map(|piece| piece.word.clone())
        };
        let before = place.checked_sub(1).and_then(beside);
        Some(Telling { forms: piece.written(), before, after: beside(place + 1), whole: ascii })
    }
}

impl Alias {
    /// The token after this name, if it begins at token `i`.
    fn ends(&self, text: &Text, i: usize) -> Option<usize> {
        let inflected = self.kazakh || self.kind == AliasKind::Contextual;
        ends(&self.pieces, text, i, inflected).or_else(|| {
            let law = matches!(self.pieces[0].word.as_str(), "law" | "закон");
            let after = law.then(|| after_state(text, i + 1)).flatten()?;
            self.pieces[0].is(text, i, false).then_some(())?;
            let open = (after..).find(|&at| !text.is(at, '"'))?;
            let end = ends(&self.pieces[1..], text, open, inflected)?;
            Some(end + usize::from(open > after && text.is(end, '"')))
        })
    }
}

/// The token after `pieces`, if they stand at token `i`.
pub(super) fn ends(pieces: &[Piece], text: &Text, i: usize, inflected: bool) -> Option<usize> {
    let mut at = i;
    for (place, piece) in pieces.iter().enumerate() {
        while at > i && text.is(at, '"') {
            at += 1;
        }
        let last = place + 1 == pieces.len();
        if !piece.is(text, at, inflected && last) || (place > 0 && piece.glued && !text.glued(at)) {
            return None;
        }
        at += 1;
    }
    let closing = text.is(at, '"') && (i..at).filter(|&t| text.is(t, '"')).count() % 2 == 1;
    let at = if closing { at + 1 } else { at };
    // A number at the end must be the whole number: `P1` is not in `P1a`.
    if text.is_number(at - 1) && text.glued(at) && text.is_word(at) {
        return None;
    }
    Some(after_ending(text, at))
}

/// The token after a case ending on an acronym: `АСҚХП-нің`.
fn after_ending(text: &Text, at: usize) -> usize {
    let ending = text.is(at, '-') && text.glued(at) && text.glued(at + 1) && text.is_word(at + 1);
    let cyrillic = !text.word(at + 1).is_ascii() && text.word(at + 1).chars().count() <= 4;
    if ending && cyrillic && text.acronym(at - 1) { at + 2 } else { at }
}

/// The token after “of the Republic of X” and its like in Russian.
fn after_state(text: &Text, i: usize) -> Option<usize> {
    let mut at = i;
    if text.word(at) == "of" {
        at += 1;
        at += usize::from(text.word(at) == "the");
        if text.word(at) == "republic" && text.word(at + 1) == "of" {
            at += 2;
        }
        return (at > i && is_home_word(text.word(at))).then_some(at + 1);
    }
    if text.word(at).starts_with("республик") {
        at += 1;
    }
    is_home_word(text.word(at)).then_some(at + 1)
}

/// Words for the State whose statutes the built-in registry has; others come by their aliases.
pub(super) fn is_home_word(word: &str) -> bool {
    const STEMS: [&str; 4] = ["kazakh", "казахск", "казахстан", "қазақ"];
    matches!(word, "rk" | "рк" | "қр" | "kz") || STEMS.iter().any(|stem| word.starts_with(stem))
}

/// Whether `word` names the State with code `jurisdiction`, or is its adjective.
pub(super) fn names_state(word: &str, jurisdiction: &str) -> bool {
    if jurisdiction == "KZ" && is_home_word(word) {
        return true;
    }
    let Some(name) = state_name(jurisdiction) else { return false };
    let common = |part: &str| {
        let part = part.to_lowercase();
        let shared = part.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
        shared >= 4.min(part.chars().count()) && shared + 4 >= word.chars().count() && shared > 2
    };
    name.split_whitespace().filter(|part| part.len() > 3).any(common)
}

impl Piece {
    /// By what a name that begins with this piece is looked up.
    pub fn key(&self) -> String {
        key_of(&self.word).to_string()
    }

    /// How the piece may be written: an acronym as it is, a word with and without a capital, of an
    /// inflected word what all forms share.
    fn written(&self) -> Vec<String> {
        if let Some(exact) = &self.exact {
            return vec![exact.clone()];
        }
        let common = if self.word.is_ascii() { self.word.as_str() } else { key_of(&self.word) };
        let mut chars = common.chars();
        let capital = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
        let mut forms = vec![common.to_string(), capital];
        if HEADS.contains(&common) {
            forms.push(common.to_uppercase());
        }
        forms
    }

    fn is(&self, text: &Text, i: usize, inflected: bool) -> bool {
        if let Some(mark) = self.mark {
            return text.is(i, mark);
        }
        let word = text.word(i);
        if word.is_empty() || (self.capital && !text.capital(i)) {
            return false;
        }
        if let Some(exact) = &self.exact {
            return text.raw(i) == exact || (text.acronym(i) && word == self.word);
        }
        if word == self.word {
            return true;
        }
        let cyrillic = !word.is_ascii() && text.is_word(i);
        cyrillic && (same_stem(&self.word, word) || (inflected && takes_ending(&self.word, word)))
    }
}

/// Whether `word` is `name` with Kazakh endings.
fn takes_ending(name: &str, word: &str) -> bool {
    word.strip_prefix(name).is_some_and(|ending| ending.chars().count() <= 7)
}

fn same_stem(a: &str, b: &str) -> bool {
    let (a, b) = (stem(a), stem(b));
    a == b && a.chars().count() >= 3
}

/// A Russian word without the ending of its case.
fn stem(word: &str) -> &str {
    const ENDINGS: [&str; 45] = [
        "иями", "ями", "ами", "ией", "иею", "иям", "иях", "ого", "его", "ому", "ему", "ыми", "ими",
        "ий", "ый", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ых", "их", "ую", "юю", "ым", "им",
        "ом", "ем", "ей", "ов", "ев", "ия", "ии", "ию", "ям", "ам", "ях", "ах", "ью", "а", "я",
        "ы", "ь",
    ];
    const SHORT: [&str; 5] = ["е", "и", "о", "у", "ю"];
    let endings = ENDINGS.iter().chain(&SHORT);
    let stripped =
        endings.filter_map(|ending| word.strip_suffix(ending)).min_by_key(|stem| stem.len());
    stripped.filter(|stem| stem.chars().count() >= 3).unwrap_or(word)
}

/// A name as pieces, without quotation marks.
pub(super) fn pieces(name: &str) -> Vec<Piece> {
    let text = Text::new(name, &[]);
    let words = (0..text.len()).filter(|&i| text.is_word(i)).count();
    let piece = |i: usize| {
        let kind = text.get(i)?.kind;
        let first = (0..i).all(|before| text.is(before, '"'));
        // In a short name the capital is what tells a name from words: “European Convention”.
        let capital =
            first && words <= 2 && text.case(i) == Case::Capital && text.word(i).is_ascii();
        let number = |i: usize| {
            matches!(text.get(i).map(|token| token.kind), Some(Kind::Number | Kind::Word))
        };
        Some(Piece {
            word: text.word(i).to_string(),
            mark: match kind {
                Kind::Mark(c) => Some(c),
                _ => None,
            },
            exact: text.acronym(i).then(|| text.raw(i).to_string()),
            capital: capital || (words == 1 && text.case(i) == Case::Upper),
            glued: text.glued(i) && number(i) && number(i.wrapping_sub(1)),
        })
    };
    (0..text.len()).filter(|&i| !text.is(i, '"')).filter_map(piece).collect()
}

/// By what a word is looked up: itself, or of an inflected one the letters that all forms share.
pub(super) fn key_of(word: &str) -> &str {
    if word.is_ascii() {
        return word;
    }
    word.char_indices().nth(3).map_or(word, |(end, _)| &word[..end])
}

fn alias_kind(alias: &str) -> AliasKind {
    let text = Text::new(alias, &[]);
    if (0..text.len()).any(|i| text.acronym(i)) && text.len() <= 4 {
        AliasKind::Short
    } else {
        AliasKind::Full
    }
}

/// `A1P1` and `P1-1` name a protocol and an article at once: the grammar reads them.
fn is_shorthand(alias: &str) -> bool {
    matches!(alias, "A1P1" | "P1-1")
}

/// “First Protocol”, “Protocol No. 4”: of which treaty the name does not say.
fn is_bare_protocol(alias: &str) -> bool {
    let text = Text::new(alias, &[]);
    let ordinal = |word: &str| super::lexicon::ordinal(word).is_some();
    let is_part = |i: usize| {
        let word = text.word(i);
        matches!(word, "protocol" | "no" | "optional" | "additional")
            || ordinal(word)
            || !text.is_word(i)
    };
    text.len() > 1
        && (0..text.len()).any(|i| text.word(i) == "protocol")
        && (0..text.len()).all(is_part)
}

/// Notes that `alias`, without its article, may stand for `place`.
fn note_contextual(contextual: &mut HashMap<String, Vec<usize>>, alias: &str, place: usize) {
    let lower = alias.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().skip_while(|word| determiner(word)).collect();
    let places = contextual.entry(words.join(" ")).or_default();
    if !words.is_empty() && !places.contains(&place) {
        places.push(place);
    }
}

/// Whether an alias of a national law leaves its State to be guessed.
fn is_stateless(alias: &str, instrument: &Instrument) -> bool {
    let Some(jurisdiction) = &instrument.jurisdiction else { return false };
    let text = Text::new(alias, &[]);
    !(0..text.len()).any(|i| names_state(text.word(i), jurisdiction))
}

/// The Russian and Kazakh words for an English head.
fn translations(head: &str) -> &'static [&'static str] {
    match head {
        "covenant" => &["пакт"],
        "convention" => &["конвенция"],
        "charter" => &["хартия"],
        "declaration" => &["декларация"],
        "constitution" => &["конституция", "основной закон", "ата заң"],
        "protocol" => &["протокол"],
        "optional protocol" => &["факультативный протокол", "факультативтік хаттама"],
        "document" => &["документ", "құжат"],
        _ => &[],
    }
}
