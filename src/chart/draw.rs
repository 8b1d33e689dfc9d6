//! A [`Chart`] into SVG.
//!
//! Bars lie, so that labels of any length and language are read straight, and carry their numbers;
//! only lines need axes. What is drawn has the width of its place, so that words keep their size on
//! a phone: whoever shows it draws it twice.

use super::svg::{LETTER, Part, Svg};
use super::{Chart, ChartKind, Column};
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::element::{
    Circle, DynElement, EmptyElement, IntoDynElement, PathElement, Polygon, Rectangle, Text,
};
use plotters::prelude::{
    Cartesian2d, ChartBuilder, ChartContext, DrawingArea, IntoDrawingArea, LineSeries,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, IntoFont, RGBColor, ShapeStyle, TextStyle};

/// Height of letters.
const LETTERS: i32 = 14;
/// Height of a bar.
const BAR: i32 = 18;
/// Height of a line of words.
const LINE: i32 = 22;
/// Height of the field of a chart of lines.
const FIELD: i32 = 260;

/// SVG elements and the size of their place.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// The elements.
    pub body: String,
    /// The height; the width is what was asked for.
    pub height: u32,
}

type Area<'a> = DrawingArea<Svg<'a>, Shift>;
type Field<'a, 'b> = ChartContext<'a, Svg<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// Draws `chart` in `width` units; `number` writes a number as its readers do, and `id` begins the
/// ids of the patterns.
pub fn draw(chart: &Chart, width: u32, id: &str, number: &dyn Fn(f64) -> String) -> Drawing {
    let legend = legend(chart, width as i32);
    let top = legend.last().map_or(4, |(_, y)| y + LINE);
    let height = match chart.kind {
        ChartKind::Bars => top + chart.labels.len() as i32 * row_height(chart.columns.len()),
        ChartKind::Stacked => top + chart.labels.len() as i32 * row_height(1),
        ChartKind::Lines => top + FIELD,
    } as u32;
    let mut body = patterns(chart, id);
    {
        let area = Svg { out: &mut body, size: (width, height), id }.into_drawing_area();
        let sketch = Sketch { chart, width: width as i32, height: height as i32, top, number };
        let drawn = sketch.legend(&area, &legend).and_then(|()| match chart.kind {
            ChartKind::Bars => sketch.bars(&area),
            ChartKind::Stacked => sketch.stacks(&area),
            ChartKind::Lines => sketch.lines(&area),
        });
        drawn.expect("drawing into a text cannot fail");
    }
    Drawing { body, height }
}

type Drawn = Result<(), Box<dyn std::error::Error>>;

/// The pattern of each column but the first, which stays plain.
fn patterns(chart: &Chart, id: &str) -> String {
    const TILES: [&str; 5] =
        ["M-1 9L9 -1", "M2 2h2v2h-2zM6 6h2v2h-2z", "M-1 -1L9 9", "M0 4H8", "M0 4H8M4 0V8"];
    if chart.kind == ChartKind::Lines || chart.columns.len() < 2 {
        return String::new();
    }
    let tiles = TILES.iter().enumerate().take(chart.columns.len() - 1);
    let patterns = tiles.map(|(at, tile)| {
        format!(
            "<pattern id=\"{id}{}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><path class=\"hatch\" d=\"{tile}\"/></pattern>",
            at + 2
        )
    });
    format!("<defs>{}</defs>", patterns.collect::<String>())
}

fn row_height(bars: usize) -> i32 {
    LINE + bars as i32 * (BAR + 4) + 12
}

fn width_of(words: &str) -> i32 {
    (words.chars().count() as f64 * LETTER * f64::from(LETTERS)).ceil() as i32
}

/// Where the name of each column stands; a single one needs none.
fn legend(chart: &Chart, width: i32) -> Vec<(i32, i32)> {
    if chart.columns.len() < 2 {
        return Vec::new();
    }
    let (mut x, mut y) = (0, LINE / 2);
    let mut places = Vec::new();
    for column in &chart.columns {
        let needs = 34 + width_of(&column.name) + 16;
        if x > 0 && x + needs > width {
            (x, y) = (0, y + LINE);
        }
        places.push((x, y));
        x += needs;
    }
    places
}

fn words(part: Part, horizontal: HPos) -> TextStyle<'static> {
    let font = ("sans-serif", f64::from(LETTERS)).into_font();
    let pos = Pos::new(horizontal, VPos::Center);
    TextStyle { font, color: part.colour().to_backend_color(), pos }
}

fn filled(colour: RGBColor) -> ShapeStyle {
    colour.filled()
}

/// A chart and the place that it is given.
struct Sketch<'a> {
    chart: &'a Chart,
    width: i32,
    height: i32,
    /// Where the field begins, below the names of the columns.
    top: i32,
    number: &'a dyn Fn(f64) -> String,
}

impl Sketch<'_> {
    fn legend(&self, area: &Area, places: &[(i32, i32)]) -> Drawn {
        for (at, ((x, y), column)) in places.iter().zip(&self.chart.columns).enumerate() {
            match self.chart.kind {
                ChartKind::Lines => {
                    let style = Part::Line.of(at).stroke_width(2);
                    area.draw(&PathElement::new([(*x, *y), (x + 26, *y)], style))?;
                    area.draw(&marker((x + 13, *y), at))?;
                }
                _ => {
                    let corners = [(*x, y - 7), (x + 26, y + 7)];
                    area.draw(&Rectangle::new(corners, filled(Part::Fill.of(at))))?;
                }
            }
            let name = shortened(&column.name, self.width - x - 34);
            area.draw(&Text::new(name, (x + 34, *y), words(Part::Label, HPos::Left)))?;
        }
        Ok(())
    }

    /// The field of a chart of bars: numbers to the side, rows downwards in units of the drawing.
    fn field<'a, 'b>(
        &self,
        area: &'a Area<'b>,
        low: f64,
        high: f64,
        room: i32,
    ) -> Result<Field<'a, 'b>, Box<dyn std::error::Error>> {
        let high = if high > low { high } else { low + 1.0 };
        let rows = f64::from(self.height - self.top);
        let mut builder = ChartBuilder::on(area);
        builder.margin_top(self.top).margin_left(1).margin_right(room);
        Ok(builder.build_cartesian_2d(low..high, rows..0.0)?)
    }

    fn label(&self, field: &mut Field, row: usize, y: i32, low: f64) -> Drawn {
        let words_ = shortened(&self.chart.labels[row], self.width);
        let place = (low, f64::from(y + LINE / 2));
        field.draw_series([Text::new(words_, place, words(Part::Label, HPos::Left))])?;
        Ok(())
    }

    fn bars(&self, area: &Area) -> Drawn {
        let (low, high) =
            extent(self.chart.columns.iter().flat_map(|c| c.values.iter().flatten().copied()));
        let numbers = self.chart.columns.iter().flat_map(|c| c.values.iter().flatten());
        let room = numbers.map(|n| width_of(&(self.number)(*n))).max().unwrap_or_default() + 14;
        let mut field = self.field(area, low, high, room)?;
        for row in 0..self.chart.labels.len() {
            let y = row as i32 * row_height(self.chart.columns.len());
            self.label(&mut field, row, y, low)?;
            for (at, column) in self.chart.columns.iter().enumerate() {
                let from = y + LINE + at as i32 * (BAR + 4);
                self.bar(&mut field, at, column.values[row], from)?;
            }
            let (from, to) = (y + LINE - 2, y + row_height(self.chart.columns.len()) - 14);
            axis(&mut field, from, to)?;
        }
        Ok(())
    }

    fn bar(&self, field: &mut Field, column: usize, value: Option<f64>, y: i32) -> Drawn {
        let (from, to) = (f64::from(y), f64::from(y + BAR));
        let end = value.unwrap_or_default();
        if value.is_some() {
            field.draw_series([Rectangle::new(
                [(0.0, from), (end, to)],
                filled(Part::Fill.of(column)),
            )])?;
        }
        let said = value.map_or("–".to_owned(), |value| (self.number)(value));
        let place = (end.max(0.0), (from + to) / 2.0);
        field.draw_series([
            EmptyElement::at(place) + Text::new(said, (6, 0), words(Part::Value, HPos::Left))
        ])?;
        Ok(())
    }

    fn stacks(&self, area: &Area) -> Drawn {
        let total =
            |row: usize| -> f64 { self.chart.columns.iter().filter_map(|c| c.values[row]).sum() };
        let rows = self.chart.labels.len();
        let high = (0..rows).map(total).fold(0.0, f64::max);
        let room =
            (0..rows).map(|row| width_of(&(self.number)(total(row)))).max().unwrap_or_default()
                + 14;
        let mut field = self.field(area, 0.0, high, room)?;
        for row in 0..rows {
            let y = row as i32 * row_height(1);
            self.label(&mut field, row, y, 0.0)?;
            let (from, to) = (f64::from(y + LINE), f64::from(y + LINE + BAR));
            let mut end = 0.0;
            for (at, column) in self.chart.columns.iter().enumerate() {
                let Some(value) = column.values[row].filter(|value| *value > 0.0) else { continue };
                let corners = [(end, from), (end + value, to)];
                field.draw_series([Rectangle::new(corners, filled(Part::Fill.of(at)))])?;
                end += value;
            }
            let said = Text::new((self.number)(end), (6, 0), words(Part::Value, HPos::Left));
            field.draw_series([EmptyElement::at((end, (from + to) / 2.0)) + said])?;
            axis(&mut field, y + LINE - 2, y + LINE + BAR + 2)?;
        }
        Ok(())
    }

    fn lines(&self, area: &Area) -> Drawn {
        let places = places(&self.chart.labels);
        let (low, high) =
            extent(self.chart.columns.iter().flat_map(|c| c.values.iter().flatten().copied()));
        let high = if high > low { high + (high - low) * 0.05 } else { low + 1.0 };
        let (first, last) = (places[0], places[places.len() - 1]);
        let last = if last > first { last } else { first + 1.0 };
        let said = |y: &f64| (self.number)(*y);
        let room =
            [low, high, (low + high) / 3.0].iter().map(|y| width_of(&said(&y.round()))).max();
        let mut builder = ChartBuilder::on(area);
        builder.margin_top(self.top + 4).margin_right(28);
        builder.x_label_area_size(LINE + 6).y_label_area_size(room.unwrap_or_default() + 12);
        let mut field = builder.build_cartesian_2d(first..last, low..high)?;
        let named = |x: &f64| self.name_at(&places, *x);
        let few = (self.width / 70) as usize;
        let mut mesh = field.configure_mesh();
        mesh.disable_x_mesh().y_labels(5).y_max_light_lines(0).x_labels(few.min(places.len()));
        mesh.bold_line_style(Part::Grid.colour()).axis_style(Part::Axis.colour());
        mesh.x_label_style(words(Part::Tick, HPos::Center))
            .y_label_style(words(Part::Tick, HPos::Right));
        mesh.x_label_formatter(&named).y_label_formatter(&said).draw()?;
        for (at, column) in self.chart.columns.iter().enumerate() {
            line(&mut field, &places, column, at)?;
        }
        Ok(())
    }

    /// The label of the row at `x`; between rows there is none.
    fn name_at(&self, places: &[f64], x: f64) -> String {
        let row = places.iter().position(|place| (place - x).abs() < 1e-9);
        let is_number = || self.chart.labels.iter().all(|label| label.parse::<f64>().is_ok());
        match row {
            Some(row) => self.chart.labels[row].clone(),
            None if x.fract() == 0.0 && is_number() => format!("{x}"),
            None => String::new(),
        }
    }
}

/// A column as a line with a mark at each number; an empty cell leaves a gap.
fn line(field: &mut Field, places: &[f64], column: &Column, at: usize) -> Drawn {
    let points: Vec<Option<(f64, f64)>> =
        places.iter().zip(&column.values).map(|(x, y)| y.map(|y| (*x, y))).collect();
    for run in points.split(Option::is_none).filter(|run| run.len() > 1) {
        let style = Part::Line.of(at).stroke_width(2);
        field.draw_series(LineSeries::new(run.iter().flatten().copied(), style))?;
    }
    field.draw_series(
        points.into_iter().flatten().map(|point| EmptyElement::at(point) + marker((0, 0), at)),
    )?;
    Ok(())
}

/// The line from which the bars of a row begin.
fn axis(field: &mut Field, from: i32, to: i32) -> Drawn {
    let ends = [(0.0, f64::from(from)), (0.0, f64::from(to))];
    field.draw_series([PathElement::new(ends, Part::Axis.colour())])?;
    Ok(())
}

/// The mark of a column, a shape of its own.
fn marker<'a>((x, y): (i32, i32), column: usize) -> DynElement<'static, Svg<'a>, (i32, i32)> {
    let style = filled(Part::Fill.of(column));
    let polygon = |points: &[(i32, i32)]| {
        let points: Vec<(i32, i32)> = points.iter().map(|(a, b)| (x + a, y + b)).collect();
        Polygon::new(points, style).into_dyn()
    };
    match column {
        0 => Circle::new((x, y), 4, style).into_dyn(),
        1 => polygon(&[(-4, -4), (4, -4), (4, 4), (-4, 4)]),
        2 => polygon(&[(0, -5), (5, 4), (-5, 4)]),
        3 => polygon(&[(0, -5), (5, 0), (0, 5), (-5, 0)]),
        4 => polygon(&[(0, 5), (5, -4), (-5, -4)]),
        _ => polygon(&[
            (-5, -2),
            (-2, -2),
            (-2, -5),
            (2, -5),
            (2, -2),
            (5, -2),
            (5, 2),
            (2, 2),
            (2, 5),
            (-2, 5),
            (-2, 2),
            (-5, 2),
        ]),
    }
}

/// From the least to the greatest number, with zero.
fn extent(numbers: impl Iterator<Item = f64>) -> (f64, f64) {
    numbers.fold((0.0, 0.0), |(low, high): (f64, f64), number| (low.min(number), high.max(number)))
}

/// The places of rows along a line: their numbers, where they are numbers that rise.
fn places(labels: &[String]) -> Vec<f64> {
    let numbers: Vec<f64> = labels
        .iter()
        .filter_map(|label| label.parse().ok())
        .filter(|n: &f64| n.is_finite())
        .collect();
    let rise = numbers.len() == labels.len() && numbers.windows(2).all(|pair| pair[0] < pair[1]);
    if rise { numbers } else { (0..labels.len()).map(|row| row as f64).collect() }
}

/// Words that fit into `width`; what does not is cut with an ellipsis, and stands in full in the table.
fn shortened(words: &str, width: i32) -> String {
    let fits = (f64::from(width) / (LETTER * f64::from(LETTERS))).floor().max(4.0) as usize;
    if words.chars().count() <= fits {
        return words.to_owned();
    }
    let kept: String = words.chars().take(fits - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::read;

    fn drawn(text: &str, kind: ChartKind, width: u32) -> String {
        let chart = read(text, kind, &[]).unwrap();
        draw(&chart, width, "x-", &|number| format!("{number}")).body
    }

    #[test]
    fn bars_carry_their_numbers_and_lines_leave_gaps() {
        let bars = drawn("a,b\nOne & all,3\nTwo,\n", ChartKind::Bars, 640);
        assert!(
            bars.contains(">One &amp; all</text>")
                && bars.contains(">3</text>")
                && bars.contains(">–</text>"),
            "{bars}"
        );
        assert_eq!(bars.matches("<rect class=\"c1\"").count(), 1, "{bars}");
        let lines = drawn("y,b\n2001,1\n2002,2\n2003,\n2004,3\n2005,4\n", ChartKind::Lines, 640);
        assert_eq!(lines.matches("<polyline class=\"l1\"").count(), 2, "{lines}");
        assert!(lines.contains(">2004</text>"), "{lines}");
    }

    #[test]
    fn no_numbers_break_the_drawing() {
        for kind in [ChartKind::Bars, ChartKind::Stacked, ChartKind::Lines] {
            for text in ["a,b\nx,0\n", "a,b,c\nx,1e300,1e-300\ny,,\n", "a,b\n1,5\n1,5\n"] {
                for width in [40, 360, 640] {
                    assert!(drawn(text, kind, width).contains("<text"), "{text}");
                }
            }
        }
        for kind in [ChartKind::Bars, ChartKind::Lines] {
            assert!(drawn("a,b\nx,-5\ny,-1e9\n", kind, 360).contains("<text"));
        }
    }
}
