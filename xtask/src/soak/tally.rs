//! How often what was asked, how long it took, and what was wrong.

use std::collections::BTreeMap;
use std::time::Duration;

/// What visitors met with.
#[derive(Default)]
pub(crate) struct Tally {
    kinds: BTreeMap<&'static str, Kind>,
    /// What must not be, a line each; of very many, the first.
    pub(crate) faults: Vec<String>,
}

/// Questions of one kind.
#[derive(Default)]
struct Kind {
    took: Vec<Duration>,
    /// How many were answered otherwise than with what was asked for, by status.
    otherwise: BTreeMap<u16, usize>,
}

/// So many faults are kept.
const MOST: usize = 20;

impl Tally {
    /// Nothing but something wrong.
    pub(crate) fn fault(told: String) -> Self {
        Self { faults: vec![told], ..Self::default() }
    }

    /// One more answer.
    pub(crate) fn answer(&mut self, kind: &'static str, status: u16, took: Duration) {
        let kind = self.kinds.entry(kind).or_default();
        kind.took.push(took);
        if !(200..300).contains(&status) {
            *kind.otherwise.entry(status).or_default() += 1;
        }
    }

    /// Something is wrong.
    pub(crate) fn wrong(&mut self, told: String) {
        if self.faults.len() < MOST {
            self.faults.push(told);
        }
    }

    /// Lays another's beside it.
    pub(crate) fn add(&mut self, other: Self) {
        for (name, kind) in other.kinds {
            let own = self.kinds.entry(name).or_default();
            own.took.extend(kind.took);
            kind.otherwise.into_iter().for_each(|(status, n)| *own.otherwise.entry(status).or_default() += n);
        }
        other.faults.into_iter().for_each(|fault| self.wrong(fault));
    }

    /// A line for each kind.
    pub(crate) fn print(&mut self) {
        for (name, Kind { took, otherwise }) in &mut self.kinds {
            took.sort_unstable();
            let at = |share: f64| {
                let place = (share * took.len().saturating_sub(1) as f64) as usize;
                took.get(place).map_or(0.0, |took| took.as_secs_f64() * 1000.0)
            };
            let otherwise: Vec<_> = otherwise.iter().map(|(status, n)| format!("{status}: {n}")).collect();
            let otherwise = if otherwise.is_empty() { "none".to_owned() } else { otherwise.join(", ") };
            println!(
                "| {name}: answers; half within, 99 of 100 within, longest (ms); not answered with it | {}; {:.0} · {:.0} · {:.0}; {otherwise} |",
                took.len(),
                at(0.5),
                at(0.99),
                at(1.0)
            );
        }
    }
}
