//! Which `Host` a request may name.
//!
//! A foreign page can make its own name lead to this machine and then read what we serve as its
//! own. It cannot make an address or `localhost` its name. Ports may differ: they are forwarded.

use axum::http::header::HOST;
use axum::http::{HeaderMap, Uri};
use std::net::IpAddr;

/// The hosts by which the server may be called.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hosts {
    bound: IpAddr,
}

impl Hosts {
    /// The hosts of a server that listens on `bound`.
    pub(super) fn of(bound: IpAddr) -> Hosts {
        Hosts { bound }
    }

    /// Whether a request calls us by a name of ours, once, and by no other.
    pub(super) fn admit(self, uri: &Uri, headers: &HeaderMap) -> bool {
        let mut named = headers.get_all(HOST).iter();
        let (Some(host), None) = (named.next(), named.next()) else { return false };
        let is_ours = host.to_str().is_ok_and(|host| self.is_ours(host));
        is_ours && uri.authority().is_none_or(|authority| self.is_ours(authority.as_str()))
    }

    fn is_ours(self, host: &str) -> bool {
        let Some(name) = without_port(host) else { return false };
        if name.eq_ignore_ascii_case("localhost") {
            return true;
        }
        let Ok(address) = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>()
        else {
            return false;
        };
        // Whoever listens on all addresses is called by any of them.
        address.is_loopback() || address == self.bound || self.bound.is_unspecified()
    }
}

/// The host without its port; nothing if what follows is no port.
fn without_port(host: &str) -> Option<&str> {
    let name = match host.strip_prefix('[') {
        Some(rest) => &host[..rest.find(']')? + 2],
        None => host.split(':').next()?,
    };
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    match &host[name.len()..] {
        "" => Some(name),
        rest => rest.strip_prefix(':').is_some_and(is_port).then_some(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(bound: &str, hosts: &[&str]) -> bool {
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(HOST, host.parse().unwrap());
        }
        Hosts::of(bound.parse().unwrap()).admit(&Uri::from_static("/"), &headers)
    }

    #[test]
    fn only_our_own_names_are_admitted() {
        for host in
            ["localhost", "LocalHost:4173", "127.0.0.1:4173", "127.0.0.2", "[::1]:1", "[::1]"]
        {
            assert!(admits("127.0.0.1", &[host]), "{host}");
        }
        for host in [
            "example.org",
            "127.0.0.1.example.org",
            "localhost.example.org:4173",
            "192.168.1.5",
            "",
            "localhost:80@example.org",
            "127.0.0.1:x",
            "[::1",
            "[::1]x",
            "localhost:1:2",
        ] {
            assert!(!admits("127.0.0.1", &[host]), "{host}");
        }
        assert!(!admits("127.0.0.1", &[]));
        assert!(!admits("127.0.0.1", &["localhost", "example.org"]));
    }

    #[test]
    fn an_address_that_was_asked_for_is_ours() {
        assert!(admits("192.168.1.5", &["192.168.1.5:4173"]));
        assert!(!admits("192.168.1.5", &["192.168.1.6"]));
        assert!(admits("0.0.0.0", &["10.0.0.7:4173"]));
        assert!(!admits("0.0.0.0", &["example.org"]));
    }

    #[test]
    fn an_absolute_address_must_be_ours_too() {
        let mut headers = HeaderMap::new();
        headers.append(HOST, "localhost".parse().unwrap());
        let hosts = Hosts::of("127.0.0.1".parse().unwrap());
        assert!(!hosts.admit(&Uri::from_static("http://example.org/"), &headers));
        assert!(hosts.admit(&Uri::from_static("http://localhost:1/"), &headers));
    }
}
