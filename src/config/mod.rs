//! `book.toml` and front matter: what an author sets, with defaults and diagnostics.
