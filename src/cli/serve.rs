//! `rapporteur serve`: the report in the browser, built anew at every save.

use super::{Done, Status};
use crate::disk;
use crate::serve::{self, Options};
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

/// Show the report in the browser while it is being written
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of the report [default: the nearest folder from here up that has a book.toml]
    dir: Option<PathBuf>,

    /// Port; 0 takes any that is free
    #[arg(long, default_value_t = 4173)]
    port: u16,

    /// Address to listen on; others than this machine can read the report if it is not loopback
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,

    /// Say nothing but the address and the diagnostics
    #[arg(long, short)]
    quiet: bool,
}

/// Serves until it is ended.
pub fn run(arguments: &Arguments) -> Done {
    let root = match &arguments.dir {
        Some(dir) => disk::project_in(dir)?,
        None => disk::find_project(Path::new("."))?,
    };
    let options =
        Options { address: arguments.address, port: arguments.port, quiet: arguments.quiet };
    serve::run(&root, options)?;
    Ok(Status::Clean)
}
