//! `dateline correct`: what a person puts right, kept in the record as a log that only grows.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use dateline_correct::{Quoted, Request, Signature, combine};
use dateline_model::{Correction, CorrectionLog, QuotedIn};
use dateline_pipeline::{
    bring_up_to_date, corrections, make_corrections, preview_corrections, resolve_correction,
};
use dateline_store::{Store, StoreWriter};

use crate::arguments::{Action, Correct, Everywhere, Evidence, Signed};
use crate::plain::lines;

mod printing;

/// Does what is asked for.
pub(crate) fn run(options: &Correct, everywhere: &Everywhere) -> Result<ExitCode> {
    // A name that is mistyped must not make a file.
    drop(Store::open(&options.record)?);
    let print = if everywhere.json { printing::Form::Json } else { printing::Form::Words };
    match &options.action {
        Action::List => {
            let entries = corrections(&Store::open(&options.record)?)?;
            printing::list(&mut print.out(), &entries, print)?;
        }
        Action::Log => {
            let mut out = lines();
            for entry in Store::open(&options.record)?.corrections()?.entries() {
                writeln!(out, "{}", serde_json::to_string(entry)?)?;
            }
        }
        Action::Combine(files) => join(&options.record, &files.logs, (files.dry_run, print))?,
        action => {
            let (request, signed) = request(action)?;
            make(&options.record, &request, signed, print)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Makes one correction, or says what it would change.
fn make(path: &Path, request: &Request, signed: &Signed, print: printing::Form) -> Result<()> {
    let by = signature(signed)?;
    let (entry, changed) = match signed.dry_run {
        true => {
            let record = Store::open(path)?;
            let entry = resolve_correction(&record, request, &by)?;
            let changed = preview_corrections(&record, std::slice::from_ref(&entry))?;
            (entry, changed)
        }
        false => {
            let mut record = up_to_date(path)?;
            let entry = resolve_correction(record.store(), request, &by)?;
            let changed = make_corrections(&mut record, std::slice::from_ref(&entry))?;
            (entry, changed)
        }
    };
    printing::changed(&mut print.out(), &[entry], &changed, (signed.dry_run, print))
}

/// The record to write, its reports compared where that was still to be done.
fn up_to_date(path: &Path) -> Result<StoreWriter> {
    let mut record = StoreWriter::open(path)?;
    bring_up_to_date(&mut record)?;
    Ok(record)
}

/// The action as a request, with who makes it.
fn request(action: &Action) -> Result<(Request, &Signed)> {
    Ok(match action {
        Action::Merge(asked) => (Request::Merge { events: asked.events.clone() }, &asked.signed),
        Action::Split(asked) => {
            (Request::Split { event: asked.event.clone(), reports: asked.reports.clone() }, &asked.signed)
        }
        Action::Reject(asked) => {
            (Request::Reject { event: asked.event.clone(), report: asked.report.clone() }, &asked.signed)
        }
        Action::Set(asked) => {
            let (event, field, value) = (asked.event.clone(), asked.field.clone(), asked.value.clone());
            let evidence = evidence(&asked.evidence)?;
            (Request::Set { event, field, value, evidence }, &asked.signed)
        }
        Action::Unset(asked) => {
            let (event, field, value) = (asked.event.clone(), asked.field.clone(), asked.value.clone());
            (Request::Unset { event, field, value }, &asked.signed)
        }
        Action::SameEntity(asked) => {
            let (entities, evidence) = (asked.entities.clone(), evidence(&asked.evidence)?);
            (Request::SameEntity { entities, evidence }, &asked.signed)
        }
        Action::Dependent(asked) => {
            let (reports, evidence) = (asked.reports.clone(), evidence(&asked.evidence)?);
            (Request::Dependent { reports, evidence }, &asked.signed)
        }
        Action::Undo(asked) => (Request::Undo { correction: asked.correction.clone() }, &asked.signed),
        Action::List | Action::Log | Action::Combine(_) => bail!("nothing is corrected by that"),
    })
}

/// Reports, quotes and places, the first of each together, then the second, and so on.
fn evidence(given: &Evidence) -> Result<Vec<Quoted>> {
    if given.quoted.len() != given.quotes.len() {
        bail!(
            "each --quote needs the --report that it stands in: {} reports and {} quotes were given",
            given.quoted.len(),
            given.quotes.len()
        );
    }
    if given.places.len() > given.quotes.len() {
        bail!("there are more --at than quotes");
    }
    if !given.places.is_empty() && given.places.len() < given.quotes.len() {
        bail!("with several quotes, give --at for each of them or for none");
    }
    let of = if given.headline { QuotedIn::Headline } else { QuotedIn::Text };
    let quoted = |(n, (report, quote)): (usize, (&String, &String))| Quoted {
        report: report.clone(),
        quote: quote.clone(),
        at: given.places.get(n).copied(),
        of,
    };
    Ok(given.quoted.iter().zip(&given.quotes).enumerate().map(quoted).collect())
}

fn signature(signed: &Signed) -> Result<Signature> {
    let system = || std::env::var("USER").or_else(|_| std::env::var("USERNAME")).ok();
    let who = signed.who.clone().or_else(system).unwrap_or_default();
    if who.trim().is_empty() {
        bail!("who makes the correction? Say --who NAME, or set DATELINE_WHO");
    }
    let when = signed.when.map_or_else(now, |when| when.to_string());
    Ok(Signature { who, when, why: signed.why.clone() })
}

/// The moment of the correction. It stands in the log alone: nothing is ever read against it.
#[expect(clippy::disallowed_methods, reason = "when a person acted is told by the clock, or by --when")]
fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Lays logs together with the record's own, and adds what it does not have.
fn join(path: &Path, files: &[std::path::PathBuf], (dry_run, print): (bool, printing::Form)) -> Result<()> {
    let logs: Vec<CorrectionLog> = files.iter().map(|file| read_log(file)).collect::<Result<_>>()?;
    let combined = combine(&logs);
    let not_in = |record: &Store| -> Result<Vec<Correction>> {
        let own = record.corrections()?;
        let is_new = |entry: &&Correction| own.entry(&entry.id).is_none();
        Ok(combined.log.entries().iter().filter(is_new).cloned().collect())
    };
    let (added, changed) = match dry_run {
        true => {
            let record = Store::open(path)?;
            let added = not_in(&record)?;
            let changed = preview_corrections(&record, &added)?;
            (added, changed)
        }
        false => {
            let mut record = up_to_date(path)?;
            let added = not_in(record.store())?;
            let changed = make_corrections(&mut record, &added)?;
            (added, changed)
        }
    };
    let mut out = print.out();
    printing::combined(&mut out, files, &combined, print)?;
    printing::changed(&mut out, &added, &changed, (dry_run, print))
}

fn read_log(file: &Path) -> Result<CorrectionLog> {
    let told = || format!("{}", file.display());
    let text = fs::read_to_string(file).with_context(told)?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let entry = |(n, line): (usize, &str)| {
        serde_json::from_str::<Correction>(line).with_context(|| {
            format!(
                "{}, line {}: is no correction; `dateline correct FILE log` prints some",
                file.display(),
                n + 1
            )
        })
    };
    Ok(CorrectionLog::of(lines.map(entry).collect::<Result<_>>()?))
}
