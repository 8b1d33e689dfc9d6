//! Sources as CSL-JSON and notes that cite them → rich text set in a CSL style.
//!
//! The CSL engine is hayagriva, which this module alone names. It is never used bare: items and
//! styles are repaired before it sees them ([`library`], [`repair`]), private markers lead through
//! its output ([`marker`]), and what comes out is laid flat, completed and mended ([`set`],
//! [`polish`]) before it becomes [`Rich`] text.
//!
//! Kept: no letter or digit of a source is lost or changed in case; numbers stay as typed; links
//! lead only to `http` and `https`; the same input gives the same text.
//!
//! This module must not know Markdown, HTML, files or the text of chapters. A note is a number and
//! clusters; what stands between them is told only by the characters that touch a cluster.
//!
//! Words in titles, names and affixes may be marked: `*italic*`, `**bold**`, `^sup^`, `~sub~`, or
//! the tags of CSL-JSON (`<i>`, `<b>`, `<sup>`, `<sub>`, `<sc>`).

mod additions;
mod apart;
mod cite;
mod dates;
mod day;
mod delimiters;
mod engine;
mod fault;
mod fold;
mod forms;
mod glyph;
mod letters;
mod library;
mod likeness;
mod listing;
mod locale;
mod locator;
mod macros;
mod marker;
mod markup;
mod names;
mod namesakes;
mod plan;
mod polish;
mod quotes;
mod repair;
mod rich;
mod run;
mod set;
mod sort;
mod style;

pub use cite::{Cite, Cluster, Locator, Mode, Note};
pub use library::{Item, Library, Mended};
pub use rich::{Piece, Rich, plain};
pub use run::EngineFailure;
pub use style::{Style, StyleError, StyleSource};
