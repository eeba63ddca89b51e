//! A feed cut at its entries by their tags alone: what is left to do where it cannot be parsed whole.

use memchr::memmem;
use serde::Deserialize;

/// How a kind of feed is cut.
#[derive(Clone, Deserialize)]
pub(crate) struct FeedKind {
    /// The beginning of its root tag.
    root: String,
    /// What opens between the root tag and an entry.
    open: String,
    /// How an entry's tag may begin.
    begin: Vec<String>,
    /// The tag that ends an entry.
    end: String,
    /// What closes the feed.
    close: String,
}

/// A feed's bytes, and how far its entries were taken.
pub(crate) struct Pieces {
    bytes: Vec<u8>,
    kind: FeedKind,
    /// Where the root tag ends.
    root: usize,
    /// Where the first entry begins.
    first: usize,
    at: usize,
}

/// One entry, with what stands between it and the one before: a range of the feed's bytes.
pub(crate) type Piece = std::ops::Range<usize>;

impl Pieces {
    /// Cuts a feed whose root tag ends within `max_root` bytes; none if it is none, or has no entry.
    pub(crate) fn of(bytes: Vec<u8>, kinds: &[FeedKind], max_root: usize) -> Option<Self> {
        let head = &bytes[..bytes.len().min(max_root)];
        let (kind, start) =
            kinds.iter().find_map(|kind| Some((kind, memmem::find(head, kind.root.as_bytes())?)))?;
        let root = start + memchr::memchr(b'>', &head[start..])? + 1;
        let begins = kind.begin.iter().filter_map(|begin| memmem::find(&bytes[root..], begin.as_bytes()));
        let first = root + begins.min()?;
        let kind = kind.clone();
        Some(Self { bytes, kind, root, first, at: first })
    }

    /// The feed without its entries.
    pub(crate) fn opening(&self) -> Vec<u8> {
        [&self.bytes[..self.first], self.kind.close.as_bytes()].concat()
    }

    /// The next entries: at most so many, and no more than so many bytes unless the first is longer.
    pub(crate) fn take(&mut self, entries: usize, bytes: usize) -> Vec<Piece> {
        let mut batch: Vec<Piece> = Vec::new();
        while batch.len() < entries {
            let Some(end) = memmem::find(&self.bytes[self.at..], self.kind.end.as_bytes()) else {
                self.at = if batch.is_empty() { self.bytes.len() } else { self.at };
                break;
            };
            let piece = self.at..self.at + end + self.kind.end.len();
            let start = batch.first().map_or(piece.start, |first| first.start);
            if !batch.is_empty() && piece.end - start > bytes {
                break;
            }
            self.at = piece.end;
            batch.push(piece);
        }
        batch
    }

    /// Neighbouring entries as a feed of their own.
    pub(crate) fn framed(&self, batch: &[Piece]) -> Vec<u8> {
        let (Some(first), Some(last)) = (batch.first(), batch.last()) else { return Vec::new() };
        let entries = &self.bytes[first.start..last.end];
        [&self.bytes[..self.root], self.kind.open.as_bytes(), entries, self.kind.close.as_bytes()].concat()
    }
}
