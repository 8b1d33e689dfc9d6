//! Archived copies of pages that are gone.

use super::Asker;
use std::fmt::Write;

/// A copy in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// Its address.
    pub url: String,
    /// The day on which it was made: `2019-11-22`.
    pub date: String,
}

/// The longest answer that is read, in bytes.
const LONGEST: u64 = 100_000;

impl Asker {
    /// The copy of `address` made nearest to `day` (`2019-11-22`), if the archive has one.
    pub fn copy(&self, address: &str, day: Option<&str>) -> Option<Copy> {
        let digits: String =
            day.into_iter().flat_map(str::chars).filter(char::is_ascii_digit).collect();
        let archive = &self.limits.archive;
        let query = format!("{archive}?url={}&timestamp={digits}", encoded(address));
        let mut response = self.agent.get(&query).call().ok()?;
        let text = response.body_mut().with_config().limit(LONGEST).read_to_string().ok()?;
        read(&text)
    }
}

/// Reads the archive's answer.
fn read(text: &str) -> Option<Copy> {
    let answer: serde_json::Value = serde_json::from_str(text).ok()?;
    let closest = &answer["archived_snapshots"]["closest"];
    let url = closest["url"].as_str()?;
    let stamp = closest["timestamp"].as_str()?;
    let day = stamp.get(..8).filter(|day| day.bytes().all(|b| b.is_ascii_digit()))?;
    let url = match url.strip_prefix("http://web.archive.org/") {
        Some(rest) => format!("https://web.archive.org/{rest}"),
        None => url.to_owned(),
    };
    Some(Copy { url, date: format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]) })
}

/// `text` as a value in a query.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(byte as char);
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_of_the_archive_is_read() {
        let answer = r#"{"archived_snapshots": {"closest": {"available": true,
            "url": "http://web.archive.org/web/20191122003000/http://a.example/",
            "timestamp": "20191122003000", "status": "200"}}}"#;
        let copy = read(answer).expect("there is a copy");
        assert_eq!(copy.url, "https://web.archive.org/web/20191122003000/http://a.example/");
        assert_eq!(copy.date, "2019-11-22");
        assert_eq!(read(r#"{"archived_snapshots": {}}"#), None);
        assert_eq!(read("<html>"), None);
        assert_eq!(encoded("http://ä?b"), "http%3A%2F%2F%C3%A4%3Fb");
    }
}
