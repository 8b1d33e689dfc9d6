//! A bibliography into `citations.yaml`.

use super::Import;
use crate::cli::{Done, Status};
use crate::interchange::Form;
use crate::terminal;

/// Brings a bibliography in.
pub fn run(import: &Import, form: Form) -> Done {
    let file = import.file.display();
    let _ = terminal::print_error(&format!("error: {file} ({form:?}) cannot be read yet\n"));
    Ok(Status::Misused)
}
