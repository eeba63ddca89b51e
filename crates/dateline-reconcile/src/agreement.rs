//! The tolerances within which accounts agree: `data/reconcile/agreement.toml`.

use std::sync::OnceLock;

use dateline_model::EventType;
use serde::Deserialize;

/// Each entry is explained in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Agreement {
    pub(crate) about: u32,
    pub(crate) within: u32,
    pub(crate) near_kilometres: f32,
    pub(crate) pronouns: Vec<String>,
    pub(crate) armed_groups: Vec<String>,
    pub(crate) unidentified: String,
    pub(crate) answered_for: Vec<EventType>,
}

impl Agreement {
    /// The tolerances that are part of the program.
    pub(crate) fn built_in() -> &'static Self {
        static AGREEMENT: OnceLock<Agreement> = OnceLock::new();
        AGREEMENT.get_or_init(|| {
            toml::from_str(include_str!("../../../data/reconcile/agreement.toml"))
                .expect("data/reconcile/agreement.toml is part of the build and tested")
        })
    }
}
