use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Sources};
#[derive(Debug, Clone, Default)]
pub struct FrontMatter {}
pub fn read(_s: &Sources, _f: FileId) -> (FrontMatter, usize, Vec<Diagnostic>) {
    (FrontMatter {}, 0, vec![])
}
