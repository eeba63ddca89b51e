//! A folder in which the program is put to work, by those chores that look how it bears that.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// The program at work in one folder.
pub(crate) struct Workplace<'a> {
    pub(crate) folder: &'a Path,
}

impl Workplace<'_> {
    /// A file of that name.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Takes a record out, with all that may lie beside it.
    pub(crate) fn remove(&self, record: &str) {
        for ending in ["", "-journal", ".lock"] {
            // What is not there need not go.
            let _ = fs::remove_file(self.file(&format!("{record}{ending}")));
        }
    }

    /// The call that builds a record of a pile.
    pub(crate) fn build(&self, record: &str, pile: &str) -> Vec<String> {
        let (pile, record) = (self.file(pile), self.file(record));
        let call = ["build", "--as-is", "--quiet", "-o"].map(str::to_owned);
        call.into_iter().chain([record, pile].map(|path| path.display().to_string())).collect()
    }

    fn begin(&self, call: &[String]) -> Result<Child> {
        let program = crate::program();
        let mut command = Command::new(&program);
        command.args(call).stdin(Stdio::null()).stdout(Stdio::null());
        command.spawn().with_context(|| format!("cannot run {}", program.display()))
    }

    /// Runs to the end.
    pub(crate) fn done(&self, call: &[String]) -> Result<()> {
        match self.begin(call)?.wait()?.success() {
            true => Ok(()),
            false => bail!("{call:?} failed"),
        }
    }

    /// Runs to the end. What it said where it failed.
    pub(crate) fn said(&self, call: &[String]) -> Result<Option<String>> {
        let output = Command::new(crate::program()).args(call).stdin(Stdio::null()).output()?;
        Ok((!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned()))
    }

    /// What it prints.
    pub(crate) fn output(&self, call: &[&str]) -> Result<String> {
        let output = Command::new(crate::program()).args(call).stdin(Stdio::null()).output()?;
        match output.status.success() {
            true => Ok(String::from_utf8(output.stdout)?),
            false => bail!("{call:?}: {}", String::from_utf8_lossy(&output.stderr)),
        }
    }

    /// Runs for so long at most. Was it killed?
    pub(crate) fn killed(&self, call: &[String], after: Duration) -> Result<bool> {
        let mut child = self.begin(call)?;
        thread::sleep(after);
        if let Some(ended) = child.try_wait()? {
            return if ended.success() { Ok(false) } else { bail!("{call:?} failed by itself") };
        }
        child.kill()?;
        // It may have ended between the look and the blow.
        Ok(!child.wait()?.success())
    }

    /// How many reports the record holds, which must be whole or not begun.
    pub(crate) fn held(&self, record: &str) -> Result<usize> {
        let path = self.file(record);
        if fs::metadata(&path).map_or(0, |file| file.len()) == 0 {
            return Ok(0);
        }
        let output = Command::new(crate::program()).arg("check").arg(&path).output()?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if !output.status.success() && !said.contains("it is empty") {
            bail!("{said}{}", String::from_utf8_lossy(&output.stdout));
        }
        let reports = said.split_once(" reports").and_then(|(before, _)| before.rsplit(' ').next());
        Ok(reports.and_then(|number| number.parse().ok()).unwrap_or_default())
    }

    /// All that the record tells, as JSON Lines.
    pub(crate) fn exported(&self, record: &str) -> Result<String> {
        self.output(&["export", "--format", "jsonl", &self.file(record).display().to_string()])
    }
}
