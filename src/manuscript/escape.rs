//! Words into Markdown that means those words.
//!
//! The invariant: parsed again, escaped text is the text. It must not know of blocks beyond what
//! the head of a line can begin.

/// `text` with a backslash before every sign that would mean something; `before` is the character
/// that stands before it on the page.
pub fn escaped(text: &str, before: Option<char>) -> String {
    if !text.contains(SIGNS) && !matches!(before, Some(']' | ')')) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let brackets = Brackets::of(&chars);
    let mut out = String::with_capacity(text.len() + 8);
    for (at, &c) in chars.iter().enumerate() {
        let previous = if at == 0 { before } else { Some(chars[at - 1]) };
        let rest = &chars[at + 1..];
        let means = match c {
            '[' | ']' => brackets.means(at),
            '(' | ':' | '{' if at == 0 && matches!(previous, Some(']' | ')')) => true,
            _ => means(c, previous, rest),
        };
        if means {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Signs that can mean something inside a line.
const SIGNS: [char; 13] = ['\\', '`', '*', '_', '~', '<', '&', '[', ']', '@', '{', '!', '^'];

fn means(c: char, before: Option<char>, rest: &[char]) -> bool {
    let next = rest.first().copied();
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    match c {
        '\\' => next.is_none_or(|c| c.is_ascii_punctuation() || c == '\n'),
        '`' | '{' => true,
        '*' | '~' => !(is_blank(before) && is_blank(next)) || before.is_none(),
        '_' => !(is_word(before) && is_word(next)),
        '<' => next.is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(c)),
        '&' => is_entity(rest),
        '@' => {
            let is_key = next.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '{');
            is_key && !is_word(before)
        }
        // Before a mark or a link that follows.
        '!' | '^' => next.is_none(),
        _ => false,
    }
}

fn is_entity(rest: &[char]) -> bool {
    let name = rest.iter().take(34).take_while(|c| c.is_ascii_alphanumeric() || **c == '#').count();
    name > 0 && rest.get(name) == Some(&';')
}

/// Which brackets of a text could be taken for a link, a note, a citation or a span.
struct Brackets {
    harmless: Vec<bool>,
}

impl Brackets {
    fn of(chars: &[char]) -> Brackets {
        let mut harmless = vec![false; chars.len()];
        let mut open: Option<usize> = None;
        for (at, c) in chars.iter().enumerate() {
            match c {
                '[' => open = Some(at),
                ']' => {
                    if let Some(start) = open.take().filter(|start| is_harmless(chars, *start, at))
                    {
                        harmless[start] = true;
                        harmless[at] = true;
                    }
                }
                _ => {}
            }
        }
        Brackets { harmless }
    }

    fn means(&self, at: usize) -> bool {
        !self.harmless[at]
    }
}

/// Whether the innermost brackets from `start` to `end` can only be brackets.
fn is_harmless(chars: &[char], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).map(|at| chars[at]);
    let words = &chars[start + 1..end];
    let begins = words.first().is_some_and(|c| c.is_alphanumeric() || "‘“…".contains(*c));
    // At the end of the text a link or a mark may follow.
    let closes = chars.get(end + 1).is_some_and(|c| !"([{:".contains(*c));
    begins
        && closes
        && start > 0
        && !words.contains(&'@')
        && !matches!(before, Some('!' | '^' | ']'))
        && !matches!(words, ['x' | 'X'])
}

/// `line` with a backslash where its head would begin a heading, a list, a quotation or a rule.
pub fn line_start(line: &str) -> String {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if (1..10).contains(&digits) {
        let rest = &line[digits..];
        let is_item = rest
            .strip_prefix(['.', ')'])
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
        return match is_item {
            true => format!("{}\\{rest}", &line[..digits]),
            false => line.to_owned(),
        };
    }
    let mut chars = line.chars();
    let (first, next) = (chars.next(), chars.next());
    let is_list_gap = next.is_none_or(|c| c == ' ' || c == '\t');
    let means = match first {
        Some('#') => {
            let rest = line.trim_start_matches('#');
            rest.is_empty() || rest.starts_with([' ', '\t'])
        }
        Some('>' | '|' | '=') => true,
        Some('-' | '+') => is_list_gap || next == Some('-'),
        Some(':') => is_list_gap || matches!(next, Some(':' | '-')),
        _ => false,
    };
    if means { format!("\\{line}") } else { line.to_owned() }
}
