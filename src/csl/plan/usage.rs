//! What a part would print, asked before it is set.

use super::set::{Held, Setting};
use super::{Branch, Group, Part, Test, Text, Usage, What, numbers};
use hayagriva::citationberg::json::Value;
use hayagriva::citationberg::taxonomy::Variable;

impl<'a> Setting<'a> {
    pub(super) fn usage(&mut self, part: &'a Part) -> Usage {
        match part {
            Part::Group(group) => self.group_usage(group),
            Part::Choose(branches) => match self.chosen(branches) {
                Some(parts) => self.all(parts),
                None => Usage::default(),
            },
            Part::Text(text) => self.text_usage(text),
            Part::Number(number) => {
                let finds = self.without_spending(|it| it.numeric(&number.field).is_some());
                Usage { prints: finds, asks: true, finds, inner: false }
            }
            Part::Label(label) => {
                Usage { prints: self.label_word(label).is_some(), ..Usage::default() }
            }
            Part::Date(date) => {
                let finds = self.day(&date.field).is_some();
                Usage { prints: finds, asks: true, finds, inner: false }
            }
            Part::Names(names) => self.names_usage(names),
        }
    }

    pub(super) fn all(&mut self, parts: &'a [Part]) -> Usage {
        let mut usage = Usage::default();
        for part in parts {
            usage = usage.join(self.usage(part));
        }
        usage
    }

    /// What a group would print. Asking may spend variables; otherwise the answer is kept.
    pub(super) fn group_usage(&mut self, group: &'a Group) -> Usage {
        if self.spends {
            return self.usage_of_all(group);
        }
        if let Some(known) = self.usages[group.index] {
            return known;
        }
        let usage = self.usage_of_all(group);
        self.usages[group.index] = Some(usage);
        usage
    }

    fn usage_of_all(&mut self, group: &'a Group) -> Usage {
        let mut usage = Usage::default();
        for part in &group.parts {
            let inner = self.usage(part);
            usage = usage.join(inner);
            let is_group = matches!(part, Part::Group(Group { is_macro: false, .. }));
            usage.inner |= !group.is_macro && is_group && inner.prints;
        }
        usage.prints &= usage.stands();
        // A macro that prints is worth as much as a variable.
        usage.inner |= group.is_macro && usage.prints;
        usage
    }

    fn text_usage(&mut self, text: &'a Text) -> Usage {
        let What::Words(words) = &text.what else {
            let found = self.without_spending(|it| {
                it.value(&text.what).map(|value| !matches!(value, Held::Text("")))
            });
            let finds = found == Some(true);
            return Usage { prints: finds, asks: true, finds, inner: false };
        };
        Usage { prints: !words.is_empty(), ..Usage::default() }
    }

    pub(super) fn chosen(&mut self, branches: &'a [Branch]) -> Option<&'a [Part]> {
        self.without_spending(|it| {
            let branch = branches
                .iter()
                .find(|branch| branch.matches.test(branch.tests.iter().map(|test| it.test(test))));
            branch.map(|branch| branch.parts.as_slice())
        })
    }

    fn test(&mut self, test: &'a Test) -> bool {
        match test {
            Test::Known(answer) => *answer,
            Test::Locator(kind) => self.locator.is_some_and(|(locator, _)| locator == kind),
            Test::Uncertain(field) => match self.asked(field) {
                Some(Value::Date(date)) => date.is_approx(),
                _ => false,
            },
            Test::Numeric(field) => match field.variable {
                Variable::Number(_) => self.numeric(field).is_some_and(|value| value.is_numeric()),
                Variable::Page(_) => self
                    .asked(field)
                    .and_then(Value::to_str)
                    .is_some_and(|p| numbers::are_pages(&p)),
                Variable::Standard(_) => {
                    self.standard(field, false).is_some_and(numbers::is_numeric)
                }
                _ => false,
            },
            Test::Present(field) => match field.variable {
                Variable::Standard(_) => {
                    self.standard(field, false).is_some_and(|value| !value.trim().is_empty())
                }
                Variable::Number(_) => self.numeric(field).is_some(),
                Variable::Date(_) => self.day(field).is_some(),
                Variable::Name(_) => !self.people(field).is_empty(),
                Variable::Page(_) => self.asked(field).is_some_and(|page| page.to_str().is_some()),
            },
        }
    }

    pub(super) fn without_spending<T>(&mut self, ask: impl FnOnce(&mut Self) -> T) -> T {
        let spends = std::mem::replace(&mut self.spends, false);
        let answer = ask(self);
        self.spends = spends;
        answer
    }
}
