//! The record, open several times for reading, so that many readers do not wait for each other.
//!
//! A connection reads on a thread of its own and goes back into the pool. Each question is short, so
//! that a build that writes beside is not held up.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use dateline_store::{Store, StoreError, Vocabulary};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::failure::Failure;
use crate::memory::{Memory, SlowPart};

/// At most so many read at once: each has a connection with what it keeps of the file, and a thread.
pub(crate) const READERS: usize = 4;

/// So long after the start what readers may ask for next is read.
const PAUSE: Duration = Duration::from_secs(2);

/// What all handlers share.
#[derive(Clone, Debug)]
pub(crate) struct Readers(Arc<Inside>);

#[derive(Debug)]
struct Inside {
    path: PathBuf,
    permits: Arc<Semaphore>,
    idle: Mutex<Vec<Store>>,
    watch: Mutex<Option<Watch>>,
    /// Held while a part of the memory is read that takes long.
    loading: tokio::sync::Mutex<()>,
    /// The words of the record, and how many reports it had then: corrections bring no new ones.
    vocabulary: Mutex<Option<(u64, Arc<Vocabulary>)>>,
}

/// What was read of the record as a whole, and of which state of it.
#[derive(Debug)]
struct Watch {
    store: Store,
    state: i64,
    memory: Arc<Memory>,
}

impl Readers {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self(Arc::new(Inside {
            path,
            permits: Arc::new(Semaphore::new(READERS)),
            idle: Mutex::default(),
            watch: Mutex::default(),
            loading: tokio::sync::Mutex::default(),
            vocabulary: Mutex::default(),
        }))
    }

    /// The record's name: its file's.
    pub(crate) fn name(&self) -> String {
        self.0.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Asks the record something.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Store) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.on_thread(move |inside| {
            let store = match guard(&inside.idle).pop() {
                Some(store) => store,
                None => Store::open(&inside.path)?,
            };
            let answer = question(&store);
            guard(&inside.idle).push(store);
            answer
        })
        .await
    }

    /// Asks the record something, with what is remembered of it as a whole.
    pub(crate) async fn ask_with_memory<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Store, &Memory) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let memory = self.memory().await?;
        self.ask(move |store| question(store, &memory)).await
    }

    /// The same with a part of the memory that takes long to be read. Whoever waits for it keeps nobody else waiting.
    pub(crate) async fn ask_with_part<T: Send + 'static>(
        &self,
        part: SlowPart,
        question: impl FnOnce(&Store, &Memory) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let memory = self.memory().await?;
        self.load(part, &memory).await?;
        self.ask(move |store| question(store, &memory)).await
    }

    /// Reads a part of the memory where that was not done yet.
    pub(crate) async fn load(&self, part: SlowPart, memory: &Arc<Memory>) -> Result<(), Failure> {
        if memory.holds(part) {
            return Ok(());
        }
        let _guard = self.0.loading.lock().await;
        let memory = Arc::clone(memory);
        self.ask(move |store| Ok(memory.load(part, store)?)).await
    }

    /// What is remembered of the record as a whole, read anew when the file has changed.
    pub(crate) async fn memory(&self) -> Result<Arc<Memory>, Failure> {
        self.on_thread(|inside| {
            let mut watch = guard(&inside.watch);
            let memory = Watch::fresh(&mut watch, inside)?;
            Ok(memory)
        })
        .await
    }

    /// The words of the record, to complete what somebody is typing; none before they are read for the first time.
    /// Where reports have come or gone since, they are read anew for whoever types next.
    pub(crate) fn vocabulary(&self, memory: &Memory) -> Arc<Vocabulary> {
        let reports = memory.tally.articles;
        let known = guard(&self.0.vocabulary).clone();
        if known.as_ref().is_none_or(|(then, _)| *then != reports) {
            let readers = self.clone();
            tokio::spawn(async move { readers.read_vocabulary(reports).await });
        }
        known.map(|(_, words)| words).unwrap_or_default()
    }

    /// Reads the words of a record of so many reports, unless they are read or something else is being read.
    async fn read_vocabulary(&self, reports: u64) -> Result<(), Failure> {
        let Ok(_guard) = self.0.loading.try_lock() else { return Ok(()) };
        self.on_thread(move |inside| {
            if guard(&inside.vocabulary).as_ref().is_none_or(|(then, _)| *then != reports) {
                let words = Arc::new(Store::open(&inside.path)?.vocabulary()?);
                *guard(&inside.vocabulary) = Some((reports, words));
            }
            Ok(())
        })
        .await
    }

    /// Reads in advance what the first readers would wait for. Once: what a build changes later is read when somebody asks.
    pub(crate) async fn prepare(&self) {
        // Whoever asks is told what is wrong; here nobody is.
        let _ = self.memory().await;
        // The first view goes before.
        tokio::time::sleep(PAUSE).await;
        let Ok(memory) = self.memory().await else { return };
        for part in SlowPart::ALL {
            let _ = self.load(part, &memory).await;
        }
        let _ = self.read_vocabulary(memory.tally.articles).await;
    }

    async fn on_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inside) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        // The semaphore is never closed, and a thread that panicked has been told of by the panic itself.
        let inside = Arc::clone(&self.0);
        let permit = Arc::clone(&inside.permits).acquire_owned().await.map_err(|_| Failure::Busy)?;
        // The work goes on when its reader has gone, so it keeps the permit itself.
        let work = move || {
            let _permit = permit;
            work(&inside)
        };
        spawn_blocking(work).await.unwrap_or_else(|error| Err(Failure::Unreadable(error.to_string())))
    }
}

impl Watch {
    fn fresh(watch: &mut Option<Self>, inside: &Inside) -> Result<Arc<Memory>, Failure> {
        if let Some(known) = watch {
            let state = known.store.state();
            match state.and_then(|state| Ok((state, Self::read(&known.store, known, state)?))) {
                Ok((state, memory)) => (known.state, known.memory) = (state, memory),
                // While a build commits, what was read before is still true of the record before it.
                Err(error) if error.is_busy() => {}
                Err(error) => return Err(error.into()),
            }
            return Ok(Arc::clone(&known.memory));
        }
        let store = Store::open(&inside.path)?;
        let state = store.state()?;
        let memory = Arc::new(Memory::read(&store)?);
        *watch = Some(Self { store, state, memory: Arc::clone(&memory) });
        Ok(memory)
    }

    fn read(store: &Store, known: &Self, state: i64) -> Result<Arc<Memory>, StoreError> {
        if state == known.state {
            return Ok(Arc::clone(&known.memory));
        }
        Ok(Arc::new(Memory::read(store)?.with_parts_of(&known.memory)))
    }
}

/// A thread that panicked left the list whole: each step of it is one push or pop.
fn guard<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
