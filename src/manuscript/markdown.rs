//! Pandoc's Markdown into ours: line by line, for most of it is ours already.
//!
//! Notes, notes in place, citations, tables and heading attributes stay letter for letter. Fenced
//! divisions become boxes, raised and lowered words HTML, and metadata that a chapter does not have
//! stays as comments in its front matter.

use super::Guess;
use super::reference::date;

/// Fields of the front matter of a chapter that Pandoc's documents may have too.
const FIELDS: &[&str] = &[
    "title", "number", "summary", "authors", "date", "order", "slug", "lang", "draft", "aliases",
    "start",
];

/// Rewrites `text`; what is changed is told of by line.
pub fn read(text: &str, guesses: &mut Vec<Guess>) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let (front, body) = front_matter(&lines, guesses);
    let mut out = front;
    let mut state = State { out: &mut out, guesses, fence: None, divisions: Vec::new() };
    for (index, line) in lines.iter().enumerate().skip(body) {
        state.line(index + 1, line);
    }
    if let Some(open) = state.divisions.first() {
        let words = "a division that opens here is never closed".to_owned();
        state.guesses.push(Guess::at(open.line, words));
    }
    out
}

/// The front matter of the chapter and the line at which its text begins.
fn front_matter(lines: &[&str], guesses: &mut Vec<Guess>) -> (String, usize) {
    if lines.first().is_some_and(|line| line.starts_with("% ")) {
        return title_block(lines, guesses);
    }
    let closes = |line: &&str| matches!(line.trim_end(), "---" | "...");
    let end = lines.iter().skip(1).position(closes).map(|at| at + 1);
    let (Some(&"---"), Some(end)) = (lines.first().map(|l| l.trim_end()).as_ref(), end) else {
        return (String::new(), 0);
    };
    let mut out = String::from("---\n");
    let mut keeps = true;
    for (index, line) in lines[1..end].iter().enumerate() {
        let is_field = line.starts_with(|c: char| c.is_alphabetic()) && line.contains(':');
        let mut line = (*line).to_owned();
        if is_field {
            let name = line.split(':').next().unwrap_or_default().to_owned();
            let name = name.trim();
            let value = line[line.find(':').map_or(0, |at| at + 1)..].trim().to_owned();
            let bare = value.trim_matches(['"', '\'']);
            let is_iso = bare.chars().all(|c| c.is_ascii_digit() || c == '-') && bare.len() > 3;
            keeps = FIELDS.contains(&name) && (name != "date" || is_iso);
            match name {
                "date" if !is_iso => {
                    if let Some(date) = date(bare) {
                        (line, keeps) = (format!("date: {date}"), true);
                    }
                }
                "abstract" => (line, keeps) = (line.replacen("abstract", "summary", 1), true),
                "author" if value.is_empty() => (line, keeps) = ("authors:".to_owned(), true),
                "author" if !value.starts_with(['[', '{', '|', '>']) => {
                    (line, keeps) = (format!("authors: [{value}]"), true);
                }
                _ => {}
            }
            if !keeps {
                let words = format!("`{name}` stands as a comment: a chapter does not have it");
                guesses.push(Guess::at(index + 2, words));
            }
        }
        let sign = if keeps || line.is_empty() { "" } else { "# " };
        out.push_str(&format!("{sign}{line}\n"));
    }
    out.push_str("---\n");
    (out, end + 1)
}

/// `% title`, `% authors`, `% date` at the head of a document.
fn title_block(lines: &[&str], guesses: &mut Vec<Guess>) -> (String, usize) {
    let mut fields = Vec::new();
    let mut at = 0;
    for name in ["title", "authors", "date"] {
        let Some(value) = lines.get(at).and_then(|line| line.strip_prefix('%')) else { break };
        let mut value = value.trim().to_owned();
        at += 1;
        while let Some(more) = lines.get(at).filter(|line| line.starts_with(' ')) {
            let joint = if name == "authors" { "; " } else { " " };
            value = format!("{value}{joint}{}", more.trim());
            at += 1;
        }
        let quoted =
            |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
        match name {
            _ if value.is_empty() => {}
            "authors" => {
                let all: Vec<String> = value.split(';').map(|name| quoted(name.trim())).collect();
                fields.push(format!("authors: [{}]", all.join(", ")));
            }
            "date" if !value.starts_with(|c: char| c.is_ascii_digit()) => {
                fields.push(format!("# date: {value}"));
                guesses.push(Guess::at(at, "the date stands as a comment: write it as 2019-11-22"));
            }
            name => fields.push(format!("{name}: {}", quoted(&value))),
        }
    }
    (format!("---\n{}\n---\n", fields.join("\n")), at)
}

/// A fenced division that is open.
struct Division {
    line: usize,
    /// Whether its lines are quoted.
    quotes: bool,
    /// Whether its first heading is its title, and has not come yet.
    wants_title: Option<String>,
}

struct State<'a> {
    out: &'a mut String,
    guesses: &'a mut Vec<Guess>,
    /// The fence of a code block that is open.
    fence: Option<String>,
    divisions: Vec<Division>,
}

impl State<'_> {
    fn line(&mut self, number: usize, line: &str) {
        let bare = line.trim_start();
        if let Some(fence) = &self.fence {
            let ends = bare.starts_with(fence.as_str())
                && bare.trim_end_matches(['`', '~', ' ']).is_empty();
            if ends {
                self.fence = None;
            }
            return self.put(line);
        }
        let sign = bare.chars().next().filter(|c| "`~".contains(*c));
        if let Some(sign) = sign.filter(|sign| bare.starts_with(&sign.to_string().repeat(3))) {
            self.fence = Some(bare.chars().take_while(|c| *c == sign).collect());
            return self.put(line);
        }
        if bare.starts_with(":::") {
            return self.division(number, bare.trim_start_matches(':').trim());
        }
        if line.starts_with("    ") && self.divisions.is_empty() {
            return self.put(line);
        }
        let line = raised(line);
        self.put(&line);
    }

    /// Writes a line, quoted as deep as its divisions are.
    fn put(&mut self, line: &str) {
        let depth = self.divisions.iter().filter(|division| division.quotes).count();
        let before = "> ".repeat(depth);
        let waiting = self.divisions.last_mut().and_then(|d| d.wants_title.take());
        if let Some(head) = waiting {
            let is_heading = line.starts_with('#');
            if line.trim().is_empty() {
                if let Some(last) = self.divisions.last_mut() {
                    last.wants_title = Some(head);
                }
                return;
            }
            let (title, attributes) = match is_heading {
                true => heading(line),
                false => (String::new(), String::new()),
            };
            let attributes = if head.contains("{#") { String::new() } else { attributes };
            let (kind, id) = head.split_once(' ').unwrap_or((&head, ""));
            let words: Vec<&str> =
                [kind, &title, id, &attributes].into_iter().filter(|w| !w.is_empty()).collect();
            self.out.push_str(&format!("{before}{}\n", words.join(" ")));
            if is_heading {
                return;
            }
        }
        self.out.push_str(format!("{before}{line}").trim_end_matches(' '));
        self.out.push('\n');
        // Two blanks at the end of a line are a break, which quoting must keep.
        if line.ends_with("  ") && !line.trim().is_empty() {
            self.out.pop();
            self.out.push_str("  \n");
        }
    }

    /// Opens or closes a division.
    fn division(&mut self, number: usize, words: &str) {
        let words = words.trim_end_matches(':').trim();
        if words.is_empty() {
            if self.divisions.pop().is_none() {
                self.guesses.push(Guess::at(
                    number,
                    "a division is closed here that was never opened; the line is left out",
                ));
            }
            return;
        }
        let inner = words.trim_start_matches('{').trim_end_matches('}');
        let classes: Vec<&str> = inner
            .split_whitespace()
            .filter(|word| !word.contains('=') && !word.starts_with('#'))
            .map(|word| word.trim_start_matches('.'))
            .collect();
        let kind = classes.iter().find_map(|class| match *class {
            "box" => Some("box"),
            "pullquote" | "pull-quote" => Some("pullquote"),
            "note" | "tip" | "callout-note" | "callout-tip" => Some("note"),
            "warning" | "caution" | "important" | "callout-warning" | "callout-important" => {
                Some("warning")
            }
            _ => None,
        });
        let id = inner.split_whitespace().find(|word| word.starts_with("#box-"));
        match kind {
            Some(kind) => {
                let id = id.map(|id| format!(" {{{id}}}")).unwrap_or_default();
                let head = format!("[!{kind}]{id}");
                self.guesses.push(Guess::at(
                    number,
                    format!("a division is taken for a block of the kind `{kind}`"),
                ));
                self.divisions.push(Division {
                    line: number,
                    quotes: true,
                    wants_title: Some(head),
                });
            }
            None => {
                self.guesses.push(Guess::at(
                    number,
                    format!("a division is not known, its content stays: “{words}”"),
                ));
                self.divisions.push(Division { line: number, quotes: false, wants_title: None });
            }
        }
    }
}

/// The words of a heading and its attributes.
fn heading(line: &str) -> (String, String) {
    let words = line.trim_start_matches('#').trim();
    match words.rfind('{').filter(|_| words.ends_with('}')) {
        Some(at) => {
            let attributes = if words[at..].contains("#box-") { &words[at..] } else { "" };
            (words[..at].trim().to_owned(), attributes.to_owned())
        }
        None => (words.trim_end_matches('#').trim().to_owned(), String::new()),
    }
}

/// `H~2~O` and `x^2^` with tags, outside of code and links.
fn raised(line: &str) -> String {
    if !line.contains(['~', '^']) {
        return line.to_owned();
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    let mut code = false;
    while let Some(at) = rest.find(['~', '^', '`', '\\']) {
        let sign = rest[at..].chars().next().unwrap_or_default();
        let after = &rest[at + 1..];
        out.push_str(&rest[..at]);
        let inner = after.find(sign).map(|end| &after[..end]);
        let fits = inner.filter(|words| {
            !words.is_empty()
                && words.len() < 40
                && !words.contains(|c: char| c.is_whitespace() || "[]()^~".contains(c))
        });
        let is_double = after.starts_with(sign) || out.ends_with(sign);
        match (sign, fits) {
            ('\\', _) => {
                out.push('\\');
                let next = after.chars().next().map_or(0, char::len_utf8);
                out.push_str(&after[..next]);
                rest = &after[next..];
                continue;
            }
            ('`', _) => code = !code,
            (_, Some(words)) if !code && !is_double && !out.ends_with('[') => {
                let tag = if sign == '~' { "sub" } else { "sup" };
                out.push_str(&format!("<{tag}>{words}</{tag}>"));
                rest = &after[words.len() + 1..];
                continue;
            }
            _ => {}
        }
        out.push(sign);
        rest = after;
    }
    out + rest
}
