//! The surface on which `plotters` draws: SVG whose elements have a class and no style.
//!
//! A style sheet gives the colours of light, dark and paper; so a "colour" here is the name of a
//! class, carried through the library as one.

use plotters::style::RGBColor;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use std::convert::Infallible;
use std::fmt::Write;

/// What a part of a chart is.
#[derive(Debug, Clone, Copy)]
pub enum Part {
    /// A line behind the numbers.
    Grid = 1,
    /// The line from which bars begin.
    Axis = 2,
    /// A word or number on an axis.
    Tick = 3,
    /// What a row is.
    Label = 4,
    /// A number beside its bar.
    Value = 5,
    /// The area or the mark of a column.
    Fill = 6,
    /// The line of a column.
    Line = 7,
}

impl Part {
    /// The part of the column with this place, as the colour that the library carries.
    pub fn of(self, column: usize) -> RGBColor {
        RGBColor(self as u8, column as u8, 0)
    }

    /// The part itself.
    pub fn colour(self) -> RGBColor {
        self.of(0)
    }
}

fn class(colour: BackendColor) -> String {
    let (part, column, _) = colour.rgb;
    match part {
        1 => "grid".to_owned(),
        2 => "axis".to_owned(),
        3 => "tick".to_owned(),
        4 => "label".to_owned(),
        5 => "value".to_owned(),
        6 => format!("c{}", column + 1),
        _ => format!("l{}", column + 1),
    }
}

/// SVG elements in the making.
pub struct Svg<'a> {
    /// Where they are written.
    pub out: &'a mut String,
    /// Width and height.
    pub size: (u32, u32),
    /// What the ids of patterns begin with.
    pub id: &'a str,
}

/// The mean width of a letter, in parts of its size: no font is at hand to measure with.
pub const LETTER: f64 = 0.52;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl Svg<'_> {
    fn element(
        &mut self,
        name: &str,
        attributes: std::fmt::Arguments,
        colour: BackendColor,
    ) -> Drawn {
        let _ = write!(self.out, "<{name} class=\"{}\" {attributes}/>", class(colour));
        Ok(())
    }
}

fn points(path: impl IntoIterator<Item = BackendCoord>) -> String {
    path.into_iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ")
}

impl DrawingBackend for Svg<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Drawn {
        self.element("rect", format_args!("x=\"{x}\" y=\"{y}\" width=\"1\" height=\"1\""), colour)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        let ((x1, y1), (x2, y2)) = (from, to);
        self.element("path", format_args!("d=\"M{x1} {y1}L{x2} {y2}\""), style.color())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        _: bool,
    ) -> Drawn {
        let (x, y) = (from.0.min(to.0), from.1.min(to.1));
        let (width, height) = ((to.0 - from.0).abs(), (to.1 - from.1).abs());
        let place = format_args!("x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"");
        self.element("rect", place, style.color())?;
        // A pattern over the colour, for who cannot tell colours apart.
        let (part, column, _) = style.color().rgb;
        if part == Part::Fill as u8 && column > 0 {
            let _ = write!(self.out, "<rect fill=\"url(#{}{})\" {place}/>", self.id, column + 1);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.element("polyline", format_args!("points=\"{}\"", points(path)), style.color())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        _: bool,
    ) -> Drawn {
        self.element("circle", format_args!("cx=\"{x}\" cy=\"{y}\" r=\"{radius}\""), style.color())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Drawn {
        self.element("polygon", format_args!("points=\"{}\"", points(vert)), style.color())
    }

    fn draw_text<T: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &T,
        (x, y): BackendCoord,
    ) -> Drawn {
        let anchor = match style.anchor().h_pos {
            HPos::Left => "start",
            HPos::Right => "end",
            HPos::Center => "middle",
        };
        let drop = match style.anchor().v_pos {
            VPos::Top => 0.8,
            VPos::Center => 0.35,
            VPos::Bottom => -0.2,
        };
        let y = y + (drop * style.size()).round() as i32;
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let _ = write!(
            self.out,
            "<text class=\"{}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{text}</text>",
            class(style.color())
        );
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let width = text.chars().count() as f64 * LETTER * style.size();
        Ok((width.ceil() as u32, style.size().ceil() as u32))
    }
}
