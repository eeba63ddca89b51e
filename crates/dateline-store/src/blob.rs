//! Long texts, packed: zstd, so that any tool can unpack them.

use std::cell::RefCell;
use std::io::{self, Read as _};

use zstd::bulk::Compressor;

use crate::error::StoreError;

/// Fast, and news packs to a fourth.
const LEVEL: i32 = 3;

/// No page and no text of a report is larger; a damaged file must not fill the memory.
const LARGEST: u64 = 1 << 30;

/// So much room is taken at once, in bytes.
const BELIEVED: usize = 16 << 20;

/// A text up to this size, in bytes, is packed by a thread's own packer: the room for larger ones is not kept.
const USUAL: usize = 256 << 10;

thread_local! {
    /// To make ready a packer costs as much as to pack a short text. What comes out does not depend on what it packed
    /// before.
    static PACKER: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
}

pub(crate) fn pack(bytes: &[u8]) -> Vec<u8> {
    // Compressing into memory fails only when there is none.
    let packed = match bytes.len() <= USUAL {
        true => PACKER.with_borrow_mut(|kept| {
            let packer = kept.take().map_or_else(packer, Ok)?;
            kept.insert(packer).compress(bytes)
        }),
        false => packer().and_then(|mut packer| packer.compress(bytes)),
    };
    packed.unwrap_or_default()
}

/// With a checksum: disks forget.
fn packer() -> io::Result<Compressor<'static>> {
    let mut packer = Compressor::new(LEVEL)?;
    packer.include_checksum(true)?;
    Ok(packer)
}

/// What the blob says of its size is believed as far as that costs little: it may be a stranger's.
pub(crate) fn unpack(blob: &[u8]) -> Result<Vec<u8>, StoreError> {
    let size = zstd::zstd_safe::get_frame_content_size(blob).ok().flatten().unwrap_or(0);
    let unpacked = match usize::try_from(size) {
        Ok(size) if size <= BELIEVED => zstd::bulk::decompress(blob, size),
        _ => unpack_large(blob),
    };
    unpacked.map_err(|error| StoreError::Part(error.to_string()))
}

/// Room is taken as bytes come.
fn unpack_large(blob: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let decoder = zstd::stream::read::Decoder::with_buffer(blob)?.single_frame();
    decoder.take(LARGEST + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > LARGEST {
        true => Err(io::Error::other(format!("it unpacks to more than {LARGEST} bytes"))),
        false => Ok(bytes),
    }
}

pub(crate) fn unpack_text(blob: &[u8]) -> Result<String, StoreError> {
    String::from_utf8(unpack(blob)?).map_err(|error| StoreError::Part(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out() {
        for text in ["", "a", &"The ferry sank. ".repeat(1000)] {
            assert_eq!(unpack_text(&pack(text.as_bytes())).unwrap(), text);
        }
        let large = vec![b'a'; BELIEVED + 1];
        assert!(unpack(&pack(&large)).unwrap() == large);
        assert!(unpack(b"not packed").is_err());
        let packed = pack(b"The ferry sank off the cape at dawn.");
        for at in 5..packed.len() {
            let mut flipped = packed.clone();
            flipped[at] ^= 1;
            assert!(unpack(&flipped).is_err(), "byte {at} of {}", packed.len());
        }
    }

    #[test]
    fn what_comes_out_does_not_depend_on_what_was_packed_before() {
        let (text, other) = ("The ferry sank. ".repeat(1000), "Nobody was on board. ".repeat(3000));
        let first = pack(text.as_bytes());
        pack(other.as_bytes());
        assert_eq!(pack(text.as_bytes()), first);
        let fresh = packer().and_then(|mut packer| packer.compress(text.as_bytes()));
        assert_eq!(fresh.unwrap(), first);
    }

    #[test]
    fn a_size_that_is_a_lie_takes_no_memory() {
        // A frame of one block of one byte, which says that it holds 2^62.
        let mut blob = vec![0x28, 0xB5, 0x2F, 0xFD, 0b1100_0000, 0x00];
        blob.extend((1_u64 << 62).to_le_bytes());
        blob.extend([0b0000_1011, 0, 0, b'a']);
        assert!(unpack(&blob).is_err());
    }
}
