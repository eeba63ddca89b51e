//! The header of a WARC record, and of the HTTP message within one: a first line and named fields.
//!
//! Archives are read as leniently as HTTP is: line ends may lack their carriage return, a field may go
//! on over lines, names count in any case, and of two fields of one name the first holds.

/// A first line with the fields after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) first_line: String,
    fields: Vec<(String, String)>,
}

impl Header {
    /// Reads a header; `bytes` end before the empty line.
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let mut lines = text.lines();
        let first_line = lines.next().unwrap_or_default().trim().to_owned();
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in lines {
            match (line.starts_with([' ', '\t']), fields.last_mut(), line.split_once(':')) {
                (true, Some((_, value)), _) => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                (false, _, Some((name, value))) => {
                    fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                }
                _ => {}
            }
        }
        Self { first_line, fields }
    }

    /// The value of the field called `name`, which is given in lower case.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of a field that older writers put between `<` and `>`.
    pub(crate) fn bare(&self, name: &str) -> Option<&str> {
        let value = self.field(name)?;
        let inner = value.strip_prefix('<').and_then(|value| value.strip_suffix('>')).unwrap_or(value);
        Some(inner.trim()).filter(|value| !value.is_empty())
    }

    /// The content type without its parameters, in lower case.
    pub(crate) fn content_type(&self) -> Option<String> {
        media_type(self.field("content-type")?)
    }
}

/// A content type without its parameters, in lower case.
pub(crate) fn media_type(content_type: &str) -> Option<String> {
    let value = content_type.split(';').next()?.trim().to_ascii_lowercase();
    Some(value).filter(|value| !value.is_empty())
}

/// The length of the header that `bytes` begin with, and of the empty line that ends it.
pub(crate) fn header_end(bytes: &[u8]) -> Option<(usize, usize)> {
    memchr::memchr_iter(b'\n', bytes).find_map(|at| match &bytes[at + 1..] {
        [b'\n', ..] => Some((at + 1, 1)),
        [b'\r', b'\n', ..] => Some((at + 1, 2)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_however_they_are_written() {
        let header = Header::parse(
            b"WARC/1.0\r\nWARC-Type: response\nwarc-record-id: <urn:uuid:12>\r\nNote: one\r\n  two\r\nNote: three\r\nno field\r\nContent-Type: Text/HTML; charset=utf-8",
        );
        assert_eq!(header.first_line, "WARC/1.0");
        assert_eq!(header.field("warc-type"), Some("response"));
        assert_eq!(header.bare("warc-record-id"), Some("urn:uuid:12"));
        assert_eq!(header.field("note"), Some("one two"));
        assert_eq!(header.field("absent"), None);
        assert_eq!(header.content_type().as_deref(), Some("text/html"));
    }

    #[test]
    fn a_header_ends_at_the_first_empty_line() {
        assert_eq!(header_end(b"a\r\nb\r\n\r\nbody"), Some((6, 2)));
        assert_eq!(header_end(b"a\nb\n\nbody"), Some((4, 1)));
        assert_eq!(header_end(b"a\r\nb"), None);
        assert_eq!(header_end(b""), None);
    }
}
