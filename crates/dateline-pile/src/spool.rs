//! Byte strings that may not fit into memory: put one behind the other, read by number on any thread.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Write};

use crate::nameless::{nameless, read_exact_at};
use crate::scratch::Scratch;

/// Byte strings by number, the first 0. The oldest go to a file without a name when `scratch` grants no more memory.
#[derive(Debug)]
pub struct Spool {
    scratch: Scratch,
    /// One past the last byte of each.
    ends: Vec<u64>,
    /// The first so many bytes are in the file.
    filed: u64,
    file: Option<File>,
    /// The others.
    held: Vec<u8>,
}

/// With a file open, so many bytes wait to be written together.
const TOGETHER: usize = 1 << 20;

impl Spool {
    /// None yet.
    #[must_use]
    pub fn new(scratch: &Scratch) -> Self {
        Self { scratch: scratch.clone(), ends: Vec::new(), filed: 0, file: None, held: Vec::new() }
    }

    /// Puts one behind the others.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
        let most = if self.file.is_some() { TOGETHER } else { self.scratch.memory };
        if self.held.len().saturating_add(bytes.len()) > most {
            self.file_held()?;
        }
        self.held.extend_from_slice(bytes);
        self.ends.push(self.filed + self.held.len() as u64);
        Ok(())
    }

    fn file_held(&mut self) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(nameless(&self.scratch.folder)?),
        };
        file.write_all(&self.held)?;
        self.filed += self.held.len() as u64;
        self.held.clear();
        self.held.shrink_to(TOGETHER);
        Ok(())
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// One of them; beyond the last an empty one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(&self, number: usize) -> io::Result<Cow<'_, [u8]>> {
        let Some(end) = self.ends.get(number).copied() else { return Ok(Cow::default()) };
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        match &self.file {
            Some(file) if start < self.filed => {
                let mut bytes = vec![0; usize::try_from(end - start).map_err(io::Error::other)?];
                read_exact_at(file, &mut bytes, start)?;
                Ok(Cow::Owned(bytes))
            }
            _ => {
                let place = |at: u64| usize::try_from(at - self.filed).unwrap_or(usize::MAX);
                Ok(Cow::Borrowed(self.held.get(place(start)..place(end)).unwrap_or_default()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_read_by_number_from_memory_and_from_a_file() {
        for (memory, is_filed) in [(usize::MAX, false), (100, true), (0, true)] {
            let mut spool = Spool::new(&Scratch { memory, ..Scratch::unneeded() });
            let bytes = |n: usize| vec![n as u8; n % 50];
            (0..200).for_each(|n| spool.push(&bytes(n)).unwrap());
            assert_eq!((spool.count(), spool.file.is_some()), (200, is_filed));
            for n in (0..200).rev() {
                assert_eq!(spool.read(n).unwrap(), bytes(n), "{n} of {memory}");
            }
            assert!(spool.read(200).unwrap().is_empty());
        }
    }
}
