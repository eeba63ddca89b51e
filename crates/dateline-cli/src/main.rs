//! `dateline`: flags and glue. What happens is in the crates; what is printed is here.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

mod annotate;
mod arguments;
mod build;
mod check;
mod cluster;
mod code;
mod correct;
mod dictionaries;
mod diff;
mod eval;
mod export;
mod extract;
mod forget;
mod language;
mod model;
mod models;
mod plain;
mod readable;
mod report;
mod reuse;
mod search;
mod serve;
mod show;

use arguments::{Arguments, Command};

/// Exit codes: 0 done, 1 nothing could be done, 2 the call is off (clap's own).
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // What is shared out over all cores, as comparing is, keeps to what the user said as well. Where no thread can be
    // had, it is done without.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(arguments.everywhere.threads().get()).build_global();
    let outcome = match arguments.command {
        Command::Build(options) => build::run(&options, &arguments.everywhere),
        Command::Show(options) => show::run(&options),
        Command::Search(options) => search::run(&options),
        Command::Serve(options) => serve::run(&options, &arguments.everywhere),
        Command::Export(options) => export::run(&options),
        Command::Diff(options) => diff::run(&options),
        Command::Correct(options) => correct::run(&options, &arguments.everywhere),
        Command::Forget(options) => forget::run(&options, &arguments.everywhere),
        Command::Check(options) => check::run(&options, &arguments.everywhere),
        Command::Extract(options) => extract::run(&options, &arguments.everywhere),
        Command::Annotate(options) => annotate::run(&options, &arguments.everywhere),
        Command::Code(options) => code::run(&options, &arguments.everywhere),
        Command::Reuse(options) => reuse::run(&options, &arguments.everywhere),
        Command::Cluster(options) => cluster::run(&options, &arguments.everywhere),
        Command::Model(options) => model::run(&options),
        Command::Eval(options) => eval::run(&options, &arguments.everywhere),
    };
    match outcome {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(plain::remarks(), "dateline: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The reader of our output went away (`dateline … | head`): that is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}
