//! A packed list of names, each with the numbers of what bears it; searched where it lies, without
//! being loaded.
//!
//! The names stand in the order of their bytes, sixteen to a block. A name is written as the number
//! of bytes that it shares with the one before it, the number of its further bytes, these bytes, how
//! many numbers follow, and the numbers, each as its distance from the one before. All numbers are
//! varints. The offsets of the blocks stand apart, four bytes each.

/// Names and numbers in two stretches of bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Names<'a> {
    blocks: &'a [u8],
    offsets: &'a [u8],
}

impl<'a> Names<'a> {
    pub(super) fn new(blocks: &'a [u8], offsets: &'a [u8]) -> Self {
        Self { blocks, offsets }
    }

    /// The numbers of what bears exactly this name.
    pub(super) fn find(&self, name: &str) -> Vec<u32> {
        let Some(block) = self.block_of(name.as_bytes()) else { return Vec::new() };
        let mut bytes = Reader(self.from(block));
        let mut current = Vec::with_capacity(2 * name.len());
        for _ in 0..16 {
            let Some(()) = bytes.name(&mut current) else { break };
            match current.as_slice().cmp(name.as_bytes()) {
                std::cmp::Ordering::Less => bytes.skip_numbers(),
                std::cmp::Ordering::Equal => return bytes.numbers(),
                std::cmp::Ordering::Greater => break,
            }
        }
        Vec::new()
    }

    /// The last block whose first name is not behind `name`.
    fn block_of(&self, name: &[u8]) -> Option<usize> {
        let (mut low, mut high) = (0, self.offsets.len() / 4);
        while low < high {
            let middle = low.midpoint(high);
            // A block's first name shares nothing with the one before it.
            let (_, first) = Reader(self.from(middle)).ending()?;
            if first <= name { low = middle + 1 } else { high = middle }
        }
        low.checked_sub(1)
    }

    fn from(&self, block: usize) -> &'a [u8] {
        let offset = self.offsets.get(block * 4..block * 4 + 4).and_then(|bytes| bytes.try_into().ok());
        let offset = offset.map_or(usize::MAX, |bytes| u32::from_le_bytes(bytes) as usize);
        self.blocks.get(offset..).unwrap_or_default()
    }
}

/// Reads varints and bytes one after the other; what is cut off reads as nothing.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn varint(&mut self) -> Option<u32> {
        let mut number = 0_u32;
        for shift in [0, 7, 14, 21, 28] {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn name(&mut self, current: &mut Vec<u8>) -> Option<()> {
        let (shared, further) = self.ending()?;
        current.truncate(shared);
        current.extend_from_slice(further);
        Some(())
    }

    /// How many bytes the next name shares with the one before it, and its further bytes.
    fn ending(&mut self) -> Option<(usize, &'a [u8])> {
        let shared = self.varint()? as usize;
        let further = self.varint()? as usize;
        let (bytes, rest) = self.0.split_at_checked(further)?;
        self.0 = rest;
        Some((shared, bytes))
    }

    fn skip_numbers(&mut self) {
        for _ in 0..self.varint().unwrap_or_default() {
            if self.varint().is_none() {
                break;
            }
        }
    }

    fn numbers(&mut self) -> Vec<u32> {
        let count = self.varint().unwrap_or_default();
        let mut last = 0_u32;
        let mut next = || {
            last = last.wrapping_add(self.varint()?);
            Some(last)
        };
        (0..count).map_while(|_| next()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_their_blocks() {
        // "ab" with 3 and 5, "abc" with 7; a second block: "b" with 9.
        let blocks = [0, 2, b'a', b'b', 2, 3, 2, 2, 1, b'c', 1, 7, 0, 1, b'b', 1, 9];
        let offsets = [0, 0, 0, 0, 12, 0, 0, 0];
        let names = Names::new(&blocks, &offsets);
        for (name, expected) in
            [("ab", &[3, 5][..]), ("abc", &[7]), ("b", &[9]), ("a", &[]), ("abd", &[]), ("c", &[]), ("", &[])]
        {
            assert_eq!(names.find(name), expected, "{name}");
        }
    }

    #[test]
    fn a_cut_list_holds_nothing() {
        assert!(Names::new(&[0, 9, b'a'], &[0, 0, 0, 0]).find("a").is_empty());
        assert!(Names::new(&[], &[9, 9]).find("a").is_empty());
    }
}
