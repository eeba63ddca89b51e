//! The stories of a whole pile.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use dateline_model::Moment;
use dateline_pile::{DossierPile, Rows, Scratch};
use rayon::prelude::*;

use crate::config::StoryConfig;
use crate::story::digest::{StoryDigest, day_number};
use crate::story::likeness::{TOGETHER, likenesses};
use crate::story::linkage::{average_linkage, linkage_beside};
use crate::story::term::hash;

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

/// For each report of a pile the place of its story's first report, by day, then by id.
///
/// The order of the pile makes no difference to which reports are together, nor do their names. Time grows little
/// faster than their number: a report is compared with so many others, near in time, as `data/cluster/stories.toml`
/// says. Texts are read when they are compared, and pairs of reports that may be one story wait in so much memory as
/// `scratch` gives. [`DossierPile::check`] tells whether all texts could be read.
///
/// # Errors
/// When what does not fit into memory cannot be written to a file, or be read from it.
pub fn stories_of_pile(
    pile: &DossierPile,
    config: &StoryConfig,
    scratch: &Scratch,
) -> io::Result<Vec<usize>> {
    let report = |place: usize| (&pile.heads()[place], pile.texts(place));
    let head = |place: usize| {
        let (head, texts) = report(place);
        Head::new(&head.id, &texts.text, head.published, config)
    };
    let heads: Vec<Head<'_>> = (0..pile.count()).into_par_iter().map(head).collect();
    let digest = |place: usize| {
        let (head, texts) = report(place);
        Cow::Owned(StoryDigest::new(&head.id, &texts.headline, &texts.text, head.published, config))
    };
    first_of_stories(&heads, digest, config, scratch)
}

/// For each digest the name of its story: the id of the story's first report, as [`stories_of_pile`] has it.
#[must_use]
pub fn stories<'a>(digests: &'a [StoryDigest], config: &StoryConfig) -> Vec<&'a str> {
    let heads: Vec<_> = digests.iter().map(Head::of_digest).collect();
    named(&heads, |n| Cow::Borrowed(&digests[n]), config)
}

/// The same beside stories that stand: `known` names those of reports that are in one, which keep it. The others join
/// one of these stories, or each other.
#[must_use]
pub fn stories_beside<'a>(
    reports: &[StoryReport<'a>],
    known: &[Option<&'a str>],
    config: &StoryConfig,
) -> Vec<&'a str> {
    let heads: Vec<_> = reports.iter().map(|report| Head::of(report, config)).collect();
    let order = order(&heads);
    let digests = || ahead(&order, |n| digest(&reports[n], config));
    // Where all is held in memory no file can fail.
    let pairs = likenesses(terms(&heads), digests, config, &Scratch::unneeded());
    let mut pairs = pairs.and_then(Rows::held).unwrap_or_default();
    // Sums of likenesses are taken in the order in which reports came.
    pairs.sort_unstable_by_key(|pair| (pair.b, pair.a));
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
    let mut names = ids(&heads, &first_reports(&heads, &order, &labels));
    for (n, label) in order.iter().zip(&labels) {
        names[*n] = of_label.get(label).copied().unwrap_or(names[*n]);
    }
    names
}

fn digest<'d>(report: &StoryReport<'_>, config: &StoryConfig) -> Cow<'d, StoryDigest> {
    let StoryReport { id, headline, text, published } = *report;
    Cow::Owned(StoryDigest::new(id, headline, text, published, config))
}

/// What puts a report in its place.
struct Head<'a> {
    day: Option<i32>,
    /// A number for what it says: of one day, ids put nothing before anything.
    words: u64,
    id: &'a str,
    /// About how many words and pairs of words it has.
    terms: u32,
}

/// Bytes of a text that give a word, or a pair of words.
const BYTES_PER_TERM: usize = 5;

impl<'a> Head<'a> {
    fn new(id: &'a str, text: &str, published: Option<Moment>, config: &StoryConfig) -> Self {
        let day = published.map(|moment| day_number(moment.day()));
        let terms = text.len().min(config.body_characters) / BYTES_PER_TERM;
        Self { day, words: hash(text), id, terms: terms as u32 }
    }

    fn of(report: &StoryReport<'a>, config: &StoryConfig) -> Self {
        Self::new(report.id, report.text, report.published, config)
    }

    fn of_digest(digest: &'a StoryDigest) -> Self {
        let (day, words) = (digest.timing.day, digest.fingerprint());
        Self { day, words, id: &digest.id, terms: digest.terms.len() as u32 }
    }
}

/// The names of the stories of these reports.
fn named<'a, 'd>(
    heads: &[Head<'a>],
    digest: impl Fn(usize) -> Cow<'d, StoryDigest> + Sync,
    config: &StoryConfig,
) -> Vec<&'a str> {
    // Where all is held in memory no file can fail.
    let first = first_of_stories(heads, digest, config, &Scratch::unneeded()).unwrap_or_default();
    ids(heads, &first)
}

fn ids<'a>(heads: &[Head<'a>], places: &[usize]) -> Vec<&'a str> {
    places.iter().map(|place| heads[*place].id).collect()
}

/// The place of the first report of each one's story.
fn first_of_stories<'d>(
    heads: &[Head<'_>],
    digest: impl Fn(usize) -> Cow<'d, StoryDigest> + Sync,
    config: &StoryConfig,
    scratch: &Scratch,
) -> io::Result<Vec<usize>> {
    let order = order(heads);
    let pairs = likenesses(terms(heads), || ahead(&order, &digest), config, scratch)?;
    let labels = average_linkage(heads.len() as u32, &pairs, config.pile_threshold)?;
    Ok(first_reports(heads, &order, &labels))
}

fn terms(heads: &[Head<'_>]) -> usize {
    heads.iter().map(|head| head.terms as usize).sum()
}

/// The order in which reports are compared.
fn order(heads: &[Head<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..heads.len()).collect();
    order.sort_by_key(|&n| (heads[n].day.is_none(), heads[n].day, heads[n].words, heads[n].id));
    order
}

/// The first report of each one's group.
fn first_reports(heads: &[Head<'_>], order: &[usize], labels: &[u32]) -> Vec<usize> {
    let by_name = |n: usize| (heads[n].day.is_none(), heads[n].day, heads[n].id);
    let mut first: Vec<usize> = order.to_vec();
    for (place, label) in order.iter().zip(labels) {
        let first = &mut first[*label as usize];
        *first = *[*first, *place].iter().min_by_key(|n| by_name(**n)).unwrap_or(place);
    }
    let mut of_each = vec![0; heads.len()];
    for (place, label) in order.iter().zip(labels) {
        of_each[*place] = first[*label as usize];
    }
    of_each
}

/// The digests of reports, in this order, made on all threads some ahead.
fn ahead<'d>(
    order: &[usize],
    digest: impl Fn(usize) -> Cow<'d, StoryDigest> + Sync,
) -> impl Iterator<Item = Cow<'d, StoryDigest>> {
    let together = move |some: &[usize]| some.par_iter().map(|n| digest(*n)).collect::<Vec<_>>();
    order.chunks(TOGETHER).flat_map(together)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use dateline_model::Dossier;
    use dateline_pile::DossierSpool;

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
        assert_eq!(stories_beside(&reports, &[None; 3], &config), ["a", "a", "c"]);
        digests.reverse();
        assert_eq!(stories(&digests, &config), ["d", "c", "a", "a"]);
        let known = [Some("x"), None, Some("c")];
        assert_eq!(stories_beside(&reports, &known, &config), ["x", "x", "c"]);
    }

    /// Reports of forty stories, some of them on the same bridges; some have no day.
    fn dossiers() -> Vec<Dossier> {
        let dossier = |n: usize| {
            let (story, teller) = (n * 7 % 40, n % 11);
            let text = format!(
                "The bridge of Orsk{story} fell into the river{} at dawn. Guard{teller} of quay{} saw ferry{story} \
                 leave harbour{} on {}. {}",
                story % 9,
                n % 13,
                story % 5,
                ["Monday", "Friday"][story % 2],
                "Mayor spoke of the old bridge. ".repeat(n % 4),
            );
            Dossier {
                id: format!("{:04}", n * 7919 % 2000),
                headline: format!("Bridge{story} falls"),
                text,
                published: (!n.is_multiple_of(6)).then(|| format!("2020-03-{:02}", 1 + story % 20 + n % 3)),
                ..Dossier::default()
            }
        };
        (0..600).map(dossier).collect()
    }

    #[test]
    fn what_waits_in_files_is_told_as_well() {
        let config = StoryConfig::english();
        let pile = DossierPile::of(dossiers());
        let held = stories_of_pile(&pile, &config, &Scratch::unneeded()).unwrap();
        let scratch = Scratch { memory: 500, ..Scratch::unneeded() };
        let mut spool = DossierSpool::new(&scratch);
        (0..pile.count()).for_each(|place| spool.push(pile.dossier(place).into_owned()).unwrap());
        let filed = spool.finish();
        assert_eq!(stories_of_pile(&filed, &config, &scratch).unwrap(), held);
        filed.check().unwrap();
        let names: Vec<&str> = held.iter().map(|place| pile.id(*place)).collect();
        let groups: BTreeSet<&str> = names.iter().copied().collect();
        assert!((20..200).contains(&groups.len()), "{} stories", groups.len());
        let digest = |place| {
            let (head, texts) = (&pile.heads()[place], pile.texts(place));
            StoryDigest::new(&head.id, &texts.headline, &texts.text, head.published, &config)
        };
        let digests: Vec<StoryDigest> = (0..pile.count()).map(digest).collect();
        assert_eq!(stories(&digests, &config), names);
    }

    #[test]
    fn no_reports_no_stories() {
        let config = StoryConfig::english();
        assert!(stories(&[], &config).is_empty());
        let pile = DossierPile::of(Vec::new());
        assert!(stories_of_pile(&pile, &config, &Scratch::unneeded()).unwrap().is_empty());
    }
}
