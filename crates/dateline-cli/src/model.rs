//! `dateline model`: which language models there are, and what they say of themselves.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use dateline_nlp::Pipeline;

use crate::arguments::{LanguageModel, Model, ModelAction};
use crate::language::load;

/// Answers what was asked.
pub(crate) fn run(options: &Model) -> Result<ExitCode> {
    let inside = LanguageModel { model: None, kernel: "auto".to_owned(), dictionaries: None };
    match &options.action {
        ModelAction::List => writeln!(io::stdout(), "{} (inside the program)", name(&load(&inside)?))?,
        ModelAction::Info(wanted) => tell(&load(wanted)?)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn name(pipeline: &Pipeline) -> String {
    let about = pipeline.about();
    format!("{}_{} {}", about.language, about.name, about.version)
}

fn tell(pipeline: &Pipeline) -> Result<()> {
    let about = pipeline.about();
    let mut out = io::stdout().lock();
    writeln!(out, "{}", name(pipeline))?;
    writeln!(out, "language    {}", about.language)?;
    writeln!(out, "licence     {}", about.license)?;
    writeln!(out, "components  {}", about.pipeline.join(", "))?;
    writeln!(out, "kernel      {}", pipeline.kernel().name())?;
    Ok(())
}
