//! Bytes as they were before they were packed, read in constant memory and past damage.
//!
//! An archive is a row of gzip members, one for each record. Where one is damaged, the reader says so
//! once, as an error, and goes on at the next member: one bad sector does not cost a whole crawl.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

use crate::counted::{BUFFER, Counted, Ends, FIRST, GZIP, Gap, read, skip_to_member};
use crate::damage::Damage;

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
    Between(Counted, Skipping),
    Member(Box<GzDecoder<Counted>>),
    Zstd(zstd::stream::read::Decoder<'static, Counted>),
    Finished,
}

const LARGEST_DICTIONARY: u64 = 16 << 20;

impl Unpacked {
    /// Looks at the first bytes of `stream` and unpacks what is packed.
    pub(crate) fn new(stream: Box<dyn Read + Send>) -> Self {
        Self {
            packed: Packed::of(Counted::new(stream)),
            buffer: vec![0; FIRST],
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
            // A file that fills the first buffer is worth a larger one.
            let is_long = self.end == self.buffer.len() || self.buffer.len() > FIRST;
            let room = if is_long { BUFFER } else { FIRST };
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
            self.buffer.resize(room.max(self.end + least), 0);
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
                Err(error) => (Packed::Finished, Outcome::damaged("zstd", &error)),
            },
            Packed::Between(file, skipping) => self.next_member(file, skipping),
            Packed::Member(decoder) => self.inflate(decoder),
        }
    }

    fn next_member(&mut self, mut file: Counted, skipping: Skipping) -> (Packed, Outcome) {
        match skip_to_member(&mut file) {
            Err(error) => (Packed::Finished, Outcome::unreadable(&error)),
            Ok(Gap { ends: Ends::File, skipped }) => {
                (Packed::Finished, skipping.outcome(skipped, Outcome::Bytes(0)))
            }
            Ok(Gap { ends: Ends::Member, skipped }) => {
                let ahead = (self.end - self.start) as u64;
                self.member = Member { in_file: file.count, unpacked: self.before + ahead };
                let decoder = Packed::Member(Box::new(GzDecoder::new(file)));
                (decoder, skipping.outcome(skipped, Outcome::Again))
            }
        }
    }

    fn inflate(&mut self, mut decoder: Box<GzDecoder<Counted>>) -> (Packed, Outcome) {
        let error = match read(&mut decoder, &mut self.buffer[self.end..]) {
            Ok(0) => return (Packed::Between(decoder.into_inner(), Skipping::Remarked), Outcome::Again),
            Ok(n) => return (Packed::Member(decoder), Outcome::Bytes(n)),
            Err(error) => error,
        };
        // A damaged member may have been read far into the next one, or to the end of the file.
        let mut file = decoder.into_inner();
        file.go_back(self.member.in_file + 1);
        if error.kind() == io::ErrorKind::UnexpectedEof && file.member_ahead().is_none() {
            return (Packed::Finished, Outcome::Failed(Damage::truncated("gzip")));
        }
        (Packed::Between(file, Skipping::Silent), Outcome::damaged("gzip", &error))
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

    fn damaged(packing: &str, error: &io::Error) -> Self {
        let code = if packing == "gzip" { "damaged-gzip" } else { "damaged-zstd" };
        if packing == "zstd" && error.kind() == io::ErrorKind::UnexpectedEof {
            return Self::Failed(Damage::truncated(packing));
        }
        Self::Failed(Damage { code, message: format!("the {packing} data is damaged: {error}") })
    }
}

/// Is it worth a remark that bytes between two members were skipped? Not where damage was told before.
#[derive(Clone, Copy)]
enum Skipping {
    Remarked,
    Silent,
}

impl Skipping {
    fn outcome(self, skipped: u64, otherwise: Outcome) -> Outcome {
        if skipped == 0 || matches!(self, Self::Silent) {
            return otherwise;
        }
        let message = format!("{skipped} bytes beside the gzip members are none themselves");
        Outcome::Failed(Damage { code: "damaged-gzip", message })
    }
}

impl Packed {
    /// Told by the first bytes. A file that cannot be read even once counts as plain: its error comes
    /// with the first read.
    fn of(mut file: Counted) -> Self {
        let head = file.window(4).unwrap_or_default();
        if head.starts_with(&GZIP) {
            return Self::Between(file, Skipping::Remarked);
        }
        let decoder = match head {
            [0x5D, 0x2A, 0x4D, 0x18, ..] => {
                let dictionary = dictionary(&mut file);
                zstd::stream::read::Decoder::with_dictionary(file, &dictionary)
            }
            [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] | [0x28, 0xB5, 0x2F, 0xFD, ..] => {
                zstd::stream::read::Decoder::with_buffer(file)
            }
            _ => return Self::Plain(file),
        };
        decoder.map_or(Self::Finished, Self::Zstd)
    }
}

/// Reads the dictionary that opens an archive packed by zstd: a frame to be skipped, marked by its
/// number, which holds the dictionary as it is or packed itself. A wrong one shows in the first record.
fn dictionary(file: &mut Counted) -> Vec<u8> {
    let mut head = [0; 8];
    let mut frame = Vec::new();
    if file.read_exact(&mut head).is_ok() {
        let [.., a, b, c, d] = head;
        let length = u64::from(u32::from_le_bytes([a, b, c, d])).min(LARGEST_DICTIONARY);
        let _cut = file.take(length).read_to_end(&mut frame);
    }
    let mut unpacked = Vec::new();
    let packed = zstd::stream::read::Decoder::with_buffer(frame.as_slice());
    match packed.map(|decoder| decoder.take(LARGEST_DICTIONARY).read_to_end(&mut unpacked)) {
        Ok(Ok(_)) => unpacked,
        _ => frame,
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
    fn an_archive_may_bring_its_dictionary() {
        let dictionary = b"WARC/1.0 WARC-Type: response Content-Type: text/html ".repeat(4);
        let mut encoder = zstd::stream::write::Encoder::with_dictionary(Vec::new(), 1, &dictionary).unwrap();
        encoder.write_all(b"WARC-Type: response Content-Type: text/html").unwrap();
        let record = encoder.finish().unwrap();
        for held in [dictionary.clone(), zstd::encode_all(&dictionary[..], 1).unwrap()] {
            let length = u32::try_from(held.len()).unwrap().to_le_bytes();
            let file = [&[0x5D, 0x2A, 0x4D, 0x18], &length[..], &held, &record, &record].concat();
            check(file, &"WARC-Type: response Content-Type: text/html".repeat(2));
        }
        check(vec![0x5D, 0x2A, 0x4D, 0x18, 0xFF, 0xFF, 0xFF, 0xFF, 1], "[truncated-zstd]");
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
