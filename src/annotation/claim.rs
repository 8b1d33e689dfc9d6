//! Claims: `@claim-ban`, declared by a note's metadata or by a span.

use super::{Declaration, Kind};
use crate::document::{Attributes, Block, Named};
use crate::source::Span;

/// A statement that a right was violated, restricted or upheld.
#[derive(Debug)]
pub struct Claim;

impl Kind for Claim {
    fn prefix(&self) -> &'static str {
        "claim"
    }

    fn name(&self) -> &'static str {
        "claim"
    }

    fn declares(&self, _: &Block) -> Option<Declaration> {
        None
    }
}

/// What a claim says happened to the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finding {
    /// It was broken.
    Violated,
    /// It was limited.
    Restricted,
    /// It may be broken.
    AtRisk,
    /// It was kept.
    Upheld,
    /// Sources disagree.
    Contested,
}

impl Finding {
    /// All findings, worst first.
    pub const ALL: [Finding; 5] = [
        Finding::Violated,
        Finding::Restricted,
        Finding::AtRisk,
        Finding::Upheld,
        Finding::Contested,
    ];

    /// The word in attributes and data files.
    pub fn name(self) -> &'static str {
        match self {
            Finding::Violated => "violated",
            Finding::Restricted => "restricted",
            Finding::AtRisk => "at-risk",
            Finding::Upheld => "upheld",
            Finding::Contested => "contested",
        }
    }

    /// The finding called `name`.
    pub fn of(name: &str) -> Option<Finding> {
        Finding::ALL.into_iter().find(|finding| finding.name() == name)
    }
}

/// The keys that a claim's attributes may have.
pub const CLAIM_KEYS: [&str; 7] = ["claim", "finding", "by", "since", "until", "law", "date"];

/// What an author declared of a claim, as written.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimDeclaration {
    /// `#id`.
    pub id: Option<Named>,
    /// `claim=`: ids of rights.
    pub rights: Vec<Named>,
    /// `finding=`.
    pub finding: Option<Named>,
    /// `by=`: who is held responsible.
    pub by: Option<Named>,
    /// `since=`: when it began.
    pub since: Option<Named>,
    /// `date=`: when it happened.
    pub date: Option<Named>,
    /// `until=`.
    pub until: Option<Named>,
    /// `law=`: references such as `iccpr:19(3)`.
    pub law: Vec<Named>,
    /// The attributes themselves.
    pub span: Span,
}

impl ClaimDeclaration {
    /// The claim that `attributes` declare: those with `claim=`.
    pub fn of(attributes: &Attributes) -> Option<ClaimDeclaration> {
        let rights = attributes.get("claim")?;
        Some(ClaimDeclaration {
            id: attributes.id.clone(),
            rights: words(rights),
            finding: attributes.get("finding").cloned(),
            by: attributes.get("by").cloned(),
            since: attributes.get("since").cloned(),
            date: attributes.get("date").cloned(),
            until: attributes.get("until").cloned(),
            law: attributes.get("law").map(words).unwrap_or_default(),
            span: attributes.span.unwrap_or(rights.span),
        })
    }
}

/// The words of a list separated by commas, semicolons or spaces, each with its place; what stands
/// in brackets stays together.
fn words(list: &Named) -> Vec<Named> {
    let mut found = Vec::new();
    let (mut start, mut depth) = (0, 0usize);
    let text = &list.text;
    let mut push = |start: usize, end: usize| {
        if start < end {
            let span = Span::new(list.span.file, list.span.start + start..list.span.start + end);
            found.push(Named { text: text[start..end].to_owned(), span });
        }
    };
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | ';' | ' ' | '\n' | '\r' | '\t' if depth == 0 => {
                push(start, at);
                start = at + 1;
            }
            _ => {}
        }
    }
    push(start, text.len());
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn lists_keep_their_places() {
        let text =
            "{#ban claim=\"expression, assembly\" finding=violated law=\"iccpr:19(3), udhr:19\"}";
        let (attributes, _) = Attributes::read(text, 0, FileId(0)).unwrap();
        let claim = ClaimDeclaration::of(&attributes).unwrap();
        let rights: Vec<_> = claim.rights.iter().map(|r| &text[r.span.range()]).collect();
        assert_eq!(rights, ["expression", "assembly"]);
        let law: Vec<_> = claim.law.iter().map(|r| &text[r.span.range()]).collect();
        assert_eq!(law, ["iccpr:19(3)", "udhr:19"]);
    }
}
