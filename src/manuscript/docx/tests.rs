//! Documents written here.
