//! String ids as spaCy makes them: a hash of the text, save for some names that have small numbers of their own.

/// The names with small numbers.
#[derive(Debug)]
pub(crate) struct Symbols {
    #[expect(
        clippy::disallowed_types,
        reason = "looked up only, never walked: a look-up for every attribute of a new word"
    )]
    ids: std::collections::HashMap<&'static str, u64>,
    longest: usize,
}

impl Symbols {
    pub(crate) fn new() -> Self {
        let rows = crate::tables::rows(include_str!("../../../data/nlp/symbols.tsv"));
        let ids: Vec<_> = rows.filter_map(|[id, name]| Some((name, id.parse().ok()?))).collect();
        let longest = ids.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        Self { ids: ids.into_iter().collect(), longest }
    }

    /// The id of a text. Features, tables and vectors are all found by it.
    pub(crate) fn id(&self, text: &str) -> u64 {
        if text.is_empty() {
            return 0;
        }
        let symbol = if text.len() <= self.longest { self.ids.get(text) } else { None };
        symbol.copied().unwrap_or_else(|| murmur64(text.as_bytes()))
    }
}

/// MurmurHash64A with the seed 1.
fn murmur64(bytes: &[u8]) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut hash = 1 ^ (bytes.len() as u64).wrapping_mul(M);
    let (words, tail) = bytes.as_chunks::<8>();
    for &word in words {
        let mut k = u64::from_le_bytes(word).wrapping_mul(M);
        k ^= k >> R;
        hash = (hash ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !tail.is_empty() {
        hash ^= tail.iter().rev().fold(0, |k, &byte| k << 8 | u64::from(byte));
        hash = hash.wrapping_mul(M);
    }
    hash = (hash ^ (hash >> R)).wrapping_mul(M);
    hash ^ (hash >> R)
}

/// The four 32-bit words of MurmurHash3 x64 128 of a key, by which a table's rows are chosen.
pub(crate) fn row_hashes(key: u64, seed: u32) -> [u32; 4] {
    const C1: u64 = 0x87c3_7b91_1142_53d5;
    const C2: u64 = 0x4cf5_ad43_2745_937f;
    const LENGTH: u64 = 8;
    let seed = u64::from(seed);
    let k = key.wrapping_mul(C1).rotate_left(31).wrapping_mul(C2);
    let (mut h1, mut h2) = (seed ^ k ^ LENGTH, seed ^ LENGTH);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    (h1, h2) = (scramble(h1), scramble(h2));
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

fn scramble(mut k: u64) -> u64 {
    k = (k ^ (k >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    k = (k ^ (k >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    k ^ (k >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_spacy() {
        let symbols = Symbols::new();
        for (text, id) in [
            ("", 0),
            ("NORM", 67),
            ("agent", 401),
            ("X", 101),
            ("because", 16_950_148_841_647_037_698),
            ("Zürich railway station", 10_995_092_741_438_543_675),
        ] {
            assert_eq!(symbols.id(text), id, "{text:?}");
        }
    }

    #[test]
    fn rows_are_those_of_thinc() {
        assert_eq!(row_hashes(0, 8), [0, 0, 0, 0]);
        assert_eq!(row_hashes(1, 8), [1_161_550_108, 2_247_783_286, 1_742_325_162, 1_224_191_281]);
    }
}
