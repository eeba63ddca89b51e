//! A pipeline in one small file: the outline as packed JSON, the weights in 18 or 20 bits with a scale for each row.
//!
//! A row's weights are whole multiples of a fraction of its greatest weight. At the same size that comes much
//! closer than floating-point numbers of so few bits, since the weights of a row differ little in size.
//! Biases and other single rows are kept as they are.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};

use serde::{Deserialize, Serialize};

use super::parts::Outline;
use super::{Array, PackageError, Parts};

/// The first bytes of such a file; the digit is the format's version.
const MAGIC: &[u8] = b"DATELINE-MODEL-1";

/// An outline that unpacks to more than this is taken for hostile.
const LARGEST_OUTLINE: u64 = 1 << 28;

/// The packed part of the file.
#[derive(Serialize, Deserialize)]
struct Header {
    outline: Outline,
    /// The arrays in the order in which they follow.
    arrays: Vec<(String, Vec<usize>)>,
}

impl Parts {
    /// Writes the pipeline as one small file.
    pub(crate) fn to_compact(&self) -> Result<Vec<u8>, PackageError> {
        if self.vectors.is_some() {
            return Err(PackageError::unsupported(
                "vectors",
                "word vectors cannot be stored in a compact file",
            ));
        }
        let outline =
            serde_json::to_value(&self.outline).map_err(|e| PackageError::damaged(e.to_string()))?;
        let arrays: Vec<_> = self.arrays.iter().map(|(name, array)| (name, &array.shape)).collect();
        let header = serde_json::json!({ "outline": outline, "arrays": arrays }).to_string();
        let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        let packed = packer.write_all(header.as_bytes()).and_then(|()| packer.finish());
        let packed = packed.map_err(|e| PackageError::damaged(e.to_string()))?;
        let mut file = MAGIC.to_vec();
        file.extend((packed.len() as u64).to_le_bytes());
        file.extend(packed);
        self.arrays.iter().for_each(|(name, array)| write_array(name, array, &mut file));
        Ok(file)
    }

    /// Reads what [`Parts::to_compact`] wrote.
    pub(crate) fn from_compact(file: &[u8]) -> Result<Self, PackageError> {
        let short = || PackageError::damaged("the model's file ends too early");
        let rest = file.strip_prefix(MAGIC).ok_or_else(|| PackageError::damaged("not a model's file"))?;
        let (length, rest) = rest.split_first_chunk().ok_or_else(short)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| short())?;
        let (packed, mut rest) = rest.split_at_checked(length).ok_or_else(short)?;
        let mut json = Vec::new();
        let mut unpacker = flate2::read::DeflateDecoder::new(packed).take(LARGEST_OUTLINE);
        unpacker.read_to_end(&mut json).map_err(|e| PackageError::damaged(e.to_string()))?;
        let header: Header =
            serde_json::from_slice(&json).map_err(|e| PackageError::damaged(e.to_string()))?;
        let mut arrays = BTreeMap::new();
        for (name, shape) in header.arrays {
            let (array, after) = read_array(&name, shape, rest).ok_or_else(short)?;
            arrays.insert(name, array);
            rest = after;
        }
        Ok(Self { outline: header.outline, arrays, vectors: None })
    }
}

/// Bits of a weight, with its sign. The tables of embeddings are two thirds of all weights, and their errors
/// enter once; those of layers enter at every layer.
const TABLE_BITS: u32 = 18;
const LAYER_BITS: u32 = 20;

fn bits_of(name: &str) -> u32 {
    if name.contains("/table/") { TABLE_BITS } else { LAYER_BITS }
}

/// Is the array stored as scaled rows? One row alone is not worth it.
fn is_scaled(shape: &[usize]) -> bool {
    shape.len() > 1 && shape.iter().rev().skip(1).product::<usize>() > 1
}

/// Bytes of a scaled row: the scale and the packed weights.
fn row_bytes(length: usize, bits: u32) -> usize {
    4 + (length * bits as usize).div_ceil(8)
}

fn write_array(name: &str, array: &Array, file: &mut Vec<u8>) {
    if !is_scaled(&array.shape) {
        return file.extend(array.data.iter().flat_map(|x| x.to_le_bytes()));
    }
    let bits = bits_of(name);
    let greatest_whole = ((1_i64 << (bits - 1)) - 1) as f32;
    for row in array.data.chunks(array.row_length()) {
        let scale = row.iter().fold(0.0_f32, |most, x| most.max(x.abs())) / greatest_whole;
        file.extend(scale.to_le_bytes());
        let whole = |x: &f32| {
            if scale > 0.0 { (x / scale).round().clamp(-greatest_whole, greatest_whole) as i64 } else { 0 }
        };
        pack(row.iter().map(whole), bits, file);
    }
}

/// Packs whole numbers of `bits` bits, the lowest first.
fn pack(numbers: impl Iterator<Item = i64>, bits: u32, file: &mut Vec<u8>) {
    let (mut waiting, mut count) = (0_u64, 0);
    for number in numbers {
        waiting |= (number.cast_unsigned() & ((1 << bits) - 1)) << count;
        count += bits;
        while count >= 8 {
            file.push(waiting as u8);
            waiting >>= 8;
            count -= 8;
        }
    }
    if count > 0 {
        file.push(waiting as u8);
    }
}

fn read_array<'a>(name: &str, shape: Vec<usize>, bytes: &'a [u8]) -> Option<(Array, &'a [u8])> {
    let count = shape.iter().try_fold(1_usize, |n, &d| n.checked_mul(d))?;
    let (length, bits) = (shape.last().copied().unwrap_or(1).max(1), bits_of(name));
    let row = row_bytes(length.min(bytes.len()), bits);
    let size = if is_scaled(&shape) { (count / length).checked_mul(row)? } else { count.checked_mul(4)? };
    let (own, rest) = bytes.split_at_checked(size)?;
    let mut data = Vec::with_capacity(count);
    if is_scaled(&shape) {
        let unpack = if bits == LAYER_BITS { unpack::<LAYER_BITS> } else { unpack::<TABLE_BITS> };
        own.chunks_exact(row).for_each(|row| unpack(row, length, &mut data));
    } else {
        data.extend(own.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four)));
    }
    (data.len() == count).then_some((Array { shape, data }, rest))
}

/// Reads one scaled row of `length` weights. Eight of them fill as many bytes as each has bits, so that within
/// eight every weight has a place that is known beforehand.
fn unpack<const BITS: u32>(row: &[u8], length: usize, data: &mut Vec<f32>) {
    let (scale, packed) =
        row.split_first_chunk().map_or((0.0, row), |(&scale, rest)| (f32::from_le_bytes(scale), rest));
    let end = data.len() + length;
    for bytes in packed.chunks(BITS as usize) {
        let mut padded = [0; 24];
        padded[..bytes.len()].copy_from_slice(bytes);
        let weights: [f32; 8] = std::array::from_fn(|place| {
            let first = place * BITS as usize;
            let four = std::array::from_fn(|byte| padded[first / 8 + byte]);
            // Shifted up and down again, the number keeps its sign.
            let number = u32::from_le_bytes(four) >> (first % 8) << (32 - BITS);
            (number.cast_signed() >> (32 - BITS)) as f32 * scale
        });
        let missing = end - data.len();
        data.extend_from_slice(&weights[..missing.min(8)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> Parts {
        let array = |shape: &[usize]| {
            let count = shape.iter().product();
            Array {
                shape: shape.to_vec(),
                data: (0..count).map(|n: usize| (n as f32 * 0.37).sin()).collect(),
            }
        };
        let arrays = [("b", &[5][..]), ("W", &[4, 5]), ("x/table/0", &[2, 3, 7])];
        Parts {
            outline: Outline { norms: vec![(7, "seven".into())], ..Outline::default() },
            arrays: arrays.iter().map(|(name, shape)| ((*name).to_owned(), array(shape))).collect(),
            vectors: None,
        }
    }

    #[test]
    fn what_was_written_is_read_again_nearly_the_same() {
        let parts = parts();
        let read = Parts::from_compact(&parts.to_compact().unwrap()).unwrap();
        assert_eq!(read.outline.norms, parts.outline.norms);
        for (name, array) in &parts.arrays {
            assert_eq!(read.arrays[name].shape, array.shape);
            for (a, b) in array.data.iter().zip(&read.arrays[name].data) {
                assert!((a - b).abs() <= 1.0 / 260_000.0, "{name}: {a} {b}");
            }
        }
    }

    #[test]
    fn a_file_cut_anywhere_is_an_error() {
        let file = parts().to_compact().unwrap();
        for end in 0..file.len() {
            assert!(Parts::from_compact(&file[..end]).is_err(), "cut at {end}");
        }
    }
}
