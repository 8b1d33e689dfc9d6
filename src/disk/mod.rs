//! The disk: a project into [`Sources`](crate::source::Sources), a [`Site`](crate::output::Site)
//! onto disk. Names `walkdir` and `tempfile` alone.

mod read;
mod write;

pub use read::{Reader, read, read_file};
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
        let cause = match error.kind() {
            io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
            io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            io::ErrorKind::StorageFull => "the disk is full".to_owned(),
            _ => error.to_string(),
        };
        DiskError { doing: format!("cannot {doing} {}", path.display()), cause, help: None }
    }

    fn refused(doing: String, cause: &str, help: &str) -> DiskError {
        DiskError { doing, cause: cause.to_owned(), help: Some(help.to_owned()) }
    }
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
    let root = fs::canonicalize(folder).map_err(|e| DiskError::io("open", folder, &e))?;
    if root.join(PROJECT_FILE).is_file() {
        return Ok(root);
    }
    Err(DiskError::refused(
        format!("no report in {}", folder.display()),
        "it has no book.toml",
        "start one with `rapporteur new DIR`",
    ))
}
