//! The figures and words by which stories are told apart: `data/cluster/`.

use serde::Deserialize;

use crate::story::term::hash;

/// What is compared, and from where on it counts. Each figure is explained in
/// `data/cluster/stories.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoryConfig {
    pub(crate) headline_times: f32,
    pub(crate) body_characters: usize,
    pub(crate) weekday_characters: usize,
    pub(crate) text_share: f32,
    pub(crate) headline_share: f32,
    pub(crate) ambient_first: usize,
    pub(crate) ambient_last: usize,
    pub(crate) ambient_least: f32,
    pub(crate) day_grace: f32,
    pub(crate) day_pace: f32,
    pub(crate) undated: f32,
    pub(crate) both_undated: f32,
    pub(crate) weekday_swing: f32,
    pub(crate) weekday_gain: f32,
    pub(crate) pile_threshold: f32,
    pub(crate) least_share: f32,
    pub(crate) stream_threshold: f32,
    pub(crate) prior_reports: f32,
    pub(crate) rarity_least: f32,
    pub(crate) seed_words: usize,
    pub(crate) seed_postings: usize,
    pub(crate) compared: usize,
    pub(crate) horizon: usize,
    #[serde(skip)]
    words: Words,
}

#[derive(Clone, Debug, Default)]
struct Words {
    /// Hashes of small words, sorted.
    small: Vec<u64>,
    /// Hashes of the days of the week, from Monday.
    weekdays: Vec<u64>,
}

#[derive(Deserialize)]
struct WordFile {
    small: String,
    weekdays: Vec<String>,
}

impl StoryConfig {
    /// The figures and words that are part of the program.
    ///
    /// # Panics
    /// Never: the files are part of the build and tested.
    #[must_use]
    pub fn english() -> Self {
        let figures: Self = toml::from_str(include_str!("../../../data/cluster/stories.toml"))
            .expect("data/cluster/stories.toml is part of the build and tested");
        let words: WordFile = toml::from_str(include_str!("../../../data/cluster/small-words.toml"))
            .expect("data/cluster/small-words.toml is part of the build and tested");
        Self { words: Words::of(&words), ..figures }
    }

    /// With another least likeness to a report's neighbours.
    pub(crate) fn with_least_ambience(self, ambient_least: f32) -> Self {
        Self { ambient_least, ..self }
    }

    /// Does the word of this hash tell nothing?
    pub(crate) fn is_small(&self, word: u64) -> bool {
        self.words.small.binary_search(&word).is_ok()
    }

    /// Which day of the week the word of this hash names, from 0 for Monday.
    pub(crate) fn weekday(&self, word: u64) -> Option<usize> {
        self.words.weekdays.iter().position(|day| *day == word)
    }
}

impl Words {
    fn of(file: &WordFile) -> Self {
        let mut small: Vec<u64> = file.small.split_whitespace().map(hash).collect();
        small.sort_unstable();
        Self { small, weekdays: file.weekdays.iter().map(|day| hash(day)).collect() }
    }
}
