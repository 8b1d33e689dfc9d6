//! Which instrument a group of provisions belongs to.
//!
//! In this order: what stands beside the group (in its bracket, after “of”, to its left or right),
//! the group that it is listed with, `ibid.`, the last law of the paragraph, the one law that the
//! chapter has introduced. A law that is named and not known stops the search.

use super::beside::{Beside, Right};
use super::joint::conjunction;
use super::lexicon::{Unit as Word, charges, joins};
use super::mention::Mention;
use super::names::AliasKind;
use super::provision::{Group, only_joins};
use super::scope::{Scope, Target};
use super::token::Text;
use super::trap::{self, Nineteen};
use crate::law::{Existence, Law, Unit};

/// How an instrument was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Via {
    /// Named beside the bracket that holds the article: `UDHR (Article 21)`.
    Paren,
    /// Named just before: `ICCPR, art. 9`.
    Before,
    /// Named after: `Article 9 of the ICCPR`.
    After,
    /// Named for a list of which this is one: `Article 5 and Article 6 of the ECHR`.
    Shared,
    /// Named earlier in the paragraph.
    Carried,
    /// By `ibid.`, “thereof”, “that article”.
    Ibid,
    /// The one instrument that the chapter has introduced.
    Context,
    /// Not at all.
    Unbound,
}

impl Via {
    /// The word that is exported.
    pub fn name(self) -> &'static str {
        match self {
            Via::Paren => "paren",
            Via::Before => "before",
            Via::After => "after",
            Via::Shared => "shared",
            Via::Carried => "carried",
            Via::Ibid => "ibid",
            Via::Context => "context",
            Via::Unbound => "unbound",
        }
    }
}

/// An instrument of a group, and where it is named.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub target: Target,
    pub via: Via,
    /// First token of the name and the token after it.
    pub name: Option<(usize, usize)>,
    pub alias: Option<AliasKind>,
}

impl Link {
    /// The links to `mention`: several for “both Covenants”.
    fn all(mention: &Mention, via: Via) -> Vec<Link> {
        match &mention.target {
            Target::All(places) => {
                let known = |place: &usize| Link {
                    target: Target::Known(*place),
                    ..Link::to(mention, via)
                };
                places.iter().map(known).collect()
            }
            _ => vec![Link::to(mention, via)],
        }
    }

    fn to(mention: &Mention, via: Via) -> Link {
        Link {
            target: mention.target.clone(),
            via,
            name: Some((mention.first, mention.end)),
            alias: Some(mention.kind),
        }
    }

    fn bare(target: Target, via: Via) -> Link {
        Link { target, via, name: None, alias: None }
    }
}

/// What a group is bound to.
#[derive(Debug, Clone, Default)]
pub(super) struct Binding {
    pub links: Vec<Link>,
    /// Whether the first number goes with the first instrument, the second with the second.
    pub respectively: bool,
    /// The article of which parts are named: “paragraph 3 of that article”.
    pub article: Option<String>,
}

/// What binding needs to see.
pub(super) struct Binder<'b, 't> {
    pub law: &'b Law,
    pub text: &'b Text<'t>,
    pub mentions: &'b [Mention],
    pub sentences: &'b [u32],
    pub scope: &'b mut Scope,
    /// What the chapter had introduced before this text.
    pub introduced: &'b [usize],
}

/// The first of the two answers to “what is this group bound to”: by what stands beside it.
enum Explicit {
    NotLaw,
    /// To what was cited last.
    Back,
    Links(Vec<Link>, bool),
    Open,
}

impl Binder<'_, '_> {
    /// Binds every group; `None` for one that is no law.
    pub fn bind(&mut self, groups: &[Group]) -> Vec<Option<Binding>> {
        let mut explicit: Vec<Explicit> = Vec::with_capacity(groups.len());
        let mut used = 0;
        for group in groups {
            let found = self.explicit(group, used);
            if let Explicit::Links(links, _) = &found {
                let ends =
                    links.iter().filter(|link| link.via == Via::After).filter_map(|link| link.name);
                used = ends.map(|(_, end)| end).max().unwrap_or(used);
            }
            explicit.push(found);
        }
        self.share(groups, &mut explicit);
        let pairs = groups.iter().zip(explicit);
        pairs.map(|(group, found)| self.settle(group, found)).collect()
    }

    /// What stands beside `group`; names before token `used` belong to an earlier group.
    fn explicit(&self, group: &Group, used: usize) -> Explicit {
        if group.protocol.is_some() {
            return Explicit::Links(vec![Link::bare(self.protocol(group), Via::After)], false);
        }
        let beside = Beside { text: self.text, mentions: self.mentions };
        let links = |mentions: Vec<&Mention>, via| -> Vec<Link> {
            mentions.into_iter().flat_map(|mention| Link::all(mention, via)).collect()
        };
        let mut left = beside.left(group, used);
        match beside.of(group) {
            Right::Report => return Explicit::NotLaw,
            Right::Back => return Explicit::Back,
            Right::Unknown => {
                return Explicit::Links(vec![Link::bare(Target::Other, Via::After)], false);
            }
            Right::Names(names, respectively) => {
                return Explicit::Links(links(names, Via::After), respectively);
            }
            Right::Nothing => {}
        }
        if let Some(left) = left.take_if(|left| left.near) {
            return Explicit::Links(links(left.names, left_via(left.paren)), left.respectively);
        }
        match beside.touching(group) {
            Right::Names(names, respectively) => {
                return Explicit::Links(links(names, Via::After), respectively);
            }
            Right::Unknown => {
                return Explicit::Links(vec![Link::bare(Target::Other, Via::After)], false);
            }
            _ => {}
        }
        if let Some(left) = left {
            return Explicit::Links(links(left.names, left_via(left.paren)), left.respectively);
        }
        match beside.apart(group) {
            // “Article 19, Kazakhstan’s Media Law, 2018” is a report of the organization.
            Right::Names(names, _)
                if names[0].kind == AliasKind::Short
                    || !trap::could_be_organization(self.text, group) =>
            {
                Explicit::Links(links(names, Via::After), false)
            }
            _ if beside.unknown_before(group) => {
                Explicit::Links(vec![Link::bare(Target::Other, Via::Before)], false)
            }
            _ => Explicit::Open,
        }
    }

    fn protocol(&self, group: &Group) -> Target {
        let id = format!("echr-p{}", group.protocol.unwrap_or_default());
        let place = self.law.instruments().iter().position(|instrument| *instrument.id == *id);
        place.map_or(Target::Other, Target::Known)
    }

    /// A group listed with a later one that names its instrument after it has the same.
    fn share(&self, groups: &[Group], explicit: &mut [Explicit]) {
        for i in (0..groups.len().saturating_sub(1)).rev() {
            let (this, next) = (&groups[i], &groups[i + 1]);
            let Explicit::Links(links, false) = &explicit[i + 1] else { continue };
            let after = links.iter().all(|link| matches!(link.via, Via::After | Via::Shared));
            let open = matches!(explicit[i], Explicit::Open) && !this.back;
            let listed = self.is_listed_with(this, next) || self.is_beside(this, next, links);
            if open && after && listed {
                let shared = |link: &Link| Link { via: Via::Shared, ..link.clone() };
                explicit[i] = Explicit::Links(links.iter().map(shared).collect(), false);
            }
        }
    }

    fn is_listed_with(&self, this: &Group, next: &Group) -> bool {
        if only_joins(self.text, this.end, next.first) {
            return true;
        }
        let same_sentence = self.sentences.get(this.word) == self.sentences.get(next.word);
        if same_sentence && (self.is_told_of(this, next) || self.is_bracketed_with(this, next)) {
            return true;
        }
        let named_between = self.first_from(this.end).is_some_and(|named| named.end <= next.first);
        let joined =
            (this.end..next.first).rev().take(12).any(|at| conjunction(self.text, at).is_some());
        same_sentence && !named_between && joined && self.last_before(this.first).is_none()
    }

    /// “Derogations from Article 9 are allowed under Article 4 of the ICCPR”: two articles of one
    /// sentence, where no other law has been named that the first could belong to, and it is not
    /// what somebody was charged under.
    fn is_beside(&self, this: &Group, next: &Group, links: &[Link]) -> bool {
        const FAR: usize = 10;
        let text = self.text;
        let sentence = self.sentences.get(this.word);
        let same = sentence == self.sentences.get(next.word) && next.first <= this.end + FAR;
        let alone = self.introduced.is_empty()
            && self.scope.last().is_none()
            && self.first_from(0).is_none_or(|named| named.first >= next.end);
        let bracketed = (this.end..next.first).any(|at| text.is(at, ')') || text.is(at, '('));
        let before = (0..this.first).rev().take_while(|&at| self.sentences.get(at) == sentence);
        let charged = before.chain(this.end..next.first).any(|at| charges(text.word(at)));
        let exists = links.iter().all(|link| self.has_all(this, &link.target));
        let known = links.iter().all(|link| matches!(link.target, Target::Known(_)));
        same && alone
            && known
            && exists
            && !bracketed
            && !charged
            && !trap::could_be_organization(text, this)
    }

    /// Whether only a clause about `this` stands before `next`: “Article 18, which protects belief,
    /// and Article 21”.
    fn is_told_of(&self, this: &Group, next: &Group) -> bool {
        let text = self.text;
        let relative = matches!(text.word(this.end + 1), "which" | "that" | "on");
        let joined = next.first > this.end + 3
            && joins(text.word(next.first - 1))
            && text.is(next.first - 2, ',');
        let near = next.first - this.end <= 16;
        let named = self.first_from(this.end).is_some_and(|named| named.end <= next.first);
        near && joined && relative && text.is(this.end, ',') && !named
    }

    /// “Freedom of expression (Article 19) and association (Article 22) of the ICCPR”.
    fn is_bracketed_with(&self, this: &Group, next: &Group) -> bool {
        let text = self.text;
        let between = this.end..next.first;
        let joined = between.clone().any(|at| joins(text.word(at)) || text.is(at, ','));
        let named = self.first_from(this.end).is_some_and(|named| named.end <= next.first);
        let bracketed = text.is(this.end, ')') && text.is(next.first.wrapping_sub(1), '(');
        bracketed && joined && !named && between.len() <= 10
    }

    /// The last answer: what stands beside a group, or else what came before it.
    fn settle(&mut self, group: &Group, explicit: Explicit) -> Option<Binding> {
        let binding = match explicit {
            Explicit::NotLaw => return None,
            Explicit::Back => self.back(),
            Explicit::Links(links, respectively) => Binding { links, respectively, article: None },
            Explicit::Open if group.back => self.that_article(),
            Explicit::Open => self.open(group)?,
        };
        let binding = self.fit_unit(group, binding)?;
        if let Some(Link { target: Target::Known(place), .. }) = binding.links.last() {
            let last = group.members.last().map(|member| member.number.clone());
            let article = binding.article.clone().or(last).unwrap_or_default();
            self.scope.set_cited(*place, &article);
        }
        Some(binding)
    }

    /// “thereof”, “of which”, `ibid.`: what was cited last, or the one instrument introduced.
    fn back(&self) -> Binding {
        let cited = self.scope.cited().map(|(place, _)| *place);
        let target = match (cited, self.introduced) {
            (Some(place), _) => Target::Known(place),
            (None, [place]) => Target::Known(*place),
            _ => Target::Ambiguous(self.introduced.to_vec()),
        };
        Binding { links: vec![Link::bare(target, Via::Ibid)], ..Binding::default() }
    }

    /// “paragraph 3 of that article”.
    fn that_article(&self) -> Binding {
        let Some((place, article)) = self.scope.cited().cloned() else { return Binding::default() };
        let links = vec![Link::bare(Target::Known(place), Via::Ibid)];
        Binding { links, respectively: false, article: Some(article) }
    }

    /// A group that names no instrument itself.
    fn open(&self, group: &Group) -> Option<Binding> {
        if trap::is_writing(self.text, group) {
            return None;
        }
        let bound = |link| Some(Binding { links: vec![link], ..Binding::default() });
        if self.follows_ibid(group.first) {
            return Some(self.back());
        }
        let last = self.last_before(group.first);
        if trap::could_be_organization(self.text, group) {
            let same_sentence = last.is_some_and(|mention| {
                self.sentences.get(mention.first) == self.sentences.get(group.word)
            });
            match trap::nineteen(self.text, group) {
                Nineteen::Organization => return None,
                Nineteen::Unsure if !same_sentence => {
                    return bound(Link::bare(Target::Ambiguous(Vec::new()), Via::Unbound));
                }
                _ => {}
            }
        }
        if let Some(mention) = last {
            let carried = Link::to(mention, Via::Carried);
            if let Some(both) = self.both(group, mention) {
                return Some(Binding { links: both, ..Binding::default() });
            }
            return bound(if self.may_carry(group, mention) { carried } else { unbound() });
        }
        if let Some(target) = self.scope.last() {
            let fits = self.has_all(group, target);
            let link = Link::bare(target.clone(), Via::Carried);
            return bound(if fits { link } else { unbound() });
        }
        bound(match self.introduced {
            [place] if self.has_all(group, &Target::Known(*place)) => {
                Link::bare(Target::Known(*place), Via::Context)
            }
            [] | [_] => unbound(),
            several => Link::bare(Target::Ambiguous(several.to_vec()), Via::Unbound),
        })
    }

    /// “The UDHR and the ICCPR protect speech (both in Article 19)”.
    fn both(&self, group: &Group, last: &Mention) -> Option<Vec<Link>> {
        let near = group.first.saturating_sub(2)..group.first;
        let said = near.into_iter().any(|at| matches!(self.text.word(at), "both" | "each"));
        let same_sentence = self.sentences.get(last.first) == self.sentences.get(group.word);
        let beside = Beside { text: self.text, mentions: self.mentions };
        let names = beside.listed_before(last);
        let links = || names.iter().flat_map(|name| Link::all(name, Via::Carried)).collect();
        (said && same_sentence && names.len() > 1).then(links)
    }

    /// Whether a bare article may belong to `mention`: in another sentence only if it exists.
    fn may_carry(&self, group: &Group, mention: &Mention) -> bool {
        let same_sentence = self.sentences.get(mention.first) == self.sentences.get(group.word);
        same_sentence || self.has_all(group, &mention.target)
    }

    fn has_all(&self, group: &Group, target: &Target) -> bool {
        let Target::Known(place) = target else { return true };
        let instrument = &self.law.instruments()[*place];
        group
            .members
            .iter()
            .all(|member| instrument.existence(&member.number) != Existence::Unknown)
    }

    /// The law named first from token `i` on.
    fn first_from(&self, i: usize) -> Option<&Mention> {
        self.mentions.get(self.mentions.partition_point(|mention| mention.first < i))
    }

    /// The law named last before token `i`.
    fn last_before(&self, i: usize) -> Option<&Mention> {
        let end = self.mentions.partition_point(|mention| mention.end <= i);
        self.mentions[..end].iter().rev().take(16).find(|mention| !mention.weak)
    }

    fn follows_ibid(&self, i: usize) -> bool {
        let marks = (0..i)
            .rev()
            .take_while(|&at| matches!(self.text.mark(at), Some('.' | ',' | '(')))
            .count();
        let at = (i - marks).wrapping_sub(1);
        at < i && matches!(self.text.word(at), "ibid" | "ibidem" | "id" | "idem" | "там")
    }

    /// Keeps a section only of a statute that is named, and a numbered paragraph only of a
    /// document that has no articles: both words also name parts of any report.
    fn fit_unit(&self, group: &Group, mut binding: Binding) -> Option<Binding> {
        let explicit = |link: &Link| {
            !matches!(link.via, Via::Carried | Via::Context | Via::Unbound | Via::Ibid)
        };
        match group.unit {
            Word::Article => return Some(binding),
            Word::Section => binding.links.retain(|link| {
                explicit(link)
                    && match &link.target {
                        Target::Known(place) => self.law.instruments()[*place].is_national(),
                        Target::Other => self.names_a_law(group, link),
                        _ => false,
                    }
            }),
            Word::Paragraph => binding.links.retain(|link| match &link.target {
                Target::Known(place) => {
                    let documents = self.law.instruments()[*place].unit == Unit::Paragraph;
                    documents && (explicit(link) || link.via == Via::Carried)
                }
                _ => false,
            }),
        }
        (!binding.links.is_empty()).then_some(binding)
    }

    /// Whether a law that is not known is yet named by the head of a law's name.
    fn names_a_law(&self, group: &Group, link: &Link) -> bool {
        let named = self.first_from(group.end);
        link.via == Via::After && named.is_some_and(|named| named.first < group.end + 8)
    }
}

fn left_via(paren: bool) -> Via {
    if paren { Via::Paren } else { Via::Before }
}

fn unbound() -> Link {
    Link::bare(Target::Ambiguous(Vec::new()), Via::Unbound)
}
