//! Bytes as they were before they were packed, read in constant memory and past damage.
//!
//! An archive is a row of gzip members, one for each record. Where one is damaged, the reader says so
//! once, as an error, and goes on at the next member: one bad sector does not cost a whole crawl.

use std::fmt;
use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

/// A stream of unpacked bytes. After an error, reading goes on behind the damage, or ends.
pub(crate) struct Unpacked {
    packed: Packed,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// Unpacked bytes before `start`.
    before: u64,
    member: Member,
    /// An error that came while bytes read before it were still to be given.
    held: Option<io::Error>,
}

/// Where the gzip member that is being read began.
#[derive(Clone, Copy, Default)]
struct Member {
    in_file: u64,
    unpacked: u64,
}

enum Packed {
    Plain(Counted),
    /// Between two gzip members.
    Between(Counted),
    Member(Box<GzDecoder<Counted>>),
    Zstd(zstd::stream::read::Decoder<'static, Counted>),
    Finished,
}

const BUFFER: usize = 64 << 10;
const GZIP: [u8; 3] = [0x1F, 0x8B, 0x08];
const ZSTD: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];

impl Unpacked {
    /// Looks at the first bytes of `stream` and unpacks what is packed.
    pub(crate) fn new(stream: Box<dyn Read + Send>) -> Self {
        Self {
            packed: Packed::of(Counted::new(stream)),
            buffer: vec![0; BUFFER],
            start: 0,
            end: 0,
            before: 0,
            member: Member::default(),
            held: None,
        }
    }

    /// The place of the next byte, in words: in the file itself where a member begins there (as the
    /// indexes of web archives count), else in the unpacked stream.
    pub(crate) fn place(&self) -> String {
        match self.packed {
            Packed::Plain(_) => format!("byte {}", self.before),
            _ if self.before == self.member.unpacked => format!("byte {}", self.member.in_file),
            _ => format!("unpacked byte {}", self.before),
        }
    }

    /// The bytes ahead, `least` of them unless the stream ends or is damaged before.
    pub(crate) fn window(&mut self, least: usize) -> io::Result<&[u8]> {
        while self.end - self.start < least && self.held.is_none() {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
            self.buffer.resize(BUFFER.max(self.end + least), 0);
            self.buffer.shrink_to(4 * BUFFER);
            match self.refill() {
                Ok(0) => break,
                Ok(n) => self.end += n,
                Err(error) => self.held = Some(error),
            }
        }
        match self.held.take_if(|_| self.start == self.end) {
            Some(error) => Err(error),
            None => Ok(&self.buffer[self.start..self.end]),
        }
    }

    /// The bytes ahead, as many as one read gives. An error is kept for the next one who asks.
    pub(crate) fn peek(&mut self) -> &[u8] {
        if let Err(error) = self.window(1) {
            self.held = Some(error);
        }
        &self.buffer[self.start..self.end]
    }

    /// Gives back bytes that were read, the last ones first.
    pub(crate) fn unread(&mut self, bytes: &[u8]) {
        let ahead = [bytes, &self.buffer[self.start..self.end]].concat();
        (self.start, self.end) = (0, ahead.len());
        self.buffer = ahead;
        self.before = self.before.saturating_sub(bytes.len() as u64);
    }

    /// How many of the next bytes belong to the member that the next byte belongs to, as far as known.
    pub(crate) fn until_next_member(&self) -> Option<u64> {
        self.member.unpacked.checked_sub(self.before).filter(|ahead| *ahead > 0)
    }

    /// Does a gzip member begin with the next byte?
    pub(crate) fn at_member(&self) -> bool {
        !matches!(self.packed, Packed::Plain(_)) && self.before == self.member.unpacked
    }

    fn refill(&mut self) -> io::Result<usize> {
        loop {
            let (next, outcome) = self.advance();
            self.packed = next;
            match outcome {
                Outcome::Bytes(n) => return Ok(n),
                Outcome::Again => {}
                Outcome::Failed(damage) => return Err(damage.into()),
            }
        }
    }

    fn advance(&mut self) -> (Packed, Outcome) {
        match std::mem::replace(&mut self.packed, Packed::Finished) {
            Packed::Finished => (Packed::Finished, Outcome::Bytes(0)),
            Packed::Plain(mut file) => match read(&mut file, &mut self.buffer[self.end..]) {
                Ok(n) => (Packed::Plain(file), Outcome::Bytes(n)),
                Err(error) => (Packed::Finished, Outcome::unreadable(&error)),
            },
            Packed::Zstd(mut decoder) => match read(&mut decoder, &mut self.buffer[self.end..]) {
                Ok(n) => (Packed::Zstd(decoder), Outcome::Bytes(n)),
                Err(error) => (Packed::Finished, Outcome::broken("zstd", &error)),
            },
            Packed::Between(file) => self.next_member(file),
            Packed::Member(decoder) => self.inflate(decoder),
        }
    }

    fn next_member(&mut self, mut file: Counted) -> (Packed, Outcome) {
        match skip_to_member(&mut file) {
            Err(error) => (Packed::Finished, Outcome::unreadable(&error)),
            Ok(Gap::End) => (Packed::Finished, Outcome::Bytes(0)),
            Ok(Gap::Member { skipped }) => {
                let ahead = (self.end - self.start) as u64;
                self.member = Member { in_file: file.count, unpacked: self.before + ahead };
                let decoder = Packed::Member(Box::new(GzDecoder::new(file)));
                (decoder, if skipped == 0 { Outcome::Again } else { Outcome::skipped(skipped) })
            }
            Ok(Gap::Residue { skipped }) => (Packed::Finished, Outcome::skipped(skipped)),
        }
    }

    fn inflate(&mut self, mut decoder: Box<GzDecoder<Counted>>) -> (Packed, Outcome) {
        match read(&mut decoder, &mut self.buffer[self.end..]) {
            Ok(0) => (Packed::Between(decoder.into_inner()), Outcome::Again),
            Ok(n) => (Packed::Member(decoder), Outcome::Bytes(n)),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                (Packed::Finished, Outcome::Failed(Damage::truncated("gzip")))
            }
            Err(error) => {
                let mut file = decoder.into_inner();
                // A header that cannot be read may not have been consumed; the search must move on.
                if file.count == self.member.in_file {
                    file.consume(1);
                }
                (Packed::Between(file), Outcome::broken("gzip", &error))
            }
        }
    }
}

impl BufRead for Unpacked {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.window(1)
    }

    fn consume(&mut self, amount: usize) {
        let amount = amount.min(self.end - self.start);
        self.start += amount;
        self.before += amount as u64;
    }
}

impl Read for Unpacked {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let n = available.len().min(out.len());
        out[..n].copy_from_slice(&available[..n]);
        self.consume(n);
        Ok(n)
    }
}

enum Outcome {
    Bytes(usize),
    Again,
    Failed(Damage),
}

impl Outcome {
    fn unreadable(error: &io::Error) -> Self {
        Self::Failed(Damage { code: "unreadable-file", message: format!("cannot be read: {error}") })
    }

    fn broken(packing: &str, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            return Self::Failed(Damage::truncated(packing));
        }
        let message = format!("the {packing} data is damaged: {error}");
        Self::Failed(Damage {
            code: if packing == "gzip" { "damaged-gzip" } else { "damaged-zstd" },
            message,
        })
    }

    fn skipped(bytes: u64) -> Self {
        let message = format!("{bytes} bytes between two gzip members are none themselves");
        Self::Failed(Damage { code: "damaged-gzip", message })
    }
}

/// What happened to a stream: a stable code, and a message that a reader understands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Damage {
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

impl Damage {
    fn truncated(packing: &str) -> Self {
        let code = if packing == "gzip" { "truncated-gzip" } else { "truncated-zstd" };
        Self { code, message: format!("the {packing} data ends in the middle; what came before it is kept") }
    }

    /// The damage that an error of [`Unpacked`] carries.
    pub(crate) fn of(error: &io::Error) -> Self {
        let carried = error.get_ref().and_then(|inner| inner.downcast_ref::<Self>());
        carried
            .cloned()
            .unwrap_or_else(|| Self { code: "unreadable-file", message: format!("cannot be read: {error}") })
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Damage {}

impl From<Damage> for io::Error {
    fn from(damage: Damage) -> Self {
        Self::other(damage)
    }
}

/// Reads once, whatever signals come in between.
fn read(from: &mut impl Read, into: &mut [u8]) -> io::Result<usize> {
    loop {
        match from.read(into) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

enum Gap {
    End,
    Member { skipped: u64 },
    Residue { skipped: u64 },
}

/// Goes to the next gzip member. Padding of NULs, as on tapes, is no damage.
fn skip_to_member(file: &mut Counted) -> io::Result<Gap> {
    let (mut skipped, mut padding_only) = (0, true);
    loop {
        let window = file.window(GZIP.len())?;
        if window.is_empty() {
            return Ok(if padding_only { Gap::End } else { Gap::Residue { skipped } });
        }
        if window.starts_with(&GZIP) {
            return Ok(Gap::Member { skipped: if padding_only { 0 } else { skipped } });
        }
        let step = memchr::memchr(GZIP[0], &window[1..]).map_or(window.len(), |at| at + 1);
        padding_only &= window[..step].iter().all(|byte| *byte == 0);
        skipped += step as u64;
        file.consume(step);
    }
}

/// A file that counts what was read of it, and that can be looked into a few bytes ahead.
struct Counted {
    file: Box<dyn Read + Send>,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    count: u64,
}

impl Counted {
    fn new(file: Box<dyn Read + Send>) -> Self {
        Self { file, buffer: vec![0; BUFFER].into_boxed_slice(), start: 0, end: 0, count: 0 }
    }

    /// The bytes ahead, `least` of them unless the file ends before.
    fn window(&mut self, least: usize) -> io::Result<&[u8]> {
        while self.end - self.start < least {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
            let n = read(&mut self.file, &mut self.buffer[self.end..])?;
            if n == 0 {
                break;
            }
            self.end += n;
        }
        Ok(&self.buffer[self.start..self.end])
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.window(1)
    }

    fn consume(&mut self, amount: usize) {
        let amount = amount.min(self.end - self.start);
        self.start += amount;
        self.count += amount as u64;
    }
}

impl Read for Counted {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let window = self.window(1)?;
        let n = window.len().min(out.len());
        out[..n].copy_from_slice(&window[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl Packed {
    /// Told by the first bytes. A file that cannot be read even once counts as plain: its error comes
    /// with the first read.
    fn of(mut file: Counted) -> Self {
        let head = file.window(ZSTD.len()).unwrap_or_default();
        if head.starts_with(&GZIP) {
            return Self::Between(file);
        }
        if !head.starts_with(&ZSTD) {
            return Self::Plain(file);
        }
        zstd::stream::read::Decoder::with_buffer(file).map_or(Self::Finished, Self::Zstd)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    /// All that can be read, with the code of each damage between brackets.
    fn check(packed: Vec<u8>, expected: &str) {
        let mut stream = Unpacked::new(Box::new(io::Cursor::new(packed)));
        let mut read = String::new();
        loop {
            match stream.fill_buf() {
                Ok([]) => break,
                Ok(bytes) => {
                    read.push_str(&String::from_utf8_lossy(bytes));
                    let n = bytes.len();
                    stream.consume(n);
                }
                Err(error) => read.push_str(&format!("[{}]", Damage::of(&error).code)),
            }
        }
        assert_eq!(read, expected);
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        check(b"plain".to_vec(), "plain");
        check(Vec::new(), "");
        check(vec![0x1F], "\u{1f}");
        check(gzip(b"one"), "one");
        check([gzip(b"one"), gzip(b""), gzip(b"two")].concat(), "onetwo");
        check(zstd::encode_all(&b"zstd"[..], 1).unwrap(), "zstd");
        check(
            [zstd::encode_all(&b"a"[..], 1).unwrap(), zstd::encode_all(&b"b"[..], 1).unwrap()].concat(),
            "ab",
        );
        check([gzip(b"padded"), vec![0; 100]].concat(), "padded");
    }

    #[test]
    fn reading_goes_on_behind_damage() {
        let mut broken = gzip(b"a record that is damaged in its middle");
        let middle = broken.len() / 2;
        broken[middle..middle + 4].fill(0xFF);
        check([gzip(b"one "), b"rubbish".to_vec(), gzip(b"two")].concat(), "one [damaged-gzip]two");
        check([gzip(b"one"), b"rubbish".to_vec()].concat(), "one[damaged-gzip]");
        let mut stream =
            Unpacked::new(Box::new(io::Cursor::new([gzip(b"one"), broken, gzip(b"two")].concat())));
        let (mut read, mut damages) = (Vec::new(), 0);
        while damages < 9 {
            match stream.read_to_end(&mut read) {
                Ok(_) => break,
                Err(_) => damages += 1,
            }
        }
        assert!(read.starts_with(b"one") && read.ends_with(b"two"), "{}", String::from_utf8_lossy(&read));
        assert!((1..9).contains(&damages));
    }

    #[test]
    fn a_cut_file_gives_what_it_holds() {
        let whole = gzip(b"some words");
        check(whole[..whole.len() - 4].to_vec(), "some words[truncated-gzip]");
        check(whole[..5].to_vec(), "[truncated-gzip]");
        let whole = zstd::encode_all(&b"some words"[..], 1).unwrap();
        check(whole[..6].to_vec(), "[truncated-zstd]");
    }
}
