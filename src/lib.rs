//! Rapporteur compiles annotated policy reports into cross-referenced, checked sites.
//!
//! The order of the `mod` lines is the architecture: a module names only modules above it.

pub mod source;
pub mod diagnostic;
pub mod parallel;
pub mod quick;
pub mod memo;
pub mod yaml;
pub mod words;
pub mod config;
pub mod document;
pub mod bibliography;
pub mod interchange;
pub mod annotation;
pub mod law;
pub mod chart;
pub mod unit;
pub mod parse;
pub mod report;
pub mod resolve;
pub mod check;
pub mod csl;
pub mod search;
pub mod raster;
pub mod theme;
pub mod output;
pub mod session;
pub mod manuscript;
// Only what follows touches the machine.
pub mod disk;
pub mod watch;
pub mod terminal;
pub mod serve;
pub mod online;
pub mod cli;
