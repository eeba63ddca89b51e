//! The record as readers correct it: tried out or made, one correction after the other.
//!
//! Each correction goes over all that was found in the record, so that two at once would double the
//! memory and gain nothing. Readers go on reading meanwhile.

use std::path::PathBuf;
use std::sync::Arc;

use dateline_model::Correction;
use dateline_pipeline::{
    Changed, bring_up_to_date, make_corrections, preview_corrections, resolve_correction,
};
use dateline_store::StoreWriter;
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::task::spawn_blocking;

use crate::failure::Failure;
use crate::posted::Posted;
use crate::readers::Readers;

/// Makes corrections, where the server may.
#[derive(Clone, Debug)]
pub(crate) struct Corrector {
    path: PathBuf,
    turn: Arc<Mutex<()>>,
    may_write: bool,
}

impl Corrector {
    pub(crate) fn new(path: PathBuf, may_write: bool) -> Self {
        Self { path, turn: Arc::default(), may_write }
    }

    /// May readers correct?
    pub(crate) fn may_write(&self) -> bool {
        self.may_write
    }

    /// What the correction would change. Nothing is written.
    pub(crate) async fn preview(
        &self,
        readers: &Readers,
        posted: Posted,
    ) -> Result<(Correction, Changed), Failure> {
        let _turn = self.turn().await?;
        let read = move |store: &dateline_store::Store| {
            let entry = resolve_correction(store, &posted.request, &posted.signature)?;
            let changed = preview_corrections(store, std::slice::from_ref(&entry))?;
            Ok((entry, changed))
        };
        readers.ask(read).await
    }

    /// Adds the correction to the log and brings the record up to date.
    pub(crate) async fn make(&self, posted: Posted) -> Result<(Correction, Changed), Failure> {
        let (turn, path) = (self.turn().await?, self.path.clone());
        let work = move || {
            // The work goes on when its reader has gone, so it keeps the turn itself.
            let _turn = turn;
            let mut record = StoreWriter::open(&path)?;
            bring_up_to_date(&mut record)?;
            let entry = resolve_correction(record.store(), &posted.request, &posted.signature)?;
            let changed = make_corrections(&mut record, std::slice::from_ref(&entry))?;
            Ok((entry, changed))
        };
        spawn_blocking(work).await.unwrap_or_else(|error| Err(Failure::Unreadable(error.to_string())))
    }

    async fn turn(&self) -> Result<OwnedMutexGuard<()>, Failure> {
        if !self.may_write {
            let why = "this record is served for reading alone (`--read-only`)";
            return Err(Failure::Forbidden(why.to_owned()));
        }
        Ok(Arc::clone(&self.turn).lock_owned().await)
    }
}
