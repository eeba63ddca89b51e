//! What a network computes for a word type is kept, because most words of a text were met before.
//!
//! A bounded number of types is held; when it is reached, types that few rounds used give way. What is
//! kept is what would be computed again, bit for bit, so the results do not depend on what is held.

use super::matrix::Lane;

/// No slot.
const NONE: u32 = u32::MAX;

/// Rounds that are counted for a type: it stays for as many turns of the hand. Most types come once, and one that
/// came in several rounds comes again: on 230,000 words of news an eighth less is computed than if the latest
/// stayed. Counting further than to 3 gains nothing more.
const MOST_TURNS: u8 = 3;

/// The slots of one network, by the key of a type.
#[derive(Debug)]
pub(super) struct TypeMemory {
    /// Lanes a slot.
    width: usize,
    most: usize,
    lanes: Vec<Lane>,
    slots: Vec<Slot>,
    by_key: Vec<u32>,
    round: u64,
    hand: usize,
}

/// Whose a slot is.
#[derive(Clone, Copy, Debug)]
struct Slot {
    key: u32,
    /// Turns of the hand that it outlasts.
    turns: u8,
    /// The last round that used it.
    round: u64,
}

impl Slot {
    fn use_in(&mut self, round: u64) {
        if self.round != round {
            self.round = round;
            self.turns = (self.turns + 1).min(MOST_TURNS);
        }
    }
}

impl TypeMemory {
    /// Room for `most` types of `width` lanes. It is had at once, since lanes that grow are copied each time;
    /// the system gives it as it is filled.
    pub(super) fn new(width: usize, most: usize) -> Self {
        let lanes = Vec::with_capacity(width * most);
        Self { width, most, lanes, slots: Vec::new(), by_key: Vec::new(), round: 0, hand: 0 }
    }

    /// Forgets all types: their keys are about to mean others.
    pub(super) fn clear(&mut self) {
        self.slots.clear();
        self.by_key.clear();
        self.lanes.clear();
        self.hand = 0;
    }

    /// Begins a round, in which no slot that is used is given away. A round may use `most` types.
    pub(super) fn begin_round(&mut self) {
        self.round += 1;
    }

    /// The slot of a type and whether it must be filled first.
    pub(super) fn slot(&mut self, key: u32) -> (u32, Filled) {
        let index = key as usize;
        if index >= self.by_key.len() {
            self.by_key.resize((index + 1).next_power_of_two(), NONE);
        }
        let known = self.by_key[index];
        if known != NONE {
            self.slots[known as usize].use_in(self.round);
            return (known, Filled::Already);
        }
        let slot = self.free_slot();
        self.slots[slot as usize] = Slot { key, turns: 0, round: self.round };
        self.by_key[index] = slot;
        (slot, Filled::NotYet)
    }

    fn free_slot(&mut self) -> u32 {
        if self.slots.len() < self.most {
            self.slots.push(Slot { key: NONE, turns: 0, round: 0 });
            self.lanes.resize(self.slots.len() * self.width, Lane::ZERO);
            return (self.slots.len() - 1) as u32;
        }
        for _ in 0..=usize::from(MOST_TURNS) * self.slots.len() {
            self.hand = (self.hand + 1) % self.slots.len();
            let slot = &mut self.slots[self.hand];
            if slot.round == self.round {
                continue;
            }
            if slot.turns == 0 {
                self.by_key[slot.key as usize] = NONE;
                return self.hand as u32;
            }
            slot.turns -= 1;
        }
        // Only if a round uses more types than there is room for, which callers prevent.
        self.hand as u32
    }

    pub(super) fn lanes(&self, slot: u32) -> &[Lane] {
        let start = slot as usize * self.width;
        &self.lanes[start..start + self.width]
    }

    pub(super) fn lanes_mut(&mut self, slot: u32) -> &mut [Lane] {
        let start = slot as usize * self.width;
        &mut self.lanes[start..start + self.width]
    }
}

/// Was the slot filled before?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filled {
    Already,
    NotYet,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_keep_their_slots_within_a_round() {
        let mut memory = TypeMemory::new(1, 4);
        for round in 0..50 {
            memory.begin_round();
            let keys: Vec<u32> = (round..round + 4).collect();
            let slots: Vec<u32> = keys.iter().map(|&key| memory.slot(key).0).collect();
            for (i, &key) in keys.iter().enumerate() {
                assert_eq!(memory.slot(key), (slots[i], Filled::Already));
                assert!(slots[..i].iter().all(|other| *other != slots[i]));
            }
        }
    }

    #[test]
    fn what_came_in_several_rounds_outlasts_what_came_once() {
        let mut memory = TypeMemory::new(1, 4);
        let mut ask = |key: u32| {
            memory.begin_round();
            memory.slot(key).1
        };
        let filled: Vec<_> = [0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1].into_iter().map(&mut ask).collect();
        assert_eq!(filled[10..], [Filled::Already, Filled::NotYet]);
    }
}
