//! Comma-separated values into a [`Chart`].

use super::{Chart, ChartKind, Column, Fault, MOST_COLUMNS, MOST_ROWS};
use csv::{ReaderBuilder, StringRecord};
use std::ops::Range;

/// Reads `text`: a row of headings, then rows of a label and numbers. Draws the columns that are
/// named, or all after the first. Every fault is told.
pub fn read(text: &str, kind: ChartKind, names: &[&str]) -> Result<Chart, Vec<Fault>> {
    let rows = rows(text).map_err(|fault| vec![fault])?;
    let Some((head, body)) = rows.split_first().filter(|(_, body)| !body.is_empty()) else {
        let words = "there are no numbers to draw";
        return Err(vec![fault(
            0..0,
            words,
            "write a row of headings, and below it rows of a label and numbers",
        )]);
    };
    let mut faults = Vec::new();
    let wanted = wanted(head, names, &mut faults);
    if body.len() > MOST_ROWS {
        let words = format!("{} rows are more than a chart can show", body.len());
        let help = format!("give the chart at most {MOST_ROWS} rows, and link to the rest");
        faults.push(fault(body[MOST_ROWS].field(0), &words, &help));
    }
    let body = &body[..body.len().min(MOST_ROWS)];
    let mut columns: Vec<Column> = wanted
        .iter()
        .map(|at| Column { name: head.text(*at).to_owned(), values: Vec::new() })
        .collect();
    for row in body {
        for (column, at) in columns.iter_mut().zip(&wanted) {
            column.values.push(value(row, *at, head.text(*at), kind, &mut faults));
        }
    }
    if faults.is_empty() && columns.iter().all(|c| c.values.iter().all(Option::is_none)) {
        faults.push(fault(
            head.field(0),
            "there are no numbers to draw",
            "write numbers below the headings",
        ));
    }
    let labels = body.iter().map(|row| row.text(0).to_owned()).collect();
    let head = head.text(0).to_owned();
    if faults.is_empty() { Ok(Chart { kind, head, labels, columns }) } else { Err(faults) }
}

fn fault(range: Range<usize>, words: &str, help: &str) -> Fault {
    Fault { range, words: words.to_owned(), help: help.to_owned() }
}

/// A record and the bytes of each of its fields.
struct Row {
    record: StringRecord,
    fields: Vec<Range<usize>>,
}

impl Row {
    fn text(&self, at: usize) -> &str {
        self.record.get(at).unwrap_or_default().trim()
    }

    fn field(&self, at: usize) -> Range<usize> {
        let end = self.fields.last().map_or(0, |last| last.end);
        self.fields.get(at).cloned().unwrap_or(end..end)
    }
}

fn rows(text: &str) -> Result<Vec<Row>, Fault> {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(rows),
            Err(error) => {
                let at = error.position().map_or(0, |place| place.byte() as usize).min(text.len());
                return Err(fault(
                    at..at,
                    "this cannot be read as comma-separated values",
                    "export the table again as CSV in UTF-8",
                ));
            }
        }
        let from = record.position().map_or(0, |place| place.byte() as usize);
        let to = reader.position().byte() as usize;
        rows.push(Row { fields: fields(text, from, to), record: record.clone() });
    }
}

/// The bytes of the fields of the record between two places: the reader tells where a record
/// begins, and an author wants to know which cell.
fn fields(text: &str, from: usize, to: usize) -> Vec<Range<usize>> {
    let Some(raw) = text.get(from..to) else { return Vec::new() };
    // The reader counts blank lines to the record after them.
    let from = from + (raw.len() - raw.trim_start_matches(['\r', '\n']).len());
    let raw = raw.trim_matches(['\r', '\n']);
    let mut fields = Vec::new();
    let (mut start, mut is_quoted) = (0, false);
    for (at, byte) in raw.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b',' if !is_quoted => {
                fields.push(from + start..from + at);
                start = at + 1;
            }
            _ => {}
        }
    }
    fields.push(from + start..from + raw.len());
    fields
}

/// The places of the columns to draw.
fn wanted(head: &Row, names: &[&str], faults: &mut Vec<Fault>) -> Vec<usize> {
    let mut found = Vec::new();
    for name in names {
        match (1..head.record.len()).find(|at| head.text(*at) == *name) {
            Some(at) => found.push(at),
            None => {
                let known: Vec<String> =
                    (1..head.record.len()).map(|at| format!("`{}`", head.text(at))).collect();
                let words = format!("there is no column `{name}` to draw");
                faults.push(fault(
                    head.field(0),
                    &words,
                    &format!("the columns with numbers may be {}", known.join(", ")),
                ));
            }
        }
    }
    if names.is_empty() {
        found = (1..head.record.len()).collect();
    }
    if found.is_empty() && faults.is_empty() {
        faults.push(fault(
            head.field(0),
            "there is no column of numbers beside the labels",
            "separate the columns by commas",
        ));
    }
    if found.len() > MOST_COLUMNS {
        let words = format!("{} columns cannot be told apart in one chart", found.len());
        let help = format!("name at most {MOST_COLUMNS} of them: `columns=\"first, second\"`");
        faults.push(fault(head.field(found[MOST_COLUMNS]), &words, &help));
        found.truncate(MOST_COLUMNS);
    }
    found
}

fn value(
    row: &Row,
    at: usize,
    name: &str,
    kind: ChartKind,
    faults: &mut Vec<Fault>,
) -> Option<f64> {
    let text = row.text(at);
    if text.is_empty() {
        return None;
    }
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
    match number {
        None => {
            let words = format!("`{text}` is not a number");
            let help = format!(
                "write digits with a point for decimals (1200.5), leave the cell empty where there is no number, or leave the column `{name}` out with `columns=`"
            );
            faults.push(fault(row.field(at), &words, &help));
        }
        Some(number) if number < 0.0 && kind == ChartKind::Stacked => {
            let words = "a stack has no room for a number below zero";
            faults.push(fault(row.field(at), words, "draw the table with `chart=bars`"));
        }
        Some(_) => {}
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str, names: &[&str]) -> Vec<(String, String)> {
        let faults = read(text, ChartKind::Bars, names).unwrap_err();
        faults.into_iter().map(|f| (text[f.range].to_owned(), f.words)).collect()
    }

    #[test]
    fn reads_labels_and_numbers() {
        let text = "when,\"a, b\",c\r\n\r\n\"x\"\"y\",1, 2.5\r\nz,,-3e2\r\n";
        let chart = read(text, ChartKind::Bars, &[]).unwrap();
        assert_eq!(
            (chart.head.as_str(), &chart.labels[..]),
            ("when", &["x\"y".to_owned(), "z".to_owned()][..])
        );
        assert_eq!(chart.columns[0], Column { name: "a, b".into(), values: vec![Some(1.0), None] });
        assert_eq!(chart.columns[1].values, [Some(2.5), Some(-300.0)]);
        assert_eq!(read(text, ChartKind::Bars, &["c"]).unwrap().columns.len(), 1);
    }

    #[test]
    fn faults_stand_at_their_cells() {
        assert_eq!(
            places("a,b\nx,\"ma, ny\"\n\ny,inf\n", &[]),
            [
                ("\"ma, ny\"".to_owned(), "`ma, ny` is not a number".to_owned()),
                ("inf".to_owned(), "`inf` is not a number".to_owned()),
            ]
        );
        assert_eq!(places("a,b\nx,1\n", &["c"])[0].1, "there is no column `c` to draw");
        assert_eq!(places("", &[])[0].1, "there are no numbers to draw");
        assert_eq!(places("a,b\nx,\n", &[])[0].1, "there are no numbers to draw");
        assert_eq!(places("a\nx\n", &[])[0].1, "there is no column of numbers beside the labels");
        assert_eq!(places("a,b,c,d,e,f,g,h\nx,1,1,1,1,1,1,1\n", &[])[0].0, "h");
    }
}
