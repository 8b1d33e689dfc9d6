//! A style → the same style for cites of one kind of source in one place, with all it asks of kind
//! and place answered.
//!
//! The engine asks a style's conditions anew at every level of its groups. A style without the
//! questions whose answers are known sets the same in a fraction of the time.

use hayagriva::citationberg::taxonomy::{Kind, NumberVariable, StandardVariable, Variable};
use hayagriva::citationberg::{
    Choose, ChooseBranch, ChooseMatch, ElseBranch, IndependentStyle,
    LayoutRenderingElement as Element, LongShortForm, NamesChild, TestPosition, TextTarget,
};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

/// What is known of a cite before it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Known {
    /// The kind of its source; `None` is one CSL does not know.
    pub(super) kind: Option<Kind>,
    /// Its place among the cites; `None` is an entry of the bibliography.
    pub(super) place: Option<Place>,
}

/// The place of a cite among the others, as CSL's positions see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place {
    pub(super) first: bool,
    pub(super) ibid: Ibid,
    pub(super) near: bool,
}

/// Whether the cite before is of the same source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Ibid {
    No,
    /// It is, but with another locator or none.
    WithLocator,
    Yes,
}

/// A style and what has been folded from it.
#[derive(Debug)]
pub(super) struct Folds {
    style: IndependentStyle,
    folded: RwLock<HashMap<Known, Arc<IndependentStyle>>>,
}

impl Folds {
    /// Takes a style whose citation layout is what is set, be it a cite or an entry.
    pub(super) fn of(mut style: IndependentStyle) -> Folds {
        style.bibliography = None;
        style.citation.sort = None;
        Folds { style, folded: RwLock::default() }
    }

    /// Returns the style for a cite of which so much is known.
    pub(super) fn style(&self, known: Known) -> Arc<IndependentStyle> {
        let folded =
            self.folded.read().unwrap_or_else(PoisonError::into_inner).get(&known).cloned();
        folded.unwrap_or_else(|| {
            let style = Arc::new(fold(&self.style, known));
            let mut folded = self.folded.write().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(folded.entry(known).or_insert(style))
        })
    }
}

fn fold(style: &IndependentStyle, known: Known) -> IndependentStyle {
    let mut folded = style.clone();
    for rule in &mut folded.macros {
        known.answer(&mut rule.children);
    }
    known.answer(&mut folded.citation.layout.elements);
    drop_unused(&mut folded);
    folded
}

impl Known {
    fn answer(self, elements: &mut [Element]) {
        for element in elements {
            match element {
                Element::Choose(choose) => self.choose(choose),
                Element::Group(group) => self.answer(&mut group.children),
                Element::Names(names) => {
                    for child in &mut names.children {
                        if let NamesChild::Substitute(substitute) = child {
                            self.answer(&mut substitute.children);
                        }
                    }
                }
                Element::Text(text) if self.place.is_some() => stand_in(&mut text.target),
                _ => {}
            }
        }
    }

    /// Keeps the branches that may still be taken.
    fn choose(self, choose: &mut Choose) {
        let mut branches = vec![std::mem::replace(&mut choose.if_, no_branch())];
        branches.append(&mut choose.else_if);
        let mut kept = Vec::new();
        for mut branch in branches {
            match self.test(&mut branch) {
                Some(false) => continue,
                Some(true) => {
                    choose.otherwise = Some(ElseBranch { children: branch.children });
                    break;
                }
                None => kept.push(branch),
            }
        }
        for branch in &mut kept {
            self.answer(&mut branch.children);
        }
        if let Some(otherwise) = &mut choose.otherwise {
            self.answer(&mut otherwise.children);
        }
        let mut kept = kept.into_iter();
        choose.if_ = kept.next().unwrap_or_else(no_branch);
        choose.else_if = kept.collect();
    }

    /// Takes the tests with a known answer out of a branch. Returns the branch's answer where they
    /// decide it.
    fn test(self, branch: &mut ChooseBranch) -> Option<bool> {
        let kinds = branch.type_.take().unwrap_or_default();
        let mut answers: Vec<bool> = kinds.into_iter().map(|k| Some(k) == self.kind).collect();
        let positions = branch.position.take().unwrap_or_default();
        // The engine passes over positions in a bibliography.
        let place = self.place;
        answers.extend(positions.into_iter().filter_map(|p| place.map(|place| place.is(p))));
        let open = branch.disambiguate.is_some()
            || branch.is_numeric.is_some()
            || branch.is_uncertain_date.is_some()
            || branch.locator.is_some()
            || branch.variable.is_some();
        let any = answers.contains(&true);
        match branch.match_ {
            ChooseMatch::All if answers.contains(&false) => Some(false),
            ChooseMatch::Any if any => Some(true),
            ChooseMatch::None if any => Some(false),
            _ if open => None,
            ChooseMatch::Any => Some(false),
            ChooseMatch::All | ChooseMatch::None => Some(true),
        }
    }
}

impl Place {
    fn is(self, position: TestPosition) -> bool {
        match position {
            TestPosition::First => self.first,
            TestPosition::Subsequent => !self.first,
            TestPosition::Ibid => self.ibid != Ibid::No,
            TestPosition::IbidWithLocator => self.ibid == Ibid::WithLocator,
            TestPosition::NearNote => self.near,
        }
    }
}

/// A branch that is never taken.
fn no_branch() -> ChooseBranch {
    ChooseBranch {
        disambiguate: None,
        is_numeric: None,
        is_uncertain_date: None,
        locator: None,
        position: None,
        type_: None,
        variable: None,
        match_: ChooseMatch::Any,
        children: Vec::new(),
    }
}

/// Has the source's key, which all have, stand where the number of an earlier note will.
fn stand_in(target: &mut TextTarget) {
    const FIRST_NOTE: Variable = Variable::Number(NumberVariable::FirstReferenceNoteNumber);
    if matches!(target, TextTarget::Variable { var: FIRST_NOTE, .. }) {
        let var = Variable::Standard(StandardVariable::CitationKey);
        *target = TextTarget::Variable { var, form: LongShortForm::default() };
    }
}

/// Drops the macros the layout does not call: the engine looks for them by name.
fn drop_unused(style: &mut IndependentStyle) {
    let mut called = HashSet::new();
    calls(&style.citation.layout.elements, style, &mut called);
    let called: HashSet<String> = called.into_iter().map(str::to_owned).collect();
    style.macros.retain(|rule| called.contains(&rule.name));
}

fn calls<'a>(elements: &'a [Element], style: &'a IndependentStyle, called: &mut HashSet<&'a str>) {
    for element in elements {
        match element {
            Element::Text(text) => {
                if let TextTarget::Macro { name } = &text.target
                    && called.insert(name)
                    && let Some(rule) = style.macros.iter().find(|rule| rule.name == *name)
                {
                    calls(&rule.children, style, called);
                }
            }
            Element::Group(group) => calls(&group.children, style, called),
            Element::Choose(choose) => {
                for branch in choose.branches() {
                    calls(&branch.children, style, called);
                }
                if let Some(otherwise) = &choose.otherwise {
                    calls(&otherwise.children, style, called);
                }
            }
            Element::Names(names) => {
                for child in &names.children {
                    if let NamesChild::Substitute(substitute) = child {
                        calls(&substitute.children, style, called);
                    }
                }
            }
            _ => {}
        }
    }
}
