//! Names as the engine set them → names as the style or the list wants them.

use super::glyph::Glyph;
use super::library::Source;
use hayagriva::citationberg::json::{NameItem, NameValue, Value};

/// Sets an elided particle against the name behind it: `d’Aubignac`, not `d’ Aubignac`.
pub(super) fn elided(names: Vec<Glyph>) -> Vec<Glyph> {
    let space = |at: usize| {
        let before = names[..at].iter().rev();
        let particle = before.clone().skip(1).take_while(|g| g.c.is_alphabetic());
        names[at].c == ' '
            && before.clone().next().is_some_and(|g| g.c == '’')
            && particle.clone().count() > 0
            && particle.clone().all(|g| g.c.is_lowercase())
            && names.get(at + 1).is_some_and(|g| g.c.is_uppercase())
    };
    let kept = (0..names.len()).filter(|at| !space(*at)).map(|at| names[at]);
    kept.collect()
}

/// Takes the full stop from initials typed with one: `Diana T.` is `Diana T`.
pub(super) fn without_stops(names: &[Glyph]) -> Vec<Glyph> {
    let letter = |at: Option<usize>| at.is_some_and(|i| names[i].c.is_alphabetic());
    let initial = |at: usize| {
        letter(at.checked_sub(1)) && !letter(at.checked_sub(2)) && names[at - 1].c.is_uppercase()
    };
    let kept = names.iter().enumerate().filter(|(at, glyph)| glyph.c != '.' || !initial(*at));
    kept.map(|(_, glyph)| *glyph).collect()
}

/// Puts the family name of the first person first: `Ospanova, Aigerim`. `None` where the names do
/// not begin with that person's given name.
pub(super) fn inverted(names: &[Glyph], source: &Source) -> Option<Vec<Glyph>> {
    let person = first_person(source)?;
    let given: Vec<char> = person.given.as_deref()?.chars().collect();
    let particle = person.non_dropping_particle.as_deref().map(|p| format!("{p} "));
    let family: Vec<char> = (particle.unwrap_or_default() + &person.family).chars().collect();
    let start = names.iter().position(|glyph| glyph.c.is_alphanumeric())?;
    let (gap, end) = (start + given.len(), start + given.len() + 1 + family.len());
    let spells = |from: usize, word: &[char]| {
        names
            .get(from..from + word.len())
            .is_some_and(|run| run.iter().map(|glyph| glyph.c).eq(word.iter().copied()))
    };
    if !spells(start, &given) || names.get(gap)?.c != ' ' || !spells(gap + 1, &family) {
        return None;
    }
    let mut out = names[..start].to_vec();
    out.extend_from_slice(&names[gap + 1..end]);
    out.extend([names[gap].with(','), names[gap]]);
    out.extend_from_slice(&names[start..gap]);
    out.extend_from_slice(&names[end..]);
    Some(out)
}

fn first_person(source: &Source) -> Option<&NameItem> {
    let variables = ["author", "editor", "director", "interviewer"];
    let names = variables.iter().find_map(|variable| match source.item.0.get(*variable) {
        Some(Value::Names(names)) => Some(names),
        _ => None,
    });
    match names?.first()? {
        NameValue::Item(person) => Some(person),
        NameValue::Literal(_) => None,
    }
}
