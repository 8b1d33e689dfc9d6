//! Tables that are quick to ask. Names `rustc_hash` alone.
//!
//! The standard hash withstands keys that an enemy chose; the keys of these tables are the report's
//! own: its words, its labels, the places of its bytes.

/// A table.
pub use rustc_hash::FxHashMap as QuickMap;

/// A set.
pub use rustc_hash::FxHashSet as QuickSet;
