//! The language model that a command was asked to use.

use anyhow::{Context, Result};
use dateline_nlp::{Kernel, Pipeline};

use crate::arguments::LanguageModel;
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
