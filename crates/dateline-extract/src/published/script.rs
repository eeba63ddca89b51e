//! Dates in the state that pages keep for their scripts: `"publishedAt":"2016-12-23T23:02:00Z"`.

use std::ops::Range;

use memchr::memmem;

use super::clue::{Clue, Clues};

/// The values beside the keys that `data/extract/dates.toml` lists, in the order of the script.
pub(crate) fn script_values(clues: &Clues, text: &str, script: Range<usize>) -> Vec<(Range<usize>, Clue)> {
    let bytes = text[script.clone()].as_bytes();
    let mut found: Vec<(Range<usize>, Clue)> = Vec::new();
    // Every key holds one of these, so that a script is searched four times and not once for each key.
    for root in ["ubli", "ubDate", "ubdate", "reated", "odified", "pdated"] {
        for at in memmem::find_iter(bytes, root).take(MOST_HITS) {
            let key = key_around(bytes, at);
            let Some(clue) =
                std::str::from_utf8(&bytes[key.clone()]).ok().and_then(|k| clues.script_keys.get(k))
            else {
                continue;
            };
            if let Some(value) = value_after(bytes, key.end) {
                found.push((script.start + value.start..script.start + value.end, *clue));
            }
        }
    }
    found.sort_by_key(|(value, _)| value.start);
    found.dedup();
    found.retain(|(value, _)| text.is_char_boundary(value.start) && text.is_char_boundary(value.end));
    found
}

/// More mentions of one key are a list of reports.
const MOST_HITS: usize = 200;
/// No date is longer.
const LONGEST_VALUE: usize = 60;

/// The word of letters, digits and underscores around `at`.
fn key_around(bytes: &[u8], at: usize) -> Range<usize> {
    let in_key = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let start = at - bytes[..at].iter().rev().take(40).take_while(|b| in_key(b)).count();
    let end = at + bytes[at..].iter().take(40).take_while(|b| in_key(b)).count();
    start..end
}

/// The value in quotes, or the number, that follows a key: `":"…"`, `: '…'`, `=1482534130`, `\":\"…\"`.
fn value_after(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let rest = &bytes[at..bytes.len().min(at + 12 + LONGEST_VALUE)];
    let filler = |b: &u8| {
        matches!(
            b,
            b'"' | b'\'' | b'\\' | b' ' | b':' | b'=' | b'\t' | b'&' | b'q' | b'u' | b'o' | b't' | b';'
        )
    };
    let lead = rest.iter().take(16).take_while(|b| filler(b)).count();
    if !rest[..lead].iter().any(|b| matches!(b, b':' | b'=')) {
        return None;
    }
    let in_value =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':' | b'+' | b'.' | b' ' | b',' | b'/');
    let length = rest[lead..].iter().take(LONGEST_VALUE).take_while(|b| in_value(b)).count();
    (length >= 8).then_some(at + lead..at + lead + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_beside_keys() {
        let clues = Clues::new();
        for (script, expected) in [
            (r#"{"publishedAt":"2016-12-23T23:02:00Z"}"#, "2016-12-23T23:02:00Z"),
            (r#"x = {publishDate: '2016-12-23'}"#, "2016-12-23"),
            (r#""{\"datePublished\":\"2016-12-23\"}""#, "2016-12-23"),
            (r#"{"publishedAt":1482534130}"#, "1482534130"),
            (r#"{"unpublishedAt":"2016-12-23"}"#, ""),
            (r#"publishedAt"#, ""),
        ] {
            let got = script_values(&clues, script, 0..script.len());
            assert_eq!(got.first().map_or("", |(value, _)| &script[value.clone()]), expected, "{script}");
        }
    }
}
