//! A quick hash for small tables in which every token of a text is looked up.
//!
//! The standard hash is made to withstand keys that an enemy chose; these tables hold the program's
//! own words, the names of laws, and the few names that a chapter defines.

use std::hash::{BuildHasherDefault, Hasher};

/// Builds the quick hash.
pub(super) type Quick = BuildHasherDefault<QuickHasher>;

/// Multiplies and turns, eight bytes at a time.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct QuickHasher(u64);

impl QuickHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for QuickHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            self.add(chunk.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)));
        }
        let rest = chunks.remainder();
        self.add(rest.iter().fold(rest.len() as u64, |word, byte| word << 8 | u64::from(*byte)));
    }

    fn write_u8(&mut self, byte: u8) {
        self.add(u64::from(byte));
    }

    fn finish(&self) -> u64 {
        // The tables use the high bits to choose a group and the low ones to choose a place.
        self.0 ^ self.0 >> 32
    }
}
