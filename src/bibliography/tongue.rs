//! A title → the language it seems to be in, where that is not the report's.
//!
//! Letters tell one script from another, small words one language of the Latin script from another.
//! What is not certain is left alone.

use crate::quick::QuickSet;

/// What a title seems to be in.
pub(super) struct Foreign {
    /// In words: `in Cyrillic letters`.
    pub words: String,
    /// A language of that kind, as a tag.
    pub example: &'static str,
}

/// What `title` is in, if it can hardly be `language`, the report's.
pub(super) fn foreign(title: &str, language: &str) -> Option<Foreign> {
    let primary = language.split('-').next().unwrap_or_default();
    if let Some((script, example, languages)) = foreign_script(title) {
        let words = format!("in {script} letters");
        return (!languages.contains(&primary)).then_some(Foreign { words, example });
    }
    let (name, example) = by_small_words(title, primary)?;
    Some(Foreign { words: format!("in {name}"), example })
}

/// Tag, name and small words of languages in Latin letters.
const SMALL_WORDS: [(&str, &str, &[&str]); 7] = [
    (
        "en",
        "English",
        &["the", "of", "and", "in", "to", "for", "on", "by", "with", "from", "is", "are", "how"],
    ),
    (
        "fr",
        "French",
        &["le", "la", "les", "des", "du", "et", "dans", "pour", "sur", "aux", "une", "au"],
    ),
    (
        "es",
        "Spanish",
        &["el", "la", "los", "las", "del", "y", "en", "una", "para", "por", "sobre", "con"],
    ),
    (
        "de",
        "German",
        &["der", "die", "das", "und", "des", "dem", "im", "zur", "zum", "für", "über", "von", "in"],
    ),
    (
        "it",
        "Italian",
        &["il", "la", "le", "gli", "della", "dei", "delle", "nel", "nella", "per", "sul", "di"],
    ),
    (
        "pt",
        "Portuguese",
        &["o", "os", "da", "do", "dos", "das", "em", "uma", "para", "sobre", "na"],
    ),
    ("tr", "Turkish", &["ve", "bir", "için", "ile", "olarak", "üzerine", "bu", "göre"]),
];

/// The language whose small words stand in a title that has none of the report's.
fn by_small_words(title: &str, primary: &str) -> Option<(&'static str, &'static str)> {
    let title = title.to_lowercase().replace(['’', '\''], " ");
    let words: QuickSet<&str> =
        title.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let count = |small: &[&str]| small.iter().filter(|word| words.contains(**word)).count();
    let own = SMALL_WORDS.iter().find(|(tag, ..)| *tag == primary)?;
    if count(own.2) > 0 {
        return None;
    }
    let (tag, name, small) = SMALL_WORDS.iter().max_by_key(|(_, _, small)| count(small))?;
    (count(small) >= 2).then_some((*name, *tag))
}

/// Name, a language and all common languages of a script.
type Script = (&'static str, &'static str, &'static [&'static str]);

/// The script in which most letters of `text` are written, if it is not Latin.
fn foreign_script(text: &str) -> Option<Script> {
    const SCRIPTS: [Script; 6] = [
        (
            "Cyrillic",
            "ru",
            &["ru", "kk", "ky", "uk", "be", "bg", "sr", "mk", "tg", "mn", "uz", "tt"],
        ),
        ("Arabic", "ar", &["ar", "fa", "ur", "ug", "ps"]),
        ("Chinese or Japanese", "zh", &["zh", "ja"]),
        ("Korean", "ko", &["ko"]),
        ("Greek", "el", &["el"]),
        ("other than Latin", "hy", &["hy", "ka", "he", "hi", "th", "am", "bn", "my", "ne"]),
    ];
    let mut counts = [0_usize; SCRIPTS.len()];
    let mut letters = 0;
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        if let Some(script) = script_of(c) {
            counts[script] += 1;
        }
    }
    let (most, count) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    (count * 2 > letters).then_some(SCRIPTS[most])
}

fn script_of(c: char) -> Option<usize> {
    match u32::from(c) {
        0x0000..=0x02FF | 0x1E00..=0x1EFF | 0x2C60..=0x2C7F | 0xA720..=0xA7FF | 0xFF00..=0xFF60 => {
            None
        }
        0x0370..=0x03FF | 0x1F00..=0x1FFF => Some(4),
        0x0400..=0x052F | 0x1C80..=0x1C8F | 0x2DE0..=0x2DFF | 0xA640..=0xA69F => Some(0),
        0x0600..=0x06FF | 0x0750..=0x077F | 0x08A0..=0x08FF | 0xFB50..=0xFEFF => Some(1),
        0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0x20000..=0x3FFFF => Some(2),
        0x1100..=0x11FF | 0xAC00..=0xD7AF => Some(3),
        _ => Some(5),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_tells_its_language_or_nothing() {
        let example = |title, language| foreign(title, language).map(|found| found.example);
        assert_eq!(example("О порядке проведения собраний", "en-GB"), Some("ru"));
        assert_eq!(example("О порядке проведения собраний", "kk"), None);
        assert_eq!(example("Les droits de l’homme et du citoyen", "en"), Some("fr"));
        assert_eq!(example("Les droits de l’homme et du citoyen", "fr-CH"), None);
        assert_eq!(example("Über die Freiheit der Versammlung", "en"), Some("de"));
        assert_eq!(example("Sobre el derecho de los pueblos", "en"), Some("es"));
        assert_eq!(example("The Rights of Man", "fr"), Some("en"));
        for title in
            ["La La Land", "Die Hard", "El Niño and the state", "Vlast", "", "In der Tat of it"]
        {
            assert_eq!(example(title, "en-GB"), None, "{title}");
        }
    }
}
