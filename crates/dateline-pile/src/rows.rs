//! Rows that may not fit into memory: taken in any order, given back sorted, as often as asked.
//!
//! What does not fit goes to a file without a name, which is gone with the process, however that ends.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};

use rayon::prelude::*;

use crate::nameless::{ReadFrom, nameless};
use crate::scratch::Scratch;

/// What a row is in a file.
pub trait Row: Copy + Ord + Send + Sync {
    /// Bytes of one.
    const BYTES: usize;
    /// Appends them.
    fn write(&self, out: &mut Vec<u8>);
    /// Reads them.
    fn read(bytes: &[u8]) -> Self;
}

/// The number that [`Row::write`] put at a place of its bytes, by `to_le_bytes`; 0 where there is none.
#[must_use]
pub fn number(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// Takes rows in any order.
pub struct Sorter<'s, R> {
    rows: Vec<R>,
    scratch: &'s Scratch,
    runs: Vec<File>,
}

impl<'s, R: Row> Sorter<'s, R> {
    /// Takes rows as long as `scratch` grants memory, and the rest to its folder.
    #[must_use]
    pub fn new(scratch: &'s Scratch) -> Self {
        Self { rows: Vec::new(), scratch, runs: Vec::new() }
    }

    /// Takes one row.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn push(&mut self, row: R) -> io::Result<()> {
        let most = (self.scratch.memory / size_of::<R>()).max(1);
        if self.rows.len() == most {
            self.spill()?;
        }
        if self.rows.len() == self.rows.capacity() {
            self.rows.reserve_exact(self.rows.len().max(1 << 10).min(most - self.rows.len()));
        }
        self.rows.push(row);
        Ok(())
    }

    fn spill(&mut self) -> io::Result<()> {
        self.rows.par_sort_unstable();
        let mut out = Writer::new(self.scratch)?;
        self.rows.drain(..).try_for_each(|row| out.push(&row))?;
        self.runs.push(out.finish()?);
        Ok(())
    }

    /// All rows, sorted.
    ///
    /// # Errors
    /// When a file cannot be written or read.
    pub fn all_sorted(self) -> io::Result<Rows<R>> {
        self.sorted(|_, _| false, |_| true)
    }

    /// All rows, sorted, to be gone through once, in pieces of so many rows or some more: rows that are the `same` are
    /// in one piece. What is in files is not written once more for it.
    ///
    /// # Errors
    /// When a file cannot be written or read.
    pub fn pieces(
        mut self,
        least: usize,
        same: impl Fn(&R, &R) -> bool + 's,
    ) -> io::Result<impl Iterator<Item = io::Result<Vec<R>>> + 's>
    where
        R: 's,
    {
        let rows: Box<dyn Iterator<Item = io::Result<R>> + 's> = if self.runs.is_empty() {
            self.rows.par_sort_unstable();
            Box::new(self.rows.into_iter().map(Ok))
        } else {
            self.spill()?;
            let mut merged = Merged::of(self.runs)?;
            Box::new(std::iter::from_fn(move || merged.next().transpose()))
        };
        Ok(in_pieces(rows, least, same))
    }

    /// All rows, sorted, of those groups in which rows are the `same` that are worth being kept.
    ///
    /// # Errors
    /// When a file cannot be written or read.
    pub fn sorted(
        mut self,
        same: impl Fn(&R, &R) -> bool,
        is_kept: impl Fn(&[R]) -> bool,
    ) -> io::Result<Rows<R>> {
        if self.runs.is_empty() {
            self.rows.par_sort_unstable();
            keep_groups(&mut self.rows, same, is_kept);
            return Ok(Rows::Held(self.rows));
        }
        self.spill()?;
        self.rows = Vec::new();
        let mut out = Writer::new(self.scratch)?;
        let mut merged = Merged::of(self.runs)?;
        each_group_of(
            || merged.next(),
            same,
            |group| if is_kept(group) { group.iter().try_for_each(|row| out.push(row)) } else { Ok(()) },
        )?;
        Ok(Rows::Filed(out.finish()?))
    }
}

/// Takes the other groups out of sorted rows.
fn keep_groups<R: Copy>(rows: &mut Vec<R>, same: impl Fn(&R, &R) -> bool, is_kept: impl Fn(&[R]) -> bool) {
    let (mut kept, mut at) = (0, 0);
    while at < rows.len() {
        let group = 1 + rows[at + 1..].iter().take_while(|row| same(&rows[at], row)).count();
        if is_kept(&rows[at..at + group]) {
            rows.copy_within(at..at + group, kept);
            kept += group;
        }
        at += group;
    }
    rows.truncate(kept);
    rows.shrink_to_fit();
}

/// The rows of sorted files, the least first.
struct Merged<R> {
    readers: Vec<Reader<File, R>>,
    heads: BinaryHeap<Reverse<(R, usize)>>,
}

impl<R: Row> Merged<R> {
    fn of(runs: Vec<File>) -> io::Result<Self> {
        let mut readers: Vec<Reader<File, R>> = runs.into_iter().map(Reader::new).collect();
        let mut heads = BinaryHeap::new();
        for (n, reader) in readers.iter_mut().enumerate() {
            heads.extend(reader.next()?.map(|row| Reverse((row, n))));
        }
        Ok(Self { readers, heads })
    }

    fn next(&mut self) -> io::Result<Option<R>> {
        let Some(Reverse((row, n))) = self.heads.pop() else { return Ok(None) };
        self.heads.extend(self.readers[n].next()?.map(|row| Reverse((row, n))));
        Ok(Some(row))
    }
}

/// Sorted rows, in memory or in a file.
pub enum Rows<R> {
    /// In memory.
    Held(Vec<R>),
    /// In a file.
    Filed(File),
}

impl<R: Row> Rows<R> {
    /// Hands each group of rows that are the `same` to `take`, in order.
    ///
    /// # Errors
    /// When the file cannot be read, or what `take` returns.
    pub fn each_group(
        &self,
        same: impl Fn(&R, &R) -> bool,
        take: impl FnMut(&[R]) -> io::Result<()>,
    ) -> io::Result<()> {
        match self {
            Self::Held(rows) => rows.chunk_by(same).try_for_each(take),
            Self::Filed(file) => {
                let mut reader = Reader::new(file);
                each_group_of(|| reader.next(), same, take)
            }
        }
    }

    /// Hands each row to `take`, in order.
    ///
    /// # Errors
    /// When the file cannot be read, or what `take` returns.
    pub fn each(&self, mut take: impl FnMut(R) -> io::Result<()>) -> io::Result<()> {
        self.each_group(|_, _| false, |rows| rows.iter().try_for_each(|row| take(*row)))
    }

    /// Pieces of so many rows or some more, in order: rows that are the `same` are in one piece.
    pub fn pieces<'r>(
        &'r self,
        least: usize,
        same: impl Fn(&R, &R) -> bool + 'r,
    ) -> impl Iterator<Item = io::Result<Vec<R>>> + 'r {
        in_pieces(self.rows(), least, same)
    }

    fn rows(&self) -> Box<dyn Iterator<Item = io::Result<R>> + '_> {
        match self {
            Self::Held(rows) => Box::new(rows.iter().map(|row| Ok(*row))),
            Self::Filed(file) => {
                let mut reader = Reader::new(file);
                Box::new(std::iter::from_fn(move || reader.next().transpose()))
            }
        }
    }

    /// All of them in memory.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn held(self) -> io::Result<Vec<R>> {
        if let Self::Held(rows) = self {
            return Ok(rows);
        }
        let mut held = Vec::new();
        self.each(|row| {
            held.push(row);
            Ok(())
        })?;
        Ok(held)
    }
}

/// Hands each group of rows that are the `same` to `take`, while `next` gives a row. One group is held at a time, in the
/// same place: files have millions.
fn each_group_of<R>(
    mut next: impl FnMut() -> io::Result<Option<R>>,
    same: impl Fn(&R, &R) -> bool,
    mut take: impl FnMut(&[R]) -> io::Result<()>,
) -> io::Result<()> {
    let mut group: Vec<R> = Vec::new();
    while let Some(row) = next()? {
        if group.first().is_some_and(|first| !same(first, &row)) {
            take(&group)?;
            group.clear();
        }
        group.push(row);
    }
    if group.is_empty() { Ok(()) } else { take(&group) }
}

/// Sorted rows in pieces of so many or some more: rows that are the `same` are in one piece.
fn in_pieces<R>(
    mut rows: impl Iterator<Item = io::Result<R>>,
    least: usize,
    same: impl Fn(&R, &R) -> bool,
) -> impl Iterator<Item = io::Result<Vec<R>>> {
    let mut next = rows.next();
    std::iter::from_fn(move || {
        let mut piece: Vec<R> = Vec::new();
        while let Some(row) = next.take() {
            match row {
                Err(error) => return Some(Err(error)),
                Ok(row) if piece.len() >= least && piece.last().is_some_and(|last| !same(last, &row)) => {
                    next = Some(Ok(row));
                    break;
                }
                Ok(row) => piece.push(row),
            }
            next = rows.next();
        }
        (!piece.is_empty()).then_some(Ok(piece))
    })
}

/// A file without a name that is written from its beginning.
struct Writer {
    out: BufWriter<File>,
    row: Vec<u8>,
}

impl Writer {
    fn new(scratch: &Scratch) -> io::Result<Self> {
        let file = nameless(&scratch.folder)?;
        Ok(Self { out: BufWriter::with_capacity(BUFFER, file), row: Vec::new() })
    }

    fn push(&mut self, row: &impl Row) -> io::Result<()> {
        self.row.clear();
        row.write(&mut self.row);
        self.out.write_all(&self.row)
    }

    fn finish(self) -> io::Result<File> {
        self.out.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

const BUFFER: usize = 1 << 18;

/// A file of rows that is read from its beginning.
struct Reader<F, R> {
    input: BufReader<ReadFrom<F>>,
    row: Vec<u8>,
    of: std::marker::PhantomData<R>,
}

impl<F: Borrow<File>, R: Row> Reader<F, R> {
    fn new(file: F) -> Self {
        let input = BufReader::with_capacity(BUFFER, ReadFrom { file, at: 0 });
        Self { input, row: vec![0; R::BYTES], of: std::marker::PhantomData }
    }

    fn next(&mut self) -> io::Result<Option<R>> {
        match self.input.read_exact(&mut self.row) {
            Ok(()) => Ok(Some(R::read(&self.row))),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Row for (u32, u32) {
        const BYTES: usize = 8;

        fn write(&self, out: &mut Vec<u8>) {
            out.extend(self.0.to_le_bytes());
            out.extend(self.1.to_le_bytes());
        }

        fn read(bytes: &[u8]) -> Self {
            (number(bytes, 0), number(bytes, 4))
        }
    }

    #[test]
    fn rows_come_back_sorted_from_memory_and_from_files() {
        let expected: Vec<(u32, u32)> =
            (0..500).filter(|n| n % 5 != 3).flat_map(|n| [(n, 0), (n, 1)]).collect();
        for memory in [usize::MAX, 1000] {
            let scratch = Scratch { memory, ..Scratch::unneeded() };
            let mut sorter = Sorter::new(&scratch);
            for n in 0..1000_u32 {
                let row = (n * 7 + 3) % 1000;
                sorter.push((row % 500, row / 500)).unwrap();
            }
            let rows = sorter.sorted(|a, b| a.0 == b.0, |group| group[0].0 % 5 != 3).unwrap();
            assert_eq!(matches!(rows, Rows::Filed(..)), memory == 1000);
            let mut once = Sorter::new(&scratch);
            expected.iter().rev().for_each(|row| once.push(*row).unwrap());
            let once: Vec<_> = once.pieces(5, |a, b| a.0 == b.0).unwrap().map(Result::unwrap).collect();
            assert_eq!((once.concat(), once[0].len()), (expected.clone(), 6));
            let mut all = Sorter::new(&scratch);
            expected.iter().rev().for_each(|row| all.push(*row).unwrap());
            assert_eq!(all.all_sorted().unwrap().held().unwrap(), expected);
            let mut found = Vec::new();
            let take = |group: &[(u32, u32)]| {
                assert_eq!(group.len(), 2);
                found.extend_from_slice(group);
                Ok(())
            };
            rows.each_group(|a, b| a.0 == b.0, take).unwrap();
            assert_eq!(found, expected);
            for least in [1, 7, 5000] {
                let pieces: Vec<_> = rows.pieces(least, |a, b| a.0 == b.0).map(Result::unwrap).collect();
                assert_eq!(pieces.concat(), expected);
                let most = least + 1;
                assert!(pieces.iter().all(|piece| piece.len() <= most && piece.len().is_multiple_of(2)));
            }
            assert_eq!(rows.held().unwrap(), expected);
        }
    }
}
