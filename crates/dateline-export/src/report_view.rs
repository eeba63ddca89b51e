//! A report's address, and the bytes in which its words stand, for forms of export that name them.

use dateline_model::KeptReport;

/// An address that names the report: the page's own, else one made of its id.
pub(crate) fn address(report: &KeptReport) -> String {
    report.uri.clone().unwrap_or_else(|| urn(&report.id))
}

/// An address made of a report's id.
pub(crate) fn urn(id: &str) -> String {
    format!("urn:dateline:report:{}", percent(id))
}

/// The bytes of the capture in which `start..end` of the text stand, where they are known.
pub(crate) fn bytes(report: &KeptReport, start: u32, end: u32) -> Option<(u32, u32)> {
    let inside = |at: u32| move |s: &&(u32, u32, u32, u32, String)| s.0 <= at && at < s.1;
    let first = report.map.iter().find(inside(start))?;
    let last = report.map.iter().find(inside(end.checked_sub(1)?))?;
    let from = if first.0 == start { first.2 } else { step(report, first, start)? };
    let to = if last.1 == end { last.3 } else { step(report, last, end)? };
    (from < to).then_some((from, to))
}

/// The byte of a code point inside a stretch: bytes that stand in the capture as they are are UTF-8.
fn step(report: &KeptReport, stretch: &(u32, u32, u32, u32, String), at: u32) -> Option<u32> {
    let letters = report.text.chars().skip(stretch.0 as usize).take((at - stretch.0) as usize);
    let bytes: usize = letters.map(char::len_utf8).sum();
    (stretch.4 == "same").then(|| stretch.2 + u32::try_from(bytes).unwrap_or(u32::MAX))
}

/// Signs that may not stand in an address, as `%` and their bytes.
pub(crate) fn percent(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
    text.bytes().map(|b| if plain(b) { (b as char).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_becomes_an_address() {
        for (id, expected) in [("a/b.txt", "a/b.txt"), ("<urn:x é>", "%3Curn%3Ax%20%C3%A9%3E")] {
            assert_eq!(percent(id), expected);
        }
    }

    #[test]
    fn bytes_are_told_where_they_are_known() {
        let map = vec![(0, 3, 10, 14, "same".to_owned()), (3, 4, 14, 22, "decoded".to_owned())];
        let report = KeptReport { map, text: "cédé".to_owned(), ..KeptReport::default() };
        for (start, end, expected) in [
            (0, 3, Some((10, 14))),
            (1, 4, Some((11, 22))),
            (0, 2, Some((10, 13))),
            (0, 9, None),
            (3, 4, Some((14, 22))),
        ] {
            assert_eq!(bytes(&report, start, end), expected, "{start}..{end}");
        }
    }
}
