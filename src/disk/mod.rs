//! The disk: a project into [`Sources`](crate::source::Sources), a [`Site`](crate::output::Site)
//! onto disk. Names `walkdir` and `tempfile` alone.

mod read;
mod waiting;
mod write;

pub use read::{Reader, read, read_beside, read_file};
pub use write::{Written, append, create, keep, read_kept, replace, write};

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The environment did not do what was asked: no such folder, disk full, no permission.
#[derive(Debug)]
pub struct DiskError {
    /// What was being done, and to what.
    pub doing: String,
    /// What the system said, or what is in the way.
    pub cause: String,
    /// What to do about it, where that is known.
    pub help: Option<String>,
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}: {}", self.doing, self.cause)?;
        match &self.help {
            Some(help) => write!(f, "\n  {help}"),
            None => Ok(()),
        }
    }
}

impl DiskError {
    fn io(doing: &str, path: &Path, error: &io::Error) -> DiskError {
        use io::ErrorKind::*;
        let (cause, help) = match error.kind() {
            NotFound => ("there is no such file or folder", None),
            PermissionDenied => (
                "permission denied",
                Some("give yourself the right to it, or work in a folder of your own"),
            ),
            StorageFull => ("the disk is full", Some("make room on it and try once more")),
            QuotaExceeded => {
                ("your share of the disk is full", Some("make room on it and try once more"))
            }
            FileTooLarge => ("the file is larger than this system lets it be", None),
            ReadOnlyFilesystem => ("nothing can be written on this disk", None),
            IsADirectory => ("it is a folder, not a file", None),
            NotADirectory | AlreadyExists => {
                ("a file is in its place", Some("move the file away, or name another folder"))
            }
            _ if is_link_loop(error) => {
                ("it is a link that leads to itself", Some("remove the link"))
            }
            _ => ("", None),
        };
        let cause = if cause.is_empty() { error.to_string() } else { cause.to_owned() };
        let doing = format!("cannot {doing} {}", path.display());
        DiskError { doing, cause, help: help.map(str::to_owned) }
    }

    fn refused(doing: String, cause: &str, help: &str) -> DiskError {
        DiskError { doing, cause: cause.to_owned(), help: Some(help.to_owned()) }
    }
}

/// Whether a path could not be followed because its links go round; the system's own number says
/// so, for which the library has no stable name.
fn is_link_loop(error: &io::Error) -> bool {
    cfg!(unix) && matches!(error.raw_os_error(), Some(40 | 62))
}

/// The name of the file that marks a project.
pub const PROJECT_FILE: &str = "book.toml";

/// Finds the project that holds `start`: `start` itself or the nearest folder above it that has a
/// `book.toml`.
pub fn find_project(start: &Path) -> Result<PathBuf, DiskError> {
    let start = fs::canonicalize(start).map_err(|e| DiskError::io("open", start, &e))?;
    let found = start.ancestors().find(|folder| folder.join(PROJECT_FILE).is_file());
    found.map(Path::to_owned).ok_or_else(|| {
        DiskError::refused(
            format!("no report in {}", start.display()),
            "neither it nor a folder above it has a book.toml",
            "start one with `rapporteur new DIR`, or name the folder of a report",
        )
    })
}

/// Opens the project in `folder` itself.
pub fn project_in(folder: &Path) -> Result<PathBuf, DiskError> {
    let named = fs::canonicalize(folder).map_err(|e| DiskError::io("open", folder, &e))?;
    // Whoever names the settings means their folder.
    let root = match named.parent() {
        Some(parent) if named.is_file() && named.ends_with(PROJECT_FILE) => parent.to_owned(),
        _ => named,
    };
    if root.is_file() {
        return Err(DiskError::refused(
            format!("{} is a file", folder.display()),
            "a report is a folder",
            "name the folder that has the book.toml",
        ));
    }
    if root.join(PROJECT_FILE).is_file() {
        return Ok(root);
    }
    Err(DiskError::refused(
        format!("no report in {}", folder.display()),
        "it has no book.toml",
        "start one with `rapporteur new DIR`",
    ))
}
