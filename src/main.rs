//! The `rapporteur` command: arguments in, exit code out.

fn main() {}
