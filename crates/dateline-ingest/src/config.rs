//! What the user may choose about reading: how texts are taken, and how much one page may hold.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How ingest reads. `Config::default()` suits a pile of saved pages.
#[derive(Clone, Debug)]
pub struct Config {
    /// What plain text is taken for.
    pub treatment: Treatment,
    /// Which files are opened.
    pub reach: Reach,
    /// The most bytes that one capture may hold; larger ones are set aside. At most [`Config::LARGEST`].
    pub max_capture: usize,
    /// Where it is noted how much was read.
    pub bytes_read: BytesRead,
}

impl Config {
    /// No capture is larger than this, whatever the configuration says: offsets are 32 bits wide, and
    /// decoding may make a text three times as long as its bytes.
    pub const LARGEST: usize = 1 << 30;

    pub(crate) fn limit(&self) -> usize {
        self.max_capture.min(Self::LARGEST)
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            treatment: Treatment::Clean,
            reach: Reach::All,
            max_capture: 64 << 20,
            bytes_read: BytesRead::default(),
        }
    }
}

/// How many bytes of the inputs were read so far, as they lie on disk. Copies count together.
#[derive(Clone, Debug, Default)]
pub struct BytesRead(Arc<AtomicU64>);

impl BytesRead {
    /// How many.
    #[must_use]
    pub fn so_far(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// `file`, with what is read of it noted.
    pub(crate) fn of(&self, file: impl Read + Send + 'static) -> Box<dyn Read + Send> {
        Box::new(Noted { file, so_far: self.0.clone() })
    }
}

struct Noted<R> {
    file: R,
    so_far: Arc<AtomicU64>,
}

impl<R: Read> Read for Noted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.file.read(buffer)?;
        self.so_far.fetch_add(bytes as u64, Ordering::Relaxed);
        Ok(bytes)
    }
}

/// Which files are opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All that can be read.
    All,
    /// Only those that can hold flattened pages: text, WET archives, JSON Lines. For looking at these
    /// once before all is read.
    Flattened,
}

/// What a plain text is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// A page with its clutter, from which the article is to be taken.
    Clean,
    /// The article itself (`--as-is`). Markup is still a page: HTML has no text as it is.
    AsIs,
}
