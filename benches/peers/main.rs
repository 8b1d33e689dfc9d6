//! Rapporteur beside Hugo, Zola, mdBook and pandoc on one corpus: `cargo bench --bench peers`.
//!
//! A corpus of N chapters is written for each tool that is installed; all are run in turns, each from
//! an empty output folder and without a cache; the ratios of their medians are what counts.
//! `docs/benchmarks.md` says what is measured and what is not comparable.

mod arguments;
mod corpus;
mod hugo;
mod machine;
mod markdown;
mod mdbook;
mod pandoc;
mod prose;
mod rapporteur_report;
mod run;
mod sources;
mod table;
mod tool;
mod typed;
mod zola;

use arguments::Arguments;
use run::{Contender, Program, Size};
use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

fn main() -> ExitCode {
    let arguments = Arguments::read();
    let done = match &arguments.corpus_only {
        Some(folder) => write_corpora(&arguments, folder).map_err(|error| error.to_string()),
        None => compare(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the corpora for the tools asked for, installed or not, and runs nothing.
fn write_corpora(arguments: &Arguments, folder: &Path) -> io::Result<()> {
    for chapters in &arguments.chapters {
        for tool in arguments.tools() {
            let folder = folder.join(format!("{}-{chapters}", tool.name()));
            tool.write(*chapters, &folder)?;
            println!("{}", folder.display());
        }
    }
    Ok(())
}

/// Measures every size, prints the tables and writes them into the page if one is named.
fn compare(arguments: &Arguments) -> Result<(), String> {
    let programs = arguments.programs()?;
    let scratch = tempfile::tempdir().map_err(|error| error.to_string())?;
    let folder = arguments.keep.as_deref().unwrap_or(scratch.path());
    let mut sizes = Vec::new();
    for chapters in &arguments.chapters {
        let size = measure(arguments, &programs, *chapters, folder)?;
        println!("{}", table::size(&size));
        sizes.push(size);
    }
    let report = table::report(&sizes);
    println!("{}\n{}", machine::line(), table::growth(&sizes));
    match &arguments.write {
        Some(page) => write_into(page, &report).map_err(|error| format!("{page:?}: {error}")),
        None => Ok(()),
    }
}

/// Every program's runs on `chapters` chapters, in turns.
fn measure(
    arguments: &Arguments,
    programs: &[Program],
    chapters: usize,
    folder: &Path,
) -> Result<Size, String> {
    let mut contenders = Vec::new();
    for (place, program) in programs.iter().enumerate() {
        eprintln!("writing {chapters} chapters for {}", program.version);
        let sample = match program.tool.is_one_process_a_chapter() {
            true => chapters.min(arguments.pandoc_chapters),
            false => chapters,
        };
        let name = format!("{}-{chapters}-{place}", program.tool.name());
        let folder = folder.join(name);
        contenders.push(Contender::new(program, chapters, sample, &folder)?);
    }
    let load_before = machine::load();
    for run in 0..arguments.runs {
        // Nobody is always first.
        let first = run % contenders.len().max(1);
        contenders.rotate_left(first);
        contenders.iter_mut().try_for_each(Contender::build_cold)?;
        contenders.iter_mut().try_for_each(|contender| contender.build_after_edit(run))?;
        contenders.rotate_right(first);
    }
    let results = contenders.into_iter().map(Contender::finish).collect::<Result<_, _>>()?;
    Ok(Size { chapters, results, load_before, load_after: machine::load() })
}

/// Puts the tables between the two marks of a page.
fn write_into(page: &Path, report: &str) -> io::Result<()> {
    const BEGIN: &str = "<!-- figures: begin -->";
    const END: &str = "<!-- figures: end -->";
    let text = fs::read_to_string(page)?;
    let parts = text.split_once(BEGIN).zip(text.split_once(END));
    let Some(((before, _), (_, after))) = parts else {
        return Err(io::Error::other(format!("there is no {BEGIN} with {END} after it")));
    };
    fs::write(page, format!("{before}{BEGIN}\n\n{report}\n{END}{after}"))
}
