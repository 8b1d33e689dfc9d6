//! Charts: a table of comma-separated values into bars or lines, drawn as SVG when the site is built.
//!
//! Text into a [`Chart`] or faults with their places, a [`Chart`] into SVG whose parts have classes
//! and no style of their own. Knows nothing of chapters or pages. What a colour tells, a pattern, a
//! dash or a shape tells too.
//!
//! The one door to `csv` and `plotters`.

mod draw;
mod read;
mod svg;

pub use draw::draw;
pub use read::read;

use crate::document::Figure;
use std::ops::Range;

/// The kinds of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// A bar for each number.
    Bars,
    /// One bar for each row, its numbers one after the other.
    Stacked,
    /// A line for each column.
    Lines,
}

/// The kinds by the word that an author writes in `chart=`.
pub const KINDS: &[(&str, ChartKind)] =
    &[("bars", ChartKind::Bars), ("stacked", ChartKind::Stacked), ("lines", ChartKind::Lines)];

/// As many columns as patterns and shapes tell apart.
pub const MOST_COLUMNS: usize = 6;

/// As many rows as a page can show.
pub const MOST_ROWS: usize = 200;

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The kind.
    pub kind: ChartKind,
    /// The heading of the first column.
    pub head: String,
    /// The first column.
    pub labels: Vec<String>,
    /// The columns with numbers, at least one.
    pub columns: Vec<Column>,
}

/// A column with numbers, one for each label.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// Its numbers; none where the cell is empty.
    pub values: Vec<Option<f64>>,
}

/// What is wrong with the text, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// What is wrong.
    pub words: String,
    /// What to do.
    pub help: String,
}

/// Whether an image of this name is data to be drawn.
pub fn is_data(target: &str) -> bool {
    let path = target.split(['?', '#']).next().unwrap_or(target);
    path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("csv"))
}

/// What a figure says of its chart: `chart=lines columns="filed, accepted"`.
pub fn settings(figure: &Figure) -> (ChartKind, Vec<&str>) {
    let word = figure.attributes.get("chart").map(|named| named.text.as_str());
    let kind = KINDS.iter().find(|(name, _)| Some(*name) == word);
    let names = figure.attributes.get("columns").map_or("", |named| named.text.as_str());
    let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
    (kind.map_or(ChartKind::Bars, |(_, kind)| *kind), names.collect())
}
