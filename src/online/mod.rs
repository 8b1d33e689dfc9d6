//! External addresses, asked whether anything stands at them.
//!
//! Addresses into answers. One host is asked one thing at a time, with a pause between; what stood
//! a few days ago is not asked again. This module must not know who cites an address. The one door
//! to `ureq`.

mod archive;
mod memory;

pub use archive::Copy;
pub use memory::Memory;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::thread;
use std::time::Duration;
use ureq::http::Response;
use ureq::{Agent, Body, Error};

/// How patiently and how much at once is asked.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Hosts that are asked at once.
    pub at_once: usize,
    /// How long one answer may take.
    pub patience: Duration,
    /// How often an address that does not answer is asked.
    pub tries: u32,
    /// The pause before the same host is asked again; it grows with every try.
    pub pause: Duration,
    /// The address that tells of archived copies, without its query.
    pub archive: String,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            at_once: 8,
            patience: Duration::from_secs(20),
            tries: 3,
            pause: Duration::from_millis(400),
            archive: "https://archive.org/wayback/available".to_owned(),
        }
    }
}

/// What came of asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Something stands there.
    Stands,
    /// Nothing stands there: why.
    Gone(String),
    /// Nobody can tell: a site that turns programs away, or is slow today.
    Unsure(String),
    /// Nobody answered: why.
    Unreached(String),
    /// The host could not be found.
    NoHost,
}

/// The longest that a host may make us wait before the next try.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Asks questions of the web.
pub struct Asker {
    agent: Agent,
    limits: Limits,
}

impl Asker {
    /// An asker that keeps to `limits`.
    pub fn new(limits: Limits) -> Asker {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(limits.patience))
            .max_redirects(10)
            .user_agent(concat!("rapporteur/", env!("CARGO_PKG_VERSION"), " (link check)"));
        Asker { agent: config.build().new_agent(), limits }
    }

    /// Asks all of `addresses`; `told` hears how many have answered.
    pub fn ask(
        &self,
        addresses: &BTreeSet<String>,
        told: &(dyn Fn(usize) + Sync),
    ) -> BTreeMap<String, Answer> {
        let mut by_host: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
        for address in addresses {
            by_host.entry(host(address)).or_default().push(address);
        }
        let queue: Mutex<Vec<Vec<&String>>> = Mutex::new(by_host.into_values().collect());
        let answers = Mutex::new(BTreeMap::new());
        let next = || queue.lock().ok()?.pop();
        thread::scope(|scope| {
            for _ in 0..self.limits.at_once {
                scope.spawn(|| {
                    while let Some(addresses) = next() {
                        for address in addresses {
                            let answer = self.ask_patiently(address);
                            let Ok(mut answers) = answers.lock() else { return };
                            answers.insert(address.clone(), answer);
                            told(answers.len());
                            drop(answers);
                            thread::sleep(self.limits.pause);
                        }
                    }
                });
            }
        });
        answers.into_inner().unwrap_or_default()
    }

    /// Asks until there is an answer that will not change.
    fn ask_patiently(&self, address: &str) -> Answer {
        let mut last = Answer::Unsure("it was not asked".to_owned());
        for time in 1..=self.limits.tries {
            let (answer, wait) = self.ask_once(address);
            last = answer;
            if !matches!(last, Answer::Unsure(_) | Answer::Unreached(_)) {
                break;
            }
            if time < self.limits.tries {
                thread::sleep(wait.unwrap_or(self.limits.pause * 2u32.pow(time)).min(LONGEST_WAIT));
            }
        }
        last
    }

    /// The answer, and how long the host wants us to wait before the next.
    fn ask_once(&self, address: &str) -> (Answer, Option<Duration>) {
        // The head is enough where the host gives it; many do not.
        match self.agent.head(address).call() {
            Ok(response) if response.status().is_success() => return (Answer::Stands, None),
            Err(error) if is_no_host(&error) => return (Answer::NoHost, None),
            _ => {}
        }
        match self.agent.get(address).call() {
            Ok(response) => read(&response),
            Err(error) if is_no_host(&error) => (Answer::NoHost, None),
            Err(Error::BadUri(_)) => (Answer::Gone("it is no address".to_owned()), None),
            Err(Error::Timeout(_)) => {
                let seconds = self.limits.patience.as_secs();
                (Answer::Unreached(format!("no answer within {seconds} s")), None)
            }
            Err(error) => (Answer::Unreached(error.to_string()), None),
        }
    }
}

/// Whether the host has no address. The system says so in words alone.
fn is_no_host(error: &Error) -> bool {
    match error {
        Error::HostNotFound => true,
        Error::Io(error) => {
            let words = error.to_string();
            words.contains("lookup address") && !words.contains("Temporary")
        }
        _ => false,
    }
}

/// What a response means.
fn read(response: &Response<Body>) -> (Answer, Option<Duration>) {
    let status = response.status();
    let words = match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => status.as_u16().to_string(),
    };
    match status.as_u16() {
        200..300 => (Answer::Stands, None),
        404 | 410 => (Answer::Gone(words), None),
        429 | 503 => {
            let wait = response.headers().get("retry-after").and_then(|wait| wait.to_str().ok());
            let seconds = wait.and_then(|wait| wait.trim().parse().ok());
            (Answer::Unsure(words), seconds.map(Duration::from_secs))
        }
        _ => (Answer::Unsure(words), None),
    }
}

/// The host of an address, with its port.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}
