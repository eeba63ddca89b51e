//! Lines of a stream, each held to a bound: a line of 200 MB costs no more memory than the longest
//! that may be read.

use std::io::BufRead;

use crate::damage::Damage;
use crate::unpack::Unpacked;

/// Reads line by line and counts.
pub(crate) struct Lines {
    stream: Unpacked,
    limit: usize,
    /// Number of the line read last, from 1.
    pub(crate) number: u64,
}

/// What the next line turned out to be.
pub(crate) enum Line {
    /// A line without its line break.
    Whole(Vec<u8>),
    /// A line longer than the limit; it was passed over.
    TooLong {
        /// How many bytes it has.
        length: u64,
    },
    /// The stream was damaged within this line; what was read of it is lost.
    Damaged(Damage),
}

impl Lines {
    pub(crate) fn new(stream: Unpacked, limit: usize) -> Self {
        Self { stream, limit, number: 0 }
    }

    /// The stream's first bytes, before any line is read; none if they cannot be.
    pub(crate) fn head(&mut self) -> &[u8] {
        self.stream.peek()
    }

    /// The next line; none at the end.
    pub(crate) fn next(&mut self) -> Option<Line> {
        let (mut line, mut length, mut ended) = (Vec::new(), 0, false);
        while !ended {
            let available = match self.stream.fill_buf() {
                Ok([]) if length == 0 => return None,
                Ok([]) => break,
                Ok(available) => available,
                Err(error) => {
                    self.number += u64::from(length > 0);
                    return Some(Line::Damaged(Damage::of(&error)));
                }
            };
            let end = memchr::memchr(b'\n', available);
            let part = &available[..end.unwrap_or(available.len())];
            length += part.len() as u64;
            if length <= self.limit as u64 {
                line.extend_from_slice(part);
            }
            ended = end.is_some();
            let consumed = part.len() + usize::from(ended);
            self.stream.consume(consumed);
        }
        self.number += 1;
        Some(if length > self.limit as u64 { Line::TooLong { length } } else { Line::Whole(line) })
    }
}
