//! Figures become tables in Markdown: medians, with the least in brackets; ratios of medians.

use crate::corpus::{NOTES, WORDS};
use crate::machine;
use crate::run::{Cost, Figures, Size};
use std::time::Duration;

/// All sizes, the growth from one to the next, and the machine.
pub fn report(sizes: &[Size]) -> String {
    let mut text = format!("{}\n", machine::line());
    for measured in sizes {
        text.push_str(&format!("\n{}", size(measured)));
    }
    text.push_str(&growth(sizes));
    text
}

/// One size of corpus.
pub fn size(size: &Size) -> String {
    let chapters = size.chapters;
    let runs = size.results.first().map_or(0, |figures| figures.cold.len());
    let mut text = format!(
        "### {} {}\n\n{} words, {} notes. {runs} {}, in turns{}.\n\n",
        thousands(chapters),
        if chapters == 1 { "chapter" } else { "chapters" },
        thousands(chapters * WORDS),
        thousands(chapters * NOTES),
        if runs == 1 { "run" } else { "runs" },
        load(size),
    );
    let Some(own) = size.results.first() else { return text };
    text.push_str(
        "| tool | wall time | CPU time | peak memory | wall, Rapporteur = 1 | CPU | memory |\n\
         |---|--:|--:|--:|--:|--:|--:|\n",
    );
    size.results.iter().for_each(|figures| text.push_str(&cold(figures, own)));
    text.push_str(
        "\n| tool | after one edit: wall | CPU | wall, cold = 1 | CPU | output | files |\n\
         |---|--:|--:|--:|--:|--:|--:|\n",
    );
    size.results.iter().for_each(|figures| text.push_str(&after_edit(figures)));
    let samples = size.results.iter().filter_map(|figures| Some((figures, figures.sample?)));
    for (figures, sample) in samples {
        text.push_str(&format!(
            "\n{}: measured on {sample} chapters, one process each, and multiplied by {}.\n",
            figures.version,
            (10.0 * chapters as f64 / sample as f64).round() / 10.0,
        ));
    }
    text
}

/// A build from nothing, and how it compares with Rapporteur's `own`.
fn cold(figures: &Figures, own: &Figures) -> String {
    row(&[
        figures.version.clone(),
        with_least(&figures.cold, wall),
        with_least(&figures.cold, cpu),
        with_least(&figures.cold, peak),
        ratio(&figures.cold, &own.cold, wall),
        ratio(&figures.cold, &own.cold, cpu),
        ratio(&figures.cold, &own.cold, peak),
    ])
}

/// A build after an edit, and what came out.
fn after_edit(figures: &Figures) -> String {
    row(&[
        figures.version.clone(),
        with_least(&figures.after_edit, wall),
        with_least(&figures.after_edit, cpu),
        ratio(&figures.after_edit, &figures.cold, wall),
        ratio(&figures.after_edit, &figures.cold, cpu),
        mebibytes(figures.bytes as f64),
        thousands(figures.files),
    ])
}

fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

/// How time grows from each size to the next; nothing of one size.
pub fn growth(sizes: &[Size]) -> String {
    if sizes.len() < 2 {
        return String::new();
    }
    let mut text =
        String::from("\n### Growth\n\n| tool | chapters | wall time | CPU time | peak memory |\n");
    text.push_str("|---|--:|--:|--:|--:|\n");
    for pair in sizes.windows(2) {
        for (small, large) in pair[0].results.iter().zip(&pair[1].results) {
            // Scaled figures grow as they are scaled.
            if large.sample.is_some() {
                continue;
            }
            let chapters =
                format!("{} → {}", thousands(pair[0].chapters), thousands(pair[1].chapters));
            text.push_str(&row(&[
                large.version.clone(),
                chapters,
                ratio(&large.cold, &small.cold, wall),
                ratio(&large.cold, &small.cold, cpu),
                ratio(&large.cold, &small.cold, peak),
            ]));
        }
    }
    text
}

/// What else the machine had to do; above half a core it is said that it was busy.
fn load(size: &Size) -> String {
    let Some((before, after)) = size.load_before.zip(size.load_after) else {
        return String::new();
    };
    let busy = match before > 0.5 {
        true => ": the machine was busy, so that CPU time says more than wall time",
        false => "",
    };
    format!("; load average {before:.2} before, {after:.2} after{busy}")
}

/// One figure of a cost, as a number and in print.
struct Figure(fn(&Cost) -> f64, fn(f64) -> String);

fn wall() -> Figure {
    Figure(|cost| cost.wall.as_secs_f64(), seconds)
}

fn cpu() -> Figure {
    Figure(|cost| cost.cpu.as_secs_f64(), seconds)
}

fn peak() -> Figure {
    Figure(|cost| cost.peak as f64, mebibytes)
}

fn with_least(costs: &[Cost], figure: fn() -> Figure) -> String {
    let Figure(value, print) = figure();
    let values = sorted(costs, value);
    match (median(&values), values.first()) {
        (Some(median), Some(least)) => format!("{} ({})", print(median), print(*least)),
        _ => "–".to_owned(),
    }
}

fn ratio(costs: &[Cost], of: &[Cost], figure: fn() -> Figure) -> String {
    let Figure(value, _) = figure();
    let (own, base) = (median(&sorted(costs, value)), median(&sorted(of, value)));
    own.zip(base).map_or("–".to_owned(), |(own, base)| format!("{:.2}", own / base))
}

fn sorted(costs: &[Cost], value: fn(&Cost) -> f64) -> Vec<f64> {
    let mut values: Vec<f64> = costs.iter().map(value).collect();
    values.sort_by(f64::total_cmp);
    values
}

/// The middle of sorted values, or the mean of the middle two.
fn median(sorted: &[f64]) -> Option<f64> {
    let upper = sorted.get(sorted.len() / 2)?;
    let lower = sorted.get((sorted.len() - 1) / 2)?;
    Some((upper + lower) / 2.0)
}

fn seconds(value: f64) -> String {
    match Duration::from_secs_f64(value) {
        short if short < Duration::from_secs(1) => format!("{:.0} ms", value * 1000.0),
        _ => format!("{value:.2} s"),
    }
}

fn mebibytes(bytes: f64) -> String {
    format!("{:.1} MiB", bytes / 1024.0 / 1024.0)
}

/// 1234567 as 1,234,567.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
