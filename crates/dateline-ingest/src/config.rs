//! What the user may choose about reading: how texts are taken, and how much one page may hold.

/// How ingest reads. `Config::default()` suits a pile of saved pages.
#[derive(Clone, Debug)]
pub struct Config {
    /// What plain text is taken for.
    pub treatment: Treatment,
    /// The most bytes that one capture may hold; larger ones are set aside. At most [`Config::LARGEST`].
    pub max_capture: usize,
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
        Self { treatment: Treatment::Clean, max_capture: 64 << 20 }
    }
}

/// What a plain text is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// A page with its clutter, from which the article is to be taken.
    Clean,
    /// The article itself (`--as-is`). Markup is still a page: HTML has no text as it is.
    AsIs,
}
