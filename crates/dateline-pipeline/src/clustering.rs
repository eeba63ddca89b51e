//! From articles to stories: digests on all threads, then the whole pile or report by report.

use dateline_cluster::{StoryConfig, StoryDigest};
use dateline_model::Article;

/// What is kept of an article to tell its story.
#[must_use]
pub fn story_digest(article: &Article, config: &StoryConfig) -> StoryDigest {
    let headline = article.headline.as_ref().map_or("", |h| h.as_str());
    let published = article.published.as_ref().map(|p| p.value);
    StoryDigest::new(&article.id, headline, article.text.as_str(), published, config)
}
