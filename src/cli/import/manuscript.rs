//! A manuscript into chapters.

use super::Import;
use crate::cli::{Done, Status};
use crate::terminal;

/// Brings a manuscript in.
pub fn run(import: &Import) -> Done {
    let file = import.file.display();
    let _ = terminal::print_error(&format!(
        "error: {file} is a manuscript, which cannot be read yet\n"
    ));
    Ok(Status::Misused)
}
