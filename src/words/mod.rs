//! Words of the interface in each language: one TOML file a language, one struct.
