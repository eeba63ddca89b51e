//! What is kept of a report to tell its story: telling words, day, the weekdays that it names.

use dateline_model::Moment;
use jiff::civil::Date;

use crate::config::StoryConfig;
use crate::story::term::{Term, gathered, pair, words};
use crate::story::timing::Timing;

/// One report, digested. Made on any thread; a digest knows no other report.
#[derive(Clone, Debug)]
pub struct StoryDigest {
    pub(crate) id: String,
    pub(crate) timing: Timing,
    /// Words and pairs of words with their counts, sorted.
    pub(crate) terms: Vec<Term>,
    /// The same of the headline alone.
    pub(crate) headline: Vec<Term>,
}

impl StoryDigest {
    /// Digests a report: its `headline` ("" for none), its body, its day of publication.
    #[must_use]
    pub fn new(
        id: &str,
        headline: &str,
        text: &str,
        published: Option<Moment>,
        config: &StoryConfig,
    ) -> Self {
        let mut terms = Vec::new();
        push_terms(headline, config.headline_times, config, &mut terms);
        push_terms(head(text, config.body_characters), 1.0, config, &mut terms);
        let mut of_headline = Vec::new();
        push_terms(headline, 1.0, config, &mut of_headline);
        let timing = Timing {
            day: published.map(|moment| day_number(moment.day())),
            weekdays: weekdays(headline, head(text, config.weekday_characters), config),
        };
        Self { id: id.to_owned(), timing, terms: gathered(terms), headline: gathered(of_headline) }
    }

    /// A number for what it says.
    pub(crate) fn fingerprint(&self) -> u64 {
        let add = |sum: u64, (word, count): &Term| pair(sum, *word ^ u64::from(count.to_bits()));
        self.terms.iter().fold(0, add)
    }

    /// The report's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
}

pub(crate) fn day_number(day: Date) -> i32 {
    day.duration_since(Date::constant(1970, 1, 1)).as_hours().div_euclid(24) as i32
}

/// The first characters of a text.
fn head(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).map_or(text, |(end, _)| &text[..end])
}

/// Telling words, and pairs of them that follow each other.
fn push_terms(text: &str, count: f32, config: &StoryConfig, terms: &mut Vec<Term>) {
    let mut before = None;
    for word in words(text) {
        let telling = (!config.is_small(word)).then_some(word);
        if let Some(word) = telling {
            terms.push((word, count));
            terms.extend(before.map(|before| (pair(before, word), count)));
        }
        before = telling;
    }
}

fn weekdays(headline: &str, text: &str, config: &StoryConfig) -> Option<[f32; 7]> {
    let mut counts = [0.0; 7];
    for day in words(headline).chain(words(text)).filter_map(|word| config.weekday(word)) {
        if let Some(count) = counts.get_mut(day) {
            *count += 1.0;
        }
    }
    let all: f32 = counts.iter().sum();
    (all > 0.0).then(|| counts.map(|count| count / all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_knows_day_and_weekdays() {
        let config = StoryConfig::english();
        let day = "1970-01-03".parse().ok();
        let text = "They met on Friday. On Friday it rained, on Monday not.";
        let digest = StoryDigest::new("a", "Rain", text, day, &config);
        assert_eq!(digest.timing.day, Some(2));
        assert_eq!(digest.timing.weekdays, Some([1.0 / 3.0, 0.0, 0.0, 0.0, 2.0 / 3.0, 0.0, 0.0]));
        assert_eq!(StoryDigest::new("b", "", "They met.", None, &config).timing.weekdays, None);
    }

    #[test]
    fn small_words_part_pairs() {
        let config = StoryConfig::english();
        let count = |text| StoryDigest::new("a", "", text, None, &config).terms.len();
        assert_eq!(count("river bridge"), 3);
        assert_eq!(count("river of the bridge"), 2);
    }
}
