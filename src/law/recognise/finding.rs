//! Findings: one for each article that is named, with what is to be said about it.

use super::bind::{Binding, Link, Via};
use super::lexicon::Unit as Word;
use super::list::Member;
use super::names::AliasKind;
use super::part::Part;
use super::provision::Group;
use super::scope::Target;
use super::token::Text;
use crate::law::{Existence, Instrument, InstrumentId, Law};
use std::ops::Range;

/// The most articles that a range is opened into.
const MOST: u32 = 60;

/// An article that prose names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The instrument; `None` if it is not known, and then nothing may be linked.
    pub instrument: Option<InstrumentId>,
    /// Number of the article: `9`, `94-1`.
    pub article: String,
    /// Path below the article, `(3)(d)`, or empty.
    pub pinpoint: String,
    /// Both ends of the range that the author wrote, if this is a member of one; the second is
    /// empty for `19 et seq.`
    pub range: Option<(String, String)>,
    /// The bytes of the number with its parts: what becomes the words of a link.
    pub number_span: Range<usize>,
    /// Whether no words of its own name it: it lies inside a range, or is the second instrument of
    /// one number. `number_span` is then another finding's, and no link is set.
    pub implied: bool,
    /// The bytes of the word and all its numbers.
    pub group_span: Range<usize>,
    /// The bytes of the instrument's name, if it stands in this text.
    pub name_span: Option<Range<usize>>,
    /// How the instrument was found.
    pub via: Via,
    /// How the name stands for the instrument.
    pub alias: Option<AliasKind>,
    /// What the author may want to look at.
    pub warnings: Vec<Warning>,
}

/// Something to look at in a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// “Articles” with one number.
    PluralSlip {
        /// The bytes of the word.
        word: Range<usize>,
    },
    /// “Article” with several numbers.
    SingularSlip {
        /// The bytes of the word.
        word: Range<usize>,
    },
    /// The instrument has no such article.
    OutOfRange {
        /// The number as it is written.
        written: String,
        /// How many there are.
        count: u32,
        /// The article that is left when a note's number is cut off at the right.
        read_as: Option<String>,
    },
    /// The name may stand for several instruments; they are named by id. None if nothing is named.
    Ambiguous {
        /// The instruments that it may be.
        candidates: Vec<InstrumentId>,
    },
    /// A law is named that the registry does not have.
    UnknownInstrument,
    /// The articles listed of this instrument were not the text in force on the report's day.
    OtherVersion {
        /// The instrument.
        instrument: InstrumentId,
    },
    /// No instrument is named at all.
    NoInstrument,
    /// The article has no such part.
    UnknownPinpoint,
}

/// Opens `groups` into findings.
pub(super) fn findings(
    law: &Law,
    text: &Text,
    groups: &[Group],
    bindings: &[Option<Binding>],
) -> Vec<Finding> {
    let mut found = Vec::new();
    for (group, binding) in groups.iter().zip(bindings) {
        let Some(binding) = binding else { continue };
        let agreement = agreement(text, group);
        let mut opened = Opened { law, text, group, binding, agreement, found: &mut found };
        opened.members();
    }
    found
}

struct Opened<'o, 't> {
    law: &'o Law,
    text: &'o Text<'t>,
    group: &'o Group,
    binding: &'o Binding,
    agreement: Option<Warning>,
    found: &'o mut Vec<Finding>,
}

impl<'o> Opened<'o, '_> {
    fn members(&mut self) {
        let members = &self.group.members;
        for (place, member) in members.iter().enumerate() {
            let before = place.checked_sub(1).map(|before| &members[before]);
            let closes = before.filter(|_| member.closes_range);
            let next = members.get(place + 1).filter(|next| next.closes_range);
            let range = match (closes, next) {
                (Some(first), _) => Some((first.number.clone(), member.number.clone())),
                (None, Some(last)) => Some((member.number.clone(), last.number.clone())),
                (None, None) if member.open_ended => Some((member.number.clone(), String::new())),
                (None, None) => None,
            };
            if let Some(first) = closes {
                self.between(first, member, &range);
            }
            self.member(place, member, &range);
        }
    }

    /// The articles inside a range.
    fn between(&mut self, first: &Member, last: &Member, range: &Option<(String, String)>) {
        let ends = (first.number.parse::<u32>(), last.number.parse::<u32>());
        let (Ok(a), Ok(b)) = ends else { return };
        if b <= a || b - a > MOST || self.group.unit != Word::Article {
            return;
        }
        for number in a + 1..b {
            for link in &self.binding.links {
                let span = self.text.span(first.first, last.number_end);
                let mut finding = self.finding(link, number.to_string(), String::new(), span);
                finding.implied = true;
                finding.range = range.clone();
                self.found.push(finding);
            }
        }
    }

    fn member(&mut self, place: usize, member: &Member, range: &Option<(String, String)>) {
        let whole =
            Part { path: Vec::new(), first: member.first, end: member.number_end, implied: false };
        let parts =
            if member.parts.is_empty() { std::slice::from_ref(&whole) } else { &member.parts };
        for part in parts {
            let span = self.text.span(part.first, part.end);
            let pinpoint: String = part.path.iter().map(|name| format!("({name})")).collect();
            let mut implied = part.implied;
            for (turn, link) in self.links().iter().enumerate() {
                if self.binding.respectively && turn != place {
                    continue;
                }
                let number = self.binding.article.clone().unwrap_or_else(|| member.number.clone());
                let mut finding = self.finding(link, number, pinpoint.clone(), span.clone());
                finding.implied = implied;
                finding.range = range.clone();
                self.found.push(finding);
                implied = true;
            }
        }
    }

    /// The instruments; only the first if they cannot be paired with the numbers.
    fn links(&self) -> &'o [Link] {
        let links = &self.binding.links;
        let uneven = self.binding.respectively && links.len() != self.group.members.len();
        if uneven { &links[..links.len().min(1)] } else { links }
    }

    fn finding(
        &self,
        link: &Link,
        number: String,
        pinpoint: String,
        span: Range<usize>,
    ) -> Finding {
        let place = match &link.target {
            Target::Known(place) => Some(*place),
            _ => None,
        };
        let instrument = place.map(|place| &self.law.instruments()[place]);
        let mut finding = Finding {
            instrument: instrument.map(|instrument| instrument.id.clone()),
            article: number,
            pinpoint,
            range: None,
            number_span: span,
            implied: false,
            group_span: self.group_span(),
            name_span: link.name.map(|(first, end)| self.text.span(first, end)),
            via: link.via,
            alias: link.alias,
            warnings: self.agreement.iter().cloned().collect(),
        };
        match instrument {
            Some(instrument) => check(instrument, &mut finding),
            None => finding.warnings.push(self.unresolved(link)),
        }
        finding
    }

    /// The group with the bracket around it.
    fn group_span(&self) -> Range<usize> {
        let (first, end) = (self.group.first, self.group.end);
        let in_bracket = first > 0 && self.text.is(first - 1, '(') && self.text.is(end, ')');
        if in_bracket { self.text.span(first - 1, end + 1) } else { self.text.span(first, end) }
    }

    fn unresolved(&self, link: &Link) -> Warning {
        let id = |place: &usize| self.law.instruments()[*place].id.clone();
        match &link.target {
            Target::OtherVersion(place) => Warning::OtherVersion { instrument: id(place) },
            Target::Ambiguous(places) | Target::All(places) if !places.is_empty() => {
                Warning::Ambiguous { candidates: places.iter().map(id).collect() }
            }
            Target::Other => Warning::UnknownInstrument,
            _ => Warning::NoInstrument,
        }
    }
}

/// Whether the word agrees with how many numbers follow it.
fn agreement(text: &Text, group: &Group) -> Option<Warning> {
    let members = &group.members;
    let several = members.len() > 1 || members.iter().any(|member| member.open_ended);
    let parts: usize = members.iter().map(|member| member.parts.len()).sum();
    let word = text.span(group.word, group.word + 1);
    match group.plural {
        Some(true) if !several && parts < 2 => Some(Warning::PluralSlip { word }),
        Some(false) if members.len() > 1 => Some(Warning::SingularSlip { word }),
        _ => None,
    }
}

/// Checks that the instrument has the article and its part.
fn check(instrument: &Instrument, finding: &mut Finding) {
    part_not_number(instrument, finding);
    match instrument.existence(&finding.article) {
        Existence::Unknown => out_of_range(instrument, finding),
        Existence::Known
            if instrument.pinpoint(&finding.article, &finding.pinpoint) == Existence::Unknown =>
        {
            finding.warnings.push(Warning::UnknownPinpoint);
        }
        _ => {}
    }
}

/// `1A(2)` is part A(2) of article 1 where the instrument has no article 1A.
fn part_not_number(instrument: &Instrument, finding: &mut Finding) {
    let Some(letter) = finding.article.chars().next_back().filter(char::is_ascii_uppercase) else {
        return;
    };
    let number = &finding.article[..finding.article.len() - 1];
    let known = |number: &str| instrument.existence(number) == Existence::Known;
    if known(number) && !known(&finding.article) {
        finding.pinpoint = format!("({letter}){}", finding.pinpoint);
        finding.article = number.to_string();
    }
}

/// A note's number may be glued to the article's: `Article 193` for 19 with note 3.
fn out_of_range(instrument: &Instrument, finding: &mut Finding) {
    let written = finding.article.clone();
    let glued = written.len() >= 3 && written.bytes().all(|b| b.is_ascii_digit());
    let cut = (1..written.len()).rev().filter(|_| glued && finding.pinpoint.is_empty());
    let prefixes = cut.filter_map(|end| written.get(..end));
    let read_as = prefixes
        .filter(|number| instrument.existence(number) == Existence::Known)
        .map(str::to_string)
        .next();
    if let Some(number) = &read_as {
        finding.number_span.end = finding.number_span.start + number.len();
        finding.article = number.clone();
    }
    let count = instrument.article_count.unwrap_or_default();
    finding.warnings.push(Warning::OutOfRange { written, count, read_as });
}
