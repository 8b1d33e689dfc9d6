use super::*;
use std::ops::Range;
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    ByHand,
    Context,
}
#[derive(Debug, Clone)]
pub struct Finding {
    pub instrument: Option<InstrumentId>,
    pub article: String,
    pub pinpoint: String,
    pub number_span: Range<usize>,
    pub warnings: Vec<Warning>,
    pub via: Via,
}
#[derive(Debug, Clone)]
pub enum Warning {
    X,
}
#[derive(Debug, Clone)]
pub struct Scope;
impl Scope {
    pub fn new(_: &Law, _: &str) -> Scope {
        Scope
    }
    pub fn fork_for_note(&self) -> Scope {
        Scope
    }
    pub fn start_paragraph(&mut self) {}
}
pub fn recognise(_: &Law, _: &mut Scope, _: &str, _: &[Range<usize>]) -> Vec<Finding> {
    vec![]
}
