//! The hidden vectors of a text's tokens, a window at a time: a long text's are made again rather than all kept.

use crate::network::{Matrix, WINDOW};

/// Windows that are kept; a text of up to so many is never read twice.
const MOST: usize = 48;

/// Where the tokens' vectors come from.
pub(crate) trait VectorSource {
    /// The vectors of all tokens of the window with this number, row by row: the same whenever it is asked.
    fn window(&mut self, number: usize) -> &[f32];
}

/// The windows of one text that were asked for last.
#[derive(Debug, Default)]
pub(super) struct HiddenWindows {
    /// Number, last use, vectors.
    kept: Vec<(usize, u64, Vec<f32>)>,
    clock: u64,
}

impl HiddenWindows {
    /// Forgets the windows: another text begins. Their room is kept, save for what a very long text took.
    pub(super) fn clear(&mut self) {
        const ROOM: usize = 4;
        self.kept.truncate(ROOM);
        for (number, ..) in &mut self.kept {
            *number = usize::MAX;
        }
    }

    /// The hidden vectors of a window; `make` makes them if they are not kept.
    pub(super) fn window(&mut self, number: usize, make: impl FnOnce(&mut Vec<f32>)) -> &[f32] {
        self.clock += 1;
        let known = self.kept.iter().position(|(kept, ..)| *kept == number);
        let slot = known.unwrap_or_else(|| {
            let slot = self.free_slot();
            make(&mut self.kept[slot].2);
            self.kept[slot].0 = number;
            slot
        });
        let (_, used, vectors) = &mut self.kept[slot];
        *used = self.clock;
        vectors
    }

    fn free_slot(&mut self) -> usize {
        if let Some(free) = self.kept.iter().position(|(number, ..)| *number == usize::MAX) {
            return free;
        }
        if self.kept.len() < MOST {
            self.kept.push((usize::MAX, 0, Vec::new()));
            return self.kept.len() - 1;
        }
        let oldest = self.kept.iter().enumerate().min_by_key(|(_, (_, used, _))| *used);
        oldest.map_or(0, |(slot, _)| slot)
    }
}

/// The window of a token, and its place there.
pub(super) fn place_of(token: usize, hidden: &Matrix) -> (usize, std::ops::Range<usize>) {
    let start = token % WINDOW * hidden.outputs();
    (token / WINDOW, start..start + hidden.outputs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_used_for_long_gives_way_and_is_made_again() {
        let mut windows = HiddenWindows::default();
        let mut made = Vec::new();
        let mut ask = |number: usize| {
            let vectors = windows.window(number, |out| {
                made.push(number);
                *out = vec![number as f32];
            });
            assert_eq!(vectors, [number as f32]);
        };
        (0..MOST).for_each(&mut ask);
        ask(0);
        ask(MOST);
        ask(0);
        ask(1);
        assert_eq!(made[MOST..], [MOST, 1]);
        windows.clear();
        assert!(windows.window(1, Vec::clear).is_empty());
    }
}
