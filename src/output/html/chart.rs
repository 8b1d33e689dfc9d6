//! A figure that names data: the drawing, once for a wide page and once for a narrow one, and the
//! same numbers as a table.

use super::escape;
use super::text::TextWriter;
use crate::chart::{self, Chart};
use crate::document::Figure;
use crate::words::Words;

/// Width of the drawing on a wide page and on a narrow one, in units that are pixels there.
const WIDTHS: [(&str, u32); 2] = [("wide", 608), ("narrow", 350)];

impl TextWriter<'_> {
    /// The chart of a figure, unless the figure names no data or none that can be drawn.
    pub(super) fn chart(&self, figure: &Figure) -> Option<Chart> {
        if !chart::is_data(&figure.image.target) {
            return None;
        }
        let text = self.edition.text_beside(self.chapter_id, &figure.image.target)?;
        let (kind, columns) = chart::settings(figure);
        chart::read(text, kind, &columns).ok()
    }

    /// Appends the drawings of `chart`, whose figure has `id`.
    pub(super) fn drawings(&mut self, chart: &Chart, id: &str, alt: &str) {
        self.has_chart = true;
        let words = self.edition.words;
        for (class, width) in WIDTHS {
            // A name in SVG may hold no slash.
            let hatch = format!("h.{}-{}", id.replace('/', "."), &class[..1]);
            let drawing = chart::draw(chart, width, &hatch, &|number| in_words(words, number));
            let height = drawing.height;
            self.out.push_str(&format!(
                "<svg class=\"chart {class}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{}\" direction=\"ltr\">{}</svg>\n",
                escape::escaped(alt),
                drawing.body
            ));
        }
    }

    /// Appends the numbers of `chart` as a table that opens.
    pub(super) fn numbers(&mut self, chart: &Chart) {
        let words = self.edition.words;
        let summary = escape::escaped(&words.data_table);
        self.out.push_str(&format!(
            "<details class=\"numbers\"><summary>{summary}</summary><div class=\"scroll\" role=\"region\" aria-label=\"{summary}\" tabindex=\"0\"><table>\n<thead><tr><th scope=\"col\">{}</th>",
            escape::escaped(&chart.head)
        ));
        for column in &chart.columns {
            let name = escape::escaped(&column.name);
            self.out.push_str(&format!("<th scope=\"col\" class=\"n\">{name}</th>"));
        }
        self.out.push_str("</tr></thead>\n<tbody>\n");
        for (row, label) in chart.labels.iter().enumerate() {
            let label = escape::escaped(label);
            self.out.push_str(&format!("<tr><th scope=\"row\">{label}</th>"));
            for column in &chart.columns {
                let number = column.values[row].map(|number| in_words(words, number));
                let number = number.unwrap_or_else(|| "–".to_owned());
                self.out.push_str(&format!("<td class=\"n\">{number}</td>"));
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody></table></div></details>\n");
    }
}

/// A number as readers of the language write it: `4,000`, `1 200,5`.
fn in_words(words: &Words, number: f64) -> String {
    let magnitude = number.abs();
    if magnitude >= 1e15 || (magnitude > 0.0 && magnitude < 1e-6) {
        return format!("{number:e}");
    }
    // As many decimals as tell it from its neighbours, and no dust of binary fractions.
    let digits = format!("{magnitude:.6}");
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut out = String::from(if number < 0.0 { "−" } else { "" });
    let groups = whole.len() > 4 || (whole.len() == 4 && words.thousands_mark == ",");
    for (at, digit) in whole.chars().enumerate() {
        if groups && at > 0 && (whole.len() - at) % 3 == 0 {
            out.push_str(&words.thousands_mark);
        }
        out.push(digit);
    }
    let part = part.trim_end_matches('0');
    if !part.is_empty() {
        out.push_str(&words.decimal_mark);
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_readers_write_them() {
        let en = |number| in_words(Words::of_or_english("en"), number);
        assert_eq!(
            [en(4000.0), en(-1234567.5), en(0.1 + 0.2), en(0.0)],
            ["4,000", "−1,234,567.5", "0.3", "0"]
        );
        let ru = |number| in_words(Words::of_or_english("ru"), number);
        assert_eq!([ru(4000.0), ru(12000.25)], ["4000", "12\u{a0}000,25"]);
        assert_eq!(en(1e300), "1e300");
    }
}
