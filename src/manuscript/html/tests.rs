//! Pages of many programs.
