//! The text of a style → what would make the engine run for ever, run out of stack, or leave out in
//! silence what a style's author meant to print.

use super::fault::{self, Fault};
use crate::quick::QuickMap;
use std::collections::BTreeMap;

/// How deep elements may be nested, and macros call macros.
const DEPTH: usize = 100;
/// How many macros one macro may come to in the end.
const CALLS: usize = 100_000;

/// A macro: the bytes of its element.
struct Macro {
    start: usize,
    end: usize,
}

/// A call: the byte at which it stands, and the macro that is called.
struct Call<'a> {
    at: usize,
    name: &'a str,
}

/// Finds what makes a well-formed style unsound.
pub(super) fn unsound(xml: &str) -> Option<Fault> {
    let xml = &without_comments(xml);
    let fault = |at: usize, message: String| {
        Some(Fault { message, place: fault::line_and_column(xml, at) })
    };
    if let Some(at) = too_deep(xml) {
        return fault(at, format!("elements are nested more than {DEPTH} deep here"));
    }
    let macros = macros(xml);
    let calls = calls(xml);
    if let Some(call) = calls.iter().find(|call| !macros.contains_key(call.name)) {
        return fault(call.at, format!("no macro is called `{}`", call.name));
    }
    let mut sizes = QuickMap::default();
    for name in macros.keys() {
        if let Err(call) = size(name, &macros, &calls, &mut sizes, 0) {
            let words = "it calls itself, or too many macros that call macros";
            return fault(call.at, format!("the macro `{}` cannot be set: {words}", call.name));
        }
    }
    None
}

/// The text with blanks for its comments, so that all else stands where it stood.
fn without_comments(xml: &str) -> String {
    let mut text = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(open) = rest.find("<!--") {
        let end = rest[open..].find("-->").map_or(rest.len(), |end| open + end + 3);
        text.push_str(&rest[..open]);
        text.extend(rest[open..end].chars().map(|c| if c == '\n' { c } else { ' ' }));
        rest = &rest[end..];
    }
    text + rest
}

/// The byte at which elements are nested too deep.
fn too_deep(xml: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, _) in xml.match_indices('<') {
        let rest = &xml[at + 1..];
        if rest.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !rest.starts_with(['!', '?']) {
            let end = fault::tag_end(&xml[at..]).unwrap_or(xml.len() - at);
            depth += usize::from(!xml[at..at + end].ends_with('/'));
        }
        if depth > DEPTH {
            return Some(at);
        }
    }
    None
}

/// The value of an attribute that stands at the head of `text`.
fn value<'a>(text: &'a str, attribute: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(attribute)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest[1..].split(quote).next()
}

fn macros(xml: &str) -> BTreeMap<&str, Macro> {
    let mut macros = BTreeMap::new();
    for (start, tag) in xml.match_indices("<macro") {
        let head = xml[start + tag.len()..].trim_start();
        let Some(name) = value(head, "name") else { continue };
        let end = xml[start..].find("</macro>").map_or(xml.len(), |end| start + end);
        macros.insert(name, Macro { start, end });
    }
    macros
}

fn calls(xml: &str) -> Vec<Call<'_>> {
    let called = |(at, _): (usize, &str)| {
        let before = xml[..at].chars().next_back()?;
        let name = value(&xml[at..], "macro").filter(|_| before.is_whitespace())?;
        Some(Call { at, name })
    };
    xml.match_indices("macro").filter_map(called).collect()
}

/// How many macros a macro comes to; the call at which that is too many.
fn size<'a, 'c>(
    name: &'a str,
    macros: &BTreeMap<&str, Macro>,
    calls: &'c [Call<'a>],
    sizes: &mut QuickMap<&'a str, usize>,
    depth: usize,
) -> Result<usize, &'c Call<'a>> {
    if let Some(size) = sizes.get(name) {
        return Ok(*size);
    }
    let Some(Macro { start, end }) = macros.get(name) else { return Ok(1) };
    let first = calls.partition_point(|call| call.at < *start);
    let mut sum = 1usize;
    for call in calls[first..].iter().take_while(|call| call.at < *end) {
        if depth == DEPTH {
            return Err(call);
        }
        sum += size(call.name, macros, calls, sizes, depth + 1)?;
        if sum > CALLS {
            return Err(call);
        }
    }
    sizes.insert(name, sum);
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(xml: &str) -> Option<(String, (usize, usize))> {
        unsound(xml).map(|fault| (fault.message, fault.place))
    }

    #[test]
    fn what_never_ends_is_found() {
        let style = |macros: &str| format!("<style>\n{macros}<citation/></style>");
        assert_eq!(
            fault(&style("<macro name='a'><text macro=\"b\"/></macro><macro name='b'/>")),
            None
        );
        let (words, (line, _)) =
            fault(&style("<macro name='a'>\n<text macro='a'/></macro>")).expect("a circle");
        assert!(words.contains("`a`"), "{words}");
        assert_eq!(line, 3);
        let (words, place) = fault(&style("<text macro='nobody'/>")).expect("unknown");
        assert_eq!((words.as_str(), place), ("no macro is called `nobody`", (2, 7)));
        let doubled = |i: usize| {
            let call = format!("<text macro='m{}'/>", i + 1);
            format!("<macro name='m{i}'>{call}{call}</macro>")
        };
        let bomb: String = (0..40).map(doubled).collect();
        assert!(fault(&style(&(bomb + "<macro name='m40'/>"))).is_some());
        let nested = "<group>".repeat(50_000) + &"</group>".repeat(50_000);
        assert!(fault(&style(&nested)).expect("deep").0.contains("nested"));
    }

    #[test]
    fn the_shipped_styles_are_sound() {
        for name in crate::csl::Style::builtin_names() {
            let source = crate::csl::StyleSource::Builtin(name);
            let style = crate::csl::Style::load(source, "en-GB");
            assert!(style.is_ok(), "{name}: {:?}", style.err());
        }
    }
}
