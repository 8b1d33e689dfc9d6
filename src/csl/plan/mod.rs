//! A folded style → a plan; a plan and a source → what the engine would set, or sort by, in a
//! twentieth of its time.
//!
//! The engine looks every word of the locale up anew, copies every field it asks for, and asks what
//! a group will print at every level. A plan has its words looked up and its fields named when it
//! is made; it keeps to what the engine does to the letter, with its ways of dropping a repeated
//! affix and an empty group. What it does not know (text cases, names counted, seasons, years
//! before 1000) it leaves to the engine: by making no plan, or by setting nothing.

mod compile;
mod ink;
mod names;
mod numbers;
mod set;
#[cfg(test)]
mod tests;
mod usage;

use super::locale::Word;
use hayagriva::citationberg::taxonomy::{Locator, Variable};
use hayagriva::citationberg::{
    Affixes, ChooseMatch, DatePartName, DateStrongAnyForm, DelimiterBehavior, Formatting,
    GrammarGender, LabelPluralize, NameAsSortOrder, NumberForm, PageRangeFormat, TermForm,
};

/// What a style sets of a cite or an entry.
#[derive(Debug)]
pub(super) struct Plan {
    format: Formatting,
    parts: Vec<Part>,
    /// How many groups there are.
    groups: usize,
    /// How many variables are asked for.
    fields: usize,
    /// Whether it sets what is sorted by, for which dates and names have forms of their own.
    sorts: bool,
    pages: Pages,
}

/// How ranges of pages are written.
#[derive(Debug)]
struct Pages {
    format: PageRangeFormat,
    mark: String,
}

#[derive(Debug)]
enum Part {
    Group(Group),
    Choose(Vec<Branch>),
    Text(Text),
    Number(Number),
    Label(Label),
    Date(Date),
    Names(Box<Names>),
}

/// A group, or a macro, which sets its parts whether or not they have something to say.
#[derive(Debug)]
struct Group {
    /// Its place among the groups of the plan.
    index: usize,
    frame: Frame,
    quotes: bool,
    is_macro: bool,
    delimiter: Option<String>,
    parts: Vec<Part>,
}

/// What stands around a part.
#[derive(Debug)]
struct Frame {
    format: Formatting,
    affixes: Affixes,
}

/// The parts to set if the tests say so.
#[derive(Debug)]
struct Branch {
    matches: ChooseMatch,
    tests: Vec<Test>,
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Test {
    Known(bool),
    Numeric(Field),
    Uncertain(Field),
    Locator(Locator),
    Present(Field),
}

/// A variable, and the name by which a source has it.
#[derive(Debug)]
struct Field {
    /// Its place among the variables of the plan.
    index: usize,
    variable: Variable,
    name: String,
}

#[derive(Debug)]
struct Text {
    frame: Frame,
    quotes: bool,
    what: What,
}

#[derive(Debug)]
enum What {
    /// A variable; of a title perhaps the short form.
    Field {
        field: Field,
        short: bool,
    },
    /// The address a source's number leads to begins so; the style may set the beginning itself.
    Resolved {
        field: Field,
        resolver: &'static str,
        shown: bool,
    },
    Address(Field),
    Words(String),
}

#[derive(Debug)]
struct Number {
    frame: Frame,
    field: Field,
    form: NumberForm,
    gender: Option<GrammarGender>,
}

/// The word before a number.
#[derive(Debug)]
struct Label {
    field: Field,
    /// That of a locator depends on its kind.
    word: Word,
    form: TermForm,
    plural: LabelPluralize,
    frame: Frame,
}

#[derive(Debug)]
struct Date {
    frame: Frame,
    field: Field,
    delimiter: Option<String>,
    parts: Vec<DatePart>,
    /// Whether year, month and day are sorted by.
    sorted: [bool; 3],
}

#[derive(Debug)]
struct DatePart {
    frame: Frame,
    name: DatePartName,
    form: DateStrongAnyForm,
    /// The names of the months in this form.
    months: Vec<Option<String>>,
    /// Whether only the first day of a month is an ordinal.
    first_only: bool,
}

#[derive(Debug)]
struct Names {
    frame: Frame,
    /// The variables with the label of each.
    variables: Vec<(Field, Word)>,
    delimiter: String,
    label: Option<(Frame, Where)>,
    manner: Manner,
    others: Option<(Formatting, String)>,
    substitute: Vec<Part>,
}

/// Where the label of names stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Where {
    Before,
    Behind,
}

/// How the names of a list are written.
#[derive(Debug)]
struct Manner {
    format: Formatting,
    given: Frame,
    family: Frame,
    and: Option<String>,
    delimiter: String,
    before_last: DelimiterBehavior,
    before_others: DelimiterBehavior,
    /// From how many on only the first few stand.
    many: usize,
    few: usize,
    is_short: bool,
    initials: Option<Initials>,
    inverted: Option<NameAsSortOrder>,
    sort_separator: String,
    /// Whether a particle leaves the family name when names are sorted.
    demotes: bool,
}

#[derive(Debug)]
struct Initials {
    mark: String,
    /// Whether given names shrink, or only single letters take the mark.
    shrinks: bool,
    hyphens: bool,
}

/// What a part would print.
#[derive(Clone, Copy, Debug, Default)]
struct Usage {
    prints: bool,
    asks: bool,
    finds: bool,
    inner: bool,
}

impl Usage {
    fn join(self, other: Usage) -> Usage {
        Usage {
            prints: self.prints || other.prints,
            asks: self.asks || other.asks,
            finds: self.finds || other.finds,
            inner: self.inner || other.inner,
        }
    }

    /// A group that asks for variables and finds none is not set.
    fn stands(self) -> bool {
        !self.asks || self.finds || self.inner
    }
}
