//! A report and a statement as other forms of export need them.

/// A report of the record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportView {
    /// Its name in the record.
    pub id: String,
    /// The address of the page.
    pub uri: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// Day or moment of publication.
    pub published: Option<String>,
    /// Language.
    pub language: Option<String>,
    /// Headline.
    pub headline: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Agencies and outlets named as origin.
    pub credits: Vec<String>,
    /// SHA-256 of the capture.
    pub sha256: Option<String>,
    /// Id of the first report of its story.
    pub story: Option<String>,
    /// The text.
    pub text: String,
    /// The stretches of the text, in code points, and their bytes in the capture: `same` bytes or decoded.
    pub map: Vec<(u32, u32, u32, u32, String)>,
}

/// A statement of the record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatementView {
    /// The report that carries it.
    pub report: String,
    /// `text` or `headline`: where the offsets count.
    pub of: String,
    /// Who says it.
    pub speaker: Option<String>,
    /// The words that name the speaker.
    pub source: Option<String>,
    /// Direct, indirect or mixed.
    pub kind: String,
    /// What is said.
    pub content: String,
    /// First code point of the content.
    pub start: u32,
    /// One past its last.
    pub end: u32,
    /// Through whom it came.
    pub reported_by: Vec<String>,
    /// By what means.
    pub medium: Option<String>,
    /// To whom.
    pub addressee: Option<String>,
}

impl ReportView {
    /// An address that names the report: the page's own, else one made of its id.
    #[must_use]
    pub fn address(&self) -> String {
        self.uri.clone().unwrap_or_else(|| format!("urn:dateline:report:{}", percent(&self.id)))
    }

    /// The bytes of the capture in which `start..end` of the text stand, where they are known.
    #[must_use]
    pub fn bytes(&self, start: u32, end: u32) -> Option<(u32, u32)> {
        let inside = |at: u32| move |s: &&(u32, u32, u32, u32, String)| s.0 <= at && at < s.1;
        let first = self.map.iter().find(inside(start))?;
        let last = self.map.iter().find(inside(end.checked_sub(1)?))?;
        let from = if first.0 == start { first.2 } else { self.step(first, start)? };
        let to = if last.1 == end { last.3 } else { self.step(last, end)? };
        (from < to).then_some((from, to))
    }

    /// The byte of a code point inside a stretch: bytes that stand in the capture as they are are UTF-8.
    fn step(&self, stretch: &(u32, u32, u32, u32, String), at: u32) -> Option<u32> {
        let letters = self.text.chars().skip(stretch.0 as usize).take((at - stretch.0) as usize);
        let bytes: usize = letters.map(char::len_utf8).sum();
        (stretch.4 == "same").then(|| stretch.2 + u32::try_from(bytes).unwrap_or(u32::MAX))
    }
}

/// Signs that may not stand in an address, as `%` and their bytes.
#[must_use]
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
        let report = ReportView { map, text: "cédé".to_owned(), ..ReportView::default() };
        for (start, end, expected) in [
            (0, 3, Some((10, 14))),
            (1, 4, Some((11, 22))),
            (0, 2, Some((10, 13))),
            (0, 9, None),
            (3, 4, Some((14, 22))),
        ] {
            assert_eq!(report.bytes(start, end), expected, "{start}..{end}");
        }
    }
}
