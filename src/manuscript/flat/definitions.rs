//! The texts of the notes, where the manuscript has them: at its end, or at the foot of pages.

use super::lines::Line;
use super::marks::{Mark, Weight};
use super::series::{self, Series};
use super::signs::superscript_digit;
use super::unnumbered;
use super::wrap::{Wrap, ends_sentence};
use std::collections::{HashMap, HashSet};

/// The text of a note.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// The series that it belongs to, an index.
    pub series: usize,
    /// Its number.
    pub number: u32,
    /// Its lines, as indices; the first one begins with the number.
    pub lines: Vec<usize>,
    /// Bytes of the first line that the number takes.
    pub skip: usize,
}

/// A number at the beginning of a line, with the bytes that it takes.
pub fn number_at_start(text: &str) -> Option<(u32, usize)> {
    let raised: String = text.chars().map_while(superscript_digit).collect();
    if !raised.is_empty() {
        let length =
            text.chars().take_while(|c| superscript_digit(*c).is_some()).map(char::len_utf8);
        return Some((number(&raised)?, with_blanks(text, length.sum())));
    }
    let open = usize::from(text.starts_with(['[', '^', '(']));
    let rest = &text[open..];
    let digits = &rest[..rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len()];
    let number = number(digits)?;
    let after = &rest[digits.len()..];
    let closed = match text.chars().next() {
        Some('[') => after.strip_prefix(']'),
        Some('(') => after.strip_prefix(')'),
        _ => Some(after.strip_prefix(['.', ')', ':']).unwrap_or(after)),
    }?;
    let takes = text.len() - closed.len();
    let is_apart = closed.is_empty() || closed.starts_with([' ', '\t', '\u{a0}']);
    let is_glued = closed.starts_with(|c: char| c.is_uppercase() || "‘“«\"'".contains(c));
    let next = closed.trim_start().chars().next();
    let is_words = next.is_none_or(|c| !c.is_ascii_digit() && !"%–".contains(c) || !is_apart);
    (is_apart && is_words || is_glued).then(|| (number, with_blanks(text, takes)))
}

fn with_blanks(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start().len()
}

fn number(digits: &str) -> Option<u32> {
    let fits = (1..=4).contains(&digits.len()) && !digits.starts_with('0');
    digits.parse().ok().filter(|_| fits)
}

/// Finds the texts of the notes whose marks are `series` of `readings`.
pub fn find(lines: &[Line], wrap: &Wrap, readings: &[Mark], series: &[Series]) -> Vec<Definition> {
    let marks = Marks::of(readings, series);
    if marks.count == 0 {
        return Vec::new();
    }
    let (starts, chains) = chosen(lines, &marks);
    let found: Vec<usize> = chains.iter().flat_map(|chain| chain.marks.iter().copied()).collect();
    let with_marks = found.iter().filter(|i| marks.lines.contains(&starts[**i].line)).count();
    if found.len() * 2 < marks.count.min(6) || with_marks * 5 > found.len() {
        return unnumbered::listed(lines, wrap, readings, series);
    }
    let firsts: HashSet<usize> = found.iter().map(|i| starts[*i].line).collect();
    let beside = beside(lines, &firsts, &marks.lines);
    let mut bound = Vec::new();
    let mut used = HashSet::new();
    for chain in &chains {
        let fits = |index: &usize| marks.precede(*index, chain, &starts);
        let Some(own) = (0..series.len()).filter(|i| !used.contains(i)).find(fits) else {
            continue;
        };
        used.insert(own);
        bound.extend(chain.marks.iter().map(|i| Definition {
            series: own,
            number: starts[*i].first,
            lines: match beside.get(&starts[*i].line) {
                Some(text) => [&[starts[*i].line], text.as_slice()].concat(),
                None => extent(lines, wrap, starts[*i].line, &firsts),
            },
            skip: starts[*i].end,
        }));
    }
    bound
}

/// The lines that begin the texts of notes, in their chains. Other lines begin with numbers too,
/// those of paragraphs: where most texts have one form, it is theirs alone.
fn chosen(lines: &[Line], marks: &Marks) -> (Vec<Mark>, Vec<Series>) {
    let mut starts: Vec<Mark> = Vec::new();
    let mut forms = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some((number, skip)) = number_at_start(line.text) else { continue };
        let follows = marks.earliest.get(&number).is_some_and(|earliest| *earliest < index);
        if follows && !marks.at_start.contains(&index) {
            starts.push(start(index, number, skip, starts.len()));
            forms.push(Form::of(line.text));
        }
    }
    let count = |chains: &[Series]| chains.iter().map(|chain| chain.marks.len()).sum::<usize>();
    let all = series::find(&starts);
    let one_form = FORMS.iter().map(|form| {
        let own = starts.iter().zip(&forms).filter(|(_, own)| *own == form);
        let own: Vec<Mark> = own.map(|(start, _)| start.clone()).collect();
        let chains = series::find(&own);
        (own, chains)
    });
    // The first of those that are as long.
    let best = one_form.rev().max_by_key(|(_, chains)| count(chains));
    match best {
        Some(best) if count(&best.1) * 5 >= count(&all) * 4 => best,
        _ => (starts, all),
    }
}

/// How the number of a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Raised,
    Bracketed,
    Bare,
    Stopped,
}

/// The forms; one that a numbered paragraph has comes last.
const FORMS: [Form; 4] = [Form::Raised, Form::Bracketed, Form::Bare, Form::Stopped];

impl Form {
    fn of(text: &str) -> Form {
        let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
        match text.chars().next() {
            Some(c) if superscript_digit(c).is_some() || c == '^' => Form::Raised,
            Some('[' | '(') => Form::Bracketed,
            _ if after.starts_with(['.', ')', ':']) => Form::Stopped,
            _ => Form::Bare,
        }
    }
}

fn start(line: usize, number: u32, skip: usize, run: usize) -> Mark {
    const WEIGHT: Weight = 30;
    let (first, last) = (number, number);
    Mark { line, start: 0, end: skip, first, last, weight: WEIGHT, firm: true, run, follows: false }
}

/// The marks that were found.
#[derive(Default)]
struct Marks {
    count: usize,
    /// The first line of each number.
    earliest: HashMap<u32, usize>,
    /// The lines that have marks, and those that begin with one.
    lines: HashSet<usize>,
    at_start: HashSet<usize>,
    /// The line of each number, by series.
    places: Vec<HashMap<u32, usize>>,
}

impl Marks {
    fn of(readings: &[Mark], series: &[Series]) -> Marks {
        let mut marks = Marks::default();
        for series in series {
            let mut places = HashMap::new();
            for mark in series.marks.iter().map(|i| &readings[*i]) {
                marks.lines.insert(mark.line);
                if mark.start == 0 {
                    marks.at_start.insert(mark.line);
                }
                for number in mark.first..=mark.last {
                    marks.count += 1;
                    places.insert(number, mark.line);
                    marks.earliest.entry(number).or_insert(mark.line);
                }
            }
            // A note whose mark is lost can have its text all the same.
            for pair in series.marks.windows(2) {
                let (before, after) = (&readings[pair[0]], &readings[pair[1]]);
                for number in before.last + 1..after.first {
                    places.entry(number).or_insert(before.line);
                    marks.earliest.entry(number).or_insert(before.line);
                }
            }
            marks.places.push(places);
        }
        marks
    }

    /// Whether the marks of series `index` stand before the texts of `chain`.
    fn precede(&self, index: usize, chain: &Series, starts: &[Mark]) -> bool {
        let places = &self.places[index];
        let texts = chain.marks.iter().map(|i| &starts[*i]);
        let fitting = texts.filter(|t| places.get(&t.first).is_some_and(|line| *line < t.line));
        fitting.count() * 3 >= chain.marks.len() * 2
    }
}

/// The lines of the texts of numbers that stand alone on their lines, some before their texts and
/// some after them, as PDFs have them: where there are as many texts among the numbers as numbers.
fn beside(
    lines: &[Line],
    firsts: &HashSet<usize>,
    marked: &HashSet<usize>,
) -> HashMap<usize, Vec<usize>> {
    const NEAR: usize = 8;
    let mut alone: Vec<usize> = firsts.iter().copied().filter(|i| is_alone(lines, *i)).collect();
    alone.sort_unstable();
    let mut found = HashMap::new();
    let mut from = 0;
    for at in 0..alone.len() {
        // A paragraph that goes on in lower case is the text's own.
        let is_text = |line: &Line| line.after_blank && line.text.starts_with(char::is_lowercase);
        let goes_on =
            |next: &usize| next - alone[at] < NEAR && !lines[alone[at]..*next].iter().any(is_text);
        if alone.get(at + 1).is_some_and(goes_on) {
            continue;
        }
        let group = &alone[from..=at];
        from = at + 1;
        let mut texts: Vec<Vec<usize>> = Vec::new();
        let last = group[group.len() - 1];
        for (index, line) in lines.iter().enumerate().take(last).skip(group[0]) {
            let is_number = group.binary_search(&index).is_ok();
            let begins = line.after_blank || index > 0 && group.binary_search(&(index - 1)).is_ok();
            match texts.last_mut() {
                _ if is_number => {}
                Some(text) if !begins => text.push(index),
                _ => texts.push(vec![index]),
            }
        }
        if texts.len() == group.len() {
            found.extend(group.iter().copied().zip(texts));
        } else {
            let above = |index: &usize| Some((*index, above(lines, *index, firsts)?));
            let above = |index: &usize| {
                // What has marks is the text itself.
                above(index).filter(|(_, text)| text.iter().all(|line| !marked.contains(line)))
            };
            found.extend(group.iter().filter_map(above));
        }
    }
    found
}

/// The lines of the paragraph to which the number at `index` is attached from below.
fn above(lines: &[Line], index: usize, firsts: &HashSet<usize>) -> Option<Vec<usize>> {
    const LONGEST: usize = 12;
    let is_attached = !lines[index].after_blank && !lines[index].after_page;
    let is_end = lines.get(index + 1).is_none_or(|next| next.after_blank || next.after_page);
    if !is_attached || !is_end || index == 0 || !ends_sentence(lines[index - 1].text) {
        return None;
    }
    let mut first = index - 1;
    // Any other number may be the end of a text: `p.` and below it `12.`
    let is_number = |at: usize| firsts.contains(&at) && is_alone(lines, at);
    // A note begins after a blank line, a page or a number, or where it cuts a sentence of the text.
    let begins = |at: usize| {
        let line = &lines[at];
        let cuts = at > 0
            && line.text.starts_with(char::is_uppercase)
            && !ends_sentence(lines[at - 1].text);
        line.after_blank || line.after_page || cuts || is_number(at)
    };
    while !begins(first) {
        first = first.checked_sub(1).filter(|first| index - first < LONGEST)?;
    }
    let first = if is_number(first) { first + 1 } else { first };
    let opens = !lines[first].text.starts_with(char::is_lowercase);
    (first < index && opens).then(|| (first..index).collect())
}

/// Whether a line is a number and nothing else.
fn is_alone(lines: &[Line], index: usize) -> bool {
    let text = lines[index].text;
    number_at_start(text).is_some_and(|(_, skip)| skip >= text.len())
}

/// The lines of the text that begins at `first`.
pub fn extent(lines: &[Line], wrap: &Wrap, first: usize, firsts: &HashSet<usize>) -> Vec<usize> {
    let mut found = vec![first];
    for index in first + 1..lines.len() {
        let (before, line) = (&lines[index - 1], &lines[index]);
        let goes_on = !ends_sentence(before.text) && line.text.starts_with(char::is_lowercase);
        let opens = !line.text.starts_with(char::is_lowercase);
        let is_alone = index == first + 1 && opens && is_alone(lines, first);
        let joins = match wrap {
            _ if firsts.contains(&index) => false,
            _ if is_alone => true,
            _ if line.after_page => goes_on,
            _ if line.after_blank => false,
            Wrap::At(_) => !wrap.ends_paragraph(before.text),
            Wrap::None => goes_on || more_before_next(lines, index, firsts),
        };
        if !joins {
            break;
        }
        found.push(index);
    }
    found
}

/// Whether the next text of a note begins within two lines, so that this line belongs to the last.
fn more_before_next(lines: &[Line], index: usize, firsts: &HashSet<usize>) -> bool {
    (index + 1..lines.len().min(index + 3)).any(|next| firsts.contains(&next))
}

/// The headings of the lists of notes: “Notes”, and where all lists stand together, the titles of
/// the chapters above their lists.
pub fn headings(lines: &[Line], found: &[Definition], aside: &HashSet<usize>) -> Vec<usize> {
    const LONGEST: usize = 14;
    let mut heads = Vec::new();
    let mut last = None;
    for definition in found {
        let begins = last.replace(definition.series) != Some(definition.series);
        let Some(before) = definition.lines[0].checked_sub(1) else { continue };
        let text = lines[before].text;
        let is_title = text.split_whitespace().count() <= LONGEST && !ends_sentence(text);
        let above = before.checked_sub(1);
        let is_heading = |index: usize| is_notes_heading(lines[index].text);
        let stands_in_list = above.is_some_and(|above| aside.contains(&above) || is_heading(above));
        if aside.contains(&before) {
            continue;
        }
        if is_heading(before) {
            heads.push(before);
        } else if begins && is_title && stands_in_list {
            heads.push(before);
            heads.extend(above.filter(|above| is_heading(*above)));
        }
    }
    heads
}

/// Whether a line is the heading of a list of notes.
pub fn is_notes_heading(text: &str) -> bool {
    let word = text.trim_end_matches([':', '.']).to_lowercase();
    const WORDS: &[&str] = &[
        "notes",
        "endnotes",
        "footnotes",
        "end notes",
        "notes and references",
        "references",
        "примечания",
        "сноски",
        "ескертпелер",
        "notas",
        "notes de fin",
        "notes de bas de page",
        "anmerkungen",
        "fußnoten",
        "references and notes",
    ];
    WORDS.contains(&word.as_str())
}
