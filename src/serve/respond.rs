//! A request into a response, from the site in memory.
//!
//! The path is looked up in a map: what is not a file of the site is not there, whatever dots,
//! slashes or codes are in its name.

use super::events::{self, Showing};
use super::host::Hosts;
use super::inject;
use super::media_type;
use super::shown::Shown;
use crate::session::Proof;
use crate::source::Asset;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, Uri, header};
use axum::response::Response;
use std::sync::Arc;
use tokio::sync::watch::Receiver;

const SCRIPT: &str = include_str!("client/live.js");
const STYLE: &str = include_str!("client/live.css");

/// What answering takes.
pub(super) struct Desk {
    pub(super) hosts: Hosts,
    pub(super) shown: Receiver<Arc<Shown>>,
}

/// Answers a request; one that comes before the first site is built waits for it.
pub(super) async fn answer(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let (uri, headers) = (request.uri(), request.headers());
    if !desk.hosts.admit(uri, headers) {
        return plain(
            StatusCode::FORBIDDEN,
            "This server answers to localhost and to its own address.\n",
        );
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response =
            plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are answered.\n");
        response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    if let Some(name) = uri.path().strip_prefix(inject::FOLDER) {
        return own(name, uri, headers, &desk);
    }
    let mut receiver = desk.shown.clone();
    let shown = receiver.wait_for(|shown| shown.site.is_some()).await;
    let Ok(shown) = shown.map(|shown| shown.clone()) else {
        return plain(StatusCode::SERVICE_UNAVAILABLE, "The builder has stopped.\n");
    };
    let uri = uri.clone();
    let made = tokio::task::spawn_blocking(move || page(&shown, &uri)).await;
    made.unwrap_or_else(|_| {
        plain(
            StatusCode::INTERNAL_SERVER_ERROR,
            "This page could not be made. It is a fault of the program, not of the report.\n",
        )
    })
}

/// A file of the preview itself.
fn own(name: &str, uri: &Uri, headers: &HeaderMap, desk: &Desk) -> Response {
    match name {
        "live.js" => file(StatusCode::OK, name, SCRIPT),
        "live.css" => file(StatusCode::OK, name, STYLE),
        "events" => {
            // A browser that lost the stream says where it was; that is later than its page.
            let last = headers.get("last-event-id").and_then(|id| id.to_str().ok());
            let given = |name: &str| field(uri, name).unwrap_or_default();
            let version = last.map_or_else(|| given("since"), str::to_owned);
            // An address within an address: its codes are written in codes.
            let path = decoded(&given("path")).unwrap_or_default();
            let showing = Showing { version, path, print: given("print") };
            let mut response = events::stream(desk.shown.clone(), showing);
            secure(response.headers_mut());
            response
        }
        _ => plain(StatusCode::NOT_FOUND, "There is no such file.\n"),
    }
}

/// What a field of the query says.
fn field(uri: &Uri, name: &str) -> Option<String> {
    let mut fields = uri.query()?.split('&').filter_map(|field| field.split_once('='));
    decoded(fields.find(|(known, _)| *known == name)?.1)
}

fn page(shown: &Shown, uri: &Uri) -> Response {
    let Some(site) = &shown.site else { return missing(shown) };
    let Some(path) = decoded(uri.path()) else { return missing(shown) };
    match find(site, &path) {
        Found::File(name, bytes) if is_page(&name) => {
            file(StatusCode::OK, &name, inject::live(&bytes, &shown.version()))
        }
        Found::File(name, bytes) => file(StatusCode::OK, &name, Bytes::from_owner(bytes)),
        Found::Folder => {
            let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
            redirect(&format!("{}/{query}", uri.path()))
        }
        Found::Nothing => missing(shown),
    }
}

/// The page that is sent to whoever asks for `path`, without what is put into it; nothing where
/// that is no page.
pub(super) fn html(shown: &Shown, path: &str) -> Option<Vec<u8>> {
    match find(shown.site.as_ref()?, path) {
        Found::File(name, bytes) => is_page(&name).then(|| bytes.to_vec()),
        Found::Folder => None,
        Found::Nothing => missing_page(shown),
    }
}

fn is_page(name: &str) -> bool {
    media_type::of(name).starts_with("text/html")
}

enum Found {
    File(String, Asset),
    /// A folder with a page, asked for without its last slash.
    Folder,
    Nothing,
}

/// The file of the site that `path`, which begins with a slash, means.
pub(super) fn name(path: &str) -> String {
    let below = path.strip_prefix('/').unwrap_or(path);
    match below.is_empty() || below.ends_with('/') {
        true => format!("{below}index.html"),
        false => below.to_owned(),
    }
}

/// What stands at `path`.
fn find(site: &Proof, path: &str) -> Found {
    if !path.starts_with('/') {
        return Found::Nothing;
    }
    let name = name(path);
    if let Some(bytes) = site.file(&name) {
        return Found::File(name, bytes);
    }
    match site.file(&format!("{name}/index.html")) {
        Some(_) => Found::Folder,
        None => Found::Nothing,
    }
}

/// The path with its codes (`%D0%B0`) resolved; nothing if it is then no text.
fn decoded(path: &str) -> Option<String> {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%' {
            let digit = |at: usize| (*bytes.get(at)? as char).to_digit(16);
            out.push((digit(at + 1)? * 16 + digit(at + 2)?) as u8);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).ok()
}

fn missing(shown: &Shown) -> Response {
    match missing_page(shown) {
        Some(html) => {
            file(StatusCode::NOT_FOUND, "404.html", inject::live(&html, &shown.version()))
        }
        None => plain(StatusCode::NOT_FOUND, "There is no such page.\n"),
    }
}

fn missing_page(shown: &Shown) -> Option<Vec<u8>> {
    let html = shown.site.as_ref()?.file("404.html")?;
    Some(inject::rooted(&html, shown.base_url.as_deref()))
}

fn redirect(to: &str) -> Response {
    let mut response = plain(StatusCode::FOUND, "");
    match to.parse() {
        Ok(to) => response.headers_mut().insert(header::LOCATION, to),
        Err(_) => return plain(StatusCode::NOT_FOUND, "There is no such page.\n"),
    };
    response
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    file(status, "message.txt", text)
}

fn file(status: StatusCode, path: &str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    let kind = header::HeaderValue::from_static(media_type::of(path));
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    secure(response.headers_mut());
    response
}

/// Nothing is kept by browsers, guessed at, or taken by pages of others.
fn secure(headers: &mut HeaderMap) {
    let mut set = |name: HeaderName, value| {
        headers.insert(name, header::HeaderValue::from_static(value));
    };
    set(header::CACHE_CONTROL, "no-store");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Session;
    use crate::source::Sources;

    #[test]
    fn a_path_is_a_file_of_the_site_or_nothing() {
        let mut sources = Sources::default();
        sources.add_text("book.toml", "[book]\ntitle = \"T\"\n");
        sources.add_text("content/media.md", "# Media\n");
        sources.assets.insert("content/a b/ж.png".to_owned(), Asset::from(&b"x"[..]));
        let site = Session::default().proof(&sources);
        let found = |path: &str| match decoded(path).map(|path| find(&site, &path)) {
            Some(Found::File(path, _)) => path,
            Some(Found::Folder) => "folder".to_owned(),
            Some(Found::Nothing) | None => "nothing".to_owned(),
        };
        assert_eq!(found("/"), "index.html");
        assert_eq!(found("/media/"), "media/index.html");
        assert_eq!(found("/media"), "folder");
        assert_eq!(found("/a%20b/%D0%B6.png"), "a b/ж.png");
        for path in [
            "",
            "//",
            "//media",
            "/media//",
            "/./media/",
            "/../media/",
            "/%2e%2e/index.html",
            "/media\\",
            "/%",
            "/%0",
            "/%zz",
            "/%ff",
            "/%00",
            "/media%2findex.htm",
            "*",
            "/MEDIA/",
        ] {
            assert_eq!(found(path), "nothing", "{path}");
        }
        assert_eq!(found("/media%2findex.html"), "media/index.html");
    }
}
