//! Items of lists and rows of tables in a flattened text.

use super::super::draft::Inline;
use super::paragraphs::Paragraph;

/// The number at the head of an item, `3.` or `3)`, with the bytes that it takes.
pub fn item_number(text: &str) -> Option<(u64, usize)> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text.get(digits..)?.strip_prefix(['.', ')'])?;
    let words = rest.trim_start();
    let fits = (1..=3).contains(&digits) && words.len() < rest.len() && !words.is_empty();
    fits.then(|| text[..digits].parse().ok().map(|n| (n, text.len() - words.len())))?
}

/// Takes the sign of an item off its head: `takes` bytes, or a bullet.
pub fn cut(content: &mut Vec<Inline>, takes: Option<usize>) {
    let Some(Inline::Text(text)) = content.first_mut() else { return };
    let bullet = || text.chars().next().map_or(0, char::len_utf8);
    let at = takes.unwrap_or_else(bullet).min(text.len());
    *text = text.get(at..).unwrap_or_default().trim_start().to_owned();
    if text.is_empty() {
        content.remove(0);
    }
}

/// Whether a paragraph is a row of a table: it has cells, and a row beside it has as many.
pub fn is_row(
    paragraph: &Paragraph,
    before: Option<&Paragraph>,
    after: Option<&Paragraph>,
) -> bool {
    let width = columns(&paragraph.plain);
    let same = |other: Option<&Paragraph>| other.is_some_and(|o| columns(&o.plain) == width);
    width > 1 && (same(before) || same(after))
}

/// The number of cells of a line.
pub fn columns(text: &str) -> usize {
    split(text).count()
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    let sign = separator(text);
    text.split(sign).filter(move |part| sign == "\t" || !part.trim().is_empty())
}

/// What stands between the cells of a line: a tab or three blanks; two where the cells are short,
/// for justified lines have two blanks here and there.
fn separator(text: &str) -> &'static str {
    const SHORT: usize = 3;
    let parts = || text.split("  ").filter(|part| !part.trim().is_empty());
    let is_short = parts().all(|part| part.split_whitespace().count() <= SHORT);
    match text {
        _ if text.contains('\t') => "\t",
        _ if is_short && parts().count() > 2 => "  ",
        _ => "   ",
    }
}

/// A row as cells.
pub fn cells(content: Vec<Inline>) -> Vec<Vec<Inline>> {
    let plain = super::super::draft::plain(&content);
    let sign = separator(&plain);
    let mut cells: Vec<Vec<Inline>> = vec![Vec::new()];
    for inline in content {
        let Inline::Text(text) = inline else {
            if let Some(cell) = cells.last_mut() {
                cell.push(inline);
            }
            continue;
        };
        for (index, part) in text.split(sign).enumerate() {
            let is_new = index > 0 && (sign == "\t" || cells.last().is_some_and(|c| !c.is_empty()));
            if is_new {
                cells.push(Vec::new());
            }
            if let Some(cell) = cells.last_mut().filter(|_| !part.trim().is_empty()) {
                cell.push(Inline::Text(part.trim().to_owned()));
            }
        }
    }
    cells
}
