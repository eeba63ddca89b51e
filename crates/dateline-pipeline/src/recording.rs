//! From a pile of dossiers to the record: what is shared, which accounts are of one event, what they
//! agree on.

use std::collections::BTreeMap;

use dateline_cluster::{
    AccountConfig, EventCluster, EventRules, StoryConfig, StoryDigest, accounts, event_clusters, stories,
};
use dateline_model::{Article, Dossier, EventRecord, RelatedPair, ReuseCluster};
use dateline_reconcile::{Telling, Texts, reconcile_event, tell_apart};
use dateline_reuse::{Entry, Reuse, Rules, Stamp, common_texts, detect_reuse};

use jiff::civil::Date;

use crate::annotating::Annotation;

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
    /// For each dossier the id of its story's first report.
    pub stories: Vec<String>,
    /// Reports that share text.
    pub pairs: Vec<RelatedPair>,
    /// Copies of one another.
    pub clusters: Vec<ReuseCluster>,
}

/// Builds the record of `dossiers`. Their order does not matter: they are taken by id.
#[must_use]
pub fn build_record(mut dossiers: Vec<Dossier>) -> (Vec<Dossier>, Record) {
    dossiers.sort_by(|a, b| (&a.id, &a.text).cmp(&(&b.id, &b.text)));
    dossiers.dedup_by(|a, b| a.id == b.id && a.text == b.text);
    let Reuse { pairs, clusters } = detect_reuse(&entries(&dossiers), &Rules::built_in());
    let found = event_clusters(&dossiers, &pairs, &EventRules::english());
    let texts = common_texts(dossiers.iter().map(|dossier| dossier.id.as_str()), &pairs);
    let mut events: Vec<EventRecord> =
        found.iter().filter_map(|c| reconciled(c, &dossiers, &texts)).collect();
    events.sort_by(|a, b| by_time(a).cmp(&by_time(b)));
    tell_apart(&mut events);
    // A name that was told apart may stand in another place.
    events.sort_by(|a, b| by_time(a).cmp(&by_time(b)));
    let stories = named_stories(&dossiers);
    (dossiers, Record { events, stories, pairs, clusters })
}

fn entries(dossiers: &[Dossier]) -> Vec<Entry> {
    let stamp = |day: &String| day.parse().ok().map(Stamp::of);
    let entry = |dossier: &Dossier| Entry {
        id: dossier.id.clone(),
        text: dossier.text.clone(),
        publisher: dossier.publisher.clone(),
        published: dossier.published.as_ref().and_then(stamp),
        credits: dossier.credits.clone(),
    };
    dossiers.iter().map(entry).collect()
}

/// The record of one cluster: its accounts laid together by report.
fn reconciled(cluster: &EventCluster, dossiers: &[Dossier], texts: &Texts) -> Option<EventRecord> {
    let mut by_report: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (report, account) in cluster {
        by_report.entry(*report).or_default().push(*account);
    }
    let tellings: Vec<Telling<'_>> =
        by_report.iter().filter_map(|(report, accounts)| Telling::of(&dossiers[*report], accounts)).collect();
    reconcile_event(&tellings, texts)
}

/// By the first day that an account gives, undated ones last, then by name.
fn by_time(event: &EventRecord) -> (bool, Option<Date>, &str) {
    let first = event.time.as_ref().and_then(|time| time.claims.iter().map(|claim| claim.value.first).min());
    (first.is_none(), first, &event.name)
}

fn named_stories(dossiers: &[Dossier]) -> Vec<String> {
    let config = StoryConfig::english();
    let digest = |dossier: &Dossier| {
        let published = dossier.published.as_ref().and_then(|day| day.parse().ok());
        StoryDigest::new(&dossier.id, &dossier.headline, &dossier.text, published, &config)
    };
    let digests: Vec<StoryDigest> = dossiers.iter().map(digest).collect();
    stories(&digests, &config).into_iter().map(str::to_owned).collect()
}
