//! `undeclared-claim`: a sentence that names a right and an article and is not declared.

use super::Context;
use crate::diagnostic::Sink;

/// Looks at every sentence that names an article outside a claim.
pub fn check(_: &Context, _: &mut Sink) {}
