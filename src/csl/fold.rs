//! A style → the same style for cites of which something is known: the kind and the fields of their
//! source, their place. What it asks of these is answered, what it cannot print is taken out.
//!
//! The engine asks a style's conditions, and whether a group will print, anew at every level. A
//! style without what is known beforehand sets the same in a fraction of the time.

use super::locale::Lookup;
use super::plan::Plan;
use super::repair::never_set;
use crate::quick::{QuickMap, QuickSet};
use hayagriva::citationberg::taxonomy::{Kind, NumberVariable, StandardVariable, Variable};
use hayagriva::citationberg::{
    Choose, ChooseBranch, ChooseMatch, ElseBranch, IndependentStyle,
    LayoutRenderingElement as Element, LongShortForm, NamesChild, TestPosition, TextTarget,
};
use std::sync::{Arc, PoisonError, RwLock};

/// What is known of a cite before it is set.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Known {
    /// The kind of its source; `None` is one CSL does not know.
    pub(super) kind: Option<Kind>,
    /// What is set of it.
    pub(super) task: Task,
    /// Whether it has a locator.
    pub(super) locator: bool,
    /// The names of its source's fields, each between two commas; `None` if they do not matter.
    pub(super) fields: Option<String>,
}

/// What is set of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Task {
    /// A cite at this place.
    Cite(Place),
    /// An entry of the bibliography.
    Entry,
    /// What the bibliography is sorted by.
    SortKey,
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
    folded: RwLock<QuickMap<Known, Arc<Folded>>>,
}

/// A folded style, and what the engine need not be asked for.
#[derive(Debug)]
pub(super) struct Folded {
    pub(super) style: IndependentStyle,
    pub(super) plan: Option<Plan>,
}

impl Folds {
    /// Takes a style whose citation layout is what is set, be it a cite or an entry.
    pub(super) fn of(mut style: IndependentStyle) -> Folds {
        style.bibliography = None;
        style.citation.sort = None;
        Folds { style, folded: RwLock::default() }
    }

    /// Returns the style for a cite of which so much is known.
    pub(super) fn style(&self, mut known: Known, lookup: &Lookup<'_>) -> Arc<Folded> {
        let folded = self.folded.read().unwrap_or_else(PoisonError::into_inner);
        let found = folded.get(&known).cloned();
        if folded.len() >= MANY {
            known.fields = None;
        }
        let found = found.or_else(|| folded.get(&known).cloned());
        drop(folded);
        found.unwrap_or_else(|| {
            let style = fold(&self.style, &known);
            let plan = Plan::of(&style, known.task, lookup);
            let mut folded = self.folded.write().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(folded.entry(known).or_insert_with(|| Arc::new(Folded { style, plan })))
        })
    }
}

/// From so many styles on none is made for the fields of one source.
const MANY: usize = 500;

fn fold(style: &IndependentStyle, known: &Known) -> IndependentStyle {
    let mut folded = style.clone();
    for rule in &mut folded.macros {
        known.answer(&mut rule.children);
    }
    known.answer(&mut folded.citation.layout.elements);
    drop_unused(&mut folded);
    drop_silent(&mut folded, known);
    drop_unused(&mut folded);
    folded
}

impl Known {
    fn answer(&self, elements: &mut [Element]) {
        for element in elements {
            match element {
                Element::Choose(choose) => self.choose(choose),
                Element::Text(text) if matches!(self.task, Task::Cite(_)) => {
                    stand_in(&mut text.target);
                }
                _ => {}
            }
            for list in lists(element) {
                self.answer(list);
            }
        }
    }

    /// Keeps the branches that may still be taken.
    fn choose(&self, choose: &mut Choose) {
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
        let mut kept = kept.into_iter();
        choose.if_ = kept.next().unwrap_or_else(no_branch);
        choose.else_if = kept.collect();
    }

    /// Takes the tests with a known answer out of a branch. Returns the branch's answer where they
    /// decide it.
    fn test(&self, branch: &mut ChooseBranch) -> Option<bool> {
        let kinds = branch.type_.take().unwrap_or_default();
        let mut answers: Vec<bool> = kinds.into_iter().map(|k| Some(k) == self.kind).collect();
        let positions = branch.position.take().unwrap_or_default();
        // The engine passes over positions in a bibliography.
        let place = self.task.place();
        answers.extend(positions.into_iter().filter_map(|p| place.map(|place| place.is(p))));
        for variables in [&mut branch.variable, &mut branch.is_numeric] {
            take_absent(variables, |variable| self.lacks(*variable), &mut answers);
        }
        take_absent(&mut branch.is_uncertain_date, |d| self.lacks((*d).into()), &mut answers);
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

    /// Reports whether a cite is known to have no such variable.
    fn lacks(&self, variable: Variable) -> bool {
        use NumberVariable::{CitationNumber, FirstReferenceNoteNumber, Locator, PageFirst};
        use StandardVariable::{CitationLabel, Title, TitleShort, YearSuffix};
        match variable {
            Variable::Number(Locator) => !self.locator,
            Variable::Number(CitationNumber | FirstReferenceNoteNumber)
            | Variable::Standard(YearSuffix | CitationLabel) => false,
            Variable::Number(PageFirst) => {
                self.lacks_field("page-first") && self.lacks_field("page")
            }
            Variable::Standard(Title) => {
                self.lacks_field(&Title.to_string()) && self.lacks_field(&TitleShort.to_string())
            }
            Variable::Standard(variable) => self.lacks_field(&variable.to_string()),
            Variable::Number(variable) => self.lacks_field(&variable.to_string()),
            Variable::Date(variable) => self.lacks_field(&variable.to_string()),
            Variable::Name(variable) => self.lacks_field(&variable.to_string()),
            Variable::Page(_) => self.lacks_field("page"),
        }
    }

    fn lacks_field(&self, name: &str) -> bool {
        self.fields.as_ref().is_some_and(|fields| !fields.contains(&format!(",{name},")))
    }
}

/// Takes tests of what a source lacks out of a branch: their answer is no.
fn take_absent<T>(tests: &mut Option<Vec<T>>, lacks: impl Fn(&T) -> bool, answers: &mut Vec<bool>) {
    let Some(variables) = tests else { return };
    let count = variables.len();
    variables.retain(|variable| !lacks(variable));
    if variables.len() < count {
        answers.push(false);
    }
    if variables.is_empty() {
        *tests = None;
    }
}

/// The lists of elements inside an element.
fn lists(element: &mut Element) -> Vec<&mut Vec<Element>> {
    match element {
        Element::Group(group) => vec![&mut group.children],
        Element::Choose(choose) => {
            let branches = std::iter::once(&mut choose.if_).chain(&mut choose.else_if);
            let otherwise = choose.otherwise.iter_mut().map(|branch| &mut branch.children);
            branches.map(|branch| &mut branch.children).chain(otherwise).collect()
        }
        Element::Names(names) => {
            let mut lists = Vec::new();
            for child in &mut names.children {
                if let NamesChild::Substitute(substitute) = child {
                    lists.push(&mut substitute.children);
                }
            }
            lists
        }
        _ => Vec::new(),
    }
}

/// What an element does to a group it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Voice {
    /// It may print something.
    May,
    /// It prints nothing, but is a variable: without another the group prints nothing either.
    Empty,
    /// It is as if it were not there.
    None,
}

/// What the macros of a style do.
type Voices = QuickMap<String, Voice>;

/// Takes out what cannot print. A macro may fall silent once those it calls have.
fn drop_silent(style: &mut IndependentStyle, known: &Known) {
    let mut voices = Voices::default();
    for _ in 0..=style.macros.len() {
        let mut changed = false;
        for rule in &mut style.macros {
            known.quieten(&mut rule.children, &voices);
            let voice = known.voice_of_group(&rule.children);
            if voice != Voice::May && voices.insert(rule.name.clone(), voice).is_none() {
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    known.quieten(&mut style.citation.layout.elements, &voices);
}

impl Known {
    /// Takes out of a list what cannot print; one empty variable speaks for all.
    fn quieten(&self, elements: &mut Vec<Element>, voices: &Voices) {
        let mut empty = false;
        elements.retain_mut(|element| {
            for list in lists(element) {
                self.quieten(list, voices);
            }
            let voice = self.voice(element, voices);
            empty |= voice == Voice::Empty;
            voice == Voice::May
        });
        if empty {
            elements.push(never_set());
        }
    }

    fn voice(&self, element: &Element, voices: &Voices) -> Voice {
        let lacks = |variable| self.lacks(variable);
        match element {
            Element::Text(text) => match &text.target {
                TextTarget::Variable { var, .. } if lacks(*var) => Voice::Empty,
                TextTarget::Macro { name } => voices.get(name).copied().unwrap_or(Voice::May),
                _ => Voice::May,
            },
            Element::Number(number) if lacks(number.variable.into()) => Voice::Empty,
            Element::Date(date) if date.variable.is_some_and(|d| lacks(d.into())) => Voice::Empty,
            Element::Label(label) if lacks(label.variable.into()) => Voice::None,
            Element::Names(names) => {
                let lacking = names.variable.iter().all(|name| lacks((*name).into()));
                if lacking && names.substitute().is_none() { Voice::None } else { Voice::May }
            }
            Element::Group(group) => self.voice_of_group(&group.children),
            Element::Choose(choose) => self.voice_of_choose(choose),
            _ => Voice::May,
        }
    }

    /// The voice of a group or macro, whose children have been quietened.
    fn voice_of_group(&self, children: &[Element]) -> Voice {
        let empty = |child: &&Element| self.voice(child, &Voices::default()) == Voice::Empty;
        let word = |child: &&Element| match child {
            Element::Text(text) => {
                matches!(text.target, TextTarget::Term { .. } | TextTarget::Value { .. })
            }
            _ => false,
        };
        let empties = children.iter().filter(empty).count();
        let words = children.iter().filter(word).count();
        match (children.len(), empties) {
            (0, _) => Voice::None,
            (count, 1..) if empties + words == count => Voice::Empty,
            _ => Voice::May,
        }
    }

    fn voice_of_choose(&self, choose: &Choose) -> Voice {
        let otherwise = choose.otherwise.as_ref().map(|branch| branch.children.as_slice());
        let branches = choose.branches().filter(|branch| !is_no_branch(branch));
        let lists = branches.map(|branch| branch.children.as_slice());
        let lists: Vec<&[Element]> = lists.chain([otherwise.unwrap_or_default()]).collect();
        let silent = |list: &&[Element]| match list {
            [child] => self.voice(child, &Voices::default()) == Voice::Empty,
            _ => false,
        };
        if lists.iter().all(|list| list.is_empty()) {
            Voice::None
        } else if lists.iter().all(silent) {
            Voice::Empty
        } else {
            Voice::May
        }
    }
}

fn is_no_branch(branch: &ChooseBranch) -> bool {
    *branch == no_branch()
}

impl Task {
    /// The place that the engine asks about.
    fn place(self) -> Option<Place> {
        match self {
            Task::Cite(place) => Some(place),
            Task::Entry => None,
            Task::SortKey => Some(Place { first: false, ibid: Ibid::No, near: false }),
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
    let mut called = QuickSet::default();
    calls(&style.citation.layout.elements, style, &mut called);
    let called: QuickSet<String> = called.into_iter().map(str::to_owned).collect();
    style.macros.retain(|rule| called.contains(&rule.name));
}

fn calls<'a>(elements: &'a [Element], style: &'a IndependentStyle, called: &mut QuickSet<&'a str>) {
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
                if let Some(substitute) = names.substitute() {
                    calls(&substitute.children, style, called);
                }
            }
            _ => {}
        }
    }
}
