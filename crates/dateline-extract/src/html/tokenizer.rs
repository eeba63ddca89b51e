//! Cuts a page into tags and text, each with its place; whatever is broken is read as a browser reads it.
//!
//! The work is linear in the page's length: every search either moves on or is remembered as vain.

use std::ops::Range;

use dateline_model::Span;
use memchr::{memchr, memmem};

use super::tag::Tag;

/// One piece of a page. Comments, declarations and processing instructions are no tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// Text between tags.
    Text(TextToken),
    /// A start tag.
    Start(StartTag),
    /// An end tag.
    End {
        /// Its name.
        tag: Tag,
        /// Where the name stands.
        name: Span,
        /// Where the whole tag stands.
        range: Span,
    },
}

/// A run of text and how to read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextToken {
    /// Where it stands.
    pub range: Span,
    /// How its characters are meant.
    pub coding: TextCoding,
}

/// How the characters of a text are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextCoding {
    /// Character references count.
    References,
    /// Every character stands for itself: scripts, styles, frames.
    Literal,
}

/// A start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartTag {
    /// Its name.
    pub tag: Tag,
    /// Where the name stands.
    pub name: Span,
    /// Where the whole tag stands.
    pub range: Span,
    /// Its attributes: a stretch of [`Tokenizer::attributes`].
    pub attributes: Range<u32>,
    /// Does it end in `/>`?
    pub self_closing: bool,
}

/// Where an attribute's name and value stand. The value's quotes are not included; without `=` it is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttributeSpan {
    /// The name.
    pub name: Span,
    /// The value.
    pub value: Span,
}

/// Attributes of one tag that are kept.
const MOST_ATTRIBUTES: usize = 256;

/// Reads tokens one after the other.
///
/// ```
/// use dateline_extract::html::{Tag, Token, Tokenizer};
/// let mut tokenizer = Tokenizer::new("<p class=lead>Hello");
/// let Some(Token::Start(p)) = tokenizer.next() else { panic!() };
/// assert_eq!((p.tag, p.range.range()), (Tag::P, 0..14));
/// assert_eq!(tokenizer.attributes()[0].value.range(), 9..13);
/// ```
#[derive(Clone, Debug)]
pub struct Tokenizer<'a> {
    text: &'a str,
    at: usize,
    attributes: Vec<AttributeSpan>,
    /// Where the attributes of the tag that is being read begin.
    first_attribute: usize,
    /// Raw elements of which no end tag lies ahead any more.
    endless: Vec<Tag>,
    /// Quotation marks of which none lies ahead any more.
    spent_quotes: Vec<u8>,
}

impl<'a> Tokenizer<'a> {
    /// Starts at the beginning of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            attributes: Vec::new(),
            first_attribute: 0,
            endless: Vec::new(),
            spent_quotes: Vec::new(),
        }
    }

    /// The attributes of all start tags read so far.
    #[must_use]
    pub fn attributes(&self) -> &[AttributeSpan] {
        &self.attributes
    }

    /// Gives up the attributes of all start tags read.
    #[must_use]
    pub fn into_attributes(self) -> Vec<AttributeSpan> {
        self.attributes
    }

    /// Reads the content of the raw element whose start tag was just read, up to its end tag.
    ///
    /// Without an end tag, a script, style or frame takes the rest of the page, as in browsers; a title
    /// or text area ends at the next tag, so that it does not swallow the page.
    pub fn raw_text(&mut self, tag: Tag) -> TextToken {
        let (start, rest) = (self.at, &self.text[self.at..]);
        let end = match tag {
            _ if self.endless.contains(&tag) => None,
            Tag::Plaintext => None,
            Tag::Script => script_end(rest),
            _ => raw_end(rest, tag.name()),
        };
        if end.is_none() {
            self.endless.push(tag);
        }
        let references = tag.is_raw_with_references();
        let missing = || if references { memchr(b'<', rest.as_bytes()) } else { None };
        self.at += end.or_else(missing).unwrap_or(rest.len());
        let coding = if references { TextCoding::References } else { TextCoding::Literal };
        TextToken { range: span(start..self.at), coding }
    }

    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes().get(at).copied().unwrap_or(0)
    }

    /// Text up to the next `<` that opens markup.
    fn text_token(&mut self) -> Option<Token> {
        let start = self.at;
        let mut end = start;
        loop {
            match memchr(b'<', &self.bytes()[end..]) {
                None => end = self.text.len(),
                Some(n) if !self.opens_markup(end + n) => {
                    end += n + 1;
                    continue;
                }
                Some(n) => end += n,
            }
            break;
        }
        self.at = end;
        (end > start)
            .then(|| Token::Text(TextToken { range: span(start..end), coding: TextCoding::References }))
    }

    fn opens_markup(&self, at: usize) -> bool {
        matches!(self.byte(at + 1), b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!' | b'?')
    }

    /// Reads what stands at the `<` here: a tag, or nothing after something that is skipped.
    fn markup(&mut self) -> Option<Token> {
        let start = self.at;
        match (self.byte(start + 1), self.byte(start + 2)) {
            (b'/', next) if next.is_ascii_alphabetic() => return self.end_tag(),
            (b'/', b'>') => self.at += 3,
            (b'!', b'-') if self.byte(start + 3) == b'-' => self.skip_comment(start + 4),
            (b'!' | b'?' | b'/', _) => self.skip_past(start + 2, b'>'),
            _ => return self.start_tag(),
        }
        None
    }

    fn start_tag(&mut self) -> Option<Token> {
        let start = self.at;
        let name = self.tag_name(start + 1);
        let first = self.attributes.len();
        self.first_attribute = first;
        let self_closing = self.read_attributes()?;
        let tag = Tag::named(&self.text[name.range()]);
        let attributes = offset(first)..offset(self.attributes.len());
        Some(Token::Start(StartTag { tag, name, range: span(start..self.at), attributes, self_closing }))
    }

    fn end_tag(&mut self) -> Option<Token> {
        let start = self.at;
        let name = self.tag_name(start + 2);
        let first = self.attributes.len();
        self.first_attribute = first;
        let ended = self.read_attributes();
        self.attributes.truncate(first);
        ended?;
        Some(Token::End { tag: Tag::named(&self.text[name.range()]), name, range: span(start..self.at) })
    }

    fn tag_name(&mut self, start: usize) -> Span {
        let length = self.bytes()[start..].iter().take_while(|b| !ends_name(**b)).count();
        self.at = start + length;
        span(start..self.at)
    }

    /// Reads up to `>`; tells whether `/` stands before it. None where the page ends first: such a tag is dropped.
    fn read_attributes(&mut self) -> Option<bool> {
        loop {
            self.skip_space();
            match self.bytes().get(self.at)? {
                b'>' => {
                    self.at += 1;
                    return Some(false);
                }
                b'/' => {
                    self.at += 1;
                    if self.byte(self.at) == b'>' {
                        self.at += 1;
                        return Some(true);
                    }
                }
                _ => self.read_attribute(),
            }
        }
    }

    fn read_attribute(&mut self) {
        let start = self.at;
        // A leading `=` belongs to the name, so that every round moves on.
        let length = self.bytes()[start + 1..].iter().take_while(|b| !ends_name(**b) && **b != b'=').count();
        self.at = start + 1 + length;
        let name = span(start..self.at);
        self.skip_space();
        let value =
            if self.byte(self.at) == b'=' { self.read_value() } else { name.end as usize..name.end as usize };
        self.attributes.push(AttributeSpan { name, value: span(value) });
        // What a hostile tag has beyond that is read and forgotten, so that no look-up is long.
        self.attributes.truncate(self.first_attribute + MOST_ATTRIBUTES);
    }

    fn read_value(&mut self) -> Range<usize> {
        self.at += 1;
        self.skip_space();
        let quote = self.byte(self.at);
        if matches!(quote, b'"' | b'\'') && !self.spent_quotes.contains(&quote) {
            let start = self.at + 1;
            if let Some(length) = memchr(quote, &self.bytes()[start..]) {
                self.at = start + length + 1;
                return start..start + length;
            }
            // Read on as if it were not quoted: better a strange value than a lost page.
            self.spent_quotes.push(quote);
        }
        let start = self.at;
        let rest = &self.bytes()[start..];
        let length = rest.iter().take_while(|b| !b.is_ascii_whitespace() && **b != b'>').count();
        self.at = start + length;
        start..self.at
    }

    fn skip_space(&mut self) {
        self.at += self.bytes()[self.at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
    }

    fn skip_past(&mut self, from: usize, byte: u8) {
        let from = from.min(self.text.len());
        self.at = memchr(byte, &self.bytes()[from..]).map_or(self.text.len(), |n| from + n + 1);
    }

    /// A comment ends at `-->` or `--!>`; `<!-->` and `<!--->` are whole comments. Its own two hyphens may be the closing ones.
    fn skip_comment(&mut self, from: usize) {
        let body = from - 2;
        let mut at = from.min(self.text.len());
        while let Some(n) = memchr(b'>', &self.bytes()[at..]) {
            let before = &self.bytes()[body..at + n];
            at += n + 1;
            if before.ends_with(b"--") || (before.len() > 4 && before.ends_with(b"--!")) {
                self.at = at;
                return;
            }
        }
        self.at = self.text.len();
    }
}

impl Iterator for Tokenizer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        while self.at < self.text.len() {
            let token = if self.byte(self.at) == b'<' && self.opens_markup(self.at) {
                self.markup()
            } else {
                self.text_token()
            };
            if token.is_some() {
                return token;
            }
        }
        None
    }
}

/// Where the end tag of a raw element begins.
fn raw_end(rest: &str, name: &str) -> Option<usize> {
    memmem::find_iter(rest.as_bytes(), b"</").find(|at| begins_with_name(&rest.as_bytes()[at + 2..], name))
}

/// Where a script's end tag begins. Inside `<!-- <script>` the next end tag belongs to the inner script.
fn script_end(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let (mut comment, mut inner, mut at) = (false, false, 0);
    loop {
        at += match comment {
            false => memchr(b'<', &bytes[at..])?,
            true => memchr::memchr2(b'<', b'-', &bytes[at..])?,
        };
        let here = &bytes[at..];
        if here.starts_with(b"</") && begins_with_name(&here[2..], "script") {
            if !inner {
                return Some(at);
            }
            inner = false;
        } else if here.starts_with(b"<!--") {
            comment = true;
        } else if comment && here.starts_with(b"-->") {
            (comment, inner) = (false, false);
        } else if comment && here.starts_with(b"<") && begins_with_name(&here[1..], "script") {
            inner = true;
        }
        at += 1;
    }
}

fn begins_with_name(bytes: &[u8], name: &str) -> bool {
    let (Some(head), next) = (bytes.get(..name.len()), bytes.get(name.len())) else { return false };
    head.eq_ignore_ascii_case(name.as_bytes()) && next.is_some_and(|b| ends_name(*b))
}

fn ends_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>')
}

fn span(range: Range<usize>) -> Span {
    Span::new(offset(range.start), offset(range.end))
}

/// Pages are cut at 4 GiB long before they come here, so the conversion never saturates.
fn offset(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens of `text` written out: `<p a=b>`, `</p>`, text in brackets.
    fn written(text: &str) -> String {
        let mut tokenizer = Tokenizer::new(text);
        let mut out = String::new();
        while let Some(token) = tokenizer.next() {
            match token {
                Token::Text(t) => out += &format!("[{}]", &text[t.range.range()]),
                Token::End { name, .. } => out += &format!("</{}>", &text[name.range()]),
                Token::Start(start) => {
                    out += &format!("<{}", &text[start.name.range()]);
                    let range = start.attributes.start as usize..start.attributes.end as usize;
                    for a in &tokenizer.attributes()[range] {
                        out += &format!(" {}={}", &text[a.name.range()], &text[a.value.range()]);
                    }
                    out += if start.self_closing { "/>" } else { ">" };
                    if start.tag.is_raw() {
                        let raw = tokenizer.raw_text(start.tag);
                        out += &format!("{{{}}}", &text[raw.range.range()]);
                    }
                }
            }
        }
        out
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(written(text), expected, "{text}");
    }

    #[test]
    fn tags_and_text() {
        check("<p>a<br/>b</P >", "<p>[a]<br/>[b]</P>");
        check(
            "<a HREF='x y' class=\"k\" hidden data-n=3>t</a>",
            "<a HREF=x y class=k hidden= data-n=3>[t]</a>",
        );
        check("<a href=/x/>t", "<a href=/x/>[t]");
        check("<a href = \"x\"title=y>", "<a href=x title=y>");
        check("é<ü>1 < 2 <3", "[é<ü>1 < 2 <3]");
    }

    #[test]
    fn what_is_skipped() {
        check("a<!-- <p> -->b<!-->c<!--->d<!-- x --!>e", "[a][b][c][d][e]");
        check("<!DOCTYPE html><?xml v?><![CDATA[x]]>y</>z</ p>", "[y][z]");
        check("a<!-- never closed", "[a]");
    }

    #[test]
    fn broken_tags() {
        check("a<p class=", "[a]");
        check("<a href=\"x>text</a>", "<a href=\"x>[text]</a>");
        check("<p =a b=>", "<p =a= b=>");
        check("<", "[<]");
        check("</", "");
        check("<!-", "");
        check("<<<p>", "[<<]<p>");
        check("<p é=ü ö>x", "<p é=ü ö=>[x]");
    }

    #[test]
    fn raw_elements() {
        check("<script>if (a<b) '</p>'</script >x", "<script>{if (a<b) '</p>'}</script>[x]");
        check(
            "<script><!-- <script></script> --></script>x",
            "<script>{<!-- <script></script> -->}</script>[x]",
        );
        check("<title>a <b> c</TITLE>x", "<title>{a <b> c}</TITLE>[x]");
        check("<title>lost<p>x</p>", "<title>{lost}<p>[x]</p>");
        check("<style>never closed<p>", "<style>{never closed<p>}");
    }

    #[test]
    fn storms_take_linear_time() {
        for storm in ["<", "<a ", "<a b='", "<a b=\"'", "<!--", "</", "<title>", "<a/", "<script><!--", "&"] {
            let text = storm.repeat(300_000);
            let mut tokenizer = Tokenizer::new(&text);
            while let Some(token) = tokenizer.next() {
                if let Token::Start(start) = token
                    && start.tag.is_raw()
                {
                    tokenizer.raw_text(start.tag);
                }
            }
        }
    }
}
