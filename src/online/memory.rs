//! Which addresses stood a few days ago.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

/// For how many days an address that stood is believed to stand.
const DAYS: u64 = 7;

/// The version of the form in which this is kept.
const VERSION: u32 = 1;

/// What is remembered between runs.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Memory {
    version: u32,
    /// Addresses that stood, with the day, counted from 1970, on which they were asked.
    stood: BTreeMap<String, u64>,
}

impl Memory {
    /// Reads what an earlier run wrote; anything else is as if there were nothing.
    pub fn read(bytes: &[u8]) -> Memory {
        let memory: Option<Memory> = serde_json::from_slice(bytes).ok();
        memory.filter(|memory| memory.version == VERSION).unwrap_or_default()
    }

    /// Whether `address` stood lately.
    pub fn stood(&self, address: &str) -> bool {
        let today = today();
        self.stood.get(address).is_some_and(|&day| day <= today && today - day < DAYS)
    }

    /// Notes that `address` stands.
    pub fn note(&mut self, address: &str) {
        self.stood.insert(address.to_owned(), today());
    }

    /// What to write for the next run.
    pub fn text(&mut self) -> String {
        self.version = VERSION;
        let today = today();
        self.stood.retain(|_, day| *day <= today && today - *day < DAYS);
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

/// Days since 1970.
fn today() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |age| age.as_secs() / 86_400)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stood_long_ago_is_asked_again() {
        let mut memory = Memory::default();
        memory.note("https://a.example/");
        memory.stood.insert("https://b.example/".into(), today() - DAYS);
        let mut again = Memory::read(memory.text().as_bytes());
        assert!(again.stood("https://a.example/") && !again.stood("https://b.example/"));
        assert!(!again.text().contains("b.example"));
        assert!(!Memory::read(b"{\"version\": 9, \"stood\": {}}").stood("x"));
        assert!(Memory::read(b"garbage").stood.is_empty());
    }
}
