//! The page's visible text in lines, with the element and the place of every stretch: what the
//! reader of printed dates runs over, once for the whole page.

use std::ops::Range;

use crate::html::{Document, NodeId, NodeKind, ReferencePlace, Tag, TextCoding, reference};

/// Visible text; blocks and line breaks end a line, other elements part words.
#[derive(Debug, Default)]
pub(crate) struct VisibleText {
    text: String,
    pieces: Vec<Piece>,
}

/// A stretch of the visible text that stands in the page as it is, or is one character reference.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Where it begins in the visible text.
    at: usize,
    /// Where it begins in the page's decoded text.
    source: usize,
    /// The text node.
    node: NodeId,
}

impl VisibleText {
    /// Gathers the text of a page, scripts and styles left out.
    pub(crate) fn of(page: &Document<'_>) -> Self {
        let mut visible = Self::default();
        let mut block_ends: Vec<NodeId> = Vec::new();
        for (id, node) in page.nodes() {
            while block_ends.pop_if(|end| *end <= id).is_some() {
                visible.part('\n');
            }
            match &node.kind {
                NodeKind::Element(e) if e.tag.is_block() || matches!(e.tag, Tag::Br | Tag::Option) => {
                    visible.part('\n');
                    block_ends.push(node.end);
                }
                NodeKind::Element(_) => visible.part(' '),
                NodeKind::Text(text) if text.coding == TextCoding::References => {
                    visible.part(' ');
                    visible.push(page.source().as_str(), text.range.range(), id);
                }
                _ => {}
            }
        }
        visible
    }

    /// The text.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The node that holds the character at `at`.
    pub(crate) fn node_at(&self, at: usize) -> NodeId {
        self.piece_at(at).map_or(NodeId::ROOT, |piece| piece.node)
    }

    /// Where a stretch of the visible text stands in the page's decoded text.
    pub(crate) fn source(&self, range: &Range<usize>) -> Range<usize> {
        let place = |at: usize| self.piece_at(at).map_or(0, |piece| piece.source + (at - piece.at));
        let start = place(range.start);
        start..(place(range.end.saturating_sub(1)) + 1).max(start)
    }

    /// Where the text of `node` begins in the visible text.
    pub(crate) fn offset_of(&self, node: NodeId) -> usize {
        let first = self.pieces.partition_point(|piece| piece.node < node);
        self.pieces.get(first).map_or(self.text.len(), |piece| piece.at)
    }

    /// The line that holds `at`.
    pub(crate) fn line_around(&self, at: usize) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |n| n + 1);
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n);
        start..end
    }

    fn piece_at(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.at <= at);
        self.pieces.get(after.checked_sub(1)?)
    }

    /// Ends a line or a word, once.
    fn part(&mut self, mark: char) {
        match self.text.as_bytes().last() {
            Some(b' ') if mark == '\n' => {
                self.text.pop();
                self.text.push(mark);
            }
            None | Some(b'\n' | b' ') => {}
            Some(_) => self.text.push(mark),
        }
    }

    fn push(&mut self, source: &str, range: Range<usize>, node: NodeId) {
        let bytes = &source.as_bytes()[..range.end];
        let mut at = range.start;
        while at < bytes.len() {
            let end = at + bytes[at..].windows(2).position(breaks).unwrap_or(bytes.len() - at);
            // The last byte has no window of its own.
            let end = if end == bytes.len() && breaks(&[bytes[end - 1], b' ']) { end - 1 } else { end };
            self.push_piece(&source[at..end], at, node);
            at = match bytes.get(end) {
                Some(b'&') => self.push_reference(source, end, range.end, node),
                Some(_) => self.push_blank(bytes, end..range.end, node),
                None => end,
            };
        }
    }

    fn push_reference(&mut self, source: &str, at: usize, end: usize, node: NodeId) -> usize {
        let Some(found) = reference(&source[at..end], ReferencePlace::Text) else {
            self.push_piece("&", at, node);
            return at + 1;
        };
        let mut buffer = [0; 4];
        self.pieces.push(Piece { at: self.text.len(), source: at, node });
        self.text.push_str(found.text.as_str(&mut buffer));
        at + found.length
    }

    /// A run of white space becomes one space.
    fn push_blank(&mut self, bytes: &[u8], range: Range<usize>, node: NodeId) -> usize {
        let length = bytes[range.clone()].iter().take_while(|b| b.is_ascii_whitespace()).count().max(1);
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.push_piece(" ", range.start, node);
        }
        range.start + length
    }

    fn push_piece(&mut self, text: &str, source: usize, node: NodeId) {
        if text.is_empty() {
            return;
        }
        let goes_on = self
            .pieces
            .last()
            .is_some_and(|last| last.node == node && last.source + (self.text.len() - last.at) == source);
        if !goes_on {
            self.pieces.push(Piece { at: self.text.len(), source, node });
        }
        self.text.push_str(text);
    }
}

/// Does the text as it stands end before the first of these two bytes: at a character reference, or at
/// white space that is more than one space between words?
fn breaks(pair: &[u8]) -> bool {
    match pair[0] {
        b'&' | b'\n' | b'\r' | b'\t' => true,
        b' ' => pair[1].is_ascii_whitespace(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;

    #[test]
    fn lines_and_places() {
        let source =
            decode(b"<h1>Talks</h1><p>On <b>3</b>\n  May&nbsp;2016<br>x<script>1</script></p>y", "utf-8");
        let page = Document::parse(&source);
        let visible = VisibleText::of(&page);
        assert_eq!(visible.as_str(), "Talks\nOn 3 May\u{a0}2016\nx\ny");
        let date = visible.as_str().find('3').unwrap();
        let place = visible.source(&(date..visible.as_str().find("\nx").unwrap()));
        assert_eq!(&source.as_str()[place], "3</b>\n  May&nbsp;2016");
        assert_eq!(visible.line_around(date), 6..date + 11);
    }
}
