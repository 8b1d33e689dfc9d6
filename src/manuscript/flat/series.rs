//! The series of note numbers, found by its order.
//!
//! Of all readings of all digits, the one chain is taken in which every number follows the one
//! before and which has the most weight. A number may be missing, at a price; numbering may begin
//! again at 1, at a price. Linear in the readings.

use super::marks::{Mark, Weight};
use std::collections::HashMap;

/// The price of a series that begins at 1, and of one that begins elsewhere.
const BEGIN_AT_ONE: Weight = 20;
const BEGIN_ELSEWHERE: Weight = 60;

/// The price of beginning again at 1.
const BEGIN_AGAIN: Weight = 40;

/// The price of one missing number, and of each further one.
const GAP: Weight = 32;
const FURTHER_GAP: Weight = 10;

/// How many numbers may be missing in one place.
const WIDEST_GAP: u32 = 6;

/// One run of numbers; most documents have one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// Its marks in their order, as indices of the readings.
    pub marks: Vec<usize>,
    /// Numbers between the first and the last that have no mark.
    pub missing: Vec<u32>,
}

/// A link of the best chain that ends in a reading.
#[derive(Clone, Copy)]
struct Link {
    total: Weight,
    before: Option<usize>,
    begins: bool,
}

/// The best chain, cut where it begins again.
pub fn find(readings: &[Mark]) -> Vec<Series> {
    let mut links: Vec<Option<Link>> = Vec::with_capacity(readings.len());
    let mut best = Best::default();
    let mut at = 0;
    while at < readings.len() {
        // Readings of one run do not follow each other.
        let run = readings[at].run;
        let end = readings[at..].iter().take_while(|mark| mark.run == run).count() + at;
        for mark in &readings[at..end] {
            links.push(best.link(mark, readings, &links));
        }
        for index in at..end {
            if let Some(link) = links[index] {
                best.add(index, &readings[index], link);
            }
        }
        at = end;
    }
    let Some((total, last)) = best.end.filter(|(total, _)| *total > 0) else { return Vec::new() };
    debug_assert!(total > 0);
    unwind(readings, &links, last)
}

/// The best chains so far.
#[derive(Default)]
struct Best {
    /// By the last number: the best of all, and the best of those that end in a firm mark.
    any: HashMap<u32, (Weight, usize)>,
    firm: HashMap<u32, (Weight, usize)>,
    /// The best of all that end in a firm mark.
    end: Option<(Weight, usize)>,
}

impl Best {
    fn link(&self, mark: &Mark, readings: &[Mark], links: &[Option<Link>]) -> Option<Link> {
        let on = |(total, before): (Weight, usize), price: Weight, begins: bool| Link {
            total: total + mark.weight - price,
            before: Some(before),
            begins,
        };
        let before = self.any.get(&mark.first.wrapping_sub(1)).copied();
        if mark.follows {
            let run = mark.run - 1;
            let beside = (0..links.len()).rev().take_while(|i| readings[*i].run >= run);
            let beside = beside.filter(|i| readings[*i].run == run);
            let fitting = beside.filter(|i| readings[*i].last + 1 == mark.first);
            let link = fitting.filter_map(|i| links[i].map(|link| (link.total, i))).max();
            return link.map(|link| on(link, 0, false));
        }
        let mut choices: Vec<Link> = before.map(|link| on(link, 0, false)).into_iter().collect();
        if mark.firm {
            for missing in 1..=WIDEST_GAP.min(mark.first.saturating_sub(2)) {
                let price = GAP + FURTHER_GAP * (missing as Weight - 1);
                let earlier = self.firm.get(&(mark.first - 1 - missing)).copied();
                choices.extend(earlier.map(|link| on(link, price, false)));
            }
            let price = if mark.first == 1 { BEGIN_AT_ONE } else { BEGIN_ELSEWHERE };
            choices.push(Link { total: mark.weight - price, before: None, begins: true });
            if mark.first == 1 {
                choices.extend(self.end.map(|link| on(link, BEGIN_AGAIN, true)));
            }
        }
        choices.into_iter().max_by_key(|link| link.total)
    }

    fn add(&mut self, index: usize, mark: &Mark, link: Link) {
        let better = |known: Option<&(Weight, usize)>| known.is_none_or(|k| k.0 < link.total);
        if better(self.any.get(&mark.last)) {
            self.any.insert(mark.last, (link.total, index));
        }
        if mark.firm && better(self.firm.get(&mark.last)) {
            self.firm.insert(mark.last, (link.total, index));
        }
        if mark.firm && better(self.end.as_ref()) {
            self.end = Some((link.total, index));
        }
    }
}

fn unwind(readings: &[Mark], links: &[Option<Link>], last: usize) -> Vec<Series> {
    let mut all = Vec::new();
    let mut series = Series::default();
    let mut next = Some(last);
    while let Some(at) = next {
        let Some(link) = links[at] else { break };
        series.marks.push(at);
        next = link.before;
        if let (Some(before), false) = (link.before, link.begins) {
            series.missing.extend((readings[before].last + 1..readings[at].first).rev());
        }
        if link.begins {
            series.marks.reverse();
            series.missing.reverse();
            all.push(std::mem::take(&mut series));
        }
    }
    all.reverse();
    all
}
