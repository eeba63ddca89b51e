//! Agents and their sectors, from the Phoenix dictionary: its entries without its comments.

use std::fmt::Write as _;

use super::Inputs;

const DIGEST: &str = "336330de3ae91cb7daeeb50a7320ff4c9f11e5e69b6dd3a4ebedc522751a95c6";

const HEADER: &str = "\
# Agents, the common nouns for those who act, each with its sector, in PETRARCH's format.
# Made by `cargo xtask data`; our own additions and corrections stand in agents.txt.
# Origin: Phoenix.agents.txt of the Open Event Data Alliance (github.com/openeventdata/Dictionaries)
# Licence: MIT, Copyright (c) 2014 Open Event Data Alliance; its text stands in NOTICE
";

/// The dictionary as it goes into the repository.
pub(super) fn dictionary(inputs: &Inputs<'_>) -> anyhow::Result<String> {
    let source = inputs.dictionary("Phoenix.agents.txt", DIGEST)?;
    let mut made = HEADER.to_owned();
    for line in source.lines() {
        let entry = line.split('#').next().unwrap_or_default().trim();
        if !entry.is_empty() {
            writeln!(made, "{}", entry.split_whitespace().collect::<Vec<_>>().join(" "))?;
        }
    }
    Ok(made)
}
