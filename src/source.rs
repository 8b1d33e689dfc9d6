//! Text and places in it: decoded files, byte spans, lines and columns.
//!
//! `Sources` is the whole input as one value: every text file of a report, every asset beside
//! them. Nothing here reads a disk. A span is bytes of the *decoded* text (no byte-order mark).

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Index of a file within [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// Names bytes `range` of `file`.
    pub fn new(file: FileId, range: Range<usize>) -> Span {
        Span { file, start: range.start, end: range.end.max(range.start) }
    }

    /// The bytes as a range.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }

    /// The span from the start of this one to the end of `other`, in the same file.
    pub fn to(self, other: Span) -> Span {
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A line and a column, both from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// One decoded text file.
#[derive(Debug, Clone)]
pub struct File {
    /// Path from the project root, with forward slashes.
    pub path: String,
    /// The text, without a byte-order mark; line ends are as written.
    pub text: Arc<str>,
    /// First byte that was not UTF-8 (replaced by U+FFFD in `text`), as an offset into `text`.
    pub invalid_at: Option<usize>,
    line_starts: Arc<[usize]>,
    /// Characters before each [`STRIDE`]th byte (or the letter that it lies in), so that a column on
    /// a line of megabytes costs no more than one on a short line.
    characters: Arc<[usize]>,
}

/// Bytes between two counts of characters.
const STRIDE: usize = 1024;

impl File {
    /// Decodes `bytes` as UTF-8, dropping a byte-order mark; remembers the first invalid byte.
    pub fn decode(path: impl Into<String>, bytes: &[u8]) -> File {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let (text, invalid_at) = match std::str::from_utf8(bytes) {
            Ok(text) => (Arc::from(text), None),
            Err(error) => {
                (Arc::from(String::from_utf8_lossy(bytes).as_ref()), Some(error.valid_up_to()))
            }
        };
        let line_starts = line_starts(&text);
        let characters = characters(&text);
        File { path: path.into(), text, invalid_at, line_starts, characters }
    }

    /// Whether `other` says the same.
    pub fn is_same(&self, other: &File) -> bool {
        self.text == other.text && self.invalid_at == other.invalid_at
    }

    /// The line and column of byte `offset`; an offset past the end gives the end.
    pub fn place(&self, offset: usize) -> Place {
        let offset = floor_char(&self.text, offset);
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let start = self.line_starts[line - 1];
        Place { line, column: self.characters_before(offset) - self.characters_before(start) + 1 }
    }

    /// How many characters stand before `offset`, which is a character border.
    fn characters_before(&self, offset: usize) -> usize {
        let stride = offset / STRIDE;
        let from = floor_char(&self.text, stride * STRIDE);
        self.characters[stride] + self.text[from..offset].chars().count()
    }

    /// The text of `range`, cut to what exists and to character borders.
    pub fn slice(&self, range: Range<usize>) -> &str {
        let start = floor_char(&self.text, range.start);
        let end = floor_char(&self.text, range.end).max(start);
        &self.text[start..end]
    }

    /// The bytes of line `line` (from 1), without its line end.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let start = self.line_starts[line - 1];
        let end = self.line_starts.get(line).copied().unwrap_or(self.text.len());
        let text = self.text[start..end].trim_end_matches(['\n', '\r']);
        start..start + text.len()
    }
}

fn line_starts(text: &str) -> Arc<[usize]> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

fn characters(text: &str) -> Arc<[usize]> {
    let mut counts = vec![0];
    let mut from = 0;
    for at in (STRIDE..=text.len()).step_by(STRIDE) {
        let to = floor_char(text, at);
        let last = counts[counts.len() - 1];
        counts.push(last + text[from..to].chars().count());
        from = to;
    }
    counts.into()
}

/// The nearest character border at or before `offset`.
fn floor_char(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// A file that is carried to the site as it is: an image, a data file.
pub type Asset = Arc<[u8]>;

/// Everything a build reads, as one value.
///
/// Ids are stable while files come and go: a session keeps what it made from a file that did not
/// change. So the order of ids says nothing; files are listed by path.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<File>,
    by_path: BTreeMap<String, FileId>,
    /// Ids of files that were removed.
    free: Vec<FileId>,
    /// Bytes of other files by path from the project root, with forward slashes.
    pub assets: BTreeMap<String, Asset>,
    /// Paths of links that lead out of the project and were not followed.
    pub refused: Vec<String>,
    /// Paths whose names no address can hold; the files were left out.
    pub misnamed: Vec<String>,
}

impl Sources {
    /// Adds a text file and returns its id; a path that is there already keeps its id and is replaced.
    pub fn add(&mut self, file: File) -> FileId {
        if let Some(&id) = self.by_path.get(&file.path) {
            self.files[id.0 as usize] = file;
            return id;
        }
        let id = self.free.pop().unwrap_or(FileId(self.files.len() as u32));
        self.by_path.insert(file.path.clone(), id);
        match self.files.get_mut(id.0 as usize) {
            Some(slot) => *slot = file,
            None => self.files.push(file),
        }
        id
    }

    /// Adds a data file, which is read and goes to the site as it is.
    pub fn add_data(&mut self, path: &str, bytes: &[u8]) -> FileId {
        self.assets.insert(path.to_owned(), bytes.into());
        self.add(File::decode(path, bytes))
    }

    /// Removes the text files and assets whose path `keep` denies; tells whether there were any.
    ///
    /// The id of a removed file stands for no text until a new file takes it.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) -> bool {
        let count = self.by_path.len() + self.assets.len();
        let (files, free) = (&mut self.files, &mut self.free);
        self.by_path.retain(|path, id| {
            let keeps = keep(path);
            if !keeps {
                files[id.0 as usize] = File::decode("", b"");
                free.push(*id);
            }
            keeps
        });
        self.assets.retain(|path, _| keep(path));
        count != self.by_path.len() + self.assets.len()
    }

    /// Adds `text` under `path`; for tests and generated input.
    pub fn add_text(&mut self, path: &str, text: &str) -> FileId {
        self.add(File::decode(path, text.as_bytes()))
    }

    /// The file with this id.
    pub fn file(&self, id: FileId) -> &File {
        &self.files[id.0 as usize]
    }

    /// The file at `path`, if it is there.
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// All text files with their ids, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &File)> {
        self.by_path.values().map(|&id| (id, self.file(id)))
    }

    /// The text of `span`.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).slice(span.range())
    }
}

/// The path that `target`, written in the file at `from`, means; nothing if it leaves the project.
/// One that begins with a slash counts from the content folder `src`.
pub fn join(from: &str, src: &str, target: &str) -> Option<String> {
    let target = percent_decoded(target);
    let (base, target) = match target.strip_prefix('/') {
        Some(rest) => (src, rest),
        None => (from.rsplit_once('/').map_or("", |(folder, _)| folder), target.as_str()),
    };
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code {
            Some(byte) if bytes[at] == b'%' => {
                out.push(byte);
                at += 3;
            }
            _ => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_and_survive_foreign_offsets() {
        let file = File::decode("a.md", "\u{FEFF}аб\r\nвг".as_bytes());
        assert_eq!(&*file.text, "аб\r\nвг");
        assert_eq!(file.place(2), Place { line: 1, column: 2 });
        assert_eq!(file.place(6), Place { line: 2, column: 1 });
        assert_eq!(file.place(7), Place { line: 2, column: 1 }, "inside a character");
        assert_eq!(file.place(999), Place { line: 2, column: 3 });
        assert_eq!(file.line_range(1), 0..4);
    }

    #[test]
    fn files_come_and_go_under_stable_ids() {
        let mut sources = Sources::default();
        let [b, a, c] = ["b.md", "a.md", "c.md"].map(|path| sources.add_text(path, path));
        sources.assets.insert("b.png".to_owned(), Arc::from(&b"b"[..]));
        assert!(!sources.retain(|_| true));
        assert!(sources.retain(|path| !path.starts_with('b')));
        assert_eq!((sources.find("b.md"), sources.assets.len()), (None, 0));
        assert_eq!((sources.find("a.md"), sources.find("c.md")), (Some(a), Some(c)));
        assert_eq!(sources.text(Span::new(b, 0..4)), "", "a span into what is gone is no panic");
        assert_eq!(sources.add_text("d.md", "d"), b, "no slot is lost however often files change");
        let paths: Vec<&str> = sources.files().map(|(_, file)| file.path.as_str()).collect();
        assert_eq!(paths, ["a.md", "c.md", "d.md"]);
    }

    #[test]
    fn columns_on_long_lines_are_counted_from_the_line() {
        let text = format!("x\n{}", "ж日a".repeat(2000));
        let file = File::decode("a.md", text.as_bytes());
        for offset in (2..text.len()).filter(|at| text.is_char_boundary(*at)) {
            let column = text[2..offset].chars().count() + 1;
            assert_eq!(file.place(offset), Place { line: 2, column }, "{offset}");
        }
    }

    #[test]
    fn invalid_bytes_are_replaced_and_remembered() {
        let file = File::decode("a.md", b"ok \xFF end");
        assert_eq!(file.invalid_at, Some(3));
        assert_eq!(&*file.text, "ok \u{FFFD} end");
    }
}
