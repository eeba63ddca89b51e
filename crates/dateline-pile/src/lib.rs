//! How does a stage hold more of a pile than fits into memory?
//!
//! Rows go in, in any order; they come out sorted, as often as they are asked for. Byte strings go in, and come out by
//! number; so do dossiers, by place. As long as they fit into the memory
//! that a [`Scratch`] grants they stay there; what does not fit goes to files without names, which are gone with the
//! process, however that ends.
//!
//! Method: external merge sort (Knuth, "The Art of Computer Programming", volume 3, 5.4).
//!
//! ```
//! use dateline_pile::{Row, Scratch, Sorter};
//!
//! #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
//! struct Place(u8);
//!
//! impl Row for Place {
//!     const BYTES: usize = 1;
//!     fn write(&self, out: &mut Vec<u8>) {
//!         out.push(self.0);
//!     }
//!     fn read(bytes: &[u8]) -> Self {
//!         Self(bytes.first().copied().unwrap_or_default())
//!     }
//! }
//!
//! // Two rows are held at most: the rest is sorted through files.
//! let scratch = Scratch { memory: 2, ..Scratch::unneeded() };
//! let mut sorter = Sorter::new(&scratch);
//! for place in [7, 3, 9, 3, 1] {
//!     sorter.push(Place(place))?;
//! }
//! let rows = sorter.sorted(|a, b| a == b, |same| same.len() < 2)?;
//! assert_eq!(rows.held()?, [Place(1), Place(7), Place(9)]);
//! # Ok::<_, std::io::Error>(())
//! ```

mod dossiers;
mod failure;
mod nameless;
mod rows;
mod scratch;
mod shared;
mod spool;

pub use dossiers::{DossierPile, DossierSpool, Head, Texts};
pub use failure::Failure;
pub use rows::{Row, Rows, Sorter, number};
pub use scratch::Scratch;
pub use shared::{SharedPassage, related_pair};
pub use spool::Spool;
