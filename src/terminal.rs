//! Diagnostics for people: source excerpts with carets, and the short form.
