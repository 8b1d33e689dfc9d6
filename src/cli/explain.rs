//! `rapporteur explain CODE`: the page of a diagnostic.

use super::{Done, Status};
use crate::diagnostic::{CODES, code, nearest};
use crate::terminal;

/// Explain a diagnostic: what it means, why it matters, what to do
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The code, such as undefined-note; without one, all codes are listed
    code: Option<String>,
}

/// Prints the page of a code, or all codes.
pub fn run(arguments: &Arguments) -> Done {
    let Some(name) = &arguments.code else {
        let line = |code: &&crate::diagnostic::Code| {
            format!("{:<8} {}\n", code.severity.name(), code.name)
        };
        let _ = terminal::print(&CODES.iter().map(line).collect::<String>());
        return Ok(Status::Clean);
    };
    if let Some(code) = code(name) {
        let _ = terminal::print(code.page);
        return Ok(Status::Clean);
    }
    let near = nearest(name, CODES.iter().map(|code| code.name));
    let help = near.map_or_else(
        || "`rapporteur explain` lists them all".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    let _ = terminal::print_error(&format!("error: no diagnostic is called `{name}`\n  {help}\n"));
    Ok(Status::Misused)
}
