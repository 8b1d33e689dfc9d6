//! The law: instruments, rights, parties, and the recogniser of articles in prose.
//!
//! YAML facts in `law/` become a registry, and plain prose becomes citations of its provisions.
//! Facts only, with labels in our own words. Nothing here knows Markdown, pages or claims; the
//! one door to `aho-corasick`.

mod article;
mod instrument;
mod party;
mod read;
mod recognise;
mod reference;
mod registry;
mod right;
mod rights_in_prose;
mod verdict;

pub use article::*;
pub use instrument::*;
pub use party::*;
pub use recognise::{AliasKind, Finding, Named, Recognised, Scope, Via, Warning, read, recognise};
pub use reference::*;
pub use registry::*;
pub use right::*;
pub use rights_in_prose::*;
pub use verdict::*;

#[cfg(test)]
mod tests;
