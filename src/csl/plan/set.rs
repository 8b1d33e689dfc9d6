//! A plan and a source → the tree.

use super::ink::Ink;
use super::numbers::{self, Written};
use super::{Date, DatePart, Field, Frame, Group, Label, Number, Part, Plan, Text, Usage, What};
use crate::csl::library::Source;
use crate::csl::style::Style;
use hayagriva::citationberg::json::{DateValue, NameValue, Value, VecDate};
use hayagriva::citationberg::taxonomy::{Locator, NumberVariable, Variable};
use hayagriva::citationberg::{DateDayForm, DateMonthForm, DatePartName, DateStrongAnyForm};
use hayagriva::citationberg::{Formatting, LabelPluralize, LongShortForm};
use hayagriva::{ElemChildren, ElemMeta};
use std::fmt::Write as _;
use std::sync::Arc;

impl Plan {
    /// Sets a cite of a source with a locator; nothing where this is the engine's to do.
    pub(in crate::csl) fn set(
        &self,
        style: &Style,
        source: &Source,
        locator: Option<&(Locator, String)>,
    ) -> Option<ElemChildren> {
        let mut setting = Setting {
            plan: self,
            style,
            source,
            locator,
            ink: Ink::new(),
            spent: Vec::new(),
            usages: vec![None; self.groups],
            values: vec![None; self.fields],
            spends: false,
            gives_up: false,
        };
        let below = setting.ink.dress(self.format);
        for part in &self.parts {
            setting.part(part, None);
        }
        setting.ink.undress(below);
        (!setting.gives_up).then(|| setting.ink.finish())
    }
}

/// One source being set.
pub(super) struct Setting<'a> {
    pub(super) plan: &'a Plan,
    style: &'a Style,
    source: &'a Source,
    pub(super) locator: Option<&'a (Locator, String)>,
    pub(super) ink: Ink,
    /// Variables that stood in for names and are not set again.
    spent: Vec<Variable>,
    /// What groups would print, by their places in the plan, as far as this has been asked since a
    /// variable was last spent.
    pub(super) usages: Vec<Option<Usage>>,
    /// The source's values, by the variables' places in the plan, as far as they have been sought.
    values: Vec<Option<Option<&'a Value>>>,
    pub(super) spends: bool,
    /// Whether something turned up that is left to the engine.
    pub(super) gives_up: bool,
}

impl<'a> Setting<'a> {
    /// Sets a part in a group with this delimiter.
    pub(super) fn part(&mut self, part: &'a Part, delimiter: Option<&str>) {
        match part {
            Part::Group(group) => self.group(group),
            Part::Choose(branches) => {
                if let Some(parts) = self.chosen(branches) {
                    self.delimited(parts, delimiter);
                }
            }
            Part::Text(text) => self.text(text),
            Part::Number(number) => self.number(number),
            Part::Label(label) => self.label(label),
            Part::Date(date) => self.date(date),
            Part::Names(names) => self.names(names, delimiter),
        }
    }

    fn group(&mut self, group: &'a Group) {
        let usage = self.group_usage(group);
        let stands = usage.stands();
        let level = self.ink.open(group.frame.format);
        let prefixed = self.ink.prefix(&group.frame.affixes);
        if group.quotes {
            self.ink.push(OPEN_QUOTE);
        }
        if !group.is_macro {
            self.delimited(&group.parts, group.delimiter.as_deref());
        } else if stands {
            for part in &group.parts {
                self.part(part, None);
            }
        }
        if group.quotes {
            self.ink.push(CLOSE_QUOTE);
        }
        self.ink.suffix(&group.frame.affixes, prefixed);
        if stands { self.ink.close(level, None) } else { self.ink.drop(level) }
    }

    fn delimited(&mut self, parts: &'a [Part], delimiter: Option<&str>) {
        let mut first = true;
        let mut between = None;
        for part in parts {
            if !self.usage(part).prints {
                continue;
            }
            if let Some(delimiter) = delimiter.filter(|_| !first) {
                if let Some(level) = between.take() {
                    self.ink.close(level, None);
                }
                between = Some(self.ink.open(Formatting::default()));
                self.ink.push(delimiter);
            }
            first = false;
            let level = self.ink.open(Formatting::default());
            self.part(part, delimiter);
            self.ink.close(level, None);
        }
        if let Some(level) = between {
            self.ink.close(level, None);
        }
    }

    fn text(&mut self, text: &'a Text) {
        let Some(value) = self.value(&text.what) else { return };
        let level = self.ink.open(text.frame.format);
        let shows_resolver = matches!(text.what, What::Resolved { shown: true, .. });
        let prefixed = (!shows_resolver).then(|| self.ink.prefix(&text.frame.affixes));
        if text.quotes {
            self.ink.push(OPEN_QUOTE);
        }
        match (&text.what, &value) {
            (What::Resolved { resolver, shown, .. }, Held::Text(value)) => {
                let url = format!("{resolver}{value}");
                self.ink.link(if *shown { &url } else { value }, &url);
            }
            (What::Address(_), Held::Text(value)) => self.ink.link(value, value),
            (_, Held::Text(value)) => self.ink.push(value),
            (_, Held::Number(number)) => number.set(&mut self.ink),
            (_, Held::Pages) => self.pages(),
        }
        if text.quotes {
            self.ink.push(CLOSE_QUOTE);
        }
        if let Some(prefixed) = prefixed {
            self.ink.suffix(&text.frame.affixes, prefixed);
        }
        let meta = (!matches!(text.what, What::Words(_))).then_some(ElemMeta::Text);
        self.ink.close(level, meta);
    }

    pub(super) fn value(&mut self, what: &'a What) -> Option<Held<'a>> {
        match what {
            What::Words(words) => Some(Held::Text(words)),
            What::Resolved { field, .. } | What::Address(field) => {
                self.standard(field, false).map(Held::Text)
            }
            What::Field { field, short } => match field.variable {
                Variable::Standard(_) => self.standard(field, *short).map(Held::Text),
                Variable::Number(_) => self.numeric(field).map(Held::Number),
                Variable::Page(_) => self.asked(field)?.to_str().map(|_| Held::Pages),
                Variable::Date(_) | Variable::Name(_) => None,
            },
        }
    }

    fn number(&mut self, number: &'a Number) {
        let value = self.numeric(&number.field);
        let level = self.ink.open(number.frame.format);
        let prefixed = self.ink.prefix(&number.frame.affixes);
        if let Some(value) = value {
            let lookup = self.style.lookup();
            value.set_as(&mut self.ink, number.form, number.gender, &lookup.ordinals());
        }
        self.ink.suffix(&number.frame.affixes, prefixed);
        self.ink.close(level, Some(ElemMeta::Number));
    }

    fn label(&mut self, label: &'a Label) {
        let Some(word) = self.label_word(label) else { return };
        let level = self.ink.open(Formatting::default());
        self.framed_word(&label.frame, &word);
        self.ink.close(level, Some(ElemMeta::Label));
    }

    /// Sets a word in its affixes.
    pub(super) fn framed_word(&mut self, frame: &Frame, word: &str) {
        if word.is_empty() {
            return;
        }
        let below = self.ink.dress(frame.format);
        let prefixed = self.ink.prefix(&frame.affixes);
        self.ink.push(word);
        self.ink.suffix(&frame.affixes, prefixed);
        self.ink.undress(below);
    }

    pub(super) fn label_word(&mut self, label: &'a Label) -> Option<Arc<str>> {
        let is_many = match label.field.variable {
            Variable::Page(_) => {
                numbers::has_many_pages(self.asked(&label.field)?.to_str()?.as_ref())
            }
            Variable::Number(variable) => {
                let is_locator = variable == NumberVariable::Locator;
                if is_locator && self.locator.is_some_and(|(kind, _)| *kind == Locator::Custom) {
                    return None;
                }
                let value = self.numeric(&label.field)?;
                match label.plural {
                    LabelPluralize::Always => true,
                    LabelPluralize::Never => false,
                    LabelPluralize::Contextual => value.is_many(variable.is_number_of_variable()),
                }
            }
            _ => return None,
        };
        match (label.field.variable, self.locator) {
            (Variable::Number(NumberVariable::Locator), Some((kind, _))) => {
                self.style.labels.of(&self.style.lookup(), *kind, label.form).of(is_many)
            }
            _ => label.word.of(is_many),
        }
    }

    fn date(&mut self, date: &'a Date) {
        let Some(day) = self.day(&date.field) else { return };
        if self.plan.sorts {
            return self.padded(date, day);
        }
        let level = self.ink.open(date.frame.format);
        let prefixed = self.ink.prefix(&date.frame.affixes);
        let mut was_empty = true;
        for part in &date.parts {
            let start = self.ink.len();
            if let Some(delimiter) = date.delimiter.as_deref().filter(|_| !was_empty) {
                self.ink.push(delimiter);
            }
            self.date_part(part, day);
            was_empty = self.ink.len() == start;
        }
        self.ink.suffix(&date.frame.affixes, prefixed);
        self.ink.close(level, Some(ElemMeta::Date));
    }

    /// Sets a date as it is sorted by: the engine pads its numbers.
    fn padded(&mut self, date: &'a Date, day: [Option<i16>; 3]) {
        let month_or_day = |part: Option<i16>| part.is_none_or(|part| (1..=31).contains(&part));
        self.gives_up |= !day[1..].iter().all(|part| month_or_day(*part));
        for (at, part) in day.into_iter().enumerate().filter(|(at, _)| date.sorted[*at]) {
            let part = part.unwrap_or_default();
            let written = match at {
                0 => write!(self.ink, "P{part:09}"),
                _ => write!(self.ink, "{part:02}"),
            };
            self.gives_up |= written.is_err();
        }
    }

    fn date_part(&mut self, part: &'a DatePart, [year, month, day]: [Option<i16>; 3]) {
        let value = match part.name {
            DatePartName::Year => year,
            DatePartName::Month => month,
            DatePartName::Day => day,
        };
        let Some(value) = value else { return };
        let below = self.ink.dress(part.frame.format);
        let prefixed = self.ink.prefix(&part.frame.affixes);
        let value = i32::from(value);
        let written = match part.form {
            DateStrongAnyForm::Day(DateDayForm::NumericLeadingZeros)
            | DateStrongAnyForm::Month(DateMonthForm::NumericLeadingZeros) => {
                write!(self.ink, "{value:02}")
            }
            DateStrongAnyForm::Day(DateDayForm::Ordinal) if value == 1 || !part.first_only => {
                let lookup = self.style.lookup();
                let ending = lookup.ordinals().lookup(value, lookup.month_gender(month));
                write!(self.ink, "{value}{}", ending.unwrap_or_default())
            }
            DateStrongAnyForm::Month(DateMonthForm::Long | DateMonthForm::Short) => {
                let name = usize::try_from(value - 1).ok().and_then(|at| part.months.get(at));
                match name.and_then(Option::as_deref) {
                    Some(name) => self.ink.write_str(name),
                    None => write!(self.ink, "{value}"),
                }
            }
            DateStrongAnyForm::Year(LongShortForm::Short) => {
                write!(self.ink, "{:02}", value % 100)
            }
            _ => write!(self.ink, "{value}"),
        };
        self.gives_up |= written.is_err();
        self.ink.suffix(&part.frame.affixes, prefixed);
        self.ink.undress(below);
    }

    fn pages(&mut self) {
        let Some(Value::String(pages)) = self.source.item.0.get("page") else {
            self.gives_up = true;
            return;
        };
        numbers::set_pages(&mut self.ink, pages, &self.plan.pages);
    }
}

/// The variables of the source.
impl<'a> Setting<'a> {
    /// Asks for a variable, unless it has been spent; in the place of a name it is spent by this.
    fn may_ask(&mut self, variable: Variable) -> bool {
        if self.spent.contains(&variable) {
            return false;
        }
        if self.spends {
            self.spent.push(variable);
            self.usages.fill(None);
        }
        true
    }

    pub(super) fn asked(&mut self, field: &Field) -> Option<&'a Value> {
        self.may_ask(field.variable).then(|| self.held(field))?
    }

    fn held(&mut self, field: &Field) -> Option<&'a Value> {
        let source = self.source;
        *self.values[field.index].get_or_insert_with(|| source.item.0.get(&field.name))
    }

    pub(super) fn standard(&mut self, field: &Field, short: bool) -> Option<&'a str> {
        if !self.may_ask(field.variable) {
            return None;
        }
        let text = |value: Option<&'a Value>| match value {
            Some(Value::String(text)) => Some(text.as_str()),
            _ => None,
        };
        if short
            && field.name == "title"
            && let Some(short) = text(self.source.item.0.get("title-short"))
        {
            return Some(short);
        }
        text(self.held(field))
    }

    pub(super) fn numeric(&mut self, field: &Field) -> Option<Written<'a>> {
        if field.variable == Variable::Number(NumberVariable::Locator) {
            let asks = self.may_ask(field.variable);
            return self.locator.filter(|_| asks).map(|(_, text)| Written::of(text));
        }
        match self.asked(field)? {
            Value::String(text) => Some(Written::of(text)),
            _ => None,
        }
    }

    /// The year, month and day of a date.
    pub(super) fn day(&mut self, field: &Field) -> Option<[Option<i16>; 3]> {
        let Value::Date(date) = self.asked(field)? else { return None };
        let DateValue::DateParts { date_parts, season, .. } = date else {
            self.gives_up = true;
            return None;
        };
        self.gives_up |= season.is_some() && !self.plan.sorts;
        let [VecDate(parts)] = date_parts.0.as_slice() else {
            self.gives_up = true;
            return None;
        };
        self.gives_up |= parts.first().is_none_or(|year| *year < 1000);
        Some([0, 1, 2].map(|at| parts.get(at).copied()))
    }

    pub(super) fn people(&mut self, field: &Field) -> &'a [NameValue] {
        match self.asked(field) {
            Some(Value::Names(names)) => names,
            _ => &[],
        }
    }
}

/// The value of a variable.
pub(super) enum Held<'a> {
    Text(&'a str),
    Number(Written<'a>),
    Pages,
}

const OPEN_QUOTE: &str = "\u{E0110}";
const CLOSE_QUOTE: &str = "\u{E0111}";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csl::marker;

    #[test]
    fn quotation_marks_are_those_the_repair_sets() {
        assert_eq!(OPEN_QUOTE, marker::OPEN_QUOTE.to_string());
        assert_eq!(CLOSE_QUOTE, marker::CLOSE_QUOTE.to_string());
    }
}
