//! `rapporteur completions SHELL` and `rapporteur man [COMMAND]`: what an installer puts into place.

use super::{Done, Status};
use crate::terminal;
use clap::CommandFactory;
use clap_complete::Shell;

/// Print the completions for a shell
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints completions.
pub fn run(arguments: &Arguments) -> Done {
    // Into memory first: the generator does not forgive a reader that goes away.
    let mut text = Vec::new();
    let mut command = super::Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "rapporteur", &mut text);
    print(&text)
}

/// Print the manual page of Rapporteur, or of one of its commands
#[derive(Debug, clap::Args)]
pub struct ManArguments {
    /// The command
    command: Option<String>,
}

/// Prints a manual page.
pub fn manual(arguments: &ManArguments) -> Done {
    let mut command = super::Arguments::command();
    command.build();
    let page = match &arguments.command {
        None => clap_mangen::Man::new(command),
        Some(name) => match command.find_subcommand(name) {
            Some(below) => clap_mangen::Man::new(below.clone()),
            None => {
                let _ = terminal::print_error(&format!("error: there is no command `{name}`\n"));
                return Ok(Status::Misused);
            }
        },
    };
    let mut text = Vec::new();
    // Writing into memory does not fail.
    let _ = page.render(&mut text);
    print(&text)
}

fn print(text: &[u8]) -> Done {
    let _ = terminal::print(&String::from_utf8_lossy(text));
    Ok(Status::Clean)
}
