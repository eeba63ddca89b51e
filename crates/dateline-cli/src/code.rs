//! `dateline code --pairs`: what one party does to another in a sentence, one JSON object a line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;

use anyhow::{Context, Result};
use dateline_export::{PairQuestion, pair_code_line};
use dateline_pipeline::{Pair, PairCoder, code_pairs};

use crate::arguments::{Code, Everywhere};
use crate::language::load;
use crate::plain::{lines, remarks};

/// Answers every line of the file; names those that cannot be read.
pub(crate) fn run(options: &Code, everywhere: &Everywhere) -> Result<ExitCode> {
    let coder = PairCoder::new(load(&options.language)?);
    let questions = numbered(&options.pairs)?;
    let mut out = BufWriter::new(lines());
    let (mut answered, mut failure) = (0_u64, None);
    let work = |(number, line): (usize, io::Result<String>)| (number, answer(&coder, line));
    code_pairs(questions, everywhere.threads(), work, |(number, answer)| {
        let written = match answer {
            Ok(None) => Ok(()),
            Ok(Some(line)) => {
                answered += 1;
                writeln!(out, "{line}")
            }
            Err(error) => writeln!(remarks(), "{}, line {number}: {error:#}", options.pairs),
        };
        written.map_or_else(
            |error| {
                failure = Some(error);
                ControlFlow::Break(())
            },
            ControlFlow::Continue,
        )
    });
    if let Some(error) = failure {
        return Err(error).context("cannot write");
    }
    out.flush().context("cannot write to standard output")?;
    Ok(if answered == 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The file's lines with their numbers, from 1.
fn numbered(path: &str) -> Result<impl Iterator<Item = (usize, io::Result<String>)> + Send> {
    let reader: Box<dyn BufRead + Send> = match path {
        "-" => Box::new(BufReader::new(io::stdin())),
        path => Box::new(BufReader::new(File::open(path).with_context(|| format!("cannot open {path}"))?)),
    };
    // A source that fails once may fail for ever: the first failure is told, and ends it.
    let mut failed = false;
    let lines = reader.lines().take_while(move |line| !std::mem::replace(&mut failed, line.is_err()));
    Ok(lines.enumerate().map(|(n, line)| (n + 1, line)))
}

/// The answer to one line; none for a blank one.
fn answer(coder: &PairCoder, line: io::Result<String>) -> Result<Option<String>> {
    let line = line?;
    if line.trim().is_empty() {
        return Ok(None);
    }
    let question = PairQuestion::read(&line)?;
    let words = |words: &Option<String>| words.clone().unwrap_or_default();
    let pair = Pair {
        text: question.text.clone(),
        source: words(&question.source),
        target: words(&question.target),
    };
    Ok(Some(pair_code_line(&question, &coder.code(&pair))?))
}
