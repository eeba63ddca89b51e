//! What the days of two reports say of whether they are of one story.

use crate::config::StoryConfig;

/// When a report is from, and of which days it tells.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Timing {
    /// Days since 1 January 1970, where the report has a day.
    pub(crate) day: Option<i32>,
    /// The share of each weekday among those named, from Monday; none where none is named.
    pub(crate) weekdays: Option<[f32; 7]>,
}

impl Timing {
    /// What day and weekdays of two reports make of their likeness: a factor around 1.
    pub(crate) fn factor(&self, other: &Self, config: &StoryConfig) -> f32 {
        weekdays(self, other, config) * days(self.day, other.day, config)
    }
}

fn weekdays(a: &Timing, b: &Timing, config: &StoryConfig) -> f32 {
    let (Some(x), Some(y)) = (&a.weekdays, &b.weekdays) else { return 1.0 };
    let common: f32 = x.iter().zip(y).map(|(x, y)| x * y).sum();
    1.0 - config.weekday_swing + 2.0 * config.weekday_swing * (common * config.weekday_gain).min(1.0)
}

fn days(a: Option<i32>, b: Option<i32>, config: &StoryConfig) -> f32 {
    match (a, b) {
        (None, None) => config.both_undated,
        (None, Some(_)) | (Some(_), None) => config.undated,
        (Some(a), Some(b)) => {
            let apart = (a - b).unsigned_abs() as f32;
            (-(apart - config.day_grace).max(0.0) / config.day_pace).exp()
        }
    }
}
