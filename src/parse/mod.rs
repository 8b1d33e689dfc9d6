//! A file into a [`Unit`]: front matter, blocks, notes. Cannot fail; errors are data.
//!
//! Knows nothing of other files, of numbers, or of the law.

mod brackets;
mod build;
mod cite;
mod locator;
mod markdown;

use crate::config::{Placed, front_matter};
use crate::source::{FileId, Sources};
use crate::unit::{Outward, Pieces, Unit};

/// Parses the chapter in `file`.
pub fn parse(sources: &Sources, file: FileId) -> Unit {
    let text = &sources.file(file).text;
    let mut diagnostics = Vec::new();
    let (front, body) = front_matter(sources, file, &mut diagnostics);
    let parsed = markdown::parse(text, body, file);
    diagnostics.extend(parsed.diagnostics);
    let line = |field: &Option<Placed<String>>| {
        field.as_ref().map_or_else(Vec::new, |it| markdown::line(&it.value, it.span))
    };
    let (title, summary) = (line(&front.title), line(&front.summary));
    let pieces = Pieces::of(&parsed.blocks, &parsed.notes);
    let outward = Outward::of(&parsed.blocks, &parsed.notes);
    let (mut blocks, mut notes) = (parsed.blocks, parsed.notes);
    blocks.shrink_to_fit();
    notes.shrink_to_fit();
    Unit { file, front, title, summary, blocks, notes, pieces, outward, diagnostics }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, CalloutKind, InlineKind, plain_text, walk_inlines};

    fn unit(text: &str) -> (Sources, Unit) {
        let mut sources = Sources::default();
        let file = sources.add_text("content/a.md", text);
        let unit = parse(&sources, file);
        (sources, unit)
    }

    /// The inlines of all paragraphs as `kind:source text`, text left out.
    fn signs(text: &str) -> Vec<String> {
        let (sources, unit) = unit(text);
        let mut out = Vec::new();
        for block in &unit.blocks {
            for list in block.inline_lists() {
                walk_inlines(list, &mut |inline| {
                    let kind = match &inline.kind {
                        InlineKind::NoteReference(label) => format!("note {label}"),
                        InlineKind::Citation(c) => {
                            format!(
                                "cite {}{}",
                                c.cites[0].key.text,
                                if c.bare { " bare" } else { "" }
                            )
                        }
                        InlineKind::CrossReference(label) => format!("ref {label}"),
                        InlineKind::Span { content, .. } => format!("span {}", plain_text(content)),
                        InlineKind::Link { target, .. } => format!("link {target}"),
                        _ => return,
                    };
                    out.push(format!("{kind} <{}>", sources.text(inline.span)));
                });
            }
        }
        out
    }

    #[test]
    fn undefined_notes_are_found_where_they_stand() {
        assert_eq!(signs("a[^x] b[^y].\n\n[^y]: z"), ["note x <[^x]>", "note y <[^y]>"]);
        assert_eq!(signs("`[^x]` and \\[^x]"), Vec::<String>::new());
        assert_eq!(signs("    [^x]: code\n\nb[^x]"), ["note x <[^x]>"]);
    }

    #[test]
    fn citations_spans_and_references() {
        assert_eq!(
            signs("[see @key, p. 4] @bare says; @other [p. 3]. See @sec-media and [@fig-map]."),
            [
                "cite key <[see @key, p. 4]>",
                "cite bare bare <@bare>",
                "cite other bare <@other [p. 3]>",
                "ref sec-media <@sec-media>",
                "ref fig-map <fig-map>",
            ]
        );
        assert_eq!(
            signs("so -@key says; non-@key"),
            ["cite key bare <-@key>", "cite key bare <@key>"]
        );
        assert_eq!(
            signs("[claim **b** with [@in, p. 3] and note[^1] and [l](x)]{.c right=\"a b\"} after"),
            [
                "span claim b with  and note and l <[claim **b** with [@in, p. 3] and note[^1] and [l](x)]{.c right=\"a b\"}>",
                "cite in <[@in, p. 3]>",
                "note 1 <[^1]>",
                "link x <[l](x)>",
            ]
        );
    }

    #[test]
    fn other_peoples_text_survives() {
        for text in [
            "[brackets] and {braces} and [x]{not attributes!} and \\[@key] \\@key",
            "mail a@b.org or <a@b.org> now",
            "an [open bracket, [twice",
            "closed] twice]]",
            "`@code [@key]`",
        ] {
            let (_, unit) = unit(text);
            let BlockKind::Paragraph(inlines) = &unit.blocks[0].kind else { panic!() };
            let plain = plain_text(inlines);
            assert_eq!(plain, text.replace(['\\', '`', '<', '>'], ""), "{text}");
        }
    }

    #[test]
    fn notes_have_metadata_and_blocks() {
        let text = "A[^n].\n\n[^n]: {#ban claim=expression law=\"iccpr:19\"} [@k, p. 4] says.\n\n    More.\n";
        let (sources, unit) = unit(text);
        let note = &unit.notes[0];
        assert_eq!(sources.text(note.label.span), "n");
        assert_eq!(note.attributes.get("claim").unwrap().text, "expression");
        assert_eq!(note.blocks.len(), 2);
        let BlockKind::Paragraph(inlines) = &note.blocks[0].kind else { panic!() };
        assert!(matches!(inlines[0].kind, InlineKind::Citation(_)));
        assert_eq!(plain_text(inlines), " says.");
    }

    #[test]
    fn callouts_figures_tables_and_headings() {
        let text = "## Media {#sec-media .wide}\n\n> [!box] The *law* {#box-law}\n> One.\n>\n> Two.\n\n\
            > [!pullquote]\n> Words.\n\n![Alt](a.svg \"Cap\"){#fig-a}\n\n\
            | a | b |\n|---|--:|\n| 1 | 2 |\n\n: Votes {#tbl-v}\n\n> [!quoth] no\n";
        let (_, unit) = unit(text);
        let kinds: Vec<_> = unit.blocks.iter().map(|b| &b.kind).collect();
        let BlockKind::Heading(heading) = kinds[0] else { panic!() };
        assert_eq!(heading.attributes.id.as_ref().unwrap().text, "sec-media");
        assert_eq!(plain_text(&heading.content), "Media");
        let BlockKind::Callout(callout) = kinds[1] else { panic!() };
        assert_eq!(callout.kind, CalloutKind::Box);
        assert_eq!(plain_text(&callout.title), "The law");
        assert_eq!(callout.attributes.id.as_ref().unwrap().text, "box-law");
        assert_eq!(callout.blocks.len(), 2);
        let BlockKind::Callout(quote) = kinds[2] else { panic!() };
        assert_eq!((quote.kind, quote.blocks.len()), (CalloutKind::PullQuote, 1));
        let BlockKind::Figure(figure) = kinds[3] else { panic!() };
        assert_eq!(figure.attributes.id.as_ref().unwrap().text, "fig-a");
        let BlockKind::Table(table) = kinds[4] else { panic!() };
        assert_eq!(plain_text(&table.caption), "Votes");
        assert_eq!(table.attributes.id.as_ref().unwrap().text, "tbl-v");
        assert!(matches!(kinds[5], BlockKind::Quote(_)));
    }

    #[test]
    fn nesting_is_limited() {
        let (_, unit) = unit(&format!("{}deep", "> ".repeat(5000)));
        assert_eq!(unit.diagnostics.len(), 1);
    }

    #[test]
    fn reads_the_spans_of_windows_line_ends() {
        assert_eq!(signs("a\r\nb[^x]\r\n\r\n> [!box] T\r\n> c[^z]"), ["note x <[^x]>"]);
    }
}
