//! The kinds of thing that can be named and referred to: one trait, one table.
//!
//! Everything an author annotates is a *target* (something with a name) or a *mention* of one. A
//! kind says which block declares a target of it, in which series it is numbered, and with which
//! prefix it is referred to. It knows nothing of files, addresses or other targets.

mod chapter;
mod claim;
mod figure;
mod note;
mod section;

pub use claim::{CLAIM_KEYS, ClaimDeclaration, Finding};

use crate::document::{Block, Named};

/// A target as its block declares it.
#[derive(Debug, Clone, PartialEq)]
pub struct Declaration {
    /// The author's label, with its prefix; none where it was not given one.
    pub label: Option<Named>,
    /// Its title or caption as plain text; may be empty.
    pub title: String,
}

/// A kind of annotation.
pub trait Kind: Sync + std::fmt::Debug {
    /// What a label of this kind begins with, without the hyphen: `sec`.
    fn prefix(&self) -> &'static str;

    /// What it is called in a diagnostic: `section`.
    fn name(&self) -> &'static str;

    /// The key under `start:` of the series in which it is numbered through the report.
    fn series(&self) -> Option<&'static str> {
        None
    }

    /// The target that `block` declares, if it is of this kind.
    fn declares(&self, block: &Block) -> Option<Declaration>;
}

/// A kind by reference; two are the same if their prefixes are.
pub type KindRef = &'static dyn Kind;

/// Every kind; a new one is a file and a row.
pub static KINDS: &[KindRef] = &[
    &chapter::Chapter,
    &section::Section,
    &figure::Boxed,
    &figure::Figure,
    &figure::Table,
    &note::Note,
    &claim::Claim,
];

/// The kind of chapters, whose targets are files and not blocks.
pub static CHAPTER: KindRef = &chapter::Chapter;
/// The kind of notes, whose targets are definitions and not blocks.
pub static NOTE: KindRef = &note::Note;
/// The kind of claims, whose targets are sentences and spans.
pub static CLAIM: KindRef = &claim::Claim;

/// The kind whose prefix a label begins with.
pub fn kind_of(label: &str) -> Option<KindRef> {
    let (prefix, _) = label.split_once('-')?;
    KINDS.iter().copied().find(|kind| kind.prefix() == prefix)
}

/// The kind and the declaration of the target that `block` declares.
pub fn declared(block: &Block) -> Option<(KindRef, Declaration)> {
    KINDS.iter().find_map(|kind| Some((*kind, kind.declares(block)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_unique_and_the_parser_knows_them_all() {
        let mut prefixes: Vec<_> = KINDS.iter().map(|kind| kind.prefix()).collect();
        prefixes.sort_unstable();
        prefixes.dedup();
        assert_eq!(prefixes.len(), KINDS.len());
        assert_eq!(kind_of("box-torture").map(|k| k.name()), Some("box"));
        assert!(kind_of("boxes-x").is_none());
    }
}
