//! Sections: `@sec-media`, declared by `{#sec-media}` after a heading.

use super::{Declaration, Kind};
use crate::document::{Block, BlockKind, plain_text};

/// A heading and what follows it.
#[derive(Debug)]
pub struct Section;

impl Kind for Section {
    fn prefix(&self) -> &'static str {
        "sec"
    }

    fn name(&self) -> &'static str {
        "section"
    }

    fn declares(&self, block: &Block) -> Option<Declaration> {
        let BlockKind::Heading(heading) = &block.kind else { return None };
        let label = heading.attributes.id.clone();
        Some(Declaration { label, title: plain_text(&heading.content) })
    }
}
