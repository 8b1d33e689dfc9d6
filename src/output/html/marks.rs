//! Findings and verdicts as a word and a shape, never as a colour alone.

use crate::annotation::Finding;
use crate::law::Verdict;
use crate::theme::view::Mark;
use crate::words::Words;

/// A finding.
pub fn finding(words: &Words, finding: Finding) -> Mark {
    let shape = match finding {
        Finding::Violated => "■",
        Finding::Restricted => "◧",
        Finding::AtRisk => "▲",
        Finding::Upheld => "●",
        Finding::Contested => "◇",
    };
    Mark {
        id: finding.name().to_owned(),
        word: words.finding(finding.name()).to_owned(),
        shape: shape.to_owned(),
    }
}

/// A verdict that is worth a word; an article that fits needs none.
pub fn verdict(words: &Words, verdict: Verdict) -> Option<Mark> {
    let shape = match verdict {
        Verdict::Fits => return None,
        Verdict::Loose => "≈",
        Verdict::Mismatch => "≠",
        Verdict::Unverified => "?",
    };
    Some(Mark {
        id: verdict.name().to_owned(),
        word: words.verdict(verdict.name()).to_owned(),
        shape: shape.to_owned(),
    })
}
