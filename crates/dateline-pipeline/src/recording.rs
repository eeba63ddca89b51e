//! From a pile of dossiers to the record: what is shared, which accounts are of one event, what they
//! agree on.

use std::collections::BTreeMap;
use std::io;

use dateline_cluster::{
    AccountConfig, EventCluster, EventRules, StoryConfig, StoryReport, accounts, event_clusters_within,
    stories_of_reports,
};
use dateline_model::{Article, CorrectionLog, Dossier, EventRecord, Outcome, RelatedPair, ReuseCluster};
use dateline_pile::Scratch;
use dateline_reuse::{Entry, Reuse, Rules, Stamp, common_texts, detect_reuse_within};

use crate::annotating::Annotation;
use crate::correcting::{CorrectedEvents, corrected_events};

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
    /// Of which event each account is: the accounts of each event, after corrections, and its name.
    pub told: Vec<(EventCluster, Option<String>)>,
    /// For each dossier the id of its story's first report.
    pub stories: Vec<String>,
    /// Reports that share text.
    pub pairs: Vec<RelatedPair>,
    /// Copies of one another.
    pub clusters: Vec<ReuseCluster>,
    /// What was found before any correction.
    pub found: Comparison,
}

/// What comparing reports finds, before a person's corrections.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Which accounts are of one event.
    pub events: Vec<EventCluster>,
    /// Which text each report goes back to.
    pub texts: BTreeMap<String, u32>,
}

/// Builds the record of `dossiers` as reports tell it. Their order does not matter: they are taken by id.
#[must_use]
pub fn build_record(dossiers: Vec<Dossier>) -> (Vec<Dossier>, Record) {
    build_corrected_record(dossiers, &CorrectionLog::default())
}

/// Builds the record of `dossiers` as reports tell it and as persons corrected it.
#[must_use]
pub fn build_corrected_record(dossiers: Vec<Dossier>, log: &CorrectionLog) -> (Vec<Dossier>, Record) {
    // Where all is held in memory no file can fail.
    build_telling(dossiers, log, &Scratch::unneeded(), &mut |_| {}).unwrap_or_default()
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

/// The same, while `tell` hears of each step before it is done.
pub(crate) fn build_telling(
    mut dossiers: Vec<Dossier>,
    log: &CorrectionLog,
    scratch: &Scratch,
    tell: &mut (dyn FnMut(CompareStep) + Send),
) -> io::Result<(Vec<Dossier>, Record)> {
    dossiers.sort_by(|a, b| (&a.id, &a.text).cmp(&(&b.id, &b.text)));
    dossiers.dedup_by(|a, b| a.id == b.id && a.text == b.text);
    let rules = Rules::built_in();
    // Stories and events know nothing of each other.
    let (stories, found) = rayon::join(
        || named_stories(&dossiers),
        || {
            tell(CompareStep::SharedText);
            let reuse = detect_reuse_within(&entries(&dossiers), &rules, scratch)?;
            tell(CompareStep::Events);
            let events = event_clusters_within(&dossiers, &reuse.pairs, &EventRules::english(), scratch)?;
            tell(CompareStep::Stories);
            Ok::<_, io::Error>((reuse, events))
        },
    );
    let (Reuse { pairs, clusters }, events) = found?;
    tell(CompareStep::Fields);
    let texts = common_texts(dossiers.iter().map(|dossier| dossier.id.as_str()), &pairs, &rules);
    let found = Comparison { events, texts };
    let corrected = corrected_events(&mut dossiers, &found, log, |_| false);
    let CorrectedEvents { events, told, outcomes } = corrected;
    Ok((dossiers, Record { events, outcomes, told, stories, pairs, clusters, found }))
}

/// What shared text is looked for in.
pub(crate) fn entries(dossiers: &[Dossier]) -> Vec<Entry<'_>> {
    dossiers.iter().map(entry).collect()
}

fn entry(dossier: &Dossier) -> Entry<'_> {
    let stamp = |day: &String| day.parse().ok().map(Stamp::of);
    Entry {
        id: dossier.id.clone(),
        text: dossier.text.as_str().into(),
        publisher: dossier.publisher.clone(),
        published: dossier.published.as_ref().and_then(stamp),
        credits: dossier.credits.clone(),
    }
}

/// A report as its story is looked for.
pub(crate) fn story_report(dossier: &Dossier) -> StoryReport<'_> {
    let Dossier { id, headline, text, published, .. } = dossier;
    let published = published.as_ref().and_then(|day| day.parse().ok());
    StoryReport { id, headline, text, published }
}

fn named_stories(dossiers: &[Dossier]) -> Vec<String> {
    let reports: Vec<StoryReport<'_>> = dossiers.iter().map(story_report).collect();
    stories_of_reports(&reports, &StoryConfig::english()).into_iter().map(str::to_owned).collect()
}
