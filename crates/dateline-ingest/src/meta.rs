//! The charset that a page names in its own head: `<meta charset>`, `<meta http-equiv>`, `<?xml … ?>`.
//!
//! This is the prescan of the HTML Standard: tags are walked one by one, so that a `<meta` within a
//! comment or an attribute is not taken for one.

/// The label that the page's head names, not yet checked to be a charset.
pub(crate) fn charset(head: &[u8]) -> Option<String> {
    let mut scan = Scan { rest: head };
    if head.starts_with(b"<?xml")
        && let Some(label) = xml_declaration(head)
    {
        return Some(label);
    }
    while let Some(tag) = scan.next_tag() {
        if tag.eq_ignore_ascii_case("meta")
            && let Some(label) = Meta::read(&mut scan).label()
        {
            return Some(label);
        }
        scan.skip_attributes();
    }
    None
}

fn xml_declaration(head: &[u8]) -> Option<String> {
    let end = memchr::memchr(b'>', head)?;
    let declaration = String::from_utf8_lossy(&head[..end]);
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = value[1..].split(quote).next()?;
    Some(label.to_owned())
}

/// What one `<meta>` says.
#[derive(Default)]
struct Meta {
    charset: Option<String>,
    content: Option<String>,
    is_content_type: bool,
}

impl Meta {
    fn read(scan: &mut Scan<'_>) -> Self {
        let mut meta = Self::default();
        while let Some((name, value)) = scan.next_attribute() {
            match name.as_str() {
                "charset" if meta.charset.is_none() => meta.charset = Some(value),
                "content" if meta.content.is_none() => meta.content = Some(value),
                "http-equiv" => meta.is_content_type |= value.eq_ignore_ascii_case("content-type"),
                _ => {}
            }
        }
        meta
    }

    fn label(self) -> Option<String> {
        let of_content = self.content.filter(|_| self.is_content_type);
        self.charset.or_else(|| parameter(&of_content?)).filter(|label| !label.trim().is_empty())
    }
}

/// The charset of `text/html; charset=utf-8`.
pub(crate) fn parameter(content_type: &str) -> Option<String> {
    let lower = content_type.to_ascii_lowercase();
    lower.match_indices("charset").find_map(|(at, word)| {
        let value = content_type.get(at + word.len()..)?.trim_start().strip_prefix('=')?.trim_start();
        let label = match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next()?,
            _ => value.split([';', ' ', '\t', ',']).next()?,
        };
        Some(label.to_owned())
    })
}

/// A walk over tags; it never goes back, so it is linear in the window.
struct Scan<'a> {
    rest: &'a [u8],
}

impl<'a> Scan<'a> {
    /// Goes past the next opening tag's name. Comments, declarations and closing tags are passed over.
    fn next_tag(&mut self) -> Option<&'a str> {
        loop {
            let start = memchr::memchr(b'<', self.rest)?;
            self.rest = &self.rest[start + 1..];
            match self.rest.first()? {
                b'!' if self.rest.starts_with(b"!--") => self.skip_past(b"-->", 1)?,
                b'!' | b'?' => self.skip_past(b">", 0)?,
                b'a'..=b'z' | b'A'..=b'Z' => return Some(self.name()),
                b'/' => self.skip_attributes(),
                _ => {}
            }
        }
    }

    fn name(&mut self) -> &'a str {
        let end = self.rest.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        std::str::from_utf8(name).unwrap_or_default()
    }

    fn skip_past(&mut self, end: &[u8], from: usize) -> Option<()> {
        let rest = self.rest.get(from..)?;
        let at = memchr::memmem::find(rest, end)?;
        self.rest = &rest[at + end.len()..];
        Some(())
    }

    fn skip_attributes(&mut self) {
        while self.next_attribute().is_some() {}
    }

    /// The next attribute of the tag, its name in lower case; none at the tag's end, which stays.
    fn next_attribute(&mut self) -> Option<(String, String)> {
        self.skip_while(|b| b.is_ascii_whitespace() || b == b'/');
        if matches!(self.rest.first(), None | Some(b'>')) {
            return None;
        }
        let name = self.take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'>' | b'/'));
        if name.is_empty() {
            // A lone "=" opens a name by the standard; passing over it is enough here.
            self.rest = &self.rest[1..];
            return Some((String::new(), String::new()));
        }
        self.skip_while(|b| b.is_ascii_whitespace());
        let value = if self.rest.first() == Some(&b'=') { self.value() } else { String::new() };
        Some((name.to_ascii_lowercase(), value))
    }

    fn value(&mut self) -> String {
        self.rest = &self.rest[1..];
        self.skip_while(|b| b.is_ascii_whitespace());
        match self.rest.first() {
            Some(&quote @ (b'"' | b'\'')) => {
                self.rest = &self.rest[1..];
                let value = self.take_while(|b| b != quote);
                self.rest = self.rest.get(1..).unwrap_or_default();
                value
            }
            _ => self.take_while(|b| !b.is_ascii_whitespace() && b != b'>'),
        }
    }

    fn skip_while(&mut self, holds: impl Fn(u8) -> bool) {
        let end = self.rest.iter().position(|b| !holds(*b)).unwrap_or(self.rest.len());
        self.rest = &self.rest[end..];
    }

    fn take_while(&mut self, holds: impl Fn(u8) -> bool) -> String {
        let end = self.rest.iter().position(|b| !holds(*b)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        String::from_utf8_lossy(taken).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &str, expected: Option<&str>) {
        assert_eq!(charset(head.as_bytes()).as_deref(), expected, "{head}");
    }

    #[test]
    fn the_head_names_its_charset() {
        check("<html><head><meta charset=\"utf-8\">", Some("utf-8"));
        check("<META CHARSET='koi8-r' />", Some("koi8-r"));
        check("<meta charset = gbk>", Some("gbk"));
        check(
            "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>",
            Some("windows-1251"),
        );
        check("<meta content='text/html;charset=\"big5\"' http-equiv='content-type'>", Some("big5"));
        check("<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?><html>", Some("ISO-8859-2"));
        check("<meta name=a><meta charset=x-sjis>", Some("x-sjis"));
    }

    #[test]
    fn what_is_no_meta_is_passed_over() {
        check("<!-- <meta charset=koi8-r> --><p>", None);
        check("<a title='<meta charset=koi8-r>'>", None);
        check("<meta name=description content='charset=koi8-r'>", None);
        check("<metadata charset=koi8-r>", None);
        check("<!-- never closed <meta charset=koi8-r>", None);
        check("<meta charset", None);
        check("<meta charset=>", None);
        check("<", None);
        check("<!", None);
        check("<meta = = =", None);
    }
}
