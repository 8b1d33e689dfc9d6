//! The law: instruments, rights, parties, and the recogniser of articles in prose.
