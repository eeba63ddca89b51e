//! How like two reports are, before and after their days are looked at.

use crate::config::StoryConfig;
use crate::story::digest::StoryDigest;

/// What day and weekdays make of a likeness: a factor around 1.
pub(crate) fn timing(a: &StoryDigest, b: &StoryDigest, config: &StoryConfig) -> f32 {
    weekdays(a, b, config) * days(a.day, b.day, config)
}

fn weekdays(a: &StoryDigest, b: &StoryDigest, config: &StoryConfig) -> f32 {
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
