//! The stream of server-sent events: what is wrong, and which files changed.
//!
//! A browser that is slow or was away gets the latest state and all that changed since its page
//! was sent; nothing is queued for it. The page that it shows is made anew for it, and told of where
//! it is another.

use super::inject;
use super::respond;
use super::shown::{Changes, Shown};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::watch::Receiver;
use tokio::task::spawn_blocking;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

/// What a browser shows.
#[derive(Debug, Clone, Default)]
pub(super) struct Showing {
    /// The state of which it heard last.
    pub version: String,
    /// The path of its page.
    pub path: String,
    /// The print of its page.
    pub print: String,
}

/// Streams to a page: the state now, then every new one.
pub(super) fn stream(shown: Receiver<Arc<Shown>>, showing: Showing) -> Response {
    let mut showing = showing;
    let events = WatchStream::new(shown).then(move |shown| {
        let now = Showing { version: shown.version(), ..showing.clone() };
        let before = std::mem::replace(&mut showing, now);
        async move {
            let made = spawn_blocking(move || event(&shown, &before)).await;
            // A page that cannot be made is not told of: whoever loads it anew is told why.
            Ok::<Event, Infallible>(made.unwrap_or_else(|_| Event::default().comment("")))
        }
    });
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

fn event(shown: &Shown, showing: &Showing) -> Event {
    let changed = match shown.since(&showing.version) {
        Changes::Files(mut files) => {
            let html = respond::html(shown, &showing.path);
            if html.is_some_and(|html| inject::print(&html) != showing.print) {
                files.push(respond::name(&showing.path));
            }
            serde_json::json!(files)
        }
        Changes::Everything => serde_json::Value::Null,
    };
    let data = format!("{{\"changed\":{changed},\"problems\":{}}}", shown.problems);
    Event::default().id(shown.version()).data(data)
}
