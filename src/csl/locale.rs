//! Language tags → CSL locales and the words this layer adds in that language.

use super::quotes::{Marks, Quotes};
use crate::quick::QuickMap;
use hayagriva::citationberg::taxonomy::{Locator, OtherTerm, Term};
use hayagriva::citationberg::{
    Date, DateDayForm, DateForm, DateMonthForm, DatePartName, DateStrongAnyForm, GrammarGender,
    IndependentStyle, Locale, LocaleCode, LocaleFile, OrdinalLookup, TermForm,
};
use std::sync::{Arc, PoisonError, RwLock};

/// A language this module can set citations in.
pub(super) struct Language {
    /// The locale's own tag.
    pub(super) tag: &'static str,
    xml: &'static str,
    /// The tag of the locale that fills gaps, for a locale that is not complete.
    fallback: Option<&'static str>,
    /// The words of a link to an archived copy.
    pub(super) archived_copy: &'static str,
    /// How the language sets marks of punctuation.
    marks: Marks,
    /// What changes in a date without a day.
    alone: Option<&'static Alone>,
}

/// How a language writes dates that are less than a day.
#[derive(Debug)]
pub(super) struct Alone {
    /// The months where no day stands before them, if they take another form.
    pub(super) months: Option<[&'static str; 12]>,
    /// What stands behind a year in a full date and not behind a year alone.
    pub(super) year_suffix: &'static str,
}

/// “7 января 2022 г.”, but “январь 2022 г.” and “2022”.
static RUSSIAN_ALONE: Alone = Alone {
    months: Some([
        "январь",
        "февраль",
        "март",
        "апрель",
        "май",
        "июнь",
        "июль",
        "август",
        "сентябрь",
        "октябрь",
        "ноябрь",
        "декабрь",
    ]),
    year_suffix: " г.",
};

/// “2022 жылғы 7 қаңтар”, but “2022”.
static KAZAKH_ALONE: Alone = Alone { months: None, year_suffix: " жылғы " };

macro_rules! locale_file {
    ($tag:literal) => {
        include_str!(concat!("../../csl/locales/", $tag, ".xml"))
    };
}

static LANGUAGES: [Language; 7] = [
    Language {
        tag: "en-GB",
        xml: locale_file!("en-GB"),
        fallback: None,
        archived_copy: "archived copy",
        marks: Marks::Plain,
        alone: None,
    },
    Language {
        tag: "en-US",
        xml: locale_file!("en-US"),
        fallback: None,
        archived_copy: "archived copy",
        marks: Marks::Plain,
        alone: None,
    },
    Language {
        tag: "ru-RU",
        xml: locale_file!("ru-RU"),
        fallback: None,
        archived_copy: "архивная копия",
        marks: Marks::Plain,
        alone: Some(&RUSSIAN_ALONE),
    },
    Language {
        tag: "kk-KZ",
        xml: locale_file!("kk-KZ"),
        fallback: Some("en-US"),
        archived_copy: "мұрағаттық көшірмесі",
        marks: Marks::Plain,
        alone: Some(&KAZAKH_ALONE),
    },
    Language {
        tag: "fr-FR",
        xml: locale_file!("fr-FR"),
        fallback: None,
        archived_copy: "copie archivée",
        marks: Marks::French,
        alone: None,
    },
    Language {
        tag: "es-ES",
        xml: locale_file!("es-ES"),
        fallback: None,
        archived_copy: "copia archivada",
        marks: Marks::Plain,
        alone: None,
    },
    Language {
        tag: "ar",
        xml: locale_file!("ar"),
        fallback: Some("en-US"),
        archived_copy: "نسخة محفوظة",
        marks: Marks::Arabic,
        alone: None,
    },
];

/// The tags of all languages, for messages.
pub(super) fn tags() -> Vec<&'static str> {
    LANGUAGES.iter().map(|language| language.tag).collect()
}

/// Finds the locale for a language tag. Other regions of a language share its locale: bare
/// English and the United States' is `en-US`, as in CSL; all other English is `en-GB`.
pub(super) fn language(tag: &str) -> Option<&'static Language> {
    let tag = tag.replace('_', "-");
    let mut parts = tag.split('-');
    let base = parts.next()?.to_ascii_lowercase();
    let american = parts.next().is_none_or(|region| region.eq_ignore_ascii_case("us"));
    let wanted = match base.as_str() {
        "en" if american => "en-US",
        "en" => "en-GB",
        "ru" => "ru-RU",
        "kk" => "kk-KZ",
        "fr" => "fr-FR",
        "es" => "es-ES",
        "ar" => "ar",
        _ => return None,
    };
    LANGUAGES.iter().find(|language| language.tag == wanted)
}

impl Language {
    /// Reads the locale, and the one that fills its gaps.
    pub(super) fn locales(&self) -> Result<Vec<Locale>, String> {
        let mut locales = vec![read(self.xml)?];
        if let Some(fallback) = self.fallback.and_then(language) {
            locales.push(read(fallback.xml)?);
        }
        Ok(locales)
    }
}

/// Reads a locale from XML.
pub(super) fn read(xml: &str) -> Result<Locale, String> {
    LocaleFile::from_xml(xml).map(Locale::from).map_err(|error| error.to_string())
}

/// A word for one and for many.
#[derive(Clone, Debug, Default)]
pub(super) struct Word {
    one: Option<Arc<str>>,
    many: Option<Arc<str>>,
}

impl Word {
    pub(super) fn of(&self, many: bool) -> Option<Arc<str>> {
        if many { self.many.clone() } else { self.one.clone() }
    }
}

/// The words before locators, by their kinds.
#[derive(Debug, Default)]
pub(super) struct Labels(RwLock<QuickMap<(Locator, TermForm), Word>>);

impl Labels {
    pub(super) fn of(&self, lookup: &Lookup<'_>, kind: Locator, form: TermForm) -> Word {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(word) = known.get(&(kind, form)) {
            return word.clone();
        }
        drop(known);
        let word = lookup.word(kind.into(), form);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.entry((kind, form)).or_insert(word).clone()
    }

    /// Returns the plural of a locator's label as a style has set it: perhaps without its full
    /// stop, with a capital, with a space behind. `None` where it is no singular.
    pub(super) fn plural(&self, lookup: &Lookup<'_>, kind: Locator, set: &str) -> Option<String> {
        let word = set.trim_end();
        let bare = |text: &str| text.trim_end_matches('.').to_lowercase();
        let forms = [TermForm::Long, TermForm::Short, TermForm::Symbol];
        let plural = forms.into_iter().find_map(|form| {
            let Word { one, many } = self.of(lookup, kind, form);
            let (one, many) = (one?, many?);
            (one != many && bare(&one) == bare(word)).then_some(many)
        })?;
        let plural = if word.ends_with('.') { &*plural } else { plural.trim_end_matches('.') };
        let mut chars = plural.chars();
        let first = chars.next()?;
        let capital = word.starts_with(char::is_uppercase);
        let first = if capital { first.to_uppercase().collect() } else { first.to_string() };
        Some(first + chars.as_str() + &set[word.len()..])
    }
}

/// All locales a style looks words up in, in the engine's order.
pub(super) struct Lookup<'a> {
    pub(super) style: &'a IndependentStyle,
    pub(super) locales: &'a [Locale],
    pub(super) code: &'a LocaleCode,
}

impl<'a> Lookup<'a> {
    fn find<R>(&self, mut get: impl FnMut(&'a Locale) -> Option<R>) -> Option<R> {
        let base = self.code.0.split('-').next().map(|base| LocaleCode(base.to_owned()));
        let tags = [Some(self.code), base.as_ref(), None];
        for tag in tags {
            let local = self.style.locale.iter().find(|l| l.lang.as_ref() == tag);
            if let Some(found) = local.and_then(&mut get) {
                return Some(found);
            }
        }
        self.locales.iter().find_map(get)
    }

    /// Returns a term, its form falling back as CSL orders.
    pub(super) fn term(&self, term: Term, form: TermForm, plural: bool) -> Option<&'a str> {
        let mut form = Some(form);
        while let Some(tried) = form {
            let found = self.find(|locale| {
                let term = locale.term(term, tried)?;
                if plural { term.multiple() } else { term.single() }
            });
            if found.is_some() {
                return found;
            }
            form = tried.fallback();
        }
        None
    }

    /// Returns a term for one and for many.
    pub(super) fn word(&self, term: Term, form: TermForm) -> Word {
        let word = |plural| self.term(term, form, plural).map(Arc::from);
        Word { one: word(false), many: word(true) }
    }

    /// Returns the gender of a term.
    pub(super) fn gender(&self, term: Term) -> Option<GrammarGender> {
        self.find(|locale| locale.term(term, TermForm::default()))?.gender
    }

    /// Returns the gender of a month from 1.
    pub(super) fn month_gender(&self, month: Option<i16>) -> Option<GrammarGender> {
        let month = u8::try_from(month? - 1).ok().and_then(OtherTerm::month)?;
        self.gender(Term::Other(month))
    }

    /// Returns the endings of ordinal numbers.
    pub(super) fn ordinals(&self) -> OrdinalLookup<'a> {
        self.find(Locale::ordinals).unwrap_or_else(OrdinalLookup::empty)
    }

    /// Returns the locale's own way of writing dates in a form.
    pub(super) fn localized_date(&self, form: DateForm) -> Option<&'a Date> {
        self.find(|locale| locale.date.iter().find(|date| date.form == Some(form)))
    }

    /// Returns the names of the months where a date part sets them in words.
    pub(super) fn months(&self, form: DateStrongAnyForm) -> Vec<Option<String>> {
        let form = match form {
            DateStrongAnyForm::Month(DateMonthForm::Long) => TermForm::Long,
            DateStrongAnyForm::Month(DateMonthForm::Short) => TermForm::Short,
            _ => return Vec::new(),
        };
        let month = |month| self.term(Term::Other(OtherTerm::month(month)?), form, false);
        (0..12).map(|at| month(at).map(str::to_owned)).collect()
    }

    /// Returns a mark of punctuation.
    pub(super) fn mark(&self, term: OtherTerm, default: &str) -> String {
        let mark = self.term(Term::Other(term), TermForm::Long, false).unwrap_or(default);
        mark.to_owned()
    }

    /// Reports whether only the first day of a month may be an ordinal.
    pub(super) fn first_day_only(&self) -> bool {
        let limit = self.find(|locale| locale.style_options?.limit_day_ordinals_to_day_1);
        limit.unwrap_or_default()
    }

    /// Returns the quotation marks and the rule for punctuation beside them.
    pub(super) fn quotes(&self, language: &Language) -> Quotes {
        let inside = self.find(|locale| locale.style_options?.punctuation_in_quote);
        Quotes {
            outer: (self.mark(OtherTerm::OpenQuote, "“"), self.mark(OtherTerm::CloseQuote, "”")),
            inner: (
                self.mark(OtherTerm::OpenInnerQuote, "‘"),
                self.mark(OtherTerm::CloseInnerQuote, "’"),
            ),
            punctuation_inside: inside.unwrap_or_default(),
            marks: language.marks,
        }
    }

    /// Returns the locale's written-out form of dates.
    pub(super) fn date_form(&self, language: &Language) -> DateWriter {
        let parts = self.find(|locale| {
            let form = locale.date.iter().find(|date| date.form == Some(DateForm::Text))?;
            let delimiter = form.delimiter.clone().unwrap_or_default();
            let ordinal = DateStrongAnyForm::Day(DateDayForm::Ordinal);
            let first = self.term(Term::Other(OtherTerm::OrdinalN(1)), TermForm::Long, false);
            let part = |part: &hayagriva::citationberg::DatePart| DatePart {
                name: part.name,
                first: first.filter(|_| part.form() == ordinal).unwrap_or_default().to_owned(),
                prefix: part.affixes.prefix.clone().unwrap_or_default(),
                suffix: part.affixes.suffix.clone().unwrap_or_default() + &delimiter,
            };
            Some(form.date_part.iter().map(part).collect())
        });
        let month = |form: TermForm| {
            (0..12)
                .map(|month| {
                    let term = OtherTerm::month(month).map(Term::Other);
                    term.and_then(|t| self.term(t, form, false)).unwrap_or_default().to_owned()
                })
                .collect()
        };
        DateWriter {
            parts: parts.unwrap_or_default(),
            months: month(TermForm::Long),
            short_months: month(TermForm::Short),
            alone: language.alone,
        }
    }
}

/// One part of a written-out date.
#[derive(Clone, Debug)]
struct DatePart {
    name: DatePartName,
    /// What stands behind the first day of a month: French `1ᵉʳ`.
    first: String,
    prefix: String,
    suffix: String,
}

/// Writes dates out as the locale does, and knows its months.
#[derive(Clone, Debug)]
pub(super) struct DateWriter {
    parts: Vec<DatePart>,
    pub(super) months: Vec<String>,
    pub(super) short_months: Vec<String>,
    pub(super) alone: Option<&'static Alone>,
}

impl DateWriter {
    /// Returns, say, `11 February 2023`; what a lone month or year asks is done by
    /// [`super::dates::alone`].
    pub(super) fn write(&self, day: super::day::Day) -> String {
        let mut text = String::new();
        for part in &self.parts {
            let value = match part.name {
                DatePartName::Day if day.day == Some(1) => Some(format!("1{}", part.first)),
                DatePartName::Day => day.day.map(|day| day.to_string()),
                DatePartName::Month => {
                    day.month.and_then(|month| self.months.get(usize::from(month) - 1).cloned())
                }
                DatePartName::Year => Some(day.year.to_string()),
            };
            if let Some(value) = value {
                text = text + &part.prefix + &value + &part.suffix;
            }
        }
        text.trim_matches([' ', ',', '-']).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_locale_reads() {
        for language in &LANGUAGES {
            assert!(language.locales().is_ok(), "{}", language.tag);
        }
    }

    #[test]
    fn regions_share_a_locale_and_other_languages_have_none() {
        let tag = |tag| language(tag).map(|l| l.tag);
        assert_eq!(tag("en"), Some("en-US"));
        assert_eq!(tag("en-AU"), Some("en-GB"));
        assert_eq!(tag("ru"), Some("ru-RU"));
        assert_eq!(tag("kk-Cyrl-KZ"), Some("kk-KZ"));
        assert_eq!(tag("tlh"), None);
        assert_eq!(tag(""), None);
    }
}
