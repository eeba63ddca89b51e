//! What a text is found again by, on many machines: numbers that an engine can join on.
//!
//! Two texts that share a band are likely copies of one another (MinHash with banding: Broder 1997; Leskovec,
//! Rajaraman and Ullman, chapter 3); two that share a run of words have a passage in common (sampling by modulus:
//! Manber 1994). Both give candidates; which of them are copies, `dateline build` says.

/// Numbers of one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signature {
    /// One number for each band; texts of which half of the runs are the same share one of them in two cases of
    /// three, texts of which four fifths are the same practically always.
    pub(crate) bands: Vec<i64>,
    /// A sample of the runs of words, in order, each once.
    pub(crate) runs: Vec<i64>,
}

/// Words in a run: as many as text that is compared is cut into.
const RUN: usize = 5;
const BANDS: usize = 16;
const ROWS: usize = 4;
/// One run in so many is kept.
const SAMPLE: u64 = 8;

impl Signature {
    /// Of a text's letters and digits, whatever their case.
    pub(crate) fn of(text: &str) -> Self {
        let words: Vec<u64> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(hash_word)
            .collect();
        let mut least = [u64::MAX; BANDS * ROWS];
        let mut runs = Vec::new();
        for run in words.windows(RUN) {
            let hash = run.iter().fold(0, |hash, word| mixed(hash ^ word));
            for (n, least) in least.iter_mut().enumerate() {
                *least = (*least).min(mixed(hash ^ mixed(n as u64 + 1)));
            }
            if hash.is_multiple_of(SAMPLE) {
                runs.push(hash.cast_signed());
            }
        }
        if words.len() < RUN {
            return Self::default();
        }
        runs.sort_unstable();
        runs.dedup();
        let band = |(n, rows): (usize, &[u64])| {
            rows.iter().fold(mixed(n as u64), |hash, row| mixed(hash ^ row)).cast_signed()
        };
        Self { bands: least.chunks(ROWS).enumerate().map(band).collect(), runs }
    }
}

/// FNV-1a over the word in lower case.
fn hash_word(word: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for c in word.chars().flat_map(char::to_lowercase) {
        hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

/// Scatters a number over all of its bits (SplitMix64).
fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
