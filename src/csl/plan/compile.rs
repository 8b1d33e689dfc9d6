//! A folded style → its plan, or none where the style asks for what a plan does not know.

use super::{
    Branch, Date, DatePart, Field, Frame, Group, Initials, Label, Manner, Names, Number, Pages,
    Part, Plan, Test, Text, What, Where,
};
use crate::csl::fold::Task;
use crate::csl::locale::{Lookup, Word};
use hayagriva::citationberg::taxonomy::{
    NameVariable, NumberOrPageVariable, NumberVariable, OtherTerm, StandardVariable, Term, Variable,
};
use hayagriva::citationberg::{
    self as csl, ChooseBranch, ChooseMatch, DateParts, DemoteNonDroppingParticle, IndependentStyle,
    InheritableNameOptions, LayoutRenderingElement as Element, NameAnd, NameForm,
    NameLabelPosition, TermForm, TextTarget, ToAffixes, ToFormatting,
};
use std::cell::{Cell, RefCell};

impl Plan {
    /// Makes the plan of a style's citations, which set this.
    pub(in crate::csl) fn of(
        style: &IndependentStyle,
        task: Task,
        lookup: &Lookup<'_>,
    ) -> Option<Plan> {
        let citation = &style.citation;
        let options = style.settings.options.apply(&citation.name_options);
        let sorts = task == Task::SortKey;
        let compiler =
            Compiler { style, sorts, lookup, groups: Cell::default(), fields: RefCell::default() };
        let mark = OtherTerm::PageRangeDelimiter;
        Some(Plan {
            format: citation.layout.to_formatting(),
            parts: compiler.parts(&citation.layout.elements, &options)?,
            groups: compiler.groups.get(),
            fields: compiler.fields.take().len(),
            sorts,
            pages: Pages {
                format: style.settings.page_range_format.unwrap_or_default(),
                mark: lookup.mark(mark, "–"),
            },
        })
    }
}

struct Compiler<'a> {
    style: &'a IndependentStyle,
    sorts: bool,
    lookup: &'a Lookup<'a>,
    /// The groups so far.
    groups: Cell<usize>,
    /// The variables so far.
    fields: RefCell<Vec<Variable>>,
}

/// What names inherit from what they stand in.
type Options = InheritableNameOptions;

impl Compiler<'_> {
    fn parts(&self, elements: &[Element], options: &Options) -> Option<Vec<Part>> {
        let mut parts = Vec::with_capacity(elements.len());
        for element in elements {
            parts.extend(self.part(element, options)?);
        }
        Some(parts)
    }

    /// The part for an element: outside `None` where there is no plan, inside where it never sets
    /// anything.
    fn part(&self, element: &Element, options: &Options) -> Option<Option<Part>> {
        Some(Some(match element {
            Element::Text(text) => return self.text(text, options),
            Element::Number(number) => Part::Number(self.number(number)?),
            Element::Label(label) => Part::Label(self.label(label)?),
            Element::Date(date) => Part::Date(self.date(date)?),
            Element::Names(names) => Part::Names(Box::new(self.names(names, options)?)),
            Element::Choose(choose) => Part::Choose(self.branches(choose, options)?),
            Element::Group(group) => Part::Group(Group {
                index: self.group(),
                frame: Frame { format: group.to_formatting(), affixes: group.to_affixes() },
                quotes: false,
                is_macro: false,
                delimiter: group.delimiter.clone(),
                parts: self.parts(&group.children, options).filter(|_| group.display.is_none())?,
            }),
        }))
    }

    fn group(&self) -> usize {
        self.groups.replace(self.groups.get() + 1)
    }

    fn field(&self, variable: Variable) -> Field {
        let mut fields = self.fields.borrow_mut();
        let known = fields.iter().position(|known| *known == variable);
        let index = known.unwrap_or_else(|| {
            fields.push(variable);
            fields.len() - 1
        });
        Field { index, variable, name: variable.to_string() }
    }

    fn text(&self, text: &csl::Text, options: &Options) -> Option<Option<Part>> {
        let plain = text.display.is_none() && text.text_case.is_none() && !text.strip_periods;
        let frame = Frame { format: text.formatting, affixes: text.affixes.clone() };
        let what = match &text.target {
            _ if !plain => return None,
            TextTarget::Macro { name } => {
                let rule = self.style.macros.iter().find(|rule| rule.name == *name);
                let Some(rule) = rule else { return Some(None) };
                let parts = self.parts(&rule.children, options)?;
                let (index, quotes) = (self.group(), text.quotes);
                let group = Group { index, frame, quotes, is_macro: true, delimiter: None, parts };
                return Some(Some(Part::Group(group)));
            }
            TextTarget::Term { term, form, plural } => {
                match self.lookup.term(*term, *form, *plural) {
                    Some("") => return None,
                    Some(words) => What::Words(words.to_owned()),
                    None => return Some(None),
                }
            }
            TextTarget::Value { val } => What::Words(val.clone()),
            TextTarget::Variable { var, form } => match self.variable(*var, *form, &frame)? {
                Some(what) => what,
                None => return Some(None),
            },
        };
        Some(Some(Part::Text(Text { frame, quotes: text.quotes, what })))
    }

    /// What a text sets of a variable: outside `None` where that is left to the engine, inside where no
    /// source has it.
    fn variable(
        &self,
        var: Variable,
        form: csl::LongShortForm,
        frame: &Frame,
    ) -> Option<Option<What>> {
        const YEAR_SUFFIX: Variable = Variable::Standard(StandardVariable::YearSuffix);
        if var == YEAR_SUFFIX {
            return Some(None);
        }
        known(var)?;
        let field = self.field(var);
        let resolver = match var {
            Variable::Standard(StandardVariable::DOI) => "https://doi.org/",
            Variable::Standard(StandardVariable::PMID) => "https://www.ncbi.nlm.nih.gov/pubmed/",
            Variable::Standard(StandardVariable::PMCID) => {
                "https://www.ncbi.nlm.nih.gov/pmc/articles/"
            }
            Variable::Standard(StandardVariable::URL) => return Some(Some(What::Address(field))),
            Variable::Date(_) | Variable::Name(_) => return Some(None),
            _ => {
                return Some(Some(What::Field { field, short: form == csl::LongShortForm::Short }));
            }
        };
        let shown = frame.affixes.prefix.as_deref() == Some(resolver);
        Some(Some(What::Resolved { field, resolver, shown }))
    }

    fn number(&self, number: &csl::Number) -> Option<Number> {
        let plain = number.display.is_none() && number.text_case.is_none() && !self.sorts;
        let NumberOrPageVariable::Number(variable) = number.variable else { return None };
        known(variable.into()).filter(|_| plain)?;
        Some(Number {
            frame: Frame { format: number.formatting, affixes: number.affixes.clone() },
            field: self.field(variable.into()),
            form: number.form,
            gender: self.lookup.gender(number.variable.into()),
        })
    }

    fn label(&self, label: &csl::Label) -> Option<Label> {
        let variable = Variable::from(label.variable);
        known(variable)?;
        let term = Term::from(label.variable);
        Some(Label {
            field: self.field(variable),
            word: match variable {
                Variable::Number(NumberVariable::Locator) => Word::default(),
                _ => self.lookup.word(term, label.label.form),
            },
            form: label.label.form,
            plural: label.label.plural,
            frame: label_frame(&label.label)?,
        })
    }

    fn branches(&self, choose: &csl::Choose, options: &Options) -> Option<Vec<Branch>> {
        let mut branches: Vec<Branch> =
            choose.branches().map(|branch| self.branch(branch, options)).collect::<Option<_>>()?;
        if let Some(otherwise) = &choose.otherwise {
            let parts = self.parts(&otherwise.children, options)?;
            branches.push(Branch { matches: ChooseMatch::All, tests: Vec::new(), parts });
        }
        Some(branches)
    }

    fn branch(&self, branch: &ChooseBranch, options: &Options) -> Option<Branch> {
        if branch.type_.is_some() || branch.position.is_some() {
            return None;
        }
        let fields = |variables: &Option<Vec<Variable>>| -> Option<Vec<Field>> {
            let fields = variables.iter().flatten().map(|v| known(*v).map(|()| self.field(*v)));
            fields.collect()
        };
        let mut tests = Vec::new();
        tests.extend(branch.disambiguate.map(|asked| Test::Known(!asked)));
        tests.extend(fields(&branch.is_numeric)?.into_iter().map(Test::Numeric));
        let dates = branch.is_uncertain_date.iter().flatten();
        tests.extend(dates.map(|date| Test::Uncertain(self.field((*date).into()))));
        tests.extend(branch.locator.iter().flatten().map(|kind| Test::Locator(*kind)));
        tests.extend(fields(&branch.variable)?.into_iter().map(Test::Present));
        let parts = self.parts(&branch.children, options)?;
        Some(Branch { matches: branch.match_, tests, parts })
    }

    fn date(&self, date: &csl::Date) -> Option<Date> {
        let variable = date.variable.filter(|_| date.display.is_none())?;
        let base = match date.form {
            None => date,
            Some(form) => self.lookup.localized_date(form)?,
        };
        let shown = date.parts.or(base.parts).unwrap_or_default();
        let localized = date.form.is_some();
        let parts = base.date_part.iter().filter(|part| is_shown(part, shown));
        let own = |part: &csl::DatePart| {
            date.date_part.iter().find(|own| localized && own.name == part.name)
        };
        (date.text_case.is_none() && base.text_case.is_none()).then_some(())?;
        let format = match localized {
            true => date.formatting.apply(base.formatting),
            false => date.formatting,
        };
        Some(Date {
            frame: Frame { format, affixes: date.affixes.clone() },
            field: self.field(variable.into()),
            delimiter: base.delimiter.clone(),
            parts: parts.map(|part| self.date_part(part, own(part))).collect::<Option<_>>()?,
            sorted: sorted_parts(date),
        })
    }

    fn date_part(&self, part: &csl::DatePart, own: Option<&csl::DatePart>) -> Option<DatePart> {
        let cases = [own.and_then(|own| own.text_case), part.text_case];
        (cases == [None, None] && !part.strip_periods).then_some(())?;
        let form = own.unwrap_or(part).form();
        let format = own.map_or(part.formatting, |own| own.formatting.apply(part.formatting));
        Some(DatePart {
            frame: Frame { format, affixes: part.affixes.clone() },
            name: part.name,
            form,
            months: self.lookup.months(form),
            first_only: self.lookup.first_day_only(),
        })
    }

    fn names(&self, names: &csl::Names, inherited: &Options) -> Option<Names> {
        use NameVariable::{Editor, Translator};
        let both = names.variable.contains(&Editor) && names.variable.contains(&Translator);
        let named = names.children.is_empty() || names.name().is_some();
        let none_first = |first: Option<u32>| first == Some(0);
        let fits = named
            && !both
            && names.display.is_none()
            && !none_first(names.et_al_use_first)
            && self.style.settings.demote_non_dropping_particle
                != DemoteNonDroppingParticle::DisplayAndSort;
        let options = inherited.apply(&names.options());
        let manner = self.manner(names.name(), &options).filter(|_| fits)?;
        let label = match names.label() {
            _ if self.sorts => None,
            None => None,
            Some((label, place)) => {
                let stands = match place {
                    NameLabelPosition::BeforeName => Where::Before,
                    NameLabelPosition::AfterName => Where::Behind,
                };
                Some((label_frame(label)?, stands))
            }
        };
        let form = names.label().map(|(label, _)| label.form);
        let field = |variable: &NameVariable| {
            let word =
                form.map(|form| self.lookup.word((*variable).into(), form)).unwrap_or_default();
            (self.field((*variable).into()), word)
        };
        let et_al = names.et_al().cloned().unwrap_or_default();
        let others = self.lookup.term(et_al.term.into(), TermForm::default(), false);
        let others = others.filter(|_| !self.sorts);
        Some(Names {
            frame: Frame { format: names.to_formatting(), affixes: names.to_affixes() },
            variables: names.variable.iter().map(field).collect(),
            delimiter: names.delimiter(&options).to_owned(),
            label,
            manner,
            others: others.map(|words| (et_al.formatting, words.to_owned())),
            substitute: self.substitute(names, &options)?,
        })
    }

    /// What stands in for names. Names among it take their form from those they stand in for.
    fn substitute(&self, names: &csl::Names, options: &Options) -> Option<Vec<Part>> {
        let Some(substitute) = names.substitute() else { return Some(Vec::new()) };
        let mut parts = Vec::with_capacity(substitute.children.len());
        for element in &substitute.children {
            let Element::Names(child) = element else {
                parts.extend(self.part(element, options)?);
                continue;
            };
            let bare = child.children.is_empty() || child.name().is_some();
            let names = self.names(&names.from_names_substitute(child), options);
            parts.push(Part::Names(Box::new(names.filter(|_| bare)?)));
        }
        Some(parts)
    }

    fn manner(&self, name: Option<&csl::Name>, inherited: &Options) -> Option<Manner> {
        let default = csl::Name::default();
        let name = name.unwrap_or(&default);
        let options = name.options(inherited);
        let (given, family) = (name.name_part_given(), name.name_part_family());
        let cased = [given, family].into_iter().flatten().any(|part| part.text_case.is_some());
        let initialises = options.initialize_with.is_some() && options.initialize;
        let fits = !cased
            && !options.et_al_use_last
            && options.et_al_use_first != Some(0)
            && options.form != NameForm::Count;
        fits.then_some(())?;
        let frame = |part: Option<&csl::NamePart>| Frame {
            format: part.map(|part| part.formatting).unwrap_or_default(),
            affixes: part.map(|part| part.affixes.clone()).unwrap_or_default(),
        };
        let count = |count: Option<u32>| count.map_or(usize::MAX, |count| count as usize);
        let and = |and| match and {
            NameAnd::Symbol => "&",
            NameAnd::Text => {
                let and = Term::Other(OtherTerm::And);
                self.lookup.term(and, TermForm::default(), false).unwrap_or_default()
            }
        };
        Some(Manner {
            format: name.formatting,
            given: frame(given),
            family: frame(family),
            and: options.and.map(|mark| and(mark).to_owned()),
            delimiter: options.delimiter.to_owned(),
            before_last: options.delimiter_precedes_last,
            before_others: options.delimiter_precedes_et_al,
            // To the engine a cite set alone is none of the first.
            many: count(options.et_al_subsequent_min.or(options.et_al_min)),
            few: count(options.et_al_subsequent_use_first.or(options.et_al_use_first)),
            is_short: options.form == NameForm::Short,
            initials: options.initialize_with.map(|mark| Initials {
                mark: mark.to_owned(),
                shrinks: initialises,
                hyphens: self.style.settings.initialize_with_hyphen,
            }),
            inverted: options.name_as_sort_order,
            sort_separator: options.sort_separator.to_owned(),
            demotes: self.style.settings.demote_non_dropping_particle
                != DemoteNonDroppingParticle::Never,
        })
    }
}

/// Whether a date is sorted by its year, month and day.
fn sorted_parts(date: &csl::Date) -> [bool; 3] {
    let has = |name| date.date_part.iter().any(|part| part.name == name);
    let shown = date.parts.unwrap_or_default();
    match date.form {
        Some(_) => [true, shown.has_month(), shown.has_day()],
        None => {
            [csl::DatePartName::Year, csl::DatePartName::Month, csl::DatePartName::Day].map(has)
        }
    }
}

/// A label's frame; labels in another case are left to the engine.
fn label_frame(label: &csl::VariablelessLabel) -> Option<Frame> {
    let plain = label.text_case.is_none() && !label.strip_periods;
    plain.then(|| Frame { format: label.formatting, affixes: label.affixes.clone() })
}

/// Whether a variable is the source's own. Numbers and labels of cites are the engine's.
fn known(variable: Variable) -> Option<()> {
    use NumberVariable::{CitationNumber, FirstReferenceNoteNumber, PageFirst};
    use StandardVariable::{CitationLabel, YearSuffix};
    let foreign = matches!(
        variable,
        Variable::Number(CitationNumber | FirstReferenceNoteNumber | PageFirst)
            | Variable::Standard(CitationLabel | YearSuffix)
    );
    (!foreign).then_some(())
}

fn is_shown(part: &csl::DatePart, shown: DateParts) -> bool {
    match part.name {
        csl::DatePartName::Year => true,
        csl::DatePartName::Month => shown.has_month(),
        csl::DatePartName::Day => shown.has_day(),
    }
}
