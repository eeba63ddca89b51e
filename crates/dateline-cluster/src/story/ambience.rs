//! How like each report is to its neighbours anyway, which is what a likeness is measured against.

use crate::config::StoryConfig;

/// The greatest likenesses of every report, the greatest first.
#[derive(Debug, Default)]
pub(crate) struct Ambience {
    nearest: Vec<Vec<f32>>,
}

impl Ambience {
    /// Adds a report with the likenesses to those before it.
    pub(crate) fn push(&mut self, neighbours: &[(u32, f32)], config: &StoryConfig) {
        let mut own = Vec::with_capacity(config.ambient_last);
        for (other, likeness) in neighbours {
            note(&mut own, *likeness, config);
            if let Some(nearest) = self.nearest.get_mut(*other as usize) {
                note(nearest, *likeness, config);
            }
        }
        self.nearest.push(own);
    }

    /// A likeness of two reports, measured against both their neighbourhoods.
    pub(crate) fn scaled(&self, a: u32, b: u32, likeness: f32, config: &StoryConfig) -> f32 {
        likeness / (self.level(a, config) * self.level(b, config)).sqrt()
    }

    fn level(&self, report: u32, config: &StoryConfig) -> f32 {
        let nearest = self.nearest.get(report as usize).map_or(&[][..], Vec::as_slice);
        let around = nearest.get(config.ambient_first..).unwrap_or_default();
        let ranks = config.ambient_last.saturating_sub(config.ambient_first).max(1) as f32;
        (around.iter().sum::<f32>() / ranks).max(config.ambient_least)
    }
}

/// Keeps `likeness` if it is among the greatest.
fn note(nearest: &mut Vec<f32>, likeness: f32, config: &StoryConfig) {
    let at = nearest.partition_point(|kept| *kept >= likeness);
    if at < config.ambient_last {
        nearest.insert(at, likeness);
        nearest.truncate(config.ambient_last);
    }
}
