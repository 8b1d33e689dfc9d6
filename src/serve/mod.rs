//! The preview: a site in memory, built anew at every save, shown to browsers on this machine.
//!
//! One thread builds, the other answers; between them stands one value, the [`Shown`] state, and
//! the latest wins. Nothing is written. What a browser needs to reload is put into pages as they
//! are sent, never into the site. Names `axum`, `tokio` and `tokio-stream` alone.

mod build;
mod events;
mod host;
mod inject;
mod media_type;
mod problems;
mod respond;
mod shown;

use crate::disk::{DiskError, Reader};
use crate::terminal;
use crate::watch::Watcher;
use axum::Router;
use build::Builder;
use host::Hosts;
use respond::Desk;
use shown::Shown;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How to serve.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The address to listen on.
    pub address: IpAddr,
    /// The port; 0 takes any that is free.
    pub port: u16,
    /// Whether to say nothing but the address and the diagnostics.
    pub quiet: bool,
}

/// Serves the project in `root`, which must be canonical, until the program is ended.
pub fn run(root: &Path, options: Options) -> Result<(), DiskError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| trouble("cannot start the server", &error))?;
    let listener = runtime.block_on(listen(options))?;
    let bound = listener.local_addr().map_err(|error| trouble("cannot listen", &error))?;
    warn(bound);
    let watcher = Watcher::new(root).map_err(|cause| DiskError {
        doing: format!("cannot watch {}", root.display()),
        cause,
        help: Some(
            "end programs that watch many files, or raise fs.inotify.max_user_instances".to_owned(),
        ),
    })?;
    let (sender, receiver) = watch::channel(Arc::new(Shown::new(epoch())));
    let builder = Builder::new(Reader::new(root), watcher, sender, bound, options.quiet)?;
    std::thread::spawn(move || builder.run());
    let desk = Arc::new(Desk { hosts: Hosts::of(bound.ip()), shown: receiver });
    let router = Router::new().fallback(respond::answer).with_state(desk);
    let served = runtime.block_on(async { axum::serve(listener, router).await });
    served.map_err(|error| trouble("the server has stopped", &error))
}

async fn listen(options: Options) -> Result<TcpListener, DiskError> {
    let address = SocketAddr::new(options.address, options.port);
    TcpListener::bind(address).await.map_err(|error| {
        let doing = format!("cannot listen on {address}");
        match error.kind() {
            io::ErrorKind::AddrInUse => DiskError {
                doing,
                cause: "another program has this port".to_owned(),
                help: Some(
                    "name another with `--port`, or let one be found with `--port 0`".to_owned(),
                ),
            },
            io::ErrorKind::AddrNotAvailable => DiskError {
                doing,
                cause: "this machine has no such address".to_owned(),
                help: Some("leave out `--address` to serve on 127.0.0.1".to_owned()),
            },
            _ => trouble(&doing, &error),
        }
    })
}

fn trouble(doing: &str, error: &io::Error) -> DiskError {
    DiskError { doing: doing.to_owned(), cause: error.to_string(), help: None }
}

/// Says who can read the report, where that is not this machine alone.
fn warn(bound: SocketAddr) {
    if !bound.ip().is_loopback() {
        let _ = terminal::print_error(&format!(
            "warning: everyone who reaches {bound} can read this report\n  \
             leave out `--address` to show it on this machine alone\n",
        ));
    }
}

/// A name for this run of the server: a page of an earlier one is always out of date.
fn epoch() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    now.as_micros() as u64
}
