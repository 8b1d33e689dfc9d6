//! Addresses: which are safe to follow, and when two are one.

/// What is wrong with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A scheme that can run or read something: `javascript:`, `file:`.
    Scheme,
    /// No scheme: `www.example.org`.
    NoScheme,
    /// White space, or no host.
    Form,
}

/// The address in a form that is safe to print as a link.
pub(crate) fn safe(url: &str) -> Result<String, Fault> {
    let url = url.trim();
    let colon = url.find(':');
    let scheme = colon.map(|at| url[..at].to_ascii_lowercase());
    let is_scheme = scheme.as_deref().is_some_and(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-'))
    });
    let Some(scheme) = scheme.filter(|_| is_scheme) else {
        return Err(if is_disguised(url) { Fault::Scheme } else { Fault::NoScheme });
    };
    let rest = &url[scheme.len() + 1..];
    let broken = url.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"".contains(c));
    match scheme.as_str() {
        "doi" => match bare_doi(url) {
            Some(doi) => Ok(format!("https://doi.org/{doi}")),
            None => Err(Fault::Form),
        },
        "http" | "https" => match rest.strip_prefix("//") {
            Some(host) if !broken && !host.is_empty() && !host.starts_with(['/', '.', ':']) => {
                Ok(format!("{scheme}:{rest}"))
            }
            _ => Err(Fault::Form),
        },
        // `example.org:8080/x` has a port, not a scheme.
        _ if rest.starts_with(|c: char| c.is_ascii_digit()) && scheme == "localhost" => {
            Err(Fault::NoScheme)
        }
        _ => Err(Fault::Scheme),
    }
}

/// Whether a browser, which overlooks blanks and reads HTML's entities, may find a scheme that runs
/// something: `java script:`, `javascript&colon;`.
fn is_disguised(url: &str) -> bool {
    let mut plain = url.to_ascii_lowercase();
    for (entity, sign) in [("&colon;", ":"), ("&tab;", ""), ("&newline;", ""), ("&#58;", ":")] {
        plain = plain.replace(entity, sign);
    }
    plain.retain(|c| !c.is_whitespace() && !c.is_control());
    plain.starts_with("&#")
        || ["javascript:", "vbscript:", "data:", "file:"].iter().any(|bad| plain.starts_with(bad))
}

/// The DOI in `text`, without `doi:` and without a resolver; none where there is no DOI.
pub fn bare_doi(text: &str) -> Option<&str> {
    let text = text.trim();
    let mut doi = text;
    for prefix in ["https://", "http://", "dx.", "www.", "doi.org/", "doi:", "DOI:", "doi ", "DOI "]
    {
        doi = doi.strip_prefix(prefix).unwrap_or(doi).trim_start();
    }
    let rest = doi.strip_prefix("10.")?;
    let (registrant, suffix) = rest.split_once('/')?;
    let fits = registrant.len() >= 4
        && registrant.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && !suffix.is_empty()
        && !suffix.contains(char::is_whitespace);
    fits.then_some(doi)
}

/// The part of an address that tells works apart: without scheme, `www.`, fragment, last slash.
pub fn normal_url(url: &str) -> String {
    let url = url.split('#').next().unwrap_or(url);
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = host.to_ascii_lowercase();
    format!("{host}{}", path.trim_end_matches('/'))
}
