pub mod front_matter;
pub use front_matter::FrontMatter;
