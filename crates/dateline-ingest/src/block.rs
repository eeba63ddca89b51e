//! The bytes of a record as they are gathered, and where the next record begins in them.

use memchr::memmem;

/// Bytes gathered up to a bound. Beyond it only the first are kept, which tell what it was.
pub(crate) struct Block {
    pub(crate) bytes: Vec<u8>,
    /// How many bytes there were.
    pub(crate) length: u64,
    most: usize,
    /// The last few bytes, once the block is too large to be kept.
    tail: Option<Vec<u8>>,
}

/// What is kept of a block that is too large.
const HEAD: usize = 16 << 10;
/// The longest first line of a record, with the line break before it.
const SEAM: usize = "\nWARC/0.18\r".len();

impl Block {
    pub(crate) fn new(most: usize) -> Self {
        Self { bytes: Vec::new(), length: 0, most, tail: None }
    }

    pub(crate) fn is_too_large(&self) -> bool {
        self.tail.is_some()
    }

    /// How many more bytes are taken before the block is too large; of a large one, any number.
    pub(crate) fn room(&self) -> usize {
        if self.is_too_large() { usize::MAX } else { self.most - self.bytes.len() }
    }

    /// From here on, keeps the head and the last few bytes only.
    pub(crate) fn keep_head(&mut self) {
        self.tail = Some(self.last().to_vec());
        self.bytes.truncate(HEAD.min(self.most));
        self.bytes.shrink_to_fit();
    }

    pub(crate) fn push(&mut self, part: &[u8]) {
        self.length += part.len() as u64;
        match &mut self.tail {
            None => self.bytes.extend_from_slice(part),
            Some(tail) => {
                tail.extend_from_slice(&part[part.len().saturating_sub(SEAM)..]);
                tail.drain(..tail.len().saturating_sub(SEAM));
            }
        }
    }

    fn last(&self) -> &[u8] {
        let all = self.tail.as_ref().unwrap_or(&self.bytes);
        &all[all.len().saturating_sub(SEAM)..]
    }

    /// The last bytes of the block, where the first line of a record begins in them and goes on in
    /// `next`. The block is cut before it.
    pub(crate) fn cut_at_seam(&mut self, next: &[u8]) -> Option<Vec<u8>> {
        let last = self.last().to_vec();
        let seam = [&last, &next[..next.len().min(SEAM)]].concat();
        let at = record_start(&seam).filter(|at| *at <= last.len())?;
        let cut = last.len() - at;
        self.length -= cut as u64;
        let all = self.tail.as_mut().unwrap_or(&mut self.bytes);
        all.truncate(all.len() - cut);
        Some(last[at..].to_vec())
    }

    /// Cuts the block before the first record that begins in it, and returns the rest.
    pub(crate) fn cut_at_record(&mut self) -> Option<Vec<u8>> {
        let at = record_start(&self.bytes).filter(|_| !self.is_too_large())?;
        let rest = self.bytes.split_off(at);
        self.length -= rest.len() as u64;
        Some(rest)
    }

    /// Takes away the two line breaks that end a record.
    pub(crate) fn trim_end(&mut self) {
        for _ in 0..2 {
            for byte in [b'\n', b'\r'] {
                if self.tail.is_none() && self.bytes.last() == Some(&byte) {
                    self.bytes.pop();
                    self.length -= 1;
                }
            }
        }
    }
}

/// Where the first line of a record begins, after a line break.
pub(crate) fn record_start(bytes: &[u8]) -> Option<usize> {
    memmem::find_iter(bytes, b"\nWARC/").map(|at| at + 1).find(|at| begins_record(&bytes[*at..]))
}

/// Do the bytes begin with `WARC/1.0` or the like, and a line break?
pub(crate) fn begins_record(bytes: &[u8]) -> bool {
    let Some(version) = bytes.strip_prefix(b"WARC/") else { return false };
    let end = version.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
    matches!(version.get(..end.unwrap_or(0)), Some([b'0'..=b'9', b'.', minor @ ..])
        if matches!(minor.len(), 1..=2) && minor.iter().all(u8::is_ascii_digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_begins_with_its_version_on_a_line_of_its_own() {
        let cases: [(&[u8], Option<usize>); 6] = [
            (b"end\r\n\r\nWARC/1.0\r\nWARC-Type: x", Some(7)),
            (b"end\nWARC/0.18\n", Some(4)),
            (b"read WARC/1.0\r\n", None),
            (b"\nWARC/1.0 is a format\n", None),
            (b"\nWARC/1.", None),
            (b"", None),
        ];
        for (bytes, expected) in cases {
            assert_eq!(record_start(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_first_line_across_two_parts_is_found() {
        let whole = b"some text\nWARC/1.1\r\nmore";
        for cut in 0..=whole.len() {
            let (first, second) = whole.split_at(cut);
            let mut block = Block::new(100);
            block.push(first);
            let found = block.cut_at_seam(second);
            let across = (10..=20).contains(&cut);
            assert_eq!(found.is_some(), across, "{cut}");
            if let Some(back) = found {
                assert_eq!(block.bytes, b"some text\n");
                assert_eq!([&back, second].concat(), b"WARC/1.1\r\nmore");
            }
        }
    }

    #[test]
    fn a_block_that_is_too_large_keeps_its_head() {
        let mut block = Block::new(10);
        block.push(b"0123456789");
        assert_eq!(block.room(), 0);
        block.keep_head();
        block.push(b"and more\nWAR");
        assert_eq!(block.cut_at_seam(b"C/1.0\r\n"), Some(b"WAR".to_vec()));
        assert_eq!((block.bytes.as_slice(), block.length), (&b"0123456789"[..], 19));
    }
}
