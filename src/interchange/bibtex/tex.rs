//! TeX text into ours: accents and symbols into letters, markup into tags, braces away.
//!
//! A command that is not known stays as it stands, and is named.

use super::symbols::{ACCENTS, SYMBOLS};
use crate::bibliography::export::{TAGS, is_emphasis};
use unicode_normalization::UnicodeNormalization;

/// How deep groups may be nested; deeper braces are passed over.
const DEPTH: usize = 50;

/// The text of a field, and the commands in it that are not known.
pub(super) fn decoded(raw: &str) -> (String, Vec<String>) {
    let mut tex = Tex { text: unwrapped(raw), at: 0, depth: 0, unknown: Vec::new() };
    let mut out = String::new();
    while tex.at < tex.text.len() {
        // A brace that closes nothing ends a run: it is passed over.
        out.push_str(&tex.run(out.chars().next_back()));
    }
    (out.trim().to_owned(), tex.unknown)
}

/// The text inside a pair of braces round the whole of it.
fn unwrapped(raw: &str) -> &str {
    let text = raw.trim();
    match group_end(text) {
        Some(end) if end == text.len() => &text[1..end - 1],
        _ => text,
    }
}

/// The end of the group that begins `text`, past its brace.
pub(super) fn group_end(text: &str) -> Option<usize> {
    if !text.starts_with('{') {
        return None;
    }
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

struct Tex<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    unknown: Vec<String>,
}

impl<'t> Tex<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn eat_spaces(&mut self) -> bool {
        let spaces =
            self.rest().len() - self.rest().trim_start_matches([' ', '\n', '\r', '\t']).len();
        self.at += spaces;
        spaces > 0
    }

    /// Reads up to the brace that closes the group that is open, and past it.
    fn run(&mut self, before: Option<char>) -> String {
        let mut out = String::new();
        // Faces that hold to the end of the group: where each begins, and its tag.
        let mut faces: Vec<(usize, &str)> = Vec::new();
        while let Some(c) = self.eat() {
            match c {
                '}' => break,
                '{' => {
                    let inner = self.group(out.chars().next_back().or(before));
                    out.push_str(&inner);
                }
                '\\' => match self.switch() {
                    Some(Some(tag)) => faces.push((out.len(), tag)),
                    Some(None) => {}
                    None => {
                        let last = out.chars().next_back().or(before);
                        let text = self.command(last);
                        out.push_str(&text);
                    }
                },
                '$' => self.math(&mut out),
                '~' => out.push('\u{A0}'),
                '-' | '`' | '\'' => self.ligature(c, &mut out),
                ' ' | '\n' | '\r' | '\t' => {
                    self.eat_spaces();
                    out.push(' ');
                }
                c => out.push(c),
            }
        }
        for (start, tag) in faces.into_iter().rev() {
            let inner = out.split_off(start);
            out.push_str(&tagged(tag, &inner));
        }
        out
    }

    /// The group whose brace was just read.
    fn group(&mut self, before: Option<char>) -> String {
        if self.depth >= DEPTH {
            return String::new();
        }
        self.depth += 1;
        let inner = self.run(before);
        self.depth -= 1;
        inner
    }

    /// The argument of a command: a group, a command or one character.
    fn argument(&mut self) -> String {
        self.eat_spaces();
        match self.eat() {
            Some('{') => self.group(None),
            Some('\\') if self.depth < DEPTH => {
                self.depth += 1;
                let text = self.command(None);
                self.depth -= 1;
                text
            }
            Some(c) => c.to_string(),
            None => String::new(),
        }
    }

    /// The letters of a command's name.
    fn name(&mut self) -> &'t str {
        let rest = self.rest();
        let len = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        self.at += len;
        &rest[..len]
    }

    /// A command that changes the face to the end of its group, or says nothing at all.
    fn switch(&mut self) -> Option<Option<&'static str>> {
        let start = self.at;
        let found = match self.name() {
            "em" | "it" | "itshape" | "sl" | "slshape" => Some("i"),
            "bf" | "bfseries" => Some("b"),
            "sc" | "scshape" => Some("sc"),
            "rm" | "tt" | "sf" | "normalfont" | "upshape" | "mdseries" | "rmfamily" | "small"
            | "large" | "relax" | "protect" | "unskip" | "nopunct" | "sloppy" | "noindent" => None,
            _ => {
                self.at = start;
                return None;
            }
        };
        self.eat_spaces();
        Some(found)
    }

    /// A command; its backslash was just read.
    fn command(&mut self, before: Option<char>) -> String {
        let name = self.name();
        if name.is_empty() {
            return self.sign();
        }
        if let Some((_, mark)) = ACCENTS.iter().find(|(known, _)| *known == name) {
            return self.accent(*mark);
        }
        if let Some((_, symbol)) = SYMBOLS.iter().find(|(known, _)| *known == name) {
            self.end_of_name();
            return (*symbol).to_owned();
        }
        if let Some(text) = self.markup(name, before) {
            return text;
        }
        if !self.unknown.iter().any(|known| known == name) {
            self.unknown.push(name.to_owned());
        }
        format!("\\{name}")
    }

    /// Goes past what only ends the name of a command: `{}`, or spaces.
    fn end_of_name(&mut self) {
        match self.rest().strip_prefix("{}") {
            Some(_) => self.at += 2,
            None => {
                self.eat_spaces();
            }
        }
    }

    /// A command whose name is one character that is no letter.
    fn sign(&mut self) -> String {
        match self.eat() {
            None => "\\".to_owned(),
            Some(' ' | '\n' | '\r' | '\t' | '\\') => " ".to_owned(),
            Some('/' | '-' | '!' | '@' | '(' | ')' | '[' | ']') => String::new(),
            Some(',' | ';' | ':') => "\u{2009}".to_owned(),
            Some(c) => match ACCENTS.iter().find(|(name, _)| name.chars().eq([c])) {
                Some((_, mark)) => self.accent(*mark),
                None => c.to_string(),
            },
        }
    }

    /// The argument with a mark over or under its first letter.
    fn accent(&mut self, mark: char) -> String {
        let argument = self.argument();
        let mut letters = argument.chars();
        let base = match letters.next() {
            Some('ı') => 'i',
            Some('ȷ') => 'j',
            Some(c) => c,
            None => return bare(mark),
        };
        [base, mark].into_iter().chain(letters).nfc().collect()
    }

    /// A command with arguments whose words are text.
    fn markup(&mut self, name: &str, before: Option<char>) -> Option<String> {
        if let Some((tag, _)) = TAGS.iter().find(|(_, command)| *command == name) {
            return Some(tagged(tag, &self.argument()));
        }
        Some(match name {
            "emph" | "mkbibemph" => {
                let inner = self.argument();
                match is_emphasis(before, &inner, self.peek()) {
                    true => format!("*{inner}*"),
                    false => tagged("i", &inner),
                }
            }
            "mkbibitalic" | "textsl" => tagged("i", &self.argument()),
            "mkbibbold" => tagged("b", &self.argument()),
            "enquote" | "mkbibquote" | "textquote" => format!("“{}”", self.argument()),
            "mkbibparens" => format!("({})", self.argument()),
            "mkbibbrackets" => format!("[{}]", self.argument()),
            "textup" | "textrm" | "textsf" | "texttt" | "textnormal" | "textmd" | "text"
            | "mbox" | "hbox" | "fbox" | "underline" | "uline" | "ensuremath" | "url" | "path"
            | "nolinkurl" | "textlatin" | "textcyrillic" | "textgreek" | "textgerman"
            | "textenglish" | "autocap" | "bibstring" => self.argument(),
            "uppercase" | "MakeUppercase" => self.argument().to_uppercase(),
            "lowercase" | "MakeLowercase" => self.argument().to_lowercase(),
            "foreignlanguage" | "href" | "textcolor" | "bibinfo" | "bibfield" => {
                self.argument();
                self.argument()
            }
            "noopsort" | "SortNoop" | "selectlanguage" | "label" | "hspace" | "vspace"
            | "vphantom" | "phantom" => {
                self.argument();
                String::new()
            }
            _ => return None,
        })
    }

    /// Signs that are written as two or three.
    fn ligature(&mut self, c: char, out: &mut String) {
        let more = self.rest().chars().take_while(|next| *next == c).count().min(2);
        let (text, taken) = match (c, more) {
            ('-', 1) => ("–", 1),
            ('-', 2) => ("—", 2),
            ('`', 0) => ("‘", 0),
            ('`', _) => ("“", 1),
            ('\'', 1..) => ("”", 1),
            _ => (if c == '-' { "-" } else { "'" }, 0),
        };
        self.at += taken;
        out.push_str(text);
    }

    /// Simple mathematics as text, any other as it stands.
    fn math(&mut self, out: &mut String) {
        let Some(end) = self.rest().find('$').filter(|end| *end > 0) else {
            out.push('$');
            return;
        };
        let inner = &self.rest()[..end];
        let tag = match inner.as_bytes()[0] {
            b'^' => Some("sup"),
            b'_' => Some("sub"),
            _ => None,
        };
        let body = if tag.is_some() { &inner[1..] } else { inner };
        let body = match group_end(body) {
            Some(end) if end == body.len() => &body[1..end - 1],
            _ => body,
        };
        let symbol = body.strip_prefix('\\').and_then(|name| {
            let found = SYMBOLS.iter().find(|(known, _)| *known == name)?;
            Some(found.1)
        });
        let is_plain = body.chars().all(char::is_alphanumeric) && !body.is_empty();
        match (tag, symbol) {
            (Some(tag), Some(symbol)) => out.push_str(&tagged(tag, symbol)),
            (Some(tag), None) if is_plain => out.push_str(&tagged(tag, body)),
            (None, Some(symbol)) => out.push_str(symbol),
            (None, None) if is_plain => out.push_str(&tagged("i", body)),
            _ => {
                out.push('$');
                out.push_str(inner);
                out.push('$');
            }
        }
        self.at += end + 1;
    }
}

fn tagged(tag: &str, inner: &str) -> String {
    match inner.trim().is_empty() {
        true => inner.to_owned(),
        false => format!("<{tag}>{inner}</{tag}>"),
    }
}

/// The sign for an accent over nothing.
fn bare(mark: char) -> String {
    match mark {
        '\u{302}' => "^".to_owned(),
        '\u{303}' => "~".to_owned(),
        '\u{300}' => "`".to_owned(),
        '\u{301}' => "'".to_owned(),
        '\u{308}' => "\"".to_owned(),
        _ => String::new(),
    }
}
