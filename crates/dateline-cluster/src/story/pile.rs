//! The stories of a whole pile.

use std::borrow::Cow;
use std::collections::BTreeMap;

use dateline_model::Moment;

use crate::config::StoryConfig;
use crate::story::alike::Alike;
use crate::story::ambience::Ambience;
use crate::story::digest::{StoryDigest, day_number};
use crate::story::index::{ReportIndex, WordCounts};
use crate::story::linkage::{average_linkage, linkage_beside};
use crate::story::term::hash;
use crate::story::timing::Timing;

/// A report of a pile, by its texts.
#[derive(Clone, Copy, Debug)]
pub struct StoryReport<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its headline, "" for none.
    pub headline: &'a str,
    /// Its body.
    pub text: &'a str,
    /// Its day of publication.
    pub published: Option<Moment>,
}

/// For each digest the name of its story: the id of the story's first report, by day, then by id.
///
/// The order of the digests makes no difference, nor does what they are called. Time grows little faster than their
/// number: a report is compared with so many others, near in time, as `data/cluster/stories.toml` says.
#[must_use]
pub fn stories<'a>(digests: &'a [StoryDigest], config: &StoryConfig) -> Vec<&'a str> {
    let head = |digest: &'a StoryDigest| Head {
        day: digest.timing.day,
        words: digest.fingerprint(),
        id: &digest.id,
    };
    let heads: Vec<_> = digests.iter().map(head).collect();
    let terms = digests.iter().map(|digest| digest.terms.len()).sum();
    named(&heads, terms, |n| Cow::Borrowed(&digests[n]), config)
}

/// The same of reports by their texts: a digest lives while it is compared, so that a large pile needs little.
#[must_use]
pub fn stories_of_reports<'a>(reports: &[StoryReport<'a>], config: &StoryConfig) -> Vec<&'a str> {
    let heads: Vec<_> = reports.iter().map(Head::of).collect();
    named(&heads, terms(reports, config), |n| digest(&reports[n], config), config)
}

/// The same beside stories that stand: `known` names those of reports that are in one, which keep it. The others join
/// one of these stories, or each other.
#[must_use]
pub fn stories_beside<'a>(
    reports: &[StoryReport<'a>],
    known: &[Option<&'a str>],
    config: &StoryConfig,
) -> Vec<&'a str> {
    let heads: Vec<_> = reports.iter().map(Head::of).collect();
    let order = order(&heads);
    let pairs =
        likenesses(terms(reports, config), || order.iter().map(|n| digest(&reports[*n], config)), config);
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    let mut number = |story: &'a str| {
        let next = numbers.len() as u32;
        *numbers.entry(story).or_insert(next)
    };
    let standing: Vec<Option<u32>> = order.iter().map(|n| known[*n].map(&mut number)).collect();
    let labels = linkage_beside(&standing, &pairs, config.pile_threshold);
    let mut of_label: BTreeMap<u32, &str> = BTreeMap::new();
    for (n, label) in order.iter().zip(&labels) {
        of_label.extend(known[*n].map(|story| (*label, story)));
    }
    let mut names = first_reports(&heads, &order, &labels);
    for (n, label) in order.iter().zip(&labels) {
        names[*n] = of_label.get(label).copied().unwrap_or(names[*n]);
    }
    names
}

/// About how many words and pairs of words the reports have.
fn terms(reports: &[StoryReport<'_>], config: &StoryConfig) -> usize {
    reports.iter().map(|report| report.text.len().min(config.body_characters) / BYTES_PER_TERM).sum()
}

fn digest<'d>(report: &StoryReport<'_>, config: &StoryConfig) -> Cow<'d, StoryDigest> {
    let StoryReport { id, headline, text, published } = *report;
    Cow::Owned(StoryDigest::new(id, headline, text, published, config))
}

/// Bytes of a text that give a word, or a pair of words.
const BYTES_PER_TERM: usize = 5;

/// What puts a report in its place.
struct Head<'a> {
    day: Option<i32>,
    /// A number for what it says: of one day, ids put nothing before anything.
    words: u64,
    id: &'a str,
}

impl<'a> Head<'a> {
    fn of(report: &StoryReport<'a>) -> Self {
        Self {
            day: report.published.map(|moment| day_number(moment.day())),
            words: hash(report.text),
            id: report.id,
        }
    }
}

/// The names of the stories of these reports.
fn named<'a, 'd>(
    heads: &[Head<'a>],
    terms: usize,
    digest: impl Fn(usize) -> Cow<'d, StoryDigest>,
    config: &StoryConfig,
) -> Vec<&'a str> {
    let order = order(heads);
    let pairs = likenesses(terms, || order.iter().map(|n| digest(*n)), config);
    let labels = average_linkage(heads.len() as u32, pairs, config.pile_threshold);
    first_reports(heads, &order, &labels)
}

/// The order in which reports are compared.
fn order(heads: &[Head<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..heads.len()).collect();
    order.sort_by_key(|&n| (heads[n].day.is_none(), heads[n].day, heads[n].words, heads[n].id));
    order
}

/// The id of the first report of each one's group.
fn first_reports<'a>(heads: &[Head<'a>], order: &[usize], labels: &[u32]) -> Vec<&'a str> {
    let by_name = |n: usize| (heads[n].day.is_none(), heads[n].day, heads[n].id);
    let mut first: Vec<usize> = order.to_vec();
    for (place, label) in order.iter().zip(labels) {
        let first = &mut first[*label as usize];
        *first = *[*first, *place].iter().min_by_key(|n| by_name(**n)).unwrap_or(place);
    }
    let mut names = vec![""; heads.len()];
    for (place, label) in order.iter().zip(labels) {
        names[*place] = heads[first[*label as usize]].id;
    }
    names
}

/// All pairs that are alike at all, days and neighbourhoods taken into account.
fn likenesses<'d, I: Iterator<Item = Cow<'d, StoryDigest>>>(
    terms: usize,
    digests: impl Fn() -> I,
    config: &StoryConfig,
) -> Vec<Alike> {
    let counts = WordCounts::of_pile(terms, &digests);
    let (mut index, mut ambience, mut pairs) = (ReportIndex::default(), Ambience::default(), Vec::new());
    let mut timings: Vec<Timing> = Vec::new();
    let least = config.pile_threshold * config.least_share;
    for (n, digest) in (0..).zip(digests()) {
        let weighed = counts.weigh(&digest, config);
        let neighbours = index.neighbours(&weighed, config);
        ambience.push(&neighbours, config);
        index.push(&weighed, &counts, config);
        timings.push(digest.timing);
        // Neighbourhoods only get denser, and likenesses with them less: what is too little now stays so.
        let is_alike = |&(other, likeness): &(u32, f32)| {
            let timing = timings[other as usize].factor(&timings[n as usize], config);
            ambience.scaled(other, n, likeness, config) * timing > least
        };
        let found = neighbours.into_iter().filter(is_alike);
        pairs.extend(found.map(|(other, likeness)| Alike::new(other, n, likeness)));
    }
    for Alike { a, b, likeness } in &mut pairs {
        let scaled = ambience.scaled(*a, *b, *likeness, config);
        *likeness = scaled * timings[*a as usize].factor(&timings[*b as usize], config);
    }
    pairs.retain(|pair| pair.likeness > least);
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
        let texts = "At dawn the river took the old bridge of Orsk.";
        let report = |id, published: &str| {
            let published = published.parse().ok();
            StoryReport { id, headline: "Orsk bridge", text: texts, published }
        };
        let reports = [report("b", "2020-03-02"), report("a", "2020-03-01"), report("c", "2021-07-01")];
        assert_eq!(stories_of_reports(&reports, &config), ["a", "a", "c"]);
        digests.reverse();
        assert_eq!(stories(&digests, &config), ["d", "c", "a", "a"]);
        let known = [Some("x"), None, Some("c")];
        assert_eq!(stories_beside(&reports, &known, &config), ["x", "x", "c"]);
    }

    #[test]
    fn no_reports_no_stories() {
        assert!(stories(&[], &StoryConfig::english()).is_empty());
    }
}
