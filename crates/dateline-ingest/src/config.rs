//! What the user may choose about reading: how texts are taken, and how much one page may hold.

/// How ingest reads. `Config::default()` suits a pile of saved pages.
#[derive(Clone, Debug)]
pub struct Config {
    /// What plain text is taken for.
    pub treatment: Treatment,
    /// Which files are opened.
    pub reach: Reach,
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
        Self { treatment: Treatment::Clean, reach: Reach::All, max_capture: 64 << 20 }
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
