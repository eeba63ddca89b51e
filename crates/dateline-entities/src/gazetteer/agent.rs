//! Agents: the common nouns for those who act, each with its sector: "soldiers" are MIL.

use super::fold::fold;

/// Agents by their names, in the singular and the plural.
#[derive(Debug, Default)]
pub(super) struct Agents {
    #[expect(
        clippy::disallowed_types,
        reason = "looked up only, never walked: some look-ups for every phrase"
    )]
    by_name: std::collections::HashMap<String, Agent>,
    /// Number of words of the longest name.
    longest: usize,
}

/// A common noun for someone who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// The sector in CAMEO's and PLOVER's code: `MIL`, `GOVMED`. Empty for a noun that only says
    /// that someone acts ("leader", "group"): what stands before it tells the sector.
    pub sector: String,
}

impl Agents {
    /// Adds one agent under a name and its plural.
    pub(super) fn add(&mut self, name: &str, plural: Plural<'_>, sector: &str) {
        let agent = Agent { sector: sector.to_owned() };
        match plural {
            Plural::Regular => self.insert(&regular_plural(&fold(name)), &agent),
            Plural::None => {}
            Plural::Is(plural) => self.insert(&fold(plural), &agent),
        }
        self.insert(&fold(name), &agent);
    }

    fn insert(&mut self, name: &str, agent: &Agent) {
        self.longest = self.longest.max(name.split(' ').count());
        self.by_name.insert(name.to_owned(), agent.clone());
    }

    /// The agent of exactly this name, already folded.
    pub(super) fn find(&self, folded: &str) -> Option<&Agent> {
        self.by_name.get(folded)
    }

    /// How many words the longest name has.
    pub(super) fn longest(&self) -> usize {
        self.longest
    }
}

/// How an agent's plural is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plural<'a> {
    Regular,
    None,
    Is(&'a str),
}

fn regular_plural(name: &str) -> String {
    let sibilant = ["s", "x", "z", "ch", "sh"].iter().any(|ending| name.ends_with(ending));
    match name.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if name.ends_with("man") && name.len() > 3 => format!("{}men", &name[..name.len() - 3]),
        _ if sibilant => format!("{name}es"),
        _ => format!("{name}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_are_made() {
        for (one, several) in [
            ("soldier", "soldiers"),
            ("deputy", "deputies"),
            ("gunman", "gunmen"),
            ("boss", "bosses"),
            ("convoy", "convoys"),
        ] {
            assert_eq!(regular_plural(one), several);
        }
    }
}
