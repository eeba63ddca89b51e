//! How alike two things are, as a row that may wait in a file.

use std::cmp::Ordering;

use dateline_pile::{Row, number};

/// Two numbers, the lower first, and how alike they are. By the two numbers, of equal ones the most alike first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alike {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) likeness: f32,
}

impl Alike {
    pub(crate) fn new(a: u32, b: u32, likeness: f32) -> Self {
        Self { a, b, likeness }
    }

    /// Are both of the same two things?
    pub(crate) fn is_of_same_pair(&self, other: &Self) -> bool {
        (self.a, self.b) == (other.a, other.b)
    }
}

impl Ord for Alike {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_numbers = (self.a, self.b).cmp(&(other.a, other.b));
        by_numbers.then_with(|| other.likeness.total_cmp(&self.likeness))
    }
}

impl PartialOrd for Alike {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Alike {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Alike {}

impl Row for Alike {
    const BYTES: usize = 12;

    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.a.to_le_bytes());
        out.extend(self.b.to_le_bytes());
        out.extend(self.likeness.to_le_bytes());
    }

    fn read(bytes: &[u8]) -> Self {
        Self { a: number(bytes, 0), b: number(bytes, 4), likeness: f32::from_bits(number(bytes, 8)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_comes_back_as_it_was() {
        for likeness in [0.0, -12.5, 0.1, f32::MAX] {
            let row = Alike::new(3, u32::MAX, likeness);
            let mut bytes = Vec::new();
            row.write(&mut bytes);
            assert_eq!((bytes.len(), Alike::read(&bytes)), (Alike::BYTES, row));
        }
        assert!(Alike::new(1, 2, 0.5) < Alike::new(1, 2, 0.0));
    }
}
