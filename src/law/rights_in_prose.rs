//! The rights that prose names, and what it says of them.
//!
//! A right is named by a phrase of the vocabulary (“press freedoms”), in any case and number, also
//! where one head stands for several (“freedom of expression, association and assembly”). Words
//! that only hint at a right (“protesters”) count where no right is named and something is said to
//! be done to it.

use super::recognise::{Kind, Text};
use super::right::{Right, rights};
use crate::annotation::Finding;
use crate::quick::QuickMap;
use std::ops::Range;
use std::sync::LazyLock;

/// A right that a text names.
#[derive(Debug, Clone)]
pub struct RightHit {
    /// The right.
    pub right: &'static Right,
    /// The bytes of the phrase.
    pub span: Range<usize>,
    /// Whether the phrase names the right; if not, it only hints at it.
    pub strong: bool,
}

/// A phrase by which prose names a right.
struct Phrase {
    words: Vec<String>,
    right: &'static Right,
    strong: bool,
}

/// All phrases by their first word, and by the first word after a head that may stand once for
/// several: `expression` after “freedom of”.
struct Phrases {
    all: Vec<Phrase>,
    by_first: QuickMap<String, Vec<usize>>,
    by_tail: QuickMap<(Head, String), Vec<usize>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Head {
    FreedomOf,
    RightTo,
}

impl Head {
    fn of(words: &[impl AsRef<str>]) -> Option<Head> {
        match (words.first()?.as_ref(), words.get(1)?.as_ref()) {
            ("freedom" | "freedoms", "of") => Some(Head::FreedomOf),
            ("right" | "rights", "to") => Some(Head::RightTo),
            _ => None,
        }
    }
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut all = Vec::new();
    for right in rights() {
        let strong = right.triggers.iter().map(|phrase| (phrase, true));
        let weak = right.weak_triggers.iter().map(|phrase| (phrase, false));
        all.extend(strong.chain(weak).map(|(phrase, strong)| Phrase {
            words: words(&Text::new(phrase, &[])),
            right,
            strong,
        }));
    }
    let mut phrases = Phrases { by_first: QuickMap::default(), by_tail: QuickMap::default(), all };
    for (place, phrase) in phrases.all.iter().enumerate() {
        let Some(first) = phrase.words.first() else { continue };
        phrases.by_first.entry(singular(first).to_string()).or_default().push(place);
        if let (Some(head), Some(tail)) = (Head::of(&phrase.words), phrase.words.get(2)) {
            let key = (head, singular(tail).to_string());
            phrases.by_tail.entry(key).or_default().push(place);
        }
    }
    phrases
});

fn words(text: &Text) -> Vec<String> {
    (0..text.len()).map(|i| token(text, i).to_string()).collect()
}

/// What a token is compared by: its word, or for a mark a word of its own.
fn token<'t>(text: &'t Text, i: usize) -> &'t str {
    match text.get(i).map(|token| token.kind) {
        Some(Kind::Mark('-')) => "-",
        Some(Kind::Mark('\'')) => "'",
        Some(Kind::Mark(',')) => ",",
        _ => text.word(i),
    }
}

/// Finds every right that `text` names or hints at; nothing is found in `masked` (sorted byte
/// ranges: the names of laws, which name rights without claiming any).
pub fn rights_named(text: &str, masked: &[Range<usize>]) -> Vec<RightHit> {
    let text = Text::new(text, masked);
    let mut found = Vec::new();
    let mut head = None;
    let mut i = 0;
    while i < text.len() {
        let word = token(&text, i);
        if matches!(text.mark(i), Some('.' | ';' | '!' | '?')) {
            head = None;
        }
        let listed = head.filter(|_| i > 0 && follows_in_list(&text, i));
        let tail = listed.and_then(|head| PHRASES.longest_tail(&text, i, head));
        let both = PHRASES.longest(&text, i).into_iter().chain(tail);
        let hit = both.max_by_key(|(phrase, end)| (*end, phrase.strong));
        let Some((phrase, end)) = hit else {
            head = Head::of(&[word, token(&text, i + 1)]).or(head);
            i += 1;
            continue;
        };
        head = Head::of(&[word, token(&text, i + 1)]).or(head);
        // Two rights may be named by one phrase: every phrase as long as the longest counts.
        let span = text.span(i, end);
        for phrase in [phrase].into_iter().chain(PHRASES.as_long(&text, i, end)) {
            let seen = |hit: &RightHit| hit.span == span && hit.right.id == phrase.right.id;
            if !found.iter().rev().take(8).any(seen) {
                found.push(RightHit {
                    right: phrase.right,
                    span: span.clone(),
                    strong: phrase.strong,
                });
            }
        }
        // What stands inside a phrase may name another right: “free elections” after “free and fair”.
        i += 1;
    }
    keep_outermost(&mut found);
    found
}

/// Whether the word at `i` goes on with a list: after a comma, “and”, and small words.
fn follows_in_list(text: &Text, i: usize) -> bool {
    let mut at = i;
    while at > 0 && matches!(text.word(at - 1), "the" | "peaceful" | "of" | "to" | "free" | "their")
    {
        at -= 1;
    }
    at > 0 && (text.is(at - 1, ',') || matches!(text.word(at - 1), "and" | "or"))
}

/// Drops a hit that lies inside another hit of the same right.
fn keep_outermost(found: &mut Vec<RightHit>) {
    let mut end_of: QuickMap<&str, usize> = QuickMap::default();
    found.retain(|hit| {
        let end = end_of.entry(hit.right.id.as_str()).or_default();
        let inside = hit.span.end <= *end;
        *end = (*end).max(hit.span.end);
        !inside
    });
}

impl Phrases {
    fn longest(&self, text: &Text, i: usize) -> Option<(&Phrase, usize)> {
        let first = token(text, i);
        if first.is_empty() {
            return None;
        }
        let places = self.by_first.get(singular(first))?;
        let ends = places.iter().filter_map(|&place| {
            let phrase = &self.all[place];
            Some((phrase, ends(&phrase.words, text, i)?))
        });
        ends.max_by_key(|(phrase, end)| (*end, phrase.strong))
    }

    /// The phrases that begin at `i` and end at `end`.
    fn as_long<'p>(
        &'p self,
        text: &'p Text,
        i: usize,
        end: usize,
    ) -> impl Iterator<Item = &'p Phrase> {
        let places = self.by_first.get(singular(token(text, i))).map_or(&[][..], Vec::as_slice);
        places
            .iter()
            .map(|&place| &self.all[place])
            .filter(move |phrase| ends(&phrase.words, text, i) == Some(end))
    }

    fn longest_tail(&self, text: &Text, i: usize, head: Head) -> Option<(&Phrase, usize)> {
        let places = self.by_tail.get(&(head, singular(token(text, i)).to_string()))?;
        let ends = places.iter().filter_map(|&place| {
            let phrase = &self.all[place];
            Some((phrase, ends(&phrase.words[2..], text, i)?))
        });
        ends.max_by_key(|(_, end)| *end)
    }
}

/// The token after `words`, if they stand at token `i` in singular or plural.
fn ends(words: &[String], text: &Text, i: usize) -> Option<usize> {
    let same = |(n, word): (usize, &String)| singular(token(text, i + n)) == singular(word);
    words.iter().enumerate().all(same).then_some(i + words.len())
}

/// A word without the ending of a plural.
fn singular(word: &str) -> &str {
    match word.strip_suffix("ies") {
        Some(stem) if stem.len() > 2 => stem,
        _ => match word.strip_suffix('y').or_else(|| word.strip_suffix('s')) {
            Some(stem) if stem.len() > 2 && !stem.ends_with('s') => stem,
            _ => word,
        },
    }
}

/// The rights that a sentence claims something of, without doubles, in the order of the text.
///
/// A right that is named counts; one that is only hinted at counts where none is named and the
/// sentence has a claim verb. Rights about how law works (limits, the rule of law) count only
/// where no right of a person is named.
pub fn rights_claimed(text: &str, masked: &[Range<usize>]) -> Vec<&'static Right> {
    let hits = rights_named(text, masked);
    let named = hits.iter().any(|hit| hit.strong);
    if !named && claim_verb(text).is_none() {
        return Vec::new();
    }
    let of_persons = hits.iter().any(|hit| hit.strong == named && !hit.right.is_structural());
    let mut claimed: Vec<&'static Right> = Vec::new();
    for hit in hits.iter().filter(|hit| hit.strong == named) {
        let seen = claimed.iter().any(|right| right.id == hit.right.id);
        let outranked = of_persons && hit.right.is_structural();
        if !seen && !outranked {
            claimed.push(hit.right);
        }
    }
    claimed
}

/// What `text` says is done to a right, by its verbs; the gravest that is said.
pub fn claim_verb(text: &str) -> Option<Finding> {
    let text = Text::new(text, &[]);
    let mut found: Option<Finding> = None;
    for i in 0..text.len() {
        let Some(finding) = verb_at(&text, i) else { continue };
        let weight = |finding| GRAVITY.iter().position(|other| *other == finding);
        if found.is_none_or(|other| weight(finding) < weight(other)) {
            found = Some(finding);
        }
    }
    found
}

/// From what is said with most weight to what is said with least.
const GRAVITY: [Finding; 5] =
    [Finding::Contested, Finding::Violated, Finding::AtRisk, Finding::Restricted, Finding::Upheld];

fn verb_at(text: &Text, i: usize) -> Option<Finding> {
    const VIOLATED: &str = "violat breach infring contraven flout trampl abus disregard";
    const AT_RISK: &str = "threaten undermin endanger jeopardi imperil erod";
    const RESTRICTED: &str = "restrict curtail suppress limit curb hamper hinder constrain clamp \
        stifl prohibit";
    const UPHELD: &str = "uphold upheld guarante protect enshrin respect safeguard ensur recogni";
    let word = text.word(i);
    let begins = |stems: &str| stems.split_whitespace().any(|stem| word.starts_with(stem));
    if word.len() < 4 || !word.is_ascii() {
        return None;
    }
    if let Some(finding) = denial(text, i) {
        return Some(finding);
    }
    if begins(VIOLATED) || (word == "contrary" && text.word(i + 1) == "to") {
        return Some(Finding::Violated);
    }
    // “which is prohibited under the UDHR” is what the law says, not what is done.
    if word == "prohibited" && matches!(text.word(i + 1), "under" | "by" | "in") {
        return Some(Finding::Upheld);
    }
    let at_risk = word == "risk" && i > 0 && text.word(i - 1) == "at";
    if begins(AT_RISK) || at_risk {
        return Some(Finding::AtRisk);
    }
    if begins(RESTRICTED) {
        return Some(Finding::Restricted);
    }
    begins(UPHELD).then_some(Finding::Upheld)
}

/// “denies breaching the right” and “rejects the allegations” are denials, “denied the right” is a
/// violation.
fn denial(text: &Text, i: usize) -> Option<Finding> {
    let word = text.word(i);
    let near = |words: &str| {
        (i + 1..i + 5).any(|at| words.split_whitespace().any(|word| word == text.word(at)))
    };
    let accused = near("allegations allegation accusations accusation claims charges wrongdoing");
    match word {
        "denies" | "deny" | "denied" | "denying" => {
            let gerund = text.word(i + 1).ends_with("ing") || near("that having");
            if gerund || accused {
                return Some(Finding::Contested);
            }
            near("right rights access freedom bail").then_some(Finding::Violated)
        }
        "rejects" | "rejected" | "disputes" | "disputed" | "contests" | "contested" => {
            accused.then_some(Finding::Contested)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claimed(text: &str) -> Vec<&'static str> {
        rights_claimed(text, &[]).into_iter().map(|right| right.id.as_str()).collect()
    }

    #[test]
    fn the_sentences_of_the_seed_give_their_rights() {
        // Not the seed's sentences, which are not ours: the same phrases in words of our own.
        let cases: [(&str, &[&str]); 7] = [
            (
                "This choice breaches the right to free participation in government, public affairs and free elections",
                &["political-participation", "elections"],
            ),
            (
                "Limits on press freedoms and freedom of speech violate the right to freedom of expression and opinion",
                &["expression"],
            ),
            ("Limits on freedom of peaceful assembly violate rights", &["assembly"]),
            (
                "The detention of peaceful protesters violates the right to liberty and protection against arbitrary detention",
                &["liberty-and-security", "arbitrary-detention"],
            ),
            (
                "It has no tolerance for the use of torture, cruel treatment and violence, which is prohibited under",
                &["torture"],
            ),
            (
                "Limits on trade union activity and freedom of association violate rights",
                &["labour-unions", "association"],
            ),
            (
                "Undue restrictions on religious activity violate the right to freedom of conscience",
                &["religion-or-belief"],
            ),
        ];
        for (text, rights) in cases {
            assert_eq!(claimed(text), rights, "{text}");
        }
    }

    #[test]
    fn one_head_stands_for_several_rights() {
        assert_eq!(
            claimed("The freedoms of expression, association and peaceful assembly"),
            ["expression", "association", "assembly"]
        );
        assert_eq!(
            claimed("the rights to life, health and education"),
            ["life", "health", "education"]
        );
        assert_eq!(claimed("freedom of movement. Association with them"), ["movement"]);
    }

    #[test]
    fn hints_count_only_beside_a_verb_and_where_nothing_is_named() {
        assert_eq!(claimed("Protesters came to the square"), [""; 0]);
        assert_eq!(claimed("The ban restricts rallies"), ["assembly"]);
        assert_eq!(claimed("The ban on rallies violates freedom of movement"), ["movement"]);
    }

    #[test]
    fn words_are_whole_and_names_of_laws_name_no_right() {
        assert_eq!(claimed("The torturous road violates nothing"), [""; 0]);
        let text = "The Convention against Torture is violated";
        assert_eq!(claimed(text), ["torture"]);
        let name = 4..30;
        assert!(rights_claimed(text, std::slice::from_ref(&name)).is_empty());
    }

    #[test]
    fn verbs_say_what_is_done() {
        let cases = [
            ("Restrictions on speech violate the UDHR", Some(Finding::Violated)),
            ("The government denies infringing press freedoms", Some(Finding::Contested)),
            ("They were denied the right to a fair trial", Some(Finding::Violated)),
            ("The bill puts privacy at risk", Some(Finding::AtRisk)),
            ("The law restricts rallies", Some(Finding::Restricted)),
            ("The constitution guarantees free speech", Some(Finding::Upheld)),
            ("Torture is prohibited under the UDHR", Some(Finding::Upheld)),
            ("The ministry rejected the allegations", Some(Finding::Contested)),
            ("They were denied accreditation", None),
            ("The president resigned in March", None),
        ];
        for (text, finding) in cases {
            assert_eq!(claim_verb(text), finding, "{text}");
        }
    }
}
