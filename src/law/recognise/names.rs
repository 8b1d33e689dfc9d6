//! The names of all instruments in a form that tokens can be compared with.
//!
//! A name is found by its first word. Acronyms are compared as they are written; Russian words by
//! their stems, and the last word of a Kazakh name may carry endings. Quotation marks in a name
//! and the State between “Law” and its subject (“Law of the Republic of X on Y”) do not count.

use super::lexicon::determiner;
use super::piece::{Piece, ends, key_of, pieces};
use super::token::Text;
use crate::law::{Instrument, Law, state_name};
use crate::quick::{QuickMap, QuickSet};

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
    /// Whether it is the State under review whose law it is, and the text is the one in force:
    /// of two laws with one name, the one that is meant.
    preferred: bool,
}

/// Heads that most names share, so that one word stands for many names in a first look.
pub(super) const HEADS: [&str; 6] =
    ["convention", "covenant", "constitution", "charter", "declaration", "protocol"];

/// The names of a law.
#[derive(Debug, Default)]
pub(in crate::law) struct Names {
    pub(super) aliases: Vec<Alias>,
    by_first: QuickMap<String, Vec<usize>>,
}

impl Names {
    /// Collects the names of every instrument of `law`.
    pub fn new(law: &Law) -> Names {
        let mut names = Names::default();
        let mut contextual: QuickMap<String, Vec<usize>> = QuickMap::default();
        for (place, instrument) in law.instruments().iter().enumerate() {
            let first = names.aliases.len();
            names.add_instrument(place, instrument, &mut contextual);
            let ours = law.state().is_some() && law.state() == instrument.jurisdiction.as_deref();
            let preferred = law.is_valid(instrument) && (ours || !instrument.is_national());
            names.aliases[first..].iter_mut().for_each(|alias| alias.preferred = preferred);
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
        contextual: &mut QuickMap<String, Vec<usize>>,
    ) {
        let mut seen = QuickSet::default();
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
            for alias in aliases.iter().filter(|alias| !seen.contains(alias.as_str())) {
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
        self.aliases.push(Alias {
            pieces,
            kind,
            instruments,
            kazakh: false,
            stateless,
            preferred: false,
        });
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
            .max_by_key(|(alias, end)| (*end, alias.kind != AliasKind::Contextual, alias.preferred))
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
fn note_contextual(contextual: &mut QuickMap<String, Vec<usize>>, alias: &str, place: usize) {
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
