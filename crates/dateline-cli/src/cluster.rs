//! `dateline cluster`: which story each article belongs to, one JSON object a line.

use std::io::{BufWriter, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use dateline_cluster::{StoryConfig, StoryDigest, StoryStream, stories};
use dateline_export::story_line;
use dateline_pipeline::story_digest;

use crate::arguments::{Cluster, Everywhere};
use crate::extract::{Look, each_article, treatment};
use crate::plain::lines;

/// Reads every input and prints its articles' stories.
pub(crate) fn run(options: &Cluster, everywhere: &Everywhere) -> Result<ExitCode> {
    let config = StoryConfig::english();
    let mut out = BufWriter::with_capacity(1 << 16, lines());
    let mut print = |id: &str, story: &str| {
        writeln!(out, "{}", story_line(id, story)?).context("cannot write to standard output")
    };
    let digest = |article: &_| story_digest(article, &config);
    let treatment = treatment(options.as_is);
    let code = if options.stream {
        let mut stream = StoryStream::new(config.clone());
        each_article(&options.inputs, (treatment, Look::Never), everywhere, digest, |digest: StoryDigest| {
            let id = digest.id().to_owned();
            print(&id, stream.add(digest))
        })?
    } else {
        let mut digests = Vec::new();
        let keep = |digest| {
            digests.push(digest);
            Ok(())
        };
        let code = each_article(&options.inputs, (treatment, Look::Ahead), everywhere, digest, keep)?;
        for (digest, story) in digests.iter().zip(stories(&digests, &config)) {
            print(digest.id(), story)?;
        }
        code
    };
    out.flush().context("cannot write to standard output")?;
    Ok(code)
}
