//! How like each report is to its neighbours anyway, which is what a likeness is measured against.

use std::ops::Range;

use crate::config::StoryConfig;

/// The greatest likenesses of every report, the greatest first.
#[derive(Debug, Default)]
pub(crate) struct Ambience {
    /// `ambient_last` for each report, one report's behind another's; 0 where it has fewer, which is less than any.
    nearest: Vec<f32>,
}

impl Ambience {
    /// Adds a report with the likenesses to those before it.
    pub(crate) fn push(&mut self, neighbours: &[(u32, f32)], config: &StoryConfig) {
        let own = self.nearest.len();
        self.nearest.resize(own + config.ambient_last, 0.0);
        for (other, likeness) in neighbours {
            note(&mut self.nearest[own..], *likeness);
            if let Some(nearest) = self.nearest.get_mut(places(*other, config)) {
                note(nearest, *likeness);
            }
        }
    }

    /// A likeness of two reports, measured against both their neighbourhoods.
    pub(crate) fn scaled(&self, a: u32, b: u32, likeness: f32, config: &StoryConfig) -> f32 {
        likeness / (self.level(a, config) * self.level(b, config)).sqrt()
    }

    fn level(&self, report: u32, config: &StoryConfig) -> f32 {
        let nearest = self.nearest.get(places(report, config)).unwrap_or_default();
        let around = nearest.get(config.ambient_first..).unwrap_or_default();
        let ranks = config.ambient_last.saturating_sub(config.ambient_first).max(1) as f32;
        (around.iter().sum::<f32>() / ranks).max(config.ambient_least)
    }
}

fn places(report: u32, config: &StoryConfig) -> Range<usize> {
    let first = report as usize * config.ambient_last;
    first..first + config.ambient_last
}

/// Keeps `likeness` if it is among the greatest.
fn note(nearest: &mut [f32], likeness: f32) {
    let at = nearest.partition_point(|kept| *kept >= likeness);
    if let Some(less) = nearest.get_mut(at..)
        && let Some(last) = less.last_mut()
    {
        *last = likeness;
        less.rotate_right(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_are_kept_in_order() {
        let mut nearest = [0.0; 3];
        for (likeness, expected) in [
            (0.2, [0.2, 0.0, 0.0]),
            (0.5, [0.5, 0.2, 0.0]),
            (0.0, [0.5, 0.2, 0.0]),
            (0.2, [0.5, 0.2, 0.2]),
            (0.3, [0.5, 0.3, 0.2]),
            (0.1, [0.5, 0.3, 0.2]),
        ] {
            note(&mut nearest, likeness);
            assert_eq!(nearest, expected);
        }
    }

    #[test]
    fn a_report_is_measured_against_both_neighbourhoods() {
        let config = StoryConfig::english();
        let mut ambience = Ambience::default();
        for n in 0..20 {
            let neighbours: Vec<(u32, f32)> = (0..n).map(|other| (other, 0.5)).collect();
            ambience.push(&neighbours, &config);
        }
        assert_eq!(ambience.nearest.len(), 20 * config.ambient_last);
        assert_eq!(ambience.scaled(0, 19, 0.3, &config), 0.3 / 0.5);
        assert_eq!(ambience.scaled(20, 21, 0.3, &config), 0.3 / config.ambient_least);
    }
}
