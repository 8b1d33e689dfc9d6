//! The stream of server-sent events: what is wrong, and which files changed.
//!
//! A browser that is slow or was away gets the latest state and all that changed since its page
//! was sent; nothing is queued for it.

use super::shown::{Changes, Shown};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::watch::Receiver;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

/// Streams to a page of `version`: the state now, then every new one.
pub(super) fn stream(shown: Receiver<Arc<Shown>>, version: String) -> Response {
    let mut version = version;
    let events = WatchStream::new(shown).map(move |shown| {
        let event = event(&shown, &version);
        version = shown.version();
        Ok::<Event, Infallible>(event)
    });
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

fn event(shown: &Shown, version: &str) -> Event {
    let changed = match shown.since(version) {
        Changes::Files(files) => serde_json::json!(files),
        Changes::Everything => serde_json::Value::Null,
    };
    let data = format!("{{\"changed\":{changed},\"problems\":{}}}", shown.problems);
    Event::default().id(shown.version()).data(data)
}
