//! The story of each report as it comes in, without looking ahead.

use std::collections::BTreeMap;

use crate::config::StoryConfig;
use crate::story::ambience::Ambience;
use crate::story::digest::StoryDigest;
use crate::story::index::{ReportIndex, WordCounts};
use crate::story::timing::Timing;

/// The stories of the reports seen so far. What was said of a report is never taken back.
#[derive(Debug)]
pub struct StoryStream {
    config: StoryConfig,
    counts: WordCounts,
    index: ReportIndex,
    ambience: Ambience,
    ids: Vec<String>,
    timings: Vec<Timing>,
    /// For each report its story, and for each story, at its first report, how many it holds.
    story: Vec<u32>,
    size: Vec<u32>,
}

impl StoryStream {
    /// No report yet.
    #[must_use]
    pub fn new(config: StoryConfig) -> Self {
        Self {
            config,
            counts: WordCounts::default(),
            index: ReportIndex::default(),
            ambience: Ambience::default(),
            ids: Vec::new(),
            timings: Vec::new(),
            story: Vec::new(),
            size: Vec::new(),
        }
    }

    /// Takes the next report and names its story: the id of the story's first report.
    pub fn add(&mut self, digest: StoryDigest) -> &str {
        let weighed = self.counts.weigh(&digest, &self.config);
        let neighbours = self.index.neighbours(&weighed, &self.config);
        self.ambience.push(&neighbours, &self.config);
        let number = self.ids.len() as u32;
        let story = self.nearest_story(number, digest.timing, &neighbours).unwrap_or(number);
        self.counts.add(&digest);
        self.index.push(&weighed, &self.counts, &self.config);
        self.ids.push(digest.id);
        self.timings.push(digest.timing);
        self.story.push(story);
        self.size.push(0);
        self.size[story as usize] += 1;
        &self.ids[story as usize]
    }

    /// The story whose reports are most like this one on average, if they are alike enough.
    fn nearest_story(&self, number: u32, own: Timing, neighbours: &[(u32, f32)]) -> Option<u32> {
        let mut sums: BTreeMap<u32, f32> = BTreeMap::new();
        for &(other, likeness) in neighbours {
            let scaled = self.ambience.scaled(number, other, likeness, &self.config);
            let timed = scaled * self.timings[other as usize].factor(&own, &self.config);
            *sums.entry(self.story[other as usize]).or_default() += timed;
        }
        let mean = |(story, sum): (u32, f32)| (story, sum / self.size[story as usize] as f32);
        let alike = sums.into_iter().map(mean).filter(|(_, mean)| *mean >= self.config.stream_threshold);
        alike.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(story, _)| story)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_joins_the_story_before_it() {
        let config = StoryConfig::english();
        let mut stream = StoryStream::new(config.clone());
        let mut add = |id, text| {
            let day = "2020-03-01".parse().ok();
            stream.add(StoryDigest::new(id, "", text, day, &config)).to_owned()
        };
        assert_eq!(add("a", "The old bridge of Orsk fell into the river at dawn."), "a");
        assert_eq!(add("b", "Voters in Velin chose a mayor, the electoral office said."), "b");
        assert_eq!(add("c", "At dawn the river took the old bridge of Orsk."), "a");
    }
}
