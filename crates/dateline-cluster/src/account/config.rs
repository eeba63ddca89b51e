//! The figures and groups by which mentions become accounts: `data/cluster/accounts.toml`.

use std::collections::BTreeMap;

use dateline_model::EventType;
use serde::Deserialize;

/// What is told as one event. Each entry is explained in `data/cluster/accounts.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountConfig {
    families: Vec<Vec<EventType>>,
    by_code: BTreeMap<String, EventType>,
    folded: Vec<EventType>,
    verbal: Vec<EventType>,
    pub(crate) told_alone: Vec<String>,
    pub(crate) lead_sentences: u32,
    pub(crate) short_sentence: usize,
    pub(crate) headline_words: usize,
    pub(crate) words_before_headline: usize,
    pub(crate) day_level: i32,
    pub(crate) far_kilometres: f32,
    pub(crate) telling_sentences: usize,
    pub(crate) besides: Vec<String>,
    pub(crate) attended: Vec<String>,
    pub(crate) onlooking: Vec<String>,
    pub(crate) onlooking_from: Vec<String>,
    pub(crate) parts: Vec<String>,
    pub(crate) parts_within: u32,
    pub(crate) war_toll: u32,
    pub(crate) round: u32,
    pub(crate) sharper_within: u32,
    pub(crate) points: Points,
}

/// What speaks for and against joining a mention to an account.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Points {
    pub(crate) shared_party: f32,
    pub(crate) same_place: f32,
    pub(crate) same_day: f32,
    pub(crate) same_count: f32,
    pub(crate) other_count: f32,
    pub(crate) near_sentence: f32,
    pub(crate) subject: f32,
    pub(crate) join: f32,
    pub(crate) near_sentences: u32,
}

impl AccountConfig {
    /// The figures that are part of the program.
    ///
    /// # Panics
    /// Never: the file is part of the build and tested.
    #[must_use]
    pub fn built_in() -> Self {
        toml::from_str(include_str!("../../../../data/cluster/accounts.toml"))
            .expect("data/cluster/accounts.toml is part of the build and tested")
    }

    /// The type under which events like this one are told: that of its code, else the first of its
    /// group.
    pub(crate) fn family(&self, event_type: EventType, cameo: &str) -> EventType {
        if let Some(family) = self.by_code.get(cameo) {
            return *family;
        }
        let group = self.families.iter().find(|group| group.contains(&event_type));
        group.and_then(|group| group.first().copied()).unwrap_or(event_type)
    }

    /// May an act of this type be part of a contact?
    pub(crate) fn is_folded(&self, event_type: EventType) -> bool {
        self.folded.contains(&event_type)
    }

    /// Is it said rather than done?
    pub(crate) fn is_verbal(&self, event_type: EventType) -> bool {
        self.verbal.contains(&event_type)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_a_family() {
        let config = AccountConfig::built_in();
        for event_type in EventType::ALL {
            assert!(config.families.iter().any(|group| group.contains(&event_type)), "{event_type:?}");
        }
    }
}
