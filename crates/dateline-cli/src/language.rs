//! The language model that a command was asked to use.

use anyhow::{Context, Result};
use dateline_model::Moment;
use dateline_nlp::{Kernel, Pipeline};
use dateline_pipeline::VERSION;

use crate::arguments::LanguageModel;
use crate::dictionaries::fingerprint;
use crate::models::find;

/// Loads the model that the user named, or the one inside the program.
pub(crate) fn load(options: &LanguageModel) -> Result<Pipeline> {
    let kernel = Kernel::named(&options.kernel).with_context(|| {
        format!("--kernel {}: this processor has no such kernel; auto takes its best", options.kernel)
    })?;
    match &options.model {
        Some(wanted) => {
            let path = find(wanted)?;
            Pipeline::load_with(&path, kernel)
                .with_context(|| format!("cannot load the model {}", path.display()))
        }
        None => Pipeline::english_with(kernel).context("cannot load the model inside the program"),
    }
}

/// What tells a reading from another: version, model, dictionaries, the day that serves where there is none.
pub(crate) fn reading(
    language: &Pipeline,
    options: &LanguageModel,
    document_time: Option<Moment>,
) -> Result<String> {
    let about = language.about();
    let mut reading = format!("dateline {VERSION}, {} {}", about.package(), about.version);
    if let Some(folder) = &options.dictionaries {
        reading = format!("{reading}, dictionaries {}", fingerprint(folder).context("--dictionaries")?);
    }
    if let Some(time) = document_time {
        reading = format!("{reading}, document time {time}");
    }
    Ok(reading)
}
