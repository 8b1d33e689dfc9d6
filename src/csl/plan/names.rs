//! Names → the engine's tree.

use super::set::Setting;
use super::{Field, Frame, Manner, Names, Usage, Where};
use hayagriva::ElemMeta;
use hayagriva::citationberg::json::{NameItem, NameValue};
use hayagriva::citationberg::taxonomy::{NameVariable, Variable};
use hayagriva::citationberg::{DelimiterBehavior, NameAsSortOrder};
use hayagriva::types::Person;

impl<'a> Setting<'a> {
    pub(super) fn names(&mut self, names: &'a Names, delimiter: Option<&str>) {
        let lists: Vec<&'a [NameValue]> =
            names.variables.iter().map(|(field, _)| self.people(field)).collect();
        if lists.iter().all(|people| people.is_empty()) {
            return self.substitute(names, delimiter);
        }
        let level = self.ink.open(names.frame.format);
        let prefixed = self.ink.prefix(&names.frame.affixes);
        let mut first = true;
        for ((field, word), people) in names.variables.iter().zip(lists) {
            if people.is_empty() {
                continue;
            }
            if !std::mem::replace(&mut first, false) && !names.delimiter.is_empty() {
                self.ink.push(&names.delimiter);
            }
            let people: Vec<Person> = people.iter().filter_map(person).collect();
            let word = word.of(people.len() != 1);
            self.names_label(names, Where::Before, word.as_deref());
            self.list(names, &people, field);
            self.names_label(names, Where::Behind, word.as_deref());
        }
        self.ink.suffix(&names.frame.affixes, prefixed);
        self.ink.close(level, Some(ElemMeta::Names(Vec::new())));
    }

    /// Sets the first of what stands in for names that says something. It is not set again.
    fn substitute(&mut self, names: &'a Names, delimiter: Option<&str>) {
        if names.substitute.is_empty() {
            return;
        }
        self.spends = true;
        let level = self.ink.open(names.frame.format);
        for part in &names.substitute {
            let start = self.ink.len();
            self.part(part, delimiter);
            if self.ink.len() > start {
                break;
            }
        }
        self.ink.close(level, Some(ElemMeta::Names(Vec::new())));
        self.spends = false;
    }

    pub(super) fn names_usage(&mut self, names: &'a Names) -> Usage {
        self.without_spending(|it| {
            let found = names.variables.iter().any(|(field, _)| !it.people(field).is_empty());
            let other = it.all(&names.substitute);
            match found {
                true => Usage { prints: true, asks: true, finds: true, inner: false },
                false => other,
            }
        })
    }

    fn names_label(&mut self, names: &'a Names, place: Where, word: Option<&str>) {
        if let Some((frame, stands)) = &names.label
            && *stands == place
        {
            self.framed_word(frame, word.unwrap_or_default());
        }
    }

    /// Sets the names of one variable.
    fn list(&mut self, names: &'a Names, people: &[Person], field: &Field) {
        let manner = &names.manner;
        let below = self.ink.dress(manner.format);
        let shortened = people.len() >= manner.many && people.len() > manner.few;
        let shown = if shortened { manner.few } else { people.len() };
        let mut inverted = false;
        for (at, person) in people.iter().enumerate().take(shown) {
            if at > 0 {
                let is_last = at + 1 == shown && !shortened;
                self.between(manner, is_last, at, inverted);
            }
            inverted = match manner.inverted {
                Some(NameAsSortOrder::First) => at == 0,
                Some(NameAsSortOrder::All) => true,
                None => false,
            };
            let Variable::Name(variable) = field.variable else { return };
            self.name(person, manner, inverted, (variable, at));
        }
        if shortened && let Some((format, words)) = &names.others {
            let delimits = match manner.before_others {
                DelimiterBehavior::Always => true,
                DelimiterBehavior::Contextual => shown >= 2,
                DelimiterBehavior::AfterInvertedName => inverted,
                DelimiterBehavior::Never => false,
            };
            if delimits {
                self.ink.push(&manner.delimiter);
            }
            let below = self.ink.dress(*format);
            self.ink.space();
            self.ink.push(words);
            self.ink.undress(below);
        }
        self.ink.undress(below);
    }

    /// Sets what stands before the name at a place.
    fn between(&mut self, manner: &'a Manner, is_last: bool, at: usize, inverted: bool) {
        let Some(and) = manner.and.as_deref().filter(|_| is_last) else {
            return self.ink.push(&manner.delimiter);
        };
        let delimits = match manner.before_last {
            DelimiterBehavior::Always => true,
            DelimiterBehavior::Contextual => at >= 2,
            DelimiterBehavior::AfterInvertedName => inverted,
            DelimiterBehavior::Never => false,
        };
        self.ink.push(if delimits { &manner.delimiter } else { " " });
        self.ink.push(and);
        self.ink.space();
    }

    fn name(
        &mut self,
        person: &Person,
        manner: &'a Manner,
        inverted: bool,
        (variable, at): (NameVariable, usize),
    ) {
        self.gives_up |= person.is_cjk();
        let level = self.ink.open(hayagriva::citationberg::Formatting::default());
        if self.plan.sorts {
            self.sorted_name(person, manner);
        } else if person.is_institutional() || manner.is_short {
            self.family(person, manner);
        } else if inverted {
            self.family_first(person, manner);
        } else {
            self.given_first(person, manner);
        }
        self.ink.close(level, Some(ElemMeta::Name(variable, at)));
    }

    fn family(&mut self, person: &Person, manner: &'a Manner) {
        self.dressed(&manner.family, |it| it.ink.push(&person.name));
    }

    /// Sets a name as it is sorted by: an organisation's without its article, a person's from the
    /// family name on.
    fn sorted_name(&mut self, person: &Person, manner: &'a Manner) {
        if person.is_institutional() {
            let below = self.ink.dress(manner.family.format);
            self.ink.push(person.name_without_article());
            return self.ink.undress(below);
        }
        match person.name_particle().filter(|_| manner.demotes) {
            _ if manner.is_short => self.family(person, manner),
            Some(particle) => self.particle_last(person, particle, manner),
            None => self.family_first(person, manner),
        }
    }

    fn family_first(&mut self, person: &Person, manner: &'a Manner) {
        self.family(person, manner);
        self.behind_family(person, None, manner);
    }

    fn particle_last(&mut self, person: &Person, particle: &str, manner: &'a Manner) {
        self.dressed(&manner.family, |it| it.ink.push(person.name_without_particle()));
        self.behind_family(person, Some(particle), manner);
    }

    fn behind_family(&mut self, person: &Person, particle: Option<&str>, manner: &'a Manner) {
        if person.given_name.is_some() {
            self.ink.push(&manner.sort_separator);
            self.dressed(&manner.given, |it| {
                it.given(person, manner);
                if let Some(particle) = particle {
                    it.ink.space();
                    it.ink.push(particle);
                }
            });
        }
        if let Some(suffix) = &person.suffix {
            self.ink.push(&manner.sort_separator);
            self.ink.push(suffix);
        }
    }

    fn given_first(&mut self, person: &Person, manner: &'a Manner) {
        self.dressed(&manner.given, |it| it.given(person, manner));
        self.ink.space();
        let family = &manner.family;
        let below = self.ink.dress(family.format);
        self.ink.push(family.affixes.prefix.as_deref().unwrap_or_default());
        self.ink.push(&person.name);
        self.ink.undress(below);
        if let Some(suffix) = &person.suffix {
            if person.comma_suffix {
                self.ink.push(&manner.sort_separator);
            }
            self.ink.space();
            self.ink.push(suffix);
        }
        self.ink.push(family.affixes.suffix.as_deref().unwrap_or_default());
    }

    /// Sets a given name, with the particle that leaves the family name.
    fn given(&mut self, person: &Person, manner: &'a Manner) {
        if let Some(given) = &person.given_name {
            let written = match &manner.initials {
                None => {
                    self.ink.push(given);
                    Ok(())
                }
                Some(initials) if initials.shrinks => {
                    person.initials(&mut self.ink, Some(&initials.mark), initials.hyphens)
                }
                Some(initials) => {
                    person.first_name_with_delimiter(&mut self.ink, Some(&initials.mark))
                }
            };
            self.gives_up |= written.is_err();
        }
        if let Some(particle) = &person.prefix {
            self.ink.space();
            self.ink.push(particle);
        }
    }

    /// Sets a part of a name in its format; its suffix stands outside.
    fn dressed(&mut self, frame: &'a Frame, set: impl FnOnce(&mut Self)) {
        let below = self.ink.dress(frame.format);
        self.ink.push(frame.affixes.prefix.as_deref().unwrap_or_default());
        set(self);
        self.ink.undress(below);
        self.ink.push(frame.affixes.suffix.as_deref().unwrap_or_default());
    }
}

/// A name as the engine reads it.
fn person(name: &NameValue) -> Option<Person> {
    match name {
        NameValue::Literal(literal) => Some(Person {
            name: literal.literal.clone(),
            prefix: None,
            suffix: None,
            given_name: None,
            alias: None,
            comma_suffix: false,
        }),
        NameValue::Item(item) => item_person(item),
    }
}

fn item_person(item: &NameItem) -> Option<Person> {
    let comma_suffix = item.comma_suffix.unwrap_or_default();
    if item.non_dropping_particle.is_none() && item.dropping_particle.is_none() {
        let parts = [Some(item.family.as_str()), item.given.as_deref()];
        let mut person = Person::from_strings(parts.into_iter().flatten().collect()).ok()?;
        person.suffix = item.suffix.clone().or(person.suffix);
        person.comma_suffix |= comma_suffix;
        return Some(person);
    }
    let name = match &item.non_dropping_particle {
        Some(particle) => format!("{particle} {}", item.family),
        None => item.family.clone(),
    };
    Some(Person {
        name,
        prefix: item.dropping_particle.clone(),
        suffix: item.suffix.clone(),
        given_name: item.given.clone(),
        alias: None,
        comma_suffix,
    })
}
