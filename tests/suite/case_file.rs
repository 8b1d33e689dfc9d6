//! Reads `tests/cases/*.md`: a heading is a case, its fenced blocks are files and expectations.
//!
//! A block whose info string names a file (`md content/01-a.md`) is that file. One whose info string
//! begins with `diagnostics`, `human`, `page` or `data` is what must come out.

use std::ops::Range;

/// One heading with its blocks.
pub struct Case {
    /// The words of the heading.
    pub name: String,
    /// The line of the heading, from 1.
    pub line: usize,
    /// Its files, by path.
    pub files: Vec<(String, String)>,
    /// What must come out.
    pub expectations: Vec<Expectation>,
    /// The byte after its last block, or after its heading.
    pub end: usize,
}

/// A block that says what must come out.
pub struct Expectation {
    /// The words of the info string.
    pub words: Vec<String>,
    /// The lines between the fences.
    pub text: String,
    /// Their bytes in the case file.
    pub range: Range<usize>,
}

/// The first words of expectations; every other block is a file or an illustration.
const EXPECTATIONS: &[&str] = &["diagnostics", "human", "page", "data"];

/// Reads all cases of a file.
pub fn read(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut fence: Option<Fence> = None;
    let mut at = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        match &fence {
            Some(open) if open.is_closed_by(line) => {
                let open = fence.take().expect("a fence is open");
                if let Some(case) = cases.last_mut() {
                    case.take(&open, &text[open.body..start], open.body..start);
                    case.end = at;
                }
            }
            Some(_) => {}
            None => fence = Fence::open(line, at),
        }
        if let (None, Some(name)) = (&fence, line.strip_prefix("## ")) {
            let name = name.trim().to_owned();
            let (files, expectations) = (Vec::new(), Vec::new());
            cases.push(Case { name, line: index + 1, files, expectations, end: at });
        }
    }
    assert!(fence.is_none(), "a block is never closed");
    cases
}

impl Case {
    fn take(&mut self, fence: &Fence, text: &str, range: Range<usize>) {
        let words: Vec<String> = fence.info.split_whitespace().map(str::to_owned).collect();
        match words.as_slice() {
            [first, ..] if EXPECTATIONS.contains(&first.as_str()) => {
                self.expectations.push(Expectation { words, text: text.to_owned(), range });
            }
            [_, path] => self.files.push((path.clone(), text.to_owned())),
            _ => panic!("case `{}`: a block names neither a file nor what comes out", self.name),
        }
    }
}

/// An opening line of three or more backticks or tildes.
struct Fence {
    sign: char,
    length: usize,
    info: String,
    /// The byte at which the text begins.
    body: usize,
}

impl Fence {
    fn open(line: &str, body: usize) -> Option<Fence> {
        let sign = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let length = line.chars().take_while(|c| *c == sign).count();
        let info = line[length..].trim().to_owned();
        (length >= 3).then_some(Fence { sign, length, info, body })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let line = line.trim_end();
        line.len() >= self.length && line.chars().all(|c| c == self.sign)
    }
}

/// `text` with the expectations of `cases` replaced by what came out.
pub fn rewritten(text: &str, changes: Vec<(Range<usize>, String)>) -> String {
    let mut changes = changes;
    changes.sort_by_key(|(range, _)| range.start);
    let mut out = String::new();
    let mut at = 0;
    for (range, new) in changes {
        out.push_str(&text[at..range.start]);
        out.push_str(&new);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

#[test]
fn a_case_file_is_read_in_its_parts() {
    let text = "# T\n\n## One\n\nWords.\n\n````md content/a.md\n```\n## no heading\n```\n````\n\n~~~diagnostics\nx\n~~~\n\n## Two\n";
    let cases = read(text);
    assert_eq!(cases.len(), 2);
    assert_eq!(cases[0].files, [("content/a.md".into(), "```\n## no heading\n```\n".into())]);
    assert_eq!(cases[0].expectations[0].text, "x\n");
    assert_eq!((cases[1].name.as_str(), cases[1].line), ("Two", 17));
    let range = cases[0].expectations[0].range.clone();
    assert!(rewritten(text, vec![(range, "y\n".into())]).contains("~~~diagnostics\ny\n~~~"));
}
