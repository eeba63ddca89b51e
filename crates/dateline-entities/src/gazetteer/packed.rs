//! The packed gazetteer, `gazetteer.bin`: places and actors under their names, searched without being
//! loaded.
//!
//! It opens with `DLG1` and the offset and length of each of its sections: place names and their
//! offsets, place records, actor names and their offsets, actor lines, codes of countries.

use super::names::Names;

/// The sections of the file.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Packed<'a> {
    places: Names<'a>,
    records: &'a [u8],
    actors: Names<'a>,
    lines: &'a [u8],
    countries: &'a [u8],
}

/// Bytes of one place record.
const RECORD: usize = 16;

/// What the file says of a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PackedPlace {
    pub(super) geonames: u32,
    pub(super) latitude: f32,
    pub(super) longitude: f32,
    /// Two letters.
    pub(super) country: [u8; 2],
    pub(super) kind: u8,
    /// Record of the province that it lies in; its own for a province.
    pub(super) province: u32,
    pub(super) population: u32,
    /// Is the name that it was found by one of its further names?
    pub(super) is_further_name: bool,
}

impl<'a> Packed<'a> {
    /// The sections; all empty where the bytes are no such file.
    pub(super) fn new(file: &'a [u8]) -> Self {
        let section = |index: usize| -> Option<&'a [u8]> {
            let start = number(file, 4 + index * 8)? as usize;
            file.get(start..start + number(file, 8 + index * 8)? as usize)
        };
        let read = || {
            file.starts_with(b"DLG1").then_some(())?;
            Some(Self {
                places: Names::new(section(0)?, section(1)?),
                records: section(2)?,
                actors: Names::new(section(3)?, section(4)?),
                lines: section(5)?,
                countries: section(6)?,
            })
        };
        read().unwrap_or_default()
    }

    /// The places of a folded name.
    pub(super) fn places(&self, folded: &str) -> Vec<PackedPlace> {
        self.places
            .find(folded)
            .into_iter()
            .filter_map(|number| self.place(number / 2, number % 2 == 1))
            .collect()
    }

    /// The lines of the actors of a folded name.
    pub(super) fn actors(&self, folded: &str) -> Vec<&'a str> {
        self.actors.find(folded).into_iter().filter_map(|offset| self.line(offset)).collect()
    }

    fn line(&self, offset: u32) -> Option<&'a str> {
        let rest = self.lines.get(offset as usize..)?;
        let end = rest.iter().position(|&byte| byte == b'\n')?;
        std::str::from_utf8(&rest[..end]).ok()
    }

    fn place(&self, record: u32, is_further_name: bool) -> Option<PackedPlace> {
        let start = record as usize * RECORD;
        let bytes: &[u8; RECORD] = self.records.get(start..start + RECORD)?.try_into().ok()?;
        let country = usize::from(bytes[10]) * 2;
        Some(PackedPlace {
            geonames: u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]),
            latitude: degrees([bytes[4], bytes[5], bytes[6]]),
            longitude: degrees([bytes[7], bytes[8], bytes[9]]),
            country: self.countries.get(country..country + 2)?.try_into().ok()?,
            kind: bytes[11],
            province: u32::from(u16::from_le_bytes([bytes[12], bytes[13]])),
            population: people(bytes[14]),
            is_further_name,
        })
    }
}

fn number(file: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(file.get(at..at + 4)?.try_into().ok()?))
}

/// Ten-thousandths of a degree in three bytes, with a sign.
fn degrees([a, b, c]: [u8; 3]) -> f32 {
    (i32::from_le_bytes([0, a, b, c]) >> 8) as f32 / 10_000.0
}

/// The number of people is kept as eight times its logarithm.
fn people(logarithm: u8) -> u32 {
    if logarithm == 0 { 0 } else { 2_f32.powf(f32::from(logarithm) / 8.0) as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_have_a_sign() {
        assert_eq!(degrees([0x10, 0x27, 0]), 1.0);
        assert_eq!(degrees([0xf0, 0xd8, 0xff]), -1.0);
    }

    #[test]
    fn what_is_no_gazetteer_holds_nothing() {
        for bytes in [&b""[..], b"DLG1", b"none of ours, and more than a few bytes of it"] {
            assert!(Packed::new(bytes).places("aleppo").is_empty());
        }
    }
}
