//! A page as a server sent it: the HTTP message that a record of a web archive holds, made plain.
//!
//! Crawlers differ in what they keep: some store the message as it went over the wire, some undo its
//! encodings and leave the header as it was. So an encoding is undone where the bytes bear it out.

use std::io::Read;

use dateline_model::{Diagnostic, Severity};

use crate::header::{Header, header_end};

/// A message's header, and its body without encodings.
pub(crate) struct Message {
    pub(crate) header: Header,
    pub(crate) body: Vec<u8>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// What a message's parts may measure.
#[derive(Clone, Copy)]
pub(crate) struct Bounds {
    /// Bytes of the header.
    pub(crate) header: usize,
    /// Bytes of the body once decoded. One more may come, which tells that there are too many.
    pub(crate) body: usize,
    /// Encodings laid over one another.
    pub(crate) encodings: usize,
}

impl Message {
    /// Reads a message; what has no header is all header.
    pub(crate) fn parse(bytes: Vec<u8>, bounds: Bounds) -> Self {
        let longest = &bytes[..bytes.len().min(bounds.header)];
        let (head, blank) = header_end(longest).unwrap_or((longest.len(), 0));
        let header = Header::parse(&bytes[..head]);
        let mut message = Self { header, body: bytes, diagnostics: Vec::new() };
        message.body.drain(..head + blank);
        message.undo_transfer();
        message.undo_content(bounds);
        message
    }

    /// The status code, 0 where there is none to read.
    pub(crate) fn status(&self) -> u16 {
        self.header.first_line.split_ascii_whitespace().nth(1).and_then(|code| code.parse().ok()).unwrap_or(0)
    }

    fn undo_transfer(&mut self) {
        let chunked = self.header.field("transfer-encoding").is_some_and(|v| has(v, "chunked"));
        if !chunked {
            return;
        }
        match dechunked(&self.body) {
            Dechunked::Whole(body) => self.body = body,
            Dechunked::Cut(body) => {
                self.body = body;
                self.remark("cut-body", "the chunks of the body end in the middle; what came is kept");
            }
            Dechunked::Not => {}
        }
    }

    fn undo_content(&mut self, bounds: Bounds) {
        let encodings = self.header.field("content-encoding").unwrap_or_default().to_ascii_lowercase();
        let encodings: Vec<&str> = encodings.split(',').map(str::trim).collect();
        if encodings.len() > bounds.encodings {
            self.remark("cut-body", "the body is encoded over and over; it is left as it is");
            return;
        }
        for encoding in encodings.iter().rev() {
            match decoded(&self.body, encoding, bounds.body) {
                Decoded::Whole(body) => self.body = body,
                Decoded::Cut(body) => {
                    self.body = body;
                    self.remark(
                        "cut-body",
                        "the compressed body is damaged or cut; what could be read is kept",
                    );
                }
                Decoded::Not => {}
            }
        }
    }

    fn remark(&mut self, code: &str, message: &str) {
        self.diagnostics.push(Diagnostic::new(code, Severity::Warning, message));
    }
}

fn has(list: &str, wanted: &str) -> bool {
    list.split(',').any(|word| word.trim().eq_ignore_ascii_case(wanted))
}

enum Dechunked {
    Whole(Vec<u8>),
    Cut(Vec<u8>),
    /// The body is not in chunks, whatever the header says.
    Not,
}

fn dechunked(mut rest: &[u8]) -> Dechunked {
    let mut body = Vec::new();
    let mut first = true;
    loop {
        let Some((length, line)) = chunk_length(rest) else {
            return if first { Dechunked::Not } else { Dechunked::Cut(body) };
        };
        first = false;
        rest = &rest[line..];
        if length == 0 {
            return Dechunked::Whole(body);
        }
        body.extend_from_slice(&rest[..length.min(rest.len())]);
        if length > rest.len() {
            return Dechunked::Cut(body);
        }
        rest = &rest[length..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

/// The length that a chunk's line gives, and the length of the line.
fn chunk_length(bytes: &[u8]) -> Option<(usize, usize)> {
    const LONGEST: usize = 256;
    let end = memchr::memchr(b'\n', &bytes[..bytes.len().min(LONGEST)])?;
    let line = std::str::from_utf8(&bytes[..end]).ok()?;
    let digits = line.split(';').next()?.trim();
    Some((usize::from_str_radix(digits, 16).ok()?, end + 1))
}

enum Decoded {
    Whole(Vec<u8>),
    Cut(Vec<u8>),
    /// The bytes are not in this encoding, whatever the header says.
    Not,
}

fn decoded(body: &[u8], encoding: &str, limit: usize) -> Decoded {
    match encoding {
        "gzip" | "x-gzip" if body.starts_with(&[0x1F, 0x8B]) => {
            inflated(flate2::read::MultiGzDecoder::new(body), limit)
        }
        "deflate" => match inflated(flate2::read::ZlibDecoder::new(body), limit) {
            Decoded::Not => inflated(flate2::read::DeflateDecoder::new(body), limit),
            known => known,
        },
        "br" => inflated(brotli_decompressor::Decompressor::new(body, 4096), limit),
        "zstd" => zstd::stream::read::Decoder::with_buffer(body).map_or(Decoded::Not, |d| inflated(d, limit)),
        _ => Decoded::Not,
    }
}

fn inflated(decoder: impl Read, limit: usize) -> Decoded {
    let mut body = Vec::new();
    match decoder.take(limit as u64 + 1).read_to_end(&mut body) {
        Ok(_) => Decoded::Whole(body),
        Err(_) if body.is_empty() => Decoded::Not,
        Err(_) => Decoded::Cut(body),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn check(message: &[u8], status: u16, body: &str, remarks: usize) {
        let bounds = Bounds { header: 500, body: 1000, encodings: 4 };
        let message = Message::parse(message.to_vec(), bounds);
        assert_eq!(message.status(), status);
        assert_eq!(String::from_utf8_lossy(&message.body), body);
        assert_eq!(message.diagnostics.len(), remarks, "{body}");
    }

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn encodings_are_undone() {
        check(b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nplain", 200, "plain", 0);
        check(
            b"HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n4;x=y\r\n two\r\n0\r\n\r\n",
            200,
            "one two",
            0,
        );
        let head = |encoding: &str| format!("HTTP/1.0 404 No\nContent-Encoding: {encoding}\n\n").into_bytes();
        check(&[head("gzip"), gzip(b"words")].concat(), 404, "words", 0);
        check(&[head("gzip, gzip"), gzip(&gzip(b"words"))].concat(), 404, "words", 0);
        let zlib = [0x78, 0x01, 0x01, 0x02, 0x00, 0xFD, 0xFF, b'h', b'i', 0x01, 0x3B, 0x00, 0xD2];
        check(&[head("deflate"), zlib.to_vec()].concat(), 404, "hi", 0);
        check(&[head("deflate"), zlib[2..9].to_vec()].concat(), 404, "hi", 0);
        check(&[head("br"), vec![0x0B, 0x00, 0x80, b'x', 0x03]].concat(), 404, "x", 0);
        check(&[head("zstd"), zstd::encode_all(&b"zs"[..], 1).unwrap()].concat(), 404, "zs", 0);
    }

    #[test]
    fn an_encoding_that_is_not_there_is_not_undone() {
        check(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<p>plain", 200, "<p>plain", 0);
        check(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n<p>plain", 200, "<p>plain", 0);
        check(b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n<p>plain", 200, "<p>plain", 0);
        check(b"HTTP/1.1 200 OK\r\nContent-Encoding: utf-8\r\n\r\n<p>plain", 200, "<p>plain", 0);
        check(b"HTTP/nonsense", 0, "", 0);
    }

    #[test]
    fn a_cut_body_is_kept_with_a_remark() {
        check(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\none", 200, "one", 1);
        let packed = gzip(&b"many words ".repeat(50));
        let cut =
            [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", &packed[..packed.len() - 9]].concat();
        let message = Message::parse(cut, Bounds { header: 500, body: 1000, encodings: 4 });
        assert!(message.body.starts_with(b"many words") && message.diagnostics.len() == 1);
    }

    #[test]
    fn a_bomb_stops_at_the_bound() {
        let bomb =
            [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".to_vec(), gzip(&vec![b'a'; 1 << 20])]
                .concat();
        assert_eq!(Message::parse(bomb, Bounds { header: 500, body: 1000, encodings: 4 }).body.len(), 1001);
    }
}
