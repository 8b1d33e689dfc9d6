//! Bad input ends in diagnostics: never in a panic, a hang, or a place that is not there.

use crate::bad_input::{self, Dice, FILES};
use rapporteur::diagnostic::{Diagnostic, is_inside};
use rapporteur::session::Session;
use rapporteur::source::{File, Sources};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Bad chapters that are built together, since most of a build does not depend on them.
const TOGETHER: usize = 100;

#[test]
fn ten_thousand_bad_inputs_end_in_diagnostics() {
    let begun = Instant::now();
    for batch in 0..100 {
        let mut dice = Dice::new(batch);
        let project = project(&mut dice);
        let chapters: Vec<Vec<u8>> = (0..TOGETHER)
            .map(|_| {
                let size = 1 << dice.below(10);
                bad_input::chapter(&mut dice, size)
            })
            .collect();
        if let Err(fault) = build(&project, &chapters) {
            let one = chapters
                .iter()
                .find_map(|one| build(&project, std::slice::from_ref(one)).err().map(|f| (one, f)));
            match one {
                Some((one, fault)) => {
                    panic!("batch {batch}: {fault}: {:?}", String::from_utf8_lossy(one))
                }
                None => panic!("batch {batch}, chapters together or project: {fault}"),
            }
        }
        eprintln!("{batch} {:?}", begun.elapsed());
    }
}

/// The files of a report but its chapters, mostly damaged.
fn project(dice: &mut Dice) -> Vec<(&'static str, Vec<u8>)> {
    FILES[..3]
        .iter()
        .map(|(path, text)| match dice.below(4) {
            0 => (*path, text.as_bytes().to_vec()),
            _ => (*path, bad_input::damaged(dice, text)),
        })
        .collect()
}

/// Builds a report; what goes wrong is the error.
fn build(project: &[(&str, Vec<u8>)], chapters: &[Vec<u8>]) -> Result<(), String> {
    let mut sources = Sources::default();
    for (path, bytes) in project {
        sources.add(File::decode(*path, bytes));
    }
    for (number, bytes) in chapters.iter().enumerate() {
        sources.add(File::decode(format!("content/{number:03}-x.md"), bytes));
    }
    let size: usize = sources.files().map(|(_, file)| file.text.len()).sum();
    let begun = Instant::now();
    let built = catch_unwind(AssertUnwindSafe(|| Session::default().build(&sources)));
    let built = built.map_err(|panic| match panic.downcast_ref::<String>() {
        Some(message) => format!("panics: {message}"),
        None => format!("panics: {:?}", panic.downcast_ref::<&str>()),
    })?;
    let limit = Duration::from_millis(20_000 + size as u64 / 10);
    if begun.elapsed() > limit {
        return Err(format!("takes {:?} for {size} bytes", begun.elapsed()));
    }
    built.analysis.diagnostics.iter().try_for_each(|found| places_are_real(&sources, found))
}

fn places_are_real(sources: &Sources, found: &Diagnostic) -> Result<(), String> {
    let labels = found.labels.iter().map(|label| label.span);
    let edits = found.fix.iter().flat_map(|fix| fix.edits.iter().map(|(span, _)| *span));
    match std::iter::once(found.span).chain(labels).chain(edits).find(|s| !is_inside(sources, *s)) {
        Some(span) => Err(format!("{} at {span:?}, which is not there", found.code.name)),
        None => Ok(()),
    }
}

/// Time of a build of one chapter that is `piece` again and again, `size` bytes long.
fn time(piece: &str, size: usize) -> Duration {
    let mut sources = Sources::default();
    for (path, text) in &FILES[..3] {
        sources.add_text(path, text);
    }
    let text: String = (0..)
        .map(|n| piece.replace('#', &n.to_string()))
        .scan(0, |sum, piece| {
            *sum += piece.len();
            (*sum < size).then_some(piece)
        })
        .collect();
    sources.add_text("content/01-a.md", &text);
    let begun = Instant::now();
    Session::default().build(&sources);
    begun.elapsed()
}

#[test]
#[ignore]
fn growth() {
    let base = std::env::var("BASE").ok().and_then(|b| b.parse().ok()).unwrap_or(100_000);
    let only: Option<String> = std::env::var("ONLY").ok();
    let pieces: Vec<String> = bad_input::SIGNS
        .iter()
        .map(|s| s.to_string())
        .chain(bad_input::PATTERNS.iter().map(|s| s.to_string()))
        .collect();
    for piece in pieces {
        if piece.is_empty() || only.as_ref().is_some_and(|o| !piece.contains(o.as_str())) {
            continue;
        }
        let one = time(&piece, base);
        if one > Duration::from_secs(5) {
            eprintln!("SLOW {piece:?} {one:?} at {base}");
            continue;
        }
        let four = time(&piece, base * 4);
        let ratio = four.as_secs_f64() / one.as_secs_f64();
        if ratio > 6.5 || four.as_secs_f64() > 1.0 {
            eprintln!("{ratio:5.1} {one:>10.1?} {four:>10.1?} {piece:?}");
        }
    }
}
