//! The thresholds, as `data/reuse/rules.toml` gives them with their reasons.

use serde::Deserialize;

/// When text counts as shared. Lengths count words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    pub(crate) prose_least: u32,
    pub(crate) quotation_least: u32,
    pub(crate) stock_least: u32,
    pub(crate) similarity_least: f32,
    pub(crate) chain_least: u32,
    pub(crate) gap_short: u32,
    pub(crate) gap_long: u32,
    pub(crate) copy_share: f32,
    pub(crate) kin_share: f32,
    pub(crate) rewrite_words: u32,
    pub(crate) one_text_similarity: f32,
    pub(crate) one_text_bytes: u32,
    pub(crate) stock_reports: usize,
    pub(crate) stock_days: i32,
    pub(crate) stock_reports_undated: usize,
    pub(crate) house_reports: usize,
    pub(crate) credit_verbs: Vec<String>,
    pub(crate) crowd: usize,
    pub(crate) neighbours: usize,
}

impl Rules {
    /// The rules inside the program.
    ///
    /// # Panics
    /// Never: a test reads the same file.
    #[must_use]
    #[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
    pub fn built_in() -> Self {
        toml::from_str(include_str!("../../../data/reuse/rules.toml"))
            .expect("data/reuse/rules.toml is sound")
    }
}

#[cfg(test)]
mod tests {
    use super::Rules;

    #[test]
    fn the_rules_inside_can_be_read() {
        assert!(Rules::built_in().prose_least > 0);
    }
}
