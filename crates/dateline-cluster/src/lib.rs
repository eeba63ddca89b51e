//! Which reports tell of one happening, and which of one story?
//!
//! For events, [`accounts`] lays the mentions of one report together: an [`Account`](dateline_model::Account)
//! is what it tells of one happening. [`event_clusters`] says which accounts of a pile are of one
//! happening, by words, day, place, figures, people and shared prose.
//!
//! For stories, articles come in as [`StoryDigest`]s: their telling words, their day, the weekdays that they name.
//! For a whole pile [`stories`] says which report belongs to which story; [`StoryStream`] says it
//! report by report, without looking ahead, as a live feed must. A story is named by the first of its
//! reports.
//!
//! Words are weighed by rarity (TF-IDF) and compared by cosine; likeness is then measured against how
//! like a report is to its neighbours anyway (local scaling: Zelnik-Manor and Perona 2004), so that a
//! subject on which everybody writes is parted as finely as one that few write on. Both kinds are joined
//! by average linkage (Sokal and Michener 1958).
//!
//! ```
//! use dateline_cluster::{StoryConfig, StoryDigest, stories};
//!
//! let config = StoryConfig::english();
//! let digest = |id, headline, text| StoryDigest::new(id, headline, text, None, &config);
//! let digests = [
//!     digest("a", "Bridge falls in Orsk", "The old bridge of Orsk fell into the river at dawn."),
//!     digest("b", "River takes Orsk bridge", "At dawn the river took the old bridge of Orsk."),
//!     digest("c", "Velin votes", "Voters in Velin chose a mayor, the electoral office announced."),
//! ];
//! assert_eq!(stories(&digests, &config), ["a", "a", "c"]);
//! ```

mod account;
mod config;
mod event;
mod story;

pub use account::{AccountConfig, accounts};
pub use config::StoryConfig;
pub use event::{EventCluster, EventConfig, EventRules, event_clusters, event_clusters_beside};
pub use story::digest::StoryDigest;
pub use story::pile::{StoryReport, stories, stories_beside, stories_of_pile};
pub use story::stream::StoryStream;
