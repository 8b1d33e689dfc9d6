//! What is put into a page as it is sent: the script and the style that reload it.
//!
//! Both are files of this server, so that the policy of the pages (`script-src 'self'`) holds.

use std::hash::{DefaultHasher, Hash, Hasher};

/// Where the preview's own files stand; no page of a site can.
pub(super) const FOLDER: &str = "/__rapporteur/";

/// `html` with the preview's script and style, which say that it is of `version`, and its print.
pub(super) fn live(html: &[u8], version: &str) -> Vec<u8> {
    let print = print(html);
    let tags = format!(
        "<link rel=\"stylesheet\" href=\"{FOLDER}live.css\">\
         <script src=\"{FOLDER}live.js\" data-version=\"{version}\" data-print=\"{print}\" defer>\
         </script>",
    );
    let at = find(html, b"</head>").or_else(|| find(html, b"</body>")).unwrap_or(html.len());
    [&html[..at], tags.as_bytes(), &html[at..]].concat()
}

/// What tells a page from what it was before.
pub(super) fn print(html: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    html.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// The page for what is not there, with links that hold at any depth: on the published site they
/// are absolute or count from the root, here they begin with a slash.
pub(super) fn rooted(html: &[u8], base_url: Option<&str>) -> Vec<u8> {
    let mut text = String::from_utf8_lossy(html).replace("=\"./", "=\"/");
    if let Some(base) = base_url {
        text = text.replace(&format!("=\"{base}"), "=\"/");
    }
    text.into_bytes()
}

fn find(text: &[u8], tag: &[u8]) -> Option<usize> {
    text.windows(tag.len()).position(|window| window.eq_ignore_ascii_case(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tags_stand_in_the_head_or_where_they_can() {
        let text = |html: &str| String::from_utf8(live(html.as_bytes(), "1-2")).unwrap();
        assert!(text("<HEAD></HEAD><body>").starts_with("<HEAD><link"));
        assert!(text("<p>x</body>").starts_with("<p>x<link"));
        assert!(text("").contains("data-version=\"1-2\""));
    }

    #[test]
    fn links_of_the_missing_page_count_from_the_root() {
        let page = br#"<a href="./sources/"><a href="https://a.org/r/assets/x.css">"#;
        let rooted = String::from_utf8(rooted(page, Some("https://a.org/r/"))).unwrap();
        assert_eq!(rooted, r#"<a href="/sources/"><a href="/assets/x.css">"#);
    }
}
