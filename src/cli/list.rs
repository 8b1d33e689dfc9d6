//! `rapporteur list`: the registers of a report on the terminal.

use super::{Done, Status, report};
use crate::output::csv_field;
use crate::session::{Proof, Session};
use crate::terminal;
use clap::ValueEnum;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// List claims, notes, sources, articles or mentions
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What to list
    #[arg(value_enum)]
    what: What,

    /// Folder of the report [default: the nearest folder from here up that has a book.toml]
    dir: Option<PathBuf>,

    /// How the list is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// Claims with their rights, articles and evidence
    Claims,
    /// Notes with their text
    Notes,
    /// Sources with the number of their citations
    Sources,
    /// Articles with the number of their mentions and claims
    Articles,
    /// Every mention of an article
    Mentions,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Columns for people
    Table,
    /// A JSON array
    Json,
    /// Comma-separated values
    Csv,
}

/// Prints a register.
pub fn run(arguments: &Arguments) -> Done {
    let (_, sources) = report::open(arguments.dir.as_deref())?;
    let proof = Session::default().proof(&sources);
    let records = records(&proof, arguments.what);
    let text = match arguments.format {
        Format::Json => crate::output::json_lines(&Value::Array(records)),
        Format::Csv => csv(&records, arguments.what),
        Format::Table => table(&records, arguments.what),
    };
    let _ = terminal::print(&text);
    Ok(Status::Clean)
}

/// The columns of a table or a CSV file; the last takes what room is left.
fn columns(what: What) -> &'static [&'static str] {
    match what {
        What::Claims => &["id", "rights", "finding", "articles", "notes", "text"],
        What::Notes => &["number", "chapter", "file", "line", "text"],
        What::Sources => &["key", "type", "citations", "title"],
        What::Articles => &["reference", "mentions", "claims", "title"],
        What::Mentions => &["reference", "chapter", "file", "line", "text"],
    }
}

fn records(proof: &Proof, what: What) -> Vec<Value> {
    let data = |name: &str| {
        let bytes = proof.file(&format!("data/{name}.json"));
        let value = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        match value {
            Some(Value::Array(records)) => records,
            _ => Vec::new(),
        }
    };
    match what {
        What::Claims => data("claims"),
        What::Notes => data("notes"),
        What::Mentions => data("mentions"),
        What::Sources => sources(proof),
        What::Articles => articles(proof),
    }
}

fn sources(proof: &Proof) -> Vec<Value> {
    let analysis = &proof.analysis;
    let record = |source: &crate::report::Source| {
        let entry = analysis.bibliography.get(&source.key);
        let instrument = analysis.law.instrument(&source.key);
        json!({
            "key": &*source.key,
            "type": entry.map_or("treaty", |entry| entry.kind),
            "title": entry.and_then(|e| e.title()).or(instrument.map(|i| i.name.as_str())),
            "citations": analysis.report.citations(source).count(),
        })
    };
    analysis.report.sources.iter().map(record).collect()
}

fn articles(proof: &Proof) -> Vec<Value> {
    let report = &proof.analysis.report;
    let mut counts: BTreeMap<(String, Vec<u64>, String), (usize, usize)> = BTreeMap::new();
    let key = |reference: &crate::law::Reference| {
        let number = crate::output::address::numeric(&reference.article);
        (reference.instrument.clone(), number, reference.article.clone())
    };
    for (_, mention) in report.mentions() {
        counts.entry(key(&mention.reference)).or_default().0 += 1;
    }
    for article in report.claims().flat_map(|(_, claim)| &claim.articles) {
        counts.entry(key(&article.reference)).or_default().1 += 1;
    }
    counts
        .into_iter()
        .map(|((instrument, _, article), (mentions, claims))| {
            let entry = proof.analysis.law.instrument(&instrument);
            let title = entry.and_then(|i| Some(i.article(&article)?.title.clone()));
            json!({
                "reference": format!("{instrument}:{article}"),
                "mentions": mentions,
                "claims": claims,
                "title": title,
            })
        })
        .collect()
}

/// A value as one cell: lists joined, records by what names them.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join(", "),
        Value::Object(record) => {
            let name = record.get("reference").or_else(|| record.get("key"));
            let name = name.map(cell).unwrap_or_default();
            match record.get("verdict").and_then(Value::as_str) {
                Some("fits") | None => name,
                Some(verdict) => format!("{name} ({verdict})"),
            }
        }
        other => other.to_string(),
    }
}

fn csv(records: &[Value], what: What) -> String {
    let columns = columns(what);
    let mut text = format!("{}\r\n", columns.join(","));
    for record in records {
        let fields: Vec<String> = columns.iter().map(|c| csv_field(&cell(&record[*c]))).collect();
        text.push_str(&format!("{}\r\n", fields.join(",")));
    }
    text
}

fn table(records: &[Value], what: What) -> String {
    let columns = columns(what);
    let rows: Vec<Vec<String>> =
        std::iter::once(columns.iter().map(|c| c.to_uppercase()).collect())
            .chain(records.iter().map(|r| columns.iter().map(|c| cell(&r[*c])).collect()))
            .collect();
    let last = columns.len() - 1;
    let width = |column: usize| {
        rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0).min(36)
    };
    let widths: Vec<usize> = (0..last).map(width).collect();
    let room = terminal::width().saturating_sub(widths.iter().map(|w| w + 2).sum()).max(24);
    let mut text = String::new();
    for row in &rows {
        for (column, width) in widths.iter().enumerate() {
            let cell = cut(&row[column], *width);
            let space = " ".repeat(width + 2 - cell.chars().count().min(width + 2));
            text.push_str(&format!("{cell}{space}"));
        }
        text.push_str(cut(&row[last], room).trim_end());
        text.push('\n');
    }
    text
}

/// `text` within `width` characters.
fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
