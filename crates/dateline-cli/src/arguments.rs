//! The command line as a user types it. Each flag is defined once; help is made from these comments.

use std::num::NonZeroUsize;
use std::thread;

use clap::{Args, Parser, Subcommand};

/// Turns a pile of news reports into a sourced record.
///
/// Works offline. The same input gives the same output, byte for byte, whatever the machine and the
/// number of threads.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, arg_required_else_help = true, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) everywhere: Everywhere,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Extract(Extract),
}

/// Flags of every command.
#[derive(Debug, Args)]
pub(crate) struct Everywhere {
    /// Threads to work on [default: all cores]
    #[arg(long, global = true, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Print nothing on standard error but what was set aside
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Print the summary at the end as one line of JSON, on standard error
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

impl Everywhere {
    /// The number of threads asked for, or that of the machine.
    pub(crate) fn threads(&self) -> NonZeroUsize {
        self.threads.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
    }
}

/// Find the article in each page: headline, publisher, dates and main text, as JSON Lines.
///
/// Reads files and folders of .txt, .html, .warc(.gz), .wet(.gz), .jsonl(.gz|.zst), .xml (RSS or
/// Atom); `-` reads JSON Lines from standard input. Prints one object a line, in input order. A field
/// that the page does not give is null. What is not part of the article stands in `set_aside`, each
/// piece with its reason. Offsets count Unicode code points.
#[derive(Debug, Args)]
pub(crate) struct Extract {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,
    /// Take each input's text as the article: clean nothing
    #[arg(long)]
    pub(crate) as_is: bool,
    /// Add the map from text to bytes, and the bytes of every field
    #[arg(long)]
    pub(crate) map: bool,
    /// Print for a person instead: headline, publisher, date and its reason, the text's beginning
    #[arg(long, conflicts_with = "map")]
    pub(crate) readable: bool,
}
