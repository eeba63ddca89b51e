//! A first look over flattened pages: which lines recur over the pages of one publisher?

use std::path::PathBuf;

use dateline_extract::{LineCounter, RecurringLines};
use dateline_ingest::{Config, Ingested, Reach, ingest};

/// The inputs after a first look.
pub struct LookedOver {
    /// The lines that recur.
    pub recurring: RecurringLines,
    /// Everything that the inputs give, in their order.
    pub inputs: Box<dyn Iterator<Item = Ingested> + Send>,
}

/// So many bytes of pages are kept from the first look; of more, all are read again.
const KEPT_BYTES: usize = 64 << 20;

/// Counts the lines of all flattened pages of `inputs`, then begins to read all of them. What can be
/// read only once, such as standard input, is not counted.
#[must_use]
pub fn look_over<P: Into<PathBuf> + Clone>(inputs: &[P], config: &Config) -> LookedOver {
    let mut counter = LineCounter::default();
    let mut first = ingest(inputs.iter().cloned(), &Config { reach: Reach::Flattened, ..config.clone() });
    let (mut kept, mut room) = (Vec::new(), KEPT_BYTES);
    for ingested in first.by_ref() {
        if let Ingested::Capture(capture) = &ingested {
            counter.add(capture);
            room = room.saturating_sub(capture.bytes.len() + SMALL_TALK);
        }
        if room == 0 {
            kept.clear();
        } else {
            kept.push(ingested);
        }
    }
    let all_kept = room > 0 && first.passed_over() == 0;
    let inputs: Box<dyn Iterator<Item = Ingested> + Send> = match all_kept {
        true => Box::new(kept.into_iter()),
        false => Box::new(ingest(inputs.iter().cloned(), config)),
    };
    LookedOver { recurring: counter.finish(), inputs }
}

/// What a capture takes besides its bytes.
const SMALL_TALK: usize = 1 << 9;
