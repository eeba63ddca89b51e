//! The records of a web archive, framed: header, block, and the place of each.
//!
//! A record says how long its block is, and may lie; a gzip member may be damaged; a crawl may have
//! been killed. So the end of each block is checked against what follows, and where the two disagree,
//! the next line that begins a record tells. Reading goes on there, in one pass and bounded memory.

use std::io::{self, BufRead};

use dateline_model::{Diagnostic, Severity};

use crate::block::{Block, begins_record, record_start};
use crate::damage::Damage;
use crate::header::{Header, header_end};
use crate::unpack::Unpacked;

/// Reads record by record.
pub(crate) struct Records {
    stream: Unpacked,
    bounds: Bounds,
    lengths: Lengths,
    /// Damage that showed behind the record found last.
    pending: Option<Find>,
}

/// What a record's parts may measure.
#[derive(Clone, Copy)]
pub(crate) struct Bounds {
    /// Bytes of the block; of longer ones the first are kept.
    pub(crate) block: usize,
    /// Bytes of the header.
    pub(crate) header: usize,
}

/// A record as it was found.
pub(crate) struct Record {
    /// Where it begins: `byte 8130`.
    pub(crate) place: String,
    pub(crate) header: Header,
    pub(crate) block: Block,
    /// What is wrong with the block, which is what there is of it.
    pub(crate) fault: Option<Diagnostic>,
}

/// The next thing in an archive.
pub(crate) enum Find {
    Record(Box<Record>),
    /// A place that gives no record.
    Damage {
        place: String,
        diagnostic: Diagnostic,
    },
}

/// Are the lengths that this archive's records claim to be believed?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lengths {
    Believed,
    /// One record claimed more than it had: from then on, the first line of a record ends the block
    /// before it. So each byte is read once, however many records lie.
    Doubted,
}

/// How the reading of a block ended.
enum End {
    AsClaimed,
    NextRecord,
    OutOfBytes,
    Damaged(Damage),
}

/// Bytes that show whether a record begins.
const WINDOW: usize = 16;

impl Iterator for Records {
    type Item = Find;

    fn next(&mut self) -> Option<Find> {
        if let Some(pending) = self.pending.take() {
            return Some(pending);
        }
        match self.skip_blank() {
            Err(error) => return Some(self.damage(&error)),
            Ok(AtEnd::Yes) => return None,
            Ok(AtEnd::No) => {}
        }
        let place = self.stream.place();
        if !self.at_record() {
            return Some(self.skip_to_record(place));
        }
        Some(match self.header() {
            Ok(header) => Find::Record(Box::new(self.record(place, header))),
            Err(diagnostic) => Find::Damage { place, diagnostic },
        })
    }
}

enum AtEnd {
    Yes,
    No,
}

impl Records {
    pub(crate) fn new(stream: Unpacked, bounds: Bounds) -> Self {
        Self { stream, bounds, lengths: Lengths::Believed, pending: None }
    }

    fn record(&mut self, place: String, header: Header) -> Record {
        let mut block = Block::new(self.bounds.block);
        let claimed = header.field("content-length").and_then(|length| length.parse().ok());
        let fault = match claimed {
            None => self.read_unclaimed(&mut block, "has no readable Content-Length"),
            Some(claimed) => self.read_claimed(&mut block, claimed),
        };
        Record { place, header, block, fault }
    }

    fn read_claimed(&mut self, block: &mut Block, claimed: u64) -> Option<Diagnostic> {
        let end = self.read_block(block, claimed, self.lengths);
        match end {
            End::AsClaimed if self.block_ends_here() => None,
            End::Damaged(damage) => Some(warning(&damage)),
            End::NextRecord => Some(self.overstated(block, claimed)),
            End::AsClaimed | End::OutOfBytes if self.give_back_record(block) => {
                Some(self.overstated(block, claimed))
            }
            End::AsClaimed => {
                self.read_unclaimed(block, &format!("is longer than its Content-Length of {claimed}"))
            }
            End::OutOfBytes => {
                let message =
                    format!("the archive ends {} bytes before the record does", claimed - block.length);
                Some(Diagnostic::new("cut-record", Severity::Warning, message))
            }
        }
    }

    /// Reads up to the next record, whatever the length.
    fn read_unclaimed(&mut self, block: &mut Block, why: &str) -> Option<Diagnostic> {
        if let End::Damaged(damage) = self.read_block(block, u64::MAX, Lengths::Doubted) {
            return Some(warning(&damage));
        }
        block.trim_end();
        let message = format!("the record {why}; it was read up to the next record");
        Some(Diagnostic::new("wrong-length", Severity::Warning, message))
    }

    fn overstated(&self, block: &mut Block, claimed: u64) -> Diagnostic {
        block.trim_end();
        let message = format!("the record claims {claimed} bytes and has {}", block.length);
        Diagnostic::new("wrong-length", Severity::Warning, message)
    }

    fn read_block(&mut self, block: &mut Block, claimed: u64, lengths: Lengths) -> End {
        while block.length < claimed {
            match self.stream.fill_buf() {
                Err(error) => return End::Damaged(Damage::of(&error)),
                Ok([]) => return End::OutOfBytes,
                Ok(_) => {}
            }
            if block.length > 0 && self.stream.at_member() && self.at_record() {
                return End::NextRecord;
            }
            let most = self.stream.until_next_member().unwrap_or(u64::MAX).min(claimed - block.length);
            if self.take_part(block, most, lengths) == Part::BeforeRecord {
                return End::NextRecord;
            }
        }
        End::AsClaimed
    }

    /// Moves the bytes ahead into the block, `most` of them, and not beyond a record's first line where
    /// the claimed length is doubted.
    fn take_part(&mut self, block: &mut Block, most: u64, lengths: Lengths) -> Part {
        let ahead = self.stream.fill_buf().unwrap_or_default();
        let length = usize::try_from(most).unwrap_or(usize::MAX).min(ahead.len());
        if block.room() == 0 && length > 0 {
            if self.give_back_record(block) {
                return Part::BeforeRecord;
            }
            block.keep_head();
            return Part::Taken;
        }
        let length = length.min(block.room());
        let part = &ahead[..length];
        if lengths == Lengths::Believed && !block.is_too_large() {
            block.push(part);
            self.stream.consume(length);
            return Part::Taken;
        }
        if let Some(back) = block.cut_at_seam(part) {
            self.stream.unread(&back);
            return Part::BeforeRecord;
        }
        let record = record_start(part);
        let length = record.unwrap_or(length);
        block.push(&part[..length]);
        self.stream.consume(length);
        if record.is_some() { Part::BeforeRecord } else { Part::Taken }
    }

    /// Gives back what a block holds of later records, if it does.
    fn give_back_record(&mut self, block: &mut Block) -> bool {
        let Some(rest) = block.cut_at_record() else { return false };
        self.stream.unread(&rest);
        self.lengths = Lengths::Doubted;
        true
    }

    /// Do the line breaks that end a record follow, or a record, or nothing?
    fn block_ends_here(&mut self) -> bool {
        let window = match self.stream.window(WINDOW) {
            Ok(window) => window,
            Err(error) => {
                self.pending = Some(self.damage(&error));
                return true;
            }
        };
        let after_break =
            window.strip_prefix(b"\r\n").or_else(|| window.strip_prefix(b"\n")).unwrap_or(window);
        let at_break = after_break.len() < window.len();
        let ends = window.is_empty()
            || begins_record(after_break)
            || at_break && matches!(after_break, [] | [b'\n', ..] | [b'\r', b'\n', ..]);
        ends || self.stream.at_member()
    }

    /// Passes over line breaks.
    fn skip_blank(&mut self) -> io::Result<AtEnd> {
        loop {
            let ahead = self.stream.fill_buf()?;
            if ahead.is_empty() {
                return Ok(AtEnd::Yes);
            }
            let blank = ahead.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            if blank == 0 {
                return Ok(AtEnd::No);
            }
            self.stream.consume(blank);
        }
    }

    fn at_record(&mut self) -> bool {
        self.stream.window(WINDOW).is_ok_and(begins_record)
    }

    /// Passes over what is no record, up to one or to the end.
    fn skip_to_record(&mut self, place: String) -> Find {
        let mut block = Block::new(0);
        let diagnostic = match self.read_block(&mut block, u64::MAX, Lengths::Doubted) {
            End::Damaged(damage) => warning(&damage),
            _ => {
                let message = format!("{} bytes that belong to no record", block.length);
                Diagnostic::new("bad-record", Severity::Warning, message)
            }
        };
        Find::Damage { place, diagnostic }
    }

    /// Reads a record's header, which must end within bounds.
    fn header(&mut self) -> Result<Header, Diagnostic> {
        let mut least = 1024;
        loop {
            let window = self.stream.window(least).map_err(|error| warning(&Damage::of(&error)))?;
            let ahead = &window[..window.len().min(self.bounds.header)];
            if let Some((head, blank)) = header_end(ahead) {
                let header = Header::parse(&ahead[..head]);
                self.stream.consume(head + blank);
                return Ok(header);
            }
            let (length, is_last) = (ahead.len(), window.len() < least);
            if is_last || least >= self.bounds.header {
                self.stream.consume(length);
                return Err(Diagnostic::new("cut-record", Severity::Warning, "a record's header has no end"));
            }
            least *= 4;
        }
    }

    fn damage(&self, error: &io::Error) -> Find {
        Find::Damage { place: self.stream.place(), diagnostic: warning(&Damage::of(error)) }
    }
}

#[derive(PartialEq, Eq)]
enum Part {
    Taken,
    BeforeRecord,
}

fn warning(damage: &Damage) -> Diagnostic {
    Diagnostic::new(damage.code, Severity::Warning, damage.message.clone())
}
