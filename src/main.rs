//! The `rapporteur` command: arguments in, exit code out.

use std::process::ExitCode;

/// A report of many chapters is many small values; decision 23 has the figures.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    rapporteur::cli::run(std::env::args_os())
}
