//! `dateline eval`: how well a public data set is read, in figures.

mod chains;
mod convention;
mod entities;
mod gold;
mod matching;
mod recognizers;
mod said;
mod times;

use std::process::ExitCode;

use anyhow::Result;

use crate::arguments::{Eval, EvalTask, Everywhere};

/// Reads the data set and prints the figures of its task.
pub(crate) fn run(options: &Eval, everywhere: &Everywhere) -> Result<ExitCode> {
    match options.task {
        EvalTask::Entities => entities::run(options, everywhere),
        EvalTask::Times => times::run(options, everywhere),
    }
}
