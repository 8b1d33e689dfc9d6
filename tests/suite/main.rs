//! Tests of the whole: sources in, diagnostics and pages out, through the same door as the command.

mod bad_input;
mod case_file;
mod cases;
mod house;
mod page;
mod robust;
