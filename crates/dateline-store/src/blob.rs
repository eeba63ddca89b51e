//! Long texts, packed: zstd, so that any tool can unpack them.

use crate::error::StoreError;

/// Fast, and news packs to a fourth.
const LEVEL: i32 = 3;

/// No text of a report is larger; a damaged file must not fill the memory.
const LARGEST: usize = 1 << 32;

pub(crate) fn pack(bytes: &[u8]) -> Vec<u8> {
    // Compressing into memory fails only when there is none. With a checksum: disks forget.
    let packed = zstd::bulk::Compressor::new(LEVEL).and_then(|mut packer| {
        packer.include_checksum(true)?;
        packer.compress(bytes)
    });
    packed.unwrap_or_default()
}

pub(crate) fn unpack(blob: &[u8]) -> Result<Vec<u8>, StoreError> {
    let size = zstd::zstd_safe::get_frame_content_size(blob).ok().flatten().unwrap_or(0);
    let size = usize::try_from(size).unwrap_or(LARGEST).min(LARGEST);
    zstd::bulk::decompress(blob, size).map_err(|error| StoreError::Part(error.to_string()))
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
        assert!(unpack(b"not packed").is_err());
        let packed = pack(b"The ferry sank off the cape at dawn.");
        for at in 5..packed.len() {
            let mut flipped = packed.clone();
            flipped[at] ^= 1;
            assert!(unpack(&flipped).is_err(), "byte {at} of {}", packed.len());
        }
    }
}
