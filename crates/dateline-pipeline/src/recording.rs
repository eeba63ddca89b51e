//! From a pile of dossiers to the record: what is shared, which accounts are of one event, what they
//! agree on.

use std::io;

use dateline_cluster::{
    AccountConfig, EventCluster, EventRules, StoryConfig, accounts, event_clusters, stories_of_pile,
};
use dateline_model::{Article, CorrectionLog, Dossier, EventRecord, Outcome, RelatedPair, ReuseCluster};
use dateline_pile::{DossierPile, Rows, Scratch, SharedPassage, related_pair};
use dateline_reuse::{Rules, common_texts, copies, shared_passages};

use crate::annotating::Annotation;
use crate::correcting::{CorrectedEvents, Correcting};

/// What is kept of an article for the stages that look across reports.
#[must_use]
pub fn dossier(article: &Article, read: &Annotation, config: &AccountConfig) -> Dossier {
    let readings = read.readings.as_ref();
    Dossier {
        id: article.id.clone(),
        headline: article.headline.as_ref().map_or("", |h| h.as_str()).to_owned(),
        text: article.text.as_str().to_owned(),
        publisher: article.publisher.as_ref().map(|p| p.value.clone()),
        published: article.published.as_ref().map(|p| p.value.to_string()),
        published_quote: article.published.as_ref().map(|p| p.quote.clone()).unwrap_or_default(),
        read_against: read.report.document_time.0.map(|moment| moment.day().to_string()),
        credits: article.credits.iter().map(|credit| credit.value.clone()).collect(),
        accounts: readings.map(|readings| accounts(&read.report, readings, config)).unwrap_or_default(),
    }
}

/// The sourced record of a pile.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The events, by time, undated ones last, then by name.
    pub events: Vec<EventRecord>,
    /// What became of each correction, in the order of the log.
    pub outcomes: Vec<Outcome>,
    /// For each dossier the id of its story's first report.
    pub stories: Vec<String>,
    /// Reports that share text.
    pub pairs: Vec<RelatedPair>,
    /// Copies of one another.
    pub clusters: Vec<ReuseCluster>,
}

/// Builds the record of `dossiers` as reports tell it. Their order does not matter: they are taken by id.
#[must_use]
pub fn build_record(dossiers: Vec<Dossier>) -> (DossierPile, Record) {
    build_corrected_record(dossiers, &CorrectionLog::default())
}

/// Builds the record of `dossiers` as reports tell it and as persons corrected it, all of it in memory.
#[must_use]
pub fn build_corrected_record(dossiers: Vec<Dossier>, log: &CorrectionLog) -> (DossierPile, Record) {
    let mut pile = DossierPile::of(dossiers);
    // Where all is held in memory no file can fail.
    let record = record(&mut pile, log).unwrap_or_default();
    (pile, record)
}

fn record(pile: &mut DossierPile, log: &CorrectionLog) -> io::Result<Record> {
    let found = Found::in_pile(pile, &Scratch::unneeded(), &mut |_| {})?;
    let Found { stories, shared, clusters, comparison } = found;
    let CorrectedEvents { events, outcomes, .. } =
        CorrectedEvents::of(Correcting::of(pile, &comparison, log), |_| false);
    let mut pairs = Vec::new();
    shared.each_group(SharedPassage::is_of_same_pair, |passages| {
        pairs.extend(related_pair(passages, |place| pile.id(place as usize)));
        Ok(())
    })?;
    let stories = stories.into_iter().map(|first| pile.id(first).to_owned()).collect();
    Ok(Record { events, outcomes, stories, pairs, clusters })
}

/// What comparing the reports of a pile finds, before a person's corrections.
pub(crate) struct Found {
    /// For each report, by place, the place of its story's first report.
    pub(crate) stories: Vec<usize>,
    /// What reports share.
    pub(crate) shared: Rows<SharedPassage>,
    /// Copies of one another.
    pub(crate) clusters: Vec<ReuseCluster>,
    pub(crate) comparison: Comparison,
}

/// Which accounts and which texts belong together, before a person's corrections.
#[derive(Clone, Debug, Default)]
pub(crate) struct Comparison {
    /// Which accounts are of one event.
    pub(crate) events: Vec<EventCluster>,
    /// Which text each report goes back to, by place, where that is known.
    pub(crate) texts: Vec<Option<u32>>,
}

/// What is being done with all reports of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareStep {
    /// What is kept of each is read from the file.
    Loading,
    /// Text that reports share is looked for.
    SharedText,
    /// Accounts of one event are found.
    Events,
    /// Reports of one story are found, beside the two before.
    Stories,
    /// The fields of each event are laid together.
    Fields,
    /// What was found goes into the file.
    Writing,
}

impl Found {
    /// Compares all reports of a pile; `tell` hears of each step before it is done.
    pub(crate) fn in_pile(
        pile: &DossierPile,
        scratch: &Scratch,
        tell: &mut (dyn FnMut(CompareStep) + Send),
    ) -> io::Result<Self> {
        let rules = Rules::built_in();
        // Stories and events know nothing of each other.
        let (stories, found) = rayon::join(
            || stories_of_pile(pile, &StoryConfig::english(), scratch),
            || {
                tell(CompareStep::SharedText);
                let shared = shared_passages(pile, &rules, scratch)?;
                tell(CompareStep::Events);
                let events = event_clusters(pile, &shared, &EventRules::english(), scratch)?;
                tell(CompareStep::Stories);
                Ok::<_, io::Error>((shared, events))
            },
        );
        let (stories, (shared, events)) = (stories?, found?);
        let texts = common_texts(pile.count(), &shared, &rules)?.into_iter().map(Some).collect();
        let clusters = copies(pile.count(), &shared, |place| pile.id(place as usize))?;
        pile.check()?;
        Ok(Self { stories, shared, clusters, comparison: Comparison { events, texts } })
    }
}
