//! The stories of a whole pile.

use crate::config::StoryConfig;
use crate::story::ambience::Ambience;
use crate::story::digest::StoryDigest;
use crate::story::index::{ReportIndex, WordCounts};
use crate::story::likeness::timing;
use crate::story::linkage::{Pair, average_linkage};

/// For each digest the name of its story: the id of the story's first report, by day, then by id.
///
/// The order of the digests makes no difference. Time grows little faster than their number: a report
/// is compared with so many others as `data/cluster/stories.toml` says.
#[must_use]
pub fn stories<'a>(digests: &'a [StoryDigest], config: &StoryConfig) -> Vec<&'a str> {
    let mut order: Vec<usize> = (0..digests.len()).collect();
    order.sort_by_key(|&n| (digests[n].day.is_none(), digests[n].day, &digests[n].id));
    let sorted: Vec<&StoryDigest> = order.iter().map(|&n| &digests[n]).collect();
    let pairs = likenesses(&sorted, config);
    let labels = average_linkage(sorted.len() as u32, &pairs, config.pile_threshold);
    let mut names = vec![""; digests.len()];
    for (place, label) in order.into_iter().zip(labels) {
        names[place] = &sorted[label as usize].id;
    }
    names
}

/// Every pair of reports that may be of one story, and how alike they are with all that counts.
fn likenesses(digests: &[&StoryDigest], config: &StoryConfig) -> Vec<Pair> {
    let mut counts = WordCounts::default();
    for digest in digests {
        counts.add(digest);
    }
    let (mut index, mut ambience, mut pairs) = (ReportIndex::default(), Ambience::default(), Vec::new());
    for (n, digest) in digests.iter().enumerate() {
        let weighed = counts.weigh(digest, config);
        let neighbours = index.neighbours(&weighed, config);
        ambience.push(&neighbours, config);
        index.push(weighed, config);
        pairs.extend(neighbours.into_iter().map(|(other, likeness)| (other, n as u32, likeness)));
    }
    for (a, b, likeness) in &mut pairs {
        let scaled = ambience.scaled(*a, *b, *likeness, config);
        *likeness = scaled * timing(digests[*a as usize], digests[*b as usize], config);
    }
    pairs.retain(|pair| pair.2 > config.pile_threshold * config.least_share);
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pile() -> Vec<StoryDigest> {
        let config = StoryConfig::english();
        [
            (
                "b",
                "Orsk bridge taken by river",
                "At dawn the river took the old bridge of Orsk.",
                "2020-03-02",
            ),
            (
                "a",
                "Bridge falls in Orsk",
                "The old bridge of Orsk fell into the river at dawn.",
                "2020-03-01",
            ),
            ("c", "Velin votes", "Voters in Velin chose a mayor, the electoral office said.", "2020-03-01"),
            (
                "d",
                "Bridge falls in Orsk",
                "The old bridge of Orsk fell into the river at dawn.",
                "2021-07-01",
            ),
        ]
        .map(|(id, headline, text, day)| StoryDigest::new(id, headline, text, day.parse().ok(), &config))
        .to_vec()
    }

    #[test]
    fn a_story_is_named_by_its_first_report_whatever_the_order() {
        let config = StoryConfig::english();
        let mut digests = pile();
        assert_eq!(stories(&digests, &config), ["a", "a", "c", "d"]);
        digests.reverse();
        assert_eq!(stories(&digests, &config), ["d", "c", "a", "a"]);
    }

    #[test]
    fn no_reports_no_stories() {
        assert!(stories(&[], &StoryConfig::english()).is_empty());
    }
}
