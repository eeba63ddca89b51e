//! The record as readers correct it: tried out or made, one correction after the other.
//!
//! Each correction makes events anew with all their reports, so that two at once would double the memory and gain
//! nothing; and each has a thread of its own, so that the threads of readers never hold on to what it took for a moment.
//! Readers go on reading meanwhile.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use dateline_model::Correction;
use dateline_pipeline::{
    Changed, bring_up_to_date, make_corrections, preview_corrections, resolve_correction,
};
use dateline_store::{Store, StoreWriter};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use crate::failure::Failure;
use crate::posted::Posted;

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
    pub(crate) async fn preview(&self, posted: Posted) -> Result<(Correction, Changed), Failure> {
        let (turn, path) = (self.turn().await?, self.path.clone());
        let work = move || {
            let _turn = turn;
            let record = Store::open(&path)?;
            let entry = resolve_correction(&record, &posted.request, &posted.signature)?;
            let changed = preview_corrections(&record, std::slice::from_ref(&entry))?;
            Ok((entry, changed))
        };
        on_its_own_thread(work).await
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
        on_its_own_thread(work).await
    }

    async fn turn(&self) -> Result<OwnedMutexGuard<()>, Failure> {
        if !self.may_write {
            let why = "this record is served for reading alone (`--read-only`)";
            return Err(Failure::Forbidden(why.to_owned()));
        }
        Ok(Arc::clone(&self.turn).lock_owned().await)
    }
}

async fn on_its_own_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let (tell, told) = oneshot::channel();
    // Nobody is told where the reader has gone meanwhile.
    let work = move || drop(tell.send(work()));
    let spawned = thread::Builder::new().name("correction".to_owned()).spawn(work);
    spawned.map_err(|error| Failure::Unreadable(error.to_string()))?;
    told.await.unwrap_or_else(|_| Err(Failure::Unreadable("the correction broke off".to_owned())))
}
