//! What kind of character stands at each place of a text, as bits: sixty-four places are asked about at once.
//!
//! A page is looked at once, byte by byte. After that "how many words", "is there a digit", "where does
//! this word end" are questions about numbers, and most of a page is never looked at again.

/// The kinds of all bytes of a text.
#[derive(Clone, Debug, Default)]
pub struct Kinds {
    windows: Vec<Window>,
    /// By window, the places that folding changes: see [`Kinds::next_odd`].
    odd: Vec<u64>,
    /// All bits where the text may hold Arabic or Persian digits, else none.
    eastern: u64,
}

/// Sixty-four places in a row: bit n of each field speaks of the nth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) spaces: u64,
    /// Characters below the space, tabs and line feeds among them, and the one above the last letter.
    pub(super) controls: u64,
    pub(super) letters: u64,
    pub(super) capitals: u64,
    pub(super) digits: u64,
    /// Bytes of characters beyond ASCII.
    pub(super) beyond: u64,
}

/// Places of a window.
pub(super) const WIDTH: usize = 64;

impl Kinds {
    /// Looks at every byte of `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let (whole, rest) = text.as_bytes().as_chunks::<WIDTH>();
        let mut kinds = Self::default();
        kinds.windows.reserve(whole.len() + 1);
        kinds.windows.extend(whole.iter().map(Window::of));
        let mut last = [b' '; WIDTH];
        last[..rest.len()].copy_from_slice(rest);
        kinds.windows.push(Window::of(&last));
        kinds.eastern = if memchr::memchr2(0xD9, 0xDB, text.as_bytes()).is_some() { u64::MAX } else { 0 };
        kinds.odd = kinds.windows.iter().scan(0, |before, window| Some(window.odd(before))).collect();
        kinds
    }

    /// The places from `at` on.
    pub(super) fn window(&self, at: usize) -> Window {
        let (index, shift) = (at / WIDTH, at % WIDTH);
        let part = |from: usize| self.windows.get(from).copied().unwrap_or_default();
        let (head, tail) = (part(index), part(index + 1));
        let joined = |head: u64, tail: u64| head >> shift | (tail << 1) << (WIDTH - 1 - shift);
        Window {
            spaces: joined(head.spaces, tail.spaces),
            controls: joined(head.controls, tail.controls),
            letters: joined(head.letters, tail.letters),
            capitals: joined(head.capitals, tail.capitals),
            digits: joined(head.digits, tail.digits),
            beyond: joined(head.beyond, tail.beyond),
        }
    }

    /// The first place from `at` up to `end` that is no printed ASCII character, or a digit, or a space
    /// behind another; `end` if there is none.
    pub(super) fn next_odd(&self, at: usize, end: usize) -> usize {
        next(at, end, |index| self.odd.get(index).copied().unwrap_or_default())
    }

    /// The first place from `at` up to `end` where a digit may stand, of the scripts whose digits are known.
    pub(crate) fn next_digit(&self, at: usize, end: usize) -> usize {
        let digits = |window: &Window| window.digits | window.beyond & self.eastern;
        next(at, end, |index| self.windows.get(index).map_or(0, digits))
    }
}

/// The first place from `at` up to `end` whose bit is set; `bits` gives those of a window.
fn next(at: usize, end: usize, bits: impl Fn(usize) -> u64) -> usize {
    let mut from = at % WIDTH;
    let mut base = at - from;
    while base < end {
        let ahead = bits(base / WIDTH) >> from;
        if ahead != 0 {
            return (base + from + ahead.trailing_zeros() as usize).min(end);
        }
        (base, from) = (base + WIDTH, 0);
    }
    end
}

impl Window {
    fn of(bytes: &[u8; WIDTH]) -> Self {
        Self {
            spaces: bits(bytes, |byte| byte == b' '),
            controls: bits(bytes, |byte| (byte < b' ') | (byte == 0x7F)),
            letters: bits(bytes, |byte| byte.is_ascii_alphabetic()),
            capitals: bits(bytes, |byte| byte.is_ascii_uppercase()),
            digits: bits(bytes, |byte| byte.is_ascii_digit()),
            beyond: bits(bytes, |byte| byte >= 0x80),
        }
    }

    /// Its first places alone; what lies behind them counts as spaces.
    pub(super) fn first(self, places: usize) -> Self {
        if places >= WIDTH { self } else { self.only((1 << places) - 1) }
    }

    /// The places that are set alone; all others count as spaces.
    pub(super) fn only(&self, places: u64) -> Self {
        Self {
            spaces: self.spaces | !places,
            controls: self.controls & places,
            letters: self.letters & places,
            capitals: self.capitals & places,
            digits: self.digits & places,
            beyond: self.beyond & places,
        }
    }

    /// The places that folding changes. Told whether a space stands before the first, and tells of the last.
    fn odd(&self, space_before: &mut u64) -> u64 {
        let behind_space = self.spaces << 1 | *space_before;
        *space_before = self.spaces >> (WIDTH - 1);
        self.controls | self.digits | self.beyond | self.spaces & behind_space
    }
}

/// Which of the bytes are such: bit n speaks of the nth.
#[inline]
pub(super) fn bits(bytes: &[u8; WIDTH], is_such: impl Fn(u8) -> bool) -> u64 {
    let mut held = [0; WIDTH];
    held.iter_mut().zip(bytes).for_each(|(held, byte)| *held = u8::from(is_such(*byte)));
    gathered(&held)
}

/// The lowest bit of each byte, in their order.
#[inline]
fn gathered(bytes: &[u8; WIDTH]) -> u64 {
    // The product brings the eight bits of a word side by side into its highest byte.
    const SIDE_BY_SIDE: u64 = 0x0102_0408_1020_4080;
    let (words, _) = bytes.as_chunks::<8>();
    let eight = |word: &[u8; 8]| u64::from_le_bytes(*word).wrapping_mul(SIDE_BY_SIDE) >> 56;
    words.iter().rev().fold(0, |bits, word| bits << 8 | eight(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places of a window at which a bit is set.
    fn places(bits: u64) -> Vec<usize> {
        (0..WIDTH).filter(|place| bits >> place & 1 == 1).collect()
    }

    #[test]
    fn every_place_has_its_kind() {
        let text = format!("{}Aé 7\t|", "x".repeat(62));
        let window = Kinds::of(&text).window(62).first(7);
        assert_eq!(places(window.letters), [0]);
        assert_eq!(places(window.capitals), [0]);
        assert_eq!(places(window.beyond), [1, 2]);
        assert_eq!(places(window.spaces & 0x7F), [3]);
        assert_eq!(places(window.digits), [4]);
        assert_eq!(places(window.controls), [5]);
        assert_eq!(window.spaces >> 7, u64::MAX >> 7, "behind the end are spaces");
    }

    #[test]
    fn windows_lie_at_any_place() {
        let text: String = (0..300).map(|n| if n % 7 == 3 { 'A' } else { 'a' }).collect();
        let kinds = Kinds::of(&text);
        for at in 0..text.len() {
            let expected: Vec<usize> =
                (at..text.len().min(at + WIDTH)).filter(|n| n % 7 == 3).map(|n| n - at).collect();
            assert_eq!(places(kinds.window(at).capitals), expected, "{at}");
        }
    }

    #[test]
    fn what_folding_changes_is_found() {
        let text = format!("a  b{} 5", "c".repeat(80));
        let kinds = Kinds::of(&text);
        assert_eq!(kinds.next_odd(0, text.len()), 2);
        assert_eq!(kinds.next_odd(3, text.len()), 85);
        assert_eq!(kinds.next_odd(3, 50), 50);
        assert_eq!(kinds.next_odd(86, text.len()), text.len());
        assert_eq!(Kinds::of("").next_odd(0, 0), 0);
    }

    #[test]
    fn digits_are_found() {
        for (text, expected) in [("no. 5", 4), ("né", 3), ("سلام ۵", 0)] {
            assert_eq!(Kinds::of(text).next_digit(0, text.len()), expected, "{text}");
        }
    }
}
