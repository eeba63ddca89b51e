//! Files without names, which are gone with the process, however that ends; read at any place by any thread.

use std::borrow::Borrow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// A new one in a folder.
pub(crate) fn nameless(folder: &Path) -> io::Result<File> {
    tempfile::tempfile_in(folder)
}

/// Reads all of `bytes` at a place.
pub(crate) fn read_exact_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    let mut reading = ReadFrom { file, at };
    reading.read_exact(bytes)
}

/// Reads a file from a place on, whatever others read of it meanwhile.
pub(crate) struct ReadFrom<F> {
    /// Owned or lent.
    pub(crate) file: F,
    pub(crate) at: u64,
}

impl<F: Borrow<File>> Read for ReadFrom<F> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let count = read_at(self.file.borrow(), bytes, self.at)?;
        self.at += count as u64;
        Ok(count)
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, bytes, at)
}
