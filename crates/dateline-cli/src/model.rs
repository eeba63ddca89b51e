//! `dateline model`: which language models there are, what they say of themselves, and how one is added.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result};
use dateline_nlp::{About, Pipeline};

use crate::arguments::{LanguageModel, Model, ModelAction};
use crate::language::load;
use crate::models;
use crate::plain::words;

/// Answers what was asked.
pub(crate) fn run(options: &Model) -> Result<ExitCode> {
    match &options.action {
        ModelAction::List => list()?,
        ModelAction::Info(of) => {
            let model = of.name.clone().or_else(|| of.language.model.clone());
            tell(&load(&LanguageModel { model, kernel: of.language.kernel.clone(), dictionaries: None })?)?;
        }
        ModelAction::Add(added) => {
            let package = &added.package;
            let cannot = || format!("cannot add {}", package.display());
            // What cannot be loaded is not worth keeping.
            let pipeline = Pipeline::load(package).with_context(cannot)?;
            let folder = models::add(package, pipeline.about()).with_context(cannot)?;
            let name = pipeline.about().package();
            writeln!(words(), "{} added in {}", name_of(pipeline.about()), folder.display())?;
            writeln!(words(), "use it with: dateline annotate --model {name} …")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn list() -> Result<()> {
    let inside = load(&LanguageModel { model: None, kernel: "auto".to_owned(), dictionaries: None })?;
    let mut out = words();
    writeln!(out, "{} (inside the program)", name_of(inside.about()))?;
    for folder in models::added()? {
        match About::of(&folder) {
            Ok(about) => writeln!(out, "{} (added)", name_of(&about))?,
            Err(error) => writeln!(out, "{} cannot be read: {error}", folder.display())?,
        }
    }
    Ok(())
}

fn name_of(about: &About) -> String {
    format!("{} {}", about.package(), about.version)
}

fn tell(pipeline: &Pipeline) -> Result<()> {
    let about = pipeline.about();
    let mut out = words();
    writeln!(out, "{}", name_of(about))?;
    writeln!(out, "language    {}", about.language)?;
    writeln!(out, "licence     {}", about.license)?;
    writeln!(out, "components  {}", about.pipeline.join(", "))?;
    writeln!(out, "kernel      {}", pipeline.kernel().name())?;
    Ok(())
}
