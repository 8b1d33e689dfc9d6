//! The command line becomes sizes and programs.

use crate::run::Program;
use crate::tool::{TOOLS, Tool};
use clap::Parser;
use std::path::{MAIN_SEPARATOR, PathBuf};

/// Build one corpus with Rapporteur and with the other tools that are installed, and compare
#[derive(Debug, Parser)]
#[command(name = "peers")]
pub struct Arguments {
    /// How many chapters: several sizes, separated by commas
    #[arg(long, value_delimiter = ',', default_values_t = [1, 100], value_name = "N,…")]
    pub chapters: Vec<usize>,

    /// Which tools beside Rapporteur: hugo, zola, mdbook, pandoc; `hugo=PATH` names the program, and
    /// `rapporteur=PATH` compares with another Rapporteur [default: all that are installed]
    #[arg(long, value_delimiter = ',', value_name = "TOOL,…")]
    tools: Option<Vec<String>>,

    /// How often each tool builds each size
    #[arg(long, default_value_t = 3)]
    pub runs: usize,

    /// How many chapters pandoc builds, one process each; its figures are scaled to the whole
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub pandoc_chapters: usize,

    /// The Rapporteur to measure, in place of the one built here
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,

    /// Write the corpora and the sites to this folder and keep them
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,

    /// Write the corpora to this folder and run nothing
    #[arg(long, value_name = "DIR")]
    pub corpus_only: Option<PathBuf>,

    /// Put the tables between the marks of this page
    #[arg(long, value_name = "FILE")]
    pub write: Option<PathBuf>,

    /// What cargo adds
    #[arg(long, hide = true)]
    bench: bool,
}

impl Arguments {
    /// Reads the command line; ends the process where it cannot be read or names an unknown tool.
    pub fn read() -> Self {
        let mut arguments = Self::parse();
        for name in arguments.tools.iter().flatten() {
            if find(name).is_none() {
                eprintln!(
                    "there is no tool {name:?}: rapporteur, hugo, zola, mdbook and pandoc are known"
                );
                std::process::exit(2);
            }
        }
        // Cargo runs a bench in the folder of its package; folders are made absolute, for programs
        // are run in folders of their own.
        for folder in [&mut arguments.keep, &mut arguments.binary].into_iter().flatten() {
            *folder = std::path::absolute(&*folder).unwrap_or_else(|_| folder.clone());
        }
        arguments.runs = arguments.runs.max(1);
        arguments.chapters.retain(|count| *count > 0);
        arguments
    }

    /// Rapporteur and the tools asked for.
    pub fn tools(&self) -> Vec<&'static dyn Tool> {
        let is_asked = |tool: &&'static dyn Tool| {
            let named = |name: &String| find(name).is_some_and(|(found, _)| found == tool.name());
            tool.name() == TOOLS[0].name()
                || self.tools.as_ref().is_none_or(|names| names.iter().any(named))
        };
        TOOLS.into_iter().filter(is_asked).collect()
    }

    /// The programs to run, Rapporteur first: without it there is nothing to compare with. Says which
    /// of the others are missing.
    pub fn programs(&self) -> Result<Vec<Program>, String> {
        let own = PathBuf::from(env!("CARGO_BIN_EXE_rapporteur"));
        let mut wanted = vec![(TOOLS[0].name(), self.binary.clone().unwrap_or(own))];
        match &self.tools {
            Some(names) => wanted.extend(names.iter().filter_map(|name| find(name))),
            None => wanted.extend(TOOLS[1..].iter().map(|tool| (tool.name(), tool.name().into()))),
        }
        // Without a path, Rapporteur's own name says nothing new.
        wanted.retain(|(_, path)| path.as_os_str() != TOOLS[0].name());
        let mut programs: Vec<Program> = Vec::new();
        for (name, path) in wanted {
            let tool = TOOLS.into_iter().find(|tool| tool.name() == name);
            let Some(mut program) = tool.and_then(|tool| Program::find(tool, &path)) else {
                let missing = format!("{} does not tell its version", path.display());
                if programs.is_empty() {
                    return Err(missing);
                }
                eprintln!("{missing}: left out");
                continue;
            };
            if programs.iter().any(|known| known.version == program.version) {
                program.version.push_str(&format!(" ({})", path.display()));
            }
            programs.push(program);
        }
        Ok(programs)
    }
}

/// The tool that `name` or `name=path` means, and its program.
fn find(name: &str) -> Option<(&'static str, PathBuf)> {
    let (name, path) = name.split_once('=').unwrap_or((name, name));
    let tool = TOOLS.iter().find(|tool| tool.name() == name)?;
    // A bare name is looked up as the shell does; programs are run in folders of their own.
    let path = match path.contains(MAIN_SEPARATOR) {
        true => std::path::absolute(path).unwrap_or_else(|_| path.into()),
        false => path.into(),
    };
    Some((tool.name(), path))
}
