//! A style as its authors wrote it → the same style without what the engine sets wrongly.
//!
//! The layer's own marks are put round the places it must find again in the output: dates, the
//! labels of locators, numbers of earlier notes, quotation marks. Titles are printed as typed, so
//! a style's title case goes (the engine would make Youtube of YouTube).

use super::locale;
use super::marker;
use hayagriva::citationberg::taxonomy::{
    NumberOrPageVariable, NumberVariable, StandardVariable, Variable,
};
use hayagriva::citationberg::{
    Affixes, ChooseBranch, IndependentStyle, LabelPluralize, LayoutRenderingElement as Element,
    LocaleCode, LongShortForm, Names, NamesChild, Text, TextCase, TextTarget,
};

/// The library gives no source this variable.
const NEVER_SET: StandardVariable = StandardVariable::CallNumber;
/// The library gives every source with a container this variable.
const HAS_CONTAINER: StandardVariable = StandardVariable::Keyword;

/// Repairs a style for one locale. `first_day` says whether only the first day of a month may be
/// an ordinal; the engine forgets what the locale says once the style has words of its own.
pub(super) fn repair(
    style: &mut IndependentStyle,
    code: &LocaleCode,
    first_day: bool,
) -> Result<(), String> {
    for rule in &mut style.macros {
        walk(&mut rule.children);
    }
    walk(&mut style.citation.layout.elements);
    if let Some(bibliography) = &mut style.bibliography {
        walk(&mut bibliography.layout.elements);
    }
    mark_quotes(style, code, first_day)
}

fn walk(elements: &mut Vec<Element>) {
    for element in elements.iter_mut() {
        repair_element(element);
        match element {
            Element::Group(group) => walk(&mut group.children),
            Element::Choose(choose) => {
                branch(&mut choose.if_);
                choose.else_if.iter_mut().for_each(branch);
                choose.otherwise.iter_mut().for_each(|branch| walk(&mut branch.children));
            }
            Element::Names(names) => {
                for child in &mut names.children {
                    if let NamesChild::Substitute(substitute) = child {
                        walk(&mut substitute.children);
                    }
                }
            }
            _ => {}
        }
    }
    if elements.iter().any(|element| matches!(element, Element::Names(_))) {
        elements.push(never_set());
    }
}

/// A variable no source has. The engine forgets that names without a person are an empty
/// variable, and would print the bare term of “(testimony of …)”; this one reminds it.
pub(super) fn never_set() -> Element {
    text(NEVER_SET)
}

/// A style's element that sets nothing but what tells a source from all others.
pub(super) fn key() -> Element {
    text(StandardVariable::CitationKey)
}

fn text(variable: StandardVariable) -> Element {
    let form = LongShortForm::default();
    let var = Variable::Standard(variable);
    Element::Text(Text::with_target(TextTarget::Variable { var, form }))
}

/// A branch asks whether there is a container; the engine would say no where the container's
/// title has been printed in place of an author.
fn branch(branch: &mut ChooseBranch) {
    let asked = branch.variable.iter_mut().flatten();
    for variable in asked {
        if *variable == Variable::Standard(StandardVariable::ContainerTitle) {
            *variable = Variable::Standard(HAS_CONTAINER);
        }
    }
    walk(&mut branch.children);
}

fn repair_element(element: &mut Element) {
    const LETTER: StandardVariable = StandardVariable::YearSuffix;
    const FIRST_NOTE: NumberVariable = NumberVariable::FirstReferenceNoteNumber;
    match element {
        Element::Text(text) => {
            let titles =
                matches!(text.text_case, Some(TextCase::TitleCase | TextCase::SentenceCase));
            if titles && !matches!(text.target, TextTarget::Term { .. }) {
                text.text_case = None;
            }
            if let TextTarget::Variable { var: Variable::Standard(LETTER), .. } = text.target {
                enclose(&mut text.affixes, Some(marker::LETTER_OPEN), Some(marker::LETTER_CLOSE));
            }
            if let TextTarget::Variable { var: Variable::Number(FIRST_NOTE), .. } = text.target {
                enclose(&mut text.affixes, Some(marker::NOTE_OPEN), Some(marker::NOTE_CLOSE));
            }
        }
        Element::Number(number) if number.variable == NumberOrPageVariable::Number(FIRST_NOTE) => {
            enclose(&mut number.affixes, Some(marker::NOTE_OPEN), Some(marker::NOTE_CLOSE));
        }
        Element::Label(label)
            if label.variable == NumberOrPageVariable::Number(NumberVariable::Locator)
                && label.label.plural == LabelPluralize::Contextual =>
        {
            enclose(&mut label.label.affixes, Some(marker::LOCATOR_LABEL), None);
        }
        Element::Date(date) => {
            if let Some(variable) = date.variable {
                enclose(&mut date.affixes, Some(marker::date(variable as u32)), None);
            }
        }
        Element::Names(names) => expand_shorthand(names),
        _ => {}
    }
}

/// Puts marks inside the affixes, next to the value.
fn enclose(affixes: &mut Affixes, open: Option<char>, close: Option<char>) {
    if let Some(open) = open {
        affixes.prefix.get_or_insert_default().push(open);
    }
    if let Some(close) = close {
        affixes.suffix.get_or_insert_default().insert(0, close);
    }
}

/// Gives `<names variable="editor"/>` anywhere inside a substitute the form of its parent; the
/// engine does so only for direct children.
fn expand_shorthand(names: &mut Names) {
    let parent = names.clone();
    for child in &mut names.children {
        if let NamesChild::Substitute(substitute) = child {
            expand(&parent, &mut substitute.children, false);
        }
    }
}

fn expand(parent: &Names, elements: &mut [Element], nested: bool) {
    for element in elements {
        match element {
            Element::Names(names) if nested => *names = parent.from_names_substitute(names),
            Element::Group(group) => expand(parent, &mut group.children, true),
            Element::Choose(choose) => {
                expand(parent, &mut choose.if_.children, true);
                for branch in &mut choose.else_if {
                    expand(parent, &mut branch.children, true);
                }
                if let Some(branch) = &mut choose.otherwise {
                    expand(parent, &mut branch.children, true);
                }
            }
            _ => {}
        }
    }
}

/// Replaces the quotation marks by marks of ours, and keeps the engine from moving punctuation:
/// both are done afterwards, over the whole cluster.
fn mark_quotes(
    style: &mut IndependentStyle,
    code: &LocaleCode,
    first_day: bool,
) -> Result<(), String> {
    let (open, close) = (marker::OPEN_QUOTE, marker::CLOSE_QUOTE);
    let xml = format!(
        "<locale xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\" xml:lang=\"{code}\">\
         <style-options punctuation-in-quote=\"false\" \
         limit-day-ordinals-to-day-1=\"{first_day}\"/><terms>\
         <term name=\"open-quote\">{open}</term><term name=\"close-quote\">{close}</term>\
         <term name=\"open-inner-quote\">{open}</term>\
         <term name=\"close-inner-quote\">{close}</term></terms></locale>"
    );
    let marks = locale::read(&xml)?;
    let own = style.locale.iter_mut().find(|locale| locale.lang.as_ref() == Some(code));
    let Some(own) = own else {
        style.locale.push(marks);
        return Ok(());
    };
    own.style_options = marks.style_options;
    match (&mut own.terms, marks.terms) {
        (Some(terms), Some(marks)) => drop(terms.terms.splice(0..0, marks.terms)),
        (none, marks) => *none = marks,
    }
    Ok(())
}
