//! The file below an archive: its bytes counted, and looked through for gzip members.

use std::io::{self, BufRead, Read};

/// How much is read at once, but for the first time: most files are one short page.
pub(crate) const BUFFER: usize = 64 << 10;
/// How much is read first.
pub(crate) const FIRST: usize = 16 << 10;
/// What a gzip member begins with.
pub(crate) const GZIP: [u8; 3] = [0x1F, 0x8B, 0x08];

/// A file that counts what was read of it, and that can be looked into a few bytes ahead.
pub(crate) struct Counted {
    file: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// Bytes of the file before `start`.
    pub(crate) count: u64,
    /// How much may still be read twice; it grows with what is read once.
    rereads: u64,
}

impl Counted {
    pub(crate) fn new(file: Box<dyn Read + Send>) -> Self {
        Self { file, buffer: vec![0; FIRST], start: 0, end: 0, count: 0, rereads: 0 }
    }

    /// Goes back towards `place`, as far as the buffer reaches, or on to it. What is read twice is
    /// bounded by what is read at all, so that a file made of false members costs linear time.
    pub(crate) fn go_back(&mut self, place: u64) {
        let back = usize::try_from(self.count.saturating_sub(place)).unwrap_or(usize::MAX).min(self.start);
        if self.rereads >= back as u64 {
            self.rereads -= back as u64;
            self.start -= back;
            self.count -= back as u64;
        }
        if self.count < place {
            self.consume(1);
        }
    }

    /// Where in the buffer a gzip member begins.
    pub(crate) fn member_ahead(&self) -> Option<usize> {
        memchr::memmem::find(&self.buffer[self.start..self.end], &GZIP)
    }

    /// The bytes ahead, `least` of them unless the file ends before.
    pub(crate) fn window(&mut self, least: usize) -> io::Result<&[u8]> {
        while self.end - self.start < least {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
            let n = read(&mut self.file, &mut self.buffer[self.end..])?;
            if n == 0 {
                break;
            }
            self.end += n;
            if self.end == self.buffer.len() {
                self.buffer.resize(BUFFER, 0);
            }
            self.rereads += 4 * n as u64;
        }
        Ok(&self.buffer[self.start..self.end])
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.window(1)
    }

    fn consume(&mut self, amount: usize) {
        let amount = amount.min(self.end - self.start);
        self.start += amount;
        self.count += amount as u64;
    }
}

impl Read for Counted {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let window = self.window(1)?;
        let n = window.len().min(out.len());
        out[..n].copy_from_slice(&window[..n]);
        self.consume(n);
        Ok(n)
    }
}

/// What was skipped, and what ended it.
pub(crate) struct Gap {
    pub(crate) skipped: u64,
    pub(crate) ends: Ends,
}

pub(crate) enum Ends {
    Member,
    File,
}

/// Goes to the next gzip member. Padding of NULs, as on tapes, is no damage and does not count.
pub(crate) fn skip_to_member(file: &mut Counted) -> io::Result<Gap> {
    let (mut skipped, mut is_padding) = (0, true);
    loop {
        let window = file.window(GZIP.len())?;
        let is_end = window.is_empty();
        if is_end || window.starts_with(&GZIP) {
            let ends = if is_end { Ends::File } else { Ends::Member };
            return Ok(Gap { skipped: if is_padding { 0 } else { skipped }, ends });
        }
        let step = memchr::memchr(GZIP[0], &window[1..]).map_or(window.len(), |at| at + 1);
        is_padding &= window[..step].iter().all(|byte| *byte == 0);
        skipped += step as u64;
        file.consume(step);
    }
}

/// Reads once, whatever signals come in between.
pub(crate) fn read(from: &mut impl Read, into: &mut [u8]) -> io::Result<usize> {
    loop {
        match from.read(into) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}
