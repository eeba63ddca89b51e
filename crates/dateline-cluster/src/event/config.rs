//! What speaks for two accounts telling of one happening: `data/cluster/events.toml`.

use serde::Deserialize;

/// The figures. Each is explained in `data/cluster/events.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventConfig {
    pub(crate) threshold: f32,
    pub(crate) told_apart: f32,
    pub(crate) told_in_one: usize,
    pub(crate) words: f32,
    pub(crate) most_words: f32,
    pub(crate) same_day: f32,
    pub(crate) next_day: f32,
    pub(crate) other_day: f32,
    pub(crate) same_weekday: f32,
    pub(crate) other_weekday: f32,
    pub(crate) undated: f32,
    pub(crate) published_near: i32,
    pub(crate) same_in_print: f32,
    pub(crate) near_in_print: f32,
    pub(crate) published_apart: i32,
    pub(crate) published_far: f32,
    pub(crate) same_place: f32,
    pub(crate) other_place: f32,
    pub(crate) other_place_in_shared_prose: f32,
    pub(crate) near_kilometres: f32,
    pub(crate) same_figure: f32,
    pub(crate) near_figure: f32,
    pub(crate) far_figure: f32,
    pub(crate) common_figure: f32,
    pub(crate) parties: f32,
    pub(crate) shared_prose: f32,
    pub(crate) shifted: u64,
    pub(crate) other_mode: f32,
    pub(crate) meeting_of_others: f32,
    pub(crate) meeting_on_another_day: f32,
    pub(crate) meeting_in_another_mode: f32,
    pub(crate) meeting_undated: f32,
    pub(crate) least_ambience: f32,
}

impl EventConfig {
    /// The figures that are part of the program.
    ///
    /// # Panics
    /// Never: the file is part of the build and tested.
    #[must_use]
    pub fn built_in() -> Self {
        toml::from_str(include_str!("../../../../data/cluster/events.toml"))
            .expect("data/cluster/events.toml is part of the build and tested")
    }
}
