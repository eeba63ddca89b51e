//! `dateline serve`: the record as a local page.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use dateline_server::{Corrections, Settings};

use crate::arguments::{Everywhere, Serve};

/// Serves until Ctrl-C. Prints the address once it can be opened.
pub(crate) fn run(options: &Serve, everywhere: &Everywhere) -> Result<ExitCode> {
    let mut settings = Settings::local(options.record.clone(), options.port);
    settings.address.set_ip(options.host);
    settings.token.clone_from(&options.token);
    if options.read_only {
        settings.corrections = Corrections::Closed;
    }
    dateline_server::serve(&settings, |address| {
        // Whoever closed standard output knows the address already.
        let _ = writeln!(io::stdout(), "{address}").and_then(|()| io::stdout().flush());
        if !everywhere.quiet {
            let _ = writeln!(io::stderr(), "dateline: open the address above in a browser; Ctrl-C ends");
        }
    })?;
    Ok(ExitCode::SUCCESS)
}
