//! The registry of a report: the built-in instruments and the report's own.
//!
//! An own instrument shadows the built-in one of the same id, unless its text was not in force on
//! the day on which the report's law speaks and the built-in text was.

use super::instrument::{Instrument, InstrumentId};
use super::recognise::{Names, Prefilter};
use crate::quick::QuickMap;
use std::sync::{Arc, LazyLock, OnceLock};

static BUILT_IN: LazyLock<Vec<Arc<Instrument>>> = LazyLock::new(|| {
    let json = include_str!(concat!(env!("OUT_DIR"), "/instruments.json"));
    let read: Vec<Instrument> =
        serde_json::from_str(json).expect("the embedded instruments are valid: a test reads them");
    read.into_iter().map(Arc::new).collect()
});

/// The instruments that come with the program, sorted by id.
pub fn built_in() -> &'static [Arc<Instrument>] {
    &BUILT_IN
}

/// The law as one report sees it: its instruments, its day, the State under review.
#[derive(Debug)]
pub struct Law {
    instruments: Vec<Arc<Instrument>>,
    by_id: QuickMap<InstrumentId, usize>,
    date: Option<String>,
    state: Option<String>,
    recogniser: OnceLock<(Names, Prefilter)>,
}

impl Law {
    /// The built-in registry with the report's `own` instruments, on `date` (ISO), for `state`
    /// (ISO 3166 code).
    pub fn new(own: Vec<Instrument>, date: Option<&str>, state: Option<&str>) -> Law {
        let mut law = Law {
            instruments: built_in().to_vec(),
            by_id: QuickMap::default(),
            date: date.map(str::to_string),
            state: state.map(str::to_string),
            recogniser: OnceLock::new(),
        };
        law.by_id = (0..).zip(&law.instruments).map(|(i, one)| (one.id.clone(), i)).collect();
        own.into_iter().for_each(|instrument| law.add(instrument));
        law
    }

    fn add(&mut self, instrument: Instrument) {
        let id = instrument.id.clone();
        let Some(&place) = self.by_id.get(&id) else {
            self.by_id.insert(id, self.instruments.len());
            self.instruments.push(Arc::new(instrument));
            return;
        };
        if self.is_valid(&instrument) || !self.is_valid(&self.instruments[place]) {
            self.instruments[place] = Arc::new(instrument);
        }
    }

    /// The instrument called `id`.
    pub fn instrument(&self, id: &str) -> Option<&Arc<Instrument>> {
        self.by_id.get(id).map(|&place| &self.instruments[place])
    }

    /// Every instrument: the built-in ones by id, then the report's own.
    pub fn instruments(&self) -> &[Arc<Instrument>] {
        &self.instruments
    }

    /// Makes what reading prose needs, which takes a while, ahead of time.
    pub fn prepare(&self) {
        self.recogniser();
    }

    /// The names of all instruments and the look that comes before them, made when first needed.
    pub(super) fn recogniser(&self) -> &(Names, Prefilter) {
        self.recogniser.get_or_init(|| {
            let names = Names::new(self);
            let prefilter = Prefilter::new(&names);
            (names, prefilter)
        })
    }

    /// The day on which the report's law speaks.
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }

    /// The State under review.
    pub fn state(&self) -> Option<&str> {
        self.state.as_deref()
    }

    /// Whether the articles listed of `instrument` were in force on the report's day.
    pub fn is_valid(&self, instrument: &Instrument) -> bool {
        self.date().is_none_or(|date| instrument.is_valid_on(date))
    }
}
