//! The commands, one file each. Names `clap` alone.
//!
//! Exit status: 0 clean (warnings allowed), 1 diagnostics that forbid publishing, 2 the
//! environment or the command line.

mod build;
mod check;
mod completions;
mod explain;
mod import;
mod list;
mod lock;
mod new;
mod online;
mod report;
mod serve;
mod summary;

use crate::disk::DiskError;
use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::process::ExitCode;

/// Compiles annotated policy reports into sites in which every note, citation and claim is checked
#[derive(Debug, Parser)]
#[command(name = "rapporteur", version, max_term_width = 100, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// Every command; a new one is a file and a row.
#[derive(Debug, Subcommand)]
enum Command {
    New(new::Arguments),
    Build(build::Arguments),
    Check(check::Arguments),
    Serve(serve::Arguments),
    Import(import::Arguments),
    List(list::Arguments),
    Lock(lock::Arguments),
    Explain(explain::Arguments),
    Completions(completions::Arguments),
    Man(completions::ManArguments),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Nothing forbids publishing.
    Clean,
    /// There are diagnostics that forbid publishing.
    Faulty,
    /// The command line asked for what is not there.
    Misused,
}

/// Runs the command that `arguments` name (the first is the program's own name).
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(error.exit_code() as u8);
        }
    };
    let done = match &arguments.command {
        Command::New(arguments) => new::run(arguments),
        Command::Build(arguments) => build::run(arguments),
        Command::Check(arguments) => check::run(arguments),
        Command::Serve(arguments) => serve::run(arguments),
        Command::Import(arguments) => import::run(arguments),
        Command::List(arguments) => list::run(arguments),
        Command::Lock(arguments) => lock::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Completions(arguments) => completions::run(arguments),
        Command::Man(arguments) => completions::manual(arguments),
    };
    match done {
        Ok(Status::Clean) => ExitCode::SUCCESS,
        Ok(Status::Faulty) => ExitCode::from(1),
        Ok(Status::Misused) => ExitCode::from(2),
        Err(error) => {
            let _ = crate::terminal::print_error(&format!("error: {error}\n"));
            ExitCode::from(2)
        }
    }
}

/// What a command gives back.
type Done = Result<Status, DiskError>;
