//! What was made before, by the hash of all that it was made from. Names `blake3` alone.
//!
//! A memo changes when a value is made and never what it is: whoever asks hands over the key of
//! everything that the making reads. What one build does not ask for, the next does not find: a
//! memo is never larger than two builds.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, PoisonError};

/// The hash of what a value is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key([u8; 32]);

impl Key {
    /// The key of `inputs`.
    pub fn of(inputs: &(impl Hash + ?Sized)) -> Key {
        let mut digest = Digest::default();
        inputs.hash(&mut digest);
        digest.pass_on();
        Key(*digest.hasher.finalize().as_bytes())
    }
}

/// A hasher whose hashes do not collide.
#[derive(Default)]
struct Digest {
    hasher: blake3::Hasher,
    /// What is yet to be hashed: many small pieces cost more than one large one.
    pending: Vec<u8>,
}

/// Bytes that are hashed at once.
const PIECE: usize = 8192;

impl Digest {
    fn pass_on(&mut self) {
        self.hasher.update(&self.pending);
        self.pending.clear();
    }
}

impl Hasher for Digest {
    fn write(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
        if self.pending.len() >= PIECE {
            self.pass_on();
        }
    }

    fn finish(&self) -> u64 {
        let hash = self.hasher.clone().update(&self.pending).finalize();
        hash.as_bytes().iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    }
}

/// Values by the key of their inputs.
#[derive(Debug)]
pub struct Memo<V> {
    /// Those of the build before.
    before: HashMap<Key, V>,
    /// Those of this build.
    now: Mutex<HashMap<Key, V>>,
}

impl<V> Default for Memo<V> {
    fn default() -> Memo<V> {
        Memo { before: HashMap::new(), now: Mutex::default() }
    }
}

impl<V: Clone> Memo<V> {
    /// Begins a build: what the build before did not ask for is forgotten.
    pub fn turn(&mut self) {
        let now = self.now.get_mut().unwrap_or_else(PoisonError::into_inner);
        self.before = std::mem::take(now);
    }

    /// The value of `key`, which `make` makes where it is not kept. Asked from many threads, it
    /// may be made twice; it is the same value.
    pub fn get(&self, key: Key, make: impl FnOnce() -> V) -> V {
        let kept = || self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = kept().get(&key) {
            return value.clone();
        }
        let value = self.before.get(&key).cloned().unwrap_or_else(make);
        kept().insert(key, value.clone());
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_what_is_not_kept_and_forgets_what_nobody_asked_for() {
        let mut memo = Memo::default();
        let key = Key::of("a");
        assert_eq!(memo.get(key, || 1), 1);
        assert_eq!(memo.get(key, || 2), 1);
        memo.turn();
        assert_eq!(memo.get(key, || 3), 1, "kept for the next build");
        memo.turn();
        memo.turn();
        assert_eq!(memo.get(key, || 4), 4, "not for the one after that");
    }

    #[test]
    fn keys_tell_inputs_apart() {
        assert_eq!(Key::of(&("a", 1)), Key::of(&("a", 1)));
        assert_ne!(Key::of(&("ab", "c")), Key::of(&("a", "bc")));
        assert_ne!(Key::of(&vec!["a"]), Key::of(&vec!["a", ""]));
    }
}
