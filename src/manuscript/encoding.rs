//! Bytes of old programs into text. The one door to `encoding_rs`.

use super::Guess;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1251, WINDOWS_1252};

/// How far into a page its own word on its encoding is looked for.
const HEAD: usize = 2048;

/// The text of a plain file: UTF-8, UTF-16 with its mark, or an encoding of Windows; line ends as
/// one sign.
pub fn text(bytes: &[u8], guesses: &mut Vec<Guess>) -> String {
    decoded(bytes, None, guesses)
}

/// The text of a page, in the encoding that it names.
pub fn page(bytes: &[u8], guesses: &mut Vec<Guess>) -> String {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_lowercase();
    let named = head.find("charset=").map(|at| head[at + 8..].trim_start_matches(['"', '\'']));
    let label = named.and_then(|rest| rest.split(['"', '\'', ';', ' ', '>', '/']).next());
    let named = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    decoded(bytes, named, guesses)
}

fn decoded(bytes: &[u8], named: Option<&'static Encoding>, guesses: &mut Vec<Guess>) -> String {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    let encoding = match marked {
        Some(encoding) => encoding,
        None if is_utf8 => UTF_8,
        None => named.filter(|e| *e != UTF_8).unwrap_or_else(|| guessed(bytes)),
    };
    let (text, _, is_broken) = encoding.decode(bytes);
    if encoding != UTF_8 && marked.is_none() {
        let name = encoding.name();
        let how = if named == Some(encoding) { "as it says" } else { "as it seems" };
        guesses.push(Guess::whole(format!("the file is not UTF-8; read as {name}, {how}")));
    }
    if is_broken {
        guesses.push(Guess::whole("some characters could not be read and stand as �"));
    }
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Cyrillic letters of Windows are most of what is not ASCII; western text has few.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    let letters = bytes.iter().filter(|b| **b >= 0xc0).count();
    let latin = bytes.iter().filter(|b| b.is_ascii_alphabetic()).count();
    if letters > latin / 2 { WINDOWS_1251 } else { WINDOWS_1252 }
}
