//! Addresses: relative from page to page, so that a site works under any path and from disk.

use crate::law::Reference;

/// The way from the page at `page` (`law/iccpr/`) to the site's root: `../../`; `./` from the root.
pub fn root(page: &str) -> String {
    let mut way = String::new();
    push_root(&mut way, page);
    way
}

fn push_root(way: &mut String, page: &str) {
    match page.bytes().filter(|byte| *byte == b'/').count() {
        0 => way.push_str("./"),
        depth => way.extend(std::iter::repeat_n("../", depth)),
    }
}

/// The way from `page` to `target`, both below the site's root; a fragment on the same page stays
/// a fragment.
pub fn relative(page: &str, target: &str) -> String {
    if let Some(fragment) = target.strip_prefix(page).filter(|rest| rest.starts_with('#')) {
        return fragment.to_owned();
    }
    let mut way = String::with_capacity(page.len() + target.len());
    push_root(&mut way, page);
    way.push_str(target);
    way
}

/// The page of the bibliography.
pub const SOURCES: &str = "sources/";

/// The page that holds the whole report.
pub const WHOLE: &str = "print/";

/// The id on `page` of what has the id `id` on the page at `home`: on the page of the whole report
/// it begins with that page's path, because ids are unique within a page only.
pub fn id(page: &str, home: &str, id: &str) -> String {
    if page != WHOLE || home == WHOLE {
        return id.to_owned();
    }
    let home = if home.is_empty() { "./" } else { home };
    [home, id].concat()
}

/// The page of an instrument.
pub fn instrument(id: &str) -> String {
    format!("law/{id}/")
}

/// The page of an article, without its pinpoint.
pub fn article(instrument: &str, article: &str) -> String {
    if article.is_empty() {
        return self::instrument(instrument);
    }
    format!("law/{instrument}/article-{}/", name(article))
}

/// The page of an article with the anchor of its pinpoint.
pub fn provision(reference: &Reference) -> String {
    let page = article(&reference.instrument, &reference.article);
    match pinpoint(&reference.pinpoint) {
        anchor if anchor.is_empty() => page,
        anchor => [&page, "#", &anchor].concat(),
    }
}

/// The anchor of a pinpoint: `(3)(b)` gives `p3-b`; nothing gives nothing.
pub fn pinpoint(pinpoint: &str) -> String {
    let parts = name(pinpoint);
    if parts.is_empty() { parts } else { format!("p{parts}") }
}

/// The id of a provision in a chapter's table: `auth-iccpr-19-3`.
pub fn authority(reference: &Reference) -> String {
    let number = name(&format!("{}{}", reference.article, reference.pinpoint));
    format!("auth-{}-{number}", reference.instrument)
}

/// The numbers in `text`, for sorting: `19(3)` before `21`; a letter counts by its place.
pub fn numeric(text: &str) -> Vec<u64> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts
        .map(|part| match part.parse() {
            Ok(number) => number,
            Err(_) => {
                part.chars().fold(0, |sum: u64, c| sum.wrapping_mul(64).wrapping_add(c as u64))
            }
        })
        .collect()
}

/// The letters and digits of `text` with one hyphen between them.
fn name(text: &str) -> String {
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

/// Whether `target` leads out of the site: it has a scheme, or names a host.
pub fn is_external(target: &str) -> bool {
    target.starts_with("//") || scheme(target).is_some()
}

/// The scheme of `target`, in lower case.
pub fn scheme(target: &str) -> Option<String> {
    let (scheme, _) = target.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

/// Whether a reader may be sent to `target`.
pub fn is_safe(target: &str) -> bool {
    match scheme(target.trim()) {
        None => true,
        Some(scheme) => matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel" | "doi"),
    }
}

/// `target` with the signs that no address may hold written as `%20` and the like.
pub fn encoded(target: &str) -> String {
    let mut out = String::with_capacity(target.len());
    for c in target.chars() {
        match c {
            c if c.is_ascii_control() || " \"<>\\^`{|}".contains(c) => {
                out.push_str(&format!("%{:02X}", c as u32));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_from_page_to_page() {
        assert_eq!(relative("media/", "law/iccpr/article-19/#p3"), "../law/iccpr/article-19/#p3");
        assert_eq!(relative("media/", "media/#n3"), "#n3");
        assert_eq!(relative("", "media/"), "./media/");
        assert_eq!(root("law/iccpr/article-19/"), "../../../");
    }

    #[test]
    fn ids_are_apart_on_the_page_of_the_whole_report() {
        assert_eq!(id("media/", "media/", "p3"), "p3");
        assert_eq!(id(WHOLE, "media/", "p3"), "media/p3");
        assert_eq!(id(WHOLE, "", "p3"), "./p3");
    }

    #[test]
    fn pinpoints_become_anchors() {
        assert_eq!(pinpoint("(3)(b)"), "p3-b");
        assert_eq!(pinpoint("(7.5)"), "p7-5");
        assert_eq!(pinpoint(""), "");
    }

    #[test]
    fn foreign_schemes_are_refused() {
        assert!(!is_safe("javascript:alert(1)"));
        assert!(!is_safe(" JavaScript:alert(1)"));
        assert!(!is_safe("data:text/html,x"));
        assert!(is_safe("chapter.md#a:b") && is_safe("https://x.org") && is_safe("mailto:a@b.c"));
    }
}
