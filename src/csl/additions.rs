//! A line with marks → the line with what the engine cannot set at those places: translated
//! titles, archived copies, links to earlier notes.

use super::cite::Note;
use super::dates;
use super::glyph::{Glyph, Line, Target};
use super::library::Source;
use super::marker;
use super::style::Style;

/// Sets, from `start` on, the translated title behind the title and the archived copy behind the
/// first address. What is added belongs to `place`.
pub(super) fn add(line: &mut Line, start: usize, place: Glyph, source: &Source, style: &Style) {
    if source.translated.is_none() && source.archived.is_none() {
        return;
    }
    let set = line.glyphs.split_off(start);
    let mut archive_due = true;
    let mut at = 0;
    while at < set.len() {
        let glyph = set[at];
        line.glyphs.push(glyph);
        at += 1;
        let closers: &[char] = match glyph.c {
            marker::TITLE_END => &[marker::CLOSE_QUOTE, marker::GUARD, '’', '”', '»'],
            marker::ADDRESS_END => &['>'],
            _ => continue,
        };
        let closing = set[at..].iter().take_while(|g| closers.contains(&g.c)).count();
        line.glyphs.extend_from_slice(&set[at..at + closing]);
        at += closing;
        if glyph.c == marker::TITLE_END {
            translated_title(line, place, source);
        } else if std::mem::take(&mut archive_due) {
            archived_copy(line, place, source, style);
        }
    }
}

fn translated_title(line: &mut Line, place: Glyph, source: &Source) {
    if let Some(title) = &source.translated {
        line.write(&format!(" [{title}]"), place);
    }
}

fn archived_copy(line: &mut Line, place: Glyph, source: &Source, style: &Style) {
    let Some(copy) = &source.archived else { return };
    let link = line.target(Target::Url(copy.url.clone()));
    line.write(" [", place);
    line.write(style.words.archived_copy, Glyph { link, ..place });
    if let Some(day) = copy.date {
        let mut date = Line::default();
        date.write(&style.dates.write(day), place);
        line.write(", ", place);
        line.glyphs.extend(dates::alone(date.glyphs, &style.dates));
    }
    line.write("]", place);
}

/// Makes links of the marked places of earlier notes, which the engine counts from 1 through the
/// run, and sets the notes' own numbers there.
pub(super) fn link_notes(line: &mut Line, notes: &[Note]) {
    let mut at = 0;
    while at < line.glyphs.len() {
        if line.glyphs[at].c != marker::NOTE_OPEN {
            at += 1;
            continue;
        }
        let behind = line.glyphs[at + 1..].iter().map(|g| g.c);
        let digits: String = behind.take_while(char::is_ascii_digit).collect();
        let end = at + 1 + digits.len();
        let place = digits.parse::<usize>().ok().and_then(|place| place.checked_sub(1));
        let Some(note) = place.and_then(|place| notes.get(place)) else {
            at = end;
            continue;
        };
        let link = line.target(Target::Note(note.address.clone()));
        let like = Glyph { link, ..line.glyphs[at] };
        let number: Vec<Glyph> = note.number.to_string().chars().map(|c| like.with(c)).collect();
        line.glyphs.splice(at + 1..end, number.iter().copied());
        at += 1 + number.len();
    }
}
