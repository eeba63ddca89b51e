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
        // Within bytes that stand as they are, code points and bytes go in step in ASCII only.
        let from = if first.0 == start { first.2 } else { step(first, start)? };
        let to = if last.1 == end { last.3 } else { step(last, end)? };
        (from < to).then_some((from, to))
    }
}

/// The byte of a code point inside a stretch of ASCII.
fn step(stretch: &(u32, u32, u32, u32, String), at: u32) -> Option<u32> {
    let ascii = stretch.4 == "same" && stretch.1 - stretch.0 == stretch.3 - stretch.2;
    ascii.then(|| stretch.2 + (at - stretch.0))
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
        let map = vec![(0, 3, 10, 13, "same".to_owned()), (3, 4, 13, 21, "decoded".to_owned())];
        let report = ReportView { map, ..ReportView::default() };
        for (start, end, expected) in
            [(0, 3, Some((10, 13))), (1, 4, Some((11, 21))), (0, 9, None), (3, 4, Some((13, 21)))]
        {
            assert_eq!(report.bytes(start, end), expected, "{start}..{end}");
        }
    }
}
