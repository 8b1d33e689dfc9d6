//! What was made before, by the hash of all that it was made from. Names `blake3` and `postcard`
//! alone.
//!
//! A memo changes when a value is made and never what it is: whoever asks hands over the key of
//! everything that the making reads. What one build does not ask for, the next does not find: a
//! memo is never larger than two builds. [`Memo::packed`] is what one build asked for, as bytes that
//! another process may unpack; bytes that are damaged or another program's are nothing.

use crate::parallel;
use crate::quick::QuickMap;
use serde::Serialize;
use serde::de::DeserializeOwned;
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
    before: QuickMap<Key, V>,
    /// Those of this build.
    now: Mutex<QuickMap<Key, V>>,
}

impl<V> Default for Memo<V> {
    fn default() -> Memo<V> {
        Memo { before: QuickMap::default(), now: Mutex::default() }
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

impl<V: Clone + Send + Sync> Memo<V> {
    /// The values of this build as bytes for `program`, each in the form that `form` gives it; those
    /// that it gives none are left out. The same values give the same bytes.
    pub fn packed<F: Serialize>(
        &self,
        program: Key,
        form: impl Fn(&V) -> Option<&F> + Sync,
    ) -> Vec<u8> {
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let mut values: Vec<(&Key, &V)> = now.iter().collect();
        values.sort_unstable_by_key(|(key, _)| key.0);
        let mut bytes = program.0.to_vec();
        let records = parallel::map(&values, |(key, value)| {
            let packed = postcard::to_stdvec(form(value)?).ok()?;
            Some((key.0, seal(key, &packed).0, packed))
        });
        for (key, seal, packed) in records.into_iter().flatten() {
            bytes.extend(key);
            bytes.extend(seal);
            bytes.extend((packed.len() as u64).to_le_bytes());
            bytes.extend(packed);
        }
        bytes
    }

    /// Takes what [`packed`](Memo::packed) gave as what the build before made.
    pub fn unpack<F: DeserializeOwned>(
        &mut self,
        program: Key,
        bytes: &[u8],
        value: impl Fn(F) -> V + Sync,
    ) {
        let Some(mut rest) = bytes.strip_prefix(&program.0) else { return };
        let mut records = Vec::new();
        while let Some((key, packed, after)) = first_record(rest) {
            rest = after;
            records.push((key, packed));
        }
        let values = parallel::map(&records, |(key, packed)| {
            Some((*key, value(postcard::from_bytes(packed).ok()?)))
        });
        let now = self.now.get_mut().unwrap_or_else(PoisonError::into_inner);
        now.extend(values.into_iter().flatten());
    }
}

/// Shows that a packed value is whole and belongs to its key.
fn seal(key: &Key, packed: &[u8]) -> Key {
    Key::of(&(key, packed))
}

/// The first value of a pack and what follows it; nothing where it is not whole.
fn first_record(bytes: &[u8]) -> Option<(Key, &[u8], &[u8])> {
    let (key, rest) = bytes.split_first_chunk()?;
    let (sealed, rest) = rest.split_first_chunk()?;
    let (length, rest) = rest.split_first_chunk()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let (packed, rest) = rest.split_at_checked(length)?;
    let key = Key(*key);
    (seal(&key, packed) == Key(*sealed)).then_some((key, packed, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A memo of two words, and its bytes.
    fn packed(program: Key) -> Vec<u8> {
        let memo = Memo::default();
        for word in ["one", "two"] {
            memo.get(Key::of(word), || word.to_owned());
        }
        memo.packed(program, |word| Some(word))
    }

    fn unpacked(program: Key, bytes: &[u8]) -> Memo<String> {
        let mut memo = Memo::default();
        memo.unpack(program, bytes, |word: String| word);
        memo.turn();
        memo
    }

    #[test]
    fn values_come_back_from_bytes() {
        let program = Key::of("program");
        let memo = unpacked(program, &packed(program));
        assert_eq!(memo.get(Key::of("one"), || "made anew".to_owned()), "one");
        assert_eq!(memo.get(Key::of("two"), || "made anew".to_owned()), "two");
        let only = memo.packed(program, |word| Some(word).filter(|word| *word == "one"));
        let memo = unpacked(program, &only);
        assert_eq!(memo.get(Key::of("two"), || "made anew".to_owned()), "made anew");
    }

    #[test]
    fn another_programs_bytes_are_nothing() {
        let memo = unpacked(Key::of("later"), &packed(Key::of("program")));
        assert_eq!(memo.get(Key::of("one"), || "made anew".to_owned()), "made anew");
    }

    #[test]
    fn no_damage_brings_back_what_was_not_kept() {
        let program = Key::of("program");
        let whole = packed(program);
        let damaged = (0..whole.len()).flat_map(|at| {
            let mut other = whole.clone();
            other[at] ^= 1;
            [other, whole[..at].to_vec()]
        });
        for bytes in damaged {
            let memo = unpacked(program, &bytes);
            for word in ["one", "two"] {
                let value = memo.get(Key::of(word), || "made anew".to_owned());
                assert!(value == word || value == "made anew", "{value}");
            }
        }
    }

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
