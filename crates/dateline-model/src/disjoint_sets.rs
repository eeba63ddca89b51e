//! Numbers that are joined step by step into sets.

/// Sets of the numbers from 0 on, each named by its lowest, whatever the order of joining (union-find with halving of
/// paths: Tarjan and van Leeuwen 1984).
#[derive(Clone, Debug)]
pub struct DisjointSets {
    parents: Vec<u32>,
}

impl DisjointSets {
    /// So many numbers, each a set of its own.
    #[must_use]
    pub fn new(members: u32) -> Self {
        Self { parents: (0..members).collect() }
    }

    /// Makes the sets of two numbers one.
    ///
    /// # Panics
    /// If there is no such number.
    pub fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.of(a), self.of(b));
        self.parents[a.max(b) as usize] = a.min(b);
    }

    /// The lowest number in the set of each.
    #[must_use]
    pub fn lowest(mut self) -> Vec<u32> {
        (0..self.parents.len() as u32).map(|member| self.of(member)).collect()
    }

    fn of(&mut self, mut member: u32) -> u32 {
        while self.parents[member as usize] != member {
            let above = self.parents[self.parents[member as usize] as usize];
            self.parents[member as usize] = above;
            member = above;
        }
        member
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_named_by_their_lowest() {
        for joins in [[(4, 2), (2, 1), (3, 5)], [(3, 5), (1, 2), (4, 1)]] {
            let mut sets = DisjointSets::new(6);
            joins.into_iter().for_each(|(a, b)| sets.join(a, b));
            assert_eq!(sets.lowest(), [0, 1, 1, 3, 1, 3]);
        }
    }
}
