//! Code with short classes, by syntect with the grammars of two-face. They are loaded when the first
//! block needs them.

use std::sync::LazyLock;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// The scopes that have a class, the most telling first.
static CLASSES: LazyLock<Vec<(Scope, &str)>> = LazyLock::new(|| {
    let classes = [
        ("comment", "c"),
        ("string", "s"),
        ("constant.numeric", "n"),
        ("constant", "o"),
        ("keyword", "k"),
        ("storage", "k"),
        ("entity.name.tag", "t"),
        ("entity.name", "f"),
        ("support", "f"),
        ("variable", "v"),
        ("markup.heading", "h"),
        ("punctuation", "p"),
    ];
    classes.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class))).collect()
});

/// Longest code that is coloured, in bytes; regular expressions are slow on more.
const LIMIT: usize = 200_000;

/// Appends `code` as HTML; a language that is not known is not coloured.
pub fn push(out: &mut String, language: &str, code: &str) {
    let known = (!language.is_empty() && code.len() <= LIMIT)
        .then(|| SYNTAXES.find_syntax_by_token(language))
        .flatten();
    let coloured = known.and_then(|syntax| coloured(ParseState::new(syntax), code));
    match coloured {
        Some(html) => out.push_str(&html),
        None => super::html::escape::push(out, code),
    }
}

fn coloured(mut state: ParseState, code: &str) -> Option<String> {
    let mut html = String::with_capacity(code.len() * 2);
    let mut stack = ScopeStack::new();
    for line in code.split_inclusive('\n') {
        let operations = state.parse_line(line, &SYNTAXES).ok()?;
        let mut from = 0;
        for (at, operation) in operations {
            push_run(&mut html, &stack, &line[from..at]);
            from = at;
            stack.apply(&operation).ok()?;
        }
        push_run(&mut html, &stack, &line[from..]);
    }
    Some(html)
}

fn push_run(html: &mut String, stack: &ScopeStack, text: &str) {
    if text.is_empty() {
        return;
    }
    let class = stack.as_slice().iter().rev().find_map(|scope| {
        CLASSES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| class)
    });
    match class.filter(|_| !text.trim().is_empty()) {
        Some(class) => {
            html.push_str(&format!("<span class=\"{class}\">"));
            super::html::escape::push(html, text);
            html.push_str("</span>");
        }
        None => super::html::escape::push(html, text),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn colours_what_it_knows_and_keeps_every_letter() {
        let mut out = String::new();
        super::push(&mut out, "yaml", "key: \"<b>\" # note\n");
        assert!(out.contains("class=\"c\"") && out.contains("&lt;b&gt;"), "{out}");
        for (language, code) in
            [("toml", "[a]\nb = \"c\" # d\n"), ("json", "{\"a\": 1}"), ("rust", "fn a() {}")]
        {
            let mut out = String::new();
            super::push(&mut out, language, code);
            assert!(out.contains("<span class="), "{language}: {out}");
        }
        let mut plain = String::new();
        super::push(&mut plain, "no-such-language", "a < b\n");
        assert_eq!(plain, "a &lt; b\n");
    }
}
