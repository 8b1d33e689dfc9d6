//! `rapporteur lock`: notes the addresses under which the report is published.

use super::{Done, Status, report};
use crate::disk::{self, DiskError};
use crate::report::{ADDRESS_FILE, published};
use crate::session::Session;
use crate::source::Sources;
use crate::terminal;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Note the addresses of the report in anchors.lock, so that none is lost
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of the report [default: the nearest folder from here up that has a book.toml]
    dir: Option<PathBuf>,

    /// Let go the addresses at which nothing stands any more
    #[arg(long)]
    forget: bool,
}

/// What the file says of itself.
const HEAD: &str = "\
# Addresses under which this report was published: chapters, paragraphs, notes, claims, sections.
# `rapporteur lock` adds those that are new; `rapporteur check` tells of those that are lost.
";

/// Adds the addresses that are new.
pub fn run(arguments: &Arguments) -> Done {
    let (root, sources) = report::open(arguments.dir.as_deref())?;
    let analysis = Session::default().check(&sources);
    let addresses = analysis.report.addresses();
    let old = sources.find(ADDRESS_FILE).map_or("", |file| &sources.file(file).text);
    let known: BTreeSet<&str> = published(old).map(|(_, address)| address).collect();
    let lost = known.iter().filter(|address| !addresses.stands(address)).count();
    let is_kept = |address: &&&str| !arguments.forget || addresses.stands(address);
    let mut all: BTreeSet<&str> = known.iter().filter(is_kept).copied().collect();
    all.extend(addresses.here.iter().map(String::as_str));
    let text = all.iter().fold(HEAD.to_owned(), |text, address| text + address + "\n");
    write(&root, &sources, &text)?;
    let added = all.difference(&known).count();
    let gone = known.difference(&all).count();
    let _ = terminal::print_error(&format!(
        "{ADDRESS_FILE}: {} addresses, {added} new, {gone} let go\n",
        all.len()
    ));
    if lost > 0 && !arguments.forget {
        let _ = terminal::print_error(
            "some are lost: `rapporteur check` names them, `rapporteur lock --forget` lets them go\n",
        );
        return Ok(Status::Faulty);
    }
    Ok(Status::Clean)
}

fn write(root: &Path, sources: &Sources, text: &str) -> Result<(), DiskError> {
    let old = match sources.find(ADDRESS_FILE) {
        Some(_) => Some(disk::read_file(&root.join(ADDRESS_FILE))?),
        None => None,
    };
    disk::replace(root, ADDRESS_FILE, old.as_deref(), text.as_bytes())
}
