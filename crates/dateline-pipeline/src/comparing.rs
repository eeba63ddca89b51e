//! From the reports of a record to what is known across them: shared text and stories. The whole pile
//! each time, by id, so that it does not matter how the record grew.

use dateline_cluster::{StoryConfig, StoryDigest, stories};
use dateline_model::Moment;
use dateline_reuse::{Entry, Rules, Stamp, detect_reuse};
use dateline_store::{Corpus, StoreError, StoreWriter, StoredArticle};

/// Compares all reports of the record, and puts what is found in the place of what was known.
///
/// # Errors
/// When the record cannot be read or written.
pub fn compare_reports(record: &mut StoreWriter) -> Result<(), StoreError> {
    let config = StoryConfig::english();
    let (mut entries, mut digests) = (Vec::new(), Vec::new());
    record.store().each_article(|article| {
        digests.push(digest(&article, &config));
        entries.push(entry(article));
        Ok::<_, StoreError>(())
    })?;
    let names = stories(&digests, &config);
    let ids = digests.iter().map(|digest| digest.id().to_owned());
    let stories: Vec<_> = ids.zip(names.into_iter().map(str::to_owned)).collect();
    drop(digests);
    let reuse = detect_reuse(&entries, &Rules::built_in());
    let corpus =
        Corpus { stories: &stories, pairs: &reuse.pairs, clusters: &reuse.clusters, events: &[] };
    record.replace_record(corpus)
}

fn published(article: &StoredArticle) -> Option<Moment> {
    article.published.as_ref()?.parse().ok()
}

fn digest(article: &StoredArticle, config: &StoryConfig) -> StoryDigest {
    let headline = article.headline.as_deref().unwrap_or_default();
    StoryDigest::new(&article.id, headline, &article.text, published(article), config)
}

fn entry(article: StoredArticle) -> Entry {
    Entry {
        published: published(&article).map(Stamp::of),
        id: article.id,
        text: article.text,
        publisher: article.publisher,
        credits: article.credits,
    }
}
