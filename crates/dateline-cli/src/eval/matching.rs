//! Precision, recall and their harmonic mean.

/// Counts of what is right, of what was said, and of what there is.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    pub(crate) right_of_said: f64,
    pub(crate) said: f64,
    pub(crate) right_of_gold: f64,
    pub(crate) gold: f64,
}

impl Count {
    pub(crate) fn add(&mut self, other: Self) {
        self.right_of_said += other.right_of_said;
        self.said += other.said;
        self.right_of_gold += other.right_of_gold;
        self.gold += other.gold;
    }

    /// Of `right` out of `said` and of `gold`.
    pub(crate) fn of(right: usize, said: usize, gold: usize) -> Self {
        let number = |n: usize| n as f64;
        Self {
            right_of_said: number(right),
            said: number(said),
            right_of_gold: number(right),
            gold: number(gold),
        }
    }

    pub(crate) fn precision(self) -> f64 {
        if self.said > 0.0 { self.right_of_said / self.said } else { 0.0 }
    }

    pub(crate) fn recall(self) -> f64 {
        if self.gold > 0.0 { self.right_of_gold / self.gold } else { 0.0 }
    }

    pub(crate) fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}
