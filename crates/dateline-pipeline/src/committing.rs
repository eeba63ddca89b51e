//! What is read is committed batch after batch, on a thread of its own: those who read do not wait for the disk.

use std::ops::ControlFlow;
use std::panic::resume_unwind;
use std::thread;

use crossbeam_channel::{Sender, bounded};
use dateline_store::{PackedReport, SetAsideRow, StoreError, StoreWriter};

/// Lets `work` hand over what it reads, with `reading`, and commits it meanwhile, in the same order.
///
/// # Errors
/// When the record cannot be written. What was committed before stays.
pub(crate) fn commit_beside(
    record: &mut StoreWriter,
    reading: &str,
    work: impl FnOnce(&mut Committing),
) -> Result<(), StoreError> {
    // One batch is gathered, one waits, one is written.
    let (full, batches) = bounded::<Batch>(1);
    thread::scope(|scope| {
        let writer =
            scope.spawn(move || batches.into_iter().try_for_each(|mut batch| batch.commit(record, reading)));
        let mut committing = Committing { batch: Batch::default(), full };
        work(&mut committing);
        let _ = committing.hand_over();
        drop(committing);
        writer.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// Gathers batches for the thread that commits them.
pub(crate) struct Committing {
    batch: Batch,
    full: Sender<Batch>,
}

impl Committing {
    /// Takes a report; it breaks off where the record cannot be written.
    pub(crate) fn push(&mut self, report: PackedReport) -> ControlFlow<()> {
        self.batch.push(report);
        self.hand_over_if_full()
    }

    /// Takes an input that was set aside; it breaks off where the record cannot be written.
    pub(crate) fn set_aside(&mut self, row: SetAsideRow) -> ControlFlow<()> {
        self.batch.set_aside(row);
        self.hand_over_if_full()
    }

    fn hand_over_if_full(&mut self) -> ControlFlow<()> {
        if self.batch.is_full() { self.hand_over() } else { ControlFlow::Continue(()) }
    }

    fn hand_over(&mut self) -> ControlFlow<()> {
        // Nobody takes it where the thread that commits has met an error, which is told when it is joined.
        match self.full.send(std::mem::take(&mut self.batch)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}

/// Reports that wait for the next commit: a second's work, and never more than fits into memory.
#[derive(Default)]
pub(crate) struct Batch {
    reports: Vec<PackedReport>,
    set_aside: Vec<SetAsideRow>,
    bytes: usize,
}

const BATCH_REPORTS: usize = 64;
const BATCH_BYTES: usize = 16 << 20;

impl Batch {
    pub(crate) fn push(&mut self, report: PackedReport) {
        self.bytes += report.size();
        self.reports.push(report);
    }

    pub(crate) fn set_aside(&mut self, row: SetAsideRow) {
        self.set_aside.push(row);
    }

    pub(crate) fn is_full(&self) -> bool {
        self.reports.len() + self.set_aside.len() >= BATCH_REPORTS || self.bytes >= BATCH_BYTES
    }

    pub(crate) fn commit(&mut self, record: &mut StoreWriter, reading: &str) -> Result<(), StoreError> {
        let Self { reports, set_aside, .. } = std::mem::take(self);
        record.add(&reports, &set_aside, reading)
    }
}
