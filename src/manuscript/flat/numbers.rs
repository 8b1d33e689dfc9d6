//! Digits as numbers that notes can have.

/// The digits at the end of `text`.
pub fn trailing_digits(text: &str) -> &str {
    &text[text.trim_end_matches(|c: char| c.is_ascii_digit()).len()..]
}

/// Whether digits can be a year.
pub fn is_year(digits: &str) -> bool {
    digits.len() == 4 && ("1500".."2100").contains(&digits)
}

/// A number that a note can have.
pub fn number(digits: &str) -> Option<u32> {
    let fits = (1..=4).contains(&digits.len()) && !digits.starts_with('0');
    digits.parse().ok().filter(|_| fits)
}

/// `1213` as 12 and 13: the readings of `digits` as numbers that follow each other.
pub fn side_by_side(digits: &str) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    if digits.len() > 16 {
        return found;
    }
    for cut in 1..=(digits.len() / 2).min(4) {
        let Some(first) = number(&digits[..cut]) else { continue };
        let (mut last, mut at) = (first, cut);
        while at < digits.len() {
            let next = (last + 1).to_string();
            if !digits[at..].starts_with(&next) {
                break;
            }
            at += next.len();
            last += 1;
        }
        if at == digits.len() && last > first {
            found.push((first, last));
        }
    }
    found
}

/// The numbers of `12`, `12, 13`, `12–14`, if they follow each other.
pub fn numbers(words: &str) -> Option<(u32, u32)> {
    if let Some((first, last)) = words.split_once(['–', '-']) {
        let (first, last) = (number(first.trim())?, number(last.trim())?);
        return (first < last && last - first < 8).then_some((first, last));
    }
    let all: Option<Vec<u32>> = words.split(',').map(|word| number(word.trim())).collect();
    let all = all?;
    let follows = all.windows(2).all(|pair| pair[1] == pair[0] + 1);
    follows.then(|| (all[0], all[all.len() - 1]))
}
