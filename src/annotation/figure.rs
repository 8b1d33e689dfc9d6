//! What is set apart and numbered through the report: boxes, figures, tables.

use super::{Declaration, Kind};
use crate::document::{Block, BlockKind, CalloutKind, plain_text};

/// `> [!box] Title {#box-id}`.
#[derive(Debug)]
pub struct Boxed;

impl Kind for Boxed {
    fn prefix(&self) -> &'static str {
        "box"
    }

    fn name(&self) -> &'static str {
        "box"
    }

    fn series(&self) -> Option<&'static str> {
        Some("box")
    }

    fn declares(&self, block: &Block) -> Option<Declaration> {
        let BlockKind::Callout(callout) = &block.kind else { return None };
        let declaration =
            Declaration { label: callout.attributes.id.clone(), title: plain_text(&callout.title) };
        (callout.kind == CalloutKind::Box).then_some(declaration)
    }
}

/// `![Alt](map.svg "Caption"){#fig-map}`.
#[derive(Debug)]
pub struct Figure;

impl Kind for Figure {
    fn prefix(&self) -> &'static str {
        "fig"
    }

    fn name(&self) -> &'static str {
        "figure"
    }

    fn series(&self) -> Option<&'static str> {
        Some("figure")
    }

    fn declares(&self, block: &Block) -> Option<Declaration> {
        let BlockKind::Figure(figure) = &block.kind else { return None };
        let label = figure.attributes.id.clone();
        Some(Declaration { label, title: figure.image.title.clone() })
    }
}

/// A table with the line `: Caption {#tbl-votes}` under it; one without a caption has no number.
#[derive(Debug)]
pub struct Table;

impl Kind for Table {
    fn prefix(&self) -> &'static str {
        "tbl"
    }

    fn name(&self) -> &'static str {
        "table"
    }

    fn series(&self) -> Option<&'static str> {
        Some("table")
    }

    fn declares(&self, block: &Block) -> Option<Declaration> {
        let BlockKind::Table(table) = &block.kind else { return None };
        let label = table.attributes.id.clone();
        let is_named = label.is_some() || !table.caption.is_empty();
        is_named.then(|| Declaration { label, title: plain_text(&table.caption) })
    }
}
